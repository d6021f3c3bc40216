/*
 * base58.h - base 58 with its four-byte checksum.
 *
 *	source	Bitcoin's Base58Check
 *	shapes	payload bytes and NUL-terminated text
 *	units	bytes; payloads of at most BASE58_MAX
 *	owns	nothing
 *	errors	ERR_FORM, ERR_CHECKSUM, ERR_SPACE
 *	secrets	none; variable time
 *	tests	tests/unit/encode_test.c
 */
#ifndef CORE_ENCODE_BASE58_H
#define CORE_ENCODE_BASE58_H

#include "core/base/err.h"
#include "core/base/span.h"

#define BASE58_MAX 128			/* payload bytes */
#define BASE58_TEXT_MAX 190		/* characters with NUL */

extern const char base58_alphabet[59];

/* Without the checksum; at most BASE58_MAX and four bytes. */
enum err base58_text(struct span, char *out, size_t cap) must_check;
enum err base58_bytes(struct span text, uint8_t *out, size_t cap, size_t *n)
	    must_check;

enum err base58check_text(struct span payload, char *out, size_t cap)
	    must_check;
enum err base58check_bytes(struct span text, uint8_t *out, size_t cap,
	    size_t *n) must_check;

#endif
