#include "core/chain/bitcoin/miniscript.h"
#include "core/chain/bitcoin/multi.h"
#include "core/encode/hex.h"

struct parse {
	struct scan		*s;
	const struct ms_keys	*keys;
	struct arena		*a;
	unsigned		 depth;
};

static enum err expression(struct parse *, struct ms **);

static enum err
finish(struct ms *m)
{
	m->type = ms_type(m);
	return m->type == 0 ? ERR_TYPES : ERR_NONE;
}

static struct ms *
fresh(struct parse *p, enum ms_kind kind, size_t nsub)
{
	struct ms *m = arena_new(p->a, struct ms, 1);

	if (m == NULL)
		return NULL;
	*m = (struct ms){ .kind = kind, .tap = p->keys->tap, .n = nsub };
	if (nsub > 0 &&
	    (m->sub = arena_new(p->a, struct ms *, nsub)) == NULL)
		return NULL;
	return m;
}

static enum err
constant(struct parse *p, enum ms_kind kind, struct ms **out)
{
	if ((*out = fresh(p, kind, 0)) == NULL)
		return ERR_SPACE;
	return finish(*out);
}

static enum err
wrap(struct parse *p, enum ms_kind kind, struct ms *x, struct ms **out)
{
	if ((*out = fresh(p, kind, 1)) == NULL)
		return ERR_SPACE;
	(*out)->sub[0] = x;
	return finish(*out);
}

static enum err
pair(struct parse *p, enum ms_kind kind, struct ms *x, struct ms *y,
    struct ms **out)
{
	if ((*out = fresh(p, kind, 2)) == NULL)
		return ERR_SPACE;
	(*out)->sub[0] = x;
	(*out)->sub[1] = y;
	return finish(*out);
}

/* t:X is and_v(X,1), l:X or_i(0,X), u:X or_i(X,0). */
static enum err
wrapper(struct parse *p, char c, struct ms *x, struct ms **out)
{
	static const char names[] = "ascdvjn";
	const char *at = strchr(names, c);
	struct ms *y;
	enum err e;

	if (c == 't')
		e = constant(p, MS_TRUE, &y);
	else if (c == 'l' || c == 'u')
		e = constant(p, MS_FALSE, &y);
	else if (c == '\0' || at == NULL)
		return ERR_NO_SUCH;
	else
		return wrap(p, (enum ms_kind)(MS_WRAP_A + (at - names)), x,
		    out);
	if (e != 0)
		return e;
	return c == 't' ? pair(p, MS_AND_V, x, y, out) :
	    c == 'l' ? pair(p, MS_OR_I, y, x, out) :
	    pair(p, MS_OR_I, x, y, out);
}

static enum err
read_key(struct parse *p, uint32_t *out)
{
	return p->keys->read(p->keys->ctx, scan_until(p->s, ",)}"), out);
}

static enum err
one_key(struct parse *p, enum ms_kind kind, bool check, struct ms **out)
{
	struct ms *m = fresh(p, kind, 0);
	enum err e;

	if (m == NULL || (m->key = arena_new(p->a, uint32_t, 1)) == NULL)
		return ERR_SPACE;
	if ((e = read_key(p, m->key)) != 0 || (e = finish(m)) != 0)
		return e;
	*out = m;
	return check ? wrap(p, MS_WRAP_C, m, out) : ERR_NONE;
}

static enum err
lock(struct parse *p, enum ms_kind kind, struct ms **out)
{
	enum err e;

	if ((*out = fresh(p, kind, 0)) == NULL)
		return ERR_SPACE;
	if ((e = scan_number(p->s, 0x7fffffff, &(*out)->k)) != 0)
		return e;
	return (*out)->k == 0 ? ERR_RANGE : finish(*out);
}

static enum err
digest(struct parse *p, enum ms_kind kind, struct ms **out)
{
	size_t n, want = kind == MS_SHA256 || kind == MS_HASH256 ? 32 : 20;
	enum err e;

	if ((*out = fresh(p, kind, 0)) == NULL)
		return ERR_SPACE;
	if ((e = hex_bytes(scan_until(p->s, ",)}"), (*out)->hash, want,
	    &n)) != 0)
		return e;
	return n != want ? ERR_FORM : finish(*out);
}

static enum err
several_keys(struct parse *p, enum ms_kind kind, bool sorted,
    struct ms **out)
{
	size_t cap = kind == MS_MULTI ? MULTI_KEYS_MAX : LEAF_KEYS_MAX;
	struct scan ahead = *p->s;
	struct ms *m = fresh(p, kind, 0);
	enum err e;
	size_t n = 0;

	while (scan_until(&ahead, ",)").n > 0 && scan_take(&ahead, ','))
		n++;
	if (n == 0 || n > cap)
		return ERR_RANGE;
	if (m == NULL || (m->key = arena_new(p->a, uint32_t, n)) == NULL)
		return ERR_SPACE;
	if ((e = scan_number(p->s, (uint32_t)n, &m->k)) != 0)
		return e;
	if (m->k == 0)
		return ERR_RANGE;
	for (; m->n < n; m->n++)
		if (!scan_take(p->s, ',') ||
		    (e = read_key(p, &m->key[m->n])) != 0)
			return e != 0 ? e : ERR_FORM;
	m->sorted = sorted;
	*out = m;
	return finish(m);
}

#define THRESH_MAX 1000		/* no script holds more */

