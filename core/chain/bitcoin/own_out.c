#include "core/chain/bitcoin/request.h"

#define FALSE_OUT TRAIT_BIT(CHANGE_FALSE)

/* BIP44's shape, with the purpose that fits the kind of script. */
uint64_t
own_path_odd(const struct path *p, enum spend how)
{
	if (p->n != 5 || path_hardened(p) != 3 ||
	    (p->e[1] & HARDENED) == 0 || p->e[3] > 1 ||
	    p->e[0] != (spend_purpose(how) | HARDENED))
		return TRAIT_BIT(PATH_ODD);
	return 0;
}

/*
 * A key of ours stands at an output that is not simply ours.  Where the
 * script is of a kind that one key owns, that is a lie; elsewhere our key may
 * be one of several, and it is a payment (known attacks 4, 5 and 15).
 */
static uint64_t
why_not_change(const struct coin_out *out, const struct claimed *c,
    size_t nclaims, bool several)
{
	struct script inner = script_of(out->redeem);

	switch (out->script.kind) {
	case SCRIPT_PKH:
	case SCRIPT_WPKH:
	case SCRIPT_DATA:
		return FALSE_OUT;
	case SCRIPT_SH:
		if (out->redeem.p == NULL)
			return nclaims == 1 ? FALSE_OUT : 0;
		return inner.kind == SCRIPT_WPKH ? FALSE_OUT : 0;
	case SCRIPT_TR:
		return c->leaves == 0 && out->tap_tree.p == NULL &&
		    !several ? FALSE_OUT : 0;
	case SCRIPT_WSH:
	case SCRIPT_OTHER:
	case SCRIPT_ANCHOR:
	case SCRIPT_WITNESS:
		break;
	}
	return 0;
}

/* BIP373: keys that make one together. */
static bool
has_musig(const struct psbt_map *m)
{
	size_t k;

	for (k = 0; k < m->n; k++)
		if (m->e[k].type == OUT_MUSIG_KEYS)
			return true;
	return false;
}

static void
take_output(const struct request *q, size_t i, const struct claimed *c,
    size_t nclaims)
{
	struct coin_out *out = &q->out[i];
	struct span script = q->psbt.tx.out[i].script;
	enum spend how = own_how(out->script.kind, &c->pub, script);

	if (c->absent && how == SPEND_NONE)
		return;
	if (how == SPEND_NONE) {
		out->traits |= why_not_change(out, c, nclaims,
		    has_musig(&q->psbt.out[i]));
		out->maybe = true;
		out->pub = c->pub;
		return;
	}
	if (c->absent)
		out->traits |= TRAIT_BIT(FPR_ABSENT);
	out->ours = true;
	out->key = c->ref;
	out->traits |= own_path_network(&c->ref.path, q->review->network) |
	    own_path_odd(&c->ref.path, how);
}

static bool
is_claim(const struct psbt_entry *e, bool *tap)
{
	*tap = e->type == OUT_TAP_BIP32;
	return *tap || e->type == OUT_BIP32;
}

enum err
own_output(const struct request *q, struct pubring *ring, size_t i)
{
	const struct psbt_map *m = &q->psbt.out[i];
	size_t k, nclaims = 0;
	struct claimed c;
	enum claim claim;
	enum err e;
	bool tap;

	/* BIP375: whose script it is follows from shares and proofs that we
	 * do not check. */
	if (psbt_find(m, OUT_SILENT) != NULL ||
	    psbt_find(m, OUT_SILENT_LABEL) != NULL)
		q->out[i].traits |= TRAIT_BIT(OUTPUT_SILENT);
	for (k = 0; k < m->n; k++)
		nclaims += is_claim(&m->e[k], &tap);
	for (k = 0; k < m->n; k++) {
		if (!is_claim(&m->e[k], &tap))
			continue;
		if ((e = claim_check(&m->e[k], tap, ring, &c, &claim)) != 0)
			return e;
		if (claim != CLAIM_NONE && !q->out[i].ours)
			q->out[i].key = c.ref;
		if (claim == CLAIM_FALSE)
			q->out[i].traits |= FALSE_OUT;
		else if (claim == CLAIM_OURS)
			take_output(q, i, &c, nclaims);
	}
	return wallet_output(q, i);
}
