#include "core/chain/bitcoin/ms_ask.h"

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
struct ask *
ask_joined(struct arena *a, bool any, struct ask *x, struct ask *y)
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

struct ask *
ask_some(struct arena *a, size_t k, struct ask **sub, size_t n)
{
	struct ask *x;

	if (k == 0)
		return fresh(a, ASK_ALWAYS, 0);
	if (n == 1)
		return sub[0];
	if ((x = fresh(a, ASK_SOME, n)) == NULL)
		return NULL;
	memcpy(x->sub, sub, n * sizeof(*sub));
	x->k = k;
	x->n = n;
	return x;
}

bool
ask_locked(const struct ask *x)
{
	size_t i;

	for (i = 0; x->kind == ASK_SOME && i < x->n; i++)
		if (ask_locked(x->sub[i]))
			return true;
	return x->kind == ASK_LOCK;
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

/* A length of nothing holds nobody back (BIP68). */
static struct ask *
of_lock(const struct ms *m, struct arena *a)
{
	bool older = m->kind == MS_OLDER;
	struct ask *x = fresh(a, older && OLDER_LENGTH(m->k) == 0 ?
	    ASK_ALWAYS : older || m->kind == MS_AFTER ? ASK_LOCK : ASK_HASH,
	    0);

	if (x != NULL)
		x->of = m;
	return x;
}

struct ask *
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
		return ask_joined(a, true, ask_joined(a, false,
		    ask_of(m->sub[0], a), ask_of(m->sub[1], a)),
		    ask_of(m->sub[2], a));
	case MS_AND_V: case MS_AND_B:
		return ask_joined(a, false, ask_of(m->sub[0], a),
		    ask_of(m->sub[1], a));
	case MS_OR_B: case MS_OR_C: case MS_OR_D: case MS_OR_I:
		return ask_joined(a, true, ask_of(m->sub[0], a),
		    ask_of(m->sub[1], a));
	case MS_WRAP_A: case MS_WRAP_S: case MS_WRAP_C: case MS_WRAP_D:
	case MS_WRAP_V: case MS_WRAP_J: case MS_WRAP_N:
		break;
	}
	return ask_of(m->sub[0], a);
}
