#include "core/chain/monero/rct_read.h"
#include "core/chain/monero/unsigned.h"

#define EXTRA_ROOM 1060

static bool
same_extra(const struct outs *o, struct span is)
{
	uint8_t buf[EXTRA_ROOM];
	struct sink s = sink_to_buf(buf, sizeof(buf));

	extra_put(&s, &o->tx_key, o->more, o->nmore,
	    o->has_id ? o->id : NULL);
	return s.err == 0 && span_eq(span_of(buf, s.total), is);
}

/* From the transaction's secrets: every key, tag, amount and commitment. */
static enum err
check_outputs(const struct unsigned_request *q, const struct construction *c,
    const struct tx_found *w, const struct rct_read *t, struct arena *a)
{
	struct outs *o = arena_new(a, struct outs, 1);
	enum err e;
	size_t i;

	if (o == NULL)
		return ERR_SPACE;
	if ((e = outs_make(c, &w->extra, q->frame.viewer, &w->secrets,
	    w->out_order, o)) != 0)
		return e;
	if (t->nout != o->n || !same_extra(o, t->extra))
		return ERR_MISMATCH;
	for (i = 0; i < o->n; i++)
		if (!point_eq(&t->out[i].key, &o->o[i].key) ||
		    !point_eq(&t->out[i].commit, &o->o[i].commit) ||
		    t->out[i].tag != o->o[i].tag || !span_eq(
		    SPAN_OF(t->out[i].amount), SPAN_OF(o->o[i].amount)))
			return ERR_MISMATCH;
	return 0;
}

static enum err
check_input(const struct source *s, const struct coin *c,
    const struct rct_read *t, size_t i, struct arena *a)
{
	const struct rct_read_in *in = &t->in[i];
	size_t used = a->used;
	enum err e;

	if (memcmp(in->member, s->member, sizeof(in->member)) != 0 ||
	    !point_eq(&in->image, &c->image))
		return ERR_MISMATCH;
	if (i > 0 && memcmp(t->in[i - 1].image.b, in->image.b, 32) <= 0)
		return ERR_MISMATCH;
	e = clsag_verify(&s->ring, &in->image, &in->pseudo, &t->message,
	    &in->sig, a);
	arena_back(a, used);
	return e;
}

/* What goes in is what goes out and the fee, as commitments. */
static enum err
check_balance(const struct rct_read *t)
{
	struct point sum = ed_identity, fee;
	struct scalar n;
	enum err e = 0;
	size_t i;

	sc_of_u64(t->fee, &n);
	for (i = 0; i < t->nin && e == 0; i++)
		e = ed_add(&sum, &t->in[i].pseudo, &sum);
	for (i = 0; i < t->nout && e == 0; i++)
		e = ed_sub(&sum, &t->out[i].commit, &sum);
	if (e != 0 || (e = ed_mul(&n, &ed_h, &fee)) != 0)
		return e;
	return point_eq(&sum, &fee) ? ERR_NONE : ERR_MISMATCH;
}

static enum err
check_range(const struct rct_read *t, struct arena *a)
{
	struct point commit[BPP_AMOUNTS];
	size_t i, used = a->used;
	enum err e;

	for (i = 0; i < t->nout; i++)
		commit[i] = t->out[i].commit;
	e = bpp_verify(&t->bpp, commit, t->nout, a);
	arena_back(a, used);
	return e;
}

static enum err
check_tx(const struct unsigned_request *q, size_t tx, const struct rct_read *t,
    struct arena *a)
{
	const struct construction *c = &q->set.tx[tx];
	const struct tx_found *w = &q->found->tx[tx];
	enum err e;
	size_t i;

	if (t->nin != c->nsource || t->fee != w->fee ||
	    !span_eq(t->whole, w->blob))
		return ERR_MISMATCH;
	if ((e = check_outputs(q, c, w, t, a)) != 0)
		return e;
	for (i = 0; i < t->nin; i++)
		if ((e = check_input(&c->source[w->in_order[i]],
		    &w->coin[w->in_order[i]], t, i, a)) != 0)
			return e;
	if ((e = check_balance(t)) != 0)
		return e;
	return check_range(t, a);
}

static void
must(struct parse *p, bool holds)
{
	if (!holds)
		reader_fail(&p->r, ERR_MISMATCH);
}

/* Everything around the transaction, as the online wallet reads it. */
static void
read_pending(struct parse *p, const struct construction *c, uint64_t fee)
{
	struct construction again = { 0 };
	struct dest d;
	size_t i, n;

	must(p, read_u64le(&p->r) == 0);
	must(p, read_u64le(&p->r) == fee);
	must(p, read_u8(&p->r) == 0);
	parse_dest(p, &d);
	must(p, span_eq(d.raw, c->change.raw));
	must(p, span_eq(read_span(&p->r, c->selected_raw.n),
	    c->selected_raw));
	(void)read_span(&p->r, read_varint_count(&p->r, 1, SIZE_MAX));
	must(p, span_eq(read_span(&p->r, 32), SPAN_OF(sc_one.b)));
	must(p, read_varint(&p->r, 64) == 0);
	n = read_varint_count(&p->r, 1, SET_DESTS);
	must(p, n == c->nasked);
	for (i = 0; i < n && p->r.err == 0; i++) {
		parse_dest(p, &d);
		must(p, span_eq(d.raw, c->asked[i].raw));
	}
	parse_construction(p, &again);
	must(p, again.nsource == c->nsource && again.ndest == c->ndest &&
	    span_eq(again.extra, c->extra) &&
	    span_eq(again.tail_raw, c->tail_raw));
	must(p, read_varint(&p->r, 64) == 0);
	(void)read_span(&p->r, 32);
}

static enum err
read_set(struct parse *p, const struct unsigned_request *q, struct arena *a)
{
	struct rct_read t;
	enum err e;
	size_t i, n;

	must(p, read_varint(&p->r, 64) == 0);
	must(p, read_varint(&p->r, 64) == q->set.n);
	for (i = 0; i < q->set.n && p->r.err == 0; i++) {
		must(p, read_varint(&p->r, 64) == 1);
		rct_read(p, &t);
		if (p->r.err != 0)
			break;
		if ((e = check_tx(q, i, &t, a)) != 0)
			return e;
		read_pending(p, &q->set.tx[i], t.fee);
	}
	n = read_varint_count(&p->r, 32, SET_RECORDS);
	must(p, n == q->found->prefix);
	(void)read_span(&p->r, 32 * n);
	n = read_varint_count(&p->r, 65, SET_RECORDS);
	(void)read_span(&p->r, 65 * n);
	return reader_done(&p->r);
}

/*
 * The frame is opened again, the set read by a fresh reader, each transaction
 * verified as the network will verify it and against what was agreed; and all
 * of it is byte for byte what was to be written.
 */
enum err
unsigned_readback(const struct unsigned_request *q, struct span answer,
    struct arena *a)
{
	struct pubring ring = { .viewer = q->frame.viewer, .nviewer = 1 };
	struct fault f = { 0 };
	struct parse p;
	struct frame g;
	struct span want;
	enum err e;

	if ((e = frame_open(answer, FRAME_SIGNED, &ring, a, &g, &f)) != 0 ||
	    (e = signed_plain(q, a, &want)) != 0)
		return e;
	if (g.pem != q->frame.pem || !span_eq(g.plain, want))
		return ERR_MISMATCH;
	parse_begin(&p, g.plain, a);
	return read_set(&p, q, a);
}
