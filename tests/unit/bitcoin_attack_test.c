/* The known attacks on Bitcoin signers, by number: each is found out. */
#include "tests/unit/bitcoin_setup.h"

static const uint8_t key_utxo[] = { IN_UTXO };

static bool
fact_has(enum fact_kind kind, uint32_t index, uint64_t trait)
{
	return (fact_of(&d.s.intent, kind, index)->traits & trait) != 0;
}

static void
assert_never_signed(void)
{
	assert_int_not_equal(rig_make(&d.rig, &d.s, &d.a), 0);
	assert_int_equal(d.rig.asked, 0);
	assert_false(d.s.job->answers[0].ready(d.s.req));
}

/* Two files, each with the truth about one coin and a lie about the other. */
static void
test_attack_01_two_session_fee_theft(void **state)
{
	(void)state;
	assert_true((traits_of(fixture("attack/fee-attack-part1.psbt", &d.a))
	    & TRAIT_BIT(AMOUNT_CLAIMED)) != 0);
	assert_int_equal(fact_of(&d.s.intent, FACT_FEE, 0)->known,
	    KNOWN_CLAIMED);
	assert_int_equal(d.s.job->learn(d.s.req, &d.session), 0);
	(void)traits_of(fixture("attack/fee-attack-part2.psbt", &d.a));
	assert_true(fact_has(FACT_SPEND, 0, TRAIT_BIT(AMOUNT_CHANGED)));
	assert_true(fact_has(FACT_SPEND, 1, TRAIT_BIT(AMOUNT_CHANGED)));
	assert_never_signed();
}

/* An earlier file lied about a coin that this one proves: it can be spent, but
 * not before the owner has read that.  Of the other coin nothing is said. */
static void
test_attack_01_a_lie_does_not_freeze_a_coin(void **state)
{
	struct span file = fixture("sign/wpkh-in2.psbt", &d.a);
	struct request *q = opened(file, &d.a);
	struct session_record lie = { .known = KNOWN_CLAIMED };

	(void)state;
	assert_int_equal(coin_find_all(q), 0);
	memcpy(lie.key, q->psbt.tx.in[0].outpoint, sizeof(lie.key));
	lie.amount = num_of(q->coin[0].amount - 1);
	assert_int_equal(session_learn(&d.session, &lie, 1), 0);
	(void)traits_of(file);
	assert_true(fact_has(FACT_SPEND, 0, TRAIT_BIT(AMOUNT_BELIED)));
	assert_false(fact_has(FACT_SPEND, 0, TRAIT_BIT(AMOUNT_CHANGED)));
	assert_false(fact_has(FACT_SPEND, 1, TRAIT_BIT(AMOUNT_BELIED)));
	assert_int_equal(d.s.job->learn(d.s.req, &d.session), 0);
	(void)traits_of(file);
	assert_false(fact_has(FACT_SPEND, 0, TRAIT_BIT(AMOUNT_BELIED)));
}

/* A full previous transaction, and beside it a utxo that says otherwise. */
static void
test_attack_02_utxo_differs_from_previous_tx(void **state)
{
	struct span file = fixture("sign/wpkh-in2.psbt", &d.a);
	struct request *q = opened(file, &d.a);
	struct edit e = { PSBT_IN, 1, SPAN_OF(key_utxo), { 0 } };
	uint8_t utxo[64];
	struct sink s;
	size_t what;

	(void)state;
	assert_int_equal(coin_find_all(q), 0);
	for (what = 0; what < 3; what++) {
		s = sink_to_buf(utxo, sizeof(utxo));
		put_u64le(&s, q->coin[1].amount + (what == 1));
		put_compact_span(&s, q->coin[what == 2 ? 0 : 1].script);
		e.value = span_of(utxo, s.total);
		(void)traits_of(edited(file, &e, 1, &d.a));
		assert_int_equal(fact_has(FACT_SPEND, 1,
		    TRAIT_BIT(AMOUNT_FALSE)), what != 0);
		assert_string_equal(fact_of(&d.s.intent, FACT_SPEND, 1)->why,
		    what == 0 ? "" : what == 1 ?
		    "utxo 100001 sat, previous tx 100000 sat" :
		    "the scripts differ");
		if (what != 0)
			assert_never_signed();
	}
}

