#include "core/chain/monero/traits.h"
#include "core/chain/monero/unsigned.h"

static enum err
begin(const struct unsigned_request *q, enum network n, struct arena *a)
{
	*q->found = (struct unsigned_found){ .network = n };
	q->found->tx = arena_new(a, struct tx_found, q->set.n);
	return q->found->tx == NULL ? ERR_SPACE : ERR_NONE;
}

static void
whole_traits(const struct unsigned_request *q)
{
	size_t t, i;

	if (q->set.n == 0)
		q->found->traits |= XMR_BIT(SET_EMPTY);
	for (t = 0; t < q->set.n; t++) {
		const struct construction *c = &q->set.tx[t];
		struct tx_found *w = &q->found->tx[t];

		w->traits |= construction_traits(c);
		for (i = 0; i < c->nsource; i++)
			if (w->coin[i].ours &&
			    w->coin[i].own.account != c->account)
				w->traits |= XMR_BIT(ACCOUNT_DIFFERS);
	}
}

static struct plan_row
coin_row(const struct viewer *v, const struct own *o, enum sign_kind kind,
    const struct point *key)
{
	struct plan_row r = { .key = own_ref(v, o->account, o->minor),
	    .kind = kind, .count = 1 };

	if (key != NULL)
		memcpy(r.coin.b, key->b, sizeof(r.coin.b));
	return r;
}

static size_t
rows_of_tx(const struct unsigned_request *q, size_t t, struct plan_row *row)
{
	const struct construction *c = &q->set.tx[t];
	const struct tx_found *w = &q->found->tx[t];
	size_t i, n = 0;

	for (i = 0; i < c->nsource; i++)
		row[n++] = coin_row(q->frame.viewer, &w->coin[i].own,
		    SIGN_CLSAG_NONCE,
		    &c->source[i].ring.key[c->source[i].ring.real]);
	for (i = 0; i < c->ndest; i++) {
		const struct own o = { .account = w->pay[i].account,
		    .minor = w->pay[i].minor };

		if (w->pay[i].ours)
			row[n++] = coin_row(q->frame.viewer, &o,
			    SIGN_KEY_IMAGE, NULL);
	}
	return n;
}

/*
 * A nonce, and with it the response, for each coin that is spent; the key
 * image of each output that was listed, and of what is paid to ourselves:
 * those outputs do not exist before they are signed, so their address alone
 * is named.
 */
static enum err
plan(const struct unsigned_request *q, struct arena *a, struct intent *out)
{
	const struct records *l = &q->set.list;
	struct plan_row *row;
	size_t t, i, n = l->n;

	for (t = 0; t < q->set.n; t++)
		n += q->set.tx[t].nsource + q->set.tx[t].ndest;
	if ((row = arena_new(a, struct plan_row, n)) == NULL)
		return ERR_SPACE;
	for (t = 0, n = 0; t < q->set.n; t++)
		n += rows_of_tx(q, t, row + n);
	for (i = 0; i < l->n; i++)
		row[n++] = coin_row(q->frame.viewer, &q->found->listed[i].own,
		    SIGN_KEY_IMAGE, &l->r[i].key);
	return plan_sorted(row, n, a, &out->plan);
}

static enum err
find(const struct unsigned_request *q, const struct session *s,
    const struct pace *pace, struct arena *a)
{
	struct finder f;
	enum err e;
	size_t t;

	if ((e = finder_begin(&f, q->frame.viewer, a)) != 0 ||
	    (e = listed_find(q, s, &f, pace, a)) != 0 ||
	    (e = coins_find(q, s, &f, pace, a)) != 0 ||
	    (e = finder_wide(&f)) != 0)
		return e;
	for (t = 0; t < q->set.n; t++)
		if ((e = pays_find(q, t, &f, a)) != 0)
			return e;
	whole_traits(q);
	return 0;
}

enum err
unsigned_intend(const struct unsigned_request *q, const struct session *s,
    const struct pace *pace, struct arena *a, struct intent *out)
{
	struct unsigned_found *w = q->found;
	enum err e;
	size_t i;

	if ((e = begin(q, s->network, a)) != 0 ||
	    (e = find(q, s, pace, a)) != 0)
		return e;
	monero_intent("monero unsigned set", "UNSIGNED SET", s->network, out);
	out->parts = (uint32_t)q->set.n;
	for (i = 0; i < q->set.n; i++)
		out->size += 1000 * w->tx[i].weight;	/* nano: pico */
	if ((e = unsigned_facts(q, a, out)) != 0)
		return e;
	out->traits = w->traits;
	w->refused = traits_refused(&monero_traits, out->traits);
	for (i = 0; i < out->nfact; i++)
		w->refused = w->refused || traits_refused(&monero_traits,
		    out->fact[i].traits);
	w->judged = true;
	out->fpr[out->nfpr++] = q->frame.viewer->fpr;
	return w->refused ? ERR_NONE : plan(q, a, out);
}
