#include "core/chain/monero/bpp_parts.h"

/* What is read and put together while one proof is verified. */
struct check {
	const struct bpp *p;
	size_t		 n;		/* bits of all amounts, padded */
	size_t		 m;		/* amounts, padded */
	struct scalar	 y, z, e;	/* challenges; e is the last */
	struct scalar	 round[BPP_ROUNDS], round_inv[BPP_ROUNDS];
	struct scalar	 e2, z2, y_end;	/* y^(n + 1) */
	struct scalar	 *k;		/* the terms of one sum */
	struct ge	 *pt;
	size_t		 terms;
};

static void
term(struct check *c, const struct scalar *k, const struct ge *p)
{
	c->k[c->terms] = *k;
	c->pt[c->terms++] = *p;
}

/* -k times eight times a point of the proof. */
static enum err
minus_eight(struct check *c, const struct scalar *k, const struct point *p)
{
	struct scalar minus;
	struct ge g;

	if (ge_of_point(p, &g) != 0)
		return ERR_KEY;
	ge_mul8(&g, &g);
	sc_neg(k, &minus);
	term(c, &minus, &g);
	return 0;
}

static enum err
challenges(struct check *c, const struct point *v, size_t n)
{
	const struct bpp *p = c->p;
	struct scalar t;
	enum err e;
	size_t i;

	bpp_begin(v, n, &t);
	if ((e = bpp_yz(&t, &p->a, &c->y)) != 0)
		return e;
	c->z = t;
	for (i = 0; i < p->rounds; i++) {
		if ((e = bpp_challenge(&t, &p->l[i], &p->r[i])) != 0)
			return e;
		c->round[i] = t;
		sc_invert(&t, &c->round_inv[i]);
	}
	if ((e = bpp_challenge(&t, &p->a1, &p->b)) != 0)
		return e;
	c->e = t;
	sc_mul(&t, &t, &c->e2);
	sc_mul(&c->z, &c->z, &c->z2);
	return 0;
}

/* -B - e A1 - e^2 A, -e^2 z^(2j) y^(n + 1) V_j, and L and R of each round. */
static enum err
proof_terms(struct check *c, const struct point *v, size_t n)
{
	const struct bpp *p = c->p;
	struct scalar k, zz;
	enum err e;
	size_t i;

	if ((e = minus_eight(c, &sc_one, &p->b)) != 0 ||
	    (e = minus_eight(c, &c->e, &p->a1)) != 0 ||
	    (e = minus_eight(c, &c->e2, &p->a)) != 0)
		return e;
	sc_mul(&c->e2, &c->y_end, &zz);
	for (i = 0; i < n; i++) {
		sc_mul(&zz, &c->z2, &zz);
		if ((e = minus_eight(c, &zz, &v[i])) != 0)
			return e;
	}
	for (i = 0; i < p->rounds; i++) {
		sc_mul(&c->round[i], &c->round[i], &k);
		sc_mul(&k, &c->e2, &k);
		if ((e = minus_eight(c, &k, &p->l[i])) != 0)
			return e;
		sc_mul(&c->round_inv[i], &c->round_inv[i], &k);
		sc_mul(&k, &c->e2, &k);
		if ((e = minus_eight(c, &k, &p->r[i])) != 0)
			return e;
	}
	return 0;
}

/* d1 G + (r1 y s1 + e^2 (y^(n+1) z sum d + (z^2 - z) sum y^i)) H */
static enum err
base_terms(struct check *c, const struct scalar *y_pow)
{
	struct scalar sum = sc_zero, d = sc_zero, k, zz = sc_one, ones;
	struct ge g;
	size_t i;

	sc_of_u64(UINT64_MAX, &ones);
	for (i = 0; i < c->m; i++) {
		sc_mul(&zz, &c->z2, &zz);
		sc_muladd(&zz, &ones, &d, &d);
	}
	for (i = 1; i <= c->n; i++)
		sc_add(&sum, &y_pow[i], &sum);
	sc_sub(&c->z2, &c->z, &k);
	sc_mul(&k, &sum, &k);
	sc_mul(&d, &c->z, &d);
	sc_muladd(&d, &c->y_end, &k, &k);
	sc_mul(&k, &c->e2, &k);
	sc_mul(&c->p->r1, &c->p->s1, &d);
	sc_muladd(&d, &c->y, &k, &k);
	if (ge_of_point(&ed_h, &g) != 0)
		return ERR_INTERNAL;
	term(c, &k, &g);
	if (ge_of_point(&ed_g, &g) != 0)
		return ERR_INTERNAL;
	term(c, &c->p->d1, &g);
	return 0;
}

