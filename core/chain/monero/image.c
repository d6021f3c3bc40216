#include "core/base/order.h"
#include "core/base/sink.h"
#include "core/chain/monero/image.h"

struct keyref
own_ref(const struct viewer *v, uint32_t account, uint32_t minor)
{
	return (struct keyref){ v->fpr, { 2, { account, minor } } };
}

/* c = Hs(I || rG + cP || r Hp(P) + c I), and l I = 0: no torsion in it. */
enum err
image_check(const struct point *key, const struct point *image,
    const struct sig64 *proof)
{
	struct point hp, left, right, t;
	struct scalar c, r, again;
	uint8_t buf[96];
	enum err e;

	memcpy(c.b, proof->b, 32);
	memcpy(r.b, proof->b + 32, 32);
	if ((e = sc_reduced(&c)) != 0 || (e = sc_reduced(&r)) != 0 ||
	    (e = hash_to_point(key, &hp)) != 0 ||
	    (e = ed_base(&r, &left)) != 0 ||
	    (e = ed_mul(&c, key, &t)) != 0 ||
	    (e = ed_add(&left, &t, &left)) != 0 ||
	    (e = ed_mul(&r, &hp, &right)) != 0 ||
	    (e = ed_mul(&c, image, &t)) != 0 ||
	    (e = ed_add(&right, &t, &right)) != 0)
		return e;
	memcpy(buf, image->b, 32);
	memcpy(buf + 32, left.b, 32);
	memcpy(buf + 64, right.b, 32);
	hash_to_scalar(SPAN_OF(buf), &again);
	if (memcmp(again.b, c.b, sizeof(c.b)) != 0)
		return ERR_MISMATCH;
	return ed_is_key(image) == 0 ? ERR_NONE : ERR_MISMATCH;
}

static enum err
ask_batch(const struct viewer *v, struct image_ask *ask, size_t n,
    struct signatory *who, struct sign_item *it)
{
	enum err e;
	size_t i;

	for (i = 0; i < n; i++) {
		it[i] = (struct sign_item){ .kind = SIGN_KEY_IMAGE,
		    .key = own_ref(v, ask[i].own.account, ask[i].own.minor) };
		memcpy(it[i].digest.b, ask[i].own.s.b, 32);
		memcpy(it[i].root.b, ask[i].key.b, 32);
	}
	if ((e = who->sign(who->ctx, it, n)) != 0)
		return e;
	for (i = 0; i < n; i++) {
		memcpy(ask[i].image.b, it[i].image.b, 32);
		ask[i].proof = it[i].sig;
		if ((e = image_check(&ask[i].key, &ask[i].image,
		    &ask[i].proof)) != 0)
			return e;
	}
	return 0;
}

enum err
images_ask(const struct viewer *v, struct image_ask *ask, size_t n,
    struct signatory *who, struct pace *pace, struct arena *a)
{
	struct sign_item *it = arena_new(a, struct sign_item, SIGN_BATCH);
	size_t i, k;
	enum err e;

	if (it == NULL)
		return ERR_SPACE;
	for (i = 0; i < n; i += k) {
		k = n - i < SIGN_BATCH ? n - i : SIGN_BATCH;
		if ((e = ask_batch(v, &ask[i], k, who, it)) != 0 ||
		    (e = pace_tick(pace, (uint32_t)(i + k),
		    (uint32_t)n)) != 0)
			return e;
	}
	return 0;
}

static int
by_plan(const void *ctx, uint32_t a, uint32_t b)
{
	const struct plan_row *row = ctx;

	return plan_cmp(&row[a], &row[b]);
}

/* Rows that name a coin name it once; others add up. */
enum err
plan_sorted(struct plan_row *row, size_t n, struct arena *a, struct plan *out)
{
	static const struct hash32 any;
	uint32_t *index = arena_new(a, uint32_t, n);
	struct plan_row *one = arena_new(a, struct plan_row, n), *last;
	struct plan p = { .row = one };
	size_t i;

	if (index == NULL || one == NULL)
		return ERR_SPACE;
	for (i = 0; i < n; i++)
		index[i] = (uint32_t)i;
	order_sort(index, n, by_plan, row);
	for (i = 0; i < n; i++) {
		const struct plan_row *r = &row[index[i]];

		last = p.n > 0 ? &one[p.n - 1] : NULL;
		if (last == NULL || plan_cmp(last, r) != 0)
			one[p.n++] = *r;
		else if (memcmp(r->coin.b, any.b, sizeof(any.b)) == 0)
			last->count += r->count;
	}
	*out = p;
	return 0;
}
