#include "core/base/reader.h"
#include "core/chain/bitcoin/tx.h"

/* A block holds fewer; an input takes 41 bytes at least, an output 9. */
#define COUNT_MAX 1000000
#define IN_MIN 41
#define OUT_MIN 9

/* Where the parts of a transaction lie. */
struct walk {
	uint32_t	version, locktime;
	size_t		nin, nout;
	struct span	body;		/* counts, inputs and outputs */
	struct span	ins, outs;	/* behind their counts */
	struct span	witness;
};

static struct span
since(const uint8_t *from, const struct reader *r)
{
	return span_of(from, (size_t)(r->at - from));
}

static void
skip_inputs(struct reader *r, size_t n)
{
	size_t i;

	for (i = 0; i < n && r->err == 0; i++) {
		(void)read_span(r, OUTPOINT_SIZE);
		(void)read_compact_span(r);
		(void)read_u32le(r);
	}
}

static void
skip_outputs(struct reader *r, size_t n)
{
	size_t i;

	for (i = 0; i < n && r->err == 0; i++) {
		(void)read_u64le(r);
		(void)read_compact_span(r);
	}
}

static size_t
skip_stack(struct reader *r)
{
	size_t i, n = read_compact_count(r, 1, COUNT_MAX);

	for (i = 0; i < n && r->err == 0; i++)
		(void)read_compact_span(r);
	return n;
}

/* BIP144: a witness that is empty throughout must not be written. */
static void
skip_witness(struct reader *r, size_t nin)
{
	size_t i, items = 0;

	for (i = 0; i < nin && r->err == 0; i++)
		items += skip_stack(r);
	if (items == 0)
		reader_fail(r, ERR_FORM);
}

static enum err
walk(struct span raw, bool witness_ok, struct walk *w, size_t *at)
{
	struct reader r = reader_of(raw);
	const uint8_t *from;
	bool segwit = false;
	enum err e;

	w->version = read_u32le(&r);
	if (witness_ok && reader_left(&r) >= 2 && r.at[0] == 0 &&
	    r.at[1] != 0) {
		segwit = true;
		(void)read_u8(&r);
		if (read_u8(&r) != 1)
			reader_fail(&r, ERR_VERSION);
	}
	from = r.at;
	w->nin = read_compact_count(&r, IN_MIN, COUNT_MAX);
	w->ins = since(r.at, &r);
	skip_inputs(&r, w->nin);
	w->ins = since(w->ins.p, &r);
	w->nout = read_compact_count(&r, OUT_MIN, COUNT_MAX);
	w->outs = since(r.at, &r);
	skip_outputs(&r, w->nout);
	w->outs = since(w->outs.p, &r);
	w->body = since(from, &r);
	from = r.at;
	if (segwit)
		skip_witness(&r, w->nin);
	w->witness = since(from, &r);
	w->locktime = read_u32le(&r);
	e = reader_done(&r);
	*at = reader_offset(&r);
	return e;
}

static void
fill_inputs(const struct walk *w, struct tx *tx)
{
	struct reader r = reader_of(w->ins), wit = reader_of(w->witness);
	size_t i;

	for (i = 0; i < tx->nin; i++) {
		tx->in[i].outpoint = read_span(&r, OUTPOINT_SIZE).p;
		tx->in[i].script = read_compact_span(&r);
		tx->in[i].sequence = read_u32le(&r);
		if (w->witness.n > 0) {
			const uint8_t *from = wit.at;

			(void)skip_stack(&wit);
			tx->in[i].witness = since(from, &wit);
		}
	}
}

static struct tx_out
read_output(struct reader *r)
{
	struct tx_out out;

	out.amount = read_u64le(r);
	out.script = read_compact_span(r);
	return out;
}

