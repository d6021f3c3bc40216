/*
 * bpp.h - Bulletproofs+: that the amounts of all outputs are 64-bit numbers.
 *
 *	source	Bulletproofs+ (Chung and others 2020), as Monero's RCT type 6
 *		has it: every point of the proof carries a factor 1/8
 *	shapes	1 to 16 amounts with their masks in, one proof out
 *	units	base units
 *	owns	nothing
 *	errors	ERR_RANGE, ERR_SPACE, ERR_MISMATCH (does not verify), ERR_KEY
 *	secrets	amounts, masks and the noise: constant time
 *	tests	tests/unit/monero_bpp_test.c
 */
#ifndef CORE_CHAIN_MONERO_BPP_H
#define CORE_CHAIN_MONERO_BPP_H

#include "core/base/arena.h"
#include "core/crypto/noise.h"

#define BPP_AMOUNTS 16
#define BPP_ROUNDS 10			/* 6 + log2 of 16 */

struct bpp {
	struct point	 a, a1, b;
	struct scalar	 r1, s1, d1;
	size_t		 rounds;
	struct point	 l[BPP_ROUNDS], r[BPP_ROUNDS];
};

/* The scratch must hold BPP_SCRATCH bytes. */
#define BPP_SCRATCH ((size_t)4 << 20)

enum err bpp_prove(const uint64_t *amount, const struct scalar *mask,
	    size_t n, struct noise *, struct arena *scratch, struct bpp *)
	    must_check;
/* Against the commitments C (not C/8) as the transaction has them. */
enum err bpp_verify(const struct bpp *, const struct point *commit, size_t n,
	    struct arena *scratch) must_check;

#endif
