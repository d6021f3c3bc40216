#include "core/chain/bitcoin/request.h"

bool
final_ready(const struct request *q)
{
	size_t i;

	for (i = 0; i < q->psbt.tx.nin; i++)
		if (!q->in[i].complete)
			return false;
	return q->psbt.tx.nin > 0;
}

static bool
is_final(const struct coin_in *in)
{
	return in->final_script.p != NULL || in->final_witness.p != NULL;
}

/* At most 520 bytes.  Up to 75 the length is the opcode that pushes. */
void
final_push(struct sink *s, struct span b)
{
	if (b.n >= OP_PUSHDATA1)
		put_u8(s, b.n <= UINT8_MAX ? OP_PUSHDATA1 : OP_PUSHDATA2);
	if (b.n <= UINT8_MAX)
		put_u8(s, (uint8_t)b.n);
	else
		put_u16le(s, (uint16_t)b.n);
	put_span(s, b);
}

void
final_script_put(const struct request *q, size_t i, struct sink *s)
{
	const struct coin_in *in = &q->in[i];

	if (is_final(in)) {
		put_span(s, in->final_script);
	} else if (in->spend == SPEND_PKH) {
		final_push(s, in->sig);
		final_push(s, in->sig_key);
	} else if (in->spend == SPEND_SH_WPKH) {
		final_push(s, in->redeem);
	} else if (spend_is_script(in->spend)) {
		policy_script_put(q, i, s);
	}
}

static bool
has_witness(const struct coin_in *in)
{
	return is_final(in) ? in->final_witness.n > 1 :
	    in->spend != SPEND_PKH && in->spend != SPEND_SH;
}

void
final_witness_put(const struct request *q, size_t i, struct sink *s)
{
	const struct coin_in *in = &q->in[i];

	if (!has_witness(in)) {
		put_u8(s, 0);
	} else if (is_final(in)) {
		put_span(s, in->final_witness);
	} else if (spend_is_script(in->spend) ||
	    (in->spend == SPEND_TR && in->sig.n == 0)) {
		policy_witness_put(q, i, s);
	} else if (in->spend == SPEND_TR) {
		put_u8(s, 1);
		put_compact_span(s, in->sig);
	} else {
		put_u8(s, 2);
		put_compact_span(s, in->sig);
		put_compact_span(s, in->sig_key);
	}
}

static void
put_input(const struct request *q, size_t i, struct sink *s)
{
	const struct tx_in *tx = &q->psbt.tx.in[i];
	struct sink n = sink_to_count();

	final_script_put(q, i, &n);
	put_span(s, span_of(tx->outpoint, OUTPOINT_SIZE));
	put_compact(s, n.total);
	final_script_put(q, i, s);
	put_u32le(s, tx->sequence);
}

void
final_put(const struct request *q, struct sink *s)
{
	const struct tx *tx = &q->psbt.tx;
	bool segwit = false;
	size_t i;

	for (i = 0; i < tx->nin; i++)
		segwit = segwit || has_witness(&q->in[i]);
	put_u32le(s, tx->version);
	if (segwit) {			/* BIP144: marker and flag */
		put_u8(s, 0);
		put_u8(s, 1);
	}
	put_compact(s, tx->nin);
	for (i = 0; i < tx->nin; i++)
		put_input(q, i, s);
	put_compact(s, tx->nout);
	for (i = 0; i < tx->nout; i++)
		tx_put_out(s, &tx->out[i]);
	for (i = 0; segwit && i < tx->nin; i++)
		final_witness_put(q, i, s);
	put_u32le(s, tx->locktime);
}
