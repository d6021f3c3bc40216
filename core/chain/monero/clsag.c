#include "core/chain/monero/clsag.h"
#include "core/crypto/ge25519.h"
#include "core/crypto/keccak.h"

#define DOMAIN 32			/* a name, padded with zeros */

struct member {
	struct ge p, c, hp;		/* P, C - Z, Hp(P) */
};

struct work {
	size_t		 n;
	struct member	 m[RING_MAX];
	struct ge	 image, d, base;
	struct scalar	 mu_p, mu_c;
	struct keccak	 round;		/* all of a round but L and R */
	struct scalar	 c;
	struct member	 now;		/* the one whose turn it is */
	struct scalar	 k[3], s;	/* its scalars */
	struct ge	 t[3];
};

/* How three products are summed: in constant time or not. */
typedef void summing(const struct scalar *, const struct ge *, size_t,
    struct ge *);

static void
put_ring(struct sink *s, const char *domain, const struct ring *ring)
{
	static const uint8_t zeros[DOMAIN];
	struct span name = span_text(domain);

	put_span(s, name);
	put_span(s, span_of(zeros, DOMAIN - name.n));
	put_span(s, span_of(ring->key, ring->n * sizeof(ring->key[0])));
	put_span(s, span_of(ring->commit, ring->n * sizeof(ring->commit[0])));
}

static void
aggregate(const char *domain, const struct ring *ring,
    const struct point *image, const struct point *d8,
    const struct point *pseudo, struct scalar *out)
{
	struct keccak k;
	struct sink s = sink_to_keccak(&k);
	struct hash32 h;

	keccak_begin(&k);
	put_ring(&s, domain, ring);
	put_span(&s, SPAN_OF(image->b));
	put_span(&s, SPAN_OF(d8->b));
	put_span(&s, SPAN_OF(pseudo->b));
	keccak_end(&k, &h);
	sc_reduce(h.b, out);
}

/* Everything that does not depend on which member is the real one. */
static enum err
load_ring(struct work *w, const struct ring *ring, const struct point *image,
    const struct point *pseudo, const struct hash32 *message)
{
	struct sink s = sink_to_keccak(&w->round);
	struct ge_ready z;
	struct ge g;
	size_t i;
	enum err e;

	w->n = ring->n;
	if ((e = ge_of_point(pseudo, &g)) != 0 ||
	    (e = ge_of_point(image, &w->image)) != 0 ||
	    (e = ge_of_point(&ed_g, &w->base)) != 0)
		return e;
	ge_make_ready(&g, &z);
	for (i = 0; i < ring->n; i++) {
		struct member *m = &w->m[i];

		if ((e = ge_of_point(&ring->key[i], &m->p)) != 0 ||
		    (e = ge_of_point(&ring->commit[i], &g)) != 0 ||
		    (e = hash_to_ge(&ring->key[i], &m->hp)) != 0)
			return e;
		ge_sub(&g, &z, &m->c);
	}
	keccak_begin(&w->round);
	put_ring(&s, "CLSAG_round", ring);
	put_span(&s, SPAN_OF(pseudo->b));
	put_span(&s, SPAN_OF(message->b));
	return 0;
}

static void
load_mu(struct work *w, const struct ring *ring, const struct point *image,
    const struct point *d8, const struct point *pseudo)
{
	aggregate("CLSAG_agg_0", ring, image, d8, pseudo, &w->mu_p);
	aggregate("CLSAG_agg_1", ring, image, d8, pseudo, &w->mu_c);
}

/* The challenge after this round's two points. */
static void
next_challenge(struct work *w, const struct point *left,
    const struct point *right)
{
	struct keccak k = w->round;
	struct sink s = sink_to_keccak(&k);
	struct hash32 h;

	put_span(&s, SPAN_OF(left->b));
	put_span(&s, SPAN_OF(right->b));
	keccak_end(&k, &h);
	sc_reduce(h.b, &w->c);
}

/* left = s G + c mu_P P + c mu_C (C - Z), right = s Hp + c mu_P I + c mu_C D
 * for the member that is now. */
static void
take_turn(struct work *w, summing *sum)
{
	struct point left, right;
	struct ge g;

	w->k[0] = w->s;
	sc_mul(&w->c, &w->mu_p, &w->k[1]);
	sc_mul(&w->c, &w->mu_c, &w->k[2]);
	w->t[0] = w->base;
	w->t[1] = w->now.p;
	w->t[2] = w->now.c;
	sum(w->k, w->t, 3, &g);
	ge_point(&g, &left);
	w->t[0] = w->now.hp;
	w->t[1] = w->image;
	w->t[2] = w->d;
	sum(w->k, w->t, 3, &g);
	ge_point(&g, &right);
	next_challenge(w, &left, &right);
}

/* All ones where both are the same, else zero; no branch. */
static uint64_t
same(size_t a, size_t b)
{
	uint32_t differ = ct_opaque((uint32_t)(a ^ b));

	return 0 - (uint64_t)((differ - 1) >> 31);
}

