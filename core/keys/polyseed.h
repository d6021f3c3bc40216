/*
 * polyseed.h - 16 words that carry a Monero seed and its month of birth.
 *
 *	source	polyseed (tevador), version 1.0, English: 15 words of ten
 *		secret bits and one of features or birthday, before them a
 *		check word; key by PBKDF2-HMAC-SHA256
 *	shapes	words parted by white space, the first four letters of each
 *		are enough; a seed; a time
 *	units	words, bytes, seconds since 1970
 *	owns	nothing; the caller wipes
 *	errors	ERR_WORD (index of the word in *bad), ERR_RANGE (not 16),
 *		ERR_CHECKSUM (also: words for another coin), ERR_VERSION
 *		(features newer than this signer), ERR_REFUSED (encrypted with
 *		a passphrase: such a one is decrypted where it was made)
 *	secrets	words and seed; constant time, but for how long a word is and
 *		where it is none of the list; the birthday becomes public
 *	tests	tests/unit/polyseed_test.c, tests/ct
 */
#ifndef CORE_KEYS_POLYSEED_H
#define CORE_KEYS_POLYSEED_H

#include "core/base/err.h"
#include "core/base/secret.h"
#include "core/base/span.h"

#define POLYSEED_WORDS 16

/* No payment to this wallet is older than the birthday. */
enum err polyseed_read(struct span text, struct secret32 *seed,
	    uint64_t *birthday, size_t *bad) must_check;

#endif
