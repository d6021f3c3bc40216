/*
 * monero_sets.h - an unsigned set written down from its fields: the other way
 * than core/chain/monero/set.c, so that a test can change one of them.
 *
 *	source	Monero: wallet2's exchange formats
 *	shapes	struct unsigned_set to plaintext
 *	units	piconero
 *	owns	nothing
 *	errors	sticky in the sink
 *	secrets	none
 *	tests	this is for them
 */
#ifndef TESTS_UNIT_MONERO_SETS_H
#define TESTS_UNIT_MONERO_SETS_H

#include "core/base/sink.h"
#include "core/chain/monero/set.h"

static inline void
sets_dest(struct sink *s, const struct dest *d)
{
	put_varint(s, d->original.n);
	put_span(s, d->original);
	put_varint(s, d->amount);
	put_span(s, SPAN_OF(d->spend.b));
	put_span(s, SPAN_OF(d->view.b));
	put_u8(s, d->sub);
	put_u8(s, d->integrated);
}

static inline void
sets_source(struct sink *s, const struct source *o)
{
	size_t i;

	put_varint(s, o->members);
	for (i = 0; i < o->members; i++) {
		put_varint(s, 2);
		put_varint(s, o->member[i % RING_MAX]);
		put_span(s, SPAN_OF(o->ring.key[i % RING_MAX].b));
		put_span(s, SPAN_OF(o->ring.commit[i % RING_MAX].b));
	}
	put_u64le(s, o->ring.real);
	put_span(s, SPAN_OF(o->tx_key.b));
	put_varint(s, o->more.n / 32);
	put_span(s, o->more);
	put_u64le(s, o->index);
	put_u64le(s, o->amount);
	put_u8(s, o->rct);
	put_span(s, SPAN_OF(o->mask.b));
	for (i = 0; i < 128; i++)
		put_u8(s, o->multisig);
}

static inline void
sets_tx(struct sink *s, const struct construction *c)
{
	size_t i;

	put_varint(s, c->nsource);
	for (i = 0; i < c->nsource; i++)
		sets_source(s, &c->source[i]);
	sets_dest(s, &c->change);
	put_varint(s, c->ndest);
	for (i = 0; i < c->ndest; i++)
		sets_dest(s, &c->dest[i]);
	put_varint(s, c->nselected);
	for (i = 0; i < c->nselected; i++)
		put_varint(s, c->selected[i]);
	put_varint(s, c->extra.n);
	put_span(s, c->extra);
	put_u64le(s, c->unlock);
	put_u8(s, c->flags);
	put_varint(s, 0);
	put_varint(s, c->range_type);
	put_varint(s, c->bp_version);
	put_varint(s, c->nasked);
	for (i = 0; i < c->nasked; i++)
		sets_dest(s, &c->asked[i]);
	put_u32le(s, c->account);
	put_varint(s, c->nminor);
	for (i = 0; i < c->nminor; i++)
		put_varint(s, c->minor[i]);
}

static inline void
sets_records(struct sink *s, const struct records *l)
{
	size_t i;

	put_varint(s, l->old ? 2 : 3);
	put_varint(s, l->offset);
	if (!l->old)
		put_varint(s, l->total);
	put_varint(s, l->n);
	for (i = 0; i < l->n; i++) {
		const struct record *r = &l->r[i];

		put_varint(s, r->version);
		put_span(s, SPAN_OF(r->key.b));
		put_varint(s, r->index);
		put_varint(s, r->global);
		put_span(s, SPAN_OF(r->tx_key.b));
		put_u8(s, r->flags);
		put_varint(s, r->amount);
		put_varint(s, r->more.n / 32);
		put_span(s, r->more);
		if (r->version == 0)
			continue;
		put_varint(s, r->account);
		put_varint(s, r->minor);
	}
}

static inline void
sets_put(struct sink *s, const struct unsigned_set *u)
{
	size_t i;

	put_varint(s, u->version);
	put_varint(s, u->n);
	for (i = 0; i < u->n; i++)
		sets_tx(s, &u->tx[i]);
	sets_records(s, &u->list);
}

#endif
