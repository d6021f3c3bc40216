#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/judging.h"

/* One payment, one coin of ours that pays it all. */
static void
fee_case(uint64_t pay, uint64_t fee, uint64_t size)
{
	made_begin(&made);
	made_spend(&made, pay + fee, 0);
	made_pay(&made, pay, ADDRESS_A);
	made_fact(&made, FACT_FEE, fee);
	made.in.size = size;
}

/* Known attack 14. */
static void
test_rules_fee_from_five_percent_warns(void **state)
{
	(void)state;
	fee_case(BTC, 4999999, 1000000);
	assert_allowed();
	fee_case(BTC, 5000000, 1000000);
	assert_only("btc.fee.high", LEVEL_WARN);
	assert_non_null(strstr(got.finding[0].text, "5.00 %"));
	fee_case(10019, 500, 1000000);		/* 4.9905 % */
	assert_allowed();
	fee_case(10000, 500, 1000000);
	assert_only("btc.fee.high", LEVEL_WARN);
}

/* Known attack 14. */
static void
test_rules_fee_above_a_hundred_a_byte_warns(void **state)
{
	(void)state;
	fee_case(10000 * BTC, 100000, 1000);
	assert_allowed();
	fee_case(10000 * BTC, 100001, 1000);
	assert_only("btc.fee.high", LEVEL_WARN);
	fee_case(10000 * BTC, 101000, 1000);
	assert_only("btc.fee.high", LEVEL_WARN);
	assert_non_null(strstr(got.finding[0].text, "101.0 sat/vB"));
}

/* One transaction of a set that burns its coins, behind one that pays much. */
static void
test_rules_fee_of_each_transaction_of_a_set(void **state)
{
	uint32_t part;

	(void)state;
	for (part = 0; part < 2; part++) {
		fee_case(100 * BTC, 10000, 1000000);
		made.in.parts = 2;
		made_spend(&made, BTC / 5, 1)->part = part;
		made_pay(&made, BTC / 10, ADDRESS_A)->part = part;
		made_fact(&made, FACT_FEE, BTC / 10)->part = part;
		if (part == 0) {	/* all in one: a tenth of a percent */
			judged();
			assert_int_equal(got.n, 0);
		}
	}
	assert_only("btc.fee.absurd", LEVEL_REFUSE);
	assert_non_null(strstr(text_of("btc.fee.absurd"),
	    "transaction 2: 100.00 % of the payment"));
}

/* Known attack 14. */
static void
test_rules_fee_from_a_quarter_and_a_hundredth_is_refused(void **state)
{
	(void)state;
	fee_case(BTC, 24999999, 1000000);	/* below a quarter */
	assert_only("btc.fee.high", LEVEL_WARN);
	fee_case(BTC, 25000000, 1000000);
	assert_only("btc.fee.absurd", LEVEL_REFUSE);
	fee_case(3999996, 999999, 1000000);	/* below 0.01 */
	assert_only("btc.fee.high", LEVEL_WARN);
	fee_case(4000000, 1000000, 1000000);
	assert_only("btc.fee.absurd", LEVEL_REFUSE);
	fee_case(4000001, 1000000, 1000000);
	assert_only("btc.fee.high", LEVEL_WARN);
}

/* Known attack 14. */
static void
test_rules_fee_above_ten_thousand_a_byte_is_refused(void **state)
{
	(void)state;
	fee_case(10000 * BTC, 10000000, 1000);
	assert_only("btc.fee.high", LEVEL_WARN);
	fee_case(10000 * BTC, 10000001, 1000);
	assert_only("btc.fee.absurd", LEVEL_REFUSE);
	fee_case(10000 * BTC, 10001000, 1000);
	assert_only("btc.fee.absurd", LEVEL_REFUSE);
}

