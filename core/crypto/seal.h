/*
 * seal.h - a passphrase made into a key, keys from that key, and boxes that
 * open only with theirs.
 *
 *	source	RFC 9106 (Argon2id, version 0x13, one lane); BLAKE2b with a
 *		key (RFC 7693); XChaCha20-Poly1305 as in
 *		draft-irtf-cfrg-xchacha-03: all by libsodium
 *	shapes	a box is as long as what is in it and SEAL_TAG more
 *	units	bytes; memory in KiB
 *	owns	nothing; Argon2's memory is mapped and unmapped inside
 *	errors	ERR_SPACE (no memory for Argon2), ERR_MISMATCH (a box that was
 *		not made with this key, nonce and label)
 *	secrets	passphrase, keys, what is in a box; constant time but for
 *		Argon2id's second half, whose memory accesses follow the
 *		passphrase (RFC 9106, section 9)
 *	tests	tests/unit/seal_test.c
 */
#ifndef CORE_CRYPTO_SEAL_H
#define CORE_CRYPTO_SEAL_H

#include "core/base/err.h"
#include "core/base/secret.h"
#include "core/base/span.h"

#define SEAL_SALT 16
#define SEAL_NONCE 24
#define SEAL_TAG 16

struct cost { uint32_t passes, kib; };

enum err argon2id(struct span passphrase, const uint8_t salt[SEAL_SALT],
	    struct cost, struct secret32 *) must_check;
/* BLAKE2b-256 of a text, under a key: another key for each use. */
void	 key_for(const struct secret32 *, const char *use, struct secret32 *);
/* BLAKE2b-256 of any bytes, under a key. */
void	 keyed_hash(const struct secret32 *, struct span, struct hash32 *);

/* out: in.n + SEAL_TAG bytes.  A nonce is used once and never again. */
void	 box_close(const struct secret32 *, const uint8_t nonce[SEAL_NONCE],
	    struct span label, struct span in, uint8_t *out);
/* out: in.n - SEAL_TAG bytes; zeros where it does not open. */
enum err box_open(const struct secret32 *, const uint8_t nonce[SEAL_NONCE],
	    struct span label, struct span in, uint8_t *out) must_check;

#endif
