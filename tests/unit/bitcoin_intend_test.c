/* What a request is found to be, where fixtures alone do not tell. */
#include "tests/unit/bitcoin_setup.h"

static const uint8_t key_prevtx[] = { IN_PREVTX };
static const uint8_t key_utxo[] = { IN_UTXO };
static const uint8_t key_type[] = { IN_SIGHASH };
static const uint8_t key_redeem[] = { IN_REDEEM };
static const uint8_t key_flags[] = { GLOBAL_MODIFIABLE };

static void
make(struct rig *r, struct span *out, struct span *final)
{
	assert_int_equal(rig_make(r, &d.s, &d.a), 0);
	assert_int_equal(rig_answer(&d.s, 0, &d.a, out), 0);
	assert_int_equal(rig_answer(&d.s, 1, &d.a, final), 0);
}

static struct span
line(struct span s)
{
	while (s.n > 0 && s.p[s.n - 1] == '\n')
		s.n--;
	return s;
}

/* Input i keeps a utxo alone: its previous transaction is taken out. */
static size_t
utxo_alone(const struct request *q, size_t i, struct edit *e)
{
	uint8_t *p = arena_new(&d.a, uint8_t, 64);
	struct sink s = sink_to_buf(p, 64);

	tx_put_out(&s, &q->coin[i]);
	assert_int_equal(s.err, 0);
	e[0] = (struct edit){ PSBT_IN, i, SPAN_OF(key_prevtx), { 0 } };
	e[1] = (struct edit){ PSBT_IN, i, SPAN_OF(key_utxo),
	    span_of(p, s.total) };
	return 2;
}

/* anchor: the taproot coin, the last, has its previous transaction. */
static struct span
mixed(bool anchor, uint32_t tap_type, struct span type)
{
	struct span file = fixture("sign/mixed-types-one-seed.psbt", &d.a);
	struct request *q = opened(file, &d.a);
	struct edit e[8];
	size_t n = 0, i;

	assert_int_equal(coin_find_all(q), 0);
	for (i = 1; i < 3 + (size_t)!anchor; i++)
		n += utxo_alone(q, i, &e[n]);
	if (tap_type != SIGHASH_DEFAULT)
		e[n++] = (struct edit){ PSBT_IN, 3, SPAN_OF(key_type), type };
	return edited(file, e, n, &d.a);
}

/* BIP341: a taproot signature of ours over all inputs proves what the others
 * only claim; one over its own input alone proves nothing of them. */
static void
test_taproot_signature_proves_amounts(void **state)
{
	static const uint8_t all[] = { 1, 0, 0, 0 }, any[] = { 0x81, 0, 0, 0 };
	const struct fact *f;
	uint32_t i;

	(void)state;
	assert_int_equal(traits_by(&d.rig, mixed(true, 0, SPAN_OF(all))) &
	    TRAIT_BIT(AMOUNT_CLAIMED), 0);
	for (i = 0; i < 4; i++) {
		f = fact_of(&d.s.intent, FACT_SPEND, i);
		assert_int_equal(f->known, KNOWN_PROVEN);
		assert_string_equal(f->how, i == 0 || i == 3 ?
		    "previous tx" : "all amounts are signed");
	}
	assert_int_equal(fact_of(&d.s.intent, FACT_FEE, 0)->known,
	    KNOWN_PROVEN);
	assert_int_equal(traits_by(&d.rig, mixed(true, 1, SPAN_OF(all))) &
	    TRAIT_BIT(AMOUNT_CLAIMED), 0);
	assert_true((traits_by(&d.rig, mixed(true, 0x81, SPAN_OF(any))) &
	    TRAIT_BIT(AMOUNT_CLAIMED)) != 0);
	for (i = 1; i < 3; i++)
		assert_int_equal(fact_of(&d.s.intent, FACT_SPEND, i)->known,
		    KNOWN_CLAIMED);
	assert_int_equal(fact_of(&d.s.intent, FACT_FEE, 0)->known,
	    KNOWN_CLAIMED);
}

/* But the taproot coin must be ours: one that is only claimed to be can be
 * the thief's, who signs for it himself, with the true amounts. */
