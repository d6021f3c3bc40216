#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "core/review/rules/rule.h"
#include "tests/unit/intents.h"

#define MEM ((size_t)1 << 24)
#define BTC UINT64_C(100000000)

static struct made made;
static uint8_t *mem;
static struct arena arena;
static struct judgement got;

static int
setup(void **state)
{
	(void)state;
	mem = malloc(MEM);
	return mem == NULL ? -1 : 0;
}

static int
teardown(void **state)
{
	(void)state;
	free(mem);
	return 0;
}

static void
judged(void)
{
	arena = (struct arena){ mem, MEM, 0 };
	assert_int_equal(judge(&made.in, &arena, &got), 0);
}

/* The sentence of a code that must be there. */
static const char *
text_of(const char *code)
{
	size_t i;

	for (i = 0; i < got.n; i++)
		if (strcmp(got.finding[i].code, code) == 0)
			return got.finding[i].text;
	fail_msg("%s is missing", code);
	return "";
}

static void
assert_places(const char *code, const char *places)
{
	judged();
	assert_memory_equal(text_of(code), places, strlen(places));
}

static void
assert_only(const char *code, enum level level)
{
	judged();
	assert_int_equal(got.n, 1);
	assert_string_equal(got.finding[0].code, code);
	assert_int_equal(got.finding[0].level, level);
	assert_int_equal(got.verdict, (enum verdict)level);
}

static void
assert_allowed(void)
{
	judged();
	assert_int_equal(got.n, 0);
	assert_int_equal(got.verdict, VERDICT_ALLOW);
}

/* Where the chain notes a trait: on an input, on an output, on the file. */
enum place { INPUT = 0, OUTPUT = 2, WHOLE = 100 };

/* Written down a second time: codes and levels are promises. */
static const struct {
	enum trait	 trait;
	enum place	 place;
	const char	*code;
	enum level	 level;
} expected[] = {
	{ TRAIT_AMOUNT_CLAIMED, INPUT, "btc.amount.unproven", LEVEL_WARN },
	{ TRAIT_AMOUNT_FALSE, INPUT, "btc.amount.false", LEVEL_REFUSE },
	{ TRAIT_AMOUNT_CHANGED, INPUT, "btc.amount.changed", LEVEL_REFUSE },
	{ TRAIT_AMOUNT_RANGE, OUTPUT, "btc.amount.range", LEVEL_REFUSE },
	{ TRAIT_INPUT_NO_COIN, INPUT, "btc.input.missing", LEVEL_REFUSE },
	{ TRAIT_PREVTX_FALSE, INPUT, "btc.prevtx.mismatch", LEVEL_REFUSE },
	{ TRAIT_PREVTX_INDEX, INPUT, "btc.prevtx.index", LEVEL_REFUSE },
	{ TRAIT_INPUT_FOREIGN, INPUT, "btc.input.foreign", LEVEL_WARN },
	{ TRAIT_INPUT_FALSE, INPUT, "btc.input.false", LEVEL_REFUSE },
	{ TRAIT_INPUT_FINAL, WHOLE, "btc.input.final", LEVEL_REFUSE },
	{ TRAIT_INPUT_DUPLICATE, INPUT, "btc.input.duplicate", LEVEL_REFUSE },
	{ TRAIT_SIGHASH_NONE, INPUT, "btc.sighash.none", LEVEL_REFUSE },
	{ TRAIT_SIGHASH_SINGLE, INPUT, "btc.sighash.single", LEVEL_WARN },
	{ TRAIT_SIGHASH_ANYONE, INPUT, "btc.sighash.anyonecanpay",
	    LEVEL_WARN },
	{ TRAIT_SIGHASH_BAD, INPUT, "btc.sighash.invalid", LEVEL_REFUSE },
	{ TRAIT_SIGHASH_BUG, INPUT, "btc.sighash.single-bug", LEVEL_REFUSE },
	{ TRAIT_FPR_ABSENT, INPUT, "btc.fingerprint.absent", LEVEL_WARN },
	{ TRAIT_PATH_NETWORK, INPUT, "btc.path.network", LEVEL_WARN },
	{ TRAIT_PATH_ODD, INPUT, "btc.path.odd", LEVEL_WARN },
	{ TRAIT_CHANGE_FALSE, OUTPUT, "btc.change.false", LEVEL_REFUSE },
	{ TRAIT_SCRIPT_ODD, OUTPUT, "btc.output.unknown", LEVEL_WARN },
	{ TRAIT_OUTPUT_BURN, OUTPUT, "btc.output.burn", LEVEL_WARN },
	{ TRAIT_OUTPUT_ZERO, OUTPUT, "btc.output.zero", LEVEL_WARN },
	{ TRAIT_DATA_MANY, WHOLE, "btc.output.data-many", LEVEL_WARN },
	{ TRAIT_SIG_FALSE, INPUT, "btc.signature.invalid", LEVEL_REFUSE },
	{ TRAIT_LOCK_FAR, WHOLE, "btc.locktime.future", LEVEL_WARN },
	{ TRAIT_LOCK_IDLE, WHOLE, "btc.locktime.idle", LEVEL_NOTE },
	{ TRAIT_NO_INPUTS, WHOLE, "btc.tx.no-inputs", LEVEL_REFUSE },
	{ TRAIT_NO_OUTPUTS, WHOLE, "btc.tx.no-outputs", LEVEL_REFUSE },
	{ TRAIT_NO_KEY, WHOLE, "btc.key.none", LEVEL_REFUSE },
	{ TRAIT_TAPROOT_FALSE, INPUT, "btc.taproot.false", LEVEL_REFUSE },
	{ TRAIT_SCRIPT_UNSUPPORTED, INPUT, "btc.script.unsupported",
	    LEVEL_REFUSE },
	{ TRAIT_SCRIPT_MISSING, INPUT, "btc.script.missing", LEVEL_REFUSE },
	{ TRAIT_XPUB_FALSE, WHOLE, "btc.xpub.false", LEVEL_REFUSE },
	{ TRAIT_XPUB_NETWORK, WHOLE, "btc.xpub.network", LEVEL_REFUSE },
	{ TRAIT_FEE_NEGATIVE, WHOLE, "btc.fee.negative", LEVEL_REFUSE },
	{ TRAIT_FEE_UNKNOWN, WHOLE, "btc.fee.unknown", LEVEL_WARN },
};
#define EXPECTED (sizeof(expected) / sizeof(expected[0]))
_Static_assert(EXPECTED == TRAIT_COUNT, "a line for each trait");

