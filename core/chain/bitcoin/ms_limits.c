#include "core/chain/bitcoin/miniscript.h"

/* BIP141 and what nodes pass on; a leaf is bounded by the stack alone. */
#define WSH_SCRIPT_MAX 3600
#define WSH_OPS_MAX 201
#define WSH_ITEMS_MAX 100
#define TAP_ITEMS_MAX 999
#define TAP_SCRIPT_MAX 10000		/* ours */

/* The most of something, or that there is no way. */
struct most { bool can; uint32_t v; };

static struct most
no_way(void)
{
	return (struct most){ false, 0 };
}

static struct most
some(uint32_t v)
{
	return (struct most){ true, v };
}

static struct most
both(struct most a, struct most b)
{
	return a.can && b.can ? some(a.v + b.v) : no_way();
}

static struct most
either(struct most a, struct most b)
{
	if (!a.can || !b.can)
		return a.can ? a : b;
	return a.v > b.v ? a : b;
}

/* What satisfying and not satisfying a fragment takes. */
struct cost {
	uint32_t	count;			/* opcodes, run or not */
	struct most	ops_sat, ops_dis;	/* those run besides */
	struct most	items_sat, items_dis;
};

static struct cost
of_leaf(const struct ms *m)
{
	struct cost c = { 0, some(0), no_way(), some(0), no_way() };
	uint32_t n = (uint32_t)m->n;

	switch ((unsigned)m->kind) {
	case MS_FALSE:
		return (struct cost){ 0, no_way(), some(0), no_way(),
		    some(0) };
	case MS_TRUE:
		return c;
	case MS_PK_K:
		return (struct cost){ 0, some(0), some(0), some(1), some(1) };
	case MS_PK_H:
		return (struct cost){ 3, some(0), some(0), some(2), some(2) };
	case MS_OLDER:
	case MS_AFTER:
		c.count = 1;
		return c;
	case MS_MULTI:
		return (struct cost){ 1, some(n), some(n), some(m->k + 1),
		    some(m->k + 1) };
	case MS_MULTI_A:
		return (struct cost){ n + 1, some(0), some(0), some(n),
		    some(n) };
	default:			/* any 32 bytes: never our way */
		return (struct cost){ 4, some(0), no_way(), some(1),
		    no_way() };
	}
}

static struct cost
wrapped(const struct ms *m, struct cost x)
{
	static const uint8_t more[] = { [MS_WRAP_A - MS_WRAP_A] = 2,
	    [MS_WRAP_S - MS_WRAP_A] = 1, [MS_WRAP_C - MS_WRAP_A] = 1,
	    [MS_WRAP_D - MS_WRAP_A] = 3, [MS_WRAP_V - MS_WRAP_A] = 0,
	    [MS_WRAP_J - MS_WRAP_A] = 4, [MS_WRAP_N - MS_WRAP_A] = 1 };

	x.count += more[m->kind - MS_WRAP_A];
	if (m->kind == MS_WRAP_V) {
		x.count += (m->sub[0]->type & TY_x) != 0;
		x.ops_dis = x.items_dis = no_way();
	} else if (m->kind == MS_WRAP_D || m->kind == MS_WRAP_J) {
		x.ops_dis = some(0);
		x.items_dis = some(1);
		if (m->kind == MS_WRAP_D)
			x.items_sat = both(x.items_sat, some(1));
	}
	return x;
}

static struct cost
of_two(const struct ms *m, struct cost x, struct cost y)
{
	struct most ops = both(x.ops_dis, y.ops_dis);
	struct most items = both(x.items_dis, y.items_dis);
	struct most one = some(1);

	switch ((unsigned)m->kind) {
	case MS_AND_V:
		ops = items = no_way();
		/* FALLTHROUGH */
	case MS_AND_B:
		return (struct cost){ x.count + y.count +
		    (m->kind == MS_AND_B), both(x.ops_sat, y.ops_sat), ops,
		    both(x.items_sat, y.items_sat), items };
	case MS_OR_B:
		return (struct cost){ 1 + x.count + y.count,
		    either(both(x.ops_sat, y.ops_dis), both(x.ops_dis,
		    y.ops_sat)), ops, either(both(x.items_sat, y.items_dis),
		    both(x.items_dis, y.items_sat)), items };
	case MS_OR_I:
		return (struct cost){ 3 + x.count + y.count,
		    either(x.ops_sat, y.ops_sat), either(x.ops_dis,
		    y.ops_dis), either(both(x.items_sat, one),
		    both(y.items_sat, one)), either(both(x.items_dis, one),
		    both(y.items_dis, one)) };
	default:			/* or_c, or_d */
		if (m->kind == MS_OR_C)
			ops = items = no_way();
		return (struct cost){ (m->kind == MS_OR_C ? 2 : 3) + x.count +
		    y.count, either(x.ops_sat, both(x.ops_dis, y.ops_sat)),
		    ops, either(x.items_sat, both(x.items_dis, y.items_sat)),
		    items };
	}
}

