#include "core/chain/bitcoin/ms_ask.h"

/* What would be more ways than these stays as it is written. */
#define WAYS_MAX 12
#define OTHERS_MAX 3		/* conditions of a threshold that are no key */
#define LOCKTIME_TIME 500000000u

struct ways {
	struct arena		*a;
	const struct ms_who	*who;
};

struct list {
	struct ask	**x;
	size_t		 n, cap;
	bool		 full;		/* there is no space */
	bool		 many;		/* more than are worth listing */
};

static void
list_add(struct ways *w, struct list *l, struct ask *x)
{
	size_t cap = l->cap == 0 ? 4 : 2 * l->cap;
	struct ask **grown;

	l->full = l->full || x == NULL;
	if (l->full || x->kind == ASK_NEVER)
		return;
	if (l->n == l->cap) {
		if ((grown = arena_new(w->a, struct ask *, cap)) == NULL) {
			l->full = true;
			return;
		}
		if (l->n > 0)
			memcpy(grown, l->x, l->n * sizeof(*grown));
		l->x = grown;
		l->cap = cap;
	}
	l->x[l->n++] = x;
}

static bool
all_of(const struct ask *x)
{
	return x->kind == ASK_SOME && x->k == x->n;
}

/* Of the same unit, and no longer: BIP68 for older(), BIP65 for after(). */
static bool
lock_implied(const struct ms *m, const struct ms *by)
{
	if (m->kind != by->kind)
		return false;
	if (m->kind == MS_AFTER)
		return (m->k < LOCKTIME_TIME) == (by->k < LOCKTIME_TIME) &&
		    m->k <= by->k;
	return OLDER_TIME(m->k) == OLDER_TIME(by->k) &&
	    OLDER_LENGTH(m->k) <= OLDER_LENGTH(by->k);
}

/* Who meets `by' meets x: what is seen at a glance. */
static bool
implied(const struct ways *w, const struct ask *x, const struct ask *by)
{
	size_t i;

	if (x->kind == ASK_ALWAYS)
		return true;
	if (x->kind != by->kind)
		return false;
	switch (x->kind) {
	case ASK_KEY:
		return w->who->same(w->who->keys, x->key, by->key);
	case ASK_LOCK:
		return lock_implied(x->of, by->of);
	case ASK_HASH:
		return x->of->kind == by->of->kind && memcmp(x->of->hash,
		    by->of->hash, sizeof(x->of->hash)) == 0;
	case ASK_SOME:
		for (i = 0; i < x->n && x->n == by->n; i++)
			if (!implied(w, x->sub[i], by->sub[i]))
				return false;
		return x->n == by->n && x->k <= by->k;
	case ASK_NEVER:
	case ASK_ALWAYS:
		break;
	}
	return false;
}

static const struct ask *
part(const struct ask *x, size_t i)
{
	return all_of(x) ? x->sub[i] : x;
}

static size_t
parts(const struct ask *x)
{
	return all_of(x) ? x->n : 1;
}

/* Each part of x is met by whoever meets all of `by'. */
static bool
covers(const struct ways *w, const struct ask *x, const struct ask *by)
{
	size_t i, k;

	for (i = 0; i < parts(x); i++) {
		for (k = 0; k < parts(by); k++)
			if (implied(w, part(x, i), part(by, k)))
				break;
		if (k == parts(by))
			return false;
	}
	return true;
}

/* Of several ways those that ask for more than another does go: how many. */
static size_t
prune(const struct ways *w, struct list *l)
{
	size_t i, k, kept = 0, n = l->n;

	for (i = 0; i < n; i++) {
		for (k = 0; k < n; k++)
			if (k != i && l->x[k] != NULL &&
			    covers(w, l->x[k], l->x[i]))
				break;
		if (k < n)
			l->x[i] = NULL;
	}
	for (i = 0; i < n; i++)
		if (l->x[i] != NULL)
			l->x[kept++] = l->x[i];
	l->n = kept;
	return n - kept;
}

/* Of what is asked for together, what the rest implies goes. */
static struct ask *
lean(struct ways *w, struct ask *x)
{
	struct list l = { .n = 0 };
	size_t i, k;

	if (x == NULL || !all_of(x))
		return x;
	for (i = 0; i < x->n; i++) {
		for (k = 0; k < x->n; k++)
			if (k != i && implied(w, x->sub[i], x->sub[k]) &&
			    (k < i || !implied(w, x->sub[k], x->sub[i])))
				break;
		if (k == x->n)
			list_add(w, &l, x->sub[i]);
	}
	return l.full ? NULL : ask_some(w->a, l.n, l.x, l.n);
}

/* Keys, and so many of so many of them, that can be said in one go. */
static bool
plain(const struct ask *x)
{
	bool some = x->kind == ASK_SOME && x->k > 1 && x->k < x->n;
	size_t i;

	for (i = 0; x->kind == ASK_SOME && i < x->n; i++)
		if (some ? x->sub[i]->kind != ASK_KEY : !plain(x->sub[i]))
			return false;
	return x->kind == ASK_KEY || x->kind == ASK_SOME;
}

static struct list spread(struct ways *, struct ask *);

static struct list
alone(struct ways *w, struct ask *x)
{
	struct list l = { .n = 0 };

	list_add(w, &l, x);
	return l;
}

