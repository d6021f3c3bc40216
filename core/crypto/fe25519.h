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
#include <stdint.h>

struct fe { uint64_t v[5]; };

extern const struct fe fe_zero, fe_one;

/* Bit 255 is not looked at; what is not below p is taken modulo p. */
void	 fe_of_bytes(const uint8_t[32], struct fe *);
void	 fe_bytes(const struct fe *, uint8_t[32]);	/* below p */
void	 fe_of_u32(uint32_t, struct fe *);

void	 fe_add(const struct fe *, const struct fe *, struct fe *);
void	 fe_sub(const struct fe *, const struct fe *, struct fe *);
void	 fe_neg(const struct fe *, struct fe *);
void	 fe_mul(const struct fe *, const struct fe *, struct fe *);
void	 fe_sq(const struct fe *, struct fe *);
void	 fe_invert(const struct fe *, struct fe *);
void	 fe_pow_p58(const struct fe *, struct fe *);	/* (p - 5) / 8 */

/* 1 or 0. */
uint32_t fe_is_zero(const struct fe *);
uint32_t fe_is_odd(const struct fe *);
uint32_t fe_is_square(const struct fe *);		/* zero is one */
/* Where pick is 1 and not 0, a becomes b. */
void	 fe_pick(struct fe *a, const struct fe *b, uint32_t pick);
/* Both roots of u / v where it has some (returns 1): x and -x. */
uint32_t fe_sqrt_ratio(const struct fe *u, const struct fe *v, struct fe *x);

#endif
