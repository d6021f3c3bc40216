/*
 * age.h - a file under a passphrase that every copy of the age program opens.
 *
 * Written: one scrypt recipient, binary, one chunk.  Read: that, and nothing
 * else of the format; no armor, no keys.  Because of that the header has a
 * fixed form, and reading it is comparing it with the one that its four fields
 * make.
 *
 *	source	age-encryption.org/v1: scrypt recipient (RFC 7914), HKDF and
 *		HMAC of SHA-256 (RFC 5869), ChaCha20-Poly1305 (RFC 8439)
 *	shapes	bytes to bytes
 *	units	bytes; the cost is the logarithm of scrypt's N
 *	owns	nothing; scrypt's memory (1 KiB times N) is mapped inside
 *	errors	ERR_TOO_LARGE (more than a chunk), ERR_SPACE (no memory), and
 *		of reading: ERR_FORM (no such file), ERR_RANGE (cost),
 *		ERR_PASSPHRASE, ERR_MISMATCH (changed since it was written)
 *	secrets	passphrase, file key, what is in it; constant time, but for
 *		scrypt, whose memory accesses follow the passphrase
 *	tests	tests/unit/age_test.c, tests/peers/age.py,
 *		tests/fuzz/fuzz_text.c
 */
#ifndef CORE_KEYS_AGE_H
#define CORE_KEYS_AGE_H

#include "core/base/chance.h"
#include "core/base/err.h"
#include "core/base/span.h"

#define AGE_COST 18			/* 256 MiB: what age itself takes */
#define AGE_COST_MIN 10
#define AGE_COST_MAX 20			/* 1 GiB */
#define AGE_TEXT_MAX 61440		/* in one file of ours */
#define AGE_OVER 256			/* what the format adds, at most */

/* out: n + AGE_OVER bytes. */
enum err age_seal(struct span passphrase, unsigned cost, struct span text,
	    fill_random *, uint8_t *out, size_t *n) must_check;
/* out: as long as the file. */
enum err age_open(struct span passphrase, struct span file, uint8_t *out,
	    size_t *n) must_check;

#endif
