/* Every file of real Monero wallets through the whole of a job, and every
 * hostile one: refused no later than the strictest of the reference wallets,
 * with the code of the right reason. */
#include <jansson.h>
#include <sys/stat.h>

#include "tests/unit/monero_desk.h"

#include "core/chain/monero/unsigned.h"
#include "core/encode/hex.h"

/* COLDSEAL_KEEP: what was asked and answered, for another program to judge. */
static void
keep_file(const char *name, const char *what, struct span s)
{
	const char *dir = getenv("COLDSEAL_KEEP"), *p;
	char path[1024], flat[256];
	size_t i = 0;
	FILE *f;

	if (dir == NULL)
		return;
	for (p = name; *p != '\0' && i + 1 < sizeof(flat); p++)
		flat[i++] = *p == '/' ? '~' : *p;
	flat[i] = '\0';
	(void)snprintf(path, sizeof(path), "%s/%s", dir, flat);
	(void)mkdir(path, 0755);
	(void)snprintf(path, sizeof(path), "%s/%s/%s", dir, flat, what);
	assert_non_null(f = fopen(path, "wb"));
	assert_int_equal(fwrite(s.p, 1, s.n, f), s.n);
	(void)fclose(f);
}

static void
must_sign(const char *name, struct span *answer)
{
	enum err e = desk_look(&desk, name);

	if (e != 0)
		fail_msg("%s: %s at %s", name, err_text(e),
		    desk.study.fault.where);
	if (desk.j.verdict == VERDICT_REFUSE) {
		desk_say(&desk);
		fail_msg("%s: refused", name);
	}
	e = desk_sign(&desk, answer);
	if (e != 0)
		fail_msg("%s: %s", name, err_text(e));
	keep_file(name, "request", desk.file);
	keep_file(name, "answer", *answer);
}

/* Each version's outputs are answered once; later the session is what it was
 * after that. */
static void
know_outputs(const char *version)
{
	static struct session known;
	static uint8_t memory[1 << 18];
	static size_t used;
	static const char *of = "";
	char name[256];
	struct span answer;

	if (strcmp(of, version) == 0) {
		memcpy(desk.memory.base, memory, used);
		desk.memory.used = used;
		desk.session = known;
		return;
	}
	desk_forget(&desk);
	(void)snprintf(name, sizeof(name), "monero/%s/outputs/all", version);
	must_sign(name, &answer);
	used = desk.memory.used;
	assert_true(used <= sizeof(memory));
	memcpy(memory, desk.memory.base, used);
	known = desk.session;
	of = version;
}

/* Nothing but what the fixtures cannot help: small payments, same coins. */
static void
check_calm(const char *name)
{
	size_t i;

	for (i = 0; i < desk.j.n; i++) {
		const struct finding *f = &desk.j.finding[i];

		if (f->level == LEVEL_NOTE ||
		    strcmp(f->code, "xmr.spent.again") == 0 ||
		    strcmp(f->code, "xmr.path.account") == 0 ||
		    strcmp(f->code, "xmr.fee.high") == 0)
			continue;
		fail_msg("%s: %s: %s", name, f->code, f->text);
	}
}

static const char *const honest[][2] = {
	{ "v0.18.0.0", "integrated" }, { "v0.18.0.0", "multi_mixed" },
	{ "v0.18.0.0", "std_1dest" }, { "v0.18.4.0", "integrated" },
	{ "v0.18.4.0", "std_1dest" }, { "v0.18.4.0", "to_subaddress" },
	{ "v0.18.5.3", "from_main_coinbase_and_rct" },
	{ "v0.18.5.3", "integrated" }, { "v0.18.5.3", "many_in" },
	{ "v0.18.5.3", "multi_mixed" }, { "v0.18.5.3", "multi_std" },
	{ "v0.18.5.3", "one_in_two_out" }, { "v0.18.5.3", "self_main" },
	{ "v0.18.5.3", "split_two_txs" }, { "v0.18.5.3", "sweep_all" },
	{ "v0.18.5.3", "to_subaddress" },
	{ "v0.18.5.3-embedded", "embedded_outputs" },
	{ "v0.18.5.3-embedded", "integrated" },
	{ "v0.18.5.3-embedded", "multi_mixed" },
	{ "v0.18.5.3-embedded", "std_1dest" },
	{ "v0.18.5.3-embedded", "to_subaddress" },
};