static struct cost
of_andor(struct cost x, struct cost y, struct cost z)
{
	return (struct cost){ 3 + x.count + y.count + z.count,
	    either(both(x.ops_sat, y.ops_sat), both(x.ops_dis, z.ops_sat)),
	    both(x.ops_dis, z.ops_dis),
	    either(both(x.items_sat, y.items_sat), both(x.items_dis,
	    z.items_sat)), both(x.items_dis, z.items_dis) };
}

static struct cost cost_of(const struct ms *);

/* An upper bound: each part as dear as it can be. */
static struct cost
of_thresh(const struct ms *m)
{
	struct cost c = { 0, some(0), some(0), some(0), some(0) };
	size_t i, can = 0;

	for (i = 0; i < m->n; i++) {
		struct cost x = cost_of(m->sub[i]);

		can += x.items_sat.can;
		c.count += x.count + 1;
		c.ops_sat = both(c.ops_sat, either(x.ops_sat, x.ops_dis));
		c.ops_dis = both(c.ops_dis, x.ops_dis);
		c.items_sat = both(c.items_sat, either(x.items_sat,
		    x.items_dis));
		c.items_dis = both(c.items_dis, x.items_dis);
	}
	if (can < m->k)
		c.ops_sat = c.items_sat = no_way();
	return c;
}

static struct cost
cost_of(const struct ms *m)
{
	if (m->kind == MS_THRESH)
		return of_thresh(m);
	if (m->sub == NULL)
		return of_leaf(m);
	if (m->kind == MS_ANDOR)
		return of_andor(cost_of(m->sub[0]), cost_of(m->sub[1]),
		    cost_of(m->sub[2]));
	return m->n == 2 ? of_two(m, cost_of(m->sub[0]),
	    cost_of(m->sub[1])) : wrapped(m, cost_of(m->sub[0]));
}

/* Any key will do: all have one length. */
static void
key_numbers(const struct ms *m, uint32_t *most)
{
	size_t i, n = m->kind == MS_PK_K || m->kind == MS_PK_H ? 1 :
	    m->sub == NULL && m->key != NULL ? m->n : 0;

	for (i = 0; i < n; i++)
		if (m->key[i] + 1 > *most)
			*most = m->key[i] + 1;
	for (i = 0; m->sub != NULL && i < m->n; i++)
		key_numbers(m->sub[i], most);
}

#define KEYS_COUNTED 1024

static size_t
script_size(const struct ms *m)
{
	static const struct pubkey any[KEYS_COUNTED];
	struct sink s = sink_to_count();
	uint32_t most = 0;

	key_numbers(m, &most);
	if (most > KEYS_COUNTED)
		return SIZE_MAX;
	ms_put(&s, m, any);
	return s.total;
}

struct ms_cost
ms_cost(const struct ms *m)
{
	struct cost c = cost_of(m);

	return (struct ms_cost){ c.items_sat.can, c.count + c.ops_sat.v,
	    c.items_sat.v, script_size(m) };
}

/* BIP68 takes an older() of no length as met at once, and looks at no other
 * bit of it: whoever wrote those meant another time. */
static enum ms_fault
locks(const struct ms *m)
{
	enum ms_fault f = MS_FINE;
	size_t i;

	if (m->kind == MS_OLDER)
		return OLDER_LENGTH(m->k) == 0 ? MS_LOCK_VOID :
		    (m->k & ~OLDER_MASK) != 0 ? MS_LOCK_OTHER : MS_FINE;
	for (i = 0; m->sub != NULL && i < m->n && f == MS_FINE; i++)
		f = locks(m->sub[i]);
	return f;
}

enum ms_fault
ms_sane(const struct ms *m)
{
	struct ms_cost c = ms_cost(m);
	enum ms_fault f = locks(m);

	if (f != MS_FINE)
		return f;
	if ((m->type & TY_B) == 0 || !c.can)
		return MS_NOT_WHOLE;
	if (c.script > (m->tap ? TAP_SCRIPT_MAX : WSH_SCRIPT_MAX) ||
	    c.items > (m->tap ? TAP_ITEMS_MAX : WSH_ITEMS_MAX) ||
	    (!m->tap && c.ops > WSH_OPS_MAX))
		return MS_TOO_LARGE;
	if ((m->type & TY_m) == 0)
		return MS_MALLEABLE;
	if ((m->type & TY_s) == 0)
		return MS_NO_SIGNATURE;
	return (m->type & TY_k) == 0 ? MS_LOCKS_MIXED : MS_FINE;
}

const char *
ms_fault_text(enum ms_fault f)
{
	static const char *const text[] = {
		[MS_FINE] = "it is sane",
		[MS_NOT_WHOLE] = "nothing could ever satisfy it",
		[MS_MALLEABLE] = "others could change how it is satisfied",
		[MS_NO_SIGNATURE] = "it can be spent without a signature",
		[MS_LOCKS_MIXED] = "it asks for a height and a time together",
		[MS_TOO_LARGE] = "it is larger than nodes pass on",
		[MS_LOCK_VOID] = "a lock in it, older(), holds nothing back",
		[MS_LOCK_OTHER] = "of a lock in it, older(), a part is void",
	};

	return text[f];
}
