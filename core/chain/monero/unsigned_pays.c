#include "core/chain/monero/traits.h"
#include "core/chain/monero/unsigned.h"

/* Is it an address of ours?  Both keys must come out, and the kind. */
static enum err
whose(const struct finder *f, const struct dest *d, struct pay *out)
{
	const struct own_row *r = own_address(f, &d->spend);
	struct point spend, view;
	enum err e;
	bool main;

	if (r == NULL)
		return 0;
	if ((e = monero_sub_keys(f->v, r->account, r->minor, &spend,
	    &view)) != 0)
		return e;
	main = r->account == 0 && r->minor == 0;
	if (!point_eq(&view, &d->view) || d->sub == main) {
		out->traits |= XMR_BIT(ADDRESS_VIEW);
		return 0;
	}
	out->ours = true;
	out->account = r->account;
	out->minor = r->minor;
	return 0;
}

/* The text that the wallet was given, where it is an address. */
static uint64_t
original_traits(enum network net, const struct dest *d, const struct extra *x)
{
	struct monero_address a;
	enum err e;

	if (d->original.n == 0)
		return 0;
	if ((e = monero_address_read(net, d->original, &a)) == ERR_NETWORK)
		return XMR_BIT(ADDRESS_NETWORK);
	if (e != 0)
		return XMR_BIT(ADDRESS_TEXT);
	if (!point_eq(&a.spend, &d->spend) || !point_eq(&a.view, &d->view) ||
	    (a.kind == MONERO_SUBADDRESS) != d->sub ||
	    (a.kind == MONERO_INTEGRATED) != d->integrated)
		return XMR_BIT(ADDRESS_FALSE);
	return a.kind == MONERO_INTEGRATED && (!x->has_id ||
	    memcmp(a.id, x->id, sizeof(a.id)) != 0) ? XMR_BIT(ID_FALSE) : 0;
}

static enum err
address(enum network net, const struct dest *d, const struct extra *x,
    struct arena *a, const char **out)
{
	struct monero_address m = { .kind = d->sub ? MONERO_SUBADDRESS :
	    MONERO_STANDARD, .spend = d->spend, .view = d->view };
	char text[MONERO_ADDRESS_MAX];

	if (d->integrated && x->has_id && !d->sub) {
		m.kind = MONERO_INTEGRATED;
		memcpy(m.id, x->id, sizeof(m.id));
	}
	monero_address_text(net, &m, text);
	*out = arena_text(a, "%s", text);
	return *out == NULL ? ERR_SPACE : ERR_NONE;
}

/* One spend key, one address: else the payee may miss an output. */
static uint64_t
pair_traits(const struct construction *c, size_t i)
{
	size_t k;

	for (k = 0; k < c->ndest; k++)
		if (point_eq(&c->dest[k].spend, &c->dest[i].spend) &&
		    (!point_eq(&c->dest[k].view, &c->dest[i].view) ||
		    c->dest[k].sub != c->dest[i].sub))
			return XMR_BIT(ADDRESS_TWO);
	return 0;
}

static bool
take(const struct construction *c, const struct dest *d, bool *used)
{
	size_t i;

	for (i = 0; i < c->ndest; i++)
		if (!used[i] && span_eq(c->dest[i].raw, d->raw)) {
			used[i] = true;
			return true;
		}
	return false;
}

/* What is paid is what was asked for and the change: whole records, each as
 * often. */
static void
against_asked(const struct construction *c, struct tx_found *w)
{
	bool used[SET_DESTS] = { false };
	size_t i;

	for (i = 0; i < c->nasked; i++)
		if (!take(c, &c->asked[i], used))
			w->traits |= XMR_BIT(OUTPUTS_DIFFER);
	if ((c->change.amount > 0 || c->nasked == 1) &&
	    !take(c, &c->change, used))
		w->traits |= XMR_BIT(CHANGE_FALSE);
	for (i = 0; i < c->ndest; i++)
		if (!used[i])
			w->pay[i].traits |= XMR_BIT(OUTPUTS_DIFFER);
}

