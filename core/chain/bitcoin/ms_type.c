#include "core/chain/bitcoin/miniscript.h"

#define LOCKS (TY_g | TY_h | TY_i | TY_j)
#define ALL_LOCKS (LOCKS | TY_k)

/* Does t have all of these? */
static bool
has(uint32_t t, uint32_t want)
{
	return (t & want) == want;
}

static uint32_t
when(uint32_t t, bool holds)
{
	return holds ? t : 0;
}

/* A time and a height of the same clock can never be met by one number. */
static bool
mixed(uint32_t x, uint32_t y)
{
	return (has(x, TY_g) && has(y, TY_h)) ||
	    (has(x, TY_h) && has(y, TY_g)) ||
	    (has(x, TY_i) && has(y, TY_j)) || (has(x, TY_j) && has(y, TY_i));
}

static uint32_t
locks_and(uint32_t x, uint32_t y)
{
	return ((x | y) & LOCKS) | when(TY_k, has(x & y, TY_k) &&
	    !mixed(x, y));
}

static uint32_t
locks_or(uint32_t x, uint32_t y)
{
	return ((x | y) & LOCKS) | (x & y & TY_k);
}

static uint32_t
wrapped(const struct ms *m, uint32_t x)
{
	uint32_t t = x & ALL_LOCKS;

	switch ((unsigned)m->kind) {
	case MS_WRAP_A:
		return t | when(TY_W, has(x, TY_B)) | TY_x |
		    (x & (TY_u | TY_d | TY_f | TY_e | TY_m | TY_s));
	case MS_WRAP_S:
		return t | when(TY_W, has(x, TY_B | TY_o)) |
		    (x & (TY_u | TY_d | TY_f | TY_e | TY_m | TY_s | TY_x));
	case MS_WRAP_C:
		return t | when(TY_B, has(x, TY_K)) | TY_u | TY_s |
		    (x & (TY_o | TY_n | TY_d | TY_f | TY_e | TY_m));
	case MS_WRAP_D:
		return t | when(TY_B, has(x, TY_V | TY_z)) |
		    when(TY_o, has(x, TY_z)) | when(TY_e, has(x, TY_f)) |
		    (x & (TY_m | TY_s)) | TY_n | TY_d | TY_x |
		    when(TY_u, m->tap);
	case MS_WRAP_V:
		return t | when(TY_V, has(x, TY_B)) | TY_f | TY_x |
		    (x & (TY_z | TY_o | TY_n | TY_m | TY_s));
	case MS_WRAP_J:
		return t | when(TY_B, has(x, TY_B | TY_n)) |
		    when(TY_e, has(x, TY_f)) | TY_n | TY_d | TY_x |
		    (x & (TY_o | TY_u | TY_m | TY_s));
	default:			/* n: */
		return t | TY_u | TY_x | (x & (TY_B | TY_z | TY_o | TY_n |
		    TY_d | TY_f | TY_e | TY_m | TY_s));
	}
}

static uint32_t
of_and(const struct ms *m, uint32_t x, uint32_t y)
{
	uint32_t t = locks_and(x, y) | (x & TY_n) | ((x | y) & TY_s) |
	    when(y & TY_n, has(x, TY_z)) | (x & y & (TY_d | TY_z | TY_m)) |
	    when((x | y) & TY_o, has(x | y, TY_z));

	if (m->kind == MS_AND_V)
		return t | when(y & (TY_K | TY_V | TY_B), has(x, TY_V)) |
		    when(TY_f, has(y, TY_f) || has(x, TY_s)) |
		    (y & (TY_u | TY_x));
	return t | when(x & TY_B, has(y, TY_W)) | TY_u | TY_x |
	    when(x & y & TY_e, has(x & y, TY_s)) |
	    when(TY_f, has(x & y, TY_f) || has(x, TY_s | TY_f) ||
	    has(y, TY_s | TY_f));
}

static uint32_t
of_or(const struct ms *m, uint32_t x, uint32_t y)
{
	uint32_t t = locks_or(x, y);
	uint32_t rest = when(x & TY_o, has(y, TY_z)) | (x & y & (TY_z |
	    TY_s)) | TY_x | when(x & y & TY_m, has(x, TY_e) &&
	    has(x | y, TY_s));
	bool first = has(x, TY_B | TY_d | TY_u);

	switch ((unsigned)m->kind) {
	case MS_OR_B:
		return t | when(TY_B, has(x, TY_B | TY_d) &&
		    has(y, TY_W | TY_d)) | TY_d | TY_u | TY_x |
		    when((x | y) & TY_o, has(x | y, TY_z)) |
		    when(x & y & TY_m, has(x | y, TY_s) && has(x & y,
		    TY_e)) | (x & y & (TY_z | TY_s | TY_e));
	case MS_OR_D:
		return t | rest | when(y & TY_B, first) |
		    (y & (TY_u | TY_f | TY_d | TY_e));
	case MS_OR_C:
		return t | rest | when(y & TY_V, first) | TY_f;
	default:			/* or_i */
		return t | (x & y & (TY_V | TY_B | TY_K | TY_u | TY_f |
		    TY_s)) | when(TY_o, has(x & y, TY_z)) | TY_x |
		    when((x | y) & TY_e, has(x | y, TY_f)) |
		    when(x & y & TY_m, has(x | y, TY_s)) | ((x | y) & TY_d);
	}
}

