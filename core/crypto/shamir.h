/*
 * shamir.h - values of a polynomial over a field of 2^8 or 2^5 elements, from
 * some of its values: what shares of a secret are made and put together by.
 *
 *	source	SLIP-39 (the field of AES); BIP93 (the field of Bech32);
 *		Lagrange's formula
 *	shapes	rows of equal length, an element a byte, each row at its x
 *	units	elements
 *	owns	nothing
 *	errors	ERR_DUPLICATE: two rows at one x
 *	secrets	the rows; constant time, no table is indexed by them.  Where a
 *		row stands (x) is public
 *	tests	tests/unit/slip39_test.c, tests/unit/codex32_test.c, tests/ct
 */
#ifndef CORE_CRYPTO_SHAMIR_H
#define CORE_CRYPTO_SHAMIR_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/err.h"

#define SHAMIR_ROWS 32			/* at a time */

enum field { FIELD_256, FIELD_32 };

struct shamir_row {
	uint8_t		 x;
	const uint8_t	*y;
};

/* Of n rows of len elements: the row at x, to out. */
enum err shamir_at(enum field, const struct shamir_row *, size_t n,
	    uint8_t x, uint8_t *out, size_t len) must_check;

#endif
