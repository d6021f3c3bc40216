#include <stdio.h>
#include <string.h>

#include "tui/flow.h"

#define BATCH 128	/* files held between two looks at a stick */
#define KEPT_MAX 500	/* copies kept: each is a descriptor */

const struct stick *
flow_stick(const struct app *a, uint32_t id)
{
	size_t i;

	for (i = 0; i < a->nstick; i++)
		if (a->stick[i].id == id)
			return &a->stick[i];
	return NULL;
}

void
flow_home(struct app *a, struct effects *fx)
{
	flow_go(a, SCREEN_HOME, fx);
}

void
flow_out(struct app *a, struct effects *fx)
{
	flow_go(a, a->nfpr > 0 || a->nstick > 0 ? SCREEN_HOME :
	    SCREEN_WELCOME, fx);
}

static void
remember_cursor(struct app *a)
{
	if (a->at < a->shelf.n)
		(void)snprintf(a->cursor, sizeof(a->cursor), "%s",
		    a->shelf.item[a->at].name);
}

/* All of it afresh: what lies on the sticks, and what it means for the keys
 * and the network at hand. */
void
flow_read(struct app *a, struct effects *fx)
{
	remember_cursor(a);
	a->stale = false;
	flow_busy(a, PHASE_LIST);
	flow_effect(fx, FX_STICKS, 0);
}

static void
finish(struct app *a, struct effects *fx)
{
	size_t i;

	for (i = 0; i < a->shelf.n; i++)
		if (a->shelf.item[i].state == ITEM_READ)
			a->shelf.item[i].state = ITEM_WAITING;
	shelf_by_state(&a->shelf);
	a->at = 0;
	for (i = 0; i < a->shelf.n && a->cursor[0] != '\0'; i++)
		if (strcmp(a->shelf.item[i].name, a->cursor) == 0)
			a->at = i;
	if (a->busy.stopping)
		flow_note(a, STYLE_BANG, "Stopped. Files not read stay "
		    "listed; r reads again.");
	flow_idle(a);
	flow_effect(fx, FX_FORGET, 0);
}

static void
next_stick(struct app *a, struct effects *fx)
{
	/* Why one cannot be read is known of it already. */
	while (a->busy.stick < a->nstick &&
	    a->stick[a->busy.stick].advice[0] != '\0')
		a->busy.stick++;
	if (a->busy.stopping || a->busy.stick >= a->nstick) {
		finish(a, fx);
		return;
	}
	a->busy.at = a->busy.first = 0;
	a->busy.phase = PHASE_LIST;
	flow_effect(fx, FX_LIST, a->busy.stick);
}

/* The next file of this stick that waits, or the shelf's end. */
static size_t
waiting(const struct app *a)
{
	size_t i;
	uint32_t id = a->stick[a->busy.stick].id;

	for (i = a->busy.at; i < a->shelf.n; i++)
		if (a->shelf.item[i].state == ITEM_WAITING &&
		    a->shelf.item[i].stick == id)
			break;
	return i;
}

static void
next_import(struct app *a, struct effects *fx)
{
	size_t i = waiting(a);

	a->busy.at = i;
	a->busy.done = (uint32_t)i;
	a->busy.total = (uint32_t)a->shelf.n;
	if (i < a->shelf.n && !a->busy.stopping && a->busy.batch < BATCH) {
		flow_effect(fx, FX_IMPORT, i);
		return;
	}
	a->busy.phase = PHASE_RELEASE;
	flow_effect(fx, FX_RELEASE, 0);
}

void
flow_judge_next(struct app *a, struct effects *fx)
{
	size_t i;

	for (i = a->busy.first; i < a->shelf.n && !a->busy.stopping; i++)
		if (a->shelf.item[i].state == ITEM_READ)
			break;
	a->busy.first = i;
	a->busy.done = (uint32_t)i;
	a->busy.total = (uint32_t)a->shelf.n;
	if (i < a->shelf.n && !a->busy.stopping) {
		flow_effect(fx, FX_OPEN, i);
		return;
	}
	a->busy.first = a->busy.at;
	a->busy.batch = 0;
	if (!a->busy.stopping && a->busy.stick < a->nstick &&
	    waiting(a) < a->shelf.n) {
		a->busy.phase = PHASE_IMPORT;
		flow_effect(fx, FX_MOUNT, a->busy.stick);
		return;
	}
	a->busy.stick++;
	next_stick(a, fx);
}

/* The same bytes may have been answered before: nothing is left to do then,
 * though the file on the stick is as it was. */
void
flow_judge(const struct app *a, struct item *it, const struct page *p,
    const struct hash32 *file)
{
	size_t i;

	item_judge(it, p);
	for (i = 0; i < ANSWERED_MAX && i < a->nanswered; i++) {
		const struct answered *done = &a->answered[i];

		if (!span_eq(SPAN_OF(done->file.b), SPAN_OF(file->b)))
			continue;
		it->state = done->as[0] == '\0' ? ITEM_KNOWN : ITEM_SIGNED;
		if (it->state == ITEM_SIGNED)
			(void)snprintf(it->say, sizeof(it->say),
			    "just now, as %.150s", done->as);
	}
}

