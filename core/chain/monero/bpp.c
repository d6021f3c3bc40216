#include "core/chain/monero/bpp_parts.h"

/*
 * The reference folds its generators in every round.  Here a generator of the
 * round at hand stays a weighted sum of FOLD or fewer others, and is folded
 * when there would be more: weights are made of challenges, so that folding
 * works on public data, while L and R are sums in constant time.
 */
#define FOLD 4

struct prover {
	size_t		 n;		/* generators of the round at hand */
	size_t		 fold;		/* of how many others each is made */
	struct ge	*g, *h;		/* the k-th part of i is at i + n k */
	struct scalar	 wg[FOLD], wh[FOLD];
	struct scalar	*a, *b;
	struct scalar	*y;		/* its powers, up to n + 1 at first */
	struct scalar	 z, alpha, t;
	struct ge	 base_g, base_h;
	struct scalar	*k;		/* the terms of one sum */
	struct ge	*p;
	size_t		 terms;
	struct noise	*noise;
};

/* Terms scale * a[i] * w[k] for the generators from first on. */
static void
add_terms(struct prover *r, const struct scalar *a, size_t n,
    const struct scalar *scale, const struct scalar *w, const struct ge *from)
{
	struct scalar ws;
	size_t i, k;

	for (k = 0; k < r->fold; k++) {
		sc_mul(&w[k], scale, &ws);
		for (i = 0; i < n; i++) {
			sc_mul(&a[i], &ws, &r->k[r->terms]);
			r->p[r->terms++] = from[i + r->n * k];
		}
	}
}

static void
add_term(struct prover *r, const struct scalar *a, const struct ge *p)
{
	sc_mul(a, &sc_eighth, &r->k[r->terms]);
	r->p[r->terms++] = *p;
}

/* The sum of all terms, which anybody may know. */
static void
take_sum(struct prover *r, struct point *out)
{
	struct ge sum;

	ge_sum(r->k, r->p, r->terms, &sum);
	ge_point(&sum, out);
	ct_public(out, sizeof(*out));
	wipe(&sum, sizeof(sum));
	r->terms = 0;
}

/* G where the bit is set, else -H: constant time. */
static void
add_bit(uint64_t bit, const struct ge *g, const struct ge *h, struct ge *sum)
{
	struct ge which;
	struct ge_ready ready;
	uint32_t set = ct_opaque((uint32_t)bit);

	ge_neg(h, &which);
	fe_pick(&which.x, &g->x, set);
	fe_pick(&which.y, &g->y, set);
	fe_pick(&which.z, &g->z, set);
	fe_pick(&which.t, &g->t, set);
	ge_make_ready(&which, &ready);
	ge_add(sum, &ready, sum);
	wipe(&which, sizeof(which));
	wipe(&ready, sizeof(ready));
}

/* A = (alpha G + sum aL G_i + sum aR H_i) / 8; a and b become aL and aR. */
static void
commit_bits(struct prover *r, const uint64_t *amount, size_t n,
    struct point *out)
{
	struct ge sum = ge_identity;
	size_t i;

	for (i = 0; i < r->n; i++) {
		uint64_t v = i / BPP_BITS < n ? amount[i / BPP_BITS] : 0;
		uint64_t bit = v >> i % BPP_BITS & 1;

		sc_of_u64(bit, &r->a[i]);
		sc_sub(&r->a[i], &sc_one, &r->b[i]);
		add_bit(bit, &r->g[i], &r->h[i], &sum);
	}
	noise_scalar(r->noise, &r->alpha);
	add_term(r, &r->alpha, &r->base_g);
	add_term(r, &sc_one, &sum);
	take_sum(r, out);
	wipe(&sum, sizeof(sum));
}

/* a = aL - z, b_i = aR_i + z + z^(2(j+1)) 2^(i mod 64) y^(n-i), and
 * alpha + sum z^(2(j+1)) y^(n+1) mask_j. */
static void
open_vectors(struct prover *r, const struct scalar *mask, size_t n)
{
	struct scalar z2, zz = sc_one, d = sc_one, k;
	size_t i;

	sc_mul(&r->z, &r->z, &z2);
	for (i = 0; i < r->n; i++) {
		if (i % BPP_BITS == 0) {
			sc_mul(&zz, &z2, &zz);
			d = zz;
			sc_mul(&zz, &r->y[r->n + 1], &k);
			if (i / BPP_BITS < n)
				sc_muladd(&k, &mask[i / BPP_BITS], &r->alpha,
				    &r->alpha);
		} else {
			sc_add(&d, &d, &d);
		}
		sc_sub(&r->a[i], &r->z, &r->a[i]);
		sc_add(&r->b[i], &r->z, &r->b[i]);
		sc_muladd(&d, &r->y[r->n - i], &r->b[i], &r->b[i]);
	}
}

