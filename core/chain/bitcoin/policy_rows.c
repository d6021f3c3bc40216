#include "core/base/order.h"
#include "core/base/reader.h"
#include "core/chain/bitcoin/policy_text.h"

#define DEPTH_MAX 128		/* BIP341 */

/* Do these leaves make up a whole tree?  Two of a depth are one above. */
static bool
whole_tree(const struct policy_of *of)
{
	size_t count[DEPTH_MAX + 1] = { 0 };
	size_t d, k;

	for (k = 0; k < of->nleaf; k++)
		count[of->leaf[k].depth]++;
	for (d = DEPTH_MAX; d > 0; d--) {
		if (count[d] % 2 != 0)
			return false;
		count[d - 1] += count[d] / 2;
	}
	return count[0] == 1;
}

static enum err
input_of(const struct request *q, size_t i, struct arena *a,
    struct policy_of *of)
{
	const struct coin_in *in = &q->in[i];
	size_t k;

	*of = (struct policy_of){ .map = &q->psbt.in[i], .spend = in->spend,
	    .code = in->code, .internal = in->tap_internal };
	if (in->spend != SPEND_TR)
		return 0;
	of->leaf = arena_new(a, struct policy_leaf, in->nleaf);
	if (of->leaf == NULL)
		return ERR_SPACE;
	for (k = 0; k < in->nleaf; k++) {
		struct span c = in->leaf[k].control;

		of->leaf[k] = (struct policy_leaf){ in->leaf[k].script,
		    LEAF_VERSION, (unsigned)((c.n - 33) / 32) };
		of->internal = span_of(c.p + 1, 32);
	}
	of->nleaf = in->nleaf;
	of->partial = !whole_tree(of);
	return 0;
}

/* BIP371: depth first; two of a depth make the one above. */
static bool
tree_root(struct span tree, struct policy_of *of, struct hash32 *root)
{
	struct reader r = reader_of(tree);
	struct { struct hash32 h; unsigned depth; } up[DEPTH_MAX + 2];
	size_t n = 0;

	while (reader_left(&r) > 0 && of->nleaf < LIMIT_LEAVES &&
	    n < DEPTH_MAX + 1) {
		struct policy_leaf *l = &of->leaf[of->nleaf++];

		l->depth = read_u8(&r);
		l->version = read_u8(&r);
		l->script = read_compact_span(&r);
		leaf_hash(l->version, l->script, &up[n].h);
		up[n++].depth = l->depth;
		for (; n > 1 && up[n - 1].depth == up[n - 2].depth; n--) {
			leaf_branch(&up[n - 2].h, &up[n - 1].h, &up[n - 2].h);
			if (up[n - 2].depth-- == 0)
				return false;
		}
	}
	if (reader_done(&r) != 0 || n != 1 || up[0].depth != 0)
		return false;
	*root = up[0].h;
	return true;
}

static enum err
taproot_of(const struct request *q, size_t i, struct arena *a,
    struct policy_of *of)
{
	const struct coin_out *out = &q->out[i];
	struct xonly internal, key;
	struct hash32 root;
	uint8_t parity;

	if (out->tap_internal.p == NULL || out->tap_tree.p == NULL)
		return 0;
	of->leaf = arena_new(a, struct policy_leaf, LIMIT_LEAVES);
	if (of->leaf == NULL)
		return ERR_SPACE;
	memcpy(internal.b, out->tap_internal.p, sizeof(internal.b));
	if (!tree_root(out->tap_tree, of, &root) ||
	    tap_output(&internal, &root, &key, &parity) != 0 ||
	    !span_eq(SPAN_OF(key.b), out->script.hash))
		return 0;
	of->internal = out->tap_internal;
	of->spend = SPEND_TR;
	return 0;
}

/* .spend is SPEND_NONE where the file does not show what the output is. */
static enum err
output_of(const struct request *q, size_t i, struct arena *a,
    struct policy_of *of)
{
	const struct coin_out *out = &q->out[i];
	struct coin_in as = { .script = out->script, .redeem = out->redeem,
	    .wscript = out->wscript };

	*of = (struct policy_of){ .map = &q->psbt.out[i], .output = true };
	if (out->script.kind == SCRIPT_TR)
		return taproot_of(q, i, a, of);
	policy_form(&as);
	of->spend = as.spend;
	of->code = as.code;
	return 0;
}

