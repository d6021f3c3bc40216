/*
 * span.h - a borrowed, read-only run of bytes.
 *
 * A span owns nothing.  It is valid as long as what it points into.
 *
 *	source	design, section 3
 *	shapes	pointer and length
 *	units	bytes
 *	owns	nothing
 *	errors	none
 *	secrets	span_eq is variable time: never for secrets (ct_equal is)
 *	tests	tests/unit/base_test.c
 */
#ifndef CORE_BASE_SPAN_H
#define CORE_BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct span {
	const uint8_t	*p;
	size_t		 n;
};

#define SPAN_OF(array) ((struct span){ (array), sizeof(array) })

static inline struct span
span_of(const void *p, size_t n)
{
	return (struct span){ p, n };
}

static inline struct span
span_text(const char *s)
{
	return (struct span){ (const uint8_t *)s, strlen(s) };
}

static inline bool
span_eq(struct span a, struct span b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

#endif
