/*
 * kdf.h - HMAC-SHA256 and HMAC-SHA512, and PBKDF2 over either; scrypt.
 *
 *	source	RFC 2104, RFC 8018 (libsodium's HMAC); BIP39 uses 2048
 *		rounds, polyseed 10,000 of the shorter hash
 *	shapes	spans in, secret64 or secret32 out
 *	units	bytes, rounds
 *	owns	nothing
 *	errors	scrypt: ERR_SPACE
 *	secrets	key, password and result; constant time in the contents
 *	tests	tests/unit/kdf_test.c
 */
#ifndef CORE_CRYPTO_KDF_H
#define CORE_CRYPTO_KDF_H

#include "core/base/err.h"
#include "core/base/secret.h"
#include "core/base/span.h"

void	hmac_sha256(struct span key, struct span data, struct secret32 *);
void	hmac_sha512(struct span key, struct span data, struct secret64 *);
void	pbkdf2_sha512(struct span password, struct span salt, uint32_t rounds,
	    struct secret64 *);
void	pbkdf2_sha256(struct span password, struct span salt, uint32_t rounds,
	    struct secret32 *);
/* The same in pieces, for rounds without number: begun, gone on with until none
 * is left; then the result is .sum. */
#define PBKDF2_STATE 256		/* libsodium's, with the key absorbed */
struct pbkdf2 {
	_Alignas(16) uint8_t	state[PBKDF2_STATE];
	struct secret32		last, sum;
	uint32_t		left;
};
void	pbkdf2_begin(struct pbkdf2 *, struct span password, struct span salt,
	    uint32_t rounds);
void	pbkdf2_go(struct pbkdf2 *, uint32_t rounds);
/* RFC 7914 with r 8 and p 1; it takes 1 KiB times N of memory (ERR_SPACE), and
 * its accesses follow the password. */
enum err scrypt(struct span password, struct span salt, unsigned log_n,
	    struct secret32 *) must_check;

#endif
