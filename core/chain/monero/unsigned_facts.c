#include "core/chain/monero/traits.h"
#include "core/chain/monero/unsigned.h"
#include "core/encode/hex.h"

static struct fact *
add(struct intent *out, enum fact_kind kind, size_t part, size_t index)
{
	struct fact *f = &out->fact[out->nfact++];

	*f = (struct fact){ .kind = kind, .part = (uint32_t)part,
	    .index = (uint32_t)index, .to = "", .ref = "", .how = "",
	    .why = "" };
	return f;
}

static enum err
spend_fact(const struct unsigned_request *q, size_t t, size_t i,
    struct arena *a, struct intent *out)
{
	const struct source *s = &q->set.tx[t].source[i];
	const struct coin *c = &q->found->tx[t].coin[i];
	struct fact *f = add(out, FACT_SPEND, t, i);
	bool opens = (c->traits & XMR_BIT(INPUT_AMOUNT)) == 0;
	char hex[65] = "";

	f->ours = f->has_key = c->ours;
	f->has_amount = true;
	f->amount = num_of(s->amount);
	f->known = opens ? KNOWN_PROVEN : KNOWN_CLAIMED;
	f->how = opens ? "commitment opens" : "";
	f->traits = c->traits;
	if (c->ours)
		f->key = own_ref(q->frame.viewer, c->own.account,
		    c->own.minor);
	if (s->ring.real >= s->ring.n)
		return 0;
	hex_text(SPAN_OF(s->ring.key[s->ring.real].b), hex);
	f->ref = arena_text(a, "%s:%llu", hex,
	    (unsigned long long)s->member[s->ring.real]);
	return f->ref == NULL ? ERR_SPACE : ERR_NONE;
}

static void
pay_fact(const struct unsigned_request *q, size_t t, size_t i,
    struct intent *out)
{
	const struct pay *p = &q->found->tx[t].pay[i];
	struct fact *f = add(out, p->ours ? FACT_CHANGE : FACT_PAY, t, i);

	f->ours = f->has_key = p->ours;
	f->has_amount = true;
	f->amount = num_of(q->set.tx[t].dest[i].amount);
	f->known = KNOWN_PROVEN;
	f->how = p->ours ? "our keys" : "from its keys";
	f->to = p->to;
	f->why = p->why;
	f->traits = p->traits;
	if (p->ours)
		f->key = own_ref(q->frame.viewer, p->account, p->minor);
}

static void
fee_fact(const struct unsigned_request *q, size_t t, const char *name,
    struct intent *out)
{
	const struct tx_found *w = &q->found->tx[t];
	struct fact *f = add(out, FACT_FEE, t, 0);

	f->has_amount = w->has_fee;
	f->amount = num_of(w->fee);
	f->known = w->has_fee ? KNOWN_PROVEN : KNOWN_UNKNOWN;
	f->how = "inputs less outputs";
	f->traits = w->traits;
	f->why = name;
}

/* Key images of the set's own list go out with the answer. */
static enum err
list_fact(const struct records *l, struct arena *a, struct intent *out)
{
	struct fact *f;

	if (l->n == 0)
		return 0;
	f = add(out, FACT_IMPORT, 0, 0);
	f->known = KNOWN_PROVEN;
	f->how = "our keys";
	f->to = l->n == 1 ? arena_text(a, "and the key image of the wallet's "
	    "output %llu", (unsigned long long)l->offset) :
	    arena_text(a, "and %zu key images, of the wallet's outputs %llu "
	    "to %llu", l->n, (unsigned long long)l->offset,
	    (unsigned long long)(l->offset + l->n - 1));
	return f->to == NULL ? ERR_SPACE : ERR_NONE;
}

enum err
unsigned_facts(const struct unsigned_request *q, struct arena *a,
    struct intent *out)
{
	const char *name = "";
	size_t t, i, n = 1;
	enum err e;

	for (t = 0; t < q->set.n; t++)
		n += q->set.tx[t].nsource + q->set.tx[t].ndest + 1;
	if ((out->fact = arena_new(a, struct fact, n)) == NULL)
		return ERR_SPACE;
	if ((e = list_fact(&q->set.list, a, out)) != 0)
		return e;
	for (t = 0; t < q->set.n; t++) {
		if (q->set.n > 1 && (name = arena_text(a, "transaction %zu",
		    t + 1)) == NULL)
			return ERR_SPACE;
		for (i = 0; i < q->set.tx[t].nsource; i++)
			if ((e = spend_fact(q, t, i, a, out)) != 0)
				return e;
		for (i = 0; i < q->set.tx[t].ndest; i++)
			pay_fact(q, t, i, out);
		fee_fact(q, t, name, out);
	}
	return 0;
}