static void
test_attack_03_index_past_previous_tx(void **state)
{
	(void)state;
	assert_true((traits_of(fixture("attack/prevtx-vout-out-of-range.psbt",
	    &d.a)) & TRAIT_BIT(PREVTX_INDEX)) != 0);
	assert_never_signed();
	assert_true((traits_of(fixture("attack/prevtx-txid-mismatch.psbt",
	    &d.a)) & TRAIT_BIT(PREVTX_FALSE)) != 0);
	assert_never_signed();
}

/* A label under our fingerprint is not ownership. */
static void
test_attack_04_labelled_change(void **state)
{
	static const char *const files[] = {
	    "attack/change-script-not-ours.psbt",
	    "attack/change-foreign-key-our-fingerprint.psbt" };
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		(void)traits_of(fixture(files[i], &d.a));
		assert_true(fact_has(FACT_PAY, 1, TRAIT_BIT(CHANGE_FALSE)));
		assert_string_equal(fact_of(&d.s.intent, FACT_PAY, 1)->why,
		    "it says m/84'/1'/0'/1/0");
		assert_never_signed();
	}
}

/* What a data output carries stays on its line and in its letters. */
static void
test_attack_08_control_characters(void **state)
{
	struct span file = fixture("attack/opreturn-80.psbt", &d.a);
	struct request *q = opened(file, &d.a);
	uint8_t script[] = "\x6a\x0apay\n\x1b[2J\xe2\x80";
	const struct fact *f;

	(void)state;
	q->psbt.tx.out[1].script = span_of(script, 12);
	(void)traits_of(with_tx(file, &q->psbt.tx, &d.a));
	f = fact_of(&d.s.intent, FACT_DATA, 1);
	assert_string_equal(f->to, "hex 7061790a1b5b324ae280");
	memcpy(script + 2, "say \"\\\" it", 10);
	(void)traits_of(with_tx(file, &q->psbt.tx, &d.a));
	f = fact_of(&d.s.intent, FACT_DATA, 1);
	assert_true(text_is_printable(span_text(f->to)));
	assert_non_null(strstr(f->to, "\\\\"));
}

