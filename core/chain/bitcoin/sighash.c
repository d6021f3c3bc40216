#include "core/chain/bitcoin/sighash.h"

static struct span
outpoint(const struct tx *tx, size_t i)
{
	return span_of(tx->in[i].outpoint, OUTPOINT_SIZE);
}

static void
over_inputs(struct sighash *h)
{
	struct sha256 p, s, a, c;
	struct sink sink_s, sink_a, sink_c;
	size_t i;

	sha256_begin(&p);
	sha256_begin(&s);
	sha256_begin(&a);
	sha256_begin(&c);
	sink_s = sink_to_sha256(&s);
	sink_a = sink_to_sha256(&a);
	sink_c = sink_to_sha256(&c);
	for (i = 0; i < h->tx->nin; i++) {
		sha256_put(&p, outpoint(h->tx, i));
		put_u32le(&sink_s, h->tx->in[i].sequence);
		put_u64le(&sink_a, h->coin[i].amount);
		put_compact_span(&sink_c, h->coin[i].script);
	}
	sha256_end(&p, &h->prevouts);
	sha256_end(&s, &h->sequences);
	sha256_end(&a, &h->amounts);
	sha256_end(&c, &h->scripts);
}

void
sighash_begin(struct sighash *h, const struct tx *tx,
    const struct tx_out *coin)
{
	struct sha256 o;
	struct sink s = sink_to_sha256(&o);
	size_t i;

	h->tx = tx;
	h->coin = coin;
	h->nhead = SIZE_MAX;
	over_inputs(h);
	sha256_begin(&o);
	for (i = 0; i < tx->nout; i++)
		tx_put_out(&s, &tx->out[i]);
	sha256_end(&o, &h->outputs);
}

static bool
same_hash(const struct hash32 *a, const struct hash32 *b)
{
	return memcmp(a->b, b->b, sizeof(a->b)) == 0;
}

bool
sighash_same(const struct sighash *a, const struct sighash *b)
{
	return a->tx->version == b->tx->version &&
	    a->tx->locktime == b->tx->locktime &&
	    a->tx->nin == b->tx->nin && a->tx->nout == b->tx->nout &&
	    same_hash(&a->prevouts, &b->prevouts) &&
	    same_hash(&a->sequences, &b->sequences) &&
	    same_hash(&a->outputs, &b->outputs) &&
	    same_hash(&a->amounts, &b->amounts) &&
	    same_hash(&a->scripts, &b->scripts);
}

bool
sighash_known(uint32_t type, bool taproot)
{
	uint32_t base = type & ~SIGHASH_ANYONE;

	if (taproot && type == SIGHASH_DEFAULT)
		return true;
	return base >= SIGHASH_ALL && base <= SIGHASH_SINGLE;
}

static void
legacy_inputs(struct sink *s, const struct tx *tx, size_t i, struct span code,
    uint32_t type)
{
	uint32_t base = type & 0x1f;
	bool loose = base == SIGHASH_NONE || base == SIGHASH_SINGLE;
	size_t k, first = 0, last = tx->nin;

	if ((type & SIGHASH_ANYONE) != 0) {
		first = i;
		last = i + 1;
	}
	put_compact(s, last - first);
	for (k = first; k < last; k++) {
		put_span(s, outpoint(tx, k));
		put_compact_span(s, k == i ? code : (struct span){ 0 });
		put_u32le(s, k != i && loose ? 0 : tx->in[k].sequence);
	}
}

static void
legacy_outputs(struct sink *s, const struct tx *tx, size_t i, uint32_t type)
{
	static const struct tx_out none = { .amount = UINT64_MAX };
	uint32_t base = type & 0x1f;
	size_t k, n = tx->nout;

	if (base == SIGHASH_NONE)
		n = 0;
	else if (base == SIGHASH_SINGLE)
		n = i + 1;
	put_compact(s, n);
	for (k = 0; k < n; k++)
		tx_put_out(s, base == SIGHASH_SINGLE && k != i ? &none :
		    &tx->out[k]);
}

/*
 * The original algorithm.  SINGLE without an output of that number signs the
 * number 1: that is part of it, and why we refuse to sign such a thing.
 */
void
sighash_legacy(const struct tx *tx, size_t i, struct span code, uint32_t type,
    struct hash32 *out)
{
	static const struct hash32 one = { { 1 } };
	struct sha256 h;
	struct sink s = sink_to_sha256(&h);

	if ((type & 0x1f) == SIGHASH_SINGLE && i >= tx->nout) {
		*out = one;
		return;
	}
	sha256_begin(&h);
	put_u32le(&s, tx->version);
	legacy_inputs(&s, tx, i, code, type);
	legacy_outputs(&s, tx, i, type);
	put_u32le(&s, tx->locktime);
	put_u32le(&s, type);
	hash256_end(&h, out);
}

#define BLANK (OUTPOINT_SIZE + 1 + 4)	/* an input whose script is empty */

/* Gathered, for a hash that is fed little by little takes twice as long. */
static void
put_blank(struct sink *s, const struct tx *tx, size_t from, size_t to)
{
	uint8_t mem[100 * BLANK];
	struct sink m = sink_to_buf(mem, sizeof(mem));

	for (; from < to; from++) {
		put_span(&m, outpoint(tx, from));
		put_u8(&m, 0);
		put_u32le(&m, tx->in[from].sequence);
		if (m.total < sizeof(mem) && from + 1 < to)
			continue;
		put_span(s, span_of(mem, m.total));
		m = sink_to_buf(mem, sizeof(mem));
	}
}