/* Is our key where a signature of ours would be asked for? */
static bool
holds(const struct policy_of *of, const struct pubkey *pub)
{
	struct xonly x = xonly_of_pub(pub);
	size_t k;

	if (of->spend != SPEND_TR)
		return script_holds(of->code, SPAN_OF(pub->b));
	for (k = 0; k < of->nleaf; k++)
		if (script_holds(of->leaf[k].script, SPAN_OF(x.b)))
			return true;
	return span_eq(of->internal, SPAN_OF(x.b));
}

/*
 * Change as far as can be told without a registered wallet: the script is the
 * output's, our key is in it, and in words it is that of every coin of ours
 * here (known attack 5).  Who holds the other keys only the file says: so it
 * stays claimed, and anything else is a payment.
 */
static enum err
judge_output(const struct request *q, size_t i, const struct pubring *ring,
    const char *wallet, struct arena *a)
{
	struct coin_out *out = &q->out[i];
	struct policy_of of;
	const char *text;
	enum err e;

	if ((e = output_of(q, i, a, &of)) != 0 || of.spend == SPEND_NONE)
		return e;
	if (!holds(&of, &out->pub)) {
		out->traits |= TRAIT_BIT(CHANGE_FALSE);
		return 0;
	}
	if (wallet == NULL)
		return 0;
	if ((e = policy_text(&of, ring, a, &text)) != 0)
		return e;
	if (strcmp(text, wallet) == 0 && out->traits == 0) {
		out->claimed = true;
		out->traits |= own_path_network(&out->key.path,
		    q->review->network);
	}
	return 0;
}

static int
text_cmp(const void *ctx, uint32_t a, uint32_t b)
{
	const char *const *text = ctx;

	return strcmp(text[a], text[b]);
}

/* The words for a coin, unless they are the last one's again. */
static enum err
add_text(const struct request *q, size_t i, const struct pubring *ring,
    struct arena *a)
{
	struct review *v = q->review;
	size_t used = a->used;
	struct policy_of of;
	const char *text;
	char *kept;
	enum err e;

	if ((e = input_of(q, i, a, &of)) != 0 ||
	    (e = policy_text(&of, ring, a, &text)) != 0)
		return e;
	if (v->npolicy > 0 && strcmp(text, v->policy[v->npolicy - 1]) == 0) {
		a->used = used;
		return 0;
	}
	kept = (char *)a->base + used;
	memmove(kept, text, strlen(text) + 1);
	a->used = used + strlen(kept) + 1;
	v->policy[v->npolicy++] = kept;
	return 0;
}

/* Each kind of wallet once. */
static enum err
drop_repeated(struct review *v, struct arena *a)
{
	uint32_t *index = arena_new(a, uint32_t, v->npolicy);
	const char **once = arena_new(a, const char *, v->npolicy);
	size_t i, n = 0;

	if (index == NULL || once == NULL)
		return ERR_SPACE;
	for (i = 0; i < v->npolicy; i++)
		index[i] = (uint32_t)i;
	order_sort(index, v->npolicy, text_cmp, v->policy);
	for (i = 0; i < v->npolicy; i++)
		if (n == 0 || strcmp(once[n - 1], v->policy[index[i]]) != 0)
			once[n++] = v->policy[index[i]];
	v->policy = once;
	v->npolicy = n;
	return 0;
}

enum err
policy_rows(const struct request *q, const struct pubring *ring,
    struct arena *a)
{
	struct review *v = q->review;
	size_t i, used, alone = 0, several = 0;
	enum err e;

	for (i = 0; i < q->psbt.tx.nin; i++) {
		alone += q->in[i].ours && q->in[i].own == NULL;
		several += q->in[i].own != NULL && q->in[i].spot == NULL;
	}
	if ((v->policy = arena_new(a, const char *, several)) == NULL)
		return ERR_SPACE;
	for (i = 0; i < q->psbt.tx.nin; i++)
		if (q->in[i].own != NULL && q->in[i].spot == NULL &&
		    (e = add_text(q, i, ring, a)) != 0)
			return e;
	if ((e = drop_repeated(v, a)) != 0)
		return e;
	for (i = 0; i < q->psbt.tx.nout; i++) {
		if (!q->out[i].maybe || q->out[i].ours)
			continue;
		used = a->used;
		if ((e = judge_output(q, i, ring, v->npolicy == 1 &&
		    alone == 0 ? v->policy[0] : NULL, a)) != 0)
			return e;
		a->used = used;
	}
	return 0;
}
