/*
 * base58_monero.h - Monero's base 58: by blocks, not as one large number.
 *
 * Each 8 bytes, big-endian, become 11 characters; a shorter last block of n
 * bytes becomes as many characters as its largest number needs.
 *
 *	source	Monero's address format (CryptoNote standard 7)
 *	shapes	bytes and NUL-terminated text
 *	units	bytes
 *	owns	nothing
 *	errors	ERR_FORM (a character, a length, a block too large for its
 *		bytes), ERR_SPACE
 *	secrets	none; variable time
 *	tests	tests/unit/base58_monero_test.c
 */
#ifndef CORE_ENCODE_BASE58_MONERO_H
#define CORE_ENCODE_BASE58_MONERO_H

#include "core/base/err.h"
#include "core/base/span.h"

enum err base58_monero_text(struct span, char *out, size_t cap) must_check;
enum err base58_monero_bytes(struct span text, uint8_t *out, size_t cap,
	    size_t *n) must_check;

#endif
