/* Wallets of several keys or conditions: what is ours of them, what is only
 * said, what a lie becomes. */
#include "tests/unit/bitcoin_setup.h"

/* The first field of this type in an input or an output. */
static const struct psbt_entry *
field(const struct psbt_map *m, uint64_t type, size_t skip)
{
	static const struct psbt_entry none;
	size_t k;

	for (k = 0; k < m->n; k++)
		if (m->e[k].type == type && skip-- == 0)
			return &m->e[k];
	fail_msg("no field of type %u", (unsigned)type);
	return &none;
}

/* A field with one bit of its value, or of its key, changed. */
static struct span
bent(struct span file, enum psbt_side side, uint64_t type, size_t at)
{
	struct request *q = opened(file, &d.a);
	const struct psbt_entry *e = field(side == PSBT_IN ? &q->psbt.in[0] :
	    &q->psbt.out[1], type, 0);
	uint8_t *value = arena_new(&d.a, uint8_t, e->value.n);
	struct edit edit = { side, side == PSBT_OUT, e->key, { 0 } };

	assert_true(at < e->value.n);
	memcpy(value, e->value.p, e->value.n);
	value[at] ^= 1;
	edit.value = span_of(value, e->value.n);
	return edited(file, &edit, 1, &d.a);
}

static const char *
script_row(void)
{
	return fact_of(&d.s.intent, FACT_WALLET, 0)->to;
}

/* Two of the keys at hand: both sign, at once, and it is finished. */
static void
test_both_keys_at_hand(void **state)
{
	struct span out;
	size_t i;

	(void)state;
	assert_int_equal(rig_add(&d.rig, WORDS_B, ""), 0);
	assert_int_equal(traits_of(fixture("policy/wsh-sm23-AB.psbt", &d.a)),
	    TRAIT_BIT(WALLET_UNREGISTERED));
	assert_int_equal(d.s.intent.plan.n, 2);
	for (i = 0; i < 2; i++)
		assert_int_equal(d.s.intent.plan.row[i].count, 1);
	assert_int_equal(rig_make(&d.rig, &d.s, &d.a), 0);
	assert_int_equal(d.rig.asked, 2);
	assert_int_equal(rig_answer(&d.s, 0, &d.a, &out), 0);
	assert_int_equal(rig_answer(&d.s, 1, &d.a, &out), 0);
	assert_true(out.n > 0);
	d.rig.nkey = 1;
}

/* One of two signatures is nothing to send, and there to be read back. */
static void
test_one_of_two_is_not_finished(void **state)
{
	struct span first, out;

	(void)state;
	(void)traits_of(fixture("policy/tr-ma23-A-partial.psbt", &d.a));
	assert_int_equal(rig_make(&d.rig, &d.s, &d.a), 0);
	assert_int_equal(rig_answer(&d.s, 0, &d.a, &first), 0);
	assert_int_equal(rig_answer(&d.s, 1, &d.a, &out), 0);
	assert_int_equal(out.n, 0);
	/* What is signed by us already is not signed by us again. */
	assert_true((traits_of(first) & TRAIT_BIT(INPUT_FINAL)) != 0);
	assert_int_equal(d.s.intent.plan.n, 0);
	assert_int_equal(rig_make(&d.rig, &d.s, &d.a), ERR_STATE);
}

static void
test_wrong_signatures_are_not_taken(void **state)
{
	static const char *const files[] = { "policy/wsh-sm23-AB.psbt",
	    "policy/sh-sm23-A-partial.psbt", "policy/tr-mini-key.psbt",
	    "policy/tr-ma23-A-partial.psbt" };
	size_t i;

	(void)state;
	d.rig.spoil = true;
	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		(void)traits_of(fixture(files[i], &d.a));
		assert_int_equal(rig_make(&d.rig, &d.s, &d.a), ERR_MISMATCH);
		assert_false(d.s.job->answers[0].ready(d.s.req));
	}
	d.rig.spoil = false;
}

