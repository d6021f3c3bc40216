#include "core/chain/bitcoin/request.h"

/* Ours of several keys: by the key path first, its type is the lesser. */
static size_t
policy_additions(const struct coin_in *in, struct addition *add)
{
	const struct own_sig *s;
	size_t n = 0;

	for (s = in->own; s != NULL; s = s->next)
		if (s->kind == SIGN_TAPROOT_ROOT && !s->there)
			add[n++] = (struct addition){ IN_TAP_SIG, { 0 },
			    s->value };
	for (s = in->own; s != NULL; s = s->next)
		if (s->kind == SIGN_ECDSA && !s->there)
			add[n++] = (struct addition){ IN_PARTIAL_SIG,
			    SPAN_OF(s->pub.b), s->value };
		else if (s->kind == SIGN_SCHNORR && !s->there)
			add[n++] = (struct addition){ IN_TAP_SCRIPT_SIG,
			    SPAN_OF(s->id), s->value };
	return n;
}

size_t
answer_additions(const struct coin_in *in, struct addition add[ADDITIONS_MAX])
{
	size_t n = 0;

	if (in->sign && in->own != NULL)
		return policy_additions(in, add);
	if (in->sign && in->spend == SPEND_TR)
		add[n++] = (struct addition){ IN_TAP_SIG, { 0 }, in->sig };
	else if (in->sign)
		add[n++] = (struct addition){ IN_PARTIAL_SIG, in->sig_key,
		    in->sig };
	if (in->sign && in->add_redeem)
		add[n++] = (struct addition){ IN_REDEEM, { 0 }, in->redeem };
	return n;
}

static void
put_addition(struct sink *s, const struct addition *add)
{
	put_compact(s, 1 + add->data.n);
	put_u8(s, (uint8_t)add->type);
	put_span(s, add->data);
	put_compact_span(s, add->value);
}

/* Every field as it came; ours before the first of a greater type. */
static void
put_map(struct sink *s, const struct psbt_map *m, const struct addition *add,
    size_t nadd)
{
	size_t i, k = 0;

	for (i = 0; i < m->n; i++) {
		while (k < nadd && add[k].type < m->e[i].type)
			put_addition(s, &add[k++]);
		put_span(s, psbt_entry_raw(&m->e[i]));
	}
	while (k < nadd)
		put_addition(s, &add[k++]);
	put_u8(s, 0);
}

/*
 * BIP370: who signs says what may still be changed: nothing that the
 * signature binds.  Bit 0: inputs; 1: outputs; 2: there is a SINGLE.
 */
uint8_t
answer_modifiable(const struct request *q, uint8_t flags)
{
	size_t i;

	for (i = 0; i < q->psbt.tx.nin; i++) {
		uint32_t type = q->in[i].type;

		if (!q->in[i].sign)
			continue;
		if ((type & SIGHASH_ANYONE) == 0)
			flags &= 0xfe;
		flags &= 0xfd;		/* NONE is never signed */
		if ((type & ~SIGHASH_ANYONE) == SIGHASH_SINGLE)
			flags |= 0x04;
	}
	return flags;
}

static void
put_global(struct sink *s, const struct request *q)
{
	const struct psbt_map *m = &q->psbt.global;
	size_t i;

	for (i = 0; i < m->n; i++) {
		struct span raw = psbt_entry_raw(&m->e[i]);

		if (m->e[i].type != GLOBAL_MODIFIABLE || m->e[i].data.n > 0) {
			put_span(s, raw);
			continue;
		}
		put_span(s, span_of(raw.p, raw.n - 1));
		put_u8(s, answer_modifiable(q, m->e[i].value.p[0]));
	}
	put_u8(s, 0);
}

void
answer_psbt_put(const struct request *q, struct sink *s)
{
	struct addition add[ADDITIONS_MAX];
	size_t i, n;

	put_span(s, SPAN_OF(psbt_magic));
	put_global(s, q);
	for (i = 0; i < q->psbt.tx.nin; i++) {
		n = answer_additions(&q->in[i], add);
		put_map(s, &q->psbt.in[i], add, n);
	}
	for (i = 0; i < q->psbt.tx.nout; i++)
		put_map(s, &q->psbt.out[i], NULL, 0);
}

static bool
signed_ready(const void *req)
{
	const struct request *q = req;

	return q->review->psbt.n > 0;
}

static enum err
signed_write(const void *req, struct sink *s)
{
	const struct request *q = req;

	if (!signed_ready(req))
		return ERR_STATE;
	peel_put(s, q->review->psbt, &q->peel);
	return s->err;
}

static bool
final_is_ready(const void *req)
{
	const struct request *q = req;

	return q->review->final.n > 0;
}

static enum err
final_write(const void *req, struct sink *s)
{
	static const struct peel form = { .kind = PEEL_HEX,
	    .shape = { .newline = true } };
	const struct request *q = req;

	if (!final_is_ready(req))
		return ERR_STATE;
	peel_put(s, q->review->final, &form);
	return s->err;
}

const struct answer psbt_answers[] = {
	{ "-signed.psbt", signed_ready, signed_write, readback_signed },
	{ "-final.txn", final_is_ready, final_write, readback_final },
	{ .suffix = NULL }
};