/* sum a_i b_i y^(i+1) */
static void
weighted(const struct prover *r, const struct scalar *a,
    const struct scalar *b, size_t n, struct scalar *out)
{
	struct scalar k;
	size_t i;

	*out = sc_zero;
	for (i = 0; i < n; i++) {
		sc_mul(&a[i], &b[i], &k);
		sc_muladd(&k, &r->y[i + 1], out, out);
	}
	wipe(&k, sizeof(k));
}

/* L or R of this round: both halves crosswise, their product, a blind. */
static void
cross(struct prover *r, bool left, const struct scalar *scale,
    struct scalar *blind, struct point *out)
{
	size_t h = r->n / 2;
	const struct scalar *a = left ? r->a : r->a + h;
	const struct scalar *b = left ? r->b + h : r->b;
	struct scalar c, s;

	sc_mul(scale, &sc_eighth, &s);
	add_terms(r, a, h, &s, r->wg, left ? r->g + h : r->g);
	add_terms(r, b, h, &sc_eighth, r->wh, left ? r->h : r->h + h);
	weighted(r, a, b, h, &c);
	if (!left)
		sc_mul(&c, scale, &c);		/* y^h */
	noise_scalar(r->noise, blind);
	add_term(r, &c, &r->base_h);
	add_term(r, blind, &r->base_g);
	take_sum(r, out);
	wipe(&c, sizeof(c));
}

/* x_i = k1 x_i + k2 x_(i+h) */
static void
halve(struct scalar *x, size_t h, const struct scalar *k1,
    const struct scalar *k2)
{
	struct scalar k;
	size_t i;

	for (i = 0; i < h; i++) {
		sc_mul(&x[i], k1, &k);
		sc_muladd(&x[i + h], k2, &k, &x[i]);
	}
	wipe(&k, sizeof(k));
}

static void
double_weights(struct scalar *w, size_t n, const struct scalar *low,
    const struct scalar *high)
{
	while (n-- > 0) {
		sc_mul(&w[n], high, &w[2 * n + 1]);
		sc_mul(&w[n], low, &w[2 * n]);
	}
}

static void
fold(struct prover *r, struct ge *g, struct scalar *w)
{
	struct ge part[FOLD];
	size_t i, k;

	for (i = 0; i < r->n; i++) {
		for (k = 0; k < r->fold; k++)
			part[k] = g[i + r->n * k];
		ge_sum_public(w, part, r->fold, &g[i]);
	}
	w[0] = sc_one;
}

static enum err
round_of(struct prover *r, struct point *left, struct point *right)
{
	size_t h = r->n / 2;
	struct scalar y_inv, e_inv, dl, dr, k;
	enum err e;

	sc_invert(&r->y[h], &y_inv);
	cross(r, true, &y_inv, &dl, left);
	cross(r, false, &r->y[h], &dr, right);
	if ((e = bpp_challenge(&r->t, left, right)) != 0)
		return e;
	sc_invert(&r->t, &e_inv);
	sc_mul(&r->y[h], &e_inv, &k);
	halve(r->a, h, &r->t, &k);
	halve(r->b, h, &e_inv, &r->t);
	sc_mul(&dl, &r->t, &dl);
	sc_muladd(&dl, &r->t, &r->alpha, &r->alpha);
	sc_mul(&dr, &e_inv, &dr);
	sc_muladd(&dr, &e_inv, &r->alpha, &r->alpha);
	sc_mul(&y_inv, &r->t, &k);
	double_weights(r->wg, r->fold, &e_inv, &k);
	double_weights(r->wh, r->fold, &r->t, &e_inv);
	r->fold *= 2;
	r->n = h;
	if (r->fold == FOLD && h > 1) {
		fold(r, r->g, r->wg);
		fold(r, r->h, r->wh);
		r->fold = 1;
	}
	wipe(&dl, sizeof(dl));
	wipe(&dr, sizeof(dr));
	return 0;
}

/* A1 = (r G_0 + s H_0 + delta G + y(r b + s a) H) / 8, B = (eta G + y r s H)
 * / 8, and the three answers to their challenge. */
