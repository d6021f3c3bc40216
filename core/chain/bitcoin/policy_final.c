#include "core/chain/bitcoin/request.h"

/* As many as are needed, in the order of their keys. */
static size_t
needed(const struct request *q, size_t i, const struct multi *m,
    const struct tap_leaf *leaf, struct span sig[LEAF_KEYS_MAX])
{
	size_t k, n = 0;

	for (k = 0; k < m->n; k++) {
		sig[k] = n < m->m ? policy_sig(q, i, multi_key(m, k), leaf) :
		    (struct span){ 0 };
		n += sig[k].n > 0;
	}
	return n;
}

void
policy_script_put(const struct request *q, size_t i, struct sink *s)
{
	const struct coin_in *in = &q->in[i];
	struct span sig[LEAF_KEYS_MAX];
	struct multi m;
	size_t k;

	if (in->spend == SPEND_SH_WSH)
		final_push(s, in->redeem);
	if (in->spend != SPEND_SH || !multi_read(in->code, &m))
		return;
	(void)needed(q, i, &m, NULL, sig);
	put_u8(s, 0);		/* CHECKMULTISIG takes one too many */
	for (k = 0; k < m.n; k++)
		if (sig[k].n > 0)
			final_push(s, sig[k]);
	final_push(s, in->code);
}

/* BIP342: the last key's signature comes first, an empty one for each key
 * that did not sign. */
static void
put_leaf(const struct request *q, size_t i, struct sink *s)
{
	struct span sig[LEAF_KEYS_MAX];
	const struct tap_leaf *leaf;
	struct multi m;
	size_t k;

	if ((leaf = policy_leaf(q, i, &m)) == NULL)
		return;
	(void)needed(q, i, &m, leaf, sig);
	put_compact(s, m.n + 2);
	for (k = m.n; k-- > 0;)
		put_compact_span(s, sig[k]);
	put_compact_span(s, leaf->script);
	put_compact_span(s, leaf->control);
}

/* What the wallet's own script asks for, then the script. */
static void
put_wallet(const struct request *q, size_t i, struct sink *s)
{
	struct arena scratch = *q->review->arena;
	const struct built_leaf *leaf;
	struct ms_witness w;
	size_t k;

	if (wallet_satisfy(q, i, &scratch, &w, &leaf) != 0)
		return;
	put_compact(s, w.n + (leaf == NULL ? 1 : 2));
	for (k = 0; k < w.n; k++)
		put_compact_span(s, w.item[k]);
	put_compact_span(s, leaf == NULL ? q->in[i].code : leaf->script);
	if (leaf != NULL)
		put_compact_span(s, leaf->control);
}

void
policy_witness_put(const struct request *q, size_t i, struct sink *s)
{
	const struct coin_in *in = &q->in[i];
	struct span sig[LEAF_KEYS_MAX];
	struct multi m;
	size_t k;

	if (in->spot != NULL && (in->spend == SPEND_TR ||
	    !multi_read(in->code, &m))) {
		put_wallet(q, i, s);
		return;
	}
	if (in->spend == SPEND_TR) {
		put_leaf(q, i, s);
		return;
	}
	if (!multi_read(in->code, &m))
		return;
	put_compact(s, needed(q, i, &m, NULL, sig) + 2);
	put_compact(s, 0);
	for (k = 0; k < m.n; k++)
		if (sig[k].n > 0)
			put_compact_span(s, sig[k]);
	put_compact_span(s, in->code);
}
