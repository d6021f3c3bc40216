#include <stdio.h>
#include <string.h>

#include "media/save.h"
#include "tui/flow.h"
#include "tui/screen/screen.h"

void
flow_review(struct app *a, size_t item, struct effects *fx)
{
	struct review *r = &a->review;

	*r = (struct review){ .item = item };
	(void)snprintf(r->file, sizeof(r->file), "%s",
	    a->shelf.item[item].shown);
	flow_busy(a, PHASE_OPEN);
	flow_effect(fx, FX_OPEN, item);
}

/* The page's lines for the width at hand; a page that cannot be drawn cannot
 * be read to its end, and so cannot be agreed to. */
void
flow_lines(struct app *a)
{
	struct review *r = &a->review;
	unsigned w = a->w > PAGE_WIDTH ? (unsigned)a->w : PAGE_WIDTH;

	arena_clear(a->arena);
	r->prompt = NULL;
	if (page_lines(r->page, r->file, w, a->arena, &r->line,
	    &r->nline) != 0 ||
	    page_agree_prompt(r->page, a->arena, &r->prompt) != 0) {
		r->line = NULL;
		r->nline = 0;
		r->seen_end = false;
	}
	flow_seen(a);
}

size_t
flow_rows(const struct app *a)
{
	struct area at = screen_area(a);

	return at.h > 0 ? (size_t)at.h : 0;
}

/* The end was seen when its line is on a screen that shows the page. */
void
flow_seen(struct app *a)
{
	struct review *r = &a->review;
	size_t n = r->nline, h = flow_rows(a);

	if (r->top > n || n - r->top < h)
		r->top = n > h ? n - h : 0;
	if (n > 0 && app_fits(a) && r->top + h >= n)
		r->seen_end = true;
}

/* A copy that was read again for this review goes again. */
static void
let_copy_go(struct app *a, struct effects *fx)
{
	size_t i = a->review.item;

	if (i < a->shelf.n && a->shelf.item[i].dropped)
		flow_effect(fx, FX_DROP, i);
}

void
flow_leave_review(struct app *a, struct effects *fx)
{
	let_copy_go(a, fx);
	a->review = (struct review){ 0 };
	arena_clear(a->arena);
	flow_effect(fx, FX_FORGET, 0);
	flow_home(a, fx);
}

/* The next warning to be accepted by its name; when none is left, the words
 * that mean yes. */
void
flow_accept(struct app *a, struct effects *fx)
{
	struct review *r = &a->review;

	while (r->warn < r->page->nfinding &&
	    r->page->finding[r->warn].level != LEVEL_WARN)
		r->warn++;
	r->typed = input_in(r->word, sizeof(r->word));
	if (r->warn < r->page->nfinding && r->ncode == ACCEPT_MAX) {
		flow_note(a, STYLE_REFUSE, "Too many warnings at once.");
		return;
	}
	flow_go(a, r->warn < r->page->nfinding ? SCREEN_ACCEPT :
	    SCREEN_AGREE, fx);
}

static void
opened(struct app *a, const struct event *ev, struct effects *fx)
{
	struct review *r = &a->review;
	struct item *it = &a->shelf.item[r->item];

	flow_idle(a);
	if (ev->engine.kind != ENGINE_PAGE || ev->page == NULL) {
		if (ev->engine.err == ERR_GONE) {
			flow_note(a, STYLE_MINUS, "The stick is gone. Plug it "
			    "in again.");
			return;
		}
		item_fail(it, ev->engine.err, &ev->engine.fault);
		flow_note(a, STYLE_MINUS, "%s", it->say);
		return;
	}
	flow_judge(a, it, ev->page, &ev->engine.file);
	r->shown = *ev->page;
	if (a->base)
		page_in_base(&r->shown);
	r->page = &r->shown;
	r->hash = ev->engine.file;
	r->item = flow_sort(a, r->item);
	r->top = 0;
	flow_go(a, SCREEN_REVIEW, fx);
	flow_lines(a);
}

static void
sign_failed(struct app *a, const struct engine_event *e, struct effects *fx)
{
	bool stopped = e->err == ERR_STOPPED;

	flow_idle(a);
	if (e->err == ERR_TYPED) {
		input_clear(&a->review.typed);
		flow_note(a, STYLE_MINUS, "That is not what was asked for. "
		    "Look again, then type it once more.");
		return;
	}
	flow_leave_review(a, fx);
	flow_effect(fx, FX_KEYS, 0);
	if (stopped)
		flow_note(a, STYLE_BANG, "Stopped. Nothing was signed and "
		    "nothing was written.");
	else
		flow_note(a, STYLE_REFUSE, "Not signed: %s%s%s. Nothing was "
		    "written.", e->fault.where, e->fault.where[0] != '\0' ?
		    ": " : "", err_text(e->err));
}

/*
 * There was nothing to sign or write: a wallet, known from now on.  What was
 * judged without it is judged once more.
 */
static void
learnt(struct app *a, struct effects *fx)
{
	struct review *r = &a->review;
	struct answered *done = &a->answered[a->nanswered % ANSWERED_MAX];
	char what[128] = "it";

	done->file = r->hash;
	done->as[0] = '\0';
	a->nanswered++;
	if (r->page != NULL && r->page->nrow > 0)
		(void)snprintf(what, sizeof(what), "%s", r->page->row[0].to);
	if (what[0] >= 'a' && what[0] <= 'z')
		what[0] = (char)(what[0] - 'a' + 'A');
	flow_vault_note(a, true, fx);
	flow_leave_review(a, fx);
	a->stale = true;
	flow_note(a, STYLE_PLUS, "%s, is known %s.", what, a->vault.open ?
	    "whenever this vault is open" : "for this session");
}

