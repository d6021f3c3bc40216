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

/*
 * Elligator 2 as Monero has it.  z / w is the u of the curve's Montgomery
 * form: with w = 2u^2 + 1 and x = w^2 - 2 A^2 u^2, z is -2 A u^2 and the
 * result's x even where w x is a square, else -A and odd.
 */
enum err
ge_of_hash(const struct hash32 *h, struct ge *out)
{
	struct fe u2, w, x, z, a, a_twice, odd_z;
	uint32_t even, good;

	fe_of_hash(h, &u2);
	fe_sq(&u2, &u2);
	fe_of_u32(MONTGOMERY_A, &a);
	fe_add(&a, &a, &a_twice);
	fe_add(&u2, &u2, &w);
	fe_add(&w, &fe_one, &w);
	fe_mul(&a_twice, &u2, &z);		/* 2 A u^2 */
	fe_mul(&z, &a, &x);
	fe_sq(&w, &odd_z);
	fe_sub(&odd_z, &x, &x);
	fe_mul(&x, &w, &x);
	even = fe_is_square(&x);
	fe_neg(&z, &z);
	fe_neg(&a, &odd_z);
	fe_pick(&z, &odd_z, 1 ^ even);
	fe_add(&z, &w, &x);			/* y = (z - w) / (z + w) */
	fe_invert(&x, &x);
	fe_sub(&z, &w, &z);
	fe_mul(&z, &x, &z);
	good = ge_of_y(&z, 1 ^ even, out);	/* always: Elligator's point */
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
