#include "core/base/order.h"
#include "core/chain/monero/draft.h"

static int
by_image(const void *ctx, uint32_t a, uint32_t b)
{
	const struct coin *c = ctx;

	return memcmp(c[b].image.b, c[a].image.b, sizeof(c[a].image.b));
}

static struct sign_item
item_of(const struct draft *d, const struct draft_in *in, enum sign_kind kind)
{
	const struct ring *r = &in->src->ring;
	struct sign_item it = { .kind = kind, .key = own_ref(d->v,
	    in->coin->own.account, in->coin->own.minor) };

	memcpy(it.digest.b, in->coin->own.s.b, sizeof(it.digest.b));
	memcpy(it.root.b, r->key[r->real].b, sizeof(it.root.b));
	return it;
}

/* A nonce for each coin, and with it its key image. */
static enum err
ask_nonces(struct draft *d, struct signatory *who, struct sign_item *it)
{
	enum err e;
	size_t i;

	for (i = 0; i < d->nin; i++)
		it[i] = item_of(d, &d->in[i], SIGN_CLSAG_NONCE);
	if ((e = who->sign(who->ctx, it, d->nin)) != 0)
		return e;
	for (i = 0; i < d->nin; i++) {
		d->in[i].nonce = it[i].sig;
		memcpy(d->in[i].coin->image.b, it[i].image.b, 32);
	}
	return 0;
}

/* The network wants key images in descending order, and each once. */
static enum err
order_inputs(struct draft *d, struct tx_found *w, struct arena *a)
{
	struct draft_in *in = arena_new(a, struct draft_in, d->nin);
	size_t i;

	if (in == NULL)
		return ERR_SPACE;
	for (i = 0; i < d->nin; i++)
		w->in_order[i] = (uint32_t)i;
	order_sort(w->in_order, d->nin, by_image, w->coin);
	for (i = 0; i < d->nin; i++) {
		in[i] = d->in[w->in_order[i]];
		if (i > 0 && by_image(w->coin, w->in_order[i - 1],
		    w->in_order[i]) == 0)
			return ERR_DUPLICATE;
	}
	d->in = in;
	return 0;
}

/* Which output is the change must not show by its place. */
static void
order_outputs(size_t n, struct noise *noise, uint32_t *order)
{
	uint32_t i, k, t;

	for (i = 0; i < n; i++)
		order[i] = i;
	for (i = (uint32_t)n; i > 1; i--) {
		k = noise_below(noise, i);
		t = order[k];
		order[k] = order[i - 1];
		order[i - 1] = t;
	}
}

static enum err
make_outputs(struct draft *d, struct tx_found *w, struct noise *noise)
{
	size_t i;

	order_outputs(d->c->ndest, noise, w->out_order);
	noise_scalar(noise, &w->secrets.r);
	for (i = 0; i < OUTS_MAX; i++)
		noise_scalar(noise, &w->secrets.more[i]);
	return outs_make(d->c, &w->extra, d->v, &w->secrets, w->out_order,
	    d->outs);
}

static enum err
prove_range(struct draft *d, const struct tx_found *w, struct noise *noise,
    struct arena *a)
{
	struct scalar mask[OUTS_MAX];
	struct point commit[OUTS_MAX];
	uint64_t amount[OUTS_MAX];
	size_t i, n = d->outs->n, used = a->used;
	enum err e;

	for (i = 0; i < n; i++) {
		mask[i] = d->outs->o[i].mask;
		commit[i] = d->outs->o[i].commit;
		amount[i] = d->c->dest[w->out_order[i]].amount;
	}
	if ((e = bpp_prove(amount, mask, n, noise, a, &d->bpp)) == 0)
		e = bpp_verify(&d->bpp, commit, n, a);
	wipe(mask, sizeof(mask));
	arena_back(a, used);
	return e;
}

/* Random masks but the last, so that inputs and outputs come to the same. */
static enum err
make_pseudo(struct draft *d, struct noise *noise)
{
	struct scalar left = sc_zero, amount;
	enum err e = 0;
	size_t i;

	for (i = 0; i < d->outs->n; i++)
		sc_add(&left, &d->outs->o[i].mask, &left);
	for (i = 0; i < d->nin && e == 0; i++) {
		struct draft_in *in = &d->in[i];

		if (i + 1 < d->nin)
			noise_scalar(noise, &in->pseudo_mask);
		else
			in->pseudo_mask = left;
		sc_sub(&left, &in->pseudo_mask, &left);
		sc_sub(&in->src->mask, &in->pseudo_mask, &in->z);
		sc_of_u64(in->src->amount, &amount);
		e = ed_commit(&in->pseudo_mask, &amount, &in->pseudo);
	}
	wipe(&left, sizeof(left));
	return e;
}

static enum err
prepare(const struct draft *d, struct draft_in *in, struct noise *noise,
    struct arena *a, struct sign_item *it)
{
	struct clsag_ask ask = { .ring = &in->src->ring,
	    .image = in->coin->image, .pseudo = in->pseudo,
	    .message = d->message, .z = in->z };
	struct scalar e, t;
	size_t used = a->used;
	enum err err;

