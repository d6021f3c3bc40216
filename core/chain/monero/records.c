#include "core/base/order.h"
#include "core/chain/monero/outputs.h"
#include "core/chain/monero/traits.h"

#define TICK_EACH 16

/* What an earlier file said of this number. */
static uint64_t
against_session(const struct session *s, const struct fpr *f, uint64_t number,
    const struct record *r)
{
	struct note n;

	return note_find(s, f, number, &n) && !note_same(&n, r) ?
	    XMR_BIT(OUTPUTS_OTHER) : 0;
}

/* The address that the record names is tried first, whatever it is. */
static enum err
whose(struct finder *f, const struct record *r, struct image_ask *ask,
    uint64_t *traits)
{
	const struct paid p = { r->key, r->tx_key, r->more, r->index };
	enum err e = 0;

	ask->key = r->key;
	if (r->version > 0 && r->account < OWN_ACCOUNTS &&
	    r->minor < OWN_MINORS)
		e = finder_account(f, r->account);
	else if (r->version > 0)
		e = finder_know(f, r->account, r->minor);
	if (e != 0)
		return e;
	if ((e = finder_paid(f, &p, &ask->own)) == ERR_NO_KEY) {
		*traits |= XMR_BIT(OUTPUT_FOREIGN);
		return 0;
	}
	if (e == 0 && r->version > 0 && (r->account != ask->own.account ||
	    r->minor != ask->own.minor))
		*traits |= XMR_BIT(OUTPUT_INDEX);
	return e;
}

enum err
records_find(const struct records *list, const struct viewer *v,
    const struct session *s, struct finder *f, const struct pace *pace,
    struct image_ask *ask, uint64_t *traits)
{
	enum err e = 0;
	size_t i;

	if (list->old && list->n > 0)
		e = finder_all(f);
	for (i = 0; i < list->n && e == 0; i++) {
		traits[i] = against_session(s, &v->fpr, list->offset + i,
		    &list->r[i]);
		if ((e = whose(f, &list->r[i], &ask[i], &traits[i])) == 0 &&
		    i % TICK_EACH == 0)
			e = pace_tick(pace, (uint32_t)i, (uint32_t)list->n);
	}
	return e;
}

struct place {
	const struct point	*key;
	uint64_t		*traits;	/* NULL: of an earlier file */
};

static int
by_key(const void *ctx, uint32_t a, uint32_t b)
{
	const struct place *p = ctx;

	return memcmp(p[a].key->b, p[b].key->b, sizeof(p[a].key->b));
}

static void
mark_twice(const struct place *p)
{
	if (p->traits != NULL)
		*p->traits |= XMR_BIT(OUTPUT_TWICE);
}

/* All keys of one wallet: the list's, and those of earlier files under other
 * numbers. */
static enum err
places(const struct records *l, const struct session *s, const struct fpr *f,
    struct arena *a, uint64_t *traits, struct place **out, size_t *nout)
{
	uint64_t known = note_prefix(s, f), i;
	struct place *p = arena_new(a, struct place, l->n + known);
	struct note *n = arena_new(a, struct note, known);
	size_t o;

	if (p == NULL || n == NULL)
		return ERR_SPACE;
	for (o = 0; o < l->n; o++)
		p[o] = (struct place){ &l->r[o].key, &traits[o] };
	for (i = 0; i < known; i++)
		if ((i < l->offset || i - l->offset >= l->n) &&
		    note_find(s, f, i, &n[i]))
			p[o++] = (struct place){ &n[i].key, NULL };
	*out = p;
	*nout = o;
	return 0;
}

enum err
records_twice(const struct records *list, const struct session *s,
    const struct fpr *f, struct arena *a, uint64_t *traits)
{
	struct place *p;
	uint32_t *index;
	size_t i, n;
	enum err e;

	if ((e = places(list, s, f, a, traits, &p, &n)) != 0)
		return e;
	if ((index = arena_new(a, uint32_t, n)) == NULL)
		return ERR_SPACE;
	for (i = 0; i < n; i++)
		index[i] = (uint32_t)i;
	order_sort(index, n, by_key, p);
	for (i = 1; i < n; i++)
		if (by_key(p, index[i - 1], index[i]) == 0) {
			mark_twice(&p[index[i - 1]]);
			mark_twice(&p[index[i]]);
		}
	return 0;
}

#define KEEP_EACH 64

enum err
records_keep(const struct records *list, const struct fpr *f,
    const struct image_ask *ask, struct session *s)
{
	struct session_record rec[KEEP_EACH];
	enum err e = 0;
	size_t i, k;

	for (i = 0; i < list->n && e == 0; i += k) {
		for (k = 0; k < KEEP_EACH && i + k < list->n; k++) {
			struct note n = note_of(&list->r[i + k],
			    &ask[i + k].own, &ask[i + k].image);

			note_put(f, list->offset + i + k, &n, &rec[k]);
		}
		e = session_learn(s, rec, k);
	}
	return e;
}
