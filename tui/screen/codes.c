#include "tui/screen/screen.h"

/* One code and its level, and the sentence below it. */
static int
draw_code(struct canvas *c, int y, int w, int end, const struct code_help *h)
{
	enum style s = h->level == LEVEL_REFUSE ? STYLE_MINUS :
	    h->level == LEVEL_WARN ? STYLE_BANG : STYLE_DIM;
	char text[FAULT_TEXT_MAX], code[CODE_MAX];

	code_sentence(h, text);
	code_whole(h, code);
	(void)canvas_text(c, 2, y, STYLE_BOLD, code);
	canvas_right(c, w, y, s, level_name(h->level));
	return y + 1 + canvas_wrap(c, 4, y + 1, w - 6, end - y - 1, 0,
	    STYLE_PLAIN, text);
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	struct code_help h;
	int y = at.y + 1;
	size_t i;

	for (i = a->scroll; code_help(i, &h) && y < at.y + at.h; i++)
		y = draw_code(c, y, at.w - 2 < 78 ? at.w - 2 : 78,
		    at.y + at.h, &h);
}

static struct scroll
scroll(struct app *a)
{
	struct code_help h;
	size_t n = 0;

	while (code_help(n, &h))
		n++;
	return (struct scroll){ &a->scroll, n - 1, 6 };
}

static const struct binding keys[] = {
	SCROLL_KEYS,
	{ K_ESC, K_NONE, "Esc", "back", NULL, help_back },
	{ 0 }
};

const struct screen codes_screen = {
	.title = "warnings and refusals",
	.help = "",
	.keys = keys,
	.draw = draw,
	.scroll = scroll,
};