static enum err
thresh(struct parse *p, struct ms **out)
{
	struct ms **sub, *m = fresh(p, MS_THRESH, 0);
	size_t cap = 4, n = 0;
	enum err e;

	if (m == NULL || (m->sub = arena_new(p->a, struct ms *, cap)) == NULL)
		return ERR_SPACE;
	if ((e = scan_number(p->s, THRESH_MAX, &m->k)) != 0)
		return e;
	while (scan_take(p->s, ',')) {
		if (n == THRESH_MAX)
			return ERR_RANGE;
		if (n == cap) {
			sub = arena_new(p->a, struct ms *, 2 * cap);
			if (sub == NULL)
				return ERR_SPACE;
			memcpy(sub, m->sub, n * sizeof(*sub));
			m->sub = sub;
			cap *= 2;
		}
		if ((e = expression(p, &m->sub[n++])) != 0)
			return e;
	}
	if (m->k == 0 || m->k > n)
		return ERR_RANGE;
	m->n = n;
	*out = m;
	return finish(m);
}

static enum err
parts(struct parse *p, enum ms_kind kind, size_t n, struct ms **out)
{
	struct ms *m = fresh(p, kind, kind == MS_ANDOR ? 3 : n);
	enum err e;
	size_t i;

	if (m == NULL)
		return ERR_SPACE;
	for (i = 0; i < n; i++)
		if ((i > 0 && !scan_take(p->s, ',')) ||
		    (e = expression(p, &m->sub[i])) != 0)
			return i > 0 && e == 0 ? ERR_FORM : e;
	/* and_n(X,Y) is andor(X,Y,0) */
	if (n < m->n && (e = constant(p, MS_FALSE, &m->sub[n])) != 0)
		return e;
	*out = m;
	return finish(m);
}

static const struct {
	const char	*name;
	enum ms_kind	 kind;
	size_t		 parts;
} named[] = {
	{ "pk_k(", MS_PK_K, 0 }, { "pk_h(", MS_PK_H, 0 },
	{ "pk(", MS_PK_K, 1 }, { "pkh(", MS_PK_H, 1 },
	{ "older(", MS_OLDER, 0 }, { "after(", MS_AFTER, 0 },
	{ "sha256(", MS_SHA256, 0 }, { "hash256(", MS_HASH256, 0 },
	{ "ripemd160(", MS_RIPEMD160, 0 }, { "hash160(", MS_HASH160, 0 },
	{ "andor(", MS_ANDOR, 3 }, { "and_n(", MS_ANDOR, 2 },
	{ "and_v(", MS_AND_V, 2 }, { "and_b(", MS_AND_B, 2 },
	{ "or_b(", MS_OR_B, 2 }, { "or_c(", MS_OR_C, 2 },
	{ "or_d(", MS_OR_D, 2 }, { "or_i(", MS_OR_I, 2 },
	{ "thresh(", MS_THRESH, 0 },
	{ "multi(", MS_MULTI, 0 }, { "multi_a(", MS_MULTI_A, 0 },
	{ "sortedmulti(", MS_MULTI, 1 },
	{ "sortedmulti_a(", MS_MULTI_A, 1 },
};

static enum err
inside(struct parse *p, size_t row, struct ms **out)
{
	enum ms_kind kind = named[row].kind;
	size_t n = named[row].parts;

	switch ((unsigned)kind) {
	case MS_PK_K:
	case MS_PK_H:
		return one_key(p, kind, n == 1, out);
	case MS_OLDER:
	case MS_AFTER:
		return lock(p, kind, out);
	case MS_SHA256:
	case MS_HASH256:
	case MS_RIPEMD160:
	case MS_HASH160:
		return digest(p, kind, out);
	case MS_THRESH:
		return thresh(p, out);
	case MS_MULTI:
	case MS_MULTI_A:
		/* BIP342 has no CHECKMULTISIG; P2WSH has no CHECKSIGADD.
		 * Sorted keys stand alone. */
		if ((kind == MS_MULTI_A) != p->keys->tap ||
		    (n == 1 && p->depth > 1))
			return ERR_FORM;
		return several_keys(p, kind, n == 1, out);
	default:
		return parts(p, kind, n, out);
	}
}

static enum err
fragment(struct parse *p, struct ms **out)
{
	enum err e;
	size_t i;

	for (i = 0; i < sizeof(named) / sizeof(named[0]); i++) {
		if (!scan_word(p->s, named[i].name))
			continue;
		if ((e = inside(p, i, out)) != 0)
			return e;
		return scan_take(p->s, ')') ? ERR_NONE : ERR_FORM;
	}
	if (scan_take(p->s, '0'))
		return constant(p, MS_FALSE, out);
	return scan_take(p->s, '1') ? constant(p, MS_TRUE, out) :
	    ERR_NO_SUCH;
}

/* The letters in front of a colon, the last of which is innermost. */
static struct span
wrappers(struct scan *s)
{
	size_t i = s->at;

	while (i < s->text.n && s->text.p[i] >= 'a' && s->text.p[i] <= 'z')
		i++;
	if (i == s->at || i == s->text.n || s->text.p[i] != ':')
		return (struct span){ 0 };
	i -= s->at;
	s->at += i + 1;
	return span_of(s->text.p + s->at - i - 1, i);
}

static enum err
expression(struct parse *p, struct ms **out)
{
	struct span w = wrappers(p->s);
	enum err e;
	size_t i;

	if (p->depth + w.n + 1 > MS_DEPTH_MAX)
		return ERR_TOO_LARGE;
	p->depth += (unsigned)w.n + 1;
	if ((e = fragment(p, out)) != 0)
		return e;
	for (i = w.n; i-- > 0;)
		if ((e = wrapper(p, (char)w.p[i], *out, out)) != 0)
			return e;
	p->depth -= (unsigned)w.n + 1;
	return 0;
}

enum err
ms_read(struct scan *s, const struct ms_keys *keys, struct arena *a,
    struct ms **out)
{
	struct parse p = { s, keys, a, 0 };

	return expression(&p, out);
}
