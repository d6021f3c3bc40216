/*
 * hash.h - SHA-256 and what Bitcoin builds from hashes.
 *
 *	source	FIPS 180-4 (libsodium); RIPEMD-160: Dobbertin, Bosselaers,
 *		Preneel 1996 (no library of ours has it); BIP340 tagged hash
 *	shapes	span in, hash32 or hash20 out; a streaming state
 *	units	bytes
 *	owns	nothing
 *	errors	none
 *	secrets	constant time in the contents
 *	tests	tests/unit/hash_test.c
 */
#ifndef CORE_CRYPTO_HASH_H
#define CORE_CRYPTO_HASH_H

#include <sodium.h>

#include "core/base/secret.h"
#include "core/base/sink.h"
#include "core/base/span.h"

struct sha256 {
	crypto_hash_sha256_state s;
};

void	sha256_begin(struct sha256 *);
void	sha256_put(struct sha256 *, struct span);
void	sha256_end(struct sha256 *, struct hash32 *);
/* A serialiser may write straight into the hash. */
struct sink sink_to_sha256(struct sha256 *);

void	sha256(struct span, struct hash32 *);
void	hash256(struct span, struct hash32 *);		/* SHA-256 twice */
void	hash256_end(struct sha256 *, struct hash32 *);
void	sha512(struct span, struct secret64 *);
void	ripemd160(struct span, struct hash20 *);
void	hash160(struct span, struct hash20 *);	/* RIPEMD of SHA-256 */
/* BIP340: SHA-256 begun with SHA256(tag) twice. */
void	tagged_begin(struct sha256 *, const char *tag);

#endif
