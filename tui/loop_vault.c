/*
 * The vault's file on its stick: found, read, written into, copied.
 *
 * A file is the vault's when its halves begin as those that we know: no two
 * vaults, and no two states of one, begin alike.  So neither a file of the
 * same name nor a copy that was changed on its own is ever written into.
 */
#include <string.h>
#include <unistd.h>

#include "core/base/secret.h"
#include "core/base/text.h"
#include "core/proc/memory.h"
#include "media/import.h"
#include "media/names.h"
#include "media/save.h"
#include "tui/loop_vault.h"

static void
head_of(int fd, unsigned half, uint8_t out[VAULT_HEAD_SHOWN])
{
	struct span s;

	memset(out, 0, VAULT_HEAD_SHOWN);
	if (memfd_map(fd, &s) != 0)
		return;
	if (s.n >= half * VAULT_HALF + VAULT_HEAD_SHOWN)
		memcpy(out, s.p + half * VAULT_HALF, VAULT_HEAD_SHOWN);
	memfd_unmap(s);
}

bool
loop_is_vault(int fd)
{
	uint8_t head[VAULT_HEAD_SHOWN];
	bool is = false;
	unsigned i;

	for (i = 0; i < 2; i++) {
		head_of(fd, i, head);
		is = is || kept_marked(SPAN_OF(head));
	}
	return is;
}

static void
remember(struct loop *l, int fd)
{
	head_of(fd, 0, l->head_known[0]);
	head_of(fd, 1, l->head_known[1]);
	l->half_written = false;
}

/* As it was left: both halves, or one where a write of ours has failed. */
static bool
is_known(const struct loop *l, int fd)
{
	uint8_t head[VAULT_HEAD_SHOWN];
	unsigned i, same = 0;
	bool mark = false;

	for (i = 0; i < 2; i++) {
		head_of(fd, i, head);
		if (memcmp(head, l->head_known[i], sizeof(head)) != 0)
			continue;
		mark = mark || kept_marked(SPAN_OF(head));
		same++;
	}
	return mark && same == (l->half_written ? same : 2);
}

/* --- what lies on the sticks ---------------------------------------------- */

static bool
marked(int dir, const char *name)
{
	uint8_t mark[KEPT_MARK_SIZE];

	return (import_peek(dir, name, 0, mark, sizeof(mark)) &&
	    kept_marked(SPAN_OF(mark))) ||
	    (import_peek(dir, name, VAULT_HALF, mark, sizeof(mark)) &&
	    kept_marked(SPAN_OF(mark)));
}

static void
look_at(struct loop *l, const struct stick *st)
{
	struct vaulting *v = &l->app.vault;
	struct listing found = { 0 };
	struct fault f;
	size_t i;

	if (loop_hold_id(l, st->id, false, &f) != 0)
		return;
	if (listing_read(l->dir, import_budget(), &found) != 0)
		found.n = 0;
	for (i = 0; i < found.n && v->nfound < VAULTS_SHOWN; i++) {
		const struct entry *en = &found.entry[i];
		struct vault_place *p = &v->found[v->nfound];

		if (!en->candidate || en->size > 2 * VAULT_HALF ||
		    !marked(l->dir, en->name))
			continue;
		*p = (struct vault_place){ .stick = st->id };
		(void)snprintf(p->label, sizeof(p->label), "%s", st->label);
		(void)snprintf(p->name, sizeof(p->name), "%s", en->name);
		(void)snprintf(p->shown, sizeof(p->shown), "%s", en->shown);
		v->nfound++;
	}
	listing_end(&found);
	loop_let_go(l, NULL);
}

static struct vault_place
place_here(const struct loop *l)
{
	struct vault_place p = { .stick = VAULT_HERE };

	(void)snprintf(p.label, sizeof(p.label), "%.63s", l->here);
	(void)snprintf(p.name, sizeof(p.name), "%s", l->here_name);
	if (text_escape(span_text(l->here_name), p.shown,
	    sizeof(p.shown)) != 0)
		(void)snprintf(p.shown, sizeof(p.shown), "the vault");
	return p;
}

