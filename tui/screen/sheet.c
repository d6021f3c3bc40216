#include "tui/screen/screen.h"

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	if (a->age.sheet != NULL)
		(void)canvas_wrap(c, 0, at.y, at.w, at.h, (int)a->scroll,
		    STYLE_PLAIN, a->age.sheet);
}

static struct scroll
scroll(struct app *a)
{
	struct area at = screen_area(a);
	int rows = a->age.sheet == NULL ? 0 : canvas_wrap(NULL, 0, 0, at.w, 0,
	    0, STYLE_PLAIN, a->age.sheet);
	int over = rows - at.h;

	return (struct scroll){ &a->scroll, over > 0 ? (size_t)over : 0,
	    (size_t)at.h - 1 };
}

static void
export(struct app *a, struct effects *fx)
{
	flow_vault_stick(a, STICK_FOR_SHEET, fx);
}

static void
back(struct app *a, struct effects *fx)
{
	a->age.sheet = NULL;
	arena_clear(a->arena);
	keys_go(a, fx);
}

static const struct binding keys[] = {
	{ 'e', K_NONE, "e", "write it to a stick", NULL, export },
	SCROLL_KEYS,
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ K_ESC, K_NONE, "Esc", "back", NULL, back },
	{ 0 }
};

const struct screen sheet_screen = {
	.title = "recovery sheet",
	.help = "A text to print, a page for each key and for each wallet of "
	    "several keys. It says what is needed beside the secret: which "
	    "key, what kind of backup, where it lies, when it was tried, and "
	    "how to restore it with other programs.\n\nNothing on it spends; "
	    "whoever reads it sees what you own and receive.",
	.keys = keys,
	.draw = draw,
	.scroll = scroll,
};
