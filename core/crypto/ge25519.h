/*
 * ge25519.h - points of ed25519 as the arithmetic wants them.
 *
 * Decoding a point costs a square root, encoding one an inversion: who does
 * more than one thing with a point keeps it in this form.  The additions are
 * complete: torsion, the identity and equal operands need no care.
 *
 *	source	RFC 8032; Hisil, Wong, Carter, Dawson 2008 (extended
 *		coordinates, a = -1); Straus 1964
 *	shapes	struct ge: X, Y, Z, T = XY/Z; struct ge_ready: to be added
 *	units	none
 *	owns	nothing
 *	errors	ERR_KEY: does not decode (as ed_decodes says)
 *	secrets	constant time in scalars and points, except where a name ends
 *		in _public; whether a point decodes is public
 *	tests	tests/unit/ge25519_test.c, tests/ct
 */
#ifndef CORE_CRYPTO_GE25519_H
#define CORE_CRYPTO_GE25519_H

#include "core/crypto/ed25519.h"
#include "core/crypto/fe25519.h"

struct ge { struct fe x, y, z, t; };
struct ge_ready { struct fe sum, diff, z2, td2; };	/* y+x y-x 2z 2dt */

extern const struct ge ge_identity;
extern const struct fe ge_d;			/* of the curve's equation */

enum err ge_of_point(const struct point *, struct ge *) must_check;
void	 ge_point(const struct ge *, struct point *);
/* What a point's y and the parity of its x make of it (0: no point). */
uint32_t ge_of_y(const struct fe *y, uint32_t odd, struct ge *);
/* hash_to_point's middle: 32 bytes, all 256 bits, to a point not yet times 8.
 * ERR_INTERNAL would be a fault of ours. */
enum err ge_of_hash(const struct hash32 *, struct ge *) must_check;

/* Hp, not yet encoded. */
enum err hash_to_ge(const struct point *, struct ge *) must_check;

void	 ge_make_ready(const struct ge *, struct ge_ready *);
void	 ge_add(const struct ge *, const struct ge_ready *, struct ge *);
void	 ge_sub(const struct ge *, const struct ge_ready *, struct ge *);
void	 ge_double(const struct ge *, struct ge *);
void	 ge_doubles(const struct ge *, size_t times, struct ge *);
void	 ge_mul8(const struct ge *, struct ge *);
void	 ge_neg(const struct ge *, struct ge *);

void	 ge_mul(const struct scalar *, const struct ge *, struct ge *);

/* Sums of n products: k[i] p[i].  In constant time; and faster, for public
 * data alone. */
void	 ge_sum(const struct scalar *k, const struct ge *p, size_t n,
	    struct ge *);
void	 ge_sum_public(const struct scalar *k, const struct ge *p, size_t n,
	    struct ge *);

#endif
