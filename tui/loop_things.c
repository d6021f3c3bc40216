/* What the vault holds besides keys: listed, noted, set, forgotten. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/proc/memory.h"
#include "media/save.h"
#include "tui/loop_vault.h"

static const char *
text_of(struct loop *l, struct span s)
{
	return arena_text(l->app.arena, "%.*s", (int)s.n, (const char *)s.p);
}

/* Its name, or what it is called since; "wallet ad4kq7z5". */
static bool
wallet(struct loop *l, const struct kept *k, struct vault_thing *t)
{
	struct kept_wallet w;
	struct span sum;
	size_t i;

	if (read_kept_wallet(k->body, &w) != 0)
		return false;
	for (i = w.text.n; i > 0 && w.text.p[i - 1] != '#'; i--)
		continue;
	sum = span_of(w.text.p + i, i > 0 ? w.text.n - i : 0);
	t->key = sum.n == 0 ? "" : arena_text(l->app.arena, "wallet %.*s",
	    (int)sum.n, (const char *)sum.p);
	t->text = text_of(l, w.name);
	return true;
}

/* The clerk names them by number; that alone has no key forgotten, nor a line
 * of the log. */
static bool
is_odd(const struct vaulting *v, const struct kept *k)
{
	const struct kept_odd *odd = &v->about.odd;
	size_t i, n = k->type == KEPT_KEY || k->type == KEPT_LOG ? 0 :
	    kept_odd_ids(odd);

	for (i = 0; i < n; i++)
		if (odd->id[i] == k->id)
			return true;
	return false;
}

static bool
thing(struct loop *l, const struct kept *k, struct vault_thing *t)
{
	struct span name, value;
	enum setting which;
	struct label label;

	*t = (struct vault_thing){ .type = k->type, .id = k->id,
	    .odd = is_odd(&l->app.vault, k) };
	if (t->odd) {
		t->key = "";
		t->text = arena_text(l->app.arena, "number %u: it cannot be "
		    "read, and is left out", k->id);
		return true;
	}
	if (k->type == KEPT_WALLET)
		return wallet(l, k, t);
	if (k->type == KEPT_LABEL && label_read(k->body, &label) == 0 &&
	    label.kind != LABEL_KEY && label.kind != LABEL_WALLET) {
		t->key = text_of(l, label.key);
		t->text = (label.flags & LABEL_FROZEN) != 0 &&
		    label.text.n == 0 ? "not to be spent" :
		    text_of(l, label.text);
		return true;
	}
	if (k->type == KEPT_SETTING && setting_read(k->body, &name,
	    &value) == 0 && setting_find(name, &which) != 0) {
		t->key = text_of(l, name);
		t->text = text_of(l, value);
		return true;
	}
	return false;
}

/* A wallet that the owner gave another name. */
static void
rename_wallet(struct loop *l, const struct kept *k)
{
	struct vaulting *v = &l->app.vault;
	struct label label;
	size_t i;

	if (k->type != KEPT_LABEL || label_read(k->body, &label) != 0 ||
	    label.kind != LABEL_WALLET || label.text.n == 0)
		return;
	for (i = 0; i < v->nthing; i++)
		if (v->thing[i].key != NULL && span_eq(label.key,
		    span_text(v->thing[i].key)))
			v->thing[i].text = text_of(l, label.text);
}

static enum err
gather(struct loop *l, struct span list)
{
	struct vaulting *v = &l->app.vault;
	struct arena *a = l->app.arena;
	struct reader r;
	struct kept k;
	size_t i;

	for (r = reader_of(list); read_kept(&r, &k);)
		v->nthing += thing(l, &k, &v->thing[v->nthing]);
	for (r = reader_of(list); read_kept(&r, &k);)
		rename_wallet(l, &k);
	if (v->ncoin > 0)
		v->thing[v->nthing++] = (struct vault_thing){ KEPT_COIN, 0,
		    "", arena_text(a, "%zu seen, with their amounts",
		    v->ncoin), false };
	if (v->nline > 1)
		v->thing[v->nthing++] = (struct vault_thing){ KEPT_LOG, 0, "",
		    arena_text(a, "%zu lines", v->nline), false };
	for (i = 0; i < v->nthing; i++)
		if (v->thing[i].key == NULL || v->thing[i].text == NULL)
			return ERR_SPACE;
	return reader_done(&r);
}

static enum err
things(struct loop *l)
{
	struct vaulting *v = &l->app.vault;
	struct span list;
	enum err e;
	int fd;

	if ((e = engine_vault_list(l->engine, &fd)) != 0)
		return e;
	arena_clear(l->app.arena);
	v->nthing = 0;
	v->thing = arena_new(l->app.arena, struct vault_thing, v->nwallet +
	    v->nlabel + v->nsetting + KEPT_ODD_MAX + 2);
	if (v->thing == NULL)
		e = ERR_SPACE;
	else if ((e = memfd_map(fd, &list)) == 0) {
		e = gather(l, list);
		memfd_unmap(list);
	}
	(void)close(fd);
	if (e != 0)
		v->nthing = 0;
	v->at_thing = v->at_thing < v->nthing ? v->at_thing : 0;
	return e;
}

static enum err
forget(struct loop *l, size_t i, struct fault *f)
{
	struct vaulting *v = &l->app.vault;
	enum err e;

	if (i >= v->nthing)
		return ERR_MISSING;
	if (v->thing[i].odd) {
		e = engine_vault_drop(l->engine, v->thing[i].id, f);
		return e != 0 ? e : engine_recall(l->engine, &v->about.odd);
	}
	return engine_vault_forget(l->engine, v->thing[i].type,
	    v->thing[i].id, f);
}

/* All that were turned, before the vault's list brings them anew. */
static enum err
set(struct loop *l, size_t turned, struct fault *f)
{
	const struct settings *s = &l->app.vault.settings;
	char value[SETTING_VALUE_MAX];
	enum err e = 0;
	size_t i;

	for (i = 0; i < SETTINGS && e == 0; i++) {
		if ((turned >> i & 1) == 0)
			continue;
		setting_text((enum setting)i, s->value[i], value);
		e = engine_setting(l->engine, setting_row((enum setting)i)->
		    name, value, f);
	}
	return e;
}

static enum err
write_labels(struct loop *l, char name[NAME_MAX + 1], int *fd)
{
	size_t n;
	enum err e = engine_labels(l->engine, &n, fd);

	return e != 0 ? e : save_file(l->dir, BIP329_FILE, *fd, name);
}

struct event
loop_do_things(struct loop *l, const struct effect *fx)
{
	struct event ev = { .kind = EV_VAULT, .n = fx->kind };
	struct app *a = &l->app;

	if (fx->kind == FX_VAULT_FORGET)
		ev.err = forget(l, fx->n, &ev.why);
	else if (fx->kind == FX_LABEL)
		ev.err = engine_label(l->engine, a->noting.key,
		    a->noting.typed, &ev.why);
	else if (fx->kind == FX_SETTING)
		ev.err = set(l, fx->n, &ev.why);
	else if (fx->kind == FX_VAULT_LABELS)
		ev.err = fx->n >= a->nstick ? ERR_GONE : loop_vault_put(l,
		    a->stick[fx->n].id, write_labels, a->out.name, &ev.whole);
	if (ev.err == 0 && fx->kind != FX_VAULT_LABELS)
		ev.err = loop_vault_list(l);
	if (ev.err == 0 && (fx->kind == FX_VAULT_THINGS ||
	    fx->kind == FX_VAULT_FORGET))
		ev.err = things(l);
	return ev.err == ERR_DEAD ? loop_dead(ROLE_KEEPER) : ev;
}
