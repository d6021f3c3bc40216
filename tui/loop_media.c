#include <unistd.h>

#include "media/import.h"
#include "media/save.h"
#include "tui/loop_state.h"

static struct event
answer(enum event_kind kind, enum err e)
{
	return (struct event){ .kind = kind, .err = e };
}

void
loop_let_go(struct loop *l, bool *free_again)
{
	enum err e = 0;

	if (l->dir >= 0)
		(void)close(l->dir);
	l->dir = -1;
	if (l->held)
		e = engine_release(l->engine, l->held_id);
	l->held = false;
	if (free_again != NULL)
		*free_again = e == 0;
}

enum err
loop_hold(struct loop *l, size_t i)
{
	enum err e;

	if (i >= l->app.nstick)
		return ERR_GONE;
	if (l->held)
		return ERR_STATE;
	if ((e = engine_mount(l->engine, l->app.stick[i].id, &l->dir)) != 0)
		return e;
	l->held = true;
	l->held_id = l->app.stick[i].id;
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
list(struct loop *l, size_t i)
{
	struct listing found = { 0 };
	enum err e;

	if ((e = loop_hold(l, i)) != 0)
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
	struct item *it;
	uint64_t size;
	enum err e;
	int fd;

	if (i >= l->app.shelf.n || !l->held)
		return ERR_STATE;
	it = &l->app.shelf.item[i];
	if ((e = import_file(l->dir, it->name, l->left, &fd, &size)) != 0)
		return e;
	it->fd = fd;
	it->size = size;
	l->left -= size < l->left ? size : l->left;
	return 0;
}

enum err
loop_fetch(struct loop *l, size_t i)
{
	bool free_again;
	enum err e;
	size_t s;

	for (s = 0; s < l->app.nstick; s++)
		if (l->app.stick[s].id == l->app.shelf.item[i].stick)
			break;
	if ((e = loop_hold(l, s)) != 0)
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

		if (r->name[i][0] != '\0')
			continue;
		if (an == NULL || r->item >= l->app.shelf.n)
			return ERR_STATE;
		e = save_answer(l->dir, l->app.shelf.item[r->item].name,
		    an->suffix, an->fd, r->name[i]);
		if (e != 0)
			r->name[i][0] = '\0';
	}
	return e;
}

static struct event
save(struct loop *l, size_t i)
{
	struct event ev = { .kind = EV_SAVED };

	if ((ev.err = loop_hold(l, i)) == 0)
		ev.err = write_answers(l);
	loop_let_go(l, &ev.whole);
	return ev;
}

struct event
loop_do_media(struct loop *l, const struct effect *fx)
{
	size_t i = fx->n;

	if (fx->kind == FX_CLEAR) {
		loop_clear(l);
	} else if (fx->kind == FX_LIST) {
		return answer(EV_LISTED, list(l, i));
	} else if (fx->kind == FX_MOUNT) {
		return answer(EV_LISTED, loop_hold(l, i));
	} else if (fx->kind == FX_IMPORT) {
		return answer(EV_IMPORTED, import(l, i));
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