enum err
tx_read(struct span raw, bool witness_ok, struct arena *a, struct tx *tx,
    size_t *at)
{
	struct walk w = { 0 };
	struct reader r;
	enum err e;
	size_t i;

	if ((e = walk(raw, witness_ok, &w, at)) != 0)
		return e;
	tx->version = w.version;
	tx->locktime = w.locktime;
	tx->nin = w.nin;
	tx->nout = w.nout;
	tx->in = arena_new(a, struct tx_in, w.nin);
	tx->out = arena_new(a, struct tx_out, w.nout);
	if (tx->in == NULL || tx->out == NULL)
		return ERR_SPACE;
	fill_inputs(&w, tx);
	r = reader_of(w.outs);
	for (i = 0; i < tx->nout; i++)
		tx->out[i] = read_output(&r);
	return reader_done(&r);
}

enum err
tx_check(struct span raw)
{
	struct walk w = { 0 };
	size_t at;

	return walk(raw, true, &w, &at);
}

enum err
tx_output(struct span raw, uint32_t index, struct tx_out *out,
    struct hash32 *txid)
{
	struct walk w = { 0 };
	struct sha256 h;
	struct sink s = sink_to_sha256(&h);
	struct reader r;
	enum err e;
	size_t at;

	if ((e = walk(raw, true, &w, &at)) != 0)
		return e;
	sha256_begin(&h);
	put_u32le(&s, w.version);
	put_span(&s, w.body);
	put_u32le(&s, w.locktime);
	hash256_end(&h, txid);
	if (index >= w.nout)
		return ERR_MISSING;
	r = reader_of(w.outs);
	skip_outputs(&r, index);
	*out = read_output(&r);
	skip_outputs(&r, w.nout - index - 1);
	return reader_done(&r);
}

void
tx_put_out(struct sink *s, const struct tx_out *out)
{
	put_u64le(s, out->amount);
	put_compact_span(s, out->script);
}

static void
put_body(struct sink *s, const struct tx *tx, bool bare)
{
	size_t i;

	put_compact(s, tx->nin);
	for (i = 0; i < tx->nin; i++) {
		put_span(s, span_of(tx->in[i].outpoint, OUTPOINT_SIZE));
		put_compact_span(s, bare ? (struct span){ 0 } :
		    tx->in[i].script);
		put_u32le(s, tx->in[i].sequence);
	}
	put_compact(s, tx->nout);
	for (i = 0; i < tx->nout; i++)
		tx_put_out(s, &tx->out[i]);
}

void
tx_put(struct sink *s, const struct tx *tx, bool bare)
{
	put_u32le(s, tx->version);
	put_body(s, tx, bare);
	put_u32le(s, tx->locktime);
}

void
tx_put_whole(struct sink *s, const struct tx *tx)
{
	bool segwit = false;
	size_t i;

	for (i = 0; i < tx->nin; i++)
		segwit = segwit || tx->in[i].witness.n > 1;
	put_u32le(s, tx->version);
	if (segwit) {			/* marker and flag */
		put_u8(s, 0);
		put_u8(s, 1);
	}
	put_body(s, tx, false);
	for (i = 0; segwit && i < tx->nin; i++)
		if (tx->in[i].witness.n > 0)
			put_span(s, tx->in[i].witness);
		else
			put_u8(s, 0);
	put_u32le(s, tx->locktime);
}

void
tx_name(const struct tx *tx, bool bare, struct hash32 *txid)
{
	struct sha256 h;
	struct sink s = sink_to_sha256(&h);

	sha256_begin(&h);
	tx_put(&s, tx, bare);
	hash256_end(&h, txid);
}

uint32_t
outpoint_index(const uint8_t *outpoint)
{
	struct reader r = reader_of(span_of(outpoint + 32, 4));

	return read_u32le(&r);
}

enum err
witness_read(struct span raw, struct span *item, size_t max, size_t *n)
{
	struct reader r = reader_of(raw);
	size_t i, count = read_compact_count(&r, 1, COUNT_MAX);

	for (i = 0; i < count && r.err == 0; i++) {
		struct span s = read_compact_span(&r);

		if (i < max)
			item[i] = s;
	}
	*n = count;
	return reader_done(&r);
}
