/*
 * noise.h - one seed of fresh randomness, drawn out and hedged.
 *
 * Proofs want many random scalars.  They come from one 32-byte seed of the
 * one source, mixed with the secret and the message at hand: should the
 * source ever repeat itself, two messages still get different scalars.
 *
 *	source	ChaCha20 (libsodium) keyed by Keccak-256 of the parts
 *	shapes	a stream of bytes and of scalars
 *	units	bytes
 *	owns	itself; wiped by noise_end
 *	errors	none
 *	secrets	all of it; constant time
 *	tests	tests/unit/noise_test.c
 */
#ifndef CORE_CRYPTO_NOISE_H
#define CORE_CRYPTO_NOISE_H

#include "core/crypto/ed25519.h"

struct noise {
	struct secret32	key;
	uint64_t	block;
};

void	noise_begin(struct noise *, const struct secret32 *seed,
	    struct span secret, struct span message);
void	noise_bytes(struct noise *, void *, size_t);
void	noise_scalar(struct noise *, struct scalar *);	/* never zero */
/* Below n, without bias; n is not 0. */
uint32_t noise_below(struct noise *, uint32_t n);
void	noise_end(struct noise *);

#endif