/* Known attacks 1 to 3, 9, 11 to 13, 15 to 17: what the chain notes has its
 * verdict, and what it does not note has none. */
static void
test_rules_each_trait_has_its_code_level_and_place(void **state)
{
	const char *place;
	uint64_t *traits;
	size_t i;

	(void)state;
	for (i = 0; i < EXPECTED; i++) {
		assert_int_equal(expected[i].trait, i);
		made_example(&made);
		assert_allowed();
		traits = expected[i].place == WHOLE ? &made.in.traits :
		    &made.fact[expected[i].place].traits;
		*traits = (uint64_t)1 << expected[i].trait;
		assert_only(expected[i].code, expected[i].level);
		place = expected[i].place == WHOLE ? "this transaction: " :
		    expected[i].place == INPUT ? "input 0: " : "output 0: ";
		assert_memory_equal(got.finding[0].text, place,
		    strlen(place));
		assert_true(strlen(got.finding[0].text) > strlen(place) + 10);
	}
}

static void
test_rules_all_at_once_are_sorted_worst_first(void **state)
{
	size_t i;

	(void)state;
	made_example(&made);
	made.in.traits = (UINT64_C(1) << TRAIT_COUNT) - 1;
	judged();
	assert_int_equal(got.n, TRAIT_COUNT);
	assert_int_equal(got.verdict, VERDICT_REFUSE);
	for (i = 1; i < got.n; i++)
		assert_true(got.finding[i - 1].level > got.finding[i].level ||
		    (got.finding[i - 1].level == got.finding[i].level &&
		    strcmp(got.finding[i - 1].code,
		    got.finding[i].code) < 0));
}

static void
test_rules_places(void **state)
{
	size_t i;

	(void)state;
	made_begin(&made);
	for (i = 0; i < 5; i++)
		made_spend(&made, BTC, 0);
	for (i = 0; i < 1000; i++)
		made_pay(&made, 1, ADDRESS_A);
	made.fact[3].traits = TRAIT_BIT(SIG_FALSE);
	assert_places("btc.signature.invalid", "input 3: ");
	made.fact[4].traits = TRAIT_BIT(SIG_FALSE);
	assert_places("btc.signature.invalid",
	    "inputs 3 and 4: ");
	made.fact[0].traits = TRAIT_BIT(SIG_FALSE);
	assert_places("btc.signature.invalid",
	    "inputs 0, 3 and 4: ");
	made.fact[1].traits = TRAIT_BIT(SIG_FALSE);
	assert_places("btc.signature.invalid",
	    "inputs 0, 1, 3 and 1 more: ");
	for (i = 0; i < 998; i++)
		made.fact[7 + i].traits = TRAIT_BIT(SCRIPT_ODD);
	assert_places("btc.output.unknown",
	    "outputs 2, 3, 4 and 995 more: ");
}

