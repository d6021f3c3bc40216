/* A child of a key, shown for a time; the recovery sheet. */
#include <stdio.h>

#include "media/save.h"
#include "tui/screen/screen.h"

void
flow_child(struct app *a, struct effects *fx)
{
	flow_wipe_entry(a, fx);
	a->child = (struct childing){ .ask = { .kind = CHILD_WORDS,
	    .size = child_form(CHILD_WORDS)->usual, .sides = 6 } };
	flow_go(a, SCREEN_CHILD, fx);
}

static void
born(struct app *a, const struct event *ev)
{
	char text[FAULT_TEXT_MAX];

	if (ev->err != 0) {
		fault_text(&ev->why, ev->err, text);
		flow_note(a, STYLE_MINUS, "Not made: %s.", text);
		return;
	}
	a->backup.shown = true;
	a->backup.until = a->now + BACKUP_SHOWN_MS;
}

static void
written(struct app *a, const struct event *ev, struct effects *fx)
{
	flow_idle(a);
	if (ev->err != 0) {
		flow_note(a, STYLE_MINUS, "%s", save_advice(ev->err));
		flow_effect(fx, FX_STICKS, 0);
		return;
	}
	a->stale = true;
	flow_go(a, SCREEN_SHEET, fx);
	flow_note(a, STYLE_PLUS, "%.100s was written, and read back.%s",
	    a->out.name, ev->whole ? " It is safe to remove the stick." : "");
}

void
flow_child_event(struct app *a, const struct event *ev, struct effects *fx)
{
	enum effect_kind what = (enum effect_kind)ev->n;

	if (what == FX_CHILD && a->screen == SCREEN_CHILD)
		born(a, ev);
	else if (what == FX_SHEET_WRITE && a->screen == SCREEN_STICK)
		written(a, ev, fx);
	else if (what == FX_SHEET && ev->err != 0)
		flow_note(a, STYLE_MINUS, "No sheet: %s.", err_text(ev->err));
	else if (what == FX_SHEET)
		flow_go(a, SCREEN_SHEET, fx);
}
