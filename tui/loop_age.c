/* A backup in the age format, as the loop carries it: what goes in is
 * collected and sealed; what comes out stays in a memfd, and a part of it is
 * handed to the clerk as a file of the stick would be. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/limits.h"
#include "core/base/secret.h"
#include "core/proc/memory.h"
#include "core/wire/bundle.h"
#include "media/save.h"
#include "tui/loop_vault.h"

#define TEXT_MAX 61440
#define FILE_MAX 65536

static const char magic[] = "age-encryption.org/v1\n";

bool
loop_is_age(int fd)
{
	struct span s;
	bool is;

	if (memfd_map(fd, &s) != 0)
		return false;
	is = s.n >= sizeof(magic) - 1 && s.n <= FILE_MAX &&
	    memcmp(s.p, magic, sizeof(magic) - 1) == 0;
	memfd_unmap(s);
	return is;
}

void
loop_age_end(struct loop *l)
{
	if (l->aged >= 0)
		(void)close(l->aged);
	l->aged = -1;
	wipe(&l->app.age, sizeof(l->app.age));
}

/* --- made ----------------------------------------------------------------- */

static enum err
write_age(struct loop *l, char name[NAME_MAX + 1], int *fd)
{
	*fd = l->text;
	l->text = -1;
	return save_file(l->dir, AGE_FILE, *fd, name);
}

static enum err
seal(struct loop *l, struct sink *s, uint8_t *buf, struct fault *f)
{
	struct aging *g = &l->app.age;
	enum err e = engine_collect(l->engine, l->app.vault.open, s, &g->in);

	loop_discard(l);
	return e != 0 ? e : engine_age_seal(l->engine, g->keys,
	    span_text(l->app.secret->pass), span_of(buf, s->total), &l->text,
	    f);
}

static struct event
made(struct loop *l, size_t i)
{
	struct event ev = { 0 };
	uint8_t *buf = secret_new(TEXT_MAX);
	struct sink s = sink_to_buf(buf, buf != NULL ? TEXT_MAX : 0);

	if (i >= l->app.nstick)
		ev.err = ERR_GONE;
	else if (buf == NULL)
		ev.err = ERR_SPACE;
	else if ((ev.err = seal(l, &s, buf, &ev.why)) == 0)
		ev.err = loop_vault_put(l, l->app.stick[i].id, write_age,
		    l->app.out.name, &ev.whole);
	if (buf != NULL)
		secret_free(buf);
	return ev;
}

static enum err
count(struct loop *l)
{
	struct sink s = sink_to_count();

	return engine_collect(l->engine, l->app.vault.open, &s,
	    &l->app.age.in);
}

/* --- opened --------------------------------------------------------------- */

static void
add_part(struct aging *g, const struct bundle_part *p)
{
	struct age_part *to = &g->part[g->npart];

	if (p->kind == BUNDLE_RECORDS)		/* the wallets once more */
		return;
	if (g->npart == AGE_PARTS) {
		g->more = true;
		return;
	}
	*to = (struct age_part){ p->kind, p->network, "", p->lines,
	    p->text.n };
	(void)snprintf(to->name, sizeof(to->name), "%.*s", (int)p->name.n,
	    (const char *)p->name.p);
	g->npart++;
}

/* The n-th of those that are shown. */
static bool
part(struct span text, size_t n, struct bundle_part *p)
{
	while (bundle_next(&text, p))
		if (p->kind != BUNDLE_RECORDS && n-- == 0)
			return true;
	return false;
}

static enum err
list(struct loop *l)
{
	struct aging *g = &l->app.age;
	struct bundle_part p;
	struct span text, left;
	enum err e;

	g->npart = 0;
	g->more = false;
	if (l->aged < 0)
		return 0;
	if ((e = memfd_map(l->aged, &text)) != 0)
		return e;
	for (left = text; bundle_next(&left, &p);)
		add_part(g, &p);
	memfd_unmap(text);
	return 0;
}