static void
test_honest_sets_are_signed(void **state)
{
	struct span answer;
	char name[256];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(honest) / sizeof(honest[0]); i++) {
		know_outputs(honest[i][0]);
		(void)snprintf(name, sizeof(name),
		    "monero/%s/%s/unsigned_monero_tx", honest[i][0],
		    honest[i][1]);
		must_sign(name, &answer);
		check_calm(name);
	}
}

/* In the state that the reference wallets were in.  code: a finding's, or
 * that of a file that cannot be read, which then has a place. */
static const struct {
	const char	*name, *code, *where;
	enum verdict	 verdict;
} hostile[] = {
#include "tests/unit/monero_hostile_table.h"
};
#define HOSTILE (sizeof(hostile) / sizeof(hostile[0]))

static void
check_hostile(size_t i)
{
	struct span answer;
	char name[256];
	enum err e;

	know_outputs("v0.18.5.3");
	(void)snprintf(name, sizeof(name), "monero/negative/%s",
	    hostile[i].name);
	if ((e = desk_look(&desk, name)) != 0) {
		if (strcmp(err_code(e), hostile[i].code) != 0 ||
		    strcmp(desk.study.fault.where, hostile[i].where) != 0)
			fail_msg("%s: %s at %s", name, err_code(e),
			    desk.study.fault.where);
		return;
	}
	if (desk.j.verdict != hostile[i].verdict ||
	    (hostile[i].code[0] != '\0' &&
	    !desk_found(&desk, hostile[i].code))) {
		desk_say(&desk);
		fail_msg("%s: %s, not %s", name, verdict_name(desk.j.verdict),
		    hostile[i].code);
	}
	e = desk_sign(&desk, &answer);
	if (hostile[i].verdict == VERDICT_REFUSE &&
	    strcmp(hostile[i].code, "xmr.fee.absurd") != 0) {
		assert_int_equal(e, ERR_REFUSED);
		assert_int_equal(desk.rig.asked, 0);
	} else {
		assert_int_equal(e, 0);
	}
}

static void
test_hostile_files_are_refused_for_the_right_reason(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < HOSTILE; i++)
		check_hostile(i);
}

static bool
wants_refusal(const char *what)
{
	return strcmp(what, "refuse") == 0;
}

/* The table above is complete, and nowhere milder than what a signer should
 * do by the fixtures' own list. */
static void
test_no_case_is_left_out_or_taken_lightly(void **state)
{
	const char *dir = getenv("COLDSEAL_FIXTURES"), *name, *should;
	char path[1024];
	json_t *cases, *c;
	size_t i, n = 0;

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/monero/negative/cases.json",
	    dir == NULL ? "tests/fixtures" : dir);
	assert_non_null(cases = json_load_file(path, 0, NULL));
	json_object_foreach(cases, name, c) {
		should = json_string_value(json_object_get(c,
		    "a_signer_should"));
		for (i = 0; i < HOSTILE; i++)
			if (strcmp(hostile[i].name, name) == 0)
				break;
		if (i == HOSTILE)
			fail_msg("%s is not in the table", name);
		if (wants_refusal(should) &&
		    hostile[i].verdict != VERDICT_REFUSE)
			fail_msg("%s: %s", name, should);
		n++;
	}
	assert_int_equal(n, HOSTILE);
	json_decref(cases);
}

/* What cannot be caught by a rule is shown: the attacker's own address. */
static void
test_a_swapped_payee_is_shown_as_paid(void **state)
{
	const struct intent *in = &desk.study.intent;
	size_t i;

	(void)state;
	know_outputs("v0.18.5.3");
	assert_int_equal(desk_look(&desk,
	    "monero/negative/h02_dest_swapped_everywhere"), 0);
	for (i = 0; i < in->nfact; i++)
		if (in->fact[i].kind == FACT_PAY)
			break;
	assert_true(i < in->nfact);
	assert_string_equal(in->fact[i].to, "46mkD23yKf6SyDWpDhZwRqMa6Zz6jm7v"
	    "iLo4yhCfBM8ZGcb1XAaudhRjaE5HB4hT38RffrGzbRj6eQch7TrVqtZPPyaYytW");
}

