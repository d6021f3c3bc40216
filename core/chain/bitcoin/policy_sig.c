#include "core/chain/bitcoin/request.h"

static bool
is_there(const struct psbt_map *m, uint64_t type, struct span data)
{
	size_t k;

	for (k = 0; k < m->n; k++)
		if (m->e[k].type == type && span_eq(m->e[k].data, data))
			return true;
	return false;
}

/* A leaf's signature: its key must be in that leaf, and the leaf the coin's. */
static enum err
check_leaf(const struct request *q, size_t i, const struct psbt_entry *e)
{
	struct span key = span_of(e->data.p, 32);
	const struct tap_leaf *l = leaf_find(&q->in[i],
	    span_of(e->data.p + 32, 32));

	if (l == NULL || !script_holds(l->script, key))
		return ERR_MISMATCH;
	return sig_leaf_verify(q, i, l, key, e->value);
}

/* Whoever signed, each signature must hold; which of ours are there? */
void
policy_present(const struct request *q, size_t i)
{
	const struct psbt_map *m = &q->psbt.in[i];
	struct coin_in *in = &q->in[i];
	bool code = spend_is_script(in->spend);
	struct own_sig *s;
	enum err e = 0;
	size_t k;

	for (k = 0; k < m->n; k++) {
		if (code && m->e[k].type == IN_PARTIAL_SIG)
			e = sig_verify(q, i, m->e[k].data, m->e[k].value);
		else if (in->spend == SPEND_TR &&
		    m->e[k].type == IN_TAP_SCRIPT_SIG)
			e = check_leaf(q, i, &m->e[k]);
		if (e != 0)
			in->traits |= TRAIT_BIT(SIG_FALSE);
		e = 0;
	}
	for (s = in->own; s != NULL; s = s->next)
		s->there = s->kind == SIGN_ECDSA ?
		    is_there(m, IN_PARTIAL_SIG, SPAN_OF(s->pub.b)) :
		    s->kind == SIGN_SCHNORR ?
		    is_there(m, IN_TAP_SCRIPT_SIG, SPAN_OF(s->id)) :
		    in->tap_sig.p != NULL;
	if (!in->complete)
		in->complete = policy_complete(q, i);
}

struct span
policy_sig(const struct request *q, size_t i, struct span key,
    const struct tap_leaf *leaf)
{
	const struct psbt_map *m = &q->psbt.in[i];
	const struct own_sig *s;
	size_t k;

	for (k = 0; k < m->n; k++) {
		const struct psbt_entry *e = &m->e[k];

		if (leaf == NULL && e->type == IN_PARTIAL_SIG &&
		    span_eq(e->data, key))
			return e->value;
		if (leaf != NULL && e->type == IN_TAP_SCRIPT_SIG &&
		    span_eq(span_of(e->data.p, 32), key) &&
		    span_eq(span_of(e->data.p + 32, 32),
		    SPAN_OF(leaf->hash.b)))
			return e->value;
	}
	for (s = q->in[i].own; s != NULL; s = s->next) {
		struct span is = leaf == NULL ? SPAN_OF(s->pub.b) :
		    span_of(s->id, 32);

		if (s->leaf == leaf && s->value.n > 0 && span_eq(is, key))
			return s->value;
	}
	return (struct span){ 0 };
}

static bool
enough(const struct request *q, size_t i, const struct multi *m,
    const struct tap_leaf *leaf)
{
	size_t k, n = 0;

	for (k = 0; k < m->n; k++)
		n += policy_sig(q, i, multi_key(m, k), leaf).n > 0;
	return n >= m->m;
}

const struct tap_leaf *
policy_leaf(const struct request *q, size_t i, struct multi *m)
{
	const struct coin_in *in = &q->in[i];
	size_t k;

	for (k = 0; k < in->nleaf; k++)
		if (multi_leaf_read(in->leaf[k].script, m) &&
		    enough(q, i, m, &in->leaf[k]))
			return &in->leaf[k];
	return NULL;
}

static bool
by_wallet(const struct request *q, size_t i)
{
	struct arena scratch = *q->review->arena;
	const struct built_leaf *leaf;
	struct ms_witness w;

	return wallet_satisfy(q, i, &scratch, &w, &leaf) == 0;
}

/* Of the templates that we know and of registered wallets; the rest is for
 * the node to finish. */
bool
policy_complete(const struct request *q, size_t i)
{
	const struct coin_in *in = &q->in[i];
	struct multi m;

	if (in->spend == SPEND_TR && in->sig.n > 0)
		return true;
	if (q->psbt.in[i].n > LIMIT_INPUT_FIELDS)
		return false;
	if (spend_is_script(in->spend) && multi_read(in->code, &m))
		return enough(q, i, &m, NULL);
	if (in->spot != NULL)
		return by_wallet(q, i);
	return in->spend == SPEND_TR && policy_leaf(q, i, &m) != NULL;
}
