/* Registered wallets: their coins and change are what they rebuild. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/chain/bitcoin/descriptor.h"
#include "core/chain/bitcoin/request.h"
#include "tests/unit/fixtures_load.h"

#define ARENA ((size_t)96 << 20)
#define MEMORY ((size_t)4 << 20)

static struct arena arena, memory;
static struct session session;

static bool
has_code(const struct judgement *j, const char *code)
{
	size_t i;

	for (i = 0; i < j->n; i++)
		if (strcmp(j->finding[i].code, code) == 0)
			return true;
	return false;
}

static const char *
descriptor_of(const char *policy)
{
	return text(json_object_get(json_object_get(manifest(), "policies"),
	    policy), "descriptor");
}

static const json_t *
fixture(const char *id)
{
	json_t *all = json_object_get(manifest(), "fixtures"), *f;
	size_t i;

	json_array_foreach(all, i, f)
		if (strcmp(text(f, "id"), id) == 0)
			return f;
	fail_msg("%s: no such fixture", id);
	return NULL;
}

/* The owner opens the wallet's file and agrees: by all stages of its job. */
static enum verdict
register_as(struct rig *r, const char *descriptor)
{
	char file[8192], sum[DESCRIPTOR_SUM + 1];
	struct judgement j;
	struct study s;

	assert_int_equal(descriptor_sum(span_text(descriptor), sum), 0);
	(void)snprintf(file, sizeof(file), "%s#%s\n", descriptor, sum);
	assert_int_equal(rig_study(r, span_text(file), &session, &arena, &s),
	    0);
	assert_int_equal(judge(&s.intent, &arena, &j), 0);
	assert_int_equal(s.intent.plan.n, 0);
	if (j.verdict == VERDICT_REFUSE) {
		assert_int_equal(s.job->learn(s.req, &session), ERR_REFUSED);
		return j.verdict;
	}
	assert_int_equal(s.job->learn(s.req, &session), 0);
	assert_int_equal(rig_make(r, &s, &arena), 0);
	return j.verdict;
}

static int
clear(void **state)
{
	(void)state;
	arena_clear(&arena);
	arena_clear(&memory);
	session = (struct session){ .network = NET_REGTEST,
	    .arena = &memory };
	return 0;
}

/* Nothing but what the fixture itself is about warns, and its change is
 * proven. */
static void
check_page(const json_t *f, const struct judgement *j)
{
	static const char *const others[] = { "btc.fee.high",
	    "btc.amount.unproven", "btc.path.network" };
	bool idle = strstr(text(f, "id"), "-early") != NULL;
	size_t i, k;

	for (i = 0; i < j->n; i++) {
		if (idle && strcmp(j->finding[i].code, "btc.key.idle") == 0) {
			idle = false;
			continue;
		}
		for (k = 0; k < 3; k++)
			if (strcmp(j->finding[i].code, others[k]) == 0)
				break;
		if (j->finding[i].level != LEVEL_NOTE && k == 3)
			fail_msg("%s: %s", text(f, "id"),
			    j->finding[i].text);
	}
	assert_false(idle);
	assert_int_equal(j->total[TOTAL_CHANGE].known, KNOWN_PROVEN);
}

static void
check_change(const json_t *f, const struct judgement *j)
{
	json_t *outs = json_object_get(f, "outputs"), *o;
	uint64_t change = 0, got = 0;
	size_t i;

	json_array_foreach(outs, i, o)
		if (strcmp(text(o, "class"), "change") == 0 ||
		    strcmp(text(o, "class"), "receive") == 0)
			change += (uint64_t)json_number_value(
			    json_object_get(o, "sat"));
	assert_int_equal(num_u64(&j->total[TOTAL_CHANGE].amount, &got), 0);
	assert_int_equal(got, change);
}

static struct span
trimmed(struct span s)
{
	while (s.n > 0 && s.p[s.n - 1] <= ' ')
		s.n--;
	return s;
}

/* Signatures are foretold with the length that they mostly have. */
static void
check_size(const json_t *f, uint64_t foretold)
{
	uint64_t is = (uint64_t)json_number_value(json_object_get(
	    json_object_get(f, "core"), "vsize"));

	if (foretold + 2 < is || foretold > is + 2)
		fail_msg("%s: %llu, foretold %llu", text(f, "id"),
		    (unsigned long long)is, (unsigned long long)foretold);
}

/* Each signer registers it for himself, then signs what the one before gave.
 * What is complete to the node is complete to us, in the same bytes. */
