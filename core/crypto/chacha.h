/*
 * chacha.h - ChaCha20 with a nonce of eight bytes.
 *
 *	source	Bernstein 2008 (64-bit counter from 0; not RFC 8439's form);
 *		libsodium
 *	shapes	as many bytes out as in; in and out may be the same
 *	units	bytes
 *	owns	nothing
 *	errors	none
 *	secrets	key and text; constant time
 *	tests	tests/unit/monero_frame_test.c
 */
#ifndef CORE_CRYPTO_CHACHA_H
#define CORE_CRYPTO_CHACHA_H

#include "core/base/secret.h"
#include "core/base/span.h"

#define CHACHA_NONCE 8

void	chacha20_xor(const struct secret32 *key,
	    const uint8_t nonce[CHACHA_NONCE], struct span in, uint8_t *out);

#endif
