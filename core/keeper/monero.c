/*
 * What only the spend key can do for a Monero wallet: key images, and the two
 * halves of a ring signature.  x is the secret of a one-time key P; it is made
 * from what the clerk says (Hs and which subaddress) and must give P, which
 * the consent names.
 */
#include "core/keeper/state.h"
#include "core/crypto/noise.h"

static void
point_of(const struct hash32 *h, struct point *out)
{
	memcpy(out->b, h->b, sizeof(out->b));
}

static enum err
scalar_of(const struct hash32 *h, struct scalar *out)
{
	memcpy(out->b, h->b, sizeof(out->b));
	return sc_reduced(out);
}

/* x = Hs + b + m, checked against P. */
static enum err
one_time(struct keeper *k, const struct sign_item *it, struct scalar *x)
{
	const struct held *held = keeper_find(k, &it->key.fpr);
	const struct seedkey *key;
	const struct path *at = &it->key.path;
	struct scalar b, m;
	struct point p;
	enum err e;

	if (held == NULL || held->kind != KEY_MONERO || at->n != 2)
		return ERR_NO_KEY;
	if ((e = keeper_open(k, held, &key)) != 0 ||
	    (e = scalar_of(&it->digest, x)) != 0)
		return e;
	memcpy(b.b, key->u.monero.spend.b, sizeof(b.b));
	monero_sub_secret(&key->u.monero.viewer, at->e[0], at->e[1], &m);
	sc_add(x, &b, x);
	sc_add(x, &m, x);
	wipe(&b, sizeof(b));
	wipe(&m, sizeof(m));
	if ((e = ed_base(x, &p)) != 0)
		return e;
	ct_public(&p, sizeof(p));
	return span_eq(SPAN_OF(p.b), SPAN_OF(it->root.b)) ? ERR_NONE :
	    ERR_MISMATCH;
}

/*
 * Fresh, and another each time should the source repeat: a nonce is made
 * before it is known what it will answer, so the consent and a count that
 * never goes back stand for that.
 */
static void
fresh_scalar(struct keeper *k, const struct scalar *x,
    const struct sign_item *it, struct scalar *out)
{
	uint8_t said[1 + 3 * sizeof(it->root.b) + 8];
	struct sink s = sink_to_buf(said, sizeof(said));
	struct secret32 seed;
	struct noise n;

	keeper_chance(&seed, sizeof(seed));
	put_u8(&s, (uint8_t)it->kind);
	put_span(&s, SPAN_OF(it->root.b));
	put_span(&s, SPAN_OF(it->digest.b));
	put_span(&s, SPAN_OF(k->digest.b));
	put_u64le(&s, k->drawn++);
	noise_begin(&n, &seed, SPAN_OF(x->b), span_of(said, sizeof(said)));
	noise_scalar(&n, out);
	noise_end(&n);
	wipe(&seed, sizeof(seed));
}

/* A secret times G and times Hp(P): public from here on. */
static enum err
both(const struct scalar *k, const struct point *hp, struct point *g,
    struct point *h)
{
	enum err e;

	if ((e = ed_base(k, g)) != 0 || (e = ed_mul(k, hp, h)) != 0)
		return e;
	ct_public(g, sizeof(*g));
	ct_public(h, sizeof(*h));
	return 0;
}

static void
challenge(const struct point *image, const struct point *g,
    const struct point *h, struct scalar *c)
{
	uint8_t said[3 * sizeof(image->b)];

	memcpy(said, image->b, sizeof(image->b));
	memcpy(said + sizeof(image->b), g->b, sizeof(g->b));
	memcpy(said + 2 * sizeof(image->b), h->b, sizeof(h->b));
	hash_to_scalar(span_of(said, sizeof(said)), c);
}

/* r G + c P and r Hp + c I give the challenge again. */
static enum err
verify_image(const struct point *p, const struct point *hp,
    const struct point *image, const struct scalar *c, const struct scalar *r)
{
	struct point g, h, t;
	struct scalar again;
	enum err e;

	if ((e = ed_base(r, &g)) != 0 || (e = ed_mul(c, p, &t)) != 0 ||
	    (e = ed_add(&g, &t, &g)) != 0 ||
	    (e = ed_mul(r, hp, &h)) != 0 || (e = ed_mul(c, image, &t)) != 0 ||
	    (e = ed_add(&h, &t, &h)) != 0)
		return e;
	challenge(image, &g, &h, &again);
	return ct_equal(&again, c, sizeof(again)) ? ERR_NONE : ERR_INTERNAL;
}