/* The script must be the one that the coin commits to, in each wrapping. */
static void
test_another_script_is_refused(void **state)
{
	static const struct {
		const char	*file;
		uint64_t	 type;
	} bend[] = {
		{ "policy/wsh-sm23-AB.psbt", IN_WITNESS_SCRIPT },
		{ "policy/shwsh-sm23-AB.psbt", IN_WITNESS_SCRIPT },
		{ "policy/shwsh-sm23-AB.psbt", IN_REDEEM },
		{ "policy/sh-sm23-A-partial.psbt", IN_REDEEM },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bend) / sizeof(bend[0]); i++) {
		struct span file = fixture(bend[i].file, &d.a);

		assert_true((traits_of(bent(file, PSBT_IN, bend[i].type,
		    5)) & TRAIT_BIT(SCRIPT_MISSING)) != 0);
		assert_int_equal(rig_make(&d.rig, &d.s, &d.a), ERR_STATE);
	}
}

static void
test_another_leaf_is_refused(void **state)
{
	struct span file = fixture("policy/tr-ma23-A-partial.psbt", &d.a);
	static const uint64_t types[] = { IN_TAP_LEAF, IN_TAP_ROOT };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		assert_true((traits_of(bent(file, PSBT_IN, types[i], 5)) &
		    TRAIT_BIT(TAPROOT_FALSE)) != 0);
		assert_int_equal(rig_make(&d.rig, &d.s, &d.a), ERR_STATE);
	}
}

/* Change of such a wallet is claimed, never proven, and shown at a path. */
static void
test_change_is_claimed_at_best(void **state)
{
	const struct fact *f;

	(void)state;
	(void)traits_of(fixture("policy/wsh-sm23-AB.psbt", &d.a));
	f = fact_of(&d.s.intent, FACT_CHANGE, 1);
	assert_int_equal(f->known, KNOWN_CLAIMED);
	assert_string_equal(f->how, "our key is in it");
	assert_string_equal(script_row(), "P2WSH 2 of 3: "
	    "3f635a63/48'/1'/0'/2'/**, 73c5da0a/48'/1'/0'/2'/** (yours), "
	    "b8688df1/48'/1'/0'/2'/**");
}

/* Known attack 5: the output's own script says what it is. */
static void
test_change_of_another_shape_is_a_payment(void **state)
{
	static const char *const files[] = {
	    "attack/ms-change-swapped-cosigner.psbt",
	    "attack/ms-change-lower-threshold.psbt",
	    "attack/ms-change-key-repeated.psbt" };
	size_t i, k;

	(void)state;
	for (i = 0; i < 3; i++) {
		(void)traits_of(fixture(files[i], &d.a));
		for (k = 0; k < d.s.intent.nfact; k++)
			assert_int_not_equal(d.s.intent.fact[k].kind,
			    FACT_CHANGE);
	}
	/* A script beside the output that is not its own: nothing is known. */
	(void)traits_of(bent(fixture("policy/wsh-sm23-AB.psbt", &d.a),
	    PSBT_OUT, OUT_WITNESS_SCRIPT, 5));
	(void)fact_of(&d.s.intent, FACT_PAY, 1);
	(void)traits_of(bent(fixture("policy/tr-ma23-A-partial.psbt", &d.a),
	    PSBT_OUT, OUT_TAP_TREE, 8));
	(void)fact_of(&d.s.intent, FACT_PAY, 1);
}

