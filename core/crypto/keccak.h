/*
 * keccak.h - Keccak with the original padding, as Monero and Ethereum hash.
 *
 *	source	Keccak-f[1600], rate 136, padding 0x01 (not SHA-3's 0x06); no
 *		library of ours has it
 *	shapes	span in, hash32 out; a streaming state; the 200-byte state
 *	units	bytes
 *	owns	nothing
 *	errors	none
 *	secrets	constant time in the contents
 *	tests	tests/unit/keccak_test.c
 */
#ifndef CORE_CRYPTO_KECCAK_H
#define CORE_CRYPTO_KECCAK_H

#include "core/base/secret.h"
#include "core/base/sink.h"
#include "core/base/span.h"

struct keccak {
	uint64_t lane[25];
	size_t	 at;			/* bytes of this block taken in */
};

void	keccak_f(uint64_t lane[25]);
void	keccak_begin(struct keccak *);
void	keccak_put(struct keccak *, struct span);
void	keccak_end(struct keccak *, struct hash32 *);
void	keccak_state(struct keccak *, uint8_t out[200]);	/* ends it */
struct sink sink_to_keccak(struct keccak *);

void	keccak256(struct span, struct hash32 *);

#endif
