#include "core/crypto/ge25519.h"
#include "core/crypto/keccak.h"

#define MONTGOMERY_A 486662

void
hash_to_scalar(struct span s, struct scalar *r)
{
	struct hash32 h;

	keccak256(s, &h);
	sc_reduce(h.b, r);
	wipe(&h, sizeof(h));
}

/* All 256 bits, modulo p: 2^255 is 19. */
static void
fe_of_hash(const struct hash32 *h, struct fe *u)
{
	struct fe top;

	fe_of_bytes(h->b, u);
	fe_of_u32(19u * (h->b[31] >> 7), &top);
	fe_add(u, &top, u);
}

/* -x^2 + y^2 = 1 + d x^2 y^2, for y = n / m: the root that was taken is one. */
static uint32_t
on_curve(const struct fe *x, const struct fe *n, const struct fe *m)
{
	struct fe n2, m2, left, right;

	fe_sq(n, &n2);
	fe_sq(m, &m2);
	fe_mul(&n2, &ge_d, &left);
	fe_add(&left, &m2, &left);
	fe_sq(x, &right);
	fe_mul(&left, &right, &left);
	fe_sub(&n2, &m2, &right);
	fe_sub(&left, &right, &left);
	return fe_is_zero(&left);
}

/*
 * Elligator 2 as Monero has it: of the two points with Montgomery's u being
 * -A / w and -2 A u^2 / w, w = 2 u^2 + 1, one is on the curve; the result's x
 * is odd with the first of them.  y = n / m is (A + w) / (A - w), or (2 A u^2
 * + w) / (2 A u^2 - w).  x^2 of the second is 2 u^2 times that of the first,
 * and 2 is (i - 1)^2 i: where the first has no root, the one of i x^2 times
 * (i - 1) u is the second's.
 */
enum err
ge_of_hash(const struct hash32 *h, struct ge *out)
{
	static const struct fe a = { { MONTGOMERY_A } };
	struct fe u, w, n, m, n_even, m_even, x, t;
	uint32_t odd, good;

	fe_of_hash(h, &u);
	fe_sq(&u, &t);
	fe_add(&t, &t, &t);
	fe_add(&t, &fe_one, &w);
	fe_mul(&t, &a, &t);			/* 2 A u^2 */
	fe_add(&t, &w, &n_even);
	fe_sub(&t, &w, &m_even);
	fe_add(&a, &w, &n);
	fe_sub(&a, &w, &m);
	fe_sq(&n, &w);
	fe_sq(&m, &t);
	fe_sub(&w, &t, &x);			/* n^2 - m^2 */
	fe_mul(&w, &ge_d, &w);
	fe_add(&w, &t, &w);			/* d n^2 + m^2 */
	odd = fe_sqrt_ratio(&x, &w, &x);
	fe_sub(&fe_sqrt_m1, &fe_one, &t);
	fe_mul(&t, &u, &t);
	fe_mul(&t, &x, &t);
	fe_pick(&x, &t, 1 ^ odd);
	fe_pick(&n, &n_even, 1 ^ odd);
	fe_pick(&m, &m_even, 1 ^ odd);
	fe_neg(&x, &t);
	fe_pick(&x, &t, fe_is_odd(&x) ^ odd);
	good = on_curve(&x, &n, &m);
	fe_mul(&x, &m, &out->x);
	fe_mul(&x, &n, &out->t);
	fe_sub(&n, &fe_zero, &out->y);
	out->z = m;
	ct_public(&good, sizeof(good));
	return good == 1 ? ERR_NONE : ERR_INTERNAL;
}

enum err
hash_to_ge(const struct point *p, struct ge *out)
{
	struct hash32 h;
	enum err e;

	keccak256(SPAN_OF(p->b), &h);
	if ((e = ge_of_hash(&h, out)) == 0)
		ge_mul8(out, out);
	return e;
}

enum err
hash_to_point(const struct point *p, struct point *out)
{
	struct ge g;
	enum err e;

	if ((e = hash_to_ge(p, &g)) == 0)
		ge_point(&g, out);
	return e;
}
