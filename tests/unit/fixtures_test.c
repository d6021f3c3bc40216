/* Every fixture made by a real node, through the whole of a job: verdict,
 * totals, signatures, the finished transaction. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/chain/bitcoin/request.h"
#include "core/encode/hex.h"
#include "tests/unit/fixtures_load.h"
#include "tests/unit/fixtures_table.h"

#define ARENA ((size_t)96 << 20)

static bool
one_key(const char *policy)
{
	return strncmp(policy, "pkh", 3) == 0 ||
	    strncmp(policy, "wpkh", 4) == 0 ||
	    strncmp(policy, "shwpkh", 6) == 0 ||
	    strcmp(policy, "tr") == 0 || strcmp(policy, "tr-main") == 0;
}

static bool
has_code(const struct judgement *j, const char *code)
{
	size_t i;

	for (i = 0; i < j->n; i++)
		if (strcmp(j->finding[i].code, code) == 0)
			return true;
	return false;
}

/* The fixtures pay small sums: 5 % of them is soon reached, and the rule for
 * that is ours.  Nothing else may warn. */
static bool
only_the_fee(const struct judgement *j)
{
	size_t i;

	for (i = 0; i < j->n; i++)
		if (j->finding[i].level == LEVEL_WARN &&
		    strcmp(j->finding[i].code, "btc.fee.high") != 0)
			return false;
	return j->verdict == VERDICT_WARN;
}

static enum verdict
floor_of(const json_t *fixture)
{
	const char *v = text(fixture, "verdict");

	return strcmp(v, "refuse") == 0 ? VERDICT_REFUSE :
	    strcmp(v, "warn") == 0 ? VERDICT_WARN : VERDICT_ALLOW;
}

static void
check_verdict(const json_t *fixture, const struct judgement *j)
{
	const char *id = text(fixture, "id");
	enum verdict want = floor_of(fixture);
	size_t i, n = sizeof(expectations) / sizeof(expectations[0]);

	for (i = 0; i < n; i++) {
		const struct expectation *x = &expectations[i];

		if (strcmp(x->id, id) != 0)
			continue;
		if (!has_code(j, x->code))
			fail_msg("%s: %s not found", id, x->code);
		want = x->verdict;
	}
	if (strstr(text(fixture, "policy"), "musig") != NULL) {
		want = VERDICT_REFUSE;
		assert_true(has_code(j, "btc.script.unsupported"));
	} else if (!one_key(text(fixture, "policy")) &&
	    want != VERDICT_REFUSE) {
		want = VERDICT_WARN;
		assert_true(has_code(j, "btc.wallet.unregistered"));
	}
	if (want == VERDICT_ALLOW && only_the_fee(j))
		return;
	if (j->verdict != want)
		fail_msg("%s: %s, should be %s (%s)", id,
		    verdict_name(j->verdict), verdict_name(want),
		    j->n > 0 ? j->finding[0].code : "nothing found");
}

static void
check_total(const char *id, const struct total *t, uint64_t want)
{
	uint64_t got = 0;

	if (!t->has || num_u64(&t->amount, &got) != 0 || got != want)
		fail_msg("%s: %llu, should be %llu", id,
		    (unsigned long long)got, (unsigned long long)want);
}

/* fee, pay and change exactly as the node's own wallet made them. */
static void
check_totals(const json_t *fixture, const struct judgement *j)
{
	const char *id = text(fixture, "id"), *class;
	json_t *outs = json_object_get(fixture, "outputs"), *o;
	json_t *fee = json_object_get(fixture, "apparent_fee");
	uint64_t pay = 0, change = 0;
	size_t i;

	json_array_foreach(outs, i, o) {
		uint64_t sat = (uint64_t)json_number_value(
		    json_object_get(o, "sat"));

		class = text(o, "class");
		if (strcmp(class, "change") == 0 ||
		    strcmp(class, "receive") == 0 ||
		    (i == 1 && strncmp(id, "change-o", 8) == 0))
			change += sat;	/* odd paths: ours all the same */
		else
			pay += sat;
	}
	if (fee == NULL)
		fee = json_object_get(fixture, "fee");
	check_total(id, &j->total[TOTAL_PAY], pay);
	check_total(id, &j->total[TOTAL_CHANGE], change);
	check_total(id, &j->total[TOTAL_FEE],
	    (uint64_t)json_number_value(fee));
}

/* Each ECDSA signature has the bytes that the node's own has; for each of a
 * script path there is one of the same key and leaf. */
static size_t
check_policy_twin(const struct request *twin, const struct request *ours,
    size_t i)
{
	const struct psbt_map *m = &twin->psbt.in[i];
	struct span hash, is;
	size_t k, n = 0;

	for (k = 0; k < m->n; k++) {
		const struct psbt_entry *e = &m->e[k];

		if (e->type == IN_PARTIAL_SIG) {
			is = policy_sig(ours, i, e->data, NULL);
			assert_true(span_eq(is, e->value));
		} else if (e->type == IN_TAP_SCRIPT_SIG) {
			hash = span_of(e->data.p + 32, 32);
			is = policy_sig(ours, i, span_of(e->data.p, 32),
			    leaf_find(&ours->in[i], hash));
			assert_true(is.n >= 64);
		}
		n += e->type == IN_PARTIAL_SIG || e->type == IN_TAP_SIG ||
		    e->type == IN_TAP_SCRIPT_SIG;
	}
	return n;
}

