#include "core/chain/bitcoin/request.h"

#define CONTROL_HEAD 33		/* version and parity, internal key */

void
leaf_hash(uint8_t version, struct span script, struct hash32 *out)
{
	struct sha256 h;
	struct sink s = sink_to_sha256(&h);

	tagged_begin(&h, "TapLeaf");
	put_u8(&s, version);
	put_compact_span(&s, script);
	sha256_end(&h, out);
}

void
leaf_branch(const struct hash32 *a, const struct hash32 *b,
    struct hash32 *out)
{
	bool swap = memcmp(a->b, b->b, sizeof(a->b)) > 0;
	struct sha256 h;

	tagged_begin(&h, "TapBranch");
	sha256_put(&h, SPAN_OF((swap ? b : a)->b));
	sha256_put(&h, SPAN_OF((swap ? a : b)->b));
	sha256_end(&h, out);
}

/* Up the path that a control block gives, to the root. */
static void
climb(struct tap_leaf *l)
{
	struct hash32 up;
	size_t at;

	l->root = l->hash;
	for (at = CONTROL_HEAD; at < l->control.n; at += sizeof(up.b)) {
		memcpy(up.b, l->control.p + at, sizeof(up.b));
		leaf_branch(&l->root, &up, &l->root);
	}
}

/* BIP341: does the coin's key come from this control block and leaf? */
static bool
committed(const struct coin_in *in, struct tap_leaf *l, uint8_t version)
{
	struct xonly internal, key;
	uint8_t parity;

	if ((l->control.p[0] & 0xfe) != version)
		return false;
	climb(l);
	memcpy(internal.b, l->control.p + 1, sizeof(internal.b));
	return tap_output(&internal, &l->root, &key, &parity) == 0 &&
	    span_eq(SPAN_OF(key.b), in->script.hash) &&
	    parity == (l->control.p[0] & 1) &&
	    (in->tap_internal.p == NULL ||
	    span_eq(in->tap_internal, SPAN_OF(internal.b))) &&
	    (in->tap_root.p == NULL ||
	    span_eq(in->tap_root, SPAN_OF(l->root.b)));
}

static void
take(struct coin_in *in, const struct psbt_entry *e)
{
	struct tap_leaf *l = &in->leaf[in->nleaf];
	uint8_t version = e->value.p[e->value.n - 1];

	l->control = e->data;
	l->script = span_of(e->value.p, e->value.n - 1);
	leaf_hash(version, l->script, &l->hash);
	if (!committed(in, l, version))
		in->traits |= TRAIT_BIT(TAPROOT_FALSE);
	else if (version == LEAF_VERSION)
		in->nleaf++;
}

enum err
leaf_read(const struct request *q, size_t i)
{
	const struct psbt_map *m = &q->psbt.in[i];
	struct coin_in *in = &q->in[i];
	size_t k, n = 0;

	for (k = 0; k < m->n; k++)
		n += m->e[k].type == IN_TAP_LEAF;
	if (in->script.kind != SCRIPT_TR || n == 0)
		return 0;
	if (n > LIMIT_LEAVES) {
		in->traits |= TRAIT_BIT(SCRIPT_UNSUPPORTED);
		return 0;
	}
	in->leaf = arena_new(q->review->arena, struct tap_leaf, n);
	if (in->leaf == NULL)
		return ERR_SPACE;
	for (k = 0; k < m->n; k++)
		if (m->e[k].type == IN_TAP_LEAF)
			take(in, &m->e[k]);
	return 0;
}

const struct tap_leaf *
leaf_find(const struct coin_in *in, struct span hash)
{
	size_t k;

	for (k = 0; k < in->nleaf; k++)
		if (span_eq(hash, SPAN_OF(in->leaf[k].hash.b)))
			return &in->leaf[k];
	return NULL;
}