static void
look_here(struct loop *l)
{
	struct vaulting *v = &l->app.vault;
	struct fault f;

	if (l->here_name[0] == '\0' || loop_hold_id(l, VAULT_HERE, false,
	    &f) != 0)
		return;
	if (marked(l->dir, l->here_name))
		v->found[v->nfound++] = place_here(l);
	loop_let_go(l, NULL);
}

static enum err
look(struct loop *l)
{
	size_t i, n = 0;
	enum err e;

	if (l->held)
		return ERR_STATE;
	l->app.vault.nfound = 0;
	look_here(l);
	e = engine_sticks(l->engine, l->found, STICKS_MAX, &n);
	for (i = 0; e == 0 && i < n; i++)
		if (l->found[i].advice[0] == '\0')
			look_at(l, &l->found[i]);
	return e;
}

enum err
loop_read(struct loop *l, uint32_t stick, const char *name, uint64_t cap,
    int *fd)
{
	struct fault f;
	uint64_t size;
	bool free_again;
	enum err e;

	if ((e = loop_hold_id(l, stick, false, &f)) != 0)
		return e;
	e = import_file(l->dir, name, cap, fd, &size);
	loop_let_go(l, &free_again);
	if (e == 0 && !free_again) {
		(void)close(*fd);
		e = ERR_IO;
	}
	return e;
}

/* ERR_GONE: nothing of that name; ERR_MISMATCH: not this vault. */
static enum err
lies_on(struct loop *l, const struct stick *st, bool write, int *fd)
{
	enum err e = ERR_GONE;

	if (st->advice[0] != '\0' ||
	    loop_read(l, st->id, l->app.vault.at.name, 2 * VAULT_HALF,
	    fd) != 0)
		return e;
	e = !is_known(l, *fd) ? ERR_MISMATCH : write && !st->writable ?
	    ERR_READONLY : ERR_NONE;
	if (e != 0)
		(void)close(*fd);
	return e;
}

/* The stick that it was on, then any other: the same one plugged in again is
 * a new one to the system.  A copy lies on another stick, and stays as it is
 * while the first is there. */
enum err
loop_vault_find(struct loop *l, bool write, uint32_t *stick, int *fd)
{
	struct vault_place *at = &l->app.vault.at;
	size_t i, k, n = 0;
	enum err e, why = ERR_GONE;

	*stick = VAULT_HERE;
	if (at->stick == VAULT_HERE)
		return lies_on(l, &(struct stick){ .id = VAULT_HERE,
		    .writable = true }, write, fd);
	if ((e = engine_sticks(l->engine, l->found, STICKS_MAX, &n)) != 0)
		return e;
	for (k = 0; k < 2 * n; k++) {
		i = k % n;
		if ((l->found[i].id == at->stick) != (k < n))
			continue;
		if ((e = lies_on(l, &l->found[i], write, fd)) == 0) {
			*stick = l->found[i].id;
			(void)snprintf(at->label, sizeof(at->label), "%s",
			    l->found[i].label);
			return 0;
		}
		why = e != ERR_GONE ? e : why;
	}
	return why;
}

/* --- written -------------------------------------------------------------- */

enum err
loop_vault_put(struct loop *l, uint32_t stick, loop_writes *writes,
    char name[NAME_MAX + 1], bool *free_again)
{
	struct fault f;
	enum err e;
	int fd = -1;

	if ((e = loop_hold_id(l, stick, true, &f)) == 0)
		e = writes(l, name, &fd);
	loop_let_go(l, NULL);
	if (e == 0 && (e = loop_hold_id(l, stick, false, &f)) == 0)
		e = save_check(l->dir, name, fd);
	loop_let_go(l, free_again);
	if (fd >= 0)
		(void)close(fd);
	return e;
}

