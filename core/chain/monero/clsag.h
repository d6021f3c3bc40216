/*
 * clsag.h - the ring signature of one input, without the spend secret.
 *
 * The keeper makes the nonce and the real response; everything between is
 * done here from public data and the difference z of two masks.
 *
 *	source	CLSAG (Goodell, Noether, RandomRun 2019), as Monero's RCT
 *		type 6 writes it; D is serialised as D/8
 *	shapes	a ring of n members, the real one at .real
 *	units	none
 *	owns	nothing
 *	errors	ERR_KEY (a point does not decode), ERR_MISMATCH (does not
 *		verify), ERR_RANGE, ERR_SPACE
 *	secrets	z and the noise; .real is kept from timing
 *	tests	tests/unit/monero_clsag_test.c
 */
#ifndef CORE_CHAIN_MONERO_CLSAG_H
#define CORE_CHAIN_MONERO_CLSAG_H

#include "core/base/arena.h"
#include "core/crypto/noise.h"

#define RING_MAX 16

struct ring {
	size_t		 n;
	size_t		 real;
	struct point	 key[RING_MAX];
	struct point	 commit[RING_MAX];
};

struct clsag {
	struct scalar	 s[RING_MAX];
	struct scalar	 c1;
	struct point	 d8;
};

struct clsag_ask {
	const struct ring	*ring;
	struct point		 image;		/* I = x Hp(P) */
	struct point		 pseudo;	/* Z */
	struct hash32		 message;
	struct scalar		 z;		/* real mask - pseudo mask */
	struct point		 nonce_g;	/* alpha G */
	struct point		 nonce_hp;	/* alpha Hp(P) */
};

/* All but the real response: e = c mu_P and t = c mu_C z are for the keeper,
 * whose answer alpha - e x - t goes to out->s[real]. */
enum err clsag_prepare(const struct clsag_ask *, struct noise *,
	    struct arena *scratch, struct clsag *out, struct scalar *e,
	    struct scalar *t) must_check;
enum err clsag_verify(const struct ring *, const struct point *image,
	    const struct point *pseudo, const struct hash32 *message,
	    const struct clsag *, struct arena *scratch) must_check;

#endif
