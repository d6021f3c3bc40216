#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "tui/canvas.h"
#include "tui/key.h"
#include "tui/utf8.h"
#include "tui/widget/input.h"
#include "tui/widget/scroll.h"

static void
test_utf8_goes_both_ways(void **state)
{
	static const uint32_t points[] = { 1, 0x7f, 0x80, 0x7ff, 0x800,
	    0x2026, 0xffff, 0x10000, 0x10ffff };
	char buf[5] = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(points) / sizeof(points[0]); i++) {
		const char *p = buf;

		memset(buf, 0, sizeof(buf));
		assert_true(utf8_put(points[i], buf) <= 4);
		assert_int_equal(utf8_next(&p), points[i]);
		assert_int_equal(utf8_next(&p), 0);
	}
}

static void
test_utf8_bad_bytes_are_one_mark_each_and_end(void **state)
{
	static const char *const bad[] = { "\x80", "\xc0\x80", "\xe2\x80",
	    "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xff" };
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		const char *p = bad[i];

		assert_int_equal(utf8_next(&p), 0xfffd);
		for (n = 0; utf8_next(&p) != 0; n++)
			assert_true(n < 4);
	}
}

static void
test_canvas_clips_everywhere(void **state)
{
	struct canvas c;
	char out[256];

	(void)state;
	assert_int_equal(canvas_new(&c, 0, 5), ERR_RANGE);
	assert_int_equal(canvas_new(&c, 5, CANVAS_MAX + 1), ERR_RANGE);
	assert_int_equal(canvas_new(&c, 5, 2), 0);
	canvas_text(&c, -2, 0, STYLE_PLAIN, "abcdefghij");
	canvas_text(&c, 3, 1, STYLE_PLAIN, "xyz");
	canvas_text(&c, 0, 2, STYLE_PLAIN, "below");
	canvas_text(&c, 0, -1, STYLE_PLAIN, "above");
	canvas_dump(&c, out, sizeof(out));
	assert_string_equal(out, "cdefg\n   xy\n");
	canvas_box(&c, -3, -3, 20, 20, "t");
	canvas_end(&c);
}

static void
test_canvas_wraps_at_blanks_and_counts_rows(void **state)
{
	struct canvas c;
	char out[256];

	(void)state;
	assert_int_equal(canvas_new(&c, 10, 4), 0);
	assert_int_equal(canvas_wrap(&c, 0, 0, 10, 4, 0, STYLE_PLAIN,
	    "one two three four\nfive abcdefghijklm"), 5);
	canvas_dump(&c, out, sizeof(out));
	assert_string_equal(out, "one two\nthree four\nfive\nabcdefghij\n");
	canvas_clear(&c);
	assert_int_equal(canvas_wrap(&c, 0, 0, 10, 4, 3, STYLE_PLAIN,
	    "one two three four\nfive abcdefghijklm"), 5);
	canvas_dump(&c, out, sizeof(out));
	assert_string_equal(out, "abcdefghij\nklm\n\n\n");
	assert_int_equal(canvas_wrap(&c, 0, 0, 10, 0, 0, STYLE_PLAIN, ""), 0);
	canvas_end(&c);
}

static void
test_canvas_cut_says_that_it_cut(void **state)
{
	struct canvas c;
	char out[64];

	(void)state;
	assert_int_equal(canvas_new(&c, 8, 2), 0);
	canvas_cut(&c, 0, 0, 8, STYLE_PLAIN, "12345678");
	canvas_cut(&c, 0, 1, 8, STYLE_PLAIN, "123456789");
	canvas_dump(&c, out, sizeof(out));
	assert_string_equal(out, "12345678\n1234567…\n");
	canvas_end(&c);
}

static void
test_input_takes_back_whole_characters_and_wipes(void **state)
{
	static const char zero[8];
	char buf[8];
	struct input in = input_in(buf, sizeof(buf));

	(void)state;
	assert_true(input_key(&in, 'a'));
	assert_true(input_key(&in, 0xe9));
	assert_true(input_key(&in, 0x20ac));
	assert_string_equal(buf, "a\xc3\xa9\xe2\x82\xac");
	assert_false(in.full);
	assert_true(input_key(&in, 0x20ac));
	assert_true(in.full);
	assert_true(input_key(&in, K_BACKSPACE));
	assert_string_equal(buf, "a\xc3\xa9");
	assert_int_equal(memcmp(buf + 3, zero, 5), 0);
	assert_false(input_key(&in, K_ENTER));
	assert_false(input_key(&in, K_UP));
	assert_true(input_key(&in, K_CTRL_U));
	assert_int_equal(memcmp(buf, zero, 8), 0);
}

static void
test_scroll_never_leaves_what_there_is(void **state)
{
	size_t at = 0;
	const struct scroll s = { &at, 10, 4 }, none = { &at, 0, 0 };

	(void)state;
	scroll_move(&s, SCROLL_UP);
	assert_int_equal(at, 0);
	scroll_move(&s, SCROLL_PGDN);
	scroll_move(&s, SCROLL_DOWN);
	assert_int_equal(at, 5);
	scroll_move(&s, SCROLL_PGDN);
	scroll_move(&s, SCROLL_PGDN);
	assert_int_equal(at, 10);
	scroll_move(&s, SCROLL_DOWN);
	assert_int_equal(at, 10);
	scroll_move(&s, SCROLL_PGUP);
	scroll_move(&s, SCROLL_UP);
	assert_int_equal(at, 5);
	scroll_move(&s, SCROLL_FIRST);
	assert_int_equal(at, 0);
	scroll_move(&s, SCROLL_LAST);
	assert_int_equal(at, 10);
	at = 99;			/* what was there became less */
	scroll_move(&s, SCROLL_UP);
	assert_int_equal(at, 10);
	scroll_move(&none, SCROLL_PGDN);
	assert_int_equal(at, 0);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_utf8_goes_both_ways),
		cmocka_unit_test(test_utf8_bad_bytes_are_one_mark_each_and_end),
		cmocka_unit_test(test_canvas_clips_everywhere),
		cmocka_unit_test(test_canvas_wraps_at_blanks_and_counts_rows),
		cmocka_unit_test(test_canvas_cut_says_that_it_cut),
		cmocka_unit_test(
		    test_input_takes_back_whole_characters_and_wipes),
		cmocka_unit_test(test_scroll_never_leaves_what_there_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