/* .head: the state in which all before input i is hashed. */
static void
head_to(struct sighash *h, size_t i)
{
	struct sink s = sink_to_sha256(&h->head);

	if (h->nhead > i) {
		sha256_begin(&h->head);
		put_u32le(&s, h->tx->version);
		put_compact(&s, h->tx->nin);
		h->nhead = 0;
	}
	put_blank(&s, h->tx, h->nhead, i);
	h->nhead = i;
}

void
sighash_legacy_all(struct sighash *h, size_t i, struct span code,
    struct hash32 *out)
{
	const struct tx *tx = h->tx;
	struct sha256 c;
	struct sink s = sink_to_sha256(&c);

	head_to(h, i);
	c = h->head;
	put_span(&s, outpoint(tx, i));
	put_compact_span(&s, code);
	put_u32le(&s, tx->in[i].sequence);
	put_blank(&s, tx, i + 1, tx->nin);
	legacy_outputs(&s, tx, i, SIGHASH_ALL);
	put_u32le(&s, tx->locktime);
	put_u32le(&s, SIGHASH_ALL);
	hash256_end(&c, out);
}

static struct hash32
twice(const struct hash32 *h)
{
	struct hash32 out;

	sha256(SPAN_OF(h->b), &out);
	return out;
}

static struct hash32
one_output(const struct tx *tx, size_t i)
{
	struct sha256 h;
	struct sink s = sink_to_sha256(&h);
	struct hash32 out;

	sha256_begin(&h);
	tx_put_out(&s, &tx->out[i]);
	sha256_end(&h, &out);
	return out;
}

/* BIP143's hashOutputs. */
static struct hash32
segwit_outputs(const struct sighash *h, size_t i, uint32_t base)
{
	struct hash32 out = { { 0 } };

	if (base == SIGHASH_SINGLE && i < h->tx->nout) {
		out = one_output(h->tx, i);
		return twice(&out);
	}
	if (base == SIGHASH_NONE || base == SIGHASH_SINGLE)
		return out;
	return twice(&h->outputs);
}

void
sighash_segwit(const struct sighash *h, size_t i, struct span code,
    uint32_t type, struct hash32 *out)
{
	const struct tx *tx = h->tx;
	uint32_t base = type & 0x1f;
	bool anyone = (type & SIGHASH_ANYONE) != 0;
	struct hash32 prevouts = { { 0 } }, sequences = { { 0 } };
	struct hash32 outputs = segwit_outputs(h, i, base);
	struct sha256 c;
	struct sink s = sink_to_sha256(&c);

	if (!anyone)
		prevouts = twice(&h->prevouts);
	if (!anyone && base != SIGHASH_NONE && base != SIGHASH_SINGLE)
		sequences = twice(&h->sequences);
	sha256_begin(&c);
	put_u32le(&s, tx->version);
	put_span(&s, SPAN_OF(prevouts.b));
	put_span(&s, SPAN_OF(sequences.b));
	put_span(&s, outpoint(tx, i));
	put_compact_span(&s, code);
	put_u64le(&s, h->coin[i].amount);
	put_u32le(&s, tx->in[i].sequence);
	put_span(&s, SPAN_OF(outputs.b));
	put_u32le(&s, tx->locktime);
	put_u32le(&s, type);
	hash256_end(&c, out);
}

static void
taproot_inputs(struct sink *s, const struct sighash *h, size_t i, bool anyone,
    bool script)
{
	const struct tx *tx = h->tx;

	put_u8(s, script ? 2 : 0);	/* key or script path; no annex */
	if (!anyone) {
		put_u32le(s, (uint32_t)i);
		return;
	}
	put_span(s, outpoint(tx, i));
	tx_put_out(s, &h->coin[i]);
	put_u32le(s, tx->in[i].sequence);
}

static enum err
taproot(const struct sighash *h, size_t i, uint32_t type,
    const struct hash32 *leaf, struct hash32 *out)
{
	const struct tx *tx = h->tx;
	uint32_t base = type & 3;
	bool anyone = (type & SIGHASH_ANYONE) != 0;
	struct hash32 single;
	struct sha256 c;
	struct sink s = sink_to_sha256(&c);

	if (!sighash_known(type, true) ||
	    (base == SIGHASH_SINGLE && i >= tx->nout))
		return ERR_RANGE;
	tagged_begin(&c, "TapSighash");
	put_u8(&s, 0);		/* epoch */
	put_u8(&s, (uint8_t)type);
	put_u32le(&s, tx->version);
	put_u32le(&s, tx->locktime);
	if (!anyone) {
		put_span(&s, SPAN_OF(h->prevouts.b));
		put_span(&s, SPAN_OF(h->amounts.b));
		put_span(&s, SPAN_OF(h->scripts.b));
		put_span(&s, SPAN_OF(h->sequences.b));
	}
	if (base == SIGHASH_DEFAULT || base == SIGHASH_ALL)
		put_span(&s, SPAN_OF(h->outputs.b));
	taproot_inputs(&s, h, i, anyone, leaf != NULL);
	if (base == SIGHASH_SINGLE) {
		single = one_output(tx, i);
		put_span(&s, SPAN_OF(single.b));
	}
	if (leaf != NULL) {
		put_span(&s, SPAN_OF(leaf->b));
		put_u8(&s, 0);			/* key version */
		put_u32le(&s, UINT32_MAX);	/* no code separator */
	}
	sha256_end(&c, out);
	return 0;
}

enum err
sighash_taproot(const struct sighash *h, size_t i, uint32_t type,
    struct hash32 *out)
{
	return taproot(h, i, type, NULL, out);
}

enum err
sighash_tapscript(const struct sighash *h, size_t i, uint32_t type,
    const struct hash32 *leaf, struct hash32 *out)
{
	return taproot(h, i, type, leaf, out);
}
