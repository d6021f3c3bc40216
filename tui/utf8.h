/*
 * utf8.h - text to code points and back, one column each.
 *
 * What is drawn is our own text, escaped ASCII, or what the owner typed.
 *
 *	source	RFC 3629
 *	shapes	NUL-terminated UTF-8; code points
 *	units	bytes, columns
 *	owns	nothing
 *	errors	a byte that begins no sequence is U+FFFD, never a fault
 *	secrets	none of its own
 *	tests	tests/unit/tui_canvas_test.c
 */
#ifndef TUI_UTF8_H
#define TUI_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* Steps over one code point; 0 at the end. */
uint32_t utf8_next(const char **);
/* Writes 1 to 4 bytes, returns how many. */
size_t	 utf8_put(uint32_t, char out[4]);
size_t	 utf8_columns(const char *);

#endif
