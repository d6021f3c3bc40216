/*
 * hex.h - base 16, both ways, strict.
 *
 *	source	RFC 4648 section 8; either case is read, lower is written
 *	shapes	span of text to bytes, span of bytes to NUL-terminated text
 *	units	bytes
 *	owns	nothing
 *	errors	ERR_FORM (odd length, other characters), ERR_SPACE
 *	secrets	both sides, in constant time; whether it is one is none
 *	tests	tests/unit/encode_test.c, tests/ct
 */
#ifndef CORE_ENCODE_HEX_H
#define CORE_ENCODE_HEX_H

#include "core/base/err.h"
#include "core/base/span.h"

/* out needs 2 * n + 1 bytes. */
void	 hex_text(struct span, char *out);
enum err hex_bytes(struct span text, uint8_t *out, size_t cap, size_t *n)
	    must_check;

#endif