static enum err
prove_image(struct keeper *keeper, const struct scalar *x,
    const struct point *p, const struct point *hp, struct sign_item *it)
{
	struct point image, kg, kh;
	struct scalar k, c, r;
	enum err e;

	point_of(&it->image, &image);
	fresh_scalar(keeper, x, it, &k);
	e = both(&k, hp, &kg, &kh);
	challenge(&image, &kg, &kh, &c);
	sc_mul(&c, x, &r);
	sc_sub(&k, &r, &r);
	wipe(&k, sizeof(k));
	ct_public(&r, sizeof(r));
	if (e == 0 && (e = verify_image(p, hp, &image, &c, &r)) == 0) {
		memcpy(it->sig.b, c.b, sizeof(c.b));
		memcpy(it->sig.b + sizeof(c.b), r.b, sizeof(r.b));
	}
	return e;
}

/* I = x Hp(P). */
static enum err
image_of(struct keeper *k, struct sign_item *it, struct scalar *x,
    struct point *hp)
{
	struct point p, image;
	enum err e;

	if ((e = one_time(k, it, x)) != 0)
		return e;
	point_of(&it->root, &p);
	if ((e = hash_to_point(&p, hp)) != 0 ||
	    (e = ed_mul(x, hp, &image)) != 0)
		return e;
	ct_public(&image, sizeof(image));
	memcpy(it->image.b, image.b, sizeof(image.b));
	return 0;
}

enum err
keeper_make_image(struct keeper *k, struct sign_item *it)
{
	struct point p, hp;
	struct scalar x;
	enum err e;

	if ((e = image_of(k, it, &x, &hp)) == 0) {
		point_of(&it->root, &p);
		e = prove_image(k, &x, &p, &hp, it);
	}
	wipe(&x, sizeof(x));
	return e;
}

static struct nonce *
nonce_find(struct keeper *k, const struct hash32 *coin)
{
	size_t i;

	for (i = 0; i < k->nnonce; i++)
		if (span_eq(SPAN_OF(k->nonce[i].coin.b), SPAN_OF(coin->b)))
			return &k->nonce[i];
	return NULL;
}

/* At most one unanswered nonce a coin: answers to several open ones could be
 * put together to a signature that was never asked for. */
enum err
keeper_make_nonce(struct keeper *k, struct sign_item *it)
{
	struct nonce *n = &k->nonce[k->nnonce];
	struct point hp, g, h;
	enum err e;

	if (nonce_find(k, &it->root) != NULL)
		return ERR_REFUSED;
	if (k->nnonce == NONCES_MAX)
		return ERR_SPACE;
	if ((e = image_of(k, it, &n->x, &hp)) == 0) {
		fresh_scalar(k, &n->x, it, &n->alpha);
		e = both(&n->alpha, &hp, &g, &h);
	}
	if (e != 0) {
		wipe(n, sizeof(*n));
		return e;
	}
	n->coin = it->root;
	k->nnonce++;
	memcpy(it->sig.b, g.b, sizeof(g.b));
	memcpy(it->sig.b + sizeof(g.b), h.b, sizeof(h.b));
	return 0;
}

/* (s + t) G + e P = alpha G. */
static enum err
verify_response(const struct nonce *n, const struct scalar *e,
    const struct scalar *t, const struct scalar *s)
{
	struct scalar sum;
	struct point p, left, right;
	enum err err;

	point_of(&n->coin, &p);
	sc_add(s, t, &sum);
	if ((err = ed_base(&sum, &left)) != 0 ||
	    (err = ed_mul(e, &p, &right)) != 0 ||
	    (err = ed_add(&left, &right, &left)) != 0 ||
	    (err = ed_base(&n->alpha, &right)) != 0)
		return err;
	ct_public(&right, sizeof(right));
	return point_eq(&left, &right) ? ERR_NONE : ERR_INTERNAL;
}

/* s = alpha - e x - t.  The nonce is gone, whatever comes of it. */
enum err
keeper_make_response(struct keeper *k, struct sign_item *it)
{
	struct nonce *found = nonce_find(k, &it->root), n;
	struct scalar e, t, s;
	enum err err;

	if (found == NULL)
		return ERR_REFUSED;
	n = *found;
	*found = k->nonce[--k->nnonce];
	wipe(&k->nonce[k->nnonce], sizeof(k->nonce[0]));
	if ((err = scalar_of(&it->digest, &e)) == 0 &&
	    (err = scalar_of(&it->aux, &t)) == 0) {
		sc_mul(&e, &n.x, &s);
		sc_sub(&n.alpha, &s, &s);
		sc_sub(&s, &t, &s);
		ct_public(&s, sizeof(s));
		err = verify_response(&n, &e, &t, &s);
	}
	if (err == 0)
		memcpy(it->sig.b, s.b, sizeof(s.b));
	wipe(&n, sizeof(n));
	return err;
}