static void
test_a_claimed_taproot_coin_proves_nothing(void **state)
{
	uint32_t i;

	(void)state;
	assert_true((traits_by(&d.rig, mixed(false, 0, SPAN_OF(key_type))) &
	    TRAIT_BIT(AMOUNT_CLAIMED)) != 0);
	for (i = 1; i < 4; i++)
		assert_int_equal(fact_of(&d.s.intent, FACT_SPEND, i)->known,
		    KNOWN_CLAIMED);
	assert_int_equal(fact_of(&d.s.intent, FACT_FEE, 0)->known,
	    KNOWN_CLAIMED);
}

/* And an input of ours that may go without the others is not proven so. */
static void
test_an_input_that_goes_alone_stays_claimed(void **state)
{
	static const uint8_t any[] = { 0x81, 0, 0, 0 };
	struct edit e = { PSBT_IN, 2, SPAN_OF(key_type), SPAN_OF(any) };
	struct span file = mixed(true, 0, SPAN_OF(any));

	(void)state;
	assert_true((traits_by(&d.rig, edited(file, &e, 1, &d.a)) &
	    TRAIT_BIT(SIGHASH_ANYONE)) != 0);
	assert_int_equal(fact_of(&d.s.intent, FACT_SPEND, 1)->known,
	    KNOWN_PROVEN);
	assert_int_equal(fact_of(&d.s.intent, FACT_SPEND, 2)->known,
	    KNOWN_CLAIMED);
}

/* The script inside the hash is left out: we know it, and put it in. */
static void
test_missing_redeem_script_is_put_in(void **state)
{
	struct edit e[2] = { { PSBT_IN, 0, SPAN_OF(key_redeem), { 0 } },
	    { PSBT_IN, 1, SPAN_OF(key_redeem), { 0 } } };
	struct span file = fixture("sign/shwpkh-in2.psbt", &d.a), out, final;

	(void)state;
	assert_int_equal(traits_by(&d.rig, edited(file, e, 2, &d.a)), 0);
	make(&d.rig, &out, &final);
	assert_true(span_eq(line(final), line(fixture("sign/shwpkh-in2.txn",
	    &d.a))));
	assert_int_equal(opened(out, &d.a)->in[1].redeem.n, 22);
}

/* Another script there is a contradiction. */
static void
test_wrong_redeem_script_is_refused(void **state)
{
	static const uint8_t script[22] = { 0, 20, 9 }, odd[] = { 0x51 };
	struct edit e = { PSBT_IN, 1, SPAN_OF(key_redeem), SPAN_OF(script) };
	struct span file = fixture("sign/shwpkh-in2.psbt", &d.a);

	(void)state;
	assert_true((traits_by(&d.rig, edited(file, &e, 1, &d.a)) &
	    TRAIT_BIT(SCRIPT_MISSING)) != 0);
	assert_int_not_equal(rig_make(&d.rig, &d.s, &d.a), 0);
	e.value = SPAN_OF(odd);
	assert_true((traits_by(&d.rig, edited(file, &e, 1, &d.a)) &
	    (TRAIT_BIT(SCRIPT_MISSING) | TRAIT_BIT(INPUT_FALSE))) != 0);
	assert_int_not_equal(rig_make(&d.rig, &d.s, &d.a), 0);
}

/* Signed by us already: nothing left; half signed: the other half. */
static void
test_only_what_is_open_is_signed(void **state)
{
	struct span file = fixture("sign/wpkh-in2.signed-A.psbt", &d.a);
	struct request *q = opened(file, &d.a);
	struct edit e = { PSBT_IN, 1, { 0 }, { 0 } };
	struct span out, final;
	size_t k;

	(void)state;
	assert_true((traits_by(&d.rig, file) & TRAIT_BIT(INPUT_FINAL)) != 0);
	assert_int_equal(d.s.intent.plan.n, 0);
	for (k = 0; k < q->psbt.in[1].n; k++)
		if (q->psbt.in[1].e[k].type == IN_PARTIAL_SIG)
			e.key = q->psbt.in[1].e[k].key;
	assert_int_equal(traits_by(&d.rig, edited(file, &e, 1, &d.a)), 0);
	assert_int_equal(d.s.intent.plan.n, 1);
	assert_int_equal(d.s.intent.plan.row[0].count, 1);
	make(&d.rig, &out, &final);
	assert_int_equal(d.rig.asked, 1);
	assert_true(span_eq(out, file));
	assert_true(span_eq(line(final), line(fixture("sign/wpkh-in2.txn",
	    &d.a))));
}

