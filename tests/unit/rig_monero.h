/*
 * rig_monero.h - the keeper's part for a Monero wallet, with test keys.
 *
 *	source	design, section 2; core/keys/signatory.h
 *	shapes	one wallet, at most RIG_NONCES nonces not answered yet
 *	units	none
 *	owns	nothing
 *	errors	ERR_MISMATCH (not the key it was told), ERR_REFUSED
 *	secrets	test keys
 *	tests	this is for them
 */
#ifndef TESTS_UNIT_RIG_MONERO_H
#define TESTS_UNIT_RIG_MONERO_H

#include "core/crypto/noise.h"
#include "core/encode/hex.h"
#include "core/keys/monero.h"
#include "core/keys/signatory.h"

#define RIG_NONCES 256

struct rig_nonce {
	struct hash32	coin;
	struct scalar	x, alpha;
	bool		open;
};

struct rig_monero {
	struct monero_keys	keys;
	struct rig_nonce	nonce[RIG_NONCES];
	uint64_t		count;		/* of randomness drawn */
	bool			there;
};

/* The published wallet of the fixtures; its file key was computed by another
 * program than ours. */
#define RIG_SPEND							\
	"5eca8e65b51c19d6ae6413d1c8a9f37793d91d42e52b61efdc0938b7b1952901"
#define RIG_FILE_KEY							\
	"033a019f6519bccdd1a1913b4eab3017952ca9767131c5686d9116782b241b52"

static inline enum err
rig_monero_wallet(struct rig_monero *r, const char *spend,
    const char *file_key)
{
	struct secret32 seed;
	enum err e;
	size_t n;

	memset(r, 0, sizeof(*r));
	if ((e = hex_bytes(span_text(spend), seed.b, 32, &n)) != 0 ||
	    (e = monero_keys_of_seed(&seed, &r->keys)) != 0 ||
	    (e = hex_bytes(span_text(file_key), r->keys.viewer.file_key.b,
	    32, &n)) != 0)
		return e;
	r->there = true;
	return 0;
}

/* Not random, but never the same twice: a test can be repeated. */
static inline void
rig_monero_seed(struct rig_monero *r, struct secret32 *out)
{
	memset(out, 0x5a, sizeof(*out));
	r->count++;
	memcpy(out->b, &r->count, sizeof(r->count));
}

/* x = s + b + m, which must give the key that was named. */
static inline enum err
rig_one_time(const struct rig_monero *r, const struct sign_item *it,
    struct scalar *x)
{
	struct scalar s, b, m;
	struct point p;
	enum err e;

	if (it->key.path.n != 2)
		return ERR_RANGE;
	memcpy(s.b, it->digest.b, 32);
	memcpy(b.b, r->keys.spend.b, 32);
	monero_sub_secret(&r->keys.viewer, it->key.path.e[0],
	    it->key.path.e[1], &m);
	sc_add(&s, &b, x);
	sc_add(x, &m, x);
	if ((e = ed_base(x, &p)) != 0)
		return e;
	return memcmp(p.b, it->root.b, 32) == 0 ? ERR_NONE : ERR_MISMATCH;
}

/* k G and k Hp(P); the image; for the proof c || k - c x. */
static inline enum err
rig_image(struct rig_monero *r, struct sign_item *it, struct scalar *x,
    struct scalar *k, struct point *left, struct point *right)
{
	struct point hp, key, image;
	struct secret32 seed;
	struct noise n;
	enum err e;

	memcpy(key.b, it->root.b, 32);
	rig_monero_seed(r, &seed);
	noise_begin(&n, &seed, SPAN_OF(x->b), SPAN_OF(it->root.b));
	noise_scalar(&n, k);
	noise_end(&n);
	if ((e = hash_to_point(&key, &hp)) != 0 ||
	    (e = ed_mul(x, &hp, &image)) != 0 ||
	    (e = ed_base(k, left)) != 0 || (e = ed_mul(k, &hp, right)) != 0)
		return e;
	memcpy(it->image.b, image.b, 32);
	return 0;
}

static inline enum err
rig_key_image(struct rig_monero *r, struct sign_item *it)
{
	struct point left, right;
	struct scalar x, k, c, t;
	uint8_t buf[96];
	enum err e;

	if ((e = rig_one_time(r, it, &x)) != 0 ||
	    (e = rig_image(r, it, &x, &k, &left, &right)) != 0)
		return e;
	memcpy(buf, it->image.b, 32);
	memcpy(buf + 32, left.b, 32);
	memcpy(buf + 64, right.b, 32);
	hash_to_scalar(SPAN_OF(buf), &c);
	sc_mul(&c, &x, &t);
	sc_sub(&k, &t, &t);
	memcpy(it->sig.b, c.b, 32);
	memcpy(it->sig.b + 32, t.b, 32);
	return 0;
}

static inline enum err
rig_nonce(struct rig_monero *r, struct sign_item *it)
{
	struct point left, right;
	struct rig_nonce *free = NULL;
	struct scalar x, k;
	size_t i;
	enum err e;

	for (i = 0; i < RIG_NONCES; i++) {
		if (r->nonce[i].open &&
		    memcmp(r->nonce[i].coin.b, it->root.b, 32) == 0)
			return ERR_REFUSED;
		if (!r->nonce[i].open && free == NULL)
			free = &r->nonce[i];
	}
	if (free == NULL)
		return ERR_REFUSED;
	if ((e = rig_one_time(r, it, &x)) != 0 ||
	    (e = rig_image(r, it, &x, &k, &left, &right)) != 0)
		return e;
	*free = (struct rig_nonce){ .coin = it->root, .x = x, .alpha = k,
	    .open = true };
	memcpy(it->sig.b, left.b, 32);
	memcpy(it->sig.b + 32, right.b, 32);
	return 0;
}

/* s = alpha - e x - t, once. */
static inline enum err
rig_response(struct rig_monero *r, struct sign_item *it)
{
	struct scalar e, t;
	size_t i;

	for (i = 0; i < RIG_NONCES; i++) {
		struct rig_nonce *n = &r->nonce[i];

		if (!n->open || memcmp(n->coin.b, it->root.b, 32) != 0)
			continue;
		memcpy(e.b, it->digest.b, 32);
		memcpy(t.b, it->aux.b, 32);
		sc_mul(&e, &n->x, &e);
		sc_sub(&n->alpha, &e, &e);
		sc_sub(&e, &t, &e);
		memset(&it->sig, 0, sizeof(it->sig));
		memcpy(it->sig.b, e.b, 32);
		n->open = false;
		return 0;
	}
	return ERR_REFUSED;
}

static inline enum err
rig_monero_sign(struct rig_monero *r, struct sign_item *it)
{
	return it->kind == SIGN_KEY_IMAGE ? rig_key_image(r, it) :
	    it->kind == SIGN_CLSAG_NONCE ? rig_nonce(r, it) :
	    rig_response(r, it);
}

#endif
