#include "core/base/order.h"
#include "core/base/reader.h"
#include "core/chain/bitcoin/request.h"

static struct tx_out
utxo_of(struct span value)
{
	struct reader r = reader_of(value);
	struct tx_out out;

	out.amount = read_u64le(&r);
	out.script = read_compact_span(&r);
	return out;
}

static bool
same_coin(const struct tx_out *a, const struct tx_out *b)
{
	return a->amount == b->amount && span_eq(a->script, b->script);
}

/* The name of the previous transaction is the hash of all of it: what it
 * says of an output cannot be a lie (known attacks 1 to 3). */
static void
by_previous_tx(struct coin_in *in, const uint8_t *outpoint,
    struct tx_out *coin)
{
	struct tx_out found = { 0 }, said = utxo_of(in->utxo);
	struct hash32 txid = { { 0 } };
	enum err e = tx_output(in->prevtx, outpoint_index(outpoint), &found,
	    &txid);

	in->known = KNOWN_UNKNOWN;
	in->how = "contradicted";
	if (memcmp(txid.b, outpoint, sizeof(txid.b)) != 0) {
		in->traits |= TRAIT_BIT(PREVTX_FALSE);
		return;
	}
	if (e != 0) {
		in->traits |= TRAIT_BIT(PREVTX_INDEX);
		return;
	}
	*coin = found;
	if (in->utxo.p != NULL && !same_coin(&found, &said)) {
		in->said = said.amount;
		in->traits |= TRAIT_BIT(AMOUNT_FALSE);
		return;
	}
	in->known = KNOWN_PROVEN;
	in->how = "previous tx";
}

/* Only a segwit digest holds the amount: the others need the previous tx. */
static bool
digest_has_amount(const struct coin_in *in, const struct tx_out *coin)
{
	struct script s = script_of(coin->script);
	struct script inner = script_of(in->redeem);

	if (s.kind == SCRIPT_SH)
		return in->redeem.p == NULL || script_is_witness(&inner);
	return script_is_witness(&s);
}

/* What the script's form says of how one key spends it. */
static void
spend_form(struct coin_in *in, const struct tx_out *coin)
{
	struct script inner = script_of(in->redeem);
	struct hash20 h;

	in->script = script_of(coin->script);
	in->hash = in->script.hash;
	if (in->script.kind == SCRIPT_PKH)
		in->spend = SPEND_PKH;
	else if (in->script.kind == SCRIPT_WPKH)
		in->spend = SPEND_WPKH;
	else if (in->script.kind == SCRIPT_TR)
		in->spend = SPEND_TR;
	else
		policy_form(in);
	if (in->script.kind != SCRIPT_SH || inner.kind != SCRIPT_WPKH)
		return;
	hash160(in->redeem, &h);
	if (span_eq(SPAN_OF(h.b), in->script.hash)) {
		in->spend = SPEND_SH_WPKH;
		in->hash = inner.hash;
	}
}

static void
find(const struct request *q, size_t i)
{
	struct coin_in *in = &q->in[i];
	struct tx_out *coin = &q->coin[i], said;

	*coin = (struct tx_out){ 0 };
	in->known = KNOWN_UNKNOWN;
	in->how = "the file does not say";
	if (in->prevtx.p != NULL) {
		by_previous_tx(in, q->psbt.tx.in[i].outpoint, coin);
	} else if (in->utxo.p != NULL) {
		said = utxo_of(in->utxo);
		if (digest_has_amount(in, &said)) {
			*coin = said;
			in->known = KNOWN_CLAIMED;
			in->how = "witness utxo";
		} else {
			in->traits |= TRAIT_BIT(INPUT_NO_COIN);
		}
	} else {
		in->traits |= TRAIT_BIT(INPUT_NO_COIN);
	}
	if (coin->script.p == NULL)
		return;
	if (coin->amount > MONEY_MAX)
		in->traits |= TRAIT_BIT(AMOUNT_RANGE);
	spend_form(in, coin);
}