/* To oneself: measured against what we put in. */
static void
test_rules_fee_of_a_transfer_to_oneself(void **state)
{
	struct fact *data;

	(void)state;
	made_begin(&made);
	made_spend(&made, BTC, 0);
	made_change(&made, BTC - 4999999, 0);
	made_fact(&made, FACT_FEE, 4999999);
	made.in.size = 1000000;
	assert_allowed();
	made.fact[2].amount = num_of(5000000);
	assert_only("btc.fee.high", LEVEL_WARN);
	assert_non_null(strstr(got.finding[0].text, "of your coins"));
	made.fact[2].amount = num_of(25000000);
	assert_only("btc.fee.absurd", LEVEL_REFUSE);
	data = made_fact(&made, FACT_DATA, 0);	/* carries no money */
	data->has_amount = false;
	assert_only("btc.fee.absurd", LEVEL_REFUSE);
}

static void
test_rules_fee_without_a_base_or_a_size_or_a_policy(void **state)
{
	(void)state;
	fee_case(0, 5000000, 1000000);
	made.fact[0].has_amount = false;	/* of nothing known: no share */
	assert_allowed();
	made.in.size = 0;
	assert_allowed();
	fee_case(1, 5000000, 0);		/* a share, and no rate */
	assert_only("btc.fee.absurd", LEVEL_REFUSE);
	made.in.fees = NULL;
	assert_allowed();
	fee_case(1, 0, 1);			/* no fee at all */
	assert_allowed();
	fee_case(1, 5000000, 1);
	made.fact[2].has_amount = false;
	assert_allowed();
	assert_false(got.total[TOTAL_FEE].has);
}

static void
test_rules_fee_of_the_largest_numbers(void **state)
{
	const struct num max = { { UINT64_MAX, UINT64_MAX, UINT64_MAX,
	    UINT64_MAX } };

	(void)state;
	fee_case(BTC, 1, 200);
	made.fact[2].amount = max;
	made.fact[1].amount = max;
	assert_only("btc.fee.absurd", LEVEL_REFUSE);
	made.fact[2].amount = num_of(1);
	assert_allowed();
}

static const char *
rate(uint64_t pay, uint64_t fee, uint64_t size)
{
	const char *s;

	fee_case(pay, fee, size);
	judged();
	assert_int_equal(fee_rate_text(&made.in, got.total, &arena, &s), 0);
	return s;
}

static void
test_rules_fee_in_words(void **state)
{
	(void)state;
	assert_string_equal(rate(40000000, 11400, 209),
	    "54.5 sat/vB, 0.03 % of the payment");
	assert_string_equal(rate(100, 3, 60),
	    "0.1 sat/vB, 3.00 % of the payment");
	assert_string_equal(rate(3, 100, 0), "3333.33 % of the payment");
	assert_string_equal(rate(BTC * 1000000, 1, 1000),
	    "0.0 sat/vB, 0.00 % of the payment");
	assert_string_equal(rate(BTC * 1000000, BTC * 1000000, 1000),
	    "100000000000.0 sat/vB, 100.00 % of the payment");
	assert_string_equal(rate(0, 50, 100),
	    "0.5 sat/vB, 100.00 % of your coins");
}

static struct fact *
path_case(uint32_t shown, uint32_t index)
{
	made_begin(&made);
	made_spend(&made, 2 * BTC, shown);
	made_pay(&made, BTC, ADDRESS_A);
	return made_change(&made, BTC, index);
}

/* Known attack 7. */
static void
test_rules_gap_of_two_hundred(void **state)
{
	(void)state;
	path_case(12, 212);
	assert_allowed();
	path_case(12, 213);
	assert_only("btc.path.gap", LEVEL_WARN);
	assert_memory_equal(got.finding[0].text, "output 1: ", 10);
	path_case(12, 0x7fffffff);
	assert_only("btc.path.gap", LEVEL_WARN);
	path_case(0x7fffffff, 0);
	assert_allowed();
	path_case(0x7fffffff, 0x7fffffff);
	assert_allowed();
}

/* Known attack 7: the largest index counts, wherever in the list it is. */
static void
test_rules_gap_beyond_the_largest_that_inputs_show(void **state)
{
	(void)state;
	path_case(12, 700);
	made_spend(&made, BTC, 500);
	made_spend(&made, BTC, 3);
	assert_allowed();
	made.fact[3].ours = false;		/* another's shows nothing */
	assert_only("btc.path.gap", LEVEL_WARN);
	made.fact[3].ours = true;
	made.fact[3].key = made_key(1, 0, 500);	/* another account's */
	assert_only("btc.path.gap", LEVEL_WARN);
}

