/*
 * passphrase.h - how long a passphrase must be, and what its length is worth.
 *
 * The length is all that can be told; a meter would only guess.
 *
 *	source	design, section 1: a thief tries passphrases, at a cost each
 *	shapes	a length in, a verdict and a sentence out
 *	units	bytes
 *	owns	nothing
 *	errors	ERR_RANGE, with the bounds
 *	secrets	none: the length only
 *	tests	tests/unit/text_test.c
 */
#ifndef CORE_BASE_PASSPHRASE_H
#define CORE_BASE_PASSPHRASE_H

#include <stddef.h>

#include "core/base/err.h"

#define PASSPHRASE_LEAST 8
#define PASSPHRASE_MOST 256		/* of a vault */
#define PASSPHRASE_LEAST_KEYS 12	/* of a file that may lie anywhere */

enum passphrase_worth {
	PASSPHRASE_TOO_SHORT,		/* refused */
	PASSPHRASE_SHORT,
	PASSPHRASE_FAIR,
	PASSPHRASE_LONG
};

enum passphrase_worth passphrase_worth(size_t n, size_t least);
const char	*passphrase_says(enum passphrase_worth);
/* May a vault have one of that length? */
enum err passphrase_fits(size_t n, struct fault *) must_check;

#endif