static void
check_twin(const json_t *fixture, const struct request *ours,
    struct span twin_file, struct arena *a)
{
	struct request *twin;
	struct fault f;
	size_t i, k, n = 0;

	assert_int_equal(request_open(a, twin_file, NULL, &twin, &f), 0);
	for (i = 0; i < twin->psbt.tx.nin; i++) {
		const struct psbt_map *m = &twin->psbt.in[i];

		if (ours->in[i].own != NULL) {
			n += check_policy_twin(twin, ours, i);
			continue;
		}
		for (k = 0; k < m->n; k++) {
			if (m->e[k].type != IN_PARTIAL_SIG)
				continue;
			assert_true(span_eq(m->e[k].data,
			    ours->in[i].sig_key));
			if (!span_eq(m->e[k].value, ours->in[i].sig))
				fail_msg("%s: input %zu", text(fixture, "id"),
				    i);
			n++;
		}
		n += twin->in[i].tap_sig.p != NULL;
	}
	assert_true(n > 0);
}

static struct span
without_newline(struct span s)
{
	while (s.n > 0 && (s.p[s.n - 1] == '\n' || s.p[s.n - 1] == '\r'))
		s.n--;
	return s;
}

static void
check_final(const json_t *fixture, struct span answer)
{
	struct span want = load(text(fixture, "final"));

	if (!span_eq(without_newline(answer), without_newline(want)))
		fail_msg("%s: not the node's transaction",
		    text(fixture, "id"));
	drop(want);
}

static void
check_signed(const json_t *fixture, const char *who, struct rig *r,
    struct study *s, struct arena *a)
{
	const char *twin = text(json_object_get(fixture, "signed"), who);
	const json_t *core = json_object_get(fixture, "core");
	struct span out, final, file;
	json_t *vsize = json_object_get(core, "vsize");

	assert_int_equal(rig_make(r, s, a), 0);
	assert_int_equal(r->asked, ((const struct request *)s->req)->review->
	    nsign);
	assert_int_equal(rig_answer(s, 0, a, &out), 0);
	assert_true(out.n > 0);
	assert_int_equal(rig_answer(s, 1, a, &final), 0);
	if (twin[0] != '\0') {
		file = load(twin);
		check_twin(fixture, s->req, file, a);
		drop(file);
	}
	if (one_key(text(fixture, "policy")) &&
	    json_is_true(json_object_get(core, "complete")))
		assert_true(final.n > 0);
	if (final.n > 0 && text(fixture, "final")[0] != '\0')
		check_final(fixture, final);
	/* Now and then a signature is a byte shorter than foreseen. */
	if (final.n > 0 && json_is_number(vsize))
		assert_in_range((uint64_t)json_number_value(vsize),
		    s->intent.size - 1 - s->intent.nfact / 50,
		    s->intent.size);
	/* Signed once: a second asking is refused. */
	assert_int_equal(rig_make(r, s, a), ERR_STATE);
}

static void
check_fault(const json_t *fixture, enum err e, const struct fault *f)
{
	const char *id = text(fixture, "id");
	size_t i, n = sizeof(faults) / sizeof(faults[0]);

	if (floor_of(fixture) != VERDICT_REFUSE &&
	    strcmp(text(fixture, "verdict"), "any") != 0)
		fail_msg("%s: %s, %s", id, err_text(e), f->where);
	for (i = 0; i < n; i++)
		if (strcmp(faults[i].id, id) == 0 &&
		    (faults[i].err != e ||
		    strcmp(faults[i].where, f->where) != 0))
			fail_msg("%s: %s at %s", id, err_text(e), f->where);
}

static void
run(const json_t *fixture, const char *who, struct arena *a)
{
	struct session session = { .network = NET_REGTEST };
	static struct rig r;
	struct span file = load(text(fixture, "file"));
	struct judgement j;
	struct study s;
	enum err e;

	arena_clear(a);
	take_keys(fixture, who, &r);
	if ((e = rig_study(&r, file, &session, a, &s)) != 0) {
		check_fault(fixture, e, &s.fault);
		drop(file);
		return;
	}
	assert_int_equal(judge(&s.intent, a, &j), 0);
	if (strcmp(text(fixture, "group"), "flip") != 0) {
		assert_string_not_equal(text(fixture, "group"), "bad");
		check_verdict(fixture, &j);
	}
	/* Of a fee the rules decide; the rest a job refuses by itself. */
	if (has_code(&j, "btc.fee.absurd")) {
		assert_int_equal(j.n, 1);
	} else if (j.verdict == VERDICT_REFUSE) {
		assert_int_not_equal(rig_make(&r, &s, a), 0);
		assert_int_equal(r.asked, 0);
	} else {
		if (json_object_get(fixture, "outputs") != NULL &&
		    strcmp(text(fixture, "group"), "flip") != 0)
			check_totals(fixture, &j);
		check_signed(fixture, who, &r, &s, a);
	}
	drop(file);
}