static void
mask_bytes(void *to, const void *from, size_t n, uint64_t mask)
{
	uint8_t *t = to;
	const uint8_t *f = from;
	size_t i;

	for (i = 0; i < n; i++)
		t[i] = (uint8_t)(t[i] ^ ((uint8_t)mask & (t[i] ^ f[i])));
}

/* The member at a secret place: all are read. */
static void
choose(struct work *w, size_t at)
{
	size_t i;

	for (i = 0; i < w->n; i++)
		mask_bytes(&w->now, &w->m[i], sizeof(w->now), same(i, at));
}

/* From the real member's successor round to it; what is random goes to its
 * place, and so does the challenge at place 0. */
static void
go_round(struct work *w, size_t real, struct noise *noise, struct clsag *out)
{
	size_t at = real, i, j;

	for (j = 0; j < w->n; j++) {
		at++;
		at &= (size_t)~same(at, w->n);
		mask_bytes(&out->c1, &w->c, sizeof(w->c), same(at, 0));
		if (j == w->n - 1)		/* the real one */
			return;
		noise_scalar(noise, &w->s);
		for (i = 0; i < w->n; i++)
			mask_bytes(&out->s[i], &w->s, sizeof(w->s),
			    same(i, at));
		choose(w, at);
		take_turn(w, ge_sum);
	}
}

static enum err
prepare(const struct clsag_ask *ask, struct work *w, struct noise *noise,
    struct clsag *out)
{
	struct scalar z8;
	enum err e;

	if ((e = load_ring(w, ask->ring, &ask->image, &ask->pseudo,
	    &ask->message)) != 0)
		return e;
	choose(w, ask->ring->real);
	sc_mul(&ask->z, &sc_eighth, &z8);
	ge_mul(&z8, &w->now.hp, &w->d);
	ge_point(&w->d, &out->d8);
	ct_public(&out->d8, sizeof(out->d8));
	ge_mul8(&w->d, &w->d);
	wipe(&z8, sizeof(z8));
	load_mu(w, ask->ring, &ask->image, &out->d8, &ask->pseudo);
	next_challenge(w, &ask->nonce_g, &ask->nonce_hp);
	go_round(w, ask->ring->real, noise, out);
	ct_public(out->s, sizeof(out->s));
	ct_public(&out->c1, sizeof(out->c1));
	return 0;
}

enum err
clsag_prepare(const struct clsag_ask *ask, struct noise *noise,
    struct arena *scratch, struct clsag *out, struct scalar *e,
    struct scalar *t)
{
	size_t used = scratch->used;
	uint32_t below = (uint32_t)(((uint64_t)ask->ring->real -
	    ask->ring->n) >> 63);
	struct clsag made = { 0 };
	struct work *w;
	enum err err;

	ct_public(&below, sizeof(below));
	if (ask->ring->n == 0 || ask->ring->n > RING_MAX || below != 1)
		return ERR_RANGE;
	if ((w = arena_new(scratch, struct work, 1)) == NULL)
		return ERR_SPACE;
	if ((err = prepare(ask, w, noise, &made)) == 0) {
		*out = made;
		sc_mul(&w->c, &w->mu_p, e);
		sc_mul(&w->c, &w->mu_c, t);
		sc_mul(t, &ask->z, t);
	}
	arena_back(scratch, used);
	return err;
}

static enum err
verify(const struct ring *ring, const struct point *image,
    const struct point *pseudo, const struct hash32 *message,
    const struct clsag *sig, struct work *w)
{
	struct point d;
	enum err e;
	size_t i;

	if ((e = load_ring(w, ring, image, pseudo, message)) != 0 ||
	    (e = ge_of_point(&sig->d8, &w->d)) != 0 ||
	    (e = sc_reduced(&sig->c1)) != 0)
		return e;
	ge_mul8(&w->d, &w->d);
	ge_point(&w->d, &d);
	if (ed_is_key(image) != 0 || point_eq(&d, &ed_identity))
		return ERR_MISMATCH;
	load_mu(w, ring, image, &sig->d8, pseudo);
	w->c = sig->c1;
	for (i = 0; i < ring->n; i++) {
		if ((e = sc_reduced(&sig->s[i])) != 0)
			return e;
		w->s = sig->s[i];
		w->now = w->m[i];
		take_turn(w, ge_sum_public);
	}
	return ct_equal(&w->c, &sig->c1, sizeof(w->c)) ? ERR_NONE :
	    ERR_MISMATCH;
}

enum err
clsag_verify(const struct ring *ring, const struct point *image,
    const struct point *pseudo, const struct hash32 *message,
    const struct clsag *sig, struct arena *scratch)
{
	size_t used = scratch->used;
	struct work *w;
	enum err e;

	if (ring->n == 0 || ring->n > RING_MAX)
		return ERR_RANGE;
	if ((w = arena_new(scratch, struct work, 1)) == NULL)
		return ERR_SPACE;
	e = verify(ring, image, pseudo, message, sig, w);
	arena_back(scratch, used);
	return e;
}