static void
run(const json_t *f)
{
	json_t *signers = json_object_get(f, "signers"), *who;
	struct span first = load(text(f, "file")), file = first, final, want;
	static struct rig r;
	struct judgement j;
	struct study s;
	size_t i;

	(void)clear(NULL);
	final = (struct span){ 0 };
	json_array_foreach(signers, i, who) {
		take_keys(f, json_string_value(who), &r);
		session.nwallet = 0;
		assert_int_not_equal(register_as(&r, descriptor_of(text(f,
		    "policy"))), VERDICT_REFUSE);
		assert_int_equal(rig_study(&r, file, &session, &arena, &s),
		    0);
		assert_int_equal(judge(&s.intent, &arena, &j), 0);
		check_page(f, &j);
		check_change(f, &j);
		assert_int_equal(rig_make(&r, &s, &arena), 0);
		assert_int_equal(rig_answer(&s, 0, &arena, &file), 0);
		assert_int_equal(rig_answer(&s, 1, &arena, &final), 0);
	}
	if (text(f, "final")[0] != '\0') {
		want = load(text(f, "final"));
		if (!span_eq(trimmed(final), trimmed(want)))
			fail_msg("%s: not the node's (%zu, %zu)", text(f,
			    "id"), final.n, want.n);
		check_size(f, s.intent.size);
		drop(want);
	} else {
		assert_int_equal(final.n, 0);
	}
	drop(first);
}

static void
test_policies_known(void **state)
{
	json_t *all = json_object_get(manifest(), "fixtures"), *f;
	size_t i, n = 0;

	(void)state;
	json_array_foreach(all, i, f) {
		if (strcmp(text(f, "group"), "policy") != 0 ||
		    strstr(text(f, "policy"), "musig") != NULL)
			continue;
		run(f);
		n++;
	}
	print_message("%zu fixtures\n", n);
	assert_true(n > 35);
}

static void
judged(const char *id, const char *policy, struct judgement *j)
{
	const json_t *f = fixture(id);
	static struct rig r;
	struct study s;
	struct span file = load(text(f, "file"));

	take_keys(f, "A", &r);
	if (policy != NULL)
		assert_int_not_equal(register_as(&r, descriptor_of(policy)),
		    VERDICT_REFUSE);
	assert_int_equal(rig_study(&r, file, &session, &arena, &s), 0);
	assert_int_equal(judge(&s.intent, &arena, j), 0);
	drop(file);
}

/* Change that looks like ours in every field: another cosigner, a lower
 * threshold, our key twice. */
static void
test_attack_05_change_that_is_not_rebuilt(void **state)
{
	static const char *const id[] = { "ms-change-swapped-cosigner",
	    "ms-change-lower-threshold", "ms-change-key-repeated" };
	struct judgement j;
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		(void)clear(NULL);
		judged(id[i], "wsh-sm23", &j);
		assert_int_equal(j.verdict, VERDICT_REFUSE);
		assert_true(has_code(&j, "btc.change.false"));
	}
	(void)clear(NULL);	/* the control: honest change */
	judged("wsh-sm23-AB", "wsh-sm23", &j);
	assert_false(has_code(&j, "btc.change.false"));
	assert_false(has_code(&j, "btc.wallet.unregistered"));
}

/* A coin under our key's path that the registered wallet does not give; of
 * a wallet without our key in it nothing follows. */
static void
test_attack_06_coins_of_another_wallet(void **state)
{
	struct judgement j;

	(void)state;
	judged("wsh-sm23-AB", "wsh-sm35", &j);
	assert_int_equal(j.verdict, VERDICT_REFUSE);
	assert_true(has_code(&j, "btc.wallet.false"));
	(void)clear(NULL);
	judged("wsh-sm23-AB", "wsh-m23", &j);
	assert_false(has_code(&j, "btc.wallet.false"));
	assert_true(has_code(&j, "btc.wallet.unregistered"));
	/* Both are known: the coin is of the one that rebuilds it. */
	(void)clear(NULL);
	judged("wsh-sm23-AB", "wsh-sm35", &j);
	judged("wsh-sm23-AB", "wsh-sm23", &j);
	assert_int_not_equal(j.verdict, VERDICT_REFUSE);
	assert_false(has_code(&j, "btc.wallet.unregistered"));
}

#define KEY_A "[73c5da0a/48h/1h/0h/2h]tpubDFH9dgzveyD8zTbPUFuLrGmCydNvxehyNd" \
    "UXKJAQN8x4aZ4j6UZqGfnqFrD4NqyaTVGKbvEW54tsvPTK2UoSbCC1PJY8iCNiwTL3RWZEheQ"
#define KEY_A_AS "[73c5da0a/48h/1h/1h/2h]tpubDFH9dgzveyD8zTbPUFuLrGmCydNvxeh" \
    "yNdUXKJAQN8x4aZ4j6UZqGfnqFrD4NqyaTVGKbvEW54tsvPTK2UoSbCC1PJY8iCNiwTL3RWZ" \
    "EheQ"
