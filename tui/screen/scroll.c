#include "tui/screen/screen.h"

/* The keys that move, for every screen that says what it moves through. */
static void
move(struct app *a, enum scroll_by by)
{
	struct scroll s = screen_table[a->screen]->scroll(a);

	scroll_move(&s, by);
	if (a->screen == SCREEN_REVIEW)
		flow_seen(a);
}

void
scroll_up(struct app *a, struct effects *fx)
{
	(void)fx;
	move(a, SCROLL_UP);
}

void
scroll_down(struct app *a, struct effects *fx)
{
	(void)fx;
	move(a, SCROLL_DOWN);
}

void
scroll_pgup(struct app *a, struct effects *fx)
{
	(void)fx;
	move(a, SCROLL_PGUP);
}

void
scroll_pgdn(struct app *a, struct effects *fx)
{
	(void)fx;
	move(a, SCROLL_PGDN);
}

void
scroll_first(struct app *a, struct effects *fx)
{
	(void)fx;
	move(a, SCROLL_FIRST);
}

void
scroll_last(struct app *a, struct effects *fx)
{
	(void)fx;
	move(a, SCROLL_LAST);
}
