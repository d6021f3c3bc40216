#include "core/base/reader.h"
#include "core/chain/bitcoin/request.h"

#define FALSE_IN TRAIT_BIT(INPUT_FALSE)

static bool
builds(enum spend how, const struct pubkey *p, struct span script)
{
	struct key_script s;

	return script_of_key(how, p, &s) == 0 &&
	    span_eq(key_script_span(&s), script);
}

/* Do the file's taproot fields agree with a coin that our key alone owns? */
static bool
tap_fields_agree(const struct coin_in *in, const struct claimed *c)
{
	struct xonly x = xonly_of_pub(&c->pub);

	return in->tap_root.p == NULL && c->leaves == 0 &&
	    (in->tap_internal.p == NULL ||
	    span_eq(in->tap_internal, SPAN_OF(x.b)));
}

enum spend
own_how(enum script_kind kind, const struct pubkey *p, struct span script)
{
	enum spend how = SPEND_NONE;

	if (kind == SCRIPT_PKH)
		how = SPEND_PKH;
	else if (kind == SCRIPT_SH)
		how = SPEND_SH_WPKH;
	else if (kind == SCRIPT_WPKH)
		how = SPEND_WPKH;
	else if (kind == SCRIPT_TR)
		how = SPEND_TR;
	return how != SPEND_NONE && builds(how, p, script) ? how : SPEND_NONE;
}

/* Which coin type the second element of a usual path must have. */
uint64_t
own_path_network(const struct path *p, enum network n)
{
	uint32_t coin = n == NET_MAIN ? 0 : 1;

	if (p->n < 2 || (p->e[0] & HARDENED) == 0 ||
	    (p->e[1] & HARDENED) == 0)
		return 0;
	switch (p->e[0] & ~HARDENED) {
	case 44: case 48: case 49: case 84: case 86: case 87:
		return p->e[1] == (coin | HARDENED) ? 0 :
		    TRAIT_BIT(PATH_NETWORK);
	default:
		return 0;
	}
}

/* The file left out the script inside the hash: we know it. */
static void
add_redeem(struct coin_in *in, const struct claimed *c)
{
	if (in->spend == SPEND_SH_WPKH || in->redeem.p != NULL ||
	    script_of_key(SPEND_WPKH, &c->pub, &in->redeem_made) != 0)
		return;
	in->add_redeem = true;
	in->redeem = key_script_span(&in->redeem_made);
	in->hash = script_of(in->redeem).hash;
	in->spend = SPEND_SH_WPKH;
}

/* A coin that our key alone owns. */
static void
take_alone(const struct request *q, size_t i, const struct claimed *c,
    enum spend how)
{
	struct coin_in *in = &q->in[i];

	if (how == SPEND_TR && !tap_fields_agree(in, c)) {
		in->traits |= TRAIT_BIT(TAPROOT_FALSE);
		return;
	}
	if (how == SPEND_SH_WPKH)
		add_redeem(in, c);
	if (in->spend != how) {		/* another redeem script stands there */
		in->traits |= TRAIT_BIT(SCRIPT_MISSING);
		return;
	}
	in->ours = true;
	in->key = c->ref;
	in->pub = c->pub;
	in->traits |= own_path_network(&c->ref.path, q->review->network);
}

static enum err
take_input(const struct request *q, size_t i, const struct claimed *c)
{
	struct coin_in *in = &q->in[i];
	enum spend how;

	if (c->absent)
		in->traits |= TRAIT_BIT(FPR_ABSENT);
	if (q->coin[i].script.p == NULL)
		return 0;
	how = own_how(in->script.kind, &c->pub, q->coin[i].script);
	if (how == SPEND_NONE)
		return policy_take(q, i, c);
	take_alone(q, i, c, how);
	return 0;
}

enum err
own_input(const struct request *q, struct pubring *ring, size_t i)
{
	const struct psbt_map *m = &q->psbt.in[i];
	struct claimed c;
	enum claim claim;
	enum err e;
	size_t k;

	if ((e = leaf_read(q, i)) != 0)
		return e;
	for (k = 0; k < m->n; k++) {
		bool tap = m->e[k].type == IN_TAP_BIP32;

		if (!tap && m->e[k].type != IN_BIP32)
			continue;
		if ((e = claim_check(&m->e[k], tap, ring, &c, &claim)) != 0)
			return e;
		if (claim == CLAIM_NONE)
			continue;
		q->in[i].claimed = true;
		if (!q->in[i].ours)	/* what it says, should it be false */
			q->in[i].key = c.ref;
		if (claim == CLAIM_FALSE)
			q->in[i].traits |= FALSE_IN;
		else if ((e = take_input(q, i, &c)) != 0)
			return e;
	}
	return wallet_input(q, i);
}
