#include "core/chain/monero/outs.h"
#include "core/crypto/keccak.h"

bool
dest_same(const struct dest *a, const struct dest *b)
{
	return point_eq(&a->spend, &b->spend) && point_eq(&a->view, &b->view);
}

static bool
seen(const struct construction *c, size_t n, const struct dest *d)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (dest_same(&c->dest[i], d))
			return true;
	return false;
}

struct payees
payees_of(const struct construction *c)
{
	struct payees p = { 0 };
	size_t i;

	for (i = 0; i < c->ndest; i++) {
		const struct dest *d = &c->dest[i];

		if (dest_same(d, &c->change) || seen(c, i, d))
			continue;
		if (d->sub)
			p.one = d;
		p.sub += d->sub;
		p.std += !d->sub;
	}
	return p;
}

bool
payees_need_more(const struct payees *p)
{
	return p->sub > 0 && (p->std > 0 || p->sub > 1);
}

const struct dest *
id_payee(const struct construction *c)
{
	const struct dest *one = NULL;
	size_t i;

	for (i = 0; i < c->ndest; i++) {
		const struct dest *d = &c->dest[i];

		if (d->amount == 0 || dest_same(d, &c->change) ||
		    (one != NULL && dest_same(d, one)))
			continue;
		if (one != NULL)
			return NULL;
		one = d;
	}
	return one != NULL ? one : &c->change;
}

bool
id_wanted(const struct construction *c, const struct extra *x)
{
	return id_payee(c) != NULL && (x->has_id || c->ndest <= 2);
}

/* K(8rV || 0x8d) hides it from all but the payee. */
static enum err
encrypt_id(const struct construction *c, const struct extra *x,
    const struct out_secrets *k, struct outs *o)
{
	const struct dest *payee = id_payee(c);
	uint8_t buf[33];
	struct point d;
	struct hash32 h;
	enum err e;
	size_t i;

	o->has_id = id_wanted(c, x);
	if (!o->has_id)
		return 0;
	if ((e = derive(&k->r, &payee->view, &d)) != 0)
		return e;
	memcpy(buf, d.b, 32);
	buf[32] = 0x8d;
	keccak256(SPAN_OF(buf), &h);
	for (i = 0; i < PAYMENT_ID; i++)
		o->id[i] = (uint8_t)((x->has_id ? x->id[i] : 0) ^ h.b[i]);
	wipe(buf, sizeof(buf));
	wipe(&d, sizeof(d));
	return 0;
}

static void
hashed(const char *label, const struct scalar *s, uint8_t buf[64],
    struct span *out)
{
	size_t n = strlen(label);

	memcpy(buf, label, n);
	memcpy(buf + n, s->b, 32);
	*out = span_of(buf, n + 32);
}

/* Key, tag, mask, commitment and hidden amount of one output. */
static enum err
finish(const struct dest *to, const struct point *d, size_t i, struct out *o)
{
	struct scalar amount;
	struct span text;
	struct hash32 h;
	uint8_t buf[64];
	enum err e;
	size_t k;

	derive_scalar(d, i, &o->s);
	o->tag = derive_tag(d, i);
	hashed("commitment_mask", &o->s, buf, &text);
	hash_to_scalar(text, &o->mask);
	hashed("amount", &o->s, buf, &text);
	keccak256(text, &h);
	for (k = 0; k < 8; k++)
		o->amount[k] = (uint8_t)(to->amount >> 8 * k ^ h.b[k]);
	sc_of_u64(to->amount, &amount);
	wipe(buf, sizeof(buf));
	if ((e = ed_base(&o->s, &o->key)) != 0 ||
	    (e = ed_add(&to->spend, &o->key, &o->key)) != 0)
		return e;
	return ed_commit(&o->mask, &amount, &o->commit);
}

static enum err
one_out(const struct construction *c, const struct viewer *v,
    const struct out_secrets *k, const struct dest *to, size_t i,
    struct outs *o)
{
	struct scalar a;
	struct point d;
	enum err e;

	if (o->nmore > 0 && (e = to->sub ?
	    ed_mul(&k->more[i], &to->spend, &o->more[i]) :
	    ed_base(&k->more[i], &o->more[i])) != 0)
		return e;
	if (dest_same(to, &c->change)) {
		memcpy(a.b, v->view.b, sizeof(a.b));
		e = derive(&a, &o->tx_key, &d);
		wipe(&a, sizeof(a));
	} else {
		e = derive(o->nmore > 0 && to->sub ? &k->more[i] : &k->r,
		    &to->view, &d);
	}
	if (e == 0)
		e = finish(to, &d, i, &o->o[i]);
	wipe(&d, sizeof(d));
	return e;
}

enum err
outs_make(const struct construction *c, const struct extra *x,
    const struct viewer *v, const struct out_secrets *k,
    const uint32_t *order, struct outs *o)
{
	const struct payees p = payees_of(c);
	enum err e;
	size_t i;

	if (c->ndest > OUTS_MAX)
		return ERR_RANGE;
	*o = (struct outs){ .n = c->ndest,
	    .nmore = payees_need_more(&p) ? c->ndest : 0 };
	e = p.std == 0 && p.sub == 1 ?
	    ed_mul(&k->r, &p.one->spend, &o->tx_key) :
	    ed_base(&k->r, &o->tx_key);
	for (i = 0; i < o->n && e == 0; i++)
		e = one_out(c, v, k, &c->dest[order[i]], i, o);
	return e != 0 ? e : encrypt_id(c, x, k, o);
}
