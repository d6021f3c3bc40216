#include "core/base/secret.h"
#include "core/crypto/ge25519.h"

const struct ge ge_identity = { { { 0 } }, { { 1 } }, { { 1 } }, { { 0 } } };

const struct fe ge_d = { { 0x34dca135978a3, 0x1a8283b156ebd,
    0x5e7a26001c029, 0x739c663a03cbb, 0x52036cee2b6ff } };
static const struct fe twice_d = { { 0x69b9426b2f159, 0x35050762add7a,
    0x3cf44c0038052, 0x6738cc7407977, 0x2406d9dc56dff } };

/* x^2 = (y^2 - 1) / (d y^2 + 1); x = 0 has no odd one. */
uint32_t
ge_of_y(const struct fe *y, uint32_t odd, struct ge *r)
{
	struct fe u, v, minus;
	uint32_t good;

	fe_sq(y, &v);
	fe_sub(&v, &fe_one, &u);
	fe_mul(&v, &ge_d, &v);
	fe_add(&v, &fe_one, &v);
	good = fe_sqrt_ratio(&u, &v, &r->x);
	fe_neg(&r->x, &minus);
	fe_pick(&r->x, &minus, fe_is_odd(&r->x) ^ odd);
	good &= 1 ^ (fe_is_odd(&r->x) ^ odd);
	r->y = *y;
	r->z = fe_one;
	fe_mul(&r->x, &r->y, &r->t);
	return good;
}

enum err
ge_of_point(const struct point *p, struct ge *r)
{
	struct point again;
	struct fe y;
	uint32_t good;
	size_t i;

	fe_of_bytes(p->b, &y);
	fe_bytes(&y, again.b);
	again.b[31] |= p->b[31] & 0x80;
	good = 0;
	for (i = 0; i < sizeof(again.b); i++)	/* is y below p? */
		good |= (uint32_t)(again.b[i] ^ p->b[i]);
	good = ge_of_y(&y, p->b[31] >> 7, r) & ((good - 1) >> 31);
	ct_public(&good, sizeof(good));
	return good == 1 ? ERR_NONE : ERR_KEY;
}

void
ge_point(const struct ge *p, struct point *out)
{
	struct fe z, x, y;

	fe_invert(&p->z, &z);
	fe_mul(&p->x, &z, &x);
	fe_mul(&p->y, &z, &y);
	fe_bytes(&y, out->b);
	out->b[31] |= (uint8_t)(fe_is_odd(&x) << 7);
}

void
ge_make_ready(const struct ge *p, struct ge_ready *r)
{
	fe_add(&p->y, &p->x, &r->sum);
	fe_sub(&p->y, &p->x, &r->diff);
	fe_add(&p->z, &p->z, &r->z2);
	fe_mul(&p->t, &twice_d, &r->td2);
}

/* From E, F, G, H of the paper to three coordinates, and to the fourth. */
static inline void
finish(const struct fe *e, const struct fe *f, const struct fe *g,
    const struct fe *h, bool t, struct ge *r)
{
	fe_mul(e, f, &r->x);
	fe_mul(g, h, &r->y);
	fe_mul(f, g, &r->z);
	if (t)
		fe_mul(e, h, &r->t);
}

void
ge_add(const struct ge *p, const struct ge_ready *q, struct ge *r)
{
	struct fe a, b, c, d, e, f, g, h;

	fe_sub(&p->y, &p->x, &a);
	fe_mul(&a, &q->diff, &a);
	fe_add(&p->y, &p->x, &b);
	fe_mul(&b, &q->sum, &b);
	fe_mul(&p->t, &q->td2, &c);
	fe_mul(&p->z, &q->z2, &d);
	fe_sub(&b, &a, &e);
	fe_sub(&d, &c, &f);
	fe_add(&d, &c, &g);
	fe_add(&b, &a, &h);
	finish(&e, &f, &g, &h, true, r);
}

void
ge_sub(const struct ge *p, const struct ge_ready *q, struct ge *r)
{
	struct ge_ready minus = { q->diff, q->sum, q->z2, q->td2 };

	fe_neg(&minus.td2, &minus.td2);
	ge_add(p, &minus, r);
}

/* T is not asked for, and is made only where it will be. */
static inline void
twice(const struct ge *p, bool t, struct ge *r)
{
	struct fe a, b, c, e, f, g, h;

	fe_sq(&p->x, &a);
	fe_sq(&p->y, &b);
	fe_sq(&p->z, &c);
	fe_add(&c, &c, &c);
	fe_add(&p->x, &p->y, &e);
	fe_sq(&e, &e);
	fe_add(&a, &b, &h);
	fe_sub(&h, &e, &e);
	fe_sub(&a, &b, &g);
	fe_add(&c, &g, &f);
	finish(&e, &f, &g, &h, t, r);
}

void
ge_double(const struct ge *p, struct ge *r)
{
	twice(p, true, r);
}

void
ge_doubles(const struct ge *p, size_t times, struct ge *r)
{
	if (times == 0) {
		*r = *p;
		return;
	}
	for (; times > 1; times--, p = r)
		twice(p, false, r);
	twice(p, true, r);
}

void
ge_mul8(const struct ge *p, struct ge *r)
{
	ge_doubles(p, 3, r);
}

void
ge_neg(const struct ge *p, struct ge *r)
{
	*r = *p;
	fe_neg(&p->x, &r->x);
	fe_neg(&p->t, &r->t);
}
