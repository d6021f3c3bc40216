#include <string.h>

#include "core/crypto/ge25519.h"

const struct point ed_g = { { 0x58, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
    0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
    0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
    0x66 } };
/* Monero's second generator: eight times what K(G) decodes to. */
const struct point ed_h = { { 0x8b, 0x65, 0x59, 0x70, 0x15, 0x37, 0x99, 0xaf,
    0x2a, 0xea, 0xdc, 0x9f, 0xf1, 0xad, 0xd0, 0xea, 0x6c, 0x72, 0x51, 0xd5,
    0x41, 0x54, 0xcf, 0xa9, 0x2c, 0x17, 0x3a, 0x0d, 0xd3, 0x9c, 0x1f,
    0x94 } };
const struct point ed_identity = { { 1 } };

enum err
ed_decodes(const struct point *p)
{
	struct ge g;

	return ge_of_point(p, &g);
}

/* l - 1 of it is minus it. */
enum err
ed_is_key(const struct point *p)
{
	struct scalar minus;
	struct point again;
	struct ge g;
	enum err e;

	if ((e = ge_of_point(p, &g)) != 0)
		return e;
	sc_neg(&sc_one, &minus);
	ge_sum_public(&minus, &g, 1, &g);
	ge_neg(&g, &g);
	ge_point(&g, &again);
	return point_eq(p, &again) && !point_eq(p, &ed_identity) ? ERR_NONE :
	    ERR_KEY;
}

bool
point_eq(const struct point *a, const struct point *b)
{
	return ct_equal(a->b, b->b, sizeof(a->b));
}

enum err
ed_base(const struct scalar *k, struct point *out)
{
	return ed_mul(k, &ed_g, out);
}

enum err
ed_mul(const struct scalar *k, const struct point *p, struct point *out)
{
	struct ge g;
	enum err e;

	if ((e = ge_of_point(p, &g)) == 0) {
		ge_mul(k, &g, &g);
		ge_point(&g, out);
	}
	wipe(&g, sizeof(g));
	return e;
}

enum err
ed_mul8(const struct point *p, struct point *out)
{
	struct ge g;
	enum err e;

	if ((e = ge_of_point(p, &g)) != 0)
		return e;
	ge_mul8(&g, &g);
	ge_point(&g, out);
	return 0;
}

/* a + b, or a - b. */
static enum err
join(const struct point *a, const struct point *b,
    void how(const struct ge *, const struct ge_ready *, struct ge *),
    struct point *out)
{
	struct ge g, h;
	struct ge_ready ready;
	enum err e;

	if ((e = ge_of_point(a, &g)) != 0 || (e = ge_of_point(b, &h)) != 0)
		return e;
	ge_make_ready(&h, &ready);
	how(&g, &ready, &g);
	ge_point(&g, out);
	return 0;
}

enum err
ed_add(const struct point *a, const struct point *b, struct point *out)
{
	return join(a, b, ge_add, out);
}

enum err
ed_sub(const struct point *a, const struct point *b, struct point *out)
{
	return join(a, b, ge_sub, out);
}

enum err
ed_commit(const struct scalar *a, const struct scalar *b, struct point *out)
{
	struct ed_term t[2] = { { *a, ed_g }, { *b, ed_h } };
	enum err e = ed_sum(t, 2, out);

	wipe(t, sizeof(t));
	return e;
}

#define AT_ONCE 64		/* terms decoded at a time */

struct decoded {
	struct scalar	k[AT_ONCE];
	struct ge	p[AT_ONCE];
};

static enum err
sum_terms(const struct ed_term *t, size_t n, struct decoded *d,
    void how(const struct scalar *, const struct ge *, size_t, struct ge *),
    struct ge *sum)
{
	struct ge_ready ready;
	struct ge part;
	size_t i, j, now;
	enum err e;

	*sum = ge_identity;
	for (i = 0; i < n; i += now) {
		now = n - i < AT_ONCE ? n - i : AT_ONCE;
		for (j = 0; j < now; j++) {
			if ((e = ge_of_point(&t[i + j].p, &d->p[j])) != 0)
				return e;
			d->k[j] = t[i + j].k;
		}
		how(d->k, d->p, now, &part);
		ge_make_ready(&part, &ready);
		ge_add(sum, &ready, sum);
	}
	return 0;
}

enum err
ed_sum(const struct ed_term *t, size_t n, struct point *out)
{
	struct decoded d;
	struct ge sum;
	enum err e;

	if ((e = sum_terms(t, n, &d, ge_sum, &sum)) == 0)
		ge_point(&sum, out);
	wipe(&d, sizeof(d));
	return e;
}

enum err
ed_sum_public(const struct ed_term *t, size_t n, struct point *out)
{
	struct decoded d;
	struct ge sum;
	enum err e;

	if ((e = sum_terms(t, n, &d, ge_sum_public, &sum)) == 0)
		ge_point(&sum, out);
	return e;
}