static uint32_t
of_andor(uint32_t x, uint32_t y, uint32_t z)
{
	bool forced = has(x, TY_s) || has(y, TY_f);
	uint32_t t = (x | y | z) & LOCKS;

	return t | when(TY_k, has(x & y & z, TY_k) && !mixed(x, y)) |
	    when(y & z & (TY_B | TY_K | TY_V), has(x, TY_B | TY_d | TY_u)) |
	    (x & y & z & TY_z) | (y & z & TY_u) | (z & TY_d) | TY_x |
	    when((x | (y & z)) & TY_o, has(x | (y & z), TY_z)) |
	    when(z & (TY_f | TY_e), forced) |
	    when(x & y & z & TY_m, has(x, TY_e) && has(x | y | z, TY_s)) |
	    (z & (x | y) & TY_s);
}

static uint32_t
of_thresh(const struct ms *m)
{
	bool all_e = true, all_m = true;
	size_t i, args = 0, nsig = 0;
	uint32_t locks = TY_k;

	for (i = 0; i < m->n; i++) {
		uint32_t t = m->sub[i]->type;

		if (!has(t, (i == 0 ? TY_B : TY_W) | TY_d | TY_u))
			return 0;
		all_e = all_e && has(t, TY_e);
		all_m = all_m && has(t, TY_m);
		nsig += has(t, TY_s);
		args += has(t, TY_z) ? 0 : has(t, TY_o) ? 1 : 2;
		locks = ((locks | t) & LOCKS) | when(TY_k, has(locks & t,
		    TY_k) && (m->k <= 1 || !mixed(locks, t)));
	}
	return TY_B | TY_d | TY_u | locks | when(TY_z, args == 0) |
	    when(TY_o, args == 1) | when(TY_e, all_e && nsig == m->n) |
	    when(TY_m, all_e && all_m && nsig >= m->n - m->k) |
	    when(TY_s, nsig >= m->n - m->k + 1);
}

static uint32_t
of_leaf(const struct ms *m)
{
	const uint32_t key = TY_K | TY_n | TY_u | TY_d | TY_e | TY_m | TY_s |
	    TY_x | TY_k;
	const uint32_t lock = TY_B | TY_z | TY_f | TY_m | TY_x | TY_k;

	switch ((unsigned)m->kind) {
	case MS_FALSE:
		return TY_B | TY_z | TY_u | TY_d | TY_e | TY_m | TY_s | TY_x |
		    TY_k;
	case MS_TRUE:
		return TY_B | TY_z | TY_u | TY_f | TY_m | TY_x | TY_k;
	case MS_PK_K:
		return key | TY_o;
	case MS_PK_H:
		return key;
	case MS_OLDER:			/* BIP68: bit 22 counts time */
		return lock | ((m->k & 1u << 22) != 0 ? TY_g : TY_h);
	case MS_AFTER:
		return lock | (m->k >= 500000000 ? TY_i : TY_j);
	case MS_MULTI:
		return TY_B | TY_n | TY_u | TY_d | TY_e | TY_m | TY_s | TY_k;
	case MS_MULTI_A:
		return TY_B | TY_u | TY_d | TY_e | TY_m | TY_s | TY_k;
	default:			/* a hash */
		return TY_B | TY_o | TY_n | TY_u | TY_d | TY_m | TY_k;
	}
}

uint32_t
ms_type(const struct ms *m)
{
	const uint32_t base = TY_B | TY_V | TY_K | TY_W;
	uint32_t t;

	if (m->kind == MS_THRESH)
		t = of_thresh(m);
	else if (m->sub == NULL)
		t = of_leaf(m);
	else if (m->kind == MS_ANDOR)
		t = of_andor(m->sub[0]->type, m->sub[1]->type,
		    m->sub[2]->type);
	else if (m->kind == MS_AND_V || m->kind == MS_AND_B)
		t = of_and(m, m->sub[0]->type, m->sub[1]->type);
	else if (m->n == 2)
		t = of_or(m, m->sub[0]->type, m->sub[1]->type);
	else
		t = wrapped(m, m->sub[0]->type);
	return (t & base) != 0 && (t & base & ((t & base) - 1)) == 0 ? t : 0;
}
