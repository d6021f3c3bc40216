#include "tui/screen/screen.h"

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	const struct review *r = &a->review;
	int x = 4, y = at.y + 2;
	size_t i;

	(void)canvas_text(c, x, y, STYLE_BOLD,
	    "It is signed. Where shall the answer be written?");
	y += 2;
	for (i = 0; i < a->nstick; i++, y++) {
		const struct stick *s = &a->stick[i];
		bool here = i == r->target_at;

		if (here)
			canvas_fill(c, x - 2, y, at.w - 4, STYLE_SELECT, ' ');
		(void)canvas_textf(c, x - 2, y, here ? STYLE_SELECT :
		    s->writable ? STYLE_PLAIN : STYLE_DIM, "%s %s  %s",
		    here ? ">" : " ", s->label, s->writable ? "" :
		    s->advice[0] != '\0' ? s->advice :
		    "read-only: choose another");
	}
	if (a->nstick == 0)
		(void)canvas_text(c, x, y, STYLE_BANG,
		    "There is no stick. Plug one in.");
	(void)canvas_text(c, x, y + 2, STYLE_DIM,
	    "What was signed is in memory and not lost.");
}

static void
up(struct app *a, struct effects *fx)
{
	(void)fx;
	a->review.target_at -= a->review.target_at > 0;
}

static void
down(struct app *a, struct effects *fx)
{
	(void)fx;
	a->review.target_at += a->review.target_at + 1 < a->nstick;
}

static bool
can(const struct app *a)
{
	return a->review.target_at < a->nstick &&
	    a->stick[a->review.target_at].writable;
}

static void
enter(struct app *a, struct effects *fx)
{
	flow_save(a, a->stick[a->review.target_at].id, fx);
}

static void
look(struct app *a, struct effects *fx)
{
	(void)a;
	flow_effect(fx, FX_STICKS, 0);
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "write here", can, enter },
	{ K_UP, K_NONE, "Up Down", "choose", NULL, up },
	{ K_DOWN, K_NONE, "Down", NULL, NULL, down },
	{ 'r', K_NONE, "r", "look for sticks", NULL, look },
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ 'x', K_NONE, "x", "discard", NULL,
	    flow_leave_review },
	{ 0 }
};

const struct screen target_screen = {
	.title = "where to",
	.help = "The answer may go to the stick that the file came from or to "
	    "another one. It is written under a name that is free, read back "
	    "and compared; nothing on the stick is overwritten.",
	.keys = keys,
	.draw = draw,
};