#define TPUB_B "tpubDFPtPArj4GzBEFHohegg1Xatrc1Fi9oSox5LzuSRX91miwQxuUrEpBxp" \
    "vDRsmZYJKYFhgdK3UStsjC8JKXfUbMinjFqiEM4uNwzVaCaHpys"
#define KEY_B "[3f635a63/48h/1h/0h/2h]" TPUB_B
#define KEY_C "tpubDEM3QTy1qdWhcULSyTL7HphjC4M4ZZiCJB4KGNM6EEArhujSepmU6fCqn" \
    "T9UAoxYUEKtfVYjBYJYvKYpR1NFbqEPjArLLuGVeqQ4oKjcbys"
#define R "/<0;1>/*"
/* x of two times the generator */
#define BARE_X "c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c70" \
    "9ee5"

static const struct { const char *d, *code; } offered[] = {
	{ "wsh(sortedmulti(2," KEY_A R "," KEY_B R "))", NULL },
	{ "wsh(sortedmulti(2," KEY_A_AS R "," KEY_B R "))",
	    "btc.xpub.false" },
	{ "wsh(sortedmulti(1," KEY_B R "," TPUB_B "/<2;3>/*))",
	    "btc.key.none" },
	{ "wsh(sortedmulti(2," KEY_A R "," KEY_A R "))",
	    "btc.wallet.key-twice" },
	{ "wsh(sortedmulti(2," KEY_A R "," KEY_A "/<1;2>/*))",
	    "btc.wallet.key-twice" },
	{ "wsh(sortedmulti(2," KEY_A R "," KEY_A "/<2;3>/*," KEY_B R
	    "))", "btc.wallet.key-twice" },
	{ "wsh(sortedmulti(2," KEY_A R "," KEY_B R "," KEY_B
	    "/<2;3>/*))", "btc.wallet.key-twice" },
	{ "wsh(thresh(2,pk(" KEY_A R "),s:pk(" KEY_B R "),a:and_n(pk("
	    KEY_A "/<2;3>/*),pk(" KEY_B "/<2;3>/*))))",
	    "btc.wallet.key-twice" },
	{ "wsh(and_v(v:pk(" KEY_A R "),or_d(pk(" KEY_A "/<2;3>/*),pk("
	    KEY_B R "))))", "btc.wallet.key-twice" },
	{ "tr(" KEY_A R ",multi_a(2," KEY_B R "," KEY_B "/<2;3>/*))",
	    "btc.wallet.key-twice" },
	/* BIP341: of a bare key the script takes x alone. */
	{ "tr(" KEY_A R ",multi_a(2,[aaaaaaaa]02" BARE_X ",[bbbbbbbb]03"
	    BARE_X "))", "btc.wallet.key-twice" },
	{ "tr(" KEY_A R ",multi_a(2,[aaaaaaaa]" BARE_X ",[bbbbbbbb]03"
	    BARE_X "))", "btc.wallet.key-twice" },
	/* Two accounts of one seed, ours or not. */
	{ "wsh(sortedmulti(2," KEY_A R "," KEY_B R ",[3f635a63/48h/1h/1h/2h]"
	    KEY_C R "))", "btc.wallet.key-twice" },
	{ "wsh(sortedmulti(2," KEY_A R "," KEY_B R ",[73c5da0a/48h/1h/1h/2h]"
	    KEY_C R "))", "btc.wallet.key-twice" },
	{ "wsh(or_d(multi(2," KEY_A R "," KEY_B R "),and_v(v:pkh([3f635a63/48"
	    "h/1h/1h/2h]" KEY_C R "),older(144))))", NULL },
	/* In a way of its own each may stand again. */
	{ "wsh(or_d(multi(2," KEY_A R "," KEY_B R "),and_v(v:pkh("
	    KEY_A "/<2;3>/*),older(65535))))", NULL },
	{ "wsh(andor(pk(" KEY_A R "),pk(" KEY_B R "),and_v(v:pkh("
	    KEY_A "/<2;3>/*),older(144))))", NULL },
	{ "tr(" KEY_A R ",multi_a(2," KEY_A "/<2;3>/*," KEY_B R "))",
	    NULL },
	{ "wsh(or_d(pk(" KEY_A R "),and_v(v:pk(" KEY_B R "),older("
	    "65536))))", "btc.wallet.unsafe" },
	{ "wsh(sortedmulti(2," KEY_A "/0/5," KEY_B "/0/5))",
	    "btc.wallet.one-address" },
	{ "wsh(sortedmulti(2," KEY_A "/0/*," KEY_B "/0/*))",
	    "btc.wallet.no-change" },
	{ "wsh(sortedmulti(2," KEY_A R "," KEY_B "/<1;0>/*))",
	    "btc.wallet.branches" },
	{ "wsh(sortedmulti(2," KEY_A R "," KEY_B "/0/*))",
	    "btc.wallet.branches" },
	{ "wsh(sortedmulti(2," KEY_A R ",[3f635a63/48h/1h/0h/2h]"
	    "tpubDFH9dgzveyD8zTbPUFuLrGmCydNvxehyNdUXKJAQN8x4aZ4j6UZqG"
	    "fnqFrD4NqyaTVGKbvEW54tsvPTK2UoSbCC1PJY8iCNiwTL3RWZEheQ" R
	    "))", "btc.wallet.key-twice" },
	{ "wsh(sortedmulti(2," KEY_A R "," TPUB_B R "))",
	    "btc.wallet.origin" },
	{ "wsh(or_d(pk(" KEY_A R "),older(10)))",
	    "btc.wallet.unsafe" },
	{ "wsh(sortedmulti(1," KEY_A R "," TPUB_B "))",
	    "btc.wallet.unsafe" },
};

