/*
 * Of what the vault remembers, what the owner noted and set: labels, the names
 * of keys, settings that a rule looks at.  Each time they are told they take
 * the place of all that were told before.
 */
#include <string.h>

#include "core/clerk/state.h"
#include "core/wire/kept.h"
#include "core/wire/label.h"
#include "core/wire/setting.h"

static enum err
note_of(struct clerk *c, struct span body, struct session_label *out)
{
	struct label l;
	enum err e;

	if ((e = label_read(body, &l)) != 0)
		return e;
	*out = (struct session_label){
	    .from_file = (l.flags & LABEL_FROM_FILE) != 0,
	    .frozen = l.kind == LABEL_OUTPUT &&
	    (l.flags & LABEL_FROZEN) != 0 };
	out->key = arena_text(&c->labels, "%.*s", (int)l.key.n,
	    (const char *)l.key.p);
	out->text = arena_text(&c->labels, "%.*s", (int)l.text.n,
	    (const char *)l.text.p);
	return out->key == NULL || out->text == NULL ? ERR_SPACE : ERR_NONE;
}

/* A key has the name under which it was kept, until a label says another. */
static enum err
name_of(struct clerk *c, struct span body, struct session_label *out)
{
	struct kept_key k;
	struct fpr fpr;
	char text[9];
	enum err e;

	if ((e = read_kept_key(body, &k)) != 0)
		return e;
	memcpy(fpr.b, k.fpr, sizeof(fpr.b));
	fpr_text(&fpr, text);
	*out = (struct session_label){ 0 };
	out->key = arena_text(&c->labels, "key %s", text);
	out->text = span_eq(k.name, span_text(text)) ? "" :
	    arena_text(&c->labels, "%.*s", (int)k.name.n,
	    (const char *)k.name.p);
	return out->key == NULL || out->text == NULL ? ERR_SPACE : ERR_NONE;
}

static size_t
count(struct span list, enum err *e)
{
	struct reader r = reader_of(list);
	struct kept k;
	size_t n = 0;

	while (read_kept(&r, &k))
		n += k.type == KEPT_LABEL || k.type == KEPT_KEY;
	*e = reader_done(&r);
	return n;
}

/* First the keys' own names, so that labels come later and prevail. */
static enum err
gather(struct clerk *c, struct span list, enum kept_type type,
    struct session_label *l, size_t *n, struct kept_odd *odd)
{
	struct reader r = reader_of(list);
	struct kept k;
	enum err e;

	while (read_kept(&r, &k)) {
		if (k.type != type)
			continue;
		e = *n == LIMIT_LABELS ? ERR_RANGE : type == KEPT_KEY ?
		    name_of(c, k.body, &l[*n]) : note_of(c, k.body, &l[*n]);
		if (e == ERR_SPACE)
			return e;
		if (e != 0)
			kept_odd_add(odd, k.id);
		*n += e == 0;
	}
	return reader_done(&r);
}

/* "wallet ad4kq7z5": the checksum behind its descriptor. */
static enum err
name_wallets(struct clerk *c)
{
	struct session *s = &c->session;
	const struct session_label *l;
	const char *sum;
	size_t i;

	for (i = 0; i < s->nwallet; i++) {
		if ((sum = strrchr(s->wallet[i].text, '#')) == NULL)
			continue;
		l = session_label(s, "wallet", span_text(sum + 1));
		if (l == NULL || l->text[0] == '\0' ||
		    strlen(l->text) > KEPT_NAME_MAX ||
		    strcmp(l->text, s->wallet[i].name) == 0)
			continue;
		if ((s->wallet[i].name = arena_text(s->arena, "%s",
		    l->text)) == NULL)
			return ERR_SPACE;
	}
	return 0;
}

static enum err
set(struct clerk *c, struct span list, struct kept_odd *odd)
{
	struct reader r = reader_of(list);
	struct settings s;
	struct kept k;

	settings_usual(&s);
	while (read_kept(&r, &k))
		if (k.type == KEPT_SETTING &&
		    settings_add(&s, k.body, k.id) != 0)
			kept_odd_add(odd, k.id);
	c->session.gap = s.value[SETTING_GAP];
	return reader_done(&r);
}

enum err
clerk_recall_notes(struct clerk *c, struct span list, struct kept_odd *odd)
{
	struct session_label *l;
	size_t cap, n = 0;
	enum err e;

	c->session.label = NULL;
	c->session.nlabel = 0;
	arena_clear(&c->labels);
	cap = count(list, &e);
	if (e != 0)
		return e;
	if ((l = arena_new(&c->labels, struct session_label, cap)) == NULL)
		return ERR_SPACE;
	if ((e = gather(c, list, KEPT_KEY, l, &n, odd)) != 0 ||
	    (e = gather(c, list, KEPT_LABEL, l, &n, odd)) != 0 ||
	    (e = session_set_labels(&c->session, &c->labels, l, n)) != 0 ||
	    (e = name_wallets(c)) != 0)
		return e;
	return set(c, list, odd);
}
