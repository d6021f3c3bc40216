#include "core/chain/bitcoin/request.h"

struct batch {
	struct sign_item	*item;
	uint32_t		*input;
	size_t			 n;
};

static enum err
add_item(const struct request *q, size_t i, struct batch *b)
{
	const struct coin_in *in = &q->in[i];
	struct sign_item *it = &b->item[b->n];
	enum err e;

	*it = (struct sign_item){ .key = in->key };
	it->kind = in->spend == SPEND_TR ? SIGN_TAPROOT : SIGN_ECDSA;
	if ((e = sig_digest(q, i, in->type, &it->digest)) != 0)
		return e;
	b->input[b->n++] = (uint32_t)i;
	return 0;
}

/* By the key that we derived and the coin's script names: whoever signed. */
static enum err
check(const struct coin_in *in, const struct sign_item *it)
{
	struct xonly key;

	if (in->spend != SPEND_TR)
		return ecdsa_verify(&in->pub, &it->digest, &it->sig);
	memcpy(key.b, in->hash.p, sizeof(key.b));
	return schnorr_verify(&key, &it->digest, &it->sig);
}

/* DER that is read again as the very numbers that were verified. */
static enum err
write_der(struct coin_in *in, const struct sig64 *sig, size_t *n)
{
	struct sig64 again;
	enum err e;

	*n = ecdsa_to_der(sig, in->sig_made);
	if ((e = ecdsa_of_der(span_of(in->sig_made, *n), &again)) != 0)
		return e;
	return memcmp(&again, sig, sizeof(again)) == 0 ? ERR_NONE :
	    ERR_MISMATCH;
}

/* Into the input, once verified, in the form its field has. */
static enum err
take_signature(struct coin_in *in, const struct sign_item *it)
{
	size_t n = sizeof(it->sig.b);
	enum err e;

	if ((e = check(in, it)) != 0)
		return e;
	if (in->spend == SPEND_TR)
		memcpy(in->sig_made, it->sig.b, n);
	else if ((e = write_der(in, &it->sig, &n)) != 0)
		return e;
	if (in->spend != SPEND_TR || in->type != SIGHASH_DEFAULT)
		in->sig_made[n++] = (uint8_t)in->type;
	in->sig = span_of(in->sig_made, n);
	in->sig_key = SPAN_OF(in->pub.b);
	in->complete = true;
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
		if ((e = take_signature(&q->in[b->input[k]],
		    &b->item[k])) != 0)
			return e;
	b->n = 0;
	return 0;
}

static enum err
sign_inputs(const struct request *q, struct signatory *who,
    struct pace *pace, struct batch *b)
{
	uint32_t done = 0, total = (uint32_t)q->review->nsign;
	enum err e;
	size_t i;

	for (i = 0; i < q->psbt.tx.nin; i++) {
		if (!q->in[i].sign)
			continue;
		if ((e = add_item(q, i, b)) != 0)
			return e;
		done++;
		if (b->n < SIGN_BATCH && done < total)
			continue;
		if ((e = flush(q, who, b)) != 0 ||
		    (e = pace_tick(pace, done, total)) != 0)
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
	b.input = arena_new(a, uint32_t, SIGN_BATCH);
	if (b.item == NULL || b.input == NULL)
		return ERR_SPACE;
	if ((e = sign_inputs(q, who, pace, &b)) != 0 ||
	    (e = serialise(q, answer_psbt_put, a, &q->review->psbt)) != 0)
		return e;
	return final_ready(q) ?
	    serialise(q, final_put, a, &q->review->final) : ERR_NONE;
}