/* Two owners, one after the other: the second finishes it. */
static void
test_two_signers_in_turn(void **state)
{
	struct span file = fixture("attack/mixed-ownership.psbt", &d.a);
	struct span one, two, final;

	(void)state;
	assert_true((traits_by(&d.rig, file) & TRAIT_BIT(INPUT_FOREIGN)) != 0);
	assert_false(fact_of(&d.s.intent, FACT_SPEND, 1)->ours);
	make(&d.rig, &one, &final);
	assert_int_equal(final.n, 0);
	assert_true((traits_by(&d.other, one) & TRAIT_BIT(INPUT_FOREIGN)) != 0);
	assert_int_equal(d.s.intent.plan.n, 1);
	make(&d.other, &two, &final);
	assert_true(final.n > 0);
	assert_true(two.n > one.n);
}

/* A signature that is there and false is not passed on as good. */
static void
test_false_signature_of_another_is_refused(void **state)
{
	struct span file = fixture("attack/mixed-ownership.psbt", &d.a);
	struct span one, final;
	uint8_t *p;
	struct request *q;
	size_t k, at = 0;

	(void)state;
	(void)traits_by(&d.other, file);
	make(&d.other, &one, &final);
	q = opened(one, &d.a);
	for (k = 0; k < q->psbt.in[1].n; k++)
		if (q->psbt.in[1].e[k].type == IN_PARTIAL_SIG)
			at = (size_t)(q->psbt.in[1].e[k].value.p - one.p);
	p = arena_new(&d.a, uint8_t, one.n);
	memcpy(p, one.p, one.n);
	p[at + 20] ^= 1;
	assert_true((traits_by(&d.rig, span_of(p, one.n)) &
	    TRAIT_BIT(SIG_FALSE)) != 0);
	assert_int_equal(rig_make(&d.rig, &d.s, &d.a), ERR_REFUSED);
}

/* One signed input of the old kind, n times over. */
static struct span
many_signed(size_t n)
{
	struct span file = fixture("sign/pkh-in2.signed-A.psbt", &d.a);
	struct request *q = opened(file, &d.a);
	size_t i, cap = n * (41 + 600) + 4096;
	uint8_t *p = arena_new(&d.a, uint8_t, cap);
	struct sink s = sink_to_buf(p, cap), size = sink_to_count();
	struct tx tx = q->psbt.tx;

	tx.nin = n;
	tx.nout = 0;
	tx.in = arena_new(&d.a, struct tx_in, n);
	assert_non_null(tx.in);
	for (i = 0; i < n; i++)
		tx.in[i] = q->psbt.tx.in[0];
	tx_put(&size, &tx, true);
	put_span(&s, SPAN_OF(psbt_magic));
	put_compact(&s, 1);
	put_u8(&s, GLOBAL_TX);
	put_compact(&s, size.total);
	tx_put(&s, &tx, true);
	put_u8(&s, 0);
	for (i = 0; i < n; i++)
		put_edited(&s, &q->psbt.in[0], PSBT_IN, i, NULL, 0);
	assert_int_equal(s.err, 0);
	return span_of(p, s.total);
}

/* Looking at a file cannot be stopped, so it must come to an end by itself. */
static void
test_hashing_without_end_is_refused(void **state)
{
	struct span file;

	(void)state;
	assert_true((traits_by(&d.rig, many_signed(3)) &
	    TRAIT_BIT(INPUT_DUPLICATE)) != 0);
	file = many_signed(100000);
	assert_int_equal(rig_study(&d.rig, file, &d.session, &d.a, &d.s),
	    ERR_TOO_LARGE);
	assert_string_equal(d.s.fault.where, "input 65: partial signature");
}