/* Known attacks 6 and 20: our own key is proven, once; every other is shown;
 * none stands there twice or without its origin. */
static void
test_attack_06_20_what_may_be_registered(void **state)
{
	char file[4096], sum[DESCRIPTOR_SUM + 1];
	static struct rig r;
	struct judgement j;
	struct study s;
	size_t i;

	(void)state;
	take_keys(fixture("wsh-sm23-AB"), "A", &r);
	for (i = 0; i < sizeof(offered) / sizeof(offered[0]); i++) {
		assert_int_equal(descriptor_sum(span_text(offered[i].d), sum),
		    0);
		(void)snprintf(file, sizeof(file), "%s#%s", offered[i].d, sum);
		assert_int_equal(rig_study(&r, span_text(file), &session,
		    &arena, &s), 0);
		assert_int_equal(judge(&s.intent, &arena, &j), 0);
		if (offered[i].code == NULL)
			assert_int_equal(j.n, 0);
		else if (!has_code(&j, offered[i].code))
			fail_msg("%s: %s not found", offered[i].d,
			    offered[i].code);
	}
	session.network = NET_MAIN;
	(void)snprintf(file, sizeof(file), "%s", offered[0].d);
	assert_int_equal(descriptor_sum(span_text(file), sum), 0);
	(void)snprintf(file, sizeof(file), "%s#%s", offered[0].d, sum);
	assert_int_equal(rig_study(&r, span_text(file), &session, &arena,
	    &s), 0);
	assert_int_equal(judge(&s.intent, &arena, &j), 0);
	assert_true(has_code(&j, "btc.xpub.network"));
}

/* Known attack 7: an index that no wallet would look at. */
static void
test_attack_07_huge_index(void **state)
{
	struct keyref at = { .fpr = { { 0x73, 0xc5, 0xda, 0x0a } },
	    .path = { 6, { 48 | HARDENED, 1 | HARDENED, HARDENED,
	    2 | HARDENED, 1, 0x7fffffff } } };
	struct pubring ring = pubring_in(&arena);
	struct knowns known;
	struct spot_in spot;
	struct span none = { 0 };
	static struct rig r;
	bool claimed;

	(void)state;
	take_keys(fixture("wsh-sm23-AB"), "A", &r);
	assert_int_equal(register_as(&r, descriptor_of("wsh-sm23")),
	    VERDICT_ALLOW);
	assert_int_equal(knowns_of(&session, &ring, &arena, &known), 0);
	assert_int_equal(known.n, 1);
	assert_true(known_claims(&known.w[0], &at, &spot));
	assert_int_equal(spot.branch, 1);
	assert_int_equal(spot.index, 0x7fffffff);
	assert_int_equal(known_find(&known, &at, none, &arena, &spot,
	    &claimed), 0);
	assert_true(claimed && spot.wallet == NULL);
	at.path.e[5] |= HARDENED;	/* no such address */
	assert_false(known_claims(&known.w[0], &at, &spot));
	at.path.e[4] = 2;		/* no such branch */
	at.path.e[5] = 0;
	assert_false(known_claims(&known.w[0], &at, &spot));
	session.network = NET_MAIN;	/* of another network: not known */
	assert_int_equal(knowns_of(&session, &ring, &arena, &known), 0);
	assert_int_equal(known.n, 0);
}

static int
setup(void **state)
{
	(void)state;
	arena = (struct arena){ malloc(ARENA), ARENA, 0 };
	memory = (struct arena){ malloc(MEMORY), MEMORY, 0 };
	return arena.base == NULL || memory.base == NULL ||
	    secp_init(NULL) != 0;
}

static int
teardown(void **state)
{
	(void)state;
	free(arena.base);
	free(memory.base);
	return 0;
}

#define T(f) cmocka_unit_test_setup(f, clear)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_policies_known),
		T(test_attack_05_change_that_is_not_rebuilt),
		T(test_attack_06_coins_of_another_wallet),
		T(test_attack_06_20_what_may_be_registered),
		T(test_attack_07_huge_index),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
