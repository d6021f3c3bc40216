/* JSON read in place: members, items, strings; what is none is refused. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/encode/json.h"

static const char doc[] = " { \"a\" : 1, \"b\":{\"c\":[true,\"x\\u0041\\\"\","
    "{}]},\n\"n\":-1.5e3 , \"e\":[] } ";

static void
test_read(void **state)
{
	struct span all = span_text(doc), v, w;
	char text[8];
	size_t at;

	(void)state;
	assert_int_equal(json_check(all, &at), 0);
	assert_int_equal(json_member(all, "a", &v), 0);
	assert_true(span_eq(v, span_text("1")));
	assert_int_equal(json_at(all, "b.c", &v), 0);
	assert_int_equal(json_item(v, 1, &w), 0);
	assert_int_equal(json_chars(w, text, sizeof(text)), 0);
	assert_string_equal(text, "xA\"");
	assert_int_equal(json_chars(w, text, 3), ERR_SPACE);
	assert_int_equal(json_item(v, 2, &w), 0);
	assert_int_equal(json_item(v, 3, &w), ERR_MISSING);
	assert_int_equal(json_member(w, "a", &w), ERR_MISSING);
	assert_int_equal(json_member(all, "b.c", &v), ERR_MISSING);
	assert_int_equal(json_at(all, "a.c", &v), ERR_MISSING);
	assert_int_equal(json_member(all, "e", &v), 0);
	assert_int_equal(json_item(v, 0, &w), ERR_MISSING);
	assert_int_equal(json_member(span_text("{\"a\":1,\"a\":2}"), "a",
	    &v), ERR_DUPLICATE);
}

static void
test_refused(void **state)
{
	static const char *const bad[] = { "", "{", "}", "{\"a\"}", "{a:1}",
	    "[1,]", "{\"a\":1,}", "\"x", "\"\\", "[1 2]", "{\"a\":}", "x" };
	char deep[80];
	size_t i, at;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(json_check(span_text(bad[i]), &at),
		    ERR_FORM);
	assert_int_equal(json_check(span_text("{} x"), &at), ERR_TRAILING);
	assert_int_equal(at, 3);
	memset(deep, '[', 40);
	memset(deep + 40, ']', 40);
	assert_int_equal(json_check(span_of(deep, 80), &at), ERR_TOO_LARGE);
}

/* Every beginning of it, and every changed byte: read or refused. */
static void
test_each_byte(void **state)
{
	char copy[sizeof(doc)];
	struct span v;
	size_t i, at;

	(void)state;
	for (i = 0; i + 2 < sizeof(doc) - 1; i++)
		assert_int_not_equal(json_check(span_of(doc, i), &at), 0);
	for (i = 0; i < sizeof(doc) - 1; i++) {
		memcpy(copy, doc, sizeof(doc));
		copy[i] ^= 0x41;
		if (json_check(span_text(copy), &at) == 0)
			(void)!json_at(span_text(copy), "b.c", &v);
		assert_true(at <= sizeof(doc));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_each_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
