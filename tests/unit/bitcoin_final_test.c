/* Inputs that are finished already, by us or by others, and what is made of
 * them; signatures and claims that are not what they should be. */
#include "tests/unit/bitcoin_setup.h"

static const uint8_t key_script[] = { IN_FINAL_SCRIPT };
static const uint8_t key_witness[] = { IN_FINAL_WITNESS };
static const uint8_t key_prevtx[] = { IN_PREVTX };
static const uint8_t key_utxo[] = { IN_UTXO };
static const uint8_t key_root[] = { IN_TAP_ROOT };
static const uint8_t key_redeem_out[] = { OUT_REDEEM };

static struct span
final_of(struct span file)
{
	struct span out;

	(void)traits_of(file);
	assert_int_equal(rig_make(&d.rig, &d.s, &d.a), 0);
	assert_int_equal(rig_answer(&d.s, 0, &d.a, &out), 0);
	assert_int_equal(rig_answer(&d.s, 1, &d.a, &out), 0);
	return out;
}

static struct tx
tx_of(struct span hex)
{
	uint8_t *p = arena_new(&d.a, uint8_t, hex.n);
	size_t n, at;
	struct tx tx;

	assert_int_equal(hex_bytes(span_of(hex.p, hex.n - 1), p, hex.n, &n),
	    0);
	assert_int_equal(tx_read(span_of(p, n), true, &d.a, &tx, &at), 0);
	return tx;
}

/* The file with input 0 finished as in that transaction. */
static struct span
first_final(struct span file, const struct tx_in *in)
{
	struct edit e[2];
	size_t n = 0;

	if (in->script.n > 0)
		e[n++] = (struct edit){ PSBT_IN, 0, SPAN_OF(key_script),
		    in->script };
	if (in->witness.n > 1)
		e[n++] = (struct edit){ PSBT_IN, 0, SPAN_OF(key_witness),
		    in->witness };
	assert_true(n > 0);
	return edited(file, e, n, &d.a);
}

static struct span
spoiled(struct span s, size_t at)
{
	uint8_t *p = arena_new(&d.a, uint8_t, s.n);

	assert_true(at < s.n);
	memcpy(p, s.p, s.n);
	p[at] ^= 1;
	return span_of(p, s.n);
}

/* For each script: one input is finished, the other is signed, and the
 * transaction is the same as if both had been signed here. */
static void
test_a_finished_input_is_kept(void **state)
{
	static const char *const files[] = { "sign/pkh-in2.psbt",
	    "sign/shwpkh-in2.psbt", "sign/wpkh-in2.psbt",
	    "sign/tr-in2.psbt" };
	size_t i;

	(void)state;
	for (i = 0; i < 4; i++) {
		struct span file = fixture(files[i], &d.a), final, again;
		struct tx tx;

		final = final_of(file);
		tx = tx_of(final);
		again = final_of(first_final(file, &tx.in[0]));
		assert_int_equal(d.rig.asked, 1);
		assert_true(span_eq(final, again));
	}
}

static void
test_a_false_final_field_is_refused(void **state)
{
	static const char *const files[] = { "sign/pkh-in2.psbt",
	    "sign/shwpkh-in2.psbt", "sign/wpkh-in2.psbt",
	    "sign/tr-in2.psbt" };
	size_t i;

	(void)state;
	for (i = 0; i < 4; i++) {
		struct span file = fixture(files[i], &d.a);
		struct tx tx = tx_of(final_of(file));
		struct tx_in in = tx.in[0];

		if (in.witness.n > 1)
			in.witness = spoiled(in.witness, 30);
		else
			in.script = spoiled(in.script, 30);
		assert_true((traits_of(first_final(file, &in)) &
		    TRAIT_BIT(SIG_FALSE)) != 0);
		assert_int_equal(rig_make(&d.rig, &d.s, &d.a), ERR_REFUSED);
	}
}

/* A witness of the wrong shape is no witness of this script. */
static void
test_a_final_field_of_another_shape_is_refused(void **state)
{
	static const uint8_t one[] = { 1, 1, 0 }, script[] = { 0, 0 };
	struct span file = fixture("sign/wpkh-in2.psbt", &d.a);
	struct tx_in in = { .witness = SPAN_OF(one) };

	(void)state;
	assert_true((traits_of(first_final(file, &in)) &
	    TRAIT_BIT(SIG_FALSE)) != 0);
	in = (struct tx_in){ .script = SPAN_OF(script) };
	assert_true((traits_of(first_final(fixture("sign/pkh-in2.psbt",
	    &d.a), &in)) & TRAIT_BIT(SIG_FALSE)) != 0);
}

