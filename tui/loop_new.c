/* What a new key asks of the keeper. */
#include "core/base/secret.h"
#include "tui/loop_state.h"

static struct event
tally(struct loop *l, const struct effect *fx)
{
	struct event ev = { .kind = EV_TALLY };
	struct fresh *n = &l->app.fresh;
	struct secrets *s = l->app.secret;

	n->why = (struct fault){ 0 };
	if (fx->kind == FX_NEW) {
		ev.err = engine_new_key(l->engine, n->mode, n->words,
		    n->bare, &n->tally);
	} else if (fx->kind == FX_FEED) {
		ev.err = engine_feed(l->engine, n->source,
		    span_of(s->part, s->npart), &n->tally, &n->why);
		wipe(s->part, sizeof(s->part));
		s->npart = 0;
	} else {
		ev.err = engine_unfeed(l->engine, &n->tally);
	}
	return ev;
}

static struct event
words(struct loop *l)
{
	struct event ev = { .kind = EV_WORDS };
	struct fresh *n = &l->app.fresh;

	n->why = (struct fault){ 0 };
	if (n->bare)
		ev.err = engine_bare(l->engine, &ev.fpr[0], &n->why);
	else
		ev.err = engine_words(l->engine, l->app.secret->words,
		    sizeof(l->app.secret->words), &n->why);
	return ev;
}

static struct event
quiz(struct loop *l, size_t want)
{
	struct event ev = { .kind = EV_QUIZ };
	struct fresh *n = &l->app.fresh;

	n->asked = 0;
	ev.err = engine_quiz(l->engine, (unsigned)want, n->at, QUIZ_MAX,
	    &n->nask);
	return ev;
}

static struct event
say(struct loop *l)
{
	struct event ev = { .kind = EV_SAID };
	struct secrets *s = l->app.secret;

	/* One that is complete, or the one that begins so. */
	ev.err = engine_say(l->engine, span_text(l->app.entry.whole ?
	    s->line : s->first), &ev.n, &ev.fpr[0]);
	return ev;
}

struct event
loop_do_new(struct loop *l, const struct effect *fx)
{
	struct event ev = { .kind = EV_TICK };

	if (fx->kind == FX_NEW || fx->kind == FX_FEED ||
	    fx->kind == FX_UNFEED) {
		ev = tally(l, fx);
	} else if (fx->kind == FX_WORDS) {
		ev = words(l);
	} else if (fx->kind == FX_QUIZ) {
		ev = quiz(l, fx->n);
	} else if (fx->kind == FX_SAY) {
		ev = say(l);
	} else if (fx->kind == FX_PASS) {
		ev.kind = EV_UNLOCKED;
		ev.err = engine_passphrase(l->engine,
		    span_text(l->app.secret->pass), &ev.fpr[0]);
	} else if (fx->kind == FX_END_NEW) {
		ev.err = engine_end_new(l->engine);
	}
	return ev.err == ERR_DEAD ? loop_dead(ROLE_KEEPER) : ev;
}
