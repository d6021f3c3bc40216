/*
 * ed25519.h - the group that Monero's keys live in.
 *
 * Points are 32-byte encodings, scalars are reduced modulo l.  Whatever comes
 * from a file passes ed_decodes() once: then nothing here fails on it.  A
 * scalar of zero gives the identity (01 00 .. 00), never an error: inside
 * proofs that happens.  Torsion is not refused: Monero does not.
 *
 *	source	RFC 8032 for the encoding; Monero's rules for what decodes:
 *		y below p, no sign bit on x = 0; Hp: Monero's hash to point
 *	shapes	struct point: encoded; struct scalar: little-endian, below l
 *	units	none
 *	owns	nothing
 *	errors	ERR_KEY: does not decode, is not reduced
 *	secrets	constant time in scalars and points, the functions whose name
 *		ends in _public excepted
 *	tests	tests/unit/ed25519_test.c, tests/ct
 */
#ifndef CORE_CRYPTO_ED25519_H
#define CORE_CRYPTO_ED25519_H

#include "core/base/err.h"
#include "core/base/secret.h"
#include "core/base/span.h"

struct point { uint8_t b[32]; };
struct scalar { uint8_t b[32]; };

extern const struct point ed_g, ed_h, ed_identity;
extern const struct scalar sc_zero, sc_one, sc_eighth;	/* 8^-1 mod l */

enum err ed_decodes(const struct point *) must_check;
/* And of prime order, not the identity: what a secret times G can be. */
enum err ed_is_key(const struct point *) must_check;	/* public points */
enum err sc_reduced(const struct scalar *) must_check;	/* below l? */
bool	 point_eq(const struct point *, const struct point *);

void	 sc_reduce(const uint8_t in[32], struct scalar *);
void	 sc_reduce_wide(const uint8_t in[64], struct scalar *);
void	 sc_of_u64(uint64_t, struct scalar *);
void	 sc_add(const struct scalar *, const struct scalar *, struct scalar *);
void	 sc_sub(const struct scalar *, const struct scalar *, struct scalar *);
void	 sc_mul(const struct scalar *, const struct scalar *, struct scalar *);
/* a * b + c */
void	 sc_muladd(const struct scalar *a, const struct scalar *b,
	    const struct scalar *c, struct scalar *);
void	 sc_neg(const struct scalar *, struct scalar *);
void	 sc_invert(const struct scalar *, struct scalar *); /* 0 gives 0 */
bool	 sc_is_zero(const struct scalar *);

/* The out may be one of the ins.  ERR_KEY where a point does not decode. */
enum err ed_base(const struct scalar *, struct point *) must_check;
enum err ed_mul(const struct scalar *, const struct point *, struct point *)
	    must_check;
enum err ed_mul8(const struct point *, struct point *) must_check;
enum err ed_add(const struct point *, const struct point *, struct point *)
	    must_check;
enum err ed_sub(const struct point *, const struct point *, struct point *)
	    must_check;
/* a G + b H: a commitment to b under the mask a. */
enum err ed_commit(const struct scalar *a, const struct scalar *b,
	    struct point *) must_check;

/* Hs and Hp: Keccak, then a scalar or a point (all 256 bits count). */
void	 hash_to_scalar(struct span, struct scalar *);
enum err hash_to_point(const struct point *, struct point *) must_check;

/*
 * The sum of n products; ERR_KEY where one of the points does not decode.
 * The second is not constant time: verification and rings, public data alone.
 * (Who has many sums over the same points keeps these decoded: ge25519.h.)
 */
struct ed_term {
	struct scalar	k;
	struct point	p;
};
enum err ed_sum(const struct ed_term *, size_t n, struct point *) must_check;
enum err ed_sum_public(const struct ed_term *, size_t n, struct point *)
	    must_check;

#endif