static void
test_plan_names_each_key_once(void **state)
{
	uint32_t total = 0;
	size_t i;

	(void)state;
	(void)traits_by(&d.rig, fixture("sign/pkh-in600.psbt", &d.a));
	for (i = 0; i < d.s.intent.plan.n; i++) {
		total += d.s.intent.plan.row[i].count;
		if (i > 0)
			assert_true(keyref_cmp(&d.s.intent.plan.row[i - 1].key,
			    &d.s.intent.plan.row[i].key) < 0);
	}
	assert_int_equal(total, 600);
	assert_int_equal(d.s.intent.nfpr, 1);
}

/* 257 accounts of ours in one file are more than a keeper is asked for. */
static void
test_too_many_accounts_have_a_place(void **state)
{
	static struct edit e[WANTS_MAX];
	static uint8_t key[WANTS_MAX][34], value[WANTS_MAX][16];
	struct keyref ref = { .fpr = d.rig.fpr[0], .path = { 3, { 0 } } };
	struct span file = fixture("sign/wpkh-in2.psbt", &d.a);
	struct xprv x;
	struct xpub pub;
	size_t i, k;

	(void)state;
	for (i = 0; i < WANTS_MAX; i++) {
		struct sink s = sink_to_buf(value[i], sizeof(value[i]));

		ref.path.e[2] = (uint32_t)(i + 1) | HARDENED;
		assert_int_equal(rig_secret(&d.rig, &ref, &x), 0);
		assert_int_equal(xprv_neuter(&x, &pub), 0);
		key[i][0] = IN_BIP32;
		memcpy(&key[i][1], pub.key.b, 33);
		put_span(&s, SPAN_OF(ref.fpr.b));
		for (k = 0; k < 3; k++)
			put_u32le(&s, ref.path.e[k]);
		e[i] = (struct edit){ PSBT_IN, 1, SPAN_OF(key[i]),
		    span_of(value[i], s.total) };
	}
	assert_int_equal(rig_study(&d.rig, edited(file, e, WANTS_MAX, &d.a),
	    &d.session, &d.a, &d.s), ERR_RANGE);
	assert_string_equal(d.s.fault.where, "input 1: derivation");
	(void)traits_by(&d.rig, edited(file, e, WANTS_MAX - 1, &d.a));
}

/* BIP370: the same transaction, and what may still be changed. */
static void
test_version_2_signs_the_same_transaction(void **state)
{
	static const uint8_t flags[] = { 0x0b };
	struct edit e = { PSBT_GLOBAL, 0, SPAN_OF(key_flags),
	    SPAN_OF(flags) };
	struct span v0 = fixture("attack/v2-plain.as-v0.psbt", &d.a);
	struct span v2 = fixture("attack/v2-plain.psbt", &d.a);
	struct span out, a, b;

	(void)state;
	assert_int_equal(traits_by(&d.rig, v0), 0);
	make(&d.rig, &out, &a);
	assert_int_equal(traits_by(&d.rig, edited(v2, &e, 1, &d.a)), 0);
	make(&d.rig, &out, &b);
	assert_true(span_eq(a, b));
	assert_int_equal(psbt_value(&opened(out, &d.a)->psbt.global,
	    GLOBAL_MODIFIABLE).p[0], 0x08);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_taproot_signature_proves_amounts),
		T(test_a_claimed_taproot_coin_proves_nothing),
		T(test_an_input_that_goes_alone_stays_claimed),
		T(test_missing_redeem_script_is_put_in),
		T(test_wrong_redeem_script_is_refused),
		T(test_only_what_is_open_is_signed),
		T(test_two_signers_in_turn),
		T(test_false_signature_of_another_is_refused),
		T(test_hashing_without_end_is_refused),
		T(test_plan_names_each_key_once),
		T(test_too_many_accounts_have_a_place),
		T(test_version_2_signs_the_same_transaction),
	};

	return cmocka_run_group_tests(tests, desk_setup,
	    desk_teardown);
}
