/*
 * shield.h - secrets that are seldom needed, sealed while they lie in memory.
 *
 * The key is a hash of a room full of randomness: who reads a part of memory,
 * or all of it with errors, has nothing.  Who reads all of it without one has
 * all: this is no wall against a process that was taken over.
 *
 *	source	design, section 2; the shielding of private keys in OpenSSH
 *	shapes	n bytes to n + SHIELD_MORE bytes and back
 *	units	bytes
 *	owns	nothing; the room stands in locked memory, as the box may
 *	errors	ERR_MISMATCH (not closed under this room)
 *	secrets	the room, what is closed; constant time
 *	tests	tests/unit/seal_test.c, tests/proc/secrets.py
 */
#ifndef CORE_CRYPTO_SHIELD_H
#define CORE_CRYPTO_SHIELD_H

#include "core/crypto/seal.h"

#define SHIELD_ROOM 16384
#define SHIELD_MORE (SEAL_NONCE + SEAL_TAG)

/* All zeros it works, and shields nothing: fill it with randomness. */
struct shield { uint8_t room[SHIELD_ROOM]; };

/* nonce: another one each time; it stands before the box. */
void	 shield_close(const struct shield *, const uint8_t nonce[SEAL_NONCE],
	    struct span in, uint8_t *out);
enum err shield_open(const struct shield *, struct span box, void *out)
	    must_check;

#endif