/* Signed by another's wallet: an answer is told from a request. */
static void
test_answers_are_known_as_such(void **state)
{
	static const char *const names[] = {
		"monero/v0.18.5.3/one_in_two_out/signed_monero_tx",
		"monero/v0.18.5.3/key_images/all", "feather/feather_keyImages",
		"feather/feather_pay2_signed_monero_tx" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_int_equal(desk_look(&desk, names[i]), ERR_ANSWER);
}

/* Feather's own: it exports all, pays three times, each signed here. */
static void
test_feathers_files_are_answered(void **state)
{
	static const char *const names[] = { "feather/feather_all_outputs",
		"feather/feather_pay1_unsigned_monero_tx",
		"feather/feather_pay2_unsigned_monero_tx",
		"feather/feather_all82_outputs",
		"feather/feather_pay3_unsigned_monero_tx" };
	struct span answer;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		must_sign(names[i], &answer);
		check_calm(names[i]);
	}
	/* Nothing new: an empty list, which asks for nothing. */
	assert_int_equal(desk_look(&desk, "feather/feather_new_outputs"), 0);
	assert_int_equal(desk.j.verdict, VERDICT_WARN);
	assert_true(desk_found(&desk, "xmr.outputs.none"));
}

/* A freshly booted signer: the order of the guide, or advice. */
static void
test_a_set_without_the_outputs_is_refused_with_advice(void **state)
{
	struct span answer;

	(void)state;
	assert_int_equal(desk_look(&desk,
	    "monero/v0.18.5.3/one_in_two_out/unsigned_monero_tx"), 0);
	assert_int_equal(desk.j.verdict, VERDICT_REFUSE);
	assert_true(desk_found(&desk, "xmr.outputs.gap"));
	assert_non_null(strstr(desk.j.finding[0].text, "export all outputs"));
	assert_int_equal(desk_sign(&desk, &answer), ERR_REFUSED);
	/* Neither does a part of the list do. */
	assert_int_equal(desk_look(&desk,
	    "monero/v0.18.5.3/outputs/from_10_count_5"), 0);
	assert_true(desk_found(&desk, "xmr.outputs.gap"));
	must_sign("monero/v0.18.5.3/outputs/first_10", &answer);
	must_sign("monero/v0.18.5.3/outputs/from_10_count_5", &answer);
	assert_int_equal(desk_look(&desk,
	    "monero/v0.18.5.3/split_two_txs/unsigned_monero_tx"), 0);
	assert_true(desk_found(&desk, "xmr.outputs.gap"));
	must_sign("monero/v0.18.5.3/outputs/all", &answer);
	must_sign("monero/v0.18.5.3/one_in_two_out/unsigned_monero_tx",
	    &answer);
	/* Once more: the second is known. */
	assert_int_equal(desk_look(&desk,
	    "monero/v0.18.5.3/one_in_two_out/unsigned_monero_tx"), 0);
	assert_int_equal(desk.j.verdict, VERDICT_WARN);
	assert_true(desk_found(&desk, "xmr.spent.again"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_honest_sets_are_signed, fresh),
		cmocka_unit_test_setup(
		    test_hostile_files_are_refused_for_the_right_reason,
		    fresh),
		cmocka_unit_test(test_no_case_is_left_out_or_taken_lightly),
		cmocka_unit_test_setup(test_a_swapped_payee_is_shown_as_paid,
		    fresh),
		cmocka_unit_test(test_answers_are_known_as_such),
		cmocka_unit_test_setup(test_feathers_files_are_answered,
		    fresh),
		cmocka_unit_test_setup(
		    test_a_set_without_the_outputs_is_refused_with_advice,
		    fresh),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