static void
made(struct app *a, const struct event *ev, struct effects *fx)
{
	struct review *r = &a->review;
	uint32_t source = a->shelf.item[r->item].stick;
	const struct stick *st = flow_stick(a, source);
	size_t i, nwritable = 0;

	flow_idle(a);
	r->nanswer = ev->engine.nanswer < ANSWERS_MAX ?
	    ev->engine.nanswer : ANSWERS_MAX;
	if (r->nanswer == 0) {
		learnt(a, fx);
		return;
	}
	for (i = 0; i < r->nanswer; i++)
		(void)snprintf(r->suffix[i], sizeof(r->suffix[i]), "%s",
		    ev->suffix[i] != NULL ? ev->suffix[i] : "");
	for (i = 0; i < a->nstick; i++) {
		nwritable += a->stick[i].writable;
		if (a->stick[i].id == source)
			r->target_at = i;
	}
	if (st != NULL && st->writable && nwritable == 1) {
		flow_save(a, source, fx);
		return;
	}
	flow_target(a);
	flow_go(a, SCREEN_TARGET, fx);
}

/* The cursor stays where it is of use, and else goes where it is. */
void
flow_target(struct app *a)
{
	size_t i, at = a->review.target_at;

	if (at < a->nstick && a->stick[at].writable)
		return;
	for (i = 0; i < a->nstick; i++)
		if (a->stick[i].writable)
			break;
	a->review.target_at = i < a->nstick ? i : 0;
}

void
flow_save(struct app *a, uint32_t stick, struct effects *fx)
{
	size_t i;

	for (i = 0; i < a->nstick; i++) {
		if (a->stick[i].id != stick)
			continue;
		a->review.target = stick;
		a->review.target_at = i;
		flow_busy(a, PHASE_SAVE);
		flow_effect(fx, FX_SAVE, i);
		return;
	}
	flow_note(a, STYLE_MINUS, "That stick is gone. Choose another.");
	flow_go(a, SCREEN_TARGET, fx);
}

static void
saved(struct app *a, enum err e, bool safe, struct effects *fx)
{
	struct item *it = &a->shelf.item[a->review.item];
	struct answered *done = &a->answered[a->nanswered % ANSWERED_MAX];

	flow_idle(a);
	a->stale = true;
	if (e != 0) {
		flow_go(a, SCREEN_TARGET, fx);
		flow_note(a, STYLE_MINUS, "%s", save_advice(e));
		flow_effect(fx, FX_STICKS, 0);
		return;
	}
	done->file = a->review.hash;
	(void)snprintf(done->as, sizeof(done->as), "%s", a->review.name[0]);
	a->nanswered++;
	it->state = ITEM_SIGNED;
	a->review.safe = safe;
	a->review.page = NULL;
	a->review.line = NULL;
	arena_clear(a->arena);
	let_copy_go(a, fx);
	flow_vault_note(a, false, fx);
	flow_effect(fx, FX_FORGET, 0);
	flow_effect(fx, FX_KEYS, 0);
	flow_go(a, SCREEN_DONE, fx);
}

void
flow_addresses(struct app *a, struct effects *fx)
{
	a->addr.ask.network = a->network;
	flow_effect(fx, FX_ADDRESSES, 0);
}

void
flow_qr(struct app *a, const char *text, size_t n, const char *what,
    struct effects *fx)
{
	if (n >= sizeof(a->qr.text))
		return;
	memcpy(a->qr.text, text, n);
	a->qr.text[n] = '\0';
	(void)snprintf(a->qr.what, sizeof(a->qr.what), "%s", what);
	a->qr.back = a->screen;
	flow_go(a, SCREEN_QR, fx);
}

static void
found(struct app *a, const struct event *ev)
{
	flow_idle(a);
	a->addr.err = ev->err;
	a->addr.searched = ev->err == 0;
	a->addr.found = ev->err == 0 && ev->whole;
	if (ev->err != 0)
		a->addr.upto = 0;
	if (ev->err != 0)
		flow_note(a, STYLE_MINUS, "Not searched: %s; %s.",
		    err_text(ev->err), err_advice(ev->err));
}

void
flow_sign_event(struct app *a, const struct event *ev, struct effects *fx)
{
	const struct engine_event *e = &ev->engine;

	if (ev->kind == EV_SAVED && a->busy.phase == PHASE_SAVE) {
		saved(a, ev->err, ev->whole, fx);
	} else if (ev->kind == EV_ADDRESSES) {
		a->addr.err = ev->err;
	} else if (ev->kind == EV_FOUND) {
		found(a, ev);
	} else if (ev->kind != EV_ENGINE) {
		return;
	} else if (a->busy.phase == PHASE_OPEN) {
		opened(a, ev, fx);
	} else if (e->kind == ENGINE_FAIL) {
		sign_failed(a, e, fx);
	} else if (a->busy.phase == PHASE_AGREE && e->kind == ENGINE_AGREED) {
		flow_agreed(a, fx);
	} else if (a->busy.phase == PHASE_MAKE && e->kind == ENGINE_MADE) {
		made(a, ev, fx);
	}
}
