#include <stdio.h>

#include "core/chain/bitcoin/miniscript.h"
#include "core/chain/bitcoin/request.h"

/*
 * What a miniscript asks for, whatever its fragments are: keys, locks, hashes,
 * and so many of so many of them.  One of several is "or", all of several is
 * "and".
 */

enum ask_kind { ASK_NEVER, ASK_ALWAYS, ASK_KEY, ASK_LOCK, ASK_HASH, ASK_SOME };

struct ask {
	enum ask_kind	 kind;
	const struct ms	*of;		/* a lock, a hash */
	uint32_t	 key;
	size_t		 k, n;
	struct ask	**sub;
};

struct teller {
	struct arena	*a;
	struct sink	 s;
	ms_name_fn	*name;
	void		*ctx;
};

static struct ask *
fresh(struct arena *a, enum ask_kind kind, size_t n)
{
	struct ask *x = arena_new(a, struct ask, 1);

	if (x == NULL)
		return NULL;
	*x = (struct ask){ .kind = kind };
	if (n > 0 && (x->sub = arena_new(a, struct ask *, n)) == NULL)
		return NULL;
	return x;
}

/* One more part, unless it goes without saying; of the same kind of joint,
 * its parts. */
static void
add(struct ask *to, size_t k, struct ask *x)
{
	bool any = k == 1, inside = x->kind == ASK_SOME &&
	    x->k == (any ? 1 : x->n);

	if (x->kind == ASK_NEVER && any)
		return;
	if (x->kind == ASK_ALWAYS && !any)
		return;
	if (inside && x->n > 1) {
		memcpy(to->sub + to->n, x->sub, x->n * sizeof(*x->sub));
		to->n += x->n;
	} else {
		to->sub[to->n++] = x;
	}
}

static size_t
width(const struct ask *x)
{
	return x->kind == ASK_SOME ? x->n : 1;
}

/* any: one of the two; else both. */
static struct ask *
joined(struct arena *a, bool any, struct ask *x, struct ask *y)
{
	struct ask *j;

	if (x == NULL || y == NULL ||
	    (j = fresh(a, ASK_SOME, width(x) + width(y))) == NULL)
		return NULL;
	if (!any && (x->kind == ASK_NEVER || y->kind == ASK_NEVER))
		return fresh(a, ASK_NEVER, 0);
	add(j, any ? 1 : 0, x);
	add(j, any ? 1 : 0, y);
	j->k = any ? 1 : j->n;
	if (j->n == 0)
		j->kind = any ? ASK_NEVER : ASK_ALWAYS;
	return j->n == 1 ? j->sub[0] : j;
}

static struct ask *
of_keys(const struct ms *m, struct arena *a)
{
	bool one = m->kind == MS_PK_K || m->kind == MS_PK_H;
	struct ask *x = fresh(a, ASK_SOME, one ? 1 : m->n), *key;
	size_t i;

	if (x == NULL)
		return NULL;
	x->k = m->k;
	x->n = one ? 1 : m->n;
	for (i = 0; i < x->n; i++) {
		if ((key = fresh(a, ASK_KEY, 0)) == NULL)
			return NULL;
		key->key = m->key[i];
		x->sub[i] = key;
	}
	return x->n == 1 ? x->sub[0] : x;
}

static struct ask *ask_of(const struct ms *, struct arena *);

static struct ask *
of_thresh(const struct ms *m, struct arena *a)
{
	struct ask *x = fresh(a, ASK_SOME, m->n), *y;
	size_t i;

	if (x == NULL)
		return NULL;
	x->k = m->k;
	for (i = 0; i < m->n; i++) {
		if ((y = ask_of(m->sub[i], a)) == NULL)
			return NULL;
		if (y->kind == ASK_ALWAYS && x->k > 0)
			x->k--;
		else if (y->kind != ASK_NEVER && y->kind != ASK_ALWAYS)
			x->sub[x->n++] = y;
	}
	if (x->k == 0 || x->k > x->n)
		x->kind = x->k == 0 ? ASK_ALWAYS : ASK_NEVER;
	return x->kind == ASK_SOME && x->n == 1 ? x->sub[0] : x;
}