/* Another's input with a script that we do not know, finished: its fields go
 * into the transaction as they are. */
static void
test_anothers_finished_script_goes_along(void **state)
{
	static const uint8_t witness[] = { 2, 1, 7, 2, 8, 9 };
	struct span file = fixture("attack/mixed-ownership.psbt", &d.a);
	struct span wsh = fixture("policy/wsh-sm23-AB.psbt", &d.a);
	struct request *q = opened(file, &d.a), *w = opened(wsh, &d.a);
	struct edit e[3] = {
		{ PSBT_IN, 1, SPAN_OF(key_prevtx), w->in[0].prevtx },
		{ PSBT_IN, 1, SPAN_OF(key_utxo), { 0 } },
		{ PSBT_IN, 1, SPAN_OF(key_witness), SPAN_OF(witness) },
	};
	struct tx tx;

	(void)state;
	q->psbt.tx.in[1].outpoint = w->psbt.tx.in[0].outpoint;
	q->psbt.tx.out[1].amount = 10000;
	file = with_tx(file, &q->psbt.tx, &d.a);
	tx = tx_of(final_of(edited(file, e, 3, &d.a)));
	assert_true(span_eq(tx.in[1].witness, SPAN_OF(witness)));
	assert_int_equal(tx.in[1].script.n, 0);
	assert_int_equal(d.rig.asked, 1);
}

/* The keeper verifies; so do we: a wrong signature never gets in. */
static void
test_a_wrong_signature_is_not_taken(void **state)
{
	static const char *const files[] = { "sign/pkh-in2.psbt",
	    "sign/wpkh-in2.psbt", "sign/tr-in2.psbt" };
	size_t i;

	(void)state;
	d.rig.spoil = true;
	for (i = 0; i < 3; i++) {
		(void)traits_of(fixture(files[i], &d.a));
		assert_int_equal(rig_make(&d.rig, &d.s, &d.a), ERR_MISMATCH);
		assert_false(d.s.job->answers[0].ready(d.s.req));
	}
	d.rig.spoil = false;
}

/* A script tree that the coin does not commit to. */
static void
test_a_false_tree_is_named(void **state)
{
	static const uint8_t root[32] = { 5 };
	struct edit e = { PSBT_IN, 0, SPAN_OF(key_root), SPAN_OF(root) };
	struct span file = fixture("policy/tr-ma23-A-partial.psbt", &d.a);

	(void)state;
	assert_int_equal(traits_of(file) & (TRAIT_BIT(SCRIPT_UNSUPPORTED) |
	    TRAIT_BIT(TAPROOT_FALSE) | TRAIT_BIT(WALLET_UNREGISTERED)),
	    TRAIT_BIT(WALLET_UNREGISTERED));
	assert_true((traits_of(edited(file, &e, 1, &d.a)) &
	    TRAIT_BIT(TAPROOT_FALSE)) != 0);
}

/* Change behind a script hash needs no help; a stranger's hash is a lie. */
static void
test_change_behind_a_hash(void **state)
{
	static const uint8_t odd[23] = { 0xa9, 20, 1, [22] = 0x87 };
	struct span file = fixture("sign/shwpkh-in2.psbt", &d.a);
	struct edit e = { PSBT_OUT, 1, SPAN_OF(key_redeem_out), { 0 } };
	struct request *q = opened(file, &d.a);

	(void)state;
	assert_int_equal(traits_of(edited(file, &e, 1, &d.a)), 0);
	assert_true(fact_of(&d.s.intent, FACT_CHANGE, 1)->ours);
	q->psbt.tx.out[1].script = SPAN_OF(odd);
	file = with_tx(file, &q->psbt.tx, &d.a);
	assert_true((traits_of(file) & TRAIT_BIT(CHANGE_FALSE)) != 0);
	assert_true((traits_of(edited(file, &e, 1, &d.a)) &
	    TRAIT_BIT(CHANGE_FALSE)) != 0);
}

