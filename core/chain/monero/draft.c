#include "core/chain/monero/draft.h"
#include "core/crypto/keccak.h"

#define TX_VERSION 2
#define RCT_TYPE 6
#define IN_KEY 2
#define OUT_TAGGED 3

enum err
draft_part(const struct draft *d, draft_fn *put, struct arena *a,
    struct span *out)
{
	struct sink n = sink_to_count(), s;
	uint8_t *p;

	put(d, &n);
	if ((p = arena_new(a, uint8_t, n.total)) == NULL)
		return ERR_SPACE;
	s = sink_to_buf(p, n.total);
	put(d, &s);
	*out = span_of(p, s.total);
	return s.err;
}

static void
put_extra(const struct draft *d, struct sink *s)
{
	extra_put(s, &d->outs->tx_key, d->outs->more, d->outs->nmore,
	    d->outs->has_id ? d->outs->id : NULL);
}

static void
put_input(const struct draft_in *in, struct sink *s)
{
	const struct source *src = in->src;
	size_t i;

	put_u8(s, IN_KEY);
	put_varint(s, 0);
	put_varint(s, src->ring.n);
	for (i = 0; i < src->ring.n; i++)
		put_varint(s, i == 0 ? src->member[0] :
		    src->member[i] - src->member[i - 1]);
	put_span(s, SPAN_OF(in->coin->image.b));
}

void
draft_prefix(const struct draft *d, struct sink *s)
{
	struct sink extra = sink_to_count();
	size_t i;

	put_varint(s, TX_VERSION);
	put_varint(s, 0);
	put_varint(s, d->nin);
	for (i = 0; i < d->nin; i++)
		put_input(&d->in[i], s);
	put_varint(s, d->outs->n);
	for (i = 0; i < d->outs->n; i++) {
		put_varint(s, 0);
		put_u8(s, OUT_TAGGED);
		put_span(s, SPAN_OF(d->outs->o[i].key.b));
		put_u8(s, d->outs->o[i].tag);
	}
	put_extra(d, &extra);
	put_varint(s, extra.total);
	put_extra(d, s);
}

void
draft_base(const struct draft *d, struct sink *s)
{
	size_t i;

	put_u8(s, RCT_TYPE);
	put_varint(s, d->fee);
	for (i = 0; i < d->outs->n; i++)
		put_span(s, SPAN_OF(d->outs->o[i].amount));
	for (i = 0; i < d->outs->n; i++)
		put_span(s, SPAN_OF(d->outs->o[i].commit.b));
}

static void
put_proof(const struct bpp *b, bool counts, struct sink *s)
{
	size_t i;

	put_span(s, SPAN_OF(b->a.b));
	put_span(s, SPAN_OF(b->a1.b));
	put_span(s, SPAN_OF(b->b.b));
	put_span(s, SPAN_OF(b->r1.b));
	put_span(s, SPAN_OF(b->s1.b));
	put_span(s, SPAN_OF(b->d1.b));
	if (counts)
		put_varint(s, b->rounds);
	for (i = 0; i < b->rounds; i++)
		put_span(s, SPAN_OF(b->l[i].b));
	if (counts)
		put_varint(s, b->rounds);
	for (i = 0; i < b->rounds; i++)
		put_span(s, SPAN_OF(b->r[i].b));
}

void
draft_prunable(const struct draft *d, struct sink *s)
{
	size_t i, k;

	put_varint(s, 1);
	put_proof(&d->bpp, true, s);
	for (i = 0; i < d->nin; i++) {
		for (k = 0; k < d->in[i].src->ring.n; k++)
			put_span(s, SPAN_OF(d->in[i].sig.s[k].b));
		put_span(s, SPAN_OF(d->in[i].sig.c1.b));
		put_span(s, SPAN_OF(d->in[i].sig.d8.b));
	}
	for (i = 0; i < d->nin; i++)
		put_span(s, SPAN_OF(d->in[i].pseudo.b));
}

/* As a transaction says it, and without its counts. */
void
draft_message(struct draft *d)
{
	struct hash32 part[3];
	struct keccak k;
	struct sink s;

	keccak256(d->prefix, &part[0]);
	keccak256(d->base, &part[1]);
	keccak_begin(&k);
	s = sink_to_keccak(&k);
	put_proof(&d->bpp, false, &s);
	keccak_end(&k, &part[2]);
	keccak256(span_of(part, sizeof(part)), &d->message);
}