/* With a coin that is ours alone beside it, "the same wallet" means nothing. */
static void
test_mixed_coins_have_no_claimed_change(void **state)
{
	static const uint8_t prevtx[] = { IN_PREVTX }, utxo[] = { IN_UTXO };
	struct span file = fixture("sign/wpkh-in2.psbt", &d.a);
	struct span other = fixture("policy/wsh-sm23-AB.psbt", &d.a);
	struct request *q = opened(file, &d.a), *w = opened(other, &d.a);
	struct edit e[32] = { { PSBT_IN, 1, SPAN_OF(prevtx), { 0 } },
	    { PSBT_IN, 1, SPAN_OF(utxo), { 0 } } };
	const struct psbt_map *in = &w->psbt.in[0], *out = &w->psbt.out[1];
	size_t k, n = 0;

	(void)state;
	q->psbt.tx.in[1].outpoint = w->psbt.tx.in[0].outpoint;
	q->psbt.tx.out[1].script = w->psbt.tx.out[1].script;
	for (k = 0; k < in->n; k++)
		e[n++] = (struct edit){ PSBT_IN, 1, in->e[k].key,
		    in->e[k].value };
	for (k = 0; k < q->psbt.in[1].n; k++)
		if (q->psbt.in[1].e[k].type == IN_BIP32)
			e[n++] = (struct edit){ PSBT_IN, 1,
			    q->psbt.in[1].e[k].key, { 0 } };
	for (k = 0; k < q->psbt.out[1].n; k++)
		e[n++] = (struct edit){ PSBT_OUT, 1,
		    q->psbt.out[1].e[k].key, { 0 } };
	for (k = 0; k < out->n; k++)
		e[n++] = (struct edit){ PSBT_OUT, 1, out->e[k].key,
		    out->e[k].value };
	file = edited(with_tx(file, &q->psbt.tx, &d.a), e, n, &d.a);
	assert_true((traits_of(file) & TRAIT_BIT(WALLET_UNREGISTERED)) != 0);
	(void)fact_of(&d.s.intent, FACT_PAY, 1);
	assert_int_equal(d.s.intent.plan.n, 2);
}

/* Known attack 6. */
static void
test_extended_keys_must_give_the_keys(void **state)
{
	struct span file = fixture("attack/xpubs-right.psbt", &d.a);
	struct request *q = opened(file, &d.a);
	const struct psbt_entry *x;
	size_t k, n = 0;

	(void)state;
	assert_int_equal(traits_of(file), TRAIT_BIT(WALLET_UNREGISTERED));
	for (k = 0; k < 3; k++) {
		uint8_t key[79];
		struct edit e[2];

		x = field(&q->psbt.global, GLOBAL_XPUB, k);
		memcpy(key, x->key.p, sizeof(key));
		key[20] ^= 1;		/* in the chain code */
		e[0] = (struct edit){ PSBT_GLOBAL, 0, x->key, { 0 } };
		e[1] = (struct edit){ PSBT_GLOBAL, 0, SPAN_OF(key),
		    x->value };
		n += (traits_of(edited(file, e, 2, &d.a)) &
		    TRAIT_BIT(XPUB_FALSE)) != 0;
	}
	assert_int_equal(n, 3);
}

static void
test_signatures_of_strangers_are_false(void **state)
{
	struct span file = fixture("policy/wsh-sm23-second.psbt", &d.a);
	struct request *q = opened(file, &d.a);
	const struct psbt_entry *sig = field(&q->psbt.in[0], IN_PARTIAL_SIG,
	    0);
	uint8_t key[34] = { IN_PARTIAL_SIG };
	struct edit e = { PSBT_IN, 0, SPAN_OF(key), sig->value };

	(void)state;
	/* A key that the script does not ask for. */
	memcpy(key + 1, sig->data.p, 33);
	key[1] ^= 1;
	assert_true((traits_of(edited(file, &e, 1, &d.a)) &
	    TRAIT_BIT(SIG_FALSE)) != 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_both_keys_at_hand),
		T(test_one_of_two_is_not_finished),
		T(test_wrong_signatures_are_not_taken),
		T(test_another_script_is_refused),
		T(test_another_leaf_is_refused),
		T(test_change_is_claimed_at_best),
		T(test_change_of_another_shape_is_a_payment),
		T(test_mixed_coins_have_no_claimed_change),
		T(test_extended_keys_must_give_the_keys),
		T(test_signatures_of_strangers_are_false),
	};

	return cmocka_run_group_tests(tests, desk_setup,
	    desk_teardown);
}
