/*
 * page_shown.h - a page as it is read, compared with a file.
 *
 * With COLDSEAL_GOLDEN_UPDATE set the files are written anew instead.
 *
 *	source	design, section 6
 *	shapes	page to text, one line after the other
 *	units	columns
 *	owns	nothing; all in the arena given
 *	errors	fails the test
 *	secrets	none
 *	tests	this is for them
 */
#ifndef TESTS_UNIT_PAGE_SHOWN_H
#define TESTS_UNIT_PAGE_SHOWN_H

#include <stdio.h>
#include <stdlib.h>

#include "core/review/page.h"

static inline size_t
shown_columns(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++)
		n += ((uint8_t)*s & 0xc0) != 0x80;
	return n;
}

/* All lines, each ended; every one within the width. */
static inline char *
shown(const struct page *p, const char *title, unsigned width,
    struct arena *a)
{
	struct page_line *line;
	char *out;
	size_t i, n, o = 0, k;

	assert_int_equal(page_lines(p, title, width, a, &line, &n), 0);
	for (i = 0; i < n; i++)
		o += strlen(line[i].text) + 1;
	out = arena_new(a, char, o + 1);
	assert_non_null(out);
	for (i = 0, o = 0; i < n; i++) {
		if (shown_columns(line[i].text) > width)
			fail_msg("%s: wider than %u: %s", title, width,
			    line[i].text);
		assert_true(line[i].margin < width);
		k = strlen(line[i].text);
		memcpy(out + o, line[i].text, k);
		o += k;
		out[o++] = '\n';
	}
	return out;
}

static inline void
check_golden(const char *name, const char *text, struct arena *a)
{
	char path[160], *want;
	size_t n, most = strlen(text) + 4096;
	FILE *f;

	(void)snprintf(path, sizeof(path), "tests/golden/pages/%s.txt", name);
	if (getenv("COLDSEAL_GOLDEN_UPDATE") != NULL) {
		assert_non_null(f = fopen(path, "w"));
		assert_true(fputs(text, f) >= 0);
		assert_int_equal(fclose(f), 0);
	}
	if ((f = fopen(path, "r")) == NULL)
		fail_msg("%s is missing", path);
	assert_non_null(want = arena_new(a, char, most + 1));
	n = fread(want, 1, most, f);
	want[n] = '\0';
	(void)fclose(f);
	assert_string_equal(text, want);
}

#endif