static void
test_attack_09_kinds_of_signature(void **state)
{
	static const struct { const char *file; uint64_t trait; bool sign; }
	    all[] = {
		{ "sign/pkh-sighash-none.psbt", TRAIT_BIT(SIGHASH_NONE),
		    false },
		{ "sign/tr-sighash-none-acp.psbt", TRAIT_BIT(SIGHASH_NONE),
		    false },
		{ "sign/wpkh-sighash-single.psbt", TRAIT_BIT(SIGHASH_SINGLE),
		    true },
		{ "sign/pkh-sighash-all-acp.psbt", TRAIT_BIT(SIGHASH_ANYONE),
		    true },
		{ "attack/sighash-80.psbt", TRAIT_BIT(SIGHASH_BAD), false },
		{ "attack/sighash-257-looks-like-all.psbt",
		    TRAIT_BIT(SIGHASH_BAD), false },
		{ "attack/sighash-single-no-output-pkh.psbt",
		    TRAIT_BIT(SIGHASH_BUG), false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		assert_true((traits_of(fixture(all[i].file, &d.a)) &
		    all[i].trait) != 0);
		if (all[i].sign)
			assert_int_equal(rig_make(&d.rig, &d.s, &d.a), 0);
		else
			assert_never_signed();
	}
}

/* What a signature leaves open is nowhere called proven. */
static void
test_attack_09_what_is_left_open_is_claimed(void **state)
{
	static const uint8_t single[] = { 3, 0, 0, 0 }, key[] = { IN_SIGHASH };
	struct edit e = { PSBT_IN, 1, SPAN_OF(key), SPAN_OF(single) };
	struct span file = fixture("sign/wpkh-in2.psbt", &d.a);
	const struct fact *f;
	size_t i;

	(void)state;
	(void)traits_of(edited(file, &e, 1, &d.a));
	for (i = 0; i < d.s.intent.nfact; i++) {
		f = &d.s.intent.fact[i];
		if (f->kind == FACT_PAY || f->kind == FACT_CHANGE)
			assert_int_equal(f->known, f->index == 1 ?
			    KNOWN_PROVEN : KNOWN_CLAIMED);
	}
	assert_int_equal(fact_of(&d.s.intent, FACT_FEE, 0)->known,
	    KNOWN_CLAIMED);
	(void)traits_of(fixture("sign/wpkh-sighash-single.psbt", &d.a));
	for (i = 0; i < d.s.intent.nfact; i++) {
		f = &d.s.intent.fact[i];
		if (f->kind == FACT_PAY || f->kind == FACT_CHANGE)
			assert_int_equal(f->known, KNOWN_CLAIMED);
	}
	(void)traits_of(fixture("sign/pkh-sighash-all-acp.psbt", &d.a));
	assert_int_equal(fact_of(&d.s.intent, FACT_FEE, 0)->known,
	    KNOWN_CLAIMED);
}

/* Our own account key, in the file under our fingerprint, with a version. */
static struct span
with_xpub(uint32_t version, bool ours)
{
	struct span file = fixture("sign/wpkh-in2.psbt", &d.a);
	uint8_t key[1 + XPUB_SIZE] = { GLOBAL_XPUB }, value[16];
	struct sink s = sink_to_buf(value, sizeof(value));
	struct keyref ref = { .fpr = d.rig.fpr[0],
	    .path = { 3, { 84 | HARDENED, 1 | HARDENED, HARDENED } } };
	struct edit e = { PSBT_GLOBAL, 0, SPAN_OF(key), { 0 } };
	struct xprv secret;
	struct xpub pub;
	size_t i;

	assert_int_equal(rig_secret(&d.rig, &ref, &secret), 0);
	assert_int_equal(xprv_neuter(&secret, &pub), 0);
	if (!ours)
		pub.chain.b[7] ^= 1;
	xpub_bytes(&pub, version, key + 1);
	put_span(&s, SPAN_OF(ref.fpr.b));
	for (i = 0; i < ref.path.n; i++)
		put_u32le(&s, ref.path.e[i]);
	e.value = span_of(value, s.total);
	return edited(file, &e, 1, &d.a);
}

static void
test_attack_11_networks_are_kept_apart(void **state)
{
	const uint64_t both = TRAIT_BIT(XPUB_NETWORK) | TRAIT_BIT(XPUB_FALSE);

	(void)state;
	assert_true((traits_of(fixture("attack/network-cointype0-on-test.psbt",
	    &d.a)) & TRAIT_BIT(PATH_NETWORK)) != 0);
	assert_int_equal(traits_of(with_xpub(XPUB_VERSION_TEST, true)) & both,
	    0);
	assert_int_equal(traits_of(with_xpub(XPUB_VERSION_MAIN, true)) & both,
	    TRAIT_BIT(XPUB_NETWORK));
	assert_never_signed();
	assert_int_equal(traits_of(with_xpub(XPUB_VERSION_TEST, false)) & both,
	    TRAIT_BIT(XPUB_FALSE));
	assert_never_signed();
	d.session.network = NET_MAIN;
	assert_true((traits_of(fixture("sign/wpkh-in2.psbt", &d.a)) &
	    TRAIT_BIT(PATH_NETWORK)) != 0);
	d.session.network = NET_STAGENET;
	assert_int_equal(study(fixture("sign/wpkh-in2.psbt", &d.a)),
	    ERR_RANGE);
}

/* The same coin twice, a thousand inputs apart. */
static void
test_attack_12_duplicate_inputs(void **state)
{
	struct span file = fixture("sign/tr-in1000.psbt", &d.a);
	struct request *q = opened(file, &d.a);
	struct tx *tx = &q->psbt.tx;

	(void)state;
	assert_int_equal(traits_of(file) & TRAIT_BIT(INPUT_DUPLICATE), 0);
	tx->in[999].outpoint = tx->in[0].outpoint;
	assert_true((traits_of(with_tx(file, tx, &d.a)) &
	    TRAIT_BIT(INPUT_DUPLICATE)) != 0);
	assert_never_signed();
}

static void
test_attack_13_amounts_that_cannot_be(void **state)
{
	static const char *const files[] = { "attack/amount-over-21M.psbt",
	    "attack/amount-negative-int64.psbt",
	    "attack/amount-sum-overflow.psbt" };
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		assert_true((traits_of(fixture(files[i], &d.a)) &
		    TRAIT_BIT(AMOUNT_RANGE)) != 0);
		assert_false(fact_of(&d.s.intent, FACT_FEE, 0)->has_amount);
		assert_never_signed();
	}
}