static void
test_rules_places_of_inputs_and_outputs_and_what_contradicts(void **state)
{
	(void)state;
	made_example(&made);
	made.fact[1].traits = TRAIT_BIT(PATH_ODD);
	made.fact[3].traits = TRAIT_BIT(PATH_ODD);
	made.fact[3].why = "m/1/2/3";
	assert_only("btc.path.odd", LEVEL_WARN);
	assert_memory_equal(got.finding[0].text, "input 1, output 1: ", 19);
	assert_non_null(strstr(got.finding[0].text, " (m/1/2/3)"));
}

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

static void
assert_total(enum total_kind k, uint64_t amount, enum known known)
{
	struct num want = num_of(amount);

	assert_true(got.total[k].has);
	assert_int_equal(num_cmp(&got.total[k].amount, &want), 0);
	assert_int_equal(got.total[k].known, known);
}

static void
test_rules_totals(void **state)
{
	(void)state;
	made_example(&made);
	judged();
	assert_total(TOTAL_IN, 61200000, KNOWN_PROVEN);
	assert_total(TOTAL_CHANGE, 21188600, KNOWN_PROVEN);
	assert_total(TOTAL_PAY, 40000000, KNOWN_PROVEN);
	assert_total(TOTAL_FEE, 11400, KNOWN_PROVEN);
	made_motley(&made);			/* claimed, foreign, burnt */
	judged();
	assert_total(TOTAL_IN, 1250000000, KNOWN_CLAIMED);
	assert_total(TOTAL_CHANGE, 845000000, KNOWN_PROVEN);
	assert_total(TOTAL_PAY, 405001000, KNOWN_PROVEN);
	assert_total(TOTAL_FEE, 699000, KNOWN_CLAIMED);
}

static void
assert_no_total(enum total_kind k)
{
	assert_false(got.total[k].has);
	assert_int_equal(got.total[k].known, KNOWN_UNKNOWN);
	assert_true(num_is_zero(&got.total[k].amount));
}

/* Known attack 13: a sum that overflows is no sum. */
static void
test_rules_totals_that_cannot_be_told(void **state)
{
	const struct num max = { { UINT64_MAX, UINT64_MAX, UINT64_MAX,
	    UINT64_MAX } };

	(void)state;
	made_example(&made);
	made.fact[0].has_amount = false;
	judged();
	assert_no_total(TOTAL_IN);
	assert_total(TOTAL_PAY, 40000000, KNOWN_PROVEN);
	made_example(&made);
	made.fact[1].amount = max;
	judged();
	assert_no_total(TOTAL_IN);
	made_example(&made);
	made.fact[2].has_amount = false;
	judged();
	assert_no_total(TOTAL_PAY);
}

static void
test_rules_help_names_every_code_once(void **state)
{
	struct rule_help h, other;
	char code[64];
	size_t i, k, n;

	(void)state;
	for (n = 0; rule_help(n, &h); n++) {
		assert_true(strlen(h.code) > 4 && strlen(h.text) > 8);
		for (k = 0; k < n; k++) {
			assert_true(rule_help(k, &other));
			assert_string_not_equal(h.code, other.code);
		}
	}
	assert_int_equal(n, RULES);
	for (i = 0; i < EXPECTED; i++) {
		assert_true(rule_help(i, &h));
		(void)snprintf(code, sizeof(code), "btc.%s", h.code);
		assert_string_equal(code, expected[i].code);
		assert_int_equal(h.level, expected[i].level);
	}
	assert_false(rule_help(n, &h));
	assert_false(rule_help(SIZE_MAX, &h));
}

static void
test_rules_without_room_say_so(void **state)
{
	size_t i, failed = 0;

	(void)state;
	made_motley(&made);
	for (i = 0; i < 30000; i += 3) {
		struct arena small = { mem, i, 0 };
		enum err e = judge(&made.in, &small, &got);

		assert_true(e == 0 || e == ERR_SPACE);
		failed += e != 0;
	}
	assert_true(failed > 0 && failed < 10000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_rules_each_trait_has_its_code_level_and_place),
		cmocka_unit_test(
		    test_rules_all_at_once_are_sorted_worst_first),
		cmocka_unit_test(test_rules_places),
		cmocka_unit_test(
	    test_rules_places_of_inputs_and_outputs_and_what_contradicts),
		cmocka_unit_test(test_rules_fee_from_five_percent_warns),
		cmocka_unit_test(
		    test_rules_fee_above_a_hundred_a_byte_warns),
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
		cmocka_unit_test(test_rules_totals),
		cmocka_unit_test(test_rules_totals_that_cannot_be_told),
		cmocka_unit_test(test_rules_help_names_every_code_once),
		cmocka_unit_test(test_rules_without_room_say_so),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
