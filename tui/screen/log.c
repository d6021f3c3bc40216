#include "tui/screen/screen.h"

#define LOG_W(w) ((w) - 4 < 92 ? (w) - 4 : 92)

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	(void)canvas_text(c, 2, at.y + 1, STYLE_BOLD, "What was signed with "
	    "this vault open");
	if (a->vault.log == NULL || a->vault.log[0] == '\0')
		(void)canvas_text(c, 2, at.y + 3, STYLE_PLAIN,
		    "Nothing yet.");
	else
		(void)canvas_wrap(c, 2, at.y + 3, LOG_W(at.w), at.h - 4,
		    (int)a->scroll, STYLE_PLAIN, a->vault.log);
}

static struct scroll
scroll(struct app *a)
{
	struct area at = screen_area(a);
	int rows = a->vault.log == NULL ? 0 : canvas_wrap(NULL, 0, 0,
	    LOG_W(at.w), 0, 0, STYLE_PLAIN, a->vault.log);
	int over = rows - (at.h - 4);

	return (struct scroll){ &a->scroll, over > 0 ? (size_t)over : 0,
	    (size_t)at.h - 5 };
}

static bool
any(const struct app *a)
{
	return a->vault.nline > 0;
}

static void
export(struct app *a, struct effects *fx)
{
	flow_vault_stick(a, VAULT_FOR_LOG, fx);
}

static void
back(struct app *a, struct effects *fx)
{
	a->vault.log = NULL;
	arena_clear(a->arena);
	flow_go(a, SCREEN_VAULT, fx);
}

static const struct binding keys[] = {
	{ 'e', K_NONE, "e", "write it to a stick", any, export },
	SCROLL_KEYS,
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ K_ESC, K_NONE, "Esc", "back", NULL, back },
	{ 0 }
};

const struct screen log_screen = {
	.title = "log",
	.help = "An entry for each answer that was written and each wallet "
	    "that was agreed to: when, by this machine's clock, which nobody "
	    "vouches for; the file and the page by their SHA-256; what was "
	    "paid, and to whom; the verdict, and the warnings that you "
	    "accepted.\n\nEach line says the SHA-256 of the line before it. "
	    "So a line that is changed, or missing, is found: by a look at "
	    "the copy that you wrote to a stick.",
	.keys = keys,
	.draw = draw,
	.scroll = scroll,
};
