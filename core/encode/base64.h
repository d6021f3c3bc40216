/*
 * base64.h - base 64, both ways, strict.
 *
 *	source	RFC 4648 section 4: padding required, no stray bits
 *	shapes	text and bytes; white space between characters is read
 *	units	bytes
 *	owns	nothing
 *	errors	ERR_FORM, ERR_SPACE
 *	secrets	none; variable time
 *	tests	tests/unit/encode_test.c
 */
#ifndef CORE_ENCODE_BASE64_H
#define CORE_ENCODE_BASE64_H

#include "core/base/err.h"
#include "core/base/sink.h"
#include "core/base/span.h"

/* How the text was laid out, so that an answer goes out as it came in. */
struct base64_shape {
	uint32_t wrap;		/* characters a line; 0: one line */
	bool	 newline;	/* a line end after the last line */
	bool	 crlf;
};

/* Upper bound of bytes for n characters. */
#define BASE64_BYTES(n) ((n) / 4 * 3 + 3)

enum err base64_bytes(struct span text, uint8_t *out, size_t cap, size_t *n,
	    struct base64_shape *) must_check;
void	 base64_put(struct sink *, struct span, const struct base64_shape *);

#endif
