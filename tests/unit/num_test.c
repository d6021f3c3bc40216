#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/num.h"

static const char max_text[] = "1157920892373161954235709850086879078532699"
    "84665640564039457584007913129639935";

static struct num
num_max(void)
{
	return (struct num){ { UINT64_MAX, UINT64_MAX, UINT64_MAX,
	    UINT64_MAX } };
}

static void
test_num_carries_and_borrows_through_all_limbs(void **state)
{
	struct num a = { { UINT64_MAX, UINT64_MAX, UINT64_MAX, 0 } };
	struct num one = num_of(1), top = { { 0, 0, 0, 1 } };

	(void)state;
	assert_int_equal(num_add(&a, &one), 0);
	assert_int_equal(num_cmp(&a, &top), 0);
	assert_int_equal(num_sub(&a, &one), 0);
	assert_true(a.w[0] == UINT64_MAX && a.w[2] == UINT64_MAX);
	assert_true(a.w[3] == 0);
}

static void
test_num_overflow_is_refused_and_changes_nothing(void **state)
{
	struct num a = num_max(), one = num_of(1), max = num_max();
	struct num zero = num_of(0);

	(void)state;
	assert_int_equal(num_add(&a, &one), ERR_RANGE);
	assert_int_equal(num_mul(&a, 2), ERR_RANGE);
	assert_int_equal(num_cmp(&a, &max), 0);
	assert_int_equal(num_add(&a, &zero), 0);
	assert_int_equal(num_mul(&a, 1), 0);
	assert_int_equal(num_cmp(&a, &max), 0);
	assert_int_equal(num_sub(&zero, &one), ERR_RANGE);
	assert_true(num_is_zero(&zero));
	assert_int_equal(num_sub(&a, &max), 0);
	assert_true(num_is_zero(&a));
}

static void
test_num_order(void **state)
{
	struct num low = { { UINT64_MAX, 0, 0, 0 } };
	struct num high = { { 0, 1, 0, 0 } };

	(void)state;
	assert_int_equal(num_cmp(&low, &high), -1);
	assert_int_equal(num_cmp(&high, &low), 1);
	assert_int_equal(num_cmp(&low, &low), 0);
	assert_true(num_is_zero(&(struct num){ { 0 } }));
	assert_false(num_is_zero(&high));
}

static void
test_num_multiply_and_divide_undo_each_other(void **state)
{
	struct num a = num_of(UINT64_MAX), was = a, rest = num_of(5);
	int i;

	(void)state;
	for (i = 0; i < 6; i++)
		assert_int_equal(num_mul(&a, 1000000007), 0);
	assert_int_equal(num_add(&a, &rest), 0);
	assert_int_equal(num_div(&a, 1000000007), 5);
	for (i = 0; i < 5; i++)
		assert_int_equal(num_div(&a, 1000000007), 0);
	assert_int_equal(num_cmp(&a, &was), 0);
}

static void
test_num_u64_or_too_wide(void **state)
{
	struct num a = num_of(UINT64_MAX), wide = { { 1, 0, 0, 1 } };
	uint64_t v = 7;

	(void)state;
	assert_int_equal(num_u64(&wide, &v), ERR_RANGE);
	assert_true(v == 7);
	assert_int_equal(num_u64(&a, &v), 0);
	assert_true(v == UINT64_MAX);
}

static void
test_num_text_both_ways(void **state)
{
	struct num a, max = num_max();
	char buf[NUM_TEXT_MAX];

	(void)state;
	num_text(&max, buf);
	assert_string_equal(buf, max_text);
	assert_int_equal(num_of_text(span_text(max_text), &a), 0);
	assert_int_equal(num_cmp(&a, &max), 0);
	a = num_of(0);
	num_text(&a, buf);
	assert_string_equal(buf, "0");
	a = num_of(2100000000000000);
	num_text(&a, buf);
	assert_string_equal(buf, "2100000000000000");
}

static void
test_num_text_bad_is_refused(void **state)
{
	static const char *const bad[] = { "", " 1", "1 ", "-1", "+1", "0x1",
	    "1.0", "1e3" };
	struct num a = num_of(9);
	char over[NUM_TEXT_MAX];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(num_of_text(span_text(bad[i]), &a),
		    ERR_FORM);
	memcpy(over, max_text, sizeof(max_text));
	over[sizeof(max_text) - 2]++;
	assert_int_equal(num_of_text(span_text(over), &a), ERR_RANGE);
	assert_int_equal(num_cmp(&a, &(struct num){ { 9 } }), 0);
}

static void
test_num_in_units(void **state)
{
	static const struct { uint64_t v; unsigned d; const char *s; } t[] = {
		{ 50000000, 8, "0.50000000" }, { 0, 8, "0.00000000" },
		{ 1, 8, "0.00000001" }, { 100000000, 8, "1.00000000" },
		{ 2100000000000000, 8, "21000000.00000000" },
		{ 123, 0, "123" }, { 0, 0, "0" }, { 123, 3, "0.123" },
		{ 123, 2, "1.23" }, { 1, 18, "0.000000000000000001" } };
	char buf[NUM_TEXT_MAX];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct num a = num_of(t[i].v);

		num_text_units(&a, t[i].d, buf);
		assert_string_equal(buf, t[i].s);
	}
	/* The widest there is still fits. */
	num_text_units(&(struct num){ { UINT64_MAX, UINT64_MAX, UINT64_MAX,
	    UINT64_MAX } }, 18, buf);
	assert_int_equal(strlen(buf), 79);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_num_carries_and_borrows_through_all_limbs),
		cmocka_unit_test(
		    test_num_overflow_is_refused_and_changes_nothing),
		cmocka_unit_test(test_num_order),
		cmocka_unit_test(test_num_multiply_and_divide_undo_each_other),
		cmocka_unit_test(test_num_u64_or_too_wide),
		cmocka_unit_test(test_num_text_both_ways),
		cmocka_unit_test(test_num_text_bad_is_refused),
		cmocka_unit_test(test_num_in_units),
	};

	return cmocka_run_group_tests_name("num", tests, NULL, NULL);
}
