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

/* At most 75 bytes: the length is the opcode that pushes. */
static void
put_push(struct sink *s, struct span b)
{
	put_u8(s, (uint8_t)b.n);
	put_span(s, b);
}

static void
put_script(struct sink *s, const struct coin_in *in)
{
	if (is_final(in)) {
		put_span(s, in->final_script);
	} else if (in->spend == SPEND_PKH) {
		put_push(s, in->sig);
		put_push(s, in->sig_key);
	} else if (in->spend == SPEND_SH_WPKH) {
		put_push(s, in->redeem);
	}
}

static bool
has_witness(const struct coin_in *in)
{
	return is_final(in) ? in->final_witness.n > 1 :
	    in->spend != SPEND_PKH;
}

static void
put_witness(struct sink *s, const struct coin_in *in)
{
	if (!has_witness(in)) {
		put_u8(s, 0);
	} else if (is_final(in)) {
		put_span(s, in->final_witness);
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
put_input(struct sink *s, const struct tx_in *tx, const struct coin_in *in)
{
	struct sink n = sink_to_count();

	put_script(&n, in);
	put_span(s, span_of(tx->outpoint, OUTPOINT_SIZE));
	put_compact(s, n.total);
	put_script(s, in);
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
		put_input(s, &tx->in[i], &q->in[i]);
	put_compact(s, tx->nout);
	for (i = 0; i < tx->nout; i++)
		tx_put_out(s, &tx->out[i]);
	for (i = 0; segwit && i < tx->nin; i++)
		put_witness(s, &q->in[i]);
	put_u32le(s, tx->locktime);
}