static size_t
run_group(const char *group, struct arena *a)
{
	json_t *all = json_object_get(manifest(), "fixtures"), *x;
	size_t i, n = 0;

	json_array_foreach(all, i, x) {
		if (strcmp(text(x, "group"), group) != 0)
			continue;
		run(x, first_signer(x), a);
		n++;
	}
	print_message("%zu fixtures of %s\n", n, group);
	return n;
}

static void
test_honest_files_signed_as_by_the_node(void **state)
{
	assert_true(run_group("sign", *state) >= 70);
}

static void
test_hostile_files_get_their_verdict(void **state)
{
	assert_true(run_group("attack", *state) >= 60);
}

static void
test_broken_files_refused_with_their_place(void **state)
{
	assert_true(run_group("bad", *state) >= 20);
}

static void
test_flipped_bits_do_no_harm(void **state)
{
	assert_true(run_group("flip", *state) >= 20);
}

/* One after the other signs what the one before gave: is it finished then?
 * Where it is, it is the node's own transaction. */
static bool
sign_in_turn(const json_t *fixture, struct arena *a)
{
	struct session session = { .network = NET_REGTEST };
	json_t *signers = json_object_get(fixture, "signers"), *who;
	struct span first = load(text(fixture, "file")), file = first;
	struct span final = { 0 };
	static struct rig r;
	struct study s;
	size_t i;

	arena_clear(a);
	json_array_foreach(signers, i, who) {
		take_keys(fixture, json_string_value(who), &r);
		assert_int_equal(rig_study(&r, file, &session, a, &s), 0);
		assert_int_equal(rig_make(&r, &s, a), 0);
		assert_int_equal(rig_answer(&s, 0, a, &file), 0);
		assert_int_equal(rig_answer(&s, 1, a, &final), 0);
	}
	if (final.n > 0)
		check_final(fixture, final);
	drop(first);
	return final.n > 0;
}

/* Every wallet of several keys or conditions, by each of its signers. */
static void
test_policies_signed_by_each_in_turn(void **state)
{
	json_t *all = json_object_get(manifest(), "fixtures"), *x, *who;
	size_t i, k, n = 0, finished = 0;

	json_array_foreach(all, i, x) {
		if (strcmp(text(x, "group"), "policy") != 0)
			continue;
		json_array_foreach(json_object_get(x, "signers"), k, who)
			run(x, json_string_value(who), *state);
		n++;
		if (strstr(text(x, "policy"), "musig") == NULL)
			finished += sign_in_turn(x, *state);
	}
	print_message("%zu fixtures of policy, %zu finished\n", n, finished);
	assert_true(n >= 30 && finished >= 12);
}

/* The answer goes out as the file came in. */
static void
test_forms_come_back_alike(void **state)
{
	static const char *const names[] = { "forms/wpkh.psbt",
	    "forms/wpkh.hex.psbt", "forms/wpkh.b64.psbt",
	    "forms/wpkh.wrapped.b64.psbt" };
	struct session session = { .network = NET_REGTEST };
	struct span out, first = { 0 }, bytes;
	struct arena *a = *state;
	static struct rig r;
	size_t i, at;

	arena_clear(a);
	assert_int_equal(rig_add(&r, "abandon abandon abandon abandon abandon "
	    "abandon abandon abandon abandon abandon abandon about", ""), 0);
	for (i = 0; i < 4; i++) {
		struct span file = load(names[i]);
		struct peel in = { 0 }, is = { 0 };
		struct study s;

		assert_int_equal(rig_study(&r, file, &session, a, &s), 0);
		assert_int_equal(rig_make(&r, &s, a), 0);
		assert_int_equal(rig_answer(&s, 0, a, &out), 0);
		assert_int_equal(peel(file, a, &in, &bytes, &at), 0);
		assert_int_equal(peel(out, a, &is, &bytes, &at), 0);
		assert_memory_equal(&in, &is, sizeof(in));
		if (i == 0)
			first = bytes;
		assert_true(span_eq(first, bytes));
		drop(file);
	}
}

static int
setup(void **state)
{
	static struct arena a = { .size = ARENA };

	a.base = malloc(ARENA);
	*state = &a;
	return a.base == NULL || secp_init(NULL) != 0;
}

static int
teardown(void **state)
{
	struct arena *a = *state;

	json_decref(manifest());
	free(a->base);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_honest_files_signed_as_by_the_node),
		cmocka_unit_test(test_hostile_files_get_their_verdict),
		cmocka_unit_test(test_broken_files_refused_with_their_place),
		cmocka_unit_test(test_flipped_bits_do_no_harm),
		cmocka_unit_test(test_policies_signed_by_each_in_turn),
		cmocka_unit_test(test_forms_come_back_alike),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