/* Whose key it is, left out at the change: found by trying, and said. */
static void
test_change_without_a_fingerprint(void **state)
{
	struct span file = fixture("sign/wpkh-in2.psbt", &d.a);
	struct request *q = opened(file, &d.a);
	struct edit e = { PSBT_OUT, 1, { 0 }, { 0 } };
	uint8_t value[24];
	size_t k;

	(void)state;
	for (k = 0; k < q->psbt.out[1].n; k++)
		if (q->psbt.out[1].e[k].type == OUT_BIP32) {
			e.key = q->psbt.out[1].e[k].key;
			memcpy(value, q->psbt.out[1].e[k].value.p, 24);
		}
	memset(value, 0, 4);
	e.value = SPAN_OF(value);
	assert_int_equal(traits_of(edited(file, &e, 1, &d.a)),
	    TRAIT_BIT(FPR_ABSENT));
	assert_true(fact_of(&d.s.intent, FACT_CHANGE, 1)->has_key);
	value[20] ^= 1;			/* another index: not ours */
	assert_int_equal(traits_of(edited(file, &e, 1, &d.a)), 0);
	assert_false(fact_of(&d.s.intent, FACT_PAY, 1)->ours);
}

/* BIP174: a signature of another kind than the input names is no good one,
 * though it holds; without a kind named it is taken. */
static void
test_a_signature_of_another_kind(void **state)
{
	static const uint8_t key[] = { IN_SIGHASH }, single[] = { 3, 0, 0, 0 };
	struct span file = fixture("sign/wpkh-in2.signed-A.psbt", &d.a);
	struct edit e = { PSBT_IN, 0, SPAN_OF(key), SPAN_OF(single) };

	(void)state;
	assert_int_equal(traits_of(file), TRAIT_BIT(INPUT_FINAL));
	assert_true((traits_of(edited(file, &e, 1, &d.a)) &
	    TRAIT_BIT(SIG_FALSE)) != 0);
	assert_int_not_equal(rig_make(&d.rig, &d.s, &d.a), 0);
	file = fixture("sign/tr-in2.signed-A.psbt", &d.a);
	assert_int_equal(traits_of(file) & TRAIT_BIT(SIG_FALSE), 0);
	assert_true((traits_of(edited(file, &e, 1, &d.a)) &
	    TRAIT_BIT(SIG_FALSE)) != 0);
}

/* Known attack 23, BIP375: what is said to be a silent payment is warned of;
 * such a field in a file of version 0, or of another length, is refused. */
static void
test_a_silent_payment_is_not_taken_on_trust(void **state)
{
	static const uint8_t key[] = { OUT_SILENT };
	uint8_t value[66] = { 2, [33] = 3 };
	struct edit e = { PSBT_OUT, 0, SPAN_OF(key), SPAN_OF(value) };
	struct span file = fixture("attack/v2-plain.psbt", &d.a);
	const uint64_t plain = traits_of(file);

	(void)state;
	assert_int_equal(traits_of(edited(file, &e, 1, &d.a)),
	    plain | TRAIT_BIT(OUTPUT_SILENT));
	assert_true((fact_of(&d.s.intent, FACT_PAY, 0)->traits &
	    TRAIT_BIT(OUTPUT_SILENT)) != 0);
	e.value = span_of(value, 65);
	assert_int_equal(study(edited(file, &e, 1, &d.a)), ERR_FORM);
	assert_string_equal(d.s.fault.where, "output 0: silent payment keys");
	e.value = SPAN_OF(value);
	file = fixture("sign/wpkh-in2.psbt", &d.a);
	assert_int_equal(study(edited(file, &e, 1, &d.a)), ERR_MIXED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_a_finished_input_is_kept),
		T(test_a_false_final_field_is_refused),
		T(test_a_final_field_of_another_shape_is_refused),
		T(test_anothers_finished_script_goes_along),
		T(test_a_wrong_signature_is_not_taken),
		T(test_a_false_tree_is_named),
		T(test_change_behind_a_hash),
		T(test_change_without_a_fingerprint),
		T(test_a_signature_of_another_kind),
		T(test_a_silent_payment_is_not_taken_on_trust),
	};

	return cmocka_run_group_tests(tests, desk_setup,
	    desk_teardown);
}