/* The rules weigh the fee; here it is that they get the true one. */
static void
test_attack_14_the_fee_is_what_is_left(void **state)
{
	const struct fact *f;
	uint64_t fee = 0;

	(void)state;
	(void)traits_of(fixture("attack/fee-huge.psbt", &d.a));
	f = fact_of(&d.s.intent, FACT_FEE, 0);
	assert_int_equal(num_u64(&f->amount, &fee), 0);
	assert_int_equal(fee, 1500000);
	assert_int_equal(f->known, KNOWN_PROVEN);
	assert_int_equal(d.s.intent.size, 208);
	assert_int_equal(d.s.intent.fees->refuse_percent, 25);
}

/* An output that carries data is never change, whatever field it has. */
static void
test_attack_15_data_is_not_change(void **state)
{
	static const uint8_t data[] = { 0x6a, 1, 'x' };
	struct span file = fixture("sign/wpkh-in2.psbt", &d.a);
	struct request *q = opened(file, &d.a);

	(void)state;
	q->psbt.tx.out[1].script = SPAN_OF(data);
	(void)traits_of(with_tx(file, &q->psbt.tx, &d.a));
	assert_true(fact_has(FACT_DATA, 1, TRAIT_BIT(CHANGE_FALSE)));
	assert_true(fact_has(FACT_DATA, 1, TRAIT_BIT(OUTPUT_BURN)));
	assert_never_signed();
}

static void
test_attack_16_odd_outputs(void **state)
{
	static const uint8_t data[] = { 0x6a };
	struct span file = fixture("sign/wpkh-five-kinds-out.psbt", &d.a);
	struct request *q = opened(file, &d.a);
	struct tx_out *out = q->psbt.tx.out;

	(void)state;
	out[0] = out[1] = (struct tx_out){ 0, SPAN_OF(data) };
	out[2].amount = 0;
	out[3].script = span_of(data, 0);
	assert_true((traits_of(with_tx(file, &q->psbt.tx, &d.a)) &
	    TRAIT_BIT(DATA_MANY)) != 0);
	assert_true(fact_has(FACT_PAY, 2, TRAIT_BIT(OUTPUT_ZERO)));
	assert_true(fact_has(FACT_PAY, 3, TRAIT_BIT(SCRIPT_ODD)));
	assert_string_equal(fact_of(&d.s.intent, FACT_PAY, 3)->to,
	    "script (empty)");
	(void)traits_of(fixture("attack/output-bare-multisig.psbt", &d.a));
	assert_true(fact_has(FACT_PAY, 0, TRAIT_BIT(SCRIPT_ODD)));
	(void)traits_of(fixture("attack/output-p2a.psbt", &d.a));
	assert_string_equal(fact_of(&d.s.intent, FACT_PAY, 0)->to,
	    "bcrt1pfeesnyr2tx");
}

/* A field a byte too long, or too short, is none. */
static void
test_attack_18_exact_field_lengths(void **state)
{
	static const uint8_t byte[40];
	static const struct { uint8_t side, type, n; } all[] = {
		{ PSBT_IN, IN_SIGHASH, 5 }, { PSBT_IN, IN_SIGHASH, 3 },
		{ PSBT_IN, IN_TXID, 33 }, { PSBT_IN, IN_UTXO, 8 },
		{ PSBT_IN, IN_UTXO, 10 }, { PSBT_IN, IN_TAP_INTERNAL, 33 },
		{ PSBT_IN, IN_TAP_ROOT, 31 }, { PSBT_IN, IN_TAP_SIG, 40 },
		{ PSBT_OUT, OUT_TAP_INTERNAL, 31 },
		{ PSBT_OUT, OUT_AMOUNT, 8 }, { PSBT_GLOBAL, 0xfb, 3 },
	};
	struct span file = fixture("sign/wpkh-in2.psbt", &d.a);
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		struct edit e = { (enum psbt_side)all[i].side, 0,
		    span_of(&all[i].type, 1), span_of(byte, all[i].n) };

		assert_int_not_equal(study(edited(file, &e, 1, &d.a)), 0);
		assert_int_not_equal(d.s.fault.where[0], '\0');
		assert_int_not_equal(d.s.fault.at, 0);
	}
}

