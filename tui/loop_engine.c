#include <string.h>
#include <unistd.h>

#include "core/base/limits.h"
#include "core/base/secret.h"
#include "core/proc/memory.h"
#include "tui/loop_state.h"

static struct event
answer(enum event_kind kind, enum err e)
{
	return (struct event){ .kind = kind, .err = e };
}

struct event
loop_dead(enum role r)
{
	return (struct event){ .kind = EV_ENGINE,
	    .engine = { .kind = ENGINE_DEAD, .err = ERR_DEAD, .role = r } };
}

/* A request to the clerk that did not even begin ends as a failure. */
static struct event
begun(enum err e)
{
	if (e == 0)
		return answer(EV_TICK, 0);
	return (struct event){ .kind = EV_ENGINE,
	    .engine = { .kind = ENGINE_FAIL, .err = e } };
}

static struct event
complete(struct loop *l)
{
	struct event ev = { .kind = EV_COMPLETED };
	struct secrets *s = l->app.secret;

	ev.err = engine_complete(l->engine, l->app.entry.list, s->line,
	    &ev.n, s->first, &ev.whole);
	return ev;
}

static struct event
unlock(struct loop *l)
{
	struct event ev = { .kind = EV_UNLOCKED };
	struct secrets *s = l->app.secret;

	ev.err = engine_unlock(l->engine, span_text(s->words),
	    span_text(s->pass), &ev.fpr[0], &ev.why);
	return ev;
}

static struct event
check_words(struct loop *l)
{
	struct event ev = { .kind = EV_CHECKED };
	struct fault f = { 0 };

	ev.err = engine_check_words(l->engine,
	    span_text(l->app.secret->words), &f);
	ev.n = f.at;
	return ev;
}

/* Whole lines, as many as the model holds. */
static void
copy_lines(struct span from, char *to, size_t cap)
{
	size_t n = from.n < cap - 1 ? from.n : cap - 1;

	while (n > 0 && from.p[n - 1] != '\n')
		n--;
	if (n > 0)
		memcpy(to, from.p, n);
	to[n] = '\0';
}

enum err
loop_lines(int fd, char *to, size_t cap)
{
	struct span text;
	enum err e = memfd_map(fd, &text);

	if (e == 0) {
		copy_lines(text, to, cap);
		memfd_unmap(text);
	}
	(void)close(fd);
	return e;
}

static struct event
addresses(struct loop *l)
{
	struct addresses *d = &l->app.addr;
	enum err e;
	int fd;

	d->text[0] = '\0';
	d->ask.to = d->ask.from + ADDRESSES_SHOWN - 1;
	if ((e = engine_addresses(l->engine, &d->ask, &fd)) == 0)
		e = loop_lines(fd, d->text, sizeof(d->text));
	return loop_answer(EV_ADDRESSES, e);
}

static struct event
find(struct loop *l, size_t from)
{
	struct event ev = { .kind = EV_FOUND };
	struct addresses *d = &l->app.addr;
	struct address_ask q = d->ask;
	enum err why = ERR_NONE;
	bool searched = false;

	q.from = (uint32_t)from;
	q.to = q.from + LIMIT_ADDRESS_SEARCH;
	q.purpose = 0;
	q.with[0] = '\0';
	/* An address of one chain is none of another's. */
	for (q.key = 0; q.key < l->app.nfpr && why != ERR_DEAD && !ev.whole;
	    q.key++) {
		enum err e = engine_find_address(l->engine, &q, d->typed,
		    &ev.whole, d->path);

		d->key = q.key;
		searched = searched || e == 0;
		why = e != 0 ? e : why;
	}
	if (why == ERR_DEAD)
		return loop_dead(ROLE_CLERK);
	ev.err = searched ? ERR_NONE : why;
	return ev;
}

static struct event
lock(struct loop *l)
{
	loop_let_go(l, NULL);
	loop_medium_end(l);
	loop_age_end(l);
	if (engine_lock(l->engine) != 0)
		return loop_dead(ROLE_KEEPER);
	return answer(EV_LOCKED, 0);
}

static struct event
fingerprints(struct loop *l)
{
	struct event ev = { .kind = EV_KEYS };
	struct key_id key[FPR_MAX];
	size_t i;

	ev.err = engine_fingerprints(l->engine, key, &ev.n);
	for (i = 0; ev.err == 0 && i < ev.n; i++) {
		ev.fpr[i] = key[i].fpr;
		ev.key_kind[i] = key[i].kind;
	}
	return ev.err == 0 ? ev : loop_dead(ROLE_KEEPER);
}

static struct event
sticks(struct loop *l)
{
	struct event ev = { .kind = EV_STICKS, .stick = l->found };

	ev.err = engine_sticks(l->engine, l->found, STICKS_MAX, &ev.n);
	if (ev.err == ERR_STOPPED) {	/* as it was */
		memcpy(l->found, l->app.stick, sizeof(l->found));
		ev.n = l->app.nstick;
		ev.err = 0;
	}
	return ev.err == 0 ? ev : loop_dead(ROLE_MOUNTER);
}

static enum err
open_file(struct loop *l, size_t i)
{
	enum err e;

	if (i >= l->app.shelf.n)
		return ERR_GONE;
	if (l->app.shelf.item[i].fd < 0 && (e = loop_fetch(l, i)) != 0)
		return e;
	return engine_open(l->engine, l->app.shelf.item[i].fd,
	    l->app.network);
}

struct event
loop_do_engine(struct loop *l, const struct effect *fx)
{
	struct review *r = &l->app.review;

	if (fx->kind == FX_STICKS)
		return sticks(l);
	if (fx->kind == FX_COMPLETE)
		return complete(l);
	if (fx->kind == FX_CHECK_WORDS)
		return check_words(l);
	if (fx->kind == FX_UNLOCK)
		return unlock(l);
	if (fx->kind >= FX_NEW && fx->kind <= FX_END_NEW)
		return loop_do_new(l, fx);
	if (fx->kind == FX_KEYS)
		return fingerprints(l);
	if (fx->kind == FX_LOCK)
		return lock(l);
	if (fx->kind == FX_OPEN)
		return begun(open_file(l, fx->n));
	if (fx->kind == FX_AGREE)
		return begun(engine_agree(l->engine, AGREE_TYPED, r->word,
		    r->code, r->ncode));
	if (fx->kind == FX_MAKE_WITHOUT)
		engine_vault_without(l->engine);
	if (fx->kind == FX_MAKE || fx->kind == FX_MAKE_WITHOUT)
		return begun(engine_make(l->engine));
	if (fx->kind == FX_STOP)
		engine_stop(l->engine);
	if (fx->kind == FX_FORGET && engine_forget(l->engine) == ERR_DEAD)
		return loop_dead(ROLE_CLERK);
	if (fx->kind == FX_ADDRESSES)
		return addresses(l);
	if (fx->kind == FX_FIND)
		return find(l, fx->n);
	return answer(EV_TICK, 0);
}
