#include "tui/screen/screen.h"

/* One rule: its code and level, and the sentence below it. */
static int
draw_rule(struct canvas *c, int y, int w, int end, const struct rule_help *r)
{
	enum style s = r->level == LEVEL_REFUSE ? STYLE_MINUS :
	    r->level == LEVEL_WARN ? STYLE_BANG : STYLE_DIM;

	(void)canvas_text(c, 2, y, STYLE_BOLD, r->code);
	canvas_right(c, w, y, s, level_name(r->level));
	return y + 1 + canvas_wrap(c, 4, y + 1, w - 6, end - y - 1, 0,
	    STYLE_PLAIN, r->text);
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	struct rule_help r;
	int y = at.y + 1;
	size_t i;

	for (i = a->scroll; rule_help(i, &r) && y < at.y + at.h; i++)
		y = draw_rule(c, y, at.w - 2 < 78 ? at.w - 2 : 78,
		    at.y + at.h, &r);
}

static void
move(struct app *a, long by)
{
	struct rule_help r;
	long to = (long)a->scroll + by;

	while (to > 0 && !rule_help((size_t)to, &r))
		to--;
	a->scroll = to < 0 ? 0 : (size_t)to;
}

static void
up(struct app *a, struct effects *fx)
{
	(void)fx;
	move(a, -1);
}

static void
down(struct app *a, struct effects *fx)
{
	(void)fx;
	move(a, 1);
}

static void
pgup(struct app *a, struct effects *fx)
{
	(void)fx;
	move(a, -6);
}

static void
pgdn(struct app *a, struct effects *fx)
{
	(void)fx;
	move(a, 6);
}

static void
first(struct app *a, struct effects *fx)
{
	(void)fx;
	move(a, -999);
}

static void
back(struct app *a, struct effects *fx)
{
	flow_go(a, SCREEN_HELP, fx);
}

static const struct binding keys[] = {
	{ K_DOWN, K_NONE, "Up Down PgUp PgDn", "move", NULL, down },
	{ K_UP, K_NONE, "Up", NULL, NULL, up },
	{ K_PGDN, K_SPACE, "PgDn", NULL, NULL, pgdn },
	{ K_PGUP, 'b', "PgUp", NULL, NULL, pgup },
	{ K_HOME, K_NONE, "Home", NULL, NULL, first },
	{ K_ESC, K_NONE, "Esc", "back", NULL, back },
	{ 0 }
};

const struct screen codes_screen = {
	.title = "warnings and refusals",
	.help = "",
	.keys = keys,
	.draw = draw,
};
