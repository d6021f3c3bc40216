#include "core/base/order.h"
#include "core/chain/monero/traits.h"
#include "core/chain/monero/unsigned.h"

/* The set's own list: outputs found since the last export. */
enum err
listed_find(const struct unsigned_request *q, const struct session *s,
    struct finder *f, const struct pace *pace, struct arena *a)
{
	const struct records *l = &q->set.list;
	struct unsigned_found *w = q->found;
	const struct fpr *fpr = &q->frame.viewer->fpr;
	uint64_t known = note_prefix(s, fpr), i;
	struct note n;
	enum err e;

	w->listed = arena_new(a, struct image_ask, l->n);
	w->listed_traits = arena_new(a, uint64_t, l->n);
	if (w->listed == NULL || w->listed_traits == NULL)
		return ERR_SPACE;
	if ((e = records_find(l, q->frame.viewer, s, f, pace, w->listed,
	    w->listed_traits)) != 0 ||
	    (e = records_twice(l, s, fpr, a, w->listed_traits)) != 0)
		return e;
	w->prefix = known;
	if (l->n > 0 && l->offset > known)
		w->traits |= XMR_BIT(OUTPUTS_GAP);
	else if (l->offset + l->n > known && l->n > 0)
		w->prefix = l->offset + l->n;
	if ((w->image = arena_new(a, struct point, w->prefix)) == NULL)
		return ERR_SPACE;
	for (i = 0; i < known; i++)
		if (note_find(s, fpr, i, &n))
			w->image[i] = n.image;
	for (i = 0; i < l->n; i++)
		w->traits |= w->listed_traits[i];
	return 0;
}

static bool
twice_in_ring(const struct ring *r, size_t i)
{
	size_t k;

	for (k = 0; k < i; k++)
		if (point_eq(&r->key[k], &r->key[i]))
			return true;
	return false;
}

static uint64_t
ring_traits(const struct source *s)
{
	uint64_t t = 0;
	size_t i;

	if (s->members != RING_MAX)
		t |= XMR_BIT(RING_SIZE);
	for (i = 0; i < s->ring.n; i++) {
		if (i > 0 && s->member[i] <= s->member[i - 1])
			t |= XMR_BIT(RING_ORDER);
		if (ed_decodes(&s->ring.key[i]) != 0 ||
		    ed_decodes(&s->ring.commit[i]) != 0 ||
		    twice_in_ring(&s->ring, i))
			t |= XMR_BIT(RING_KEY);
	}
	return t;
}

/* mask G + amount H is the commitment of the ring member that is spent. */
static bool
opens(const struct source *s)
{
	struct scalar amount;
	struct point c;

	sc_of_u64(s->amount, &amount);
	return ed_commit(&s->mask, &amount, &c) == 0 &&
	    point_eq(&c, &s->ring.commit[s->ring.real]);
}

/* What is on record under a number of the online wallet's list. */
static bool
on_record(const struct unsigned_request *q, const struct session *s,
    uint64_t number, struct note *out)
{
	const struct records *l = &q->set.list;

	if (number >= l->offset && number - l->offset < l->n) {
		const size_t i = (size_t)(number - l->offset);

		*out = note_of(&l->r[i], &q->found->listed[i].own,
		    &ed_identity);
		return true;
	}
	return note_find(s, &q->frame.viewer->fpr, number, out);
}

static uint64_t
note_traits(const struct source *src, const struct note *n)
{
	if (!point_eq(&n->key, &src->ring.key[src->ring.real]))
		return XMR_BIT(INPUT_OTHER);
	if ((n->flags & (RECORD_SPENT | RECORD_FROZEN)) != 0)
		return XMR_BIT(INPUT_SPENT);
	return n->amount != src->amount || n->index != src->index ||
	    n->global != src->member[src->ring.real] ?
	    XMR_BIT(INPUT_RECORD) : 0;
}

/* The record also says to which address it was paid. */
static enum err
against_record(const struct unsigned_request *q, const struct session *s,
    struct finder *f, const struct construction *c, size_t i,
    struct coin *out)
{
	const struct source *src = &c->source[i];
	struct note n;