	memcpy(ask.nonce_g.b, in->nonce.b, 32);
	memcpy(ask.nonce_hp.b, in->nonce.b + 32, 32);
	err = clsag_prepare(&ask, noise, a, &in->sig, &e, &t);
	arena_back(a, used);
	if (err != 0)
		return err;
	*it = item_of(d, in, SIGN_CLSAG_RESPONSE);
	memcpy(it->digest.b, e.b, sizeof(it->digest.b));
	memcpy(it->aux.b, t.b, sizeof(it->aux.b));
	return 0;
}

static enum err
sign_inputs(struct draft *d, struct signatory *who, struct noise *noise,
    struct sign_item *it, struct arena *a)
{
	enum err e;
	size_t i, used = a->used;

	for (i = 0; i < d->nin; i++)
		if ((e = prepare(d, &d->in[i], noise, a, &it[i])) != 0)
			return e;
	if ((e = who->sign(who->ctx, it, d->nin)) != 0)
		return e;
	for (i = 0; i < d->nin; i++) {
		struct draft_in *in = &d->in[i];
		const struct ring *r = &in->src->ring;

		memcpy(in->sig.s[r->real].b, it[i].sig.b, 32);
		e = clsag_verify(r, &in->coin->image, &in->pseudo,
		    &d->message, &in->sig, a);
		arena_back(a, used);
		if (e != 0)
			return e;
	}
	return 0;
}

static enum err
join(struct draft *d, struct arena *a, struct span *blob)
{
	size_t n = d->prefix.n + d->base.n + d->prunable.n;
	uint8_t *p = arena_new(a, uint8_t, n);

	if (p == NULL)
		return ERR_SPACE;
	memcpy(p, d->prefix.p, d->prefix.n);
	memcpy(p + d->prefix.n, d->base.p, d->base.n);
	memcpy(p + d->prefix.n + d->base.n, d->prunable.p, d->prunable.n);
	*blob = span_of(p, n);
	return 0;
}

/* What comes back to us, so that the online wallet knows its key images. */
static enum err
find_back(const struct draft *d, struct tx_found *w, struct arena *a)
{
	size_t i;

	if ((w->back = arena_new(a, struct image_ask, d->outs->n)) == NULL)
		return ERR_SPACE;
	w->nback = 0;
	for (i = 0; i < d->outs->n; i++) {
		const struct pay *p = &w->pay[w->out_order[i]];

		if (p->ours)
			w->back[w->nback++] = (struct image_ask){
			    .key = d->outs->o[i].key, .own = {
			    .account = p->account, .minor = p->minor,
			    .s = d->outs->o[i].s } };
	}
	return 0;
}

static enum err
begin(const struct unsigned_request *q, size_t tx, struct arena *a,
    struct draft *d, struct sign_item **it)
{
	struct tx_found *w = &q->found->tx[tx];
	size_t i;

	*d = (struct draft){ .c = &q->set.tx[tx], .v = q->frame.viewer,
	    .fee = w->fee, .nin = q->set.tx[tx].nsource };
	d->in = arena_new(a, struct draft_in, d->nin);
	d->outs = arena_new(a, struct outs, 1);
	w->in_order = arena_new(a, uint32_t, d->nin);
	w->out_order = arena_new(a, uint32_t, d->c->ndest);
	*it = arena_new(a, struct sign_item, d->nin);
	if (d->in == NULL || d->outs == NULL || w->in_order == NULL ||
	    w->out_order == NULL || *it == NULL)
		return ERR_SPACE;
	for (i = 0; i < d->nin; i++) {
		d->in[i].src = &d->c->source[i];
		d->in[i].coin = &w->coin[i];
	}
	return 0;
}

enum err
tx_make(const struct unsigned_request *q, size_t tx, struct signatory *who,
    struct noise *noise, struct arena *a)
{
	struct tx_found *w = &q->found->tx[tx];
	struct sign_item *it;
	struct draft d;
	enum err e;

	if ((e = begin(q, tx, a, &d, &it)) != 0 ||
	    (e = ask_nonces(&d, who, it)) != 0 ||
	    (e = order_inputs(&d, w, a)) != 0 ||
	    (e = make_outputs(&d, w, noise)) != 0 ||
	    (e = draft_part(&d, draft_prefix, a, &d.prefix)) != 0 ||
	    (e = draft_part(&d, draft_base, a, &d.base)) != 0 ||
	    (e = prove_range(&d, w, noise, a)) != 0 ||
	    (e = make_pseudo(&d, noise)) != 0)
		return e;
	draft_message(&d);
	if ((e = sign_inputs(&d, who, noise, it, a)) != 0 ||
	    (e = draft_part(&d, draft_prunable, a, &d.prunable)) != 0 ||
	    (e = join(&d, a, &w->blob)) != 0 ||
	    (e = find_back(&d, w, a)) != 0)
		return e;
	return images_ask(q->frame.viewer, w->back, w->nback, who, NULL, a);
}