/* An item that was judged once more, under its heading again: where it is. */
size_t
flow_sort(struct app *a, size_t i)
{
	const char *name = a->shelf.item[i].name;

	shelf_by_state(&a->shelf);
	for (i = 0; i + 1 < a->shelf.n && a->shelf.item[i].name != name; i++)
		continue;
	a->at = i;
	return i;
}

/* What is of no use is dropped; so is what is too much to keep, to be read
 * once more when it is looked at. */
void
flow_judged(struct app *a, const struct event *ev, struct effects *fx)
{
	size_t i = a->busy.first;
	struct item *it;

	if (i >= a->shelf.n)
		return;
	it = &a->shelf.item[i];
	if (ev->engine.kind == ENGINE_PAGE && ev->page != NULL) {
		flow_judge(a, it, ev->page, &ev->engine.file);
		it->dropped = a->busy.kept >= KEPT_MAX;
	} else {
		item_fail(it, ev->engine.err, &ev->engine.fault);
		it->dropped = true;
	}
	if (it->dropped)
		flow_effect(fx, FX_DROP, i);
	a->busy.kept += !it->dropped;
	flow_judge_next(a, fx);
}

/* Every stick was pulled: what was read stays, and is judged anew for the
 * keys and the network at hand. */
static void
judge_again(struct app *a, struct effects *fx)
{
	size_t i;

	for (i = 0; i < a->shelf.n; i++) {
		struct item *it = &a->shelf.item[i];

		if (it->state <= ITEM_FOREIGN && !it->dropped &&
		    it->state != ITEM_VAULT && it->state != ITEM_BACKUP)
			it->state = ITEM_READ;
	}
	a->busy.phase = PHASE_JUDGE;
	a->busy.stick = a->nstick;
	a->busy.first = 0;
	a->busy.at = a->shelf.n;
	flow_judge_next(a, fx);
}

static void
on_sticks(struct app *a, struct effects *fx)
{
	size_t i, readable = 0;

	for (i = 0; i < a->nstick; i++)
		readable += a->stick[i].advice[0] == '\0';
	if (readable == 0 && a->shelf.n > 0) {
		judge_again(a, fx);
		return;
	}
	flow_effect(fx, FX_CLEAR, 0);
	next_stick(a, fx);
}

static void
on_listed(struct app *a, const struct event *ev, struct effects *fx)
{
	struct stick *st = &a->stick[a->busy.stick];

	if (ev->err != 0) {
		st->writable = false;
		(void)snprintf(st->advice, sizeof(st->advice), "%s",
		    ev->err == ERR_STOPPED ? "it did not answer; pull it out" :
		    ev->engine.fault.where[0] != '\0' ?
		    ev->engine.fault.where : err_text(ev->err));
		flow_note(a, STYLE_MINUS, "%s: %s", st->label, st->advice);
		a->busy.stick++;
		next_stick(a, fx);
		return;
	}
	a->busy.phase = PHASE_IMPORT;
	next_import(a, fx);
}

static void
on_imported(struct app *a, const struct event *ev, struct effects *fx)
{
	struct item *it;
	enum err e = ev->err;

	if (a->busy.at >= a->shelf.n)
		return;
	it = &a->shelf.item[a->busy.at];
	if (e == 0 && (ev->whole || ev->n != 0)) {
		it->state = ev->whole ? ITEM_VAULT : ITEM_BACKUP;
		it->dropped = true;
		(void)snprintf(it->say, sizeof(it->say), "%s; Enter opens it",
		    ev->whole ? "keys that are kept" : "sealed by a "
		    "passphrase");
		flow_effect(fx, FX_DROP, a->busy.at);
	} else if (e == 0) {
		it->state = ITEM_READ;
		a->busy.batch++;
	} else if (e != ERR_STOPPED) {
		it->state = ITEM_SKIPPED;
		(void)snprintf(it->say, sizeof(it->say), "%s",
		    e == ERR_TOO_LARGE ? "too large for this machine" :
		    err_text(e));
	}
	a->busy.at++;
	next_import(a, fx);
}

void
flow_read_event(struct app *a, const struct event *ev, struct effects *fx)
{
	size_t i;

	if (ev->kind == EV_STICKS_CHANGED)
		a->stale = true;
	if (ev->kind == EV_STICKS) {
		a->nstick = ev->n < STICKS_MAX ? ev->n : STICKS_MAX;
		for (i = 0; i < a->nstick; i++)
			a->stick[i] = ev->stick[i];
		if (a->screen == SCREEN_TARGET)
			flow_target(a);
	}
	if (a->busy.phase == PHASE_LIST && ev->kind == EV_STICKS)
		on_sticks(a, fx);
	else if (ev->kind == EV_LISTED && (a->busy.phase == PHASE_LIST ||
	    a->busy.phase == PHASE_IMPORT))
		on_listed(a, ev, fx);
	else if (a->busy.phase == PHASE_IMPORT && ev->kind == EV_IMPORTED)
		on_imported(a, ev, fx);
	else if (a->busy.phase == PHASE_RELEASE && ev->kind == EV_RELEASED) {
		a->busy.phase = PHASE_JUDGE;
		flow_judge_next(a, fx);
	}
}