enum err
coin_find_all(const struct request *q)
{
	struct review *v = q->review;
	enum err e;
	size_t i;

	v->all_coins = true;
	for (i = 0; i < q->psbt.tx.nin; i++) {
		find(q, i);
		v->all_coins = v->all_coins && q->coin[i].script.p != NULL;
		if ((e = request_tick(q)) != 0)
			return e;
	}
	sighash_begin(&v->sighash, &q->psbt.tx, q->coin);
	return 0;
}

/* A taproot signature of ours to come over the amounts and scripts of all
 * inputs (BIP341). */
static bool
binds_amounts(const struct coin_in *in)
{
	return in->sign && in->spend == SPEND_TR &&
	    (in->type == SIGHASH_DEFAULT || in->type == SIGHASH_ALL);
}

/*
 * Are all amounts as they are said, or else our signatures worthless?  One
 * such signature is enough where its own coin is proven ours: without it the
 * transaction is none (not so where others can sign for the coin, too).  A
 * coin only claimed to be ours may be the thief's,
 * who needs no signature of ours for it; then every signature that we give
 * for a coin that is only claimed has to be of that kind.
 */
static bool
all_amounts_signed(const struct request *q)
{
	bool some = false, loose = false;
	size_t i;

	for (i = 0; i < q->psbt.tx.nin; i++) {
		const struct coin_in *in = &q->in[i];

		if (binds_amounts(in) && in->own == NULL &&
		    in->known == KNOWN_PROVEN)
			return true;
		some = some || binds_amounts(in);
		loose = loose || (in->sign && in->known != KNOWN_PROVEN &&
		    !binds_amounts(in));
	}
	return some && !loose;
}

/*
 * A coin that came with another amount before: where its previous transaction
 * is here, the other one was the lie, and signatures made under it are worth
 * nothing; a coin that could never be spent again would be a lie's reward.
 */
void
coin_judge(const struct request *q, const struct session *s)
{
	bool alone, signed_all = all_amounts_signed(q);
	size_t i;

	for (i = 0; i < q->psbt.tx.nin; i++) {
		struct coin_in *in = &q->in[i];
		const struct session_record *seen = session_find(s,
		    q->psbt.tx.in[i].outpoint);
		struct num amount = num_of(q->coin[i].amount);

		if (q->coin[i].script.p == NULL)
			continue;
		if (seen != NULL && num_cmp(&seen->amount, &amount) != 0)
			in->traits |= in->known == KNOWN_PROVEN ?
			    TRAIT_BIT(AMOUNT_BELIED) :
			    TRAIT_BIT(AMOUNT_CHANGED);
		if (in->known != KNOWN_CLAIMED)
			continue;
		/* ANYONECANPAY lets this input go where that one is not. */
		alone = in->sign && (in->type & SIGHASH_ANYONE) != 0;
		if (signed_all && !alone) {
			in->known = KNOWN_PROVEN;
			in->how = "all amounts are signed";
		} else {
			in->traits |= TRAIT_BIT(AMOUNT_CLAIMED);
		}
	}
}

static int
outpoint_cmp(const void *ctx, uint32_t a, uint32_t b)
{
	const struct tx_in *in = ctx;

	return memcmp(in[a].outpoint, in[b].outpoint, OUTPOINT_SIZE);
}

/* Known attack 12: all of them, not the first hundred. */
enum err
coin_duplicates(const struct request *q, struct arena *a)
{
	const struct tx *tx = &q->psbt.tx;
	uint32_t *index = arena_new(a, uint32_t, tx->nin);
	size_t i;

	if (index == NULL)
		return ERR_SPACE;
	for (i = 0; i < tx->nin; i++)
		index[i] = (uint32_t)i;
	order_sort(index, tx->nin, outpoint_cmp, tx->in);
	for (i = 1; i < tx->nin; i++)
		if (outpoint_cmp(tx->in, index[i - 1], index[i]) == 0)
			q->in[index[i]].traits |= TRAIT_BIT(INPUT_DUPLICATE);
	return 0;
}
