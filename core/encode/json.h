/*
 * json.h - members of a JSON text, found in place.
 *
 * The text is checked whole before anything in it is believed; a name that
 * stands twice in one object makes it malformed.
 *
 *	source	RFC 8259; our own bounds: 32 levels, escapes of ASCII, and
 *		of all in json_text
 *	shapes	span of a value to the spans of the values in it
 *	units	bytes
 *	owns	nothing; spans point into the text
 *	errors	ERR_FORM, ERR_TOO_LARGE (too deep), ERR_TRAILING, ERR_SPACE,
 *		ERR_MISSING
 *	secrets	none; variable time
 *	tests	tests/unit/json_test.c
 */
#ifndef CORE_ENCODE_JSON_H
#define CORE_ENCODE_JSON_H

#include "core/base/err.h"
#include "core/base/span.h"

/* One value and white space around it, nothing else. */
enum err json_check(struct span text, size_t *at) must_check;

/* Of a text that was checked.  ERR_MISSING: not there; ERR_DUPLICATE. */
enum err json_member(struct span object, const char *name, struct span *out)
	    must_check;
/* The value behind a path of names: "quorum.requiredSigners". */
enum err json_at(struct span object, const char *path, struct span *out)
	    must_check;
/* ERR_MISSING: past the end. */
enum err json_item(struct span array, size_t i, struct span *out) must_check;
/* Its characters and their end: no control characters; beyond ASCII bytes as
 * they stand, for whoever shows them to escape. */
enum err json_chars(struct span value, char *out, size_t cap) must_check;
/* All of a string, as UTF-8: what is escaped in it, and any character. */
enum err json_text(struct span value, uint8_t *out, size_t cap, size_t *len)
	    must_check;

#endif
