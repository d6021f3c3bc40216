#include <fcntl.h>
#include <unistd.h>

#include "media/import_calls.h"
#include "media/names.h"
#include "media/save.h"
#include "tui/loop_state.h"

static struct event
answer(enum event_kind kind, enum err e)
{
	return (struct event){ .kind = kind, .err = e };
}

/* A stick that something still holds on to stays held, and is asked for
 * again. */
void
loop_let_go(struct loop *l, bool *free_again)
{
	enum err e = 0;

	if (l->dir >= 0)
		(void)close(l->dir);
	l->dir = -1;
	if (l->held)
		e = engine_release(l->engine, l->held_id);
	l->held = l->held && e == ERR_STATE;
	if (free_again != NULL)
		*free_again = e == 0;
}

enum err
loop_hold(struct loop *l, size_t i, bool write, struct fault *f)
{
	*f = (struct fault){ 0 };
	return i >= l->app.nstick ? ERR_GONE :
	    loop_hold_id(l, l->app.stick[i].id, write, f);
}

enum err
loop_hold_id(struct loop *l, uint32_t id, bool write, struct fault *f)
{
	enum err e;

	*f = (struct fault){ 0 };
	if (l->held && l->dir < 0)
		loop_let_go(l, NULL);
	if (l->held)
		return ERR_STATE;
	if (id == VAULT_HERE) {
		l->dir = open(l->here, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		return l->dir < 0 ? ERR_GONE : ERR_NONE;
	}
	if ((e = engine_mount(l->engine, id, write, &l->dir, f)) != 0)
		return e;
	l->held = true;
	l->held_id = id;
	return 0;
}

static void
drop(struct loop *l, struct item *it)
{
	if (it->fd < 0)
		return;
	(void)close(it->fd);
	it->fd = -1;
	l->left += it->size;
}

void
loop_clear(struct loop *l)
{
	size_t i;

	for (i = 0; i < l->app.shelf.n; i++)
		drop(l, &l->app.shelf.item[i]);
	shelf_end(&l->app.shelf);
	loop_discard(l);
	l->left = import_budget();
}

static enum err
list(struct loop *l, size_t i, struct fault *f)
{
	struct listing found = { 0 };
	enum err e;

	if ((e = loop_hold(l, i, false, f)) != 0)
		return e;
	if ((e = listing_read(l->dir, import_budget(), &found)) == 0)
		e = shelf_add(&l->app.shelf, l->app.stick[i].id, &found);
	listing_end(&found);
	if (e != 0)
		loop_let_go(l, NULL);
	else
		shelf_by_size(&l->app.shelf);
	return e;
}

static enum err
import(struct loop *l, size_t i)
{
	struct import_calls c = import_calls_real;
	struct item *it;
	uint64_t size;
	enum err e;
	int fd;

	if (i >= l->app.shelf.n || !l->held)
		return ERR_STATE;
	it = &l->app.shelf.item[i];
	c.go_on = loop_go_on;
	c.go_on_arg = l;
	if ((e = name_check(it->name)) != 0 ||
	    (e = import_with(&c, l->dir, it->name, l->left, &fd, &size)) != 0)
		return e;
	it->fd = fd;
	it->size = size;
	l->left -= size < l->left ? size : l->left;
	return 0;
}

static struct event
imported(struct loop *l, size_t i)
{
	struct event ev = answer(EV_IMPORTED, import(l, i));

	ev.whole = ev.err == 0 && loop_is_vault(l->app.shelf.item[i].fd);
	ev.n = ev.err == 0 && loop_is_age(l->app.shelf.item[i].fd);
	return ev;
}

enum err
loop_fetch(struct loop *l, size_t i)
{
	struct fault f;
	bool free_again;
	enum err e;
	size_t s;

	for (s = 0; s < l->app.nstick; s++)
		if (l->app.stick[s].id == l->app.shelf.item[i].stick)
			break;
	if ((e = loop_hold(l, s, false, &f)) != 0)
		return e;
	e = import(l, i);
	loop_let_go(l, &free_again);
	return e != 0 ? e : free_again ? ERR_NONE : ERR_IO;
}

static enum err
write_answers(struct loop *l)
{
	struct review *r = &l->app.review;
	enum err e = 0;
	size_t i;

	for (i = 0; i < r->nanswer && e == 0; i++) {
		const struct engine_answer *an = engine_answer(l->engine, i);

		if (an == NULL || r->item >= l->app.shelf.n)
			return ERR_STATE;
		e = save_answer(l->dir, l->app.shelf.item[r->item].name,
		    an->suffix, an->fd, r->name[i]);
		if (e != 0)
			r->name[i][0] = '\0';
	}
	return e;
}

static enum err
check(struct loop *l, const struct written *w, size_t n)
{
	enum err e = 0;
	size_t i;

	for (i = 0; i < n && e == 0; i++)
		e = save_check(l->dir, w[i].name, w[i].fd);
	return e;
}

/* What the stick gives back is not what it got: none of it stays. */
static void
undo(struct loop *l, size_t stick, const struct written *w, size_t n)
{
	struct fault f;
	size_t i;

	if (loop_hold(l, stick, true, &f) == 0)
		for (i = 0; i < n; i++)
			save_undo(l->dir, w[i].name);
	loop_let_go(l, NULL);
}

struct event
loop_put(struct loop *l, size_t stick, enum event_kind kind,
    enum err (*write)(struct loop *), const struct written *w, size_t n)
{
	struct event ev = { .kind = kind };
	struct fault f;
	size_t i;

	if ((ev.err = loop_hold(l, stick, true, &f)) == 0)
		ev.err = write(l);
	loop_let_go(l, NULL);
	if (ev.err == 0 && (ev.err = loop_hold(l, stick, false, &f)) == 0)
		ev.err = check(l, w, n);
	loop_let_go(l, &ev.whole);
	if (ev.err == ERR_MISMATCH)
		undo(l, stick, w, n);
	for (i = 0; ev.err != 0 && i < n; i++)
		w[i].name[0] = '\0';
	return ev;
}

static struct event
save(struct loop *l, size_t stick)
{
	struct review *r = &l->app.review;
	struct written w[ANSWERS_MAX];
	size_t i;

	for (i = 0; i < r->nanswer; i++) {
		const struct engine_answer *an = engine_answer(l->engine, i);

		if (an == NULL)
			return answer(EV_SAVED, ERR_STATE);
		w[i] = (struct written){ an->fd, r->name[i] };
	}
	return loop_put(l, stick, EV_SAVED, write_answers, w, r->nanswer);
}

static struct event
listed(struct loop *l, size_t i, bool again)
{
	struct event ev = { .kind = EV_LISTED };
	struct fault *f = &ev.engine.fault;

	ev.err = again ? loop_hold(l, i, false, f) : list(l, i, f);
	return ev;
}

struct event
loop_do_media(struct loop *l, const struct effect *fx)
{
	size_t i = fx->n;

	if (fx->kind == FX_CLEAR) {
		loop_clear(l);
	} else if (fx->kind == FX_LIST) {
		return listed(l, i, false);
	} else if (fx->kind == FX_MOUNT) {
		return listed(l, i, true);
	} else if (fx->kind == FX_IMPORT) {
		return imported(l, i);
	} else if (fx->kind == FX_DROP && i < l->app.shelf.n) {
		drop(l, &l->app.shelf.item[i]);
	} else if (fx->kind == FX_RELEASE) {
		loop_let_go(l, NULL);
		return answer(EV_RELEASED, 0);
	} else if (fx->kind == FX_SAVE) {
		return save(l, i);
	}
	return answer(EV_TICK, 0);
}
