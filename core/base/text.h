/*
 * text.h - foreign text made visible.
 *
 * What comes from a file or a file name may hold line ends, escapes,
 * right-to-left marks, look-alikes.  On screen it is printable ASCII only:
 * every other byte becomes \xNN and a backslash becomes \\, so that two
 * different texts never look the same.
 *
 *	source	known attack 8; RFC 3629 for UTF-8
 *	shapes	span in, NUL-terminated printable ASCII out
 *	units	bytes
 *	owns	nothing
 *	errors	ERR_SPACE
 *	secrets	none
 *	tests	tests/unit/text_test.c
 */
#ifndef CORE_BASE_TEXT_H
#define CORE_BASE_TEXT_H

#include "core/base/err.h"
#include "core/base/span.h"

/* out needs 4 * n + 1 bytes at worst. */
enum err	text_escape(struct span, char *out, size_t cap) must_check;
bool		text_is_printable(struct span);
/* Nor can columns be made of it, which would look like a line of ours. */
bool		text_is_plain(struct span);
/* Length of the UTF-8 character that begins at i and, if it is wanted, its
 * number; 0 where none begins: cut short, overlong, a surrogate. */
size_t		text_character(struct span, size_t i, uint32_t *number);

#endif
