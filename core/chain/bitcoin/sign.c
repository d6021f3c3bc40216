#include "core/chain/bitcoin/request.h"

struct batch {
	struct sign_item	*item;
	struct slot		*slot;
	size_t			 n;
	uint32_t		 done;
};

/* Whose signature an item is: own is NULL for one-key scripts. */
struct slot {
	size_t		 input;
	struct own_sig	*own;
};

static enum err
add_item(const struct request *q, size_t i, struct own_sig *own,
    struct batch *b)
{
	const struct coin_in *in = &q->in[i];
	struct sign_item *it = &b->item[b->n];
	enum err e;

	*it = (struct sign_item){ .key = own == NULL ? in->key : own->key };
	it->kind = sign_kind_of(in, own);
	if (it->kind == SIGN_TAPROOT_ROOT)
		memcpy(it->root.b, in->tap_root.p, sizeof(it->root.b));
	if ((e = sig_leaf_digest(q, i, in->type,
	    own == NULL ? NULL : own->leaf, &it->digest)) != 0)
		return e;
	b->slot[b->n++] = (struct slot){ i, own };
	return 0;
}

/* By the key that we derived and the coin's script names: whoever signed. */
static enum err
check(const struct coin_in *in, const struct own_sig *own,
    const struct sign_item *it)
{
	struct xonly key;

	if (it->kind == SIGN_ECDSA)
		return ecdsa_verify(own == NULL ? &in->pub : &own->pub,
		    &it->digest, &it->sig);
	if (it->kind == SIGN_SCHNORR && own != NULL)
		key = xonly_of_pub(&own->pub);
	else
		memcpy(key.b, in->hash.p, sizeof(key.b));
	return schnorr_verify(&key, &it->digest, &it->sig);
}

/* DER that is read again as the very numbers that were verified. */
static enum err
write_der(uint8_t *made, const struct sig64 *sig, size_t *n)
{
	struct sig64 again;
	enum err e;

	*n = ecdsa_to_der(sig, made);
	if ((e = ecdsa_of_der(span_of(made, *n), &again)) != 0)
		return e;
	return memcmp(&again, sig, sizeof(again)) == 0 ? ERR_NONE :
	    ERR_MISMATCH;
}

/* Into the input, once verified, in the form its field has. */
static enum err
take_signature(const struct request *q, const struct slot *at,
    const struct sign_item *it)
{
	struct coin_in *in = &q->in[at->input];
	uint8_t *made = at->own == NULL ? in->sig_made : at->own->made;
	size_t n = sizeof(it->sig.b);
	enum err e;

	if ((e = check(in, at->own, it)) != 0)
		return e;
	if (in->spend == SPEND_TR)
		memcpy(made, it->sig.b, n);
	else if ((e = write_der(made, &it->sig, &n)) != 0)
		return e;
	if (in->spend != SPEND_TR || in->type != SIGHASH_DEFAULT)
		made[n++] = (uint8_t)in->type;
	if (at->own != NULL)
		at->own->value = span_of(made, n);
	if (at->own == NULL || it->kind == SIGN_TAPROOT_ROOT) {
		in->sig = span_of(made, n);
		in->sig_key = SPAN_OF(in->pub.b);
	}
	in->complete = at->own == NULL || policy_complete(q, at->input);
	return 0;
}

static enum err
flush(const struct request *q, struct signatory *who, struct batch *b)
{
	enum err e;
	size_t k;

	if ((e = who->sign(who->ctx, b->item, b->n)) != 0)
		return e;
	for (k = 0; k < b->n; k++)
		if ((e = take_signature(q, &b->slot[k], &b->item[k])) != 0)
			return e;
	b->n = 0;
	return 0;
}

static enum err
sign_one(const struct request *q, const struct slot *at,
    struct signatory *who, struct pace *pace, struct batch *b)
{
	uint32_t total = (uint32_t)q->review->nsign;
	enum err e;

	if ((e = add_item(q, at->input, at->own, b)) != 0)
		return e;
	b->done++;
	if (b->n < SIGN_BATCH && b->done < total)
		return 0;
	if ((e = flush(q, who, b)) != 0)
		return e;
	return pace_tick(pace, b->done, total);
}

static enum err
sign_inputs(const struct request *q, struct signatory *who,
    struct pace *pace, struct batch *b)
{
	struct slot at = { .input = 0 };
	enum err e;

	for (; at.input < q->psbt.tx.nin; at.input++) {
		const struct coin_in *in = &q->in[at.input];

		if (!in->sign)
			continue;
		at.own = in->own;
		if (at.own == NULL &&
		    (e = sign_one(q, &at, who, pace, b)) != 0)
			return e;
		for (; at.own != NULL; at.own = at.own->next)
			if (!at.own->there &&
			    (e = sign_one(q, &at, who, pace, b)) != 0)
				return e;
	}
	return 0;
}

typedef void put_fn(const struct request *, struct sink *);

/* Serialised once, so that every form of the answer has the same bytes. */
static enum err
serialise(const struct request *q, put_fn *put, struct arena *a,
    struct span *out)
{
	struct sink n = sink_to_count(), s;
	uint8_t *p;

	put(q, &n);
	if ((p = arena_new(a, uint8_t, n.total)) == NULL)
		return ERR_SPACE;
	s = sink_to_buf(p, n.total);
	put(q, &s);
	if (s.err != 0)
		return s.err;
	*out = span_of(p, s.total);
	return 0;
}

enum err
sign_all(struct request *q, struct signatory *who, struct pace *pace,
    struct arena *a)
{
	struct batch b = { .n = 0 };
	enum err e;

	if (!q->review->done || q->review->nsign == 0 ||
	    q->review->psbt.n > 0)
		return ERR_STATE;
	if (q->review->refused)
		return ERR_REFUSED;
	b.item = arena_new(a, struct sign_item, SIGN_BATCH);
	b.slot = arena_new(a, struct slot, SIGN_BATCH);
	if (b.item == NULL || b.slot == NULL)
		return ERR_SPACE;
	if ((e = sign_inputs(q, who, pace, &b)) != 0 ||
	    (e = serialise(q, answer_psbt_put, a, &q->review->psbt)) != 0)
		return e;
	return final_ready(q) ?
	    serialise(q, final_put, a, &q->review->final) : ERR_NONE;
}
