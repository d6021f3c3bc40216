#include "tui/screen/screen.h"

static int
draw_keys(const struct screen *s, struct canvas *c, int x, int y, int end)
{
	const struct binding *b;

	(void)canvas_text(c, x, y++, STYLE_ACCENT, "Keys");
	for (b = s->keys; b->key != K_NONE && y < end; b++)
		if (b->label != NULL) {
			(void)canvas_text(c, x, y, STYLE_BOLD, b->shown);
			(void)canvas_text(c, x + 20, y++, STYLE_PLAIN,
			    b->label);
		}
	return y;
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	const struct screen *s = screen_table[a->back];
	int x = 4, w = at.w - 8 < 74 ? at.w - 8 : 74, y = at.y + 1, skip;

	skip = (int)a->scroll;
	if (skip == 0) {
		(void)canvas_textf(c, x, y, STYLE_ACCENT, "Help: %s",
		    s->title);
		y = 1 + y + 1 + canvas_wrap(c, x, y + 1, w, at.h - 2, 0,
		    STYLE_PLAIN, s->help);
	}
	(void)draw_keys(s, c, x, y, at.y + at.h);
}

static void
back(struct app *a, struct effects *fx)
{
	flow_go(a, a->back, fx);
}

static void
more(struct app *a, struct effects *fx)
{
	(void)fx;
	a->scroll = a->scroll == 0;
}

static void
codes(struct app *a, struct effects *fx)
{
	flow_go(a, SCREEN_CODES, fx);
}

static void
guide(struct app *a, struct effects *fx)
{
	flow_go(a, SCREEN_GUIDE, fx);
}

void
help_back(struct app *a, struct effects *fx)
{
	flow_go(a, SCREEN_HELP, fx);
}

static const struct binding keys[] = {
	{ K_ESC, K_ENTER, "Esc", "back", NULL, back },
	{ K_SPACE, K_PGDN, "Space", "the keys", NULL, more },
	{ 'm', K_NONE, "m", "Monero, step by step", NULL, guide },
	{ 'c', K_NONE, "c", "all warnings and refusals", NULL, codes },
	{ 0 }
};

const struct screen help_screen = {
	.title = "help",
	.help = "",
	.keys = keys,
	.draw = draw,
};