static struct ask *
of_lock(const struct ms *m, struct arena *a)
{
	struct ask *x = fresh(a, m->kind == MS_OLDER || m->kind == MS_AFTER ?
	    ASK_LOCK : ASK_HASH, 0);

	if (x != NULL)
		x->of = m;
	return x;
}

static struct ask *
ask_of(const struct ms *m, struct arena *a)
{
	switch (m->kind) {
	case MS_FALSE:
		return fresh(a, ASK_NEVER, 0);
	case MS_TRUE:
		return fresh(a, ASK_ALWAYS, 0);
	case MS_PK_K: case MS_PK_H: case MS_MULTI: case MS_MULTI_A:
		return of_keys(m, a);
	case MS_OLDER: case MS_AFTER: case MS_SHA256: case MS_HASH256:
	case MS_RIPEMD160: case MS_HASH160:
		return of_lock(m, a);
	case MS_THRESH:
		return of_thresh(m, a);
	case MS_ANDOR:
		return joined(a, true, joined(a, false, ask_of(m->sub[0], a),
		    ask_of(m->sub[1], a)), ask_of(m->sub[2], a));
	case MS_AND_V: case MS_AND_B:
		return joined(a, false, ask_of(m->sub[0], a),
		    ask_of(m->sub[1], a));
	case MS_OR_B: case MS_OR_C: case MS_OR_D: case MS_OR_I:
		return joined(a, true, ask_of(m->sub[0], a),
		    ask_of(m->sub[1], a));
	case MS_WRAP_A: case MS_WRAP_S: case MS_WRAP_C: case MS_WRAP_D:
	case MS_WRAP_V: case MS_WRAP_J: case MS_WRAP_N:
		break;
	}
	return ask_of(m->sub[0], a);
}

#define HOURS_YEAR (365 * 24)

/* A length of time, to the unit that says something. */
static void
about(uint64_t minutes, char *out, size_t cap)
{
	uint64_t hours = minutes / 60;
	static const struct { const char *name; uint64_t hours; } unit[] = {
		{ "year", HOURS_YEAR }, { "day", 24 }, { "hour", 1 }
	};
	size_t i = hours >= 23 * HOURS_YEAR / 24 ? 0 : hours >= 48 ? 1 : 2;
	uint64_t tenths = (hours * 10 + unit[i].hours / 2) / unit[i].hours;

	if (hours == 0)
		(void)snprintf(out, cap, "about %llu minutes",
		    (unsigned long long)minutes);
	else if (i > 0 || tenths % 10 == 0)
		(void)snprintf(out, cap, "about %llu %s%s",
		    (unsigned long long)((tenths + 5) / 10), unit[i].name,
		    (tenths + 5) / 10 == 1 ? "" : "s");
	else
		(void)snprintf(out, cap, "about %llu.%llu years",
		    (unsigned long long)(tenths / 10),
		    (unsigned long long)(tenths % 10));
}

/* 52,560: what is long is easily read a digit short. */
static void
with_comma(uint32_t v, char out[16])
{
	if (v < 10000)
		(void)snprintf(out, 16, "%u", v);
	else
		(void)snprintf(out, 16, "%u,%03u", v / 1000, v % 1000);
}

/* BIP68: units of 512 seconds, or blocks of ten minutes. */
static void
put_lock(struct teller *t, const struct ms *m)
{
	char text[2 * TIMING_TEXT_MAX], time[TIMING_TEXT_MAX], number[16];
	uint32_t v = m->k & 0xffff;
	bool clock = (m->k & 1u << 22) != 0;

	if (m->kind == MS_AFTER) {
		timing_absolute(m->k, text);
	} else {
		about(clock ? (uint64_t)v * 512 / 60 : (uint64_t)v * 10,
		    time, sizeof(time));
		with_comma(v, number);
		if (clock)
			(void)snprintf(text, sizeof(text),
			    "after %u seconds (%s)", v * 512, time);
		else
			(void)snprintf(text, sizeof(text),
			    "after %s block%s (%s)", number,
			    v == 1 ? "" : "s", time);
	}
	put_text(&t->s, text);
}

