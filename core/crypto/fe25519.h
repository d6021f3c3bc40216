/*
 * fe25519.h - numbers modulo 2^255 - 19, for the group in ge25519.h.
 *
 * Five limbs of 51 bits.  Every function leaves limbs below 2^52, except
 * fe_add, which does not carry.  What goes into a function must be below
 * 2^54: one sum may be added to once more, no further.
 *
 *	source	RFC 7748, RFC 8032: the field
 *	shapes	struct fe; 32 bytes, little-endian
 *	units	none
 *	owns	nothing
 *	errors	none; the inverse of zero is zero
 *	secrets	constant time, all of it
 *	tests	tests/unit/ge25519_test.c, tests/ct
 */
#ifndef CORE_CRYPTO_FE25519_H
#define CORE_CRYPTO_FE25519_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/secret.h"

#define FE_LIMB 51
#define FE_MASK (((uint64_t)1 << FE_LIMB) - 1)

struct fe { uint64_t v[5]; };

extern const struct fe fe_zero, fe_one, fe_sqrt_m1;

/* Bit 255 is not looked at; what is not below p is taken modulo p. */
void	 fe_of_bytes(const uint8_t[32], struct fe *);
void	 fe_bytes(const struct fe *, uint8_t[32]);	/* below p */
void	 fe_of_u32(uint32_t, struct fe *);

void	 fe_mul(const struct fe *, const struct fe *, struct fe *);
void	 fe_sq(const struct fe *, struct fe *);
void	 fe_invert(const struct fe *, struct fe *);
void	 fe_pow_p58(const struct fe *, struct fe *);	/* (p - 5) / 8 */

/* 1 or 0. */
uint32_t fe_is_zero(const struct fe *);
uint32_t fe_is_odd(const struct fe *);
/* A root of u / v where it has some (returns 1), else one of sqrt(-1) u / v. */
uint32_t fe_sqrt_ratio(const struct fe *u, const struct fe *v, struct fe *x);

/* What is called most often is inlined. */
static inline void
fe_add(const struct fe *a, const struct fe *b, struct fe *r)
{
	size_t i;

	for (i = 0; i < 5; i++)
		r->v[i] = a->v[i] + b->v[i];
}

/* 16 p is added first, so that no limb goes below zero. */
static inline void
fe_sub(const struct fe *a, const struct fe *b, struct fe *r)
{
	uint64_t t0 = a->v[0] + 16 * (FE_MASK - 18) - b->v[0];
	uint64_t t1 = a->v[1] + 16 * FE_MASK - b->v[1];
	uint64_t t2 = a->v[2] + 16 * FE_MASK - b->v[2];
	uint64_t t3 = a->v[3] + 16 * FE_MASK - b->v[3];
	uint64_t t4 = a->v[4] + 16 * FE_MASK - b->v[4];

	r->v[0] = (t0 & FE_MASK) + 19 * (t4 >> FE_LIMB);
	r->v[1] = (t1 & FE_MASK) + (t0 >> FE_LIMB);
	r->v[2] = (t2 & FE_MASK) + (t1 >> FE_LIMB);
	r->v[3] = (t3 & FE_MASK) + (t2 >> FE_LIMB);
	r->v[4] = (t4 & FE_MASK) + (t3 >> FE_LIMB);
}

static inline void
fe_neg(const struct fe *a, struct fe *r)
{
	fe_sub(&fe_zero, a, r);
}

/* Where pick is 1 and not 0, a becomes b. */
static inline void
fe_pick(struct fe *a, const struct fe *b, uint32_t pick)
{
	uint64_t mask = (uint64_t)0 - ct_opaque(pick);
	size_t i;

	for (i = 0; i < 5; i++)
		a->v[i] ^= mask & (a->v[i] ^ b->v[i]);
}

#endif
