#include "core/base/limits.h"
#include "core/base/reader.h"
#include "core/chain/bitcoin/request.h"

static void
gather_input(const struct psbt_map *m, struct coin_in *in)
{
	struct span type = psbt_value(m, IN_SIGHASH);
	struct reader r = reader_of(type);

	in->prevtx = psbt_value(m, IN_PREVTX);
	in->utxo = psbt_value(m, IN_UTXO);
	in->redeem = psbt_value(m, IN_REDEEM);
	in->wscript = psbt_value(m, IN_WITNESS_SCRIPT);
	in->final_script = psbt_value(m, IN_FINAL_SCRIPT);
	in->final_witness = psbt_value(m, IN_FINAL_WITNESS);
	in->tap_sig = psbt_value(m, IN_TAP_SIG);
	in->tap_internal = psbt_value(m, IN_TAP_INTERNAL);
	in->tap_root = psbt_value(m, IN_TAP_ROOT);
	in->has_type = type.p != NULL;
	in->type = in->has_type ? read_u32le(&r) : 0;
}

static void
gather_output(const struct psbt_map *m, const struct tx_out *tx,
    struct coin_out *out)
{
	out->redeem = psbt_value(m, OUT_REDEEM);
	out->wscript = psbt_value(m, OUT_WITNESS_SCRIPT);
	out->tap_internal = psbt_value(m, OUT_TAP_INTERNAL);
	out->tap_tree = psbt_value(m, OUT_TAP_TREE);
	out->script = script_of(tx->script);
}

static enum err
gather(struct request *q, struct arena *a)
{
	const struct tx *tx = &q->psbt.tx;
	size_t i;

	q->in = arena_new(a, struct coin_in, tx->nin);
	q->coin = arena_new(a, struct tx_out, tx->nin);
	q->out = arena_new(a, struct coin_out, tx->nout);
	q->review = arena_new(a, struct review, 1);
	if (q->in == NULL || q->coin == NULL || q->out == NULL ||
	    q->review == NULL)
		return ERR_SPACE;
	for (i = 0; i < tx->nin; i++)
		gather_input(&q->psbt.in[i], &q->in[i]);
	for (i = 0; i < tx->nout; i++)
		gather_output(&q->psbt.out[i], &tx->out[i], &q->out[i]);
	return 0;
}

enum err
request_open(struct arena *a, struct span file, const struct pace *pace,
    struct request **out, struct fault *f)
{
	struct request *q = arena_new(a, struct request, 1);
	struct span bytes;
	size_t at = 0;
	enum err e;

	if (q == NULL)
		return ERR_SPACE;
	if ((e = peel(file, a, &q->peel, &bytes, &at)) != 0) {
		fault_set(f, at, "the encoding of the file");
		return e;
	}
	if ((e = psbt_read(bytes, a, pace, &q->psbt, f)) != 0 ||
	    (e = gather(q, a)) != 0)
		return e;
	*out = q;
	return 0;
}

/* A path whose fingerprint the file leaves out may be of any of our keys. */
static enum err
want_origin(const struct origin *o, const struct pubring *ring,
    struct wants *w)
{
	static const struct fpr absent;
	struct keyref ref;
	enum err e;
	size_t i;

	memcpy(ref.fpr.b, o->fpr.p, sizeof(ref.fpr.b));
	if ((e = path_of_words(o->words, &ref.path)) != 0)
		return e;
	if (pubring_ours(ring, &ref.fpr))
		return wants_add(w, &ref);
	if (!fpr_eq(&ref.fpr, &absent))
		return 0;
	for (i = 0; i < ring->nfpr; i++) {
		ref.fpr = ring->fpr[i];
		if ((e = wants_add(w, &ref)) != 0)
			return e;
	}
	return 0;
}

/* Each path costs a derivation: no honest file has more of them than it may
 * have inputs and outputs, twice over. */

struct count {
	size_t	n;
	size_t	at;		/* offset of the last */
};

static enum err
want_map(const struct psbt *p, const struct psbt_map *m, enum psbt_side side,
    const struct pubring *ring, struct wants *w, struct count *c)
{
	/* The types of derivation fields, plain and taproot. */
	static const uint64_t plain[] = { GLOBAL_XPUB, IN_BIP32, OUT_BIP32 };
	static const uint64_t tap[] = { UINT64_MAX, IN_TAP_BIP32,
	    OUT_TAP_BIP32 };
	struct origin o;
	enum err e;
	size_t i;

	for (i = 0; i < m->n; i++) {
		bool taproot = m->e[i].type == tap[side];

		if (!taproot && m->e[i].type != plain[side])
			continue;
		c->at = psbt_offset(p, &m->e[i]);
		if (++c->n > LIMIT_ORIGINS)
			return ERR_RANGE;
		if ((e = origin_read(m->e[i].value, taproot, &o)) != 0 ||
		    (e = want_origin(&o, ring, w)) != 0)
			return e;
	}
	return 0;
}

enum err
request_want(const struct request *q, const struct pubring *ring,
    struct wants *w, struct fault *f)
{
	const struct psbt *p = &q->psbt;
	struct count c = { 0, 0 };
	size_t i;
	enum err e;

	w->n = 0;
	if ((e = want_map(p, &p->global, PSBT_GLOBAL, ring, w, &c)) != 0) {
		fault_set(f, c.at, "%s", psbt_field_name(PSBT_GLOBAL,
		    GLOBAL_XPUB));
		return e;
	}
	for (i = 0; i < p->tx.nin; i++)
		if ((e = want_map(p, &p->in[i], PSBT_IN, ring, w, &c)) != 0) {
			fault_set(f, c.at, "input %zu: derivation", i);
			return e;
		}
	for (i = 0; i < p->tx.nout; i++)
		if ((e = want_map(p, &p->out[i], PSBT_OUT, ring, w,
		    &c)) != 0) {
			fault_set(f, c.at, "output %zu: derivation", i);
			return e;
		}
	return 0;
}

#define TICK_EVERY 64	/* a step can take a millisecond, a tick takes some */

enum err
request_tick(const struct request *q)
{
	struct review *v = q->review;
	size_t total = 3 * q->psbt.tx.nin + q->psbt.tx.nout;

	if (++v->ticks % TICK_EVERY != 0)
		return 0;
	return pace_tick(v->pace, v->ticks, (uint32_t)total);
}