/* What stands there now: the half that was written was compared when it was,
 * and all of it is, once more, when the stick is mounted anew. */
static enum err
read_back(struct loop *l, const char *name, int *fd)
{
	uint64_t size;
	enum err e = import_file(l->dir, name, 2 * VAULT_HALF, fd, &size);

	if (e == 0)
		remember(l, *fd);
	return e;
}

static enum err
write_half(struct loop *l, char name[NAME_MAX + 1], int *fd)
{
	enum err e = engine_vault_store(l->engine, l->dir, name);

	return e != 0 ? e : read_back(l, name, fd);
}

static enum err
write_both(struct loop *l, char name[NAME_MAX + 1], int *fd)
{
	enum err e = engine_vault_store_both(l->engine, l->dir, name);

	return e != 0 ? e : read_back(l, name, fd);
}

static enum err
write_new(struct loop *l, char name[NAME_MAX + 1], int *fd)
{
	const char *file = l->app.vault.file;
	enum err e = engine_vault_store_new(l->engine, l->dir, file[0] != '\0' ?
	    file : VAULT_FILE, name);

	return e != 0 ? e : read_back(l, name, fd);
}

/* The older state was written, whatever it was: both are whole now. */
static void
advance(struct vaulting *v, unsigned by)
{
	v->about.sequence += by;
	v->about.state[0] = v->about.state[1] = SLOT_WHOLE;
}

enum err
loop_vault_store(struct loop *l, bool *free_again)
{
	struct vaulting *v = &l->app.vault;
	uint32_t stick = 0;
	bool tried = false;
	int fd = -1;
	enum err e;

	*free_again = false;
	if ((e = loop_vault_find(l, true, &stick, &fd)) == 0) {
		(void)close(fd);
		v->at.stick = stick;
		tried = true;
		e = loop_vault_put(l, stick, v->both ? write_both :
		    write_half, v->at.name, free_again);
	}
	*free_again = *free_again && stick != VAULT_HERE;
	l->half_written = e != 0 && (tried || l->half_written);
	if (e == 0)
		advance(v, v->both ? 2 : 1);
	v->dirty = e != 0 || !engine_vault_clean(l->engine);
	v->both = v->both && v->dirty;
	return e;
}

/* The one that the command line has opened: as if it had been opened here. */
enum err
loop_vault_begin(struct loop *l, const char *path,
    const struct vault_about *about)
{
	struct vaulting *v = &l->app.vault;
	const char *slash = strrchr(path, '/');
	const char *name = slash != NULL ? slash + 1 : path;
	enum err e;
	int fd;

	if (strlen(path) >= sizeof(l->here) || name_check(name) != 0)
		return ERR_RANGE;
	(void)snprintf(l->here, sizeof(l->here), "%.*s", slash != NULL ?
	    (int)(slash - path + 1) : 1, slash != NULL ? path : ".");
	(void)snprintf(l->here_name, sizeof(l->here_name), "%s", name);
	v->at = place_here(l);
	v->about = *about;
	v->open = v->lent = true;
	if ((e = loop_read(l, VAULT_HERE, v->at.name, 2 * VAULT_HALF,
	    &fd)) != 0)
		return e;
	remember(l, fd);
	(void)close(fd);
	return loop_vault_list(l);
}

/* Before anything is signed.  What could not be stored is not in the vault. */
static struct event
learn(struct loop *l)
{
	struct event ev = { 0 };
	enum err settled;
	size_t n;

	if ((ev.err = engine_vault_learn(l->engine, &n, &ev.why)) != 0)
		return ev;
	if (n > 0)
		ev.err = loop_vault_store(l, &ev.whole);
	if ((settled = engine_vault_learnt(l->engine, ev.err == 0)) != 0)
		ev.err = settled;
	l->app.vault.dirty = !engine_vault_clean(l->engine);
	return ev;
}

/* --- opened, made --------------------------------------------------------- */

