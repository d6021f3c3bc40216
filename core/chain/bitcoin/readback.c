#include "core/chain/bitcoin/request.h"
#include "core/encode/hex.h"

static bool
same_global(const struct request *q, const struct psbt_map *is)
{
	const struct psbt_map *was = &q->psbt.global;
	bool same = was->n == is->n;
	size_t i;

	for (i = 0; i < was->n && same; i++) {
		struct span a = was->e[i].value, b = is->e[i].value;

		same = span_eq(was->e[i].key, is->e[i].key);
		if (was->e[i].type == GLOBAL_MODIFIABLE && a.n == 1)
			same = same && b.n == 1 &&
			    b.p[0] == answer_modifiable(q, a.p[0]);
		else
			same = same && span_eq(a, b);
	}
	return same;
}

static bool
is_addition(const struct psbt_entry *e, const struct addition *add)
{
	return e->type == add->type && span_eq(e->data, add->data) &&
	    span_eq(e->value, add->value);
}

/* Nothing lost, nothing changed, nothing new but what we added. */
static bool
same_map(const struct psbt_map *was, const struct psbt_map *is,
    const struct addition *add, size_t nadd)
{
	size_t i, j = 0, k = 0;

	for (i = 0; i < is->n; i++) {
		if (j < was->n && span_eq(psbt_entry_raw(&is->e[i]),
		    psbt_entry_raw(&was->e[j])))
			j++;
		else if (k < nadd && is_addition(&is->e[i], &add[k]))
			k++;
		else
			return false;
	}
	return j == was->n && k == nadd;
}

static bool
same_maps(const struct request *q, const struct psbt *is)
{
	const struct psbt *was = &q->psbt;
	struct addition add[ADDITIONS_MAX];
	size_t i, n;

	if (was->tx.nin != is->tx.nin || was->tx.nout != is->tx.nout ||
	    !same_global(q, &is->global))
		return false;
	for (i = 0; i < was->tx.nin; i++) {
		n = answer_additions(&q->in[i], add);
		if (!same_map(&was->in[i], &is->in[i], add, n))
			return false;
	}
	for (i = 0; i < was->tx.nout; i++)
		if (!same_map(&was->out[i], &is->out[i], NULL, 0))
			return false;
	return true;
}

static bool
all_made(const struct coin_in *in)
{
	const struct own_sig *s;

	for (s = in->own; s != NULL; s = s->next)
		if (!s->there && s->value.n == 0)
			return false;
	return in->own != NULL || in->sig.n > 0;
}

/*
 * Every signature of ours was verified when it was put in.  The fresh reader
 * has found those very bytes in their place (same_maps); here it is seen that
 * all that their digests are made of is the same to it, too: so it would find
 * what was found then, without the arithmetic.
 */
static enum err
check_fresh(const struct request *q, const struct request *fresh)
{
	size_t i;

	if (!sighash_same(&q->review->sighash, &fresh->review->sighash))
		return ERR_MISMATCH;
	for (i = 0; i < q->psbt.tx.nin; i++) {
		const struct coin_in *was = &q->in[i], *is = &fresh->in[i];

		if (!was->sign)
			continue;
		if (!all_made(was))
			return ERR_MISSING;
		if (was->spend != is->spend || !span_eq(was->hash, is->hash) ||
		    !span_eq(was->code, is->code))
			return ERR_MISMATCH;
	}
	return 0;
}

enum err
readback_signed(const void *req, struct span answer, struct arena *a)
{
	const struct request *q = req;
	struct fault f = { 0 };
	struct request *fresh;
	enum err e;

	if ((e = request_open(a, answer, NULL, &fresh, &f)) != 0)
		return e;
	if (fresh->peel.kind != q->peel.kind ||
	    !same_maps(q, &fresh->psbt))
		return ERR_MISMATCH;
	if ((e = coin_find_all(fresh)) != 0)
		return e;
	return check_fresh(q, fresh);
}

static bool
same_skeleton(const struct tx *was, const struct tx *is)
{
	struct hash32 a, b;

	tx_name(was, true, &a);
	tx_name(is, true, &b);
	return was->nin == is->nin && memcmp(&a, &b, sizeof(a)) == 0;
}