/* Entry i: for each round its challenge where that bit of i (the highest
 * first) is set, else the inverse; all multiplied. */
static void
products(const struct check *c, struct scalar *s)
{
	size_t j, i, n = 1;

	s[0] = sc_one;
	for (j = 0; j < c->p->rounds; j++, n *= 2)
		for (i = n; i-- > 0;) {
			sc_mul(&s[i], &c->round[j], &s[2 * i + 1]);
			sc_mul(&s[i], &c->round_inv[j], &s[2 * i]);
		}
}

/* (e r1 y^-i s_i + e^2 z) G_i +
 * (e s1 s_(n-1-i) - e^2 z - e^2 y^(n-i) z^(2(j+1)) 2^(i mod 64)) H_i */
static enum err
generator_terms(struct check *c, const struct scalar *y_pow, struct scalar *s)
{
	struct scalar r, s1, e2z, y_inv, k, d = sc_one, zz = c->e2;
	struct ge *g = c->pt + c->terms, *h = g + c->n;
	size_t i;
	enum err e;

	if ((e = bpp_generators(c->n, g, h)) != 0)
		return e;
	products(c, s);
	sc_mul(&c->e, &c->p->r1, &r);
	sc_mul(&c->e, &c->p->s1, &s1);
	sc_mul(&c->e2, &c->z, &e2z);
	sc_invert(&c->y, &y_inv);
	for (i = 0; i < c->n; i++) {
		sc_muladd(&r, &s[i], &e2z, &c->k[c->terms + i]);
		sc_mul(&r, &y_inv, &r);
		if (i % BPP_BITS == 0) {
			sc_mul(&zz, &c->z2, &zz);
			d = zz;
		} else {
			sc_add(&d, &d, &d);
		}
		sc_muladd(&d, &y_pow[c->n - i], &e2z, &k);
		sc_neg(&k, &k);
		sc_muladd(&s1, &s[c->n - 1 - i], &k,
		    &c->k[c->terms + c->n + i]);
	}
	c->terms += 2 * c->n;
	return 0;
}

static enum err
check(struct check *c, const struct point *v, size_t n, struct scalar *y_pow,
    struct scalar *s)
{
	struct ge sum;
	struct point out;
	enum err e;

	if ((e = challenges(c, v, n)) != 0)
		return e;
	bpp_powers(&c->y, c->n + 2, y_pow);
	c->y_end = y_pow[c->n + 1];
	if ((e = proof_terms(c, v, n)) != 0 || (e = base_terms(c, y_pow)) != 0
	    || (e = generator_terms(c, y_pow, s)) != 0)
		return e;
	ge_sum_public(c->k, c->pt, c->terms, &sum);
	ge_point(&sum, &out);
	return point_eq(&out, &ed_identity) ? ERR_NONE : ERR_MISMATCH;
}

enum err
bpp_verify(const struct bpp *p, const struct point *commit, size_t n,
    struct arena *scratch)
{
	struct check c = { .p = p, .m = bpp_padded(n) };
	struct scalar *y_pow, *s;
	struct point v[BPP_AMOUNTS];
	size_t i, most, used = scratch->used;
	enum err e = 0;

	if (n == 0 || n > BPP_AMOUNTS || p->rounds != bpp_rounds(n))
		return ERR_RANGE;
	if (sc_reduced(&p->r1) != 0 || sc_reduced(&p->s1) != 0 ||
	    sc_reduced(&p->d1) != 0)
		return ERR_KEY;
	c.n = BPP_BITS * c.m;
	most = 2 * c.n + 2 * p->rounds + n + 5;
	c.k = arena_new(scratch, struct scalar, most);
	c.pt = arena_new(scratch, struct ge, most);
	y_pow = arena_new(scratch, struct scalar, c.n + 2);
	s = arena_new(scratch, struct scalar, c.n);
	if (c.k == NULL || c.pt == NULL || y_pow == NULL || s == NULL)
		e = ERR_SPACE;
	for (i = 0; e == 0 && i < n; i++)
		e = ed_mul(&sc_eighth, &commit[i], &v[i]);
	if (e == 0)
		e = check(&c, v, n, y_pow, s);
	arena_back(scratch, used);
	return e;
}
