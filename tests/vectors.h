/*
 * vectors.h - official vectors, read where COLDSEAL_VECTORS says they lie.
 *
 *	source	the standards each test names
 *	shapes	JSON or text files to jansson values and bytes
 *	units	bytes
 *	owns	the caller frees what it gets (json_decref, free)
 *	errors	a missing directory skips the test; a missing file fails it
 *	secrets	none
 *	tests	is used by them
 */
#ifndef TESTS_VECTORS_H
#define TESTS_VECTORS_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "core/base/span.h"
#include "core/encode/hex.h"

static inline void
vectors_path(const char *name, char *out, size_t cap)
{
	const char *dir = getenv("COLDSEAL_VECTORS");

	if (dir == NULL) {
		print_message("COLDSEAL_VECTORS is not set: %s skipped\n",
		    name);
		skip();
	}
	assert_true((size_t)snprintf(out, cap, "%s/%s", dir, name) < cap);
}

static inline json_t *
vectors_json(const char *name)
{
	char path[1024];
	json_error_t e;
	json_t *j;

	vectors_path(name, path, sizeof(path));
	j = json_load_file(path, 0, &e);
	if (j == NULL)
		fail_msg("%s: %s", path, e.text);
	return j;
}

static inline const char *
vectors_string(const json_t *object, const char *key)
{
	const char *s = json_string_value(json_object_get(object, key));

	assert_non_null(s);
	return s;
}

/* Hexadecimal text of exactly n bytes. */
static inline void
unhex(const char *text, void *out, size_t n)
{
	size_t got = 0;

	assert_int_equal(hex_bytes(span_text(text), out, n, &got), 0);
	assert_int_equal(got, n);
}

#endif
