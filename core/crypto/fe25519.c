#include <stddef.h>
#include <string.h>

#include "core/base/secret.h"
#include "core/crypto/fe25519.h"

__extension__ typedef unsigned __int128 u128;

const struct fe fe_zero = { { 0 } }, fe_one = { { 1 } };
const struct fe fe_sqrt_m1 = { { 0x61b274a0ea0b0, 0x0d5a5fc8f189d,
    0x7ef5e9cbd0c60, 0x78595a6804c9e, 0x2b8324804fc1d } };

static uint64_t
load(const uint8_t *p)
{
	uint64_t v = 0;
	size_t i;

	for (i = 0; i < 8; i++)
		v |= (uint64_t)p[i] << 8 * i;
	return v;
}

static void
store(uint64_t v, uint8_t *p)
{
	size_t i;

	for (i = 0; i < 8; i++)
		p[i] = (uint8_t)(v >> 8 * i);
}

void
fe_of_bytes(const uint8_t b[32], struct fe *r)
{
	uint64_t w0 = load(b), w1 = load(b + 8), w2 = load(b + 16),
	    w3 = load(b + 24);

	r->v[0] = w0 & FE_MASK;
	r->v[1] = (w0 >> 51 | w1 << 13) & FE_MASK;
	r->v[2] = (w1 >> 38 | w2 << 26) & FE_MASK;
	r->v[3] = (w2 >> 25 | w3 << 39) & FE_MASK;
	r->v[4] = w3 >> 12 & FE_MASK;
}

void
fe_of_u32(uint32_t n, struct fe *r)
{
	*r = (struct fe){ { n } };
}

/* Limbs below 2^58 in, below 2^52 out. */
static inline void
carry(struct fe *r)
{
	size_t i;
	uint64_t c = 0;

	for (i = 0; i < 5; i++) {
		r->v[i] += c;
		c = r->v[i] >> FE_LIMB;
		r->v[i] &= FE_MASK;
	}
	r->v[0] += 19 * c;
}

/*
 * After two carries the value is below 2^255 + 19; q says whether it reaches
 * p: then adding 19 passes 2^255, and what passes is dropped.
 */
void
fe_bytes(const struct fe *a, uint8_t b[32])
{
	struct fe t = *a;
	uint64_t q = 19;
	size_t i;

	carry(&t);
	carry(&t);
	for (i = 0; i < 5; i++)
		q = (t.v[i] + q) >> FE_LIMB;
	t.v[0] += 19 * q;
	for (i = 0; i < 4; i++) {
		t.v[i + 1] += t.v[i] >> FE_LIMB;
		t.v[i] &= FE_MASK;
	}
	t.v[4] &= FE_MASK;
	store(t.v[0] | t.v[1] << 51, b);
	store(t.v[1] >> 13 | t.v[2] << 38, b + 8);
	store(t.v[2] >> 26 | t.v[3] << 25, b + 16);
	store(t.v[3] >> 39 | t.v[4] << 12, b + 24);
}

/* Column sums of a product to limbs.  Limbs of at most 2^54 went in: the
 * last column, which has no factor 19, carries less than 2^60 to the first. */
static inline void
reduce(u128 t0, u128 t1, u128 t2, u128 t3, u128 t4, struct fe *r)
{
	uint64_t r0, r1;

	t1 += (uint64_t)(t0 >> FE_LIMB);
	t2 += (uint64_t)(t1 >> FE_LIMB);
	t3 += (uint64_t)(t2 >> FE_LIMB);
	t4 += (uint64_t)(t3 >> FE_LIMB);
	r0 = ((uint64_t)t0 & FE_MASK) + 19 * (uint64_t)(t4 >> FE_LIMB);
	r1 = ((uint64_t)t1 & FE_MASK) + (r0 >> FE_LIMB);
	r->v[0] = r0 & FE_MASK;
	r->v[1] = r1;
	r->v[2] = (uint64_t)t2 & FE_MASK;
	r->v[3] = (uint64_t)t3 & FE_MASK;
	r->v[4] = (uint64_t)t4 & FE_MASK;
}

void
fe_mul(const struct fe *a, const struct fe *b, struct fe *r)
{
	uint64_t a0 = a->v[0], a1 = a->v[1], a2 = a->v[2], a3 = a->v[3],
	    a4 = a->v[4];
	uint64_t b0 = b->v[0], b1 = b->v[1], b2 = b->v[2], b3 = b->v[3],
	    b4 = b->v[4];
	uint64_t c1 = 19 * b1, c2 = 19 * b2, c3 = 19 * b3, c4 = 19 * b4;
	u128 t0, t1, t2, t3, t4;

	t0 = (u128)a0 * b0 + (u128)a1 * c4 + (u128)a2 * c3 +
	    (u128)a3 * c2 + (u128)a4 * c1;
	t1 = (u128)a0 * b1 + (u128)a1 * b0 + (u128)a2 * c4 +
	    (u128)a3 * c3 + (u128)a4 * c2;
	t2 = (u128)a0 * b2 + (u128)a1 * b1 + (u128)a2 * b0 +
	    (u128)a3 * c4 + (u128)a4 * c3;
	t3 = (u128)a0 * b3 + (u128)a1 * b2 + (u128)a2 * b1 +
	    (u128)a3 * b0 + (u128)a4 * c4;
	t4 = (u128)a0 * b4 + (u128)a1 * b3 + (u128)a2 * b2 +
	    (u128)a3 * b1 + (u128)a4 * b0;
	reduce(t0, t1, t2, t3, t4, r);
}