static enum err
finish(struct prover *p, struct bpp *out)
{
	struct scalar x[4], k, *r = &x[0], *s = &x[1];
	enum err e;
	size_t i;

	for (i = 0; i < 4; i++)
		noise_scalar(p->noise, &x[i]);
	add_terms(p, r, 1, &sc_eighth, p->wg, p->g);
	add_terms(p, s, 1, &sc_eighth, p->wh, p->h);
	add_term(p, &x[2], &p->base_g);
	sc_mul(r, p->b, &k);
	sc_muladd(s, p->a, &k, &k);
	sc_mul(&k, &p->y[1], &k);
	add_term(p, &k, &p->base_h);
	take_sum(p, &out->a1);
	sc_mul(r, s, &k);
	sc_mul(&k, &p->y[1], &k);
	add_term(p, &x[3], &p->base_g);
	add_term(p, &k, &p->base_h);
	take_sum(p, &out->b);
	if ((e = bpp_challenge(&p->t, &out->a1, &out->b)) == 0) {
		sc_muladd(p->a, &p->t, r, &out->r1);
		sc_muladd(p->b, &p->t, s, &out->s1);
		sc_muladd(&p->alpha, &p->t, &x[2], &k);
		sc_muladd(&k, &p->t, &x[3], &out->d1);
		ct_public(out, sizeof(*out));
	}
	wipe(x, sizeof(x));
	wipe(&k, sizeof(k));
	return e;
}

/* V = (mask G + amount H) / 8, as the transcript begins. */
static enum err
begin(struct prover *r, const uint64_t *amount, const struct scalar *mask,
    size_t n)
{
	struct point v[BPP_AMOUNTS];
	struct scalar k;
	size_t i;

	if (ge_of_point(&ed_g, &r->base_g) != 0 ||
	    ge_of_point(&ed_h, &r->base_h) != 0)
		return ERR_INTERNAL;
	r->wg[0] = r->wh[0] = sc_one;
	for (i = 0; i < n; i++) {
		sc_of_u64(amount[i], &k);
		add_term(r, &mask[i], &r->base_g);
		add_term(r, &k, &r->base_h);
		take_sum(r, &v[i]);
	}
	wipe(&k, sizeof(k));
	bpp_begin(v, n, &r->t);
	return bpp_generators(r->n, r->g, r->h);
}

static enum err
prove(struct prover *r, const uint64_t *amount, const struct scalar *mask,
    size_t n, struct bpp *out)
{
	struct scalar y;
	enum err e;
	size_t i;

	if ((e = begin(r, amount, mask, n)) != 0)
		return e;
	commit_bits(r, amount, n, &out->a);
	if ((e = bpp_yz(&r->t, &out->a, &y)) != 0)
		return e;
	r->z = r->t;
	bpp_powers(&y, r->n + 2, r->y);
	open_vectors(r, mask, n);
	for (i = 0; e == 0 && i < out->rounds; i++)
		e = round_of(r, &out->l[i], &out->r[i]);
	return e != 0 ? e : finish(r, out);
}

enum err
bpp_prove(const uint64_t *amount, const struct scalar *mask, size_t n,
    struct noise *noise, struct arena *scratch, struct bpp *out)
{
	struct prover r = { .fold = 1, .noise = noise };
	struct bpp made = { .rounds = bpp_rounds(n) };
	size_t used = scratch->used;
	enum err e = ERR_SPACE;

	if (n == 0 || n > BPP_AMOUNTS)
		return ERR_RANGE;
	r.n = BPP_BITS * bpp_padded(n);
	r.g = arena_new(scratch, struct ge, r.n);
	r.h = arena_new(scratch, struct ge, r.n);
	r.a = arena_new(scratch, struct scalar, r.n);
	r.b = arena_new(scratch, struct scalar, r.n);
	r.y = arena_new(scratch, struct scalar, r.n + 2);
	r.k = arena_new(scratch, struct scalar, r.n + 2 * FOLD + 2);
	r.p = arena_new(scratch, struct ge, r.n + 2 * FOLD + 2);
	if (r.g != NULL && r.h != NULL && r.a != NULL && r.b != NULL &&
	    r.y != NULL && r.k != NULL && r.p != NULL)
		e = prove(&r, amount, mask, n, &made);
	if (e == 0)
		*out = made;
	arena_back(scratch, used);
	wipe(&r, sizeof(r));
	return e;
}