static enum err
open_file(struct loop *l, int fd, struct fault *f)
{
	struct aging *g = &l->app.age;
	struct span file;
	enum err e;
	size_t i, k;

	if ((e = memfd_map(fd, &file)) != 0)
		return e;
	if (l->aged >= 0)
		(void)close(l->aged);
	l->aged = -1;
	g->open = false;
	e = engine_age_open(l->engine, span_text(l->app.secret->pass), file,
	    g->fpr, &g->nfpr, &l->aged, f);
	memfd_unmap(file);
	if (e != 0)
		return e;
	for (i = 0; i < g->nfpr; i++)
		for (g->had[i] = false, k = 0; k < l->app.nfpr; k++)
			g->had[i] = g->had[i] || fpr_eq(&g->fpr[i],
			    &l->app.fpr[k]);
	return list(l);
}

static struct event
opened(struct loop *l)
{
	struct event ev = { 0 };
	const struct vault_place *p = &l->app.age.at;
	int fd = -1;

	if ((ev.err = loop_read(l, p->stick, p->name, FILE_MAX, &fd)) != 0) {
		fault_set(&ev.why, 0, "the stick could not be read");
		return ev;
	}
	ev.err = open_file(l, fd, &ev.why);
	(void)close(fd);
	return ev;
}

/* --- a part of it, among the files ---------------------------------------- */

static enum err
add_item(struct loop *l, const char *name, struct span text)
{
	char own[BUNDLE_NAME_MAX + 16], shown[BUNDLE_NAME_MAX + 16];
	struct entry en = { .name = own, .shown = shown, .size = text.n,
	    .candidate = true };
	struct listing found = { .entry = &en, .n = 1 };
	struct item *it;
	enum err e;
	int fd;

	(void)snprintf(own, sizeof(own), "%s", name);
	(void)snprintf(shown, sizeof(shown), "%s", name);
	if ((e = memfd_new("part", &fd)) != 0)
		return e;
	if ((e = memfd_write(fd, text)) != 0 || (e = memfd_seal(fd)) != 0 ||
	    (e = shelf_add(&l->app.shelf, 0, &found)) != 0) {
		(void)close(fd);
		return e;
	}
	it = &l->app.shelf.item[l->app.shelf.n - 1];
	it->fd = fd;
	it->state = ITEM_READ;
	l->left -= it->size < l->left ? it->size : l->left;
	return 0;
}

static enum err
take_out(struct loop *l, size_t n)
{
	char name[BUNDLE_NAME_MAX + 16];
	struct bundle_part p;
	struct span text;
	enum err e;

	if (l->aged < 0)
		return ERR_GONE;
	if ((e = memfd_map(l->aged, &text)) != 0)
		return e;
	if (!part(text, n, &p)) {
		e = ERR_GONE;
	} else {
		(void)snprintf(name, sizeof(name), p.kind == BUNDLE_WALLET ?
		    "wallet %.*s" : p.kind == BUNDLE_FILE ? "file %.*s" :
		    "labels", (int)p.name.n, (const char *)p.name.p);
		e = add_item(l, name, p.text);
	}
	memfd_unmap(text);
	return e;
}

struct event
loop_do_age(struct loop *l, const struct effect *fx)
{
	struct secrets *s = l->app.secret;
	struct event ev = { 0 };

	if (fx->kind == FX_AGE_COUNT)
		ev.err = count(l);
	else if (fx->kind == FX_AGE_SEAL)
		ev = made(l, fx->n);
	else if (fx->kind == FX_AGE_OPEN)
		ev = opened(l);
	else if (fx->kind == FX_AGE_PART)
		ev.err = take_out(l, fx->n);
	else
		loop_age_end(l);
	if (fx->kind == FX_AGE_SEAL || fx->kind == FX_AGE_OPEN) {
		wipe(s->pass, sizeof(s->pass));
		wipe(s->again, sizeof(s->again));
	}
	if (ev.err == ERR_DEAD)
		return loop_dead(ROLE_KEEPER);
	ev.kind = EV_AGE;
	ev.n = fx->kind;
	return ev;
}