	if (i >= c->nselected || src->ring.real >= src->ring.n)
		return 0;
	if (c->selected[i] >= q->found->prefix ||
	    !on_record(q, s, c->selected[i], &n)) {
		out->traits |= XMR_BIT(OUTPUTS_GAP);
		return 0;
	}
	out->traits |= note_traits(src, &n);
	return n.account < OWN_ACCOUNTS && n.minor < OWN_MINORS ?
	    finder_account(f, n.account) :
	    finder_know(f, n.account, n.minor);
}

static enum err
find_coin(const struct unsigned_request *q, const struct session *s,
    struct finder *f, const struct construction *c, size_t i,
    struct coin *out)
{
	const struct source *src = &c->source[i];
	struct paid p = { .tx_key = src->tx_key, .more = src->more,
	    .index = src->index };
	enum err e;

	out->traits = ring_traits(src);
	if ((e = against_record(q, s, f, c, i, out)) != 0)
		return e;
	if (!src->rct)
		out->traits |= XMR_BIT(INPUT_RCT);
	if (src->multisig)
		out->traits |= XMR_BIT(INPUT_MULTISIG);
	if (src->ring.real >= src->ring.n)
		return 0;
	p.key = src->ring.key[src->ring.real];
	if (signed_before(s, &p.key))
		out->traits |= XMR_BIT(SPENT_AGAIN);
	if (!opens(src))
		out->traits |= XMR_BIT(INPUT_AMOUNT);
	if ((e = finder_paid(f, &p, &out->own)) == ERR_NO_KEY)
		out->traits |= XMR_BIT(INPUT_FOREIGN);
	else if (e != 0)
		return e;
	out->ours = e == 0;
	return 0;
}

/* Where a wallet would look first: the account that it names. */
static enum err
know_claims(struct finder *f, const struct construction *c)
{
	enum err e = finder_account(f, c->account);
	size_t i;

	for (i = 0; i < c->nminor && e == 0; i++)
		if (c->minor[i] >= OWN_MINORS)
			e = finder_know(f, c->account, c->minor[i]);
	return e;
}

struct place {
	const struct point	*key;
	struct coin		*coin;
};

static int
by_key(const void *ctx, uint32_t a, uint32_t b)
{
	const struct place *p = ctx;

	return memcmp(p[a].key->b, p[b].key->b, sizeof(p[a].key->b));
}

/* No coin twice, in one transaction or in two of the set. */
static enum err
find_twice(const struct unsigned_request *q, size_t total, struct arena *a)
{
	struct place *p = arena_new(a, struct place, total);
	uint32_t *index = arena_new(a, uint32_t, total);
	size_t t, i, n = 0;

	if (p == NULL || index == NULL)
		return ERR_SPACE;
	for (t = 0; t < q->set.n; t++)
		for (i = 0; i < q->set.tx[t].nsource; i++) {
			const struct source *s = &q->set.tx[t].source[i];

			if (s->ring.real >= s->ring.n)
				continue;
			index[n] = (uint32_t)n;
			p[n++] = (struct place){ &s->ring.key[s->ring.real],
			    &q->found->tx[t].coin[i] };
		}
	order_sort(index, n, by_key, p);
	for (i = 1; i < n; i++)
		if (by_key(p, index[i - 1], index[i]) == 0) {
			p[index[i]].coin->traits |= XMR_BIT(INPUT_TWICE);
			p[index[i - 1]].coin->traits |= XMR_BIT(INPUT_TWICE);
		}
	return 0;
}

enum err
coins_find(const struct unsigned_request *q, const struct session *s,
    struct finder *f, const struct pace *pace, struct arena *a)
{
	size_t t, i, n = 0, total = 0;
	enum err e;

	for (t = 0; t < q->set.n; t++)
		total += q->set.tx[t].nsource;
	for (t = 0; t < q->set.n; t++) {
		const struct construction *c = &q->set.tx[t];
		struct tx_found *w = &q->found->tx[t];

		w->coin = arena_new(a, struct coin, c->nsource);
		if (w->coin == NULL)
			return ERR_SPACE;
		if ((e = know_claims(f, c)) != 0)
			return e;
		for (i = 0; i < c->nsource; i++)
			if ((e = find_coin(q, s, f, c, i, &w->coin[i])) != 0 ||
			    (e = pace_tick(pace, (uint32_t)n++,
			    (uint32_t)total)) != 0)
				return e;
	}
	return find_twice(q, total, a);
}