/* The same key again, in each kind of map; and with a longer name. */
static void
test_attack_19_duplicate_keys(void **state)
{
	static const uint8_t key[] = { 0xfc, 'a', 'b' }, longer[] = { 0xfc,
	    'a', 'b', 0 };
	static const uint8_t value[] = { 1 };
	static const char *const where[] = { "unknown field",
	    "input 1: unknown field", "output 0: unknown field" };
	struct span file = fixture("sign/wpkh-in2.psbt", &d.a);
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		struct edit e[2] = {
			{ (enum psbt_side)i, i == 1, SPAN_OF(key),
			    SPAN_OF(value) },
			{ (enum psbt_side)i, i == 1, SPAN_OF(longer),
			    SPAN_OF(value) },
		};

		assert_int_equal(study(edited(file, e, 2, &d.a)), 0);
		e[1].key = e[0].key;
		assert_int_equal(study(edited(file, e, 2, &d.a)),
		    ERR_DUPLICATE);
		assert_string_equal(d.s.fault.where, where[i]);
	}
}

/* What goes out is what was signed: any byte changed is noticed. */
static void
test_attack_21_22_one_object_from_page_to_answer(void **state)
{
	struct span out, final;
	struct arena scratch;
	uint8_t *p;
	size_t i;

	(void)state;
	(void)traits_of(fixture("sign/tr-change-first.psbt", &d.a));
	assert_int_equal(rig_make(&d.rig, &d.s, &d.a), 0);
	assert_int_equal(rig_answer(&d.s, 0, &d.a, &out), 0);
	assert_int_equal(rig_answer(&d.s, 1, &d.a, &final), 0);
	p = arena_new(&d.a, uint8_t, out.n + final.n);
	assert_non_null(p);
	memcpy(p, out.p, out.n);
	for (i = 0; i < out.n; i++) {
		scratch = d.a;
		p[i] ^= 1;
		assert_int_not_equal(d.s.job->answers[0].readback(d.s.req,
		    span_of(p, out.n), &scratch), 0);
		p[i] ^= 1;
	}
	memcpy(p, final.p, final.n);
	for (i = 0; i < final.n; i++) {
		scratch = d.a;
		p[i] ^= 1;
		assert_int_not_equal(d.s.job->answers[1].readback(d.s.req,
		    span_of(p, final.n), &scratch), 0);
		p[i] ^= 1;
	}
	assert_int_equal(rig_make(&d.rig, &d.s, &d.a), ERR_STATE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_attack_01_two_session_fee_theft),
		T(test_attack_01_a_lie_does_not_freeze_a_coin),
		T(test_attack_02_utxo_differs_from_previous_tx),
		T(test_attack_03_index_past_previous_tx),
		T(test_attack_04_labelled_change),
		T(test_attack_08_control_characters),
		T(test_attack_09_kinds_of_signature),
		T(test_attack_09_what_is_left_open_is_claimed),
		T(test_attack_11_networks_are_kept_apart),
		T(test_attack_12_duplicate_inputs),
		T(test_attack_13_amounts_that_cannot_be),
		T(test_attack_14_the_fee_is_what_is_left),
		T(test_attack_15_data_is_not_change),
		T(test_attack_16_odd_outputs),
		T(test_attack_18_exact_field_lengths),
		T(test_attack_19_duplicate_keys),
		T(test_attack_21_22_one_object_from_page_to_answer),
	};

	return cmocka_run_group_tests(tests, desk_setup,
	    desk_teardown);
}