static struct event
opened(struct loop *l)
{
	struct event ev = { 0 };
	struct vaulting *v = &l->app.vault;
	int fd = -1;

	v->open = false;
	if ((ev.err = loop_read(l, v->at.stick, v->at.name,
	    2 * VAULT_HALF, &fd)) != 0) {
		fault_set(&ev.why, 0, "the stick could not be read");
		return ev;
	}
	ev.err = engine_vault_open(l->engine, fd,
	    span_text(l->app.secret->pass), &v->about, &ev.why);
	v->open = ev.err == 0;
	if (v->open)
		remember(l, fd);
	(void)close(fd);
	return ev;
}

static struct event
made(struct loop *l, size_t i)
{
	struct event ev = { 0 };
	struct vaulting *v = &l->app.vault;
	struct vault_cost cost;
	struct stick st;

	if (i >= l->app.nstick)
		return (struct event){ .err = ERR_GONE };
	st = l->app.stick[i];
	v->at = (struct vault_place){ .stick = st.id };
	(void)snprintf(v->at.label, sizeof(v->at.label), "%s", st.label);
	if ((ev.err = engine_vault_cost(l->engine, &cost)) != 0 ||
	    (ev.err = engine_vault_new(l->engine,
	    span_text(l->app.secret->pass), &cost, &v->about, &ev.why)) != 0)
		return ev;
	ev.err = loop_vault_put(l, st.id, write_new, v->at.name, &ev.whole);
	(void)snprintf(v->at.shown, sizeof(v->at.shown), "%.63s",
	    v->at.name);
	v->open = ev.err == 0;
	advance(v, 2);
	if (!v->open && engine_vault_close(l->engine) == ERR_DEAD)
		ev.err = ERR_DEAD;
	return ev;
}

/* What it cost it costs again: a vault for a small machine stays one. */
static struct event
passwd(struct loop *l)
{
	struct event ev = { 0 };
	struct vaulting *v = &l->app.vault;
	struct secrets *s = l->app.secret;
	const struct vault_cost cost = v->about.cost;

	ev.err = engine_vault_passwd(l->engine, span_text(s->old),
	    span_text(s->pass), &cost, &v->about, &ev.why);
	v->both = v->both || ev.err == 0;
	return ev;
}

static struct event
again(struct loop *l)
{
	struct event ev = { .err = engine_vault_again(l->engine,
	    span_text(l->app.secret->pass), &l->app.vault.about) };

	if (ev.err == 0)
		ev.err = engine_vault_load(l->engine, 0, &ev.why);
	return ev;
}

struct event
loop_do_vault(struct loop *l, const struct effect *fx)
{
	struct secrets *s = l->app.secret;
	struct event ev = { 0 };

	if (fx->kind == FX_VAULT_LOOK)
		ev.err = look(l);
	else if (fx->kind == FX_VAULT_OPEN)
		ev = opened(l);
	else if (fx->kind == FX_VAULT_NEW)
		ev = made(l, fx->n);
	else if (fx->kind == FX_VAULT_PASSWD)
		ev = passwd(l);
	else if (fx->kind == FX_VAULT_AGAIN)
		ev = again(l);
	else if (fx->kind == FX_VAULT_STORE)
		ev.err = loop_vault_store(l, &ev.whole);
	else if (fx->kind == FX_VAULT_LEARN)
		ev = learn(l);
	if (fx->kind != FX_VAULT_LOOK && fx->kind != FX_VAULT_STORE) {
		wipe(s->pass, sizeof(s->pass));
		wipe(s->again, sizeof(s->again));
		wipe(s->old, sizeof(s->old));
	}
	if (ev.err == 0 && l->app.vault.open && fx->kind != FX_VAULT_LEARN)
		ev.err = loop_vault_list(l);
	if (ev.err == ERR_DEAD)
		return loop_dead(ROLE_KEEPER);
	ev.kind = EV_VAULT;
	ev.n = fx->kind;
	return ev;
}
