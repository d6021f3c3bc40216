/* What a backup asks of the keeper. */
#include <string.h>

#include "core/base/secret.h"
#include "tui/loop_state.h"

static enum err
share(struct loop *l, size_t at)
{
	struct secrets *s = l->app.secret;
	struct share one;
	enum err e;

	if ((e = engine_share(l->engine, (unsigned)at, &one)) == 0)
		memcpy(s->share, one.text, sizeof(s->share));
	wipe(&one, sizeof(one));
	return e;
}

static struct event
gather(struct loop *l, enum gather_how how)
{
	struct event ev = { .kind = EV_GATHERED, .n = how };
	struct span typed = span_of(NULL, 0);

	if (how != GATHER_BACK)
		typed = span_text(l->app.secret->words);
	ev.err = engine_gather(l->engine, how, typed, &l->app.entry.pieces,
	    &ev.why);
	return ev;
}

struct event
loop_do_backup(struct loop *l, const struct effect *fx)
{
	struct event ev = { .kind = EV_TICK };
	struct secrets *s = l->app.secret;

	if (fx->kind == FX_BACKUP) {
		ev.kind = EV_BACKUP;
		ev.err = engine_backup(l->engine, &l->app.backup.ask,
		    span_text(s->pass), &l->app.backup.made, &ev.why);
	} else if (fx->kind == FX_SHARE) {
		ev.kind = EV_SHARE;
		ev.err = share(l, fx->n);
	} else if (fx->kind == FX_GATHER) {
		ev = gather(l, (enum gather_how)fx->n);
	} else if (fx->kind == FX_REHEARSE) {
		ev.kind = EV_REHEARSED;
		ev.err = engine_rehearse(l->engine, span_text(s->words),
		    span_text(s->pass), &ev.tried, &ev.fpr[0], &ev.why);
	} else {
		ev.err = engine_end_backup(l->engine);
	}
	return ev.err == ERR_DEAD ? loop_dead(ROLE_KEEPER) : ev;
}
