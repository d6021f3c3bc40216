/*
 * finalists.h - four hashes that did not become SHA-3, 256 bits each.
 *
 * CryptoNight ends with one of them.  No library of ours has any.
 *
 *	source	the last round's submissions to NIST: BLAKE-256 with 14
 *		rounds (Aumasson and others), Groestl-256 (Gauravaram and
 *		others), JH-256 with 42 rounds (Wu), Skein-512-256 (Ferguson
 *		and others)
 *	shapes	span in, hash32 out
 *	units	whole bytes
 *	owns	nothing
 *	errors	none
 *	secrets	constant time in the contents; what they leave is wiped
 *	tests	tests/unit/finalists_test.c
 */
#ifndef CORE_CRYPTO_FINALISTS_H
#define CORE_CRYPTO_FINALISTS_H

#include "core/base/secret.h"
#include "core/base/span.h"

void	blake256(struct span, struct hash32 *);
void	groestl256(struct span, struct hash32 *);
void	jh256(struct span, struct hash32 *);
void	skein512_256(struct span, struct hash32 *);

#endif
