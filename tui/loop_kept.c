/* What the vault holds: listed, added to, taken from; its log. */
#include <string.h>
#include <unistd.h>

#include "core/base/secret.h"
#include "core/base/text.h"
#include "core/proc/memory.h"
#include "core/wire/label.h"
#include "media/save.h"
#include "tui/loop_vault.h"

static void
add_key(struct vaulting *v, const struct kept *k)
{
	struct vault_key *to = &v->key[v->nkey];
	struct kept_key key;

	if (v->nkey == LIMIT_VAULT_KEYS || read_kept_key(k->body, &key) != 0)
		return;
	*to = (struct vault_key){ .id = k->id, .kind = key.kind };
	memcpy(to->fpr.b, key.fpr, sizeof(to->fpr.b));
	(void)snprintf(to->name, sizeof(to->name), "%.*s", (int)key.name.n,
	    (const char *)key.name.p);
	v->nkey++;
}

/* "key 73c5da0a" and a name: what the owner calls it since. */
static void
add_label(struct vaulting *v, const struct kept *k)
{
	char want[16] = "key ";
	struct label l;
	size_t i;

	if (label_read(k->body, &l) != 0 || l.kind != LABEL_KEY ||
	    l.text.n == 0)
		return;
	for (i = 0; i < v->nkey; i++) {
		fpr_text(&v->key[i].fpr, want + 4);
		if (!span_eq(l.key, span_text(want)))
			continue;
		v->key[i].label = k->id;
		(void)snprintf(v->key[i].name, sizeof(v->key[i].name),
		    "%.*s", (int)l.text.n, (const char *)l.text.p);
	}
}

enum err
loop_vault_list(struct loop *l)
{
	struct vaulting *v = &l->app.vault;
	struct span list;
	struct reader r;
	struct kept k;
	enum err e;
	int fd;

	if ((e = engine_vault_list(l->engine, &fd)) != 0)
		return e;
	v->nkey = v->nwallet = v->nlabel = v->nsetting = 0;
	v->ncoin = v->nline = 0;
	settings_usual(&v->settings);
	if ((e = memfd_map(fd, &list)) == 0) {
		for (r = reader_of(list); read_kept(&r, &k);) {
			v->nwallet += k.type == KEPT_WALLET;
			v->nlabel += k.type == KEPT_LABEL;
			v->nsetting += k.type == KEPT_SETTING;
			if (k.type == KEPT_SETTING && settings_add(
			    &v->settings, k.body, k.id) != 0)
				continue;	/* counts as not set */
			v->ncoin += k.type == KEPT_COIN;
			v->nline += k.type == KEPT_LOG;
			if (k.type == KEPT_KEY)
				add_key(v, &k);
		}
		for (r = reader_of(list); read_kept(&r, &k);)
			if (k.type == KEPT_LABEL)
				add_label(v, &k);
		e = reader_done(&r);
		memfd_unmap(list);
	}
	(void)close(fd);
	v->dirty = v->dirty || !engine_vault_clean(l->engine);
	return e;
}

/* The new name replaces the one that was given before. */
static enum err
rename_key(struct loop *l, size_t i, struct fault *f)
{
	struct vaulting *v = &l->app.vault;
	char key[16] = "key ", text[LABEL_TEXT_MAX + 1];
	uint8_t body[LABEL_BODY_MAX];
	struct sink s = sink_to_buf(body, sizeof(body));
	enum err e;

	if (i >= v->nkey)
		return ERR_MISSING;
	fpr_text(&v->key[i].fpr, key + 4);
	if ((e = label_text(span_text(v->typed), text)) != 0)
		return e;
	label_put_pair(&s, key, text);
	if (v->key[i].label != 0)
		e = engine_vault_drop(l->engine, v->key[i].label, f);
	return e != 0 ? e : engine_vault_put(l->engine, KEPT_LABEL,
	    span_of(body, s.total), f);
}

static enum err
forget(struct loop *l, size_t i, struct fault *f)
{
	struct vaulting *v = &l->app.vault;
	enum err e;

	if (i >= v->nkey)
		return ERR_MISSING;
	e = engine_vault_drop(l->engine, v->key[i].id, f);
	return e != 0 || v->key[i].label == 0 ? e :
	    engine_vault_drop(l->engine, v->key[i].label, f);
}

/* Only to have it asked for less often was the passphrase typed. */
static enum err
flags(struct loop *l, uint32_t n)
{
	char *pass = l->app.secret->pass;
	enum err e = engine_vault_flags(l->engine, n, span_text(pass),
	    &l->app.vault.about);

	wipe(pass, sizeof(l->app.secret->pass));
	return e;
}

static enum err
note(struct loop *l, bool wallet, struct fault *f)
{
	return engine_vault_note(l->engine, wallet ? "register" : "sign", f);
}

