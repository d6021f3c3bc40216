/*
 * extra.h - the extra field of a transaction, as it came and as it goes out.
 *
 *	source	Monero: tx_extra; tags 1 (key), 2 (nonce), 4 (more keys)
 *	shapes	bytes to what is in them; parts to bytes
 *	units	bytes
 *	owns	nothing
 *	errors	none: what is wrong is a trait
 *	secrets	the payment id goes out encrypted
 *	tests	tests/unit/monero_unsigned_test.c
 */
#ifndef CORE_CHAIN_MONERO_EXTRA_H
#define CORE_CHAIN_MONERO_EXTRA_H

#include "core/base/sink.h"
#include "core/crypto/ed25519.h"

#define PAYMENT_ID 8
#define EXTRA_NONCE (1 + PAYMENT_ID)

struct extra {
	bool		has_id;
	uint8_t		id[PAYMENT_ID];
	bool		blank;		/* all zeros: a dummy */
	uint64_t	traits;
};

void	extra_read(struct span, struct extra *);
/* id NULL: none.  It must be encrypted already. */
void	extra_put(struct sink *, const struct point *tx_key,
	    const struct point *more, size_t nmore, const uint8_t *id);

#endif
