/*
 * bpp_parts.h - what the prover and the verifier of range proofs share.
 *
 *	source	Bulletproofs+ (Chung and others 2020); Monero's generators
 *	shapes	m amounts, padded to a power of two, make n = 64 m bits
 *	units	none
 *	owns	nothing
 *	errors	ERR_SPACE, ERR_RANGE, ERR_MISMATCH (a challenge of zero)
 *	secrets	none: generators and the transcript are public
 *	tests	tests/unit/monero_bpp_test.c
 */
#ifndef CORE_CHAIN_MONERO_BPP_PARTS_H
#define CORE_CHAIN_MONERO_BPP_PARTS_H

#include "core/chain/monero/bpp.h"
#include "core/crypto/ge25519.h"

#define BPP_BITS 64

/* gen(2i) and gen(2i + 1) of Monero: H_i and G_i. */
enum err bpp_generators(size_t n, struct ge *g, struct ge *h) must_check;

/* How many amounts n is padded to, and the rounds that makes. */
size_t	 bpp_padded(size_t n);
size_t	 bpp_rounds(size_t n);

/* The transcript: it begins with the commitments, each divided by eight;
 * then every challenge is a hash of the last and one or two points. */
void	 bpp_begin(const struct point *v, size_t n, struct scalar *t);
enum err bpp_challenge(struct scalar *t, const struct point *first,
	    const struct point *second) must_check;
/* y and z; t becomes z. */
enum err bpp_yz(struct scalar *t, const struct point *a, struct scalar *y)
	    must_check;

/* 1, x, x^2 .. x^(n - 1) */
void	 bpp_powers(const struct scalar *x, size_t n, struct scalar *out);

#endif
