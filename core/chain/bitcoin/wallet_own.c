#include "core/chain/bitcoin/request.h"

/*
 * Known attack 5.  A key of ours at an input says where to look; that the
 * coin is of a registered wallet is known only when the wallet's descriptor
 * gives the coin's very script.
 */
enum err
wallet_input(const struct request *q, size_t i)
{
	struct review *v = q->review;
	struct coin_in *in = &q->in[i];
	bool claimed, any = false;
	const struct own_sig *s;
	struct spot_in *at;
	enum err e;

	if (in->own == NULL || v->wallets.n == 0)
		return 0;
	if ((at = arena_new(v->arena, struct spot_in, 1)) == NULL)
		return ERR_SPACE;
	for (s = in->own; s != NULL && in->spot == NULL; s = s->next) {
		if ((e = known_find(&v->wallets, &s->key, q->coin[i].script,
		    v->arena, at, &claimed)) != 0)
			return e;
		any = any || claimed;
		if (at->wallet != NULL)
			in->spot = at;
	}
	if (in->spot == NULL && !any)
		return 0;
	in->traits &= ~TRAIT_BIT(WALLET_UNREGISTERED);
	if (in->spot == NULL) {
		in->traits |= TRAIT_BIT(WALLET_FALSE);
		return 0;
	}
	if (!wallet_counts(q, i))
		in->traits |= TRAIT_BIT(KEY_IDLE);
	v->any_registered = true;
	return 0;
}

/*
 * Change of a registered wallet.  Whoever spends from one has registered what
 * is his: an output that has our key and is not rebuilt is a lie.
 */
enum err
wallet_output(const struct request *q, size_t i)
{
	struct review *v = q->review;
	struct coin_out *out = &q->out[i];
	struct spot_in at;
	size_t used = v->arena->used;
	bool claimed;
	enum err e;

	if (!out->maybe || out->ours || v->wallets.n == 0)
		return 0;
	if ((e = known_find(&v->wallets, &out->key, q->psbt.tx.out[i].script,
	    v->arena, &at, &claimed)) != 0)
		return e;
	v->arena->used = used;
	if (at.wallet == NULL) {
		if (claimed || v->any_registered)
			out->traits |= TRAIT_BIT(CHANGE_FALSE);
		return 0;
	}
	out->ours = true;
	out->wallet = at.wallet;
	out->traits &= ~TRAIT_BIT(CHANGE_FALSE);
	out->traits |= own_path_network(&out->key.path, v->network);
	return 0;
}

/* Which of them coins come from; whether from anywhere else besides. */
enum err
wallet_used(const struct request *q, struct arena *a)
{
	struct review *v = q->review;
	bool others = false;
	size_t i, k;

	v->used = arena_new(a, const struct own_wallet *, v->wallets.n);
	if (v->used == NULL)
		return ERR_SPACE;
	for (i = 0; i < q->psbt.tx.nin; i++) {
		const struct spot_in *at = q->in[i].spot;

		others = others || (q->in[i].ours && at == NULL);
		for (k = 0; at != NULL && k < v->nused; k++)
			if (v->used[k] == at->wallet)
				break;
		if (at != NULL && k == v->nused)
			v->used[v->nused++] = at->wallet;
	}
	if (v->nused > 1 || (v->nused == 1 && others))
		v->traits |= TRAIT_BIT(WALLET_SEVERAL);
	return 0;
}
