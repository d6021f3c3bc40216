/*
 * seedxor.h - Seed XOR: several sets of BIP39 words that together are one.
 *
 * Import alone.  Every part is a set of words with a checksum of its own; that
 * a part is missing, or belongs to another seed, nothing tells.
 *
 *	source	Coldcard's Seed XOR: the exclusive or of the parts' entropy,
 *		and its checksum
 *	shapes	sets of 12, 18 or 24 words, all of one length
 *	units	words
 *	owns	nothing; the caller wipes
 *	errors	ERR_RANGE (fewer than two, other lengths), ERR_DUPLICATE (two
 *		parts alike: they would cancel out)
 *	secrets	all; constant time
 *	tests	tests/unit/seedxor_test.c, tests/ct
 */
#ifndef CORE_KEYS_SEEDXOR_H
#define CORE_KEYS_SEEDXOR_H

#include "core/keys/bip39.h"

#define SEEDXOR_PARTS 8

enum err seedxor_join(const struct mnemonic *part, size_t n,
	    struct mnemonic *) must_check;

#endif