/* Known attack 7. */
static void
test_rules_change_to_another_account(void **state)
{
	struct fact *f = path_case(12, 8);

	(void)state;
	assert_allowed();
	f->key = made_key(1, 1, 8);
	assert_only("btc.path.account", LEVEL_WARN);
	assert_memory_equal(got.finding[0].text, "output 1: ", 10);
	made_spend(&made, BTC, 0)->key = made_key(1, 0, 0);
	assert_allowed();
	f->key.fpr.b[0] ^= 1;			/* another seed */
	assert_only("btc.path.account", LEVEL_WARN);
	f->key = made_key(0, 1, 8);
	f->key.path.e[0] = 86 | HARDENED;	/* another kind of script */
	assert_only("btc.path.account", LEVEL_WARN);
	f->key = made_key(0, 5, 8);		/* the branch is not account */
	assert_allowed();
}

static void
test_rules_change_far_in_another_account(void **state)
{
	struct fact *f = path_case(1000, 8);

	(void)state;
	f->key = made_key(1, 1, 200);
	assert_only("btc.path.account", LEVEL_WARN);
	f->key = made_key(1, 1, 201);
	judged();
	assert_int_equal(got.n, 2);
	(void)text_of("btc.path.account");
	(void)text_of("btc.path.gap");
}

static void
test_rules_paths_that_are_short_or_none(void **state)
{
	struct fact *f = path_case(0, 0);
	size_t n, k;

	(void)state;
	for (n = 0; n <= 2; n++)
		for (k = 0; k <= 2; k++) {
			made.fact[0].key.path.n = (uint32_t)n;
			f->key.path.n = (uint32_t)k;
			f->key.path.e[0] = made.fact[0].key.path.e[0] = 7;
			f->key.path.e[1] = made.fact[0].key.path.e[1] = 7;
			assert_allowed();
		}
	f->has_key = false;
	assert_allowed();
	path_case(0, 5000);
	made.fact[0].ours = false;		/* nothing to compare with */
	assert_allowed();
}

static void
test_rules_many_accounts(void **state)
{
	uint32_t i;

	(void)state;
	made_begin(&made);
	for (i = 0; i < 5000; i++)
		made_spend(&made, BTC, i)->key = made_key(i * 7919 % 5000, 0,
		    i % 3 * 10);
	for (i = 0; i < 5000; i++)
		made_change(&made, BTC, i)->key = made_key(i, 1, 200);
	assert_allowed();
	made.fact[9999].key = made_key(5000, 1, 0);
	assert_only("btc.path.account", LEVEL_WARN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rules_fee_from_five_percent_warns),
		cmocka_unit_test(
		    test_rules_fee_above_a_hundred_a_byte_warns),
		cmocka_unit_test(test_rules_fee_of_each_transaction_of_a_set),
		cmocka_unit_test(
		    test_rules_fee_from_a_quarter_and_a_hundredth_is_refused),
		cmocka_unit_test(
		    test_rules_fee_above_ten_thousand_a_byte_is_refused),
		cmocka_unit_test(test_rules_fee_of_a_transfer_to_oneself),
		cmocka_unit_test(
		    test_rules_fee_without_a_base_or_a_size_or_a_policy),
		cmocka_unit_test(test_rules_fee_of_the_largest_numbers),
		cmocka_unit_test(test_rules_fee_in_words),
		cmocka_unit_test(test_rules_gap_of_two_hundred),
		cmocka_unit_test(
		    test_rules_gap_beyond_the_largest_that_inputs_show),
		cmocka_unit_test(test_rules_change_to_another_account),
		cmocka_unit_test(test_rules_change_far_in_another_account),
		cmocka_unit_test(test_rules_paths_that_are_short_or_none),
		cmocka_unit_test(test_rules_many_accounts),
	};

	return cmocka_run_group_tests(tests, judging_setup,
	    judging_teardown);
}
