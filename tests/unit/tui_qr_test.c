/* A QR code on the canvas: where it fits, its border, what a reader sees.  The
 * reader is zbarimg (package zbar-tools); without it that is skipped. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "tui/widget/qr.h"

#define SCALE 6		/* pixels a module */

static const char segwit[] = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
static const char taproot[] =
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0";
static const char monero[] = "4AdUndXHHZ6cfufTMvppY6JwXNouMBzSkbLYfpAV5Usx3skx"
    "NgYeYTRj5UzqtReoS44qo9mtmXCqY45DJ852K5Jv2684Rge";

/* Light or dark, in modules: half a cell, or half of two. */
static bool
is_dark(const struct canvas *c, bool blocks, int x, int y)
{
	const struct cell *p = &c->cell[(blocks ? y / 2 : y) * c->w +
	    (blocks ? x : 2 * x)];

	if (!blocks)
		return p->style == STYLE_QR_DARK;
	return p->ch == 0x2588 || p->ch == (y % 2 == 0 ? 0x2580u : 0x2584u);
}

static bool
is_code(const struct canvas *c, bool blocks, int x, int y)
{
	const struct cell *p = &c->cell[(blocks ? y / 2 : y) * c->w +
	    (blocks ? x : 2 * x)];

	return p->style == STYLE_QR || p->style == STYLE_QR_DARK;
}

/* As a camera sees it; what is not the code is dark, as a terminal is. */
static void
photograph(const struct canvas *c, bool blocks, bool inverted,
    const char *path)
{
	int w = blocks ? c->w : c->w / 2, h = blocks ? 2 * c->h : c->h, x, y;
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	(void)fprintf(f, "P5 %d %d 255\n", w * SCALE, h * SCALE);
	for (y = 0; y < h * SCALE; y++)
		for (x = 0; x < w * SCALE; x++) {
			int mx = x / SCALE, my = y / SCALE;
			bool dark = !is_code(c, blocks, mx, my) ||
			    is_dark(c, blocks, mx, my) != inverted;

			(void)fputc(dark ? 20 : 170, f);
		}
	assert_int_equal(fclose(f), 0);
}

static bool
read_back(const struct canvas *c, bool blocks, bool inverted, char *out,
    size_t cap)
{
	char path[] = "/tmp/coldseal-qr-XXXXXX", cmd[96];
	int fd = mkstemp(path);
	FILE *p;

	assert_true(fd >= 0);
	(void)close(fd);
	photograph(c, blocks, inverted, path);
	(void)snprintf(cmd, sizeof(cmd), "zbarimg -q --raw %s 2>/dev/null",
	    path);
	assert_non_null(p = popen(cmd, "r"));
	memset(out, 0, cap);
	(void)!fread(out, 1, cap - 1, p);
	(void)pclose(p);
	(void)unlink(path);
	out[strcspn(out, "\n")] = '\0';
	return out[0] != '\0';
}

static void
canvas(struct canvas *c, int w, int h)
{
	assert_int_equal(canvas_new(c, w, h), 0);
	canvas_clear(c);
}

/* Drawn where screens draw it: below a header, above a footer. */
static bool
drawn(struct canvas *c, const char *text, bool blocks)
{
	struct qr_box box = { 0, 1, c->w, c->h - 2, blocks };
	int cols = 0;

	canvas_clear(c);
	return qr_draw(c, &box, text, &cols) && cols > 0 && cols <= c->w;
}

static void
must_read(struct canvas *c, const char *text, bool blocks)
{
	char got[1024];

	if (!drawn(c, text, blocks))
		fail_msg("no room for %s", text);
	if (!read_back(c, blocks, false, got, sizeof(got)))
		fail_msg("not readable: %s", text);
	assert_string_equal(got, text);
}

static void
test_qr_a_reader_reads_what_is_drawn(void **state)
{
	struct canvas small, large;
	char got[1024], lines[301];

	(void)state;
	if (system("command -v zbarimg > /dev/null") != 0) {
		print_message("zbarimg (package zbar-tools) is not there\n");
		skip();
	}
	memset(lines, 'x', sizeof(lines) - 1);
	lines[sizeof(lines) - 1] = '\0';
	canvas(&small, 80, 24);
	canvas(&large, 200, 70);
	must_read(&small, segwit, true);
	must_read(&small, taproot, true);
	must_read(&small, monero, true);
	must_read(&large, taproot, true);
	must_read(&large, lines, true);
	must_read(&large, segwit, false);
	must_read(&large, monero, false);
	/* the control: the test sees light and dark swapped or no border */
	assert_true(drawn(&small, segwit, true));
	small.cell[3 * small.w + 6].ch = ' ';
	small.cell[4 * small.w + 5].ch = ' ';
	memset(&small.cell[8 * small.w], 0, (size_t)small.w * 6 *
	    sizeof(struct cell));
	assert_false(read_back(&small, true, false, got, sizeof(got)));
	canvas_end(&small);
	canvas_end(&large);
}

/* Version 5, with a border, between the bars of 80 by 24; no more. */
static void
test_qr_room(void **state)
{
	static const struct { size_t n; bool fits; } all[] = { { 1, true },
	    { 106, true }, { 107, false }, { 2953, false }, { 2954, false } };
	char *text = calloc(1, 4096);
	struct canvas c, wide;
	size_t i;
	int cols = 0;

	(void)state;
	assert_non_null(text);
	canvas(&c, 80, 24);
	canvas(&wide, 200, 100);
	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		memset(text, 'x', all[i].n);
		assert_int_equal(drawn(&c, text, true), all[i].fits);
		assert_int_equal(drawn(&wide, text, true),
		    all[i].n < 2954);
	}
	assert_int_equal(qr_rows(monero, true, &cols), 21);
	assert_int_equal(cols, 41);
	assert_int_equal(qr_rows(monero, false, &cols), 41);
	assert_int_equal(cols, 82);
	assert_int_equal(qr_rows(text, true, &cols), 0);
	assert_false(drawn(&c, segwit, false));	/* without half blocks */
	canvas_end(&c);
	canvas_end(&wide);
	free(text);
}

static void
test_qr_has_a_border_and_touches_nothing_else(void **state)
{
	struct canvas c;
	int x, y, n = 0;

	(void)state;
	canvas(&c, 80, 24);
	assert_true(drawn(&c, segwit, true));
	for (y = 0; y < 48; y++)
		for (x = 0; x < 80; x++)
			n += is_code(&c, true, x, y);
	/* version 4: 33 modules, four around them, an even number of rows */
	assert_int_equal(n, 41 * 42);
	for (y = 0; y < 48; y++)
		for (x = 0; x < 80; x++)
			if (is_dark(&c, true, x, y))
				assert_true(x >= 4 && x < 37 && y >= 6 &&
				    y < 39);
	for (x = 0; x < 80; x++) {
		assert_int_equal(c.cell[x].style, STYLE_PLAIN);
		assert_int_equal(c.cell[23 * 80 + x].style, STYLE_PLAIN);
	}
	canvas_end(&c);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_qr_a_reader_reads_what_is_drawn),
		cmocka_unit_test(test_qr_room),
		cmocka_unit_test(
		    test_qr_has_a_border_and_touches_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
