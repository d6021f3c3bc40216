#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "tests/unit/judging.h"

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
	{ TRAIT_AMOUNT_BELIED, INPUT, "btc.amount.belied", LEVEL_WARN },
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
	{ TRAIT_OUTPUT_SILENT, OUTPUT, "btc.output.silent", LEVEL_WARN },
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
	{ TRAIT_WALLET_UNREGISTERED, INPUT, "btc.wallet.unregistered",
	    LEVEL_WARN },
	{ TRAIT_WALLET_FALSE, INPUT, "btc.wallet.false", LEVEL_REFUSE },
	{ TRAIT_WALLET_SEVERAL, WHOLE, "btc.wallet.several", LEVEL_WARN },
	{ TRAIT_WALLET_TWICE, WHOLE, "btc.wallet.key-twice", LEVEL_REFUSE },
	{ TRAIT_WALLET_ORIGIN, WHOLE, "btc.wallet.origin", LEVEL_WARN },
	{ TRAIT_WALLET_UNSAFE, WHOLE, "btc.wallet.unsafe", LEVEL_REFUSE },
	{ TRAIT_WALLET_FIRST, WHOLE, "btc.wallet.address", LEVEL_REFUSE },
	{ TRAIT_WALLET_NAME, WHOLE, "btc.wallet.name", LEVEL_WARN },
	{ TRAIT_WALLET_SHARED, WHOLE, "btc.wallet.key-shared", LEVEL_WARN },
	{ TRAIT_WALLET_KNOWN, WHOLE, "btc.wallet.known", LEVEL_NOTE },
	{ TRAIT_WALLET_ONE_ADDRESS, WHOLE, "btc.wallet.one-address",
	    LEVEL_NOTE },
	{ TRAIT_WALLET_NO_CHANGE, WHOLE, "btc.wallet.no-change", LEVEL_NOTE },
	{ TRAIT_WALLET_BRANCHES, WHOLE, "btc.wallet.branches", LEVEL_NOTE },
	{ TRAIT_TOKEN_UNKNOWN, WHOLE, "btc.token.unknown", LEVEL_WARN },
	{ TRAIT_XPUB_NETWORK, WHOLE, "btc.xpub.network", LEVEL_REFUSE },
	{ TRAIT_KEY_SEVERAL, WHOLE, "btc.key.several", LEVEL_REFUSE },
	{ TRAIT_KEY_IDLE, INPUT, "btc.key.idle", LEVEL_WARN },
	{ TRAIT_MESSAGE_CONTROL, WHOLE, "btc.message.control",
	    LEVEL_REFUSE },
	{ TRAIT_MESSAGE_HASH, WHOLE, "btc.message.hash", LEVEL_REFUSE },
	{ TRAIT_MESSAGE_DATA, WHOLE, "btc.message.data", LEVEL_WARN },
	{ TRAIT_MESSAGE_LOGIN, WHOLE, "btc.message.login", LEVEL_WARN },
	{ TRAIT_MESSAGE_HIDDEN, WHOLE, "btc.message.hidden", LEVEL_WARN },
	{ TRAIT_MESSAGE_SPACES, WHOLE, "btc.message.spaces", LEVEL_WARN },
	{ TRAIT_MESSAGE_EMPTY, WHOLE, "btc.message.empty", LEVEL_WARN },
	{ TRAIT_MESSAGE_FOREIGN, WHOLE, "btc.message.foreign", LEVEL_NOTE },
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
	/* whose coin it is cannot be told either, then */
	made_example(&made);
	made_fact(&made, FACT_SPEND, 1);
	judged();
	assert_total(TOTAL_IN, 61200000, KNOWN_PROVEN);
	made.fact[5].has_amount = false;
	judged();
	assert_no_total(TOTAL_IN);
}

/* Each once, and each says what is wrong and what to do. */
static void
test_rules_help_names_every_code_once(void **state)
{
	size_t i, k, n, rows = RULES - TRAITS_MAX;
	struct code_help h, other;
	char code[64], text[FAULT_TEXT_MAX];

	(void)state;
	for (n = 0; code_help(n, &h); n++) {
		code_sentence(&h, text);
		assert_true(strlen(h.code) > 4);
		if (strlen(text) < 30 || strchr(text, ';') == NULL ||
		    strlen(text) > 200)
			fail_msg("%s: %s", h.code, text);
		for (k = 0; k < n; k++) {
			assert_true(code_help(k, &other));
			assert_false(strcmp(h.code, other.code) == 0 &&
			    strcmp(h.chain, other.chain) == 0);
		}
	}
	for (i = 0; trait_tables[i] != NULL; i++)
		rows += trait_tables[i]->n;
	assert_int_equal(n, rows + ERR_COUNT - 1);
	for (i = 0; i < EXPECTED; i++) {
		assert_true(code_help(i, &h));
		(void)snprintf(code, sizeof(code), "%s.%s", h.chain, h.code);
		assert_string_equal(code, expected[i].code);
		assert_int_equal(h.level, expected[i].level);
	}
	assert_true(code_help(n - 1, &h));
	assert_string_equal(h.code, "file.internal");
	assert_false(code_help(n, &h));
	assert_false(code_help(SIZE_MAX, &h));
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
		cmocka_unit_test(test_rules_totals),
		cmocka_unit_test(test_rules_totals_that_cannot_be_told),
		cmocka_unit_test(test_rules_help_names_every_code_once),
		cmocka_unit_test(test_rules_without_room_say_so),
	};

	return cmocka_run_group_tests(tests, judging_setup,
	    judging_teardown);
}