void
fe_sq(const struct fe *a, struct fe *r)
{
	uint64_t a0 = a->v[0], a1 = a->v[1], a2 = a->v[2], a3 = a->v[3],
	    a4 = a->v[4];
	uint64_t d0 = 2 * a0, d1 = 2 * a1, c3 = 19 * a3, c4 = 19 * a4;
	u128 t0, t1, t2, t3, t4;

	t0 = (u128)a0 * a0 + 2 * ((u128)a1 * c4 + (u128)a2 * c3);
	t1 = (u128)d0 * a1 + (u128)(2 * a2) * c4 + (u128)a3 * c3;
	t2 = (u128)d0 * a2 + (u128)a1 * a1 + (u128)(2 * a3) * c4;
	t3 = (u128)d0 * a3 + (u128)d1 * a2 + (u128)a4 * c4;
	t4 = (u128)d0 * a4 + (u128)d1 * a3 + (u128)a2 * a2;
	reduce(t0, t1, t2, t3, t4, r);
}

static void
fe_sq_times(const struct fe *a, unsigned n, struct fe *r)
{
	fe_sq(a, r);
	while (--n > 0)
		fe_sq(r, r);
}

/* a to the 2^250 - 1; a to the 11 on the way. */
static void
pow_250(const struct fe *a, struct fe *r, struct fe *eleven)
{
	struct fe t, x5, x10, x20, x50, x100;

	fe_sq(a, &t);				/* 2 */
	fe_sq_times(&t, 2, &x5);		/* 8 */
	fe_mul(a, &x5, &x5);			/* 9 */
	fe_mul(&t, &x5, eleven);
	fe_sq(eleven, &t);			/* 22 */
	fe_mul(&x5, &t, &x5);			/* 2^5 - 1 */
	fe_sq_times(&x5, 5, &t);
	fe_mul(&t, &x5, &x10);
	fe_sq_times(&x10, 10, &t);
	fe_mul(&t, &x10, &x20);
	fe_sq_times(&x20, 20, &t);
	fe_mul(&t, &x20, &t);			/* 2^40 - 1 */
	fe_sq_times(&t, 10, &t);
	fe_mul(&t, &x10, &x50);
	fe_sq_times(&x50, 50, &t);
	fe_mul(&t, &x50, &x100);
	fe_sq_times(&x100, 100, &t);
	fe_mul(&t, &x100, &t);			/* 2^200 - 1 */
	fe_sq_times(&t, 50, &t);
	fe_mul(&t, &x50, r);
}

/* To the p - 2 = 2^5 (2^250 - 1) + 11. */
void
fe_invert(const struct fe *a, struct fe *r)
{
	struct fe t, eleven;

	pow_250(a, &t, &eleven);
	fe_sq_times(&t, 5, &t);
	fe_mul(&t, &eleven, r);
}

/* (p - 5) / 8 = 2^2 (2^250 - 1) + 1. */
void
fe_pow_p58(const struct fe *a, struct fe *r)
{
	struct fe t, eleven, base = *a;

	pow_250(a, &t, &eleven);
	fe_sq_times(&t, 2, &t);
	fe_mul(&t, &base, r);
}

uint32_t
fe_is_zero(const struct fe *a)
{
	uint8_t b[32];
	uint32_t any = 0;
	size_t i;

	fe_bytes(a, b);
	for (i = 0; i < sizeof(b); i++)
		any |= b[i];
	return ct_opaque((any - 1) >> 31);
}

uint32_t
fe_is_odd(const struct fe *a)
{
	uint8_t b[32];

	fe_bytes(a, b);
	return b[0] & 1;
}

/* RFC 8032, 5.1.3: x = u v^3 (u v^7)^((p-5)/8), and maybe times sqrt(-1). */
uint32_t
fe_sqrt_ratio(const struct fe *u, const struct fe *v, struct fe *x)
{
	struct fe v3, t, other, minus;
	uint32_t plain, turned;

	fe_sq(v, &v3);
	fe_mul(&v3, v, &v3);
	fe_sq(&v3, &t);
	fe_mul(&t, v, &t);
	fe_mul(&t, u, &t);
	fe_pow_p58(&t, &t);
	fe_mul(&t, &v3, &t);
	fe_mul(&t, u, &t);
	fe_sq(&t, &other);
	fe_mul(&other, v, &other);		/* v x^2: u, -u, and i times */
	fe_sub(&other, u, &minus);
	plain = fe_is_zero(&minus);
	fe_add(&other, u, &minus);
	turned = fe_is_zero(&minus);
	fe_mul(u, &fe_sqrt_m1, &minus);
	fe_add(&other, &minus, &other);
	fe_mul(&t, &fe_sqrt_m1, &minus);
	fe_pick(&t, &minus, turned | fe_is_zero(&other));
	*x = t;
	return plain | turned;
}
