/*
 * cryptonight.h - CryptoNight, variant 0: the key of Monero's offline files.
 *
 * The one place where memory is addressed by secret data: that is the
 * function's nature.  Its input is a view key, which is no spending secret.
 *
 *	source	CryptoNight (CNS008); BLAKE-256, Groestl-256, JH-256 and
 *		Skein-512-256 as of the SHA-3 final round; FIPS 197
 *	shapes	span in, secret32 out; 2 MiB of scratch from the arena
 *	units	bytes
 *	owns	nothing; the scratch is wiped
 *	errors	ERR_SPACE
 *	secrets	the input and the output; scratchpad addresses depend on them,
 *		AES has no tables: the processor's own, or computed
 *	tests	tests/unit/cryptonight_test.c
 */
#ifndef CORE_CRYPTO_CRYPTONIGHT_H
#define CORE_CRYPTO_CRYPTONIGHT_H

#include "core/base/arena.h"
#include "core/base/err.h"
#include "core/base/secret.h"
#include "core/base/span.h"

#define CRYPTONIGHT_SCRATCH ((size_t)2 << 20)

/* By the processor's instruction, or without it: the same. */
enum err cryptonight_by(bool cpu, struct span, struct arena *scratch,
	    struct secret32 *) must_check;
enum err cryptonight(struct span, struct arena *scratch, struct secret32 *)
	    must_check;

#endif