static void
put_hash(struct teller *t, const struct ms *m)
{
	static const char *const name[] = { "SHA-256", "double SHA-256",
	    "RIPEMD-160", "HASH160" };
	char two[8];
	size_t i, n = m->kind == MS_SHA256 || m->kind == MS_HASH256 ? 32 : 20;

	put_text(&t->s, "what has the ");
	put_text(&t->s, name[m->kind - MS_SHA256]);
	put_u8(&t->s, ' ');
	for (i = 0; i < n; i++) {
		(void)snprintf(two, sizeof(two), "%02x", m->hash[i]);
		put_text(&t->s, two);
	}
}

static bool
locked(const struct ask *x)
{
	size_t i;

	for (i = 0; x->kind == ASK_SOME && i < x->n; i++)
		if (locked(x->sub[i]))
			return true;
	return x->kind == ASK_LOCK;
}

static void tell(struct teller *, const struct ask *, bool inside);

/* Locks last: "A and B after 10 blocks". */
static void
tell_all(struct teller *t, const struct ask *x)
{
	size_t i, said = 0, nlock = 0;

	for (i = 0; i < x->n; i++)
		nlock += x->sub[i]->kind == ASK_LOCK;
	for (i = 0; i < x->n; i++) {
		if (x->sub[i]->kind == ASK_LOCK)
			continue;
		put_text(&t->s, said++ > 0 ? " and " : "");
		tell(t, x->sub[i], x->n - nlock > 1 || x->sub[i]->k == 1);
	}
	if (said == 1 && nlock > 0 && x->n == nlock + 1 &&
	    x->sub[0]->kind == ASK_KEY)
		put_text(&t->s, " alone");
	for (i = 0; i < x->n; i++) {
		if (x->sub[i]->kind != ASK_LOCK)
			continue;
		put_text(&t->s, said++ > 0 ? " " : "");
		put_lock(t, x->sub[i]->of);
	}
}

/* Where not all of them are keys it is said where the list ends. */
static void
tell_some(struct teller *t, const struct ask *x)
{
	bool keys = true;
	char text[64];
	size_t i;

	for (i = 0; i < x->n; i++)
		keys = keys && x->sub[i]->kind == ASK_KEY;
	if (x->k > 1) {
		(void)snprintf(text, sizeof(text), keys ? "any %zu of " :
		    "any %zu of these %zu: ", x->k, x->n);
		put_text(&t->s, text);
	}
	for (i = 0; i < x->n; i++) {
		put_text(&t->s, i == 0 ? "" : x->k == 1 ? ", or " : keys ?
		    ", " : "; ");
		tell(t, x->sub[i], x->k > 1);
		if (x->k == 1 && locked(x) && !locked(x->sub[i]))
			put_text(&t->s, " now");
	}
}

/* inside: of something else, so that what has several parts stands apart. */
static void
tell(struct teller *t, const struct ask *x, bool inside)
{
	bool apart = inside && x->kind == ASK_SOME;

	put_text(&t->s, apart ? "(" : "");
	switch (x->kind) {
	case ASK_NEVER:
		put_text(&t->s, "nobody");
		break;
	case ASK_ALWAYS:
		put_text(&t->s, "anybody");
		break;
	case ASK_KEY:
		t->name(t->ctx, x->key, &t->s);
		break;
	case ASK_LOCK:
		put_lock(t, x->of);
		break;
	case ASK_HASH:
		put_hash(t, x->of);
		break;
	case ASK_SOME:
		if (x->k == x->n)
			tell_all(t, x);
		else
			tell_some(t, x);
		break;
	}
	put_text(&t->s, apart ? ")" : "");
}

enum err
ms_words(const struct ms *m, ms_name_fn *name, void *ctx, struct arena *a,
    const char **out)
{
	struct teller t = { .a = a, .s = sink_to_count(), .name = name,
	    .ctx = ctx };
	struct ask *x = ask_of(m, a);
	uint8_t *text;
	size_t n;

	if (x == NULL)
		return ERR_SPACE;
	tell(&t, x, false);
	n = t.s.total;
	if ((text = arena_new(a, uint8_t, n + 1)) == NULL)
		return ERR_SPACE;
	t.s = sink_to_buf(text, n);
	tell(&t, x, false);
	*out = (const char *)text;
	return t.s.err;
}