/* No witness, or an empty one: the same. */
static struct span
stack(struct span witness)
{
	return witness.n > 1 ? witness : (struct span){ 0 };
}

/* Final already when it came: the same bytes. */
static bool
same_final(const struct coin_in *in, const struct tx_in *tx)
{
	return span_eq(tx->script, in->final_script) &&
	    span_eq(stack(tx->witness), stack(in->final_witness));
}

/* The one push of a redeem script, where there is one; or nothing. */
static bool
same_script(const struct coin_in *in, struct span script)
{
	if (in->spend == SPEND_SH_WPKH)
		return script.n == in->redeem.n + 1 &&
		    script.p[0] == in->redeem.n &&
		    span_eq(span_of(script.p + 1, in->redeem.n), in->redeem);
	return in->spend == SPEND_PKH || script.n == 0;
}

typedef void put_fn(const struct request *, size_t, struct sink *);

static enum err
same_bytes(const struct request *q, size_t i, put_fn *put, struct span is,
    struct arena *a)
{
	struct sink s = sink_to_count();
	uint8_t *p;

	put(q, i, &s);
	if (s.total != is.n)
		return ERR_MISMATCH;
	if ((p = arena_new(a, uint8_t, is.n)) == NULL)
		return ERR_SPACE;
	s = sink_to_buf(p, is.n);
	put(q, i, &s);
	return span_eq(span_of(p, is.n), is) ? ERR_NONE : ERR_MISMATCH;
}

/* Several signatures, each verified when it was found or made. */
static enum err
check_policy(const struct request *q, size_t i, const struct tx_in *tx,
    struct arena *a)
{
	enum err e;

	if (!policy_complete(q, i))
		return ERR_MISSING;
	if ((e = same_bytes(q, i, final_script_put, tx->script, a)) != 0)
		return e;
	if (q->in[i].spend == SPEND_SH)
		return stack(tx->witness).n == 0 ? ERR_NONE : ERR_MISMATCH;
	return same_bytes(q, i, final_witness_put, tx->witness, a);
}

/* Each input of the finished transaction holds what spends its coin: a
 * signature that was verified, ours or another's, for this transaction. */
static enum err
check_final(const struct request *q, size_t i, const struct tx_in *tx,
    struct arena *a)
{
	const struct coin_in *in = &q->in[i];
	struct span key = { 0 }, value = { 0 };
	enum err e;

	if (in->final_script.p != NULL || in->final_witness.p != NULL)
		return same_final(in, tx) ? ERR_NONE : ERR_MISMATCH;
	if (spend_is_script(in->spend) ||
	    (in->spend == SPEND_TR && in->sig.n == 0))
		return check_policy(q, i, tx, a);
	if (!same_script(in, tx->script))
		return ERR_MISMATCH;
	if ((e = sig_of_final(in->spend, tx->script, tx->witness, &key,
	    &value)) != 0)
		return e;
	if (in->sig.n == 0)
		return ERR_MISSING;
	return span_eq(value, in->sig) && (in->spend == SPEND_TR ||
	    span_eq(key, in->sig_key)) ? ERR_NONE : ERR_MISMATCH;
}

enum err
readback_final(const void *req, struct span answer, struct arena *a)
{
	const struct request *q = req;
	struct span text = answer;
	struct tx tx;
	uint8_t *raw;
	size_t i, n, at;
	enum err e;

	if (text.n == 0 || text.p[--text.n] != '\n')
		return ERR_FORM;
	if ((raw = arena_new(a, uint8_t, text.n / 2)) == NULL)
		return ERR_SPACE;
	if ((e = hex_bytes(text, raw, text.n / 2, &n)) != 0 ||
	    (e = tx_read(span_of(raw, n), true, a, &tx, &at)) != 0)
		return e;
	if (!same_skeleton(&q->psbt.tx, &tx))
		return ERR_MISMATCH;
	for (i = 0; i < tx.nin; i++)
		if ((e = check_final(q, i, &tx.in[i], a)) != 0)
			return e;
	return 0;
}