struct event
loop_do_kept(struct loop *l, const struct effect *fx)
{
	struct vaulting *v = &l->app.vault;
	struct event ev = { .kind = EV_VAULT, .n = fx->kind };

	if (fx->kind == FX_VAULT_LOAD)
		ev.err = engine_vault_load(l->engine, (uint32_t)fx->n,
		    &ev.why);
	else if (fx->kind == FX_VAULT_KEEP)
		ev.err = fx->n >= l->app.nfpr ? ERR_NO_KEY :
		    engine_vault_keep(l->engine, &l->app.fpr[fx->n],
		    span_text(v->typed), &ev.why);
	else if (fx->kind == FX_VAULT_NAME)
		ev.err = rename_key(l, fx->n, &ev.why);
	else if (fx->kind == FX_VAULT_DROP)
		ev.err = forget(l, fx->n, &ev.why);
	else if (fx->kind == FX_VAULT_FLAGS)
		ev.err = flags(l, (uint32_t)fx->n);
	else if (fx->kind == FX_VAULT_NOTE)
		ev.err = note(l, fx->n == 1, &ev.why);
	else if (fx->kind == FX_VAULT_CLOSE)
		ev.err = engine_vault_close(l->engine);
	if (ev.err == 0 && fx->kind != FX_VAULT_CLOSE)
		ev.err = loop_vault_list(l);
	return ev.err == ERR_DEAD ? loop_dead(ROLE_KEEPER) : ev;
}

/* --- the log, and the copy ------------------------------------------------ */

/* Its lines as a text, in a sealed memfd. */
static enum err
log_text(struct loop *l, int *fd)
{
	struct span list;
	struct reader r;
	struct kept k;
	size_t at = 0;
	enum err e;
	int from;

	if ((e = engine_vault_list(l->engine, &from)) != 0)
		return e;
	if ((e = memfd_map(from, &list)) != 0 ||
	    (e = memfd_new("log", fd)) != 0) {
		(void)close(from);
		return e;
	}
	for (r = reader_of(list); e == 0 && read_kept(&r, &k);) {
		if (k.type != KEPT_LOG || !text_is_printable(k.body))
			continue;
		if (pwrite(*fd, k.body.p, k.body.n, (off_t)at) !=
		    (ssize_t)k.body.n || pwrite(*fd, "\n", 1,
		    (off_t)(at + k.body.n)) != 1)
			e = ERR_SPACE;
		at += k.body.n + 1;
	}
	if (e == 0)
		e = reader_done(&r);
	memfd_unmap(list);
	(void)close(from);
	if (e == 0)
		e = memfd_seal(*fd);
	if (e != 0)
		(void)close(*fd);
	return e;
}

static enum err
show_log(struct loop *l)
{
	struct span text = { 0 };
	enum err e;
	char *p;
	int fd;

	if ((e = log_text(l, &fd)) != 0)
		return e;
	arena_clear(l->app.arena);
	if (l->app.vault.nline > 0)
		e = memfd_map(fd, &text);
	if (e == 0 && (p = arena_new(l->app.arena, char, text.n + 1)) !=
	    NULL) {
		if (text.n > 0)
			memcpy(p, text.p, text.n);
		p[text.n] = '\0';
		l->app.vault.log = p;
	}
	if (text.n > 0)
		memfd_unmap(text);
	(void)close(fd);
	return e;
}

static enum err
write_log(struct loop *l, char name[NAME_MAX + 1], int *fd)
{
	enum err e = log_text(l, fd);

	return e != 0 ? e : save_file(l->dir, VAULT_LOG_FILE, *fd, name);
}

/* The file as it is: what opened there opens here. */
static enum err
write_copy(struct loop *l, char name[NAME_MAX + 1], int *fd)
{
	*fd = l->text;
	l->text = -1;
	return save_private(l->dir, l->app.vault.at.name, *fd, name);
}

struct event
loop_do_log(struct loop *l, const struct effect *fx)
{
	struct event ev = { .kind = EV_VAULT, .n = fx->kind };
	bool copy = fx->kind == FX_VAULT_COPY;
	uint32_t from;

	if (fx->kind == FX_VAULT_LOG) {
		ev.err = show_log(l);
	} else if (fx->n >= l->app.nstick) {
		ev.err = ERR_GONE;
	} else {
		loop_discard(l);
		if (copy)
			ev.err = loop_vault_find(l, false, &from, &l->text);
		if (ev.err == 0)
			ev.err = loop_vault_put(l, l->app.stick[fx->n].id,
			    copy ? write_copy : write_log, l->app.out.name,
			    &ev.whole);
	}
	return ev.err == ERR_DEAD ? loop_dead(ROLE_KEEPER) : ev;
}
