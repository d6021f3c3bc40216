#include "core/chain/bitcoin/miniscript.h"
#include "core/chain/bitcoin/multi.h"

/*
 * BIP379: for every fragment the best way to satisfy it and the best way not
 * to, from those of its parts.  A stack is a tree of two halves, so that none
 * is ever copied; what a third party could swap for something else is marked
 * malleable, and never chosen where there is another way.
 */

struct stack {
	const struct stack	*low, *high;	/* or one item */
	struct span		 item;
	size_t			 n, size;
	bool			 can, sig, malleable;
};

struct ways { const struct stack *no, *yes; };

struct hunt {
	const struct pubkey	*key;
	const struct ms_hand	*hand;
	struct arena		*a;
	enum err		 err;
};

static const struct stack never = { .can = false };
static const struct stack nothing = { .can = true };
static const uint8_t one_byte = 1;
static const struct stack zero = { .n = 1, .size = 1, .can = true };
static const struct stack one = { .item = { &one_byte, 1 }, .n = 1,
    .size = 2, .can = true };

static const struct stack *
keep(struct hunt *h, struct stack s)
{
	struct stack *p;

	if (!s.can)
		return &never;
	if ((p = arena_new(h->a, struct stack, 1)) == NULL) {
		h->err = ERR_SPACE;
		return &never;
	}
	*p = s;
	return p;
}

static const struct stack *
item(struct hunt *h, struct span b, bool sig)
{
	return keep(h, (struct stack){ .item = b, .n = 1,
	    .size = b.n + (b.n < 0xfd ? 1 : 3), .can = b.n > 0,
	    .sig = sig });
}

/* low lies deeper. */
static const struct stack *
join(struct hunt *h, const struct stack *low, const struct stack *high)
{
	return keep(h, (struct stack){ .low = low, .high = high,
	    .n = low->n + high->n, .size = low->size + high->size,
	    .can = low->can && high->can, .sig = low->sig || high->sig,
	    .malleable = low->malleable || high->malleable });
}

static const struct stack *
marked(struct hunt *h, const struct stack *s)
{
	return keep(h, (struct stack){ .low = s, .high = &nothing,
	    .n = s->n, .size = s->size, .can = s->can, .sig = s->sig,
	    .malleable = true });
}

/* Where one way needs no signature, a third party can take it: so must we. */
static const struct stack *
better(struct hunt *h, const struct stack *a, const struct stack *b)
{
	if (!a->can || !b->can)
		return a->can ? a : b;
	if (a->sig != b->sig)
		return a->sig ? b : a;
	if (!a->sig)
		return marked(h, a->size <= b->size ? a : b);
	if (a->malleable != b->malleable)
		return a->malleable ? b : a;
	return a->size <= b->size ? a : b;
}

/* sat[j]: the best with j of the parts satisfied; grown by one part. */
static void
grow(struct hunt *h, const struct stack **sat, size_t n, struct ways w,
    size_t most)
{
	size_t j;

	for (j = n < most ? n + 1 : most; j > 0; j--)
		sat[j] = better(h, j <= n ? join(h, sat[j], w.no) : &never,
		    join(h, sat[j - 1], w.yes));
	sat[0] = join(h, sat[0], w.no);
}

static const struct stack **
table(struct hunt *h, size_t n, const struct stack *first)
{
	const struct stack **sat = arena_new(h->a, const struct stack *,
	    n + 1);
	size_t i;

	if (sat == NULL) {
		h->err = ERR_SPACE;
		return NULL;
	}
	for (i = 0; i <= n; i++)
		sat[i] = i == 0 ? first : &never;
	return sat;
}

static const struct stack *
sig_of(struct hunt *h, const struct pubkey *k)
{
	return item(h, h->hand->sig(h->hand->ctx, k), true);
}

static struct ways
of_keys(struct hunt *h, const struct ms *m)
{
	bool leaf = m->kind == MS_MULTI_A;
	uint32_t index[LEAF_KEYS_MAX];
	const struct stack **sat, *no = &zero;
	size_t i;

	sat = table(h, m->k, leaf ? &nothing : &zero);
	if (sat == NULL)
		return (struct ways){ &never, &never };
	ms_order(m, h->key, index);
	for (i = 0; i < m->n; i++) {
		/* The first key's signature lies on top in a leaf. */
		const struct pubkey *k = &h->key[index[leaf ?
		    m->n - 1 - i : i]];

		grow(h, sat, i, (struct ways){ leaf ? &zero : &nothing,
		    sig_of(h, k) }, m->k);
	}
	for (i = 0; !leaf && i < m->k; i++)
		no = join(h, no, &zero);
	return (struct ways){ leaf ? sat[0] : no, sat[m->k] };
}

static struct ways find(struct hunt *, const struct ms *);

static struct ways
of_thresh(struct hunt *h, const struct ms *m)
{
	const struct stack **sat = table(h, m->n, &nothing);
	const struct stack *no;
	size_t i;

	if (sat == NULL)
		return (struct ways){ &never, &never };
	for (i = 0; i < m->n; i++)
		grow(h, sat, i, find(h, m->sub[m->n - 1 - i]), m->n);
	no = sat[0];
	for (i = 1; i <= m->n; i++)
		if (i != m->k)
			no = better(h, no, marked(h, sat[i]));
	return (struct ways){ no, sat[m->k] };
}

