#include "core/chain/bitcoin/desc.h"
#include "core/chain/bitcoin/request.h"

#define CONTROL_HEAD 33		/* BIP341: version and parity, internal key */

enum { OP_PUSH_20 = 0x14, OP_PUSH_32 = 0x20, OP_DO_EQUAL = 0x87,
	OP_DO_HASH160 = 0xa9, OP_WITNESS_1 = 0x51 };

static enum err
keys_at(const struct descriptor *d, uint32_t branch, uint32_t index,
    struct arena *a, struct built *b)
{
	struct xpub x;
	enum err e;
	size_t k;

	if ((b->key = arena_new(a, struct pubkey, d->nkey)) == NULL)
		return ERR_SPACE;
	for (k = 0; k < d->nkey; k++) {
		x = d->parent[branch * d->nkey + k];
		if (d->key[k].ranged &&
		    (e = xpub_child(&x, index, &x)) != 0)
			return e;
		b->key[k] = x.key;
	}
	return 0;
}

static enum err
script_bytes(const struct ms *m, const struct pubkey *key, struct arena *a,
    struct span *out)
{
	struct sink s = sink_to_count();
	uint8_t *p;
	size_t n;

	ms_put(&s, m, key);
	n = s.total;
	if ((p = arena_new(a, uint8_t, n)) == NULL)
		return ERR_SPACE;
	s = sink_to_buf(p, n);
	ms_put(&s, m, key);
	*out = span_of(p, n);
	return s.err;
}

static enum err
wsh_of(struct span code, struct arena *a, struct span *out)
{
	struct hash32 h;
	uint8_t *p = arena_new(a, uint8_t, 34);

	if (p == NULL)
		return ERR_SPACE;
	sha256(code, &h);
	p[0] = 0;
	p[1] = OP_PUSH_32;
	memcpy(p + 2, h.b, sizeof(h.b));
	*out = span_of(p, 34);
	return 0;
}

static enum err
sh_of(struct span redeem, struct arena *a, struct span *out)
{
	struct hash20 h;
	uint8_t *p = arena_new(a, uint8_t, 23);

	if (p == NULL)
		return ERR_SPACE;
	hash160(redeem, &h);
	p[0] = OP_DO_HASH160;
	p[1] = OP_PUSH_20;
	memcpy(p + 2, h.b, sizeof(h.b));
	p[22] = OP_DO_EQUAL;
	*out = span_of(p, 23);
	return 0;
}

static enum err
of_script(const struct descriptor *d, struct arena *a, struct built *b)
{
	enum err e;

	if ((e = script_bytes(d->code, b->key, a, &b->code)) != 0)
		return e;
	if (d->spend == SPEND_WSH)
		return wsh_of(b->code, a, &b->script);
	if (d->spend == SPEND_SH)
		b->redeem = b->code;
	else if ((e = wsh_of(b->code, a, &b->redeem)) != 0)
		return e;
	return sh_of(b->redeem, a, &b->script);
}

static enum err
of_key(const struct descriptor *d, struct arena *a, struct built *b)
{
	struct key_script *s = arena_new(a, struct key_script, 2);
	enum err e;

	if (s == NULL)
		return ERR_SPACE;
	if ((e = script_of_key(d->spend, &b->key[0], &s[0])) != 0)
		return e;
	b->script = key_script_span(&s[0]);
	if (d->spend != SPEND_SH_WPKH)
		return 0;
	if ((e = script_of_key(SPEND_WPKH, &b->key[0], &s[1])) != 0)
		return e;
	b->redeem = key_script_span(&s[1]);
	return 0;
}

struct growth {
	const struct descriptor	*d;
	struct built		*b;
	uint8_t			**control;
	size_t			 at;		/* leaf to come */
};

/* Onto the way up of these leaves. */
static void
climb(struct growth *g, size_t from, size_t to, const struct hash32 *h)
{
	for (; from < to; from++) {
		struct span *c = &g->b->leaf[from].control;

		memcpy(g->control[from] + c->n, h->b, sizeof(h->b));
		c->n += sizeof(h->b);
	}
}

static void
node(struct growth *g, unsigned depth, struct hash32 *out)
{
	size_t first = g->at, middle;
	struct hash32 left, right;

	if (g->d->leaf[g->at].depth == depth) {
		*out = g->b->leaf[g->at++].hash;
		return;
	}
	node(g, depth + 1, &left);
	middle = g->at;
	node(g, depth + 1, &right);
	climb(g, first, middle, &right);
	climb(g, middle, g->at, &left);
	leaf_branch(&left, &right, out);
}

static enum err
leaves(struct growth *g, struct arena *a)
{
	const struct descriptor *d = g->d;
	struct built_leaf *l;
	enum err e;
	size_t i;

	g->b->leaf = arena_new(a, struct built_leaf, d->nleaf);
	g->control = arena_new(a, uint8_t *, d->nleaf);
	if (g->b->leaf == NULL || g->control == NULL)
		return ERR_SPACE;
	for (i = 0; i < d->nleaf; i++) {
		l = &g->b->leaf[i];
		g->control[i] = arena_new(a, uint8_t, CONTROL_HEAD +
		    32 * (size_t)d->leaf[i].depth);
		if (g->control[i] == NULL)
			return ERR_SPACE;
		if ((e = script_bytes(d->leaf[i].ms, g->b->key, a,
		    &l->script)) != 0)
			return e;
		leaf_hash(LEAF_VERSION, l->script, &l->hash);
		l->control = span_of(g->control[i], CONTROL_HEAD);
	}
	return 0;
}

static enum err
of_taproot(const struct descriptor *d, struct arena *a, struct built *b)
{
	struct growth g = { .d = d, .b = b };
	struct xonly internal = xonly_of_pub(&b->key[0]), key;
	uint8_t parity, *p = arena_new(a, uint8_t, 34);
	struct hash32 root;
	enum err e;
	size_t i;

	if (p == NULL)
		return ERR_SPACE;
	if ((e = leaves(&g, a)) != 0)
		return e;
	if (d->nleaf > 0)
		node(&g, 0, &root);
	if ((e = tap_output(&internal, d->nleaf > 0 ? &root : NULL, &key,
	    &parity)) != 0)
		return e;
	for (i = 0; i < d->nleaf; i++) {
		g.control[i][0] = LEAF_VERSION | parity;
		memcpy(g.control[i] + 1, internal.b, sizeof(internal.b));
	}
	p[0] = OP_WITNESS_1;
	p[1] = OP_PUSH_32;
	memcpy(p + 2, key.b, sizeof(key.b));
	b->script = span_of(p, 34);
	return 0;
}

enum err
descriptor_build(const struct descriptor *d, uint32_t branch, uint32_t index,
    struct arena *a, struct built *out)
{
	struct built b = { 0 };
	enum err e;

	if (branch >= d->nbranch || index >= HARDENED)
		return ERR_RANGE;
	if ((e = keys_at(d, branch, index, a, &b)) != 0)
		return e;
	e = d->spend == SPEND_TR ? of_taproot(d, a, &b) :
	    spend_is_script(d->spend) ? of_script(d, a, &b) :
	    of_key(d, a, &b);
	if (e == 0)
		*out = b;
	return e;
}
