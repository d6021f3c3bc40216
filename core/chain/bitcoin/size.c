#include "core/chain/bitcoin/request.h"

/*
 * An ECDSA signature with low R and low S has 70 bytes in DER, and one more
 * for its kind; a compressed key has 33.  Weight is 4 a byte, 1 in a witness.
 */
#define ECDSA_PUSHED (1 + 71)
#define KEY_PUSHED (1 + 33)
#define REDEEM_PUSHED (1 + 22)
#define WSH_PUSHED (1 + 34)

static uint64_t
compact_size(uint64_t n)
{
	return n < 0xfd ? 1 : n <= 0xffff ? 3 : n <= 0xffffffff ? 5 : 9;
}

/* Several keys: m signatures and the script.  Of another script it cannot be
 * told how it will be satisfied: as many signatures as we make, a guess. */
static void
script_parts(const struct coin_in *in, uint64_t *script, uint64_t *witness)
{
	uint64_t n = in->code.n, sigs = in->nown;
	struct multi m;

	if (multi_read(in->code, &m))
		sigs = m.m;
	if (in->spend == SPEND_SH) {
		*script = 1 + sigs * ECDSA_PUSHED + n +
		    (n < OP_PUSHDATA1 ? 1 : n <= UINT8_MAX ? 2 : 3);
		return;
	}
	*script = in->spend == SPEND_SH_WSH ? WSH_PUSHED : 0;
	*witness = 2 + sigs * ECDSA_PUSHED + compact_size(n) + n;
}

static uint64_t
leaf_witness(const struct coin_in *in, const struct tap_leaf *l)
{
	uint64_t sig = 1 + (in->type == SIGHASH_DEFAULT ? 64 : 65);
	uint64_t n = compact_size(l->script.n) + l->script.n +
	    compact_size(l->control.n) + l->control.n;
	struct multi m;

	if (!multi_leaf_read(l->script, &m))
		return 1 + sig + n;
	return compact_size(m.n + 2) + m.m * sig + (m.n - m.m) + n;
}

/* The bytes of an input's scriptSig, and of its witness. */
static void
input_parts(const struct request *q, size_t i, uint64_t *script,
    uint64_t *witness)
{
	const struct coin_in *in = &q->in[i];
	uint64_t known;

	*script = 0;
	*witness = 0;
	if (in->final_script.p != NULL || in->final_witness.p != NULL) {
		*script = in->final_script.n;
		*witness = in->final_witness.n;
		return;
	}
	switch (in->spend) {
	case SPEND_PKH:
		*script = ECDSA_PUSHED + KEY_PUSHED;
		return;
	case SPEND_SH_WPKH:
		*script = REDEEM_PUSHED;
		*witness = 1 + ECDSA_PUSHED + KEY_PUSHED;
		return;
	case SPEND_TR:
		*witness = 1 + 1 + (in->type == SIGHASH_DEFAULT ? 64 : 65);
		if (in->own != NULL && in->own->leaf != NULL)
			*witness = leaf_witness(in, in->own->leaf);
		if (in->spot != NULL && (known = wallet_size(q, i)) > 0)
			*witness = known;
		return;
	case SPEND_SH:
	case SPEND_SH_WSH:
	case SPEND_WSH:
		script_parts(in, script, witness);
		if (in->spot != NULL && (known = wallet_size(q, i)) > 0)
			*witness = known;
		return;
	case SPEND_WPKH:
	case SPEND_NONE:	/* another's: a guess */
		*witness = 1 + ECDSA_PUSHED + KEY_PUSHED;
		return;
	}
}

uint64_t
size_virtual(const struct request *q)
{
	const struct tx *tx = &q->psbt.tx;
	struct sink s = sink_to_count();
	uint64_t base, witness = 0, nowitness = 0, script, w;
	size_t i;

	tx_put(&s, tx, true);
	base = s.total;
	for (i = 0; i < tx->nin; i++) {
		input_parts(q, i, &script, &w);
		base += script + compact_size(script) - 1;
		witness += w;
		nowitness += w == 0;
	}
	if (witness > 0)		/* marker, flag, empty stacks */
		witness += 2 + nowitness;
	return (base * 4 + witness + 3) / 4;
}
