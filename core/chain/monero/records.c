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

static int
by_key(const void *ctx, uint32_t a, uint32_t b)
{
	const struct record *r = ctx;

	return memcmp(r[a].key.b, r[b].key.b, sizeof(r[a].key.b));
}

enum err
records_twice(const struct records *list, struct arena *a, uint64_t *traits)
{
	uint32_t *index = arena_new(a, uint32_t, list->n);
	size_t i;

	if (index == NULL)
		return ERR_SPACE;
	for (i = 0; i < list->n; i++)
		index[i] = (uint32_t)i;
	order_sort(index, list->n, by_key, list->r);
	for (i = 1; i < list->n; i++)
		if (by_key(list->r, index[i - 1], index[i]) == 0)
			traits[index[i]] |= XMR_BIT(OUTPUT_TWICE);
	return 0;
}
