#include <string.h>

#include "core/keys/path.h"
#include "tests/vectors.h"

static struct path
path(const char *s)
{
	struct path p;

	assert_int_equal(path_of_text(span_text(s), &p), 0);
	return p;
}

static void
test_path_text_both_ways(void **state)
{
	static const char *const t[][2] = { { "m", "m" },
	    { "m/0", "m/0" }, { "m/84'/1'/0'/0/3", "m/84'/1'/0'/0/3" },
	    { "m/84h/1H/0'/0/3", "m/84'/1'/0'/0/3" },
	    { "m/2147483647'/2147483647", "m/2147483647'/2147483647" },
	    { "m/1/2/3/4/5/6/7/8/9/10", "m/1/2/3/4/5/6/7/8/9/10" } };
	char out[PATH_TEXT_MAX];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct path p = path(t[i][0]);

		path_text(&p, out);
		assert_string_equal(out, t[i][1]);
	}
}

static void
test_path_longest_text_fits(void **state)
{
	struct path p = { .n = PATH_DEPTH };
	char out[PATH_TEXT_MAX];
	size_t i;

	(void)state;
	for (i = 0; i < PATH_DEPTH; i++)
		p.e[i] = UINT32_MAX;
	path_text(&p, out);
	assert_int_equal(strlen(out), 1 + 12 * PATH_DEPTH);
}

static void
test_path_bad_text_is_refused(void **state)
{
	static const struct { const char *s; enum err e; } t[] = {
		{ "", ERR_FORM }, { "/", ERR_FORM }, { "M/0", ERR_FORM },
		{ "84'/0'", ERR_FORM }, { "m/", ERR_FORM },
		{ "m//0", ERR_FORM }, { "m/0/", ERR_FORM },
		{ "m0", ERR_FORM }, { "m/-1", ERR_FORM },
		{ "m/ 1", ERR_FORM }, { "m/01", ERR_FORM },
		{ "m/00", ERR_FORM }, { "m/0''", ERR_FORM },
		{ "m/0x1", ERR_FORM }, { "m/'", ERR_FORM },
		{ "m/1*", ERR_FORM }, { "m/2147483648", ERR_RANGE },
		{ "m/2147483648'", ERR_RANGE },
		{ "m/99999999999999999999999", ERR_RANGE },
		{ "m/1/2/3/4/5/6/7/8/9/10/11", ERR_RANGE } };
	struct path p = { .n = 77 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++)
		assert_int_equal(path_of_text(span_text(t[i].s), &p), t[i].e);
	assert_int_equal(path_of_text(span_of("m/1\0", 4), &p), ERR_FORM);
	assert_int_equal(p.n, 77);
}

static void
test_path_order_is_total(void **state)
{
	static const char *const sorted[] = { "m", "m/0", "m/0/5", "m/1",
	    "m/1/0", "m/0'", "m/84'/0'" };
	const size_t n = sizeof(sorted) / sizeof(sorted[0]);
	size_t i, j;

	(void)state;
	for (i = 0; i < n; i++)
		for (j = 0; j < n; j++) {
			struct path a = path(sorted[i]), b = path(sorted[j]);
			int c = path_cmp(&a, &b);

			assert_int_equal(c < 0, i < j);
			assert_int_equal(c > 0, i > j);
			assert_int_equal(path_eq(&a, &b), i == j);
		}
}

static void
test_path_prefix_and_hardened(void **state)
{
	struct path p = path("m/84'/1'/0'/0/3"), q = path("m/84'/1'/0'");
	struct path odd = path("m/1/2'/3/4'/5"), none = path("m/1/2"), r;

	(void)state;
	assert_int_equal(path_hardened(&p), 3);
	assert_int_equal(path_hardened(&odd), 4);
	assert_int_equal(path_hardened(&none), 0);
	r = path_prefix(&p, 3);
	assert_true(path_eq(&r, &q));
	assert_int_equal(r.e[3], 0);
	r = path_prefix(&q, 9);
	assert_true(path_eq(&r, &q));
	r = path_prefix(&q, 0);
	assert_int_equal(r.n, 0);
}

static void
test_path_of_words(void **state)
{
	uint8_t w[44] = { 84, 0, 0, 0x80, 1, 0, 0, 0x80, 7, 0, 0, 0 };
	struct path p, want = path("m/84'/1'/7");

	(void)state;
	assert_int_equal(path_of_words(span_of(w, 12), &p), 0);
	assert_true(path_eq(&p, &want));
	assert_int_equal(path_of_words(span_of(w, 0), &p), 0);
	assert_int_equal(p.n, 0);
	assert_int_equal(path_of_words(span_of(w, 11), &p), ERR_FORM);
	assert_int_equal(path_of_words(span_of(w, 13), &p), ERR_FORM);
	assert_int_equal(path_of_words(span_of(w, 40), &p), 0);
	assert_int_equal(path_of_words(span_of(w, 44), &p), ERR_RANGE);
}

static void
test_fingerprint_text_and_order(void **state)
{
	struct keyref a = { { { 0x73, 0xc5, 0xda, 0x0a } }, path("m/1") };
	struct keyref b = { { { 0x73, 0xc5, 0xda, 0xff } }, path("m/0") };
	char out[9];

	(void)state;
	fpr_text(&a.fpr, out);
	assert_string_equal(out, "73c5da0a");
	assert_false(fpr_eq(&a.fpr, &b.fpr));
	assert_true(fpr_eq(&a.fpr, &a.fpr));
	assert_true(keyref_cmp(&a, &b) < 0 && keyref_cmp(&b, &a) > 0);
	b.fpr = a.fpr;
	assert_true(keyref_cmp(&a, &b) > 0);
	b.path = a.path;
	assert_int_equal(keyref_cmp(&a, &b), 0);
}

static void
test_keyref_message_and_its_truncations(void **state)
{
	struct keyref k = { { { 1, 2, 3, 4 } }, path("m/84'/1'/0'/0/3") };
	struct keyref got;
	uint8_t buf[64];
	struct sink s = sink_to_buf(buf, sizeof(buf));
	struct reader r;
	size_t n;

	(void)state;
	put_keyref(&s, &k);
	assert_int_equal(s.total, 4 + 1 + 20);
	r = reader_of(span_of(buf, s.total));
	read_keyref(&r, &got);
	assert_int_equal(reader_done(&r), 0);
	assert_int_equal(keyref_cmp(&k, &got), 0);
	for (n = 0; n < s.total; n++) {
		r = reader_of(span_of(buf, n));
		read_keyref(&r, &got);
		assert_int_equal(reader_done(&r), ERR_SHORT);
		assert_true(got.path.n <= PATH_DEPTH);
	}
	buf[4] = PATH_DEPTH + 1;
	r = reader_of(SPAN_OF(buf));
	read_keyref(&r, &got);
	assert_int_equal(reader_done(&r), ERR_RANGE);
	assert_int_equal(r.err_at, 5);
	assert_int_equal(got.path.n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_path_text_both_ways),
		cmocka_unit_test(test_path_longest_text_fits),
		cmocka_unit_test(test_path_bad_text_is_refused),
		cmocka_unit_test(test_path_order_is_total),
		cmocka_unit_test(test_path_prefix_and_hardened),
		cmocka_unit_test(test_path_of_words),
		cmocka_unit_test(test_fingerprint_text_and_order),
		cmocka_unit_test(test_keyref_message_and_its_truncations),
	};

	return cmocka_run_group_tests_name("path", tests, NULL, NULL);
}
