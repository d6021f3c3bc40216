/*
 * aead.h - ChaCha20-Poly1305 with a nonce of twelve bytes and no other data.
 *
 *	source	RFC 8439, by libsodium
 *	shapes	as many bytes out as in and AEAD_TAG more; out and in apart
 *	units	bytes
 *	owns	nothing
 *	errors	ERR_MISMATCH: not made with this key and nonce
 *	secrets	key and text; constant time
 *	tests	tests/unit/age_test.c
 */
#ifndef CORE_CRYPTO_AEAD_H
#define CORE_CRYPTO_AEAD_H

#include "core/base/err.h"
#include "core/base/secret.h"
#include "core/base/span.h"

#define AEAD_NONCE 12
#define AEAD_TAG 16

void	 aead_close(const struct secret32 *, const uint8_t nonce[AEAD_NONCE],
	    struct span in, uint8_t *out);
/* out: in.n - AEAD_TAG bytes. */
enum err aead_open(const struct secret32 *, const uint8_t nonce[AEAD_NONCE],
	    struct span in, uint8_t *out) must_check;

#endif