static struct ways
of_key(struct hunt *h, const struct ms *m)
{
	const struct pubkey *k = &h->key[m->key[0]];
	const struct stack *sig = sig_of(h, k), *key;

	if (m->kind == MS_PK_K)
		return (struct ways){ &zero, sig };
	key = item(h, m->tap ? span_of(k->b + 1, 32) : SPAN_OF(k->b), false);
	return (struct ways){ join(h, &zero, key), join(h, sig, key) };
}

static struct ways
of_leaf(struct hunt *h, const struct ms *m)
{
	static const uint8_t zeros[32];
	const struct ms_hand *hand = h->hand;
	size_t n = m->kind == MS_SHA256 || m->kind == MS_HASH256 ? 32 : 20;
	bool met;

	switch ((unsigned)m->kind) {
	case MS_FALSE:
		return (struct ways){ &nothing, &never };
	case MS_TRUE:
		return (struct ways){ &never, &nothing };
	case MS_PK_K:
	case MS_PK_H:
		return of_key(h, m);
	case MS_OLDER:
	case MS_AFTER:
		met = m->kind == MS_OLDER ? hand->older(hand->ctx, m->k) :
		    hand->after(hand->ctx, m->k);
		return (struct ways){ &never, met ? &nothing : &never };
	case MS_MULTI:
	case MS_MULTI_A:
		return of_keys(h, m);
	default:
		return (struct ways){ marked(h, item(h, SPAN_OF(zeros),
		    false)), item(h, hand->preimage(hand->ctx, m->kind,
		    span_of(m->hash, n)), false) };
	}
}

static struct ways
wrapped(struct hunt *h, const struct ms *m)
{
	struct ways x = find(h, m->sub[0]);

	if (m->kind == MS_WRAP_V)
		x.no = &never;
	if (m->kind == MS_WRAP_D)
		return (struct ways){ &zero, join(h, x.yes, &one) };
	if (m->kind == MS_WRAP_J)
		x.no = x.no->can && !x.no->sig ? marked(h, &zero) : &zero;
	return x;
}

static struct ways
of_two(struct hunt *h, const struct ms *m)
{
	struct ways x = find(h, m->sub[0]), y = find(h, m->sub[1]);
	const struct stack *no = join(h, y.no, x.no);
	const struct stack *all = join(h, y.yes, x.yes);
	const struct stack *other = join(h, y.yes, x.no);
	const struct stack *first = join(h, y.no, x.yes);

	switch ((unsigned)m->kind) {
	case MS_AND_V:
		return (struct ways){ first, all };
	case MS_AND_B:
		return (struct ways){ better(h, no, better(h, marked(h,
		    other), marked(h, first))), all };
	case MS_OR_B:
		return (struct ways){ no, better(h, better(h, first, other),
		    marked(h, all)) };
	case MS_OR_C:
		return (struct ways){ &never, better(h, x.yes, other) };
	case MS_OR_D:
		return (struct ways){ no, better(h, x.yes, other) };
	default:			/* or_i */
		return (struct ways){ better(h, join(h, x.no, &one),
		    join(h, y.no, &zero)), better(h, join(h, x.yes, &one),
		    join(h, y.yes, &zero)) };
	}
}

static struct ways
of_andor(struct hunt *h, const struct ms *m)
{
	struct ways x = find(h, m->sub[0]), y = find(h, m->sub[1]);
	struct ways z = find(h, m->sub[2]);

	return (struct ways){ better(h, join(h, y.no, x.yes),
	    join(h, z.no, x.no)), better(h, join(h, y.yes, x.yes),
	    join(h, z.yes, x.no)) };
}

static struct ways
find(struct hunt *h, const struct ms *m)
{
	if (m->kind == MS_THRESH)
		return of_thresh(h, m);
	if (m->sub == NULL)
		return of_leaf(h, m);
	if (m->kind == MS_ANDOR)
		return of_andor(h, m);
	return m->n == 2 ? of_two(h, m) : wrapped(h, m);
}

static void
flatten(const struct stack *s, struct ms_witness *w)
{
	if (s->low != NULL) {
		flatten(s->low, w);
		flatten(s->high, w);
	} else if (s->n == 1) {
		w->item[w->n++] = s->item;
	}
}

enum err
ms_satisfy(const struct ms *m, const struct pubkey *key,
    const struct ms_hand *hand, struct arena *a, struct ms_witness *out)
{
	struct hunt h = { key, hand, a, 0 };
	struct ways w = find(&h, m);
	struct ms_witness r = { .size = w.yes->size };

	if (h.err != 0)
		return h.err;
	if (!w.yes->can || w.yes->malleable || !w.yes->sig)
		return ERR_MISSING;
	if ((r.item = arena_new(a, struct span, w.yes->n)) == NULL)
		return ERR_SPACE;
	flatten(w.yes, &r);
	*out = r;
	return 0;
}