/*
 * Change of nothing may go to an address made up for it: wallets do that so
 * that a sweep, too, has two outputs.  What goes to the address of the change
 * is made with our view key, so were it a payee's, he could never find it.
 */
static enum err
change_traits(const struct construction *c, const struct finder *f,
    struct tx_found *w)
{
	struct pay p = { 0 };
	enum err e;
	size_t i;

	if ((e = whose(f, &c->change, &p)) != 0)
		return e;
	w->traits |= p.traits;
	if (p.ours)
		return 0;
	if (c->change.amount > 0)
		w->traits |= XMR_BIT(CHANGE_FOREIGN);
	for (i = 0; i < c->ndest; i++)
		if (dest_same(&c->dest[i], &c->change) &&
		    (c->change.amount > 0 || c->dest[i].amount > 0))
			w->pay[i].traits |= XMR_BIT(CHANGE_FOREIGN);
	return 0;
}

static void
id_traits(const struct construction *c, struct tx_found *w)
{
	const struct extra *x = &w->extra;
	size_t i, n = 0;

	for (i = 0; i < c->ndest; i++)
		n += c->dest[i].integrated;
	w->traits |= x->traits;
	if (n > 1 || (x->has_id && !x->blank && id_payee(c) == NULL))
		w->traits |= XMR_BIT(ID_TWO);
	if (n == 0 && x->has_id && !x->blank)
		w->traits |= XMR_BIT(ID_ALONE);
	for (i = 0; i < c->ndest; i++)
		if (c->dest[i].integrated && (!x->has_id || x->blank ||
		    c->dest[i].sub || id_payee(c) == NULL ||
		    !dest_same(id_payee(c), &c->dest[i])))
			w->pay[i].traits |= XMR_BIT(ID_FALSE);
}

static enum err
find_pay(const struct unsigned_request *q, const struct construction *c,
    size_t i, const struct finder *f, struct tx_found *w, struct arena *a)
{
	const struct dest *d = &c->dest[i];
	struct pay *p = &w->pay[i];
	enum err e;

	p->why = "";
	if (ed_is_key(&d->spend) != 0 || ed_is_key(&d->view) != 0)
		p->traits |= XMR_BIT(ADDRESS_KEY);
	if (d->amount == 0)
		p->traits |= XMR_BIT(PAY_ZERO);
	p->traits |= original_traits(q->found->network, d, &w->extra) |
	    pair_traits(c, i);
	if ((e = whose(f, d, p)) != 0)
		return e;
	return address(q->found->network, d, &w->extra, a, &p->to);
}

static void
sums(const struct construction *c, struct tx_found *w)
{
	uint64_t in = 0, out = 0;
	bool fits = true;
	size_t i;

	for (i = 0; i < c->nsource; i++)
		fits = !__builtin_add_overflow(in, c->source[i].amount, &in) &&
		    fits;
	for (i = 0; i < c->ndest; i++)
		fits = !__builtin_add_overflow(out, c->dest[i].amount,
		    &out) && fits;
	w->has_fee = fits && in >= out;
	w->fee = w->has_fee ? in - out : 0;
	if (!fits)
		w->traits |= XMR_BIT(AMOUNT_RANGE);
	else if (in < out)
		w->traits |= XMR_BIT(FEE_NEGATIVE);
}

enum err
pays_find(const struct unsigned_request *q, size_t tx, struct finder *f,
    struct arena *a)
{
	const struct construction *c = &q->set.tx[tx];
	struct tx_found *w = &q->found->tx[tx];
	enum err e = 0;
	size_t i;

	if ((w->pay = arena_new(a, struct pay, c->ndest)) == NULL)
		return ERR_SPACE;
	extra_read(c->extra, &w->extra);
	for (i = 0; i < c->nsource && e == 0; i++)
		if (w->coin[i].ours)
			e = finder_account(f, w->coin[i].own.account);
	for (i = 0; i < c->ndest && e == 0; i++)
		e = find_pay(q, c, i, f, w, a);
	if (e != 0 || (e = change_traits(c, f, w)) != 0)
		return e;
	against_asked(c, w);
	id_traits(c, w);
	sums(c, w);
	w->weight = tx_weight(c, &w->extra, w->fee);
	return 0;
}