/* Each of the one with each of the other. */
static struct list
product(struct ways *w, struct list p, struct list q)
{
	struct list l = { .full = p.full || q.full,
	    .many = p.many || q.many || p.n * q.n > WAYS_MAX };
	size_t i, k;

	for (i = 0; i < p.n && !l.many; i++)
		for (k = 0; k < q.n && !l.full; k++)
			list_add(w, &l, lean(w, ask_joined(w->a, false,
			    p.x[i], q.x[k])));
	(void)prune(w, &l);
	return l;
}

static bool
simple(const struct ask *x)
{
	return x->kind != ASK_SOME || plain(x);
}

/* What there is one way of stays together. */
static struct list
all_ways(struct ways *w, struct ask *x)
{
	struct list one = { .n = 0 }, l = { .n = 0 };
	size_t i;

	for (i = 0; i < x->n; i++)
		if (simple(x->sub[i]))
			list_add(w, &one, x->sub[i]);
	if (one.full)
		return one;
	l = alone(w, lean(w, ask_some(w->a, one.n, one.x, one.n)));
	for (i = 0; i < x->n && !l.full && !l.many; i++)
		if (!simple(x->sub[i]))
			l = product(w, l, spread(w, x->sub[i]));
	return l.many ? alone(w, x) : l;
}

/* What is of keys alone stays together. */
static struct list
any_way(struct ways *w, struct ask *x)
{
	struct list keys = { .n = 0 }, l = { .n = 0 }, more;
	size_t i, k;

	for (i = 0; i < x->n; i++)
		if (plain(x->sub[i]))
			list_add(w, &keys, x->sub[i]);
	if (keys.full)
		return keys;
	if (keys.n > 0)
		list_add(w, &l, ask_some(w->a, 1, keys.x, keys.n));
	for (i = 0; i < x->n && !l.full; i++) {
		if (plain(x->sub[i]))
			continue;
		more = spread(w, x->sub[i]);
		l.full = l.full || more.full;
		for (k = 0; k < more.n; k++)
			list_add(w, &l, more.x[k]);
	}
	return l;
}

struct choice {
	struct list	keys;
	struct list	way[OTHERS_MAX];	/* of each other condition */
	size_t		n;
};

/* With just these of the other conditions, and of the keys as many as are
 * still asked for. */
static struct list
one_choice(struct ways *w, const struct choice *c, unsigned chosen,
    size_t left)
{
	struct list l = alone(w, ask_some(w->a, left, c->keys.x,
	    c->keys.n));
	size_t i;

	for (i = 0; i < c->n && !l.full && !l.many; i++)
		if ((chosen >> i & 1) != 0)
			l = product(w, l, c->way[i]);
	return l;
}

static size_t
bits(unsigned v)
{
	size_t n = 0;

	for (; v != 0; v &= v - 1)
		n++;
	return n;
}

/* With none of the other conditions, with one of them and one key less, and
 * so on. */
static struct list
choices(struct ways *w, const struct choice *c, size_t k)
{
	struct list l = { .n = 0 }, more;
	unsigned chosen;
	size_t i;

	for (chosen = 0; chosen < 1u << c->n && !l.full && !l.many;
	    chosen++) {
		if (bits(chosen) > k || k - bits(chosen) > c->keys.n)
			continue;
		more = one_choice(w, c, chosen, k - bits(chosen));
		l.full = l.full || more.full;
		l.many = more.many;
		for (i = 0; i < more.n; i++)
			list_add(w, &l, more.x[i]);
		(void)prune(w, &l);
		l.many = l.many || l.n > WAYS_MAX;
	}
	return l;
}

/* Some of several, of which not all are keys. */
static struct list
fan(struct ways *w, struct ask *x)
{
	struct choice c = { .n = 0 };
	struct list l;
	size_t i;

	for (i = 0; i < x->n; i++) {
		if (x->sub[i]->kind == ASK_KEY) {
			list_add(w, &c.keys, x->sub[i]);
			continue;
		}
		if (c.n == OTHERS_MAX)
			return alone(w, x);
		c.way[c.n++] = spread(w, x->sub[i]);
	}
	if (c.keys.full)
		return c.keys;
	l = choices(w, &c, x->k);
	return l.many ? alone(w, x) : l;
}

static struct list
spread(struct ways *w, struct ask *x)
{
	if (simple(x))
		return alone(w, x);
	return x->k == x->n ? all_ways(w, x) : x->k == 1 ? any_way(w, x) :
	    fan(w, x);
}

/* Those of several keys one by one, and those that need not be waited for
 * first. */
static struct list
in_order(struct ways *w, const struct list *l)
{
	struct list o = { .full = l->full };
	size_t i, k;

	for (i = 0; i < 2 * l->n; i++) {
		struct ask *x = l->x[i % l->n];

		if (ask_locked(x) != (i >= l->n))
			continue;
		if (x->kind != ASK_SOME || x->k != 1)
			list_add(w, &o, x);
		else
			for (k = 0; k < x->n; k++)
				list_add(w, &o, x->sub[k]);
	}
	return o;
}

enum err
ask_ways(struct ask *x, const struct ms_who *who, struct arena *a,
    struct ask **out, size_t *idle)
{
	struct ways w = { a, who };
	struct list l = spread(&w, x), o = in_order(&w, &l);

	if (o.full)
		return ERR_SPACE;
	*idle = prune(&w, &o);
	*out = o.n == 0 ? x : ask_some(a, 1, o.x, o.n);
	return *out == NULL ? ERR_SPACE : ERR_NONE;
}
