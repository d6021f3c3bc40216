#include "core/keeper/state.h"

#define ITEM_MIN 102	/* fingerprint, depth, kind, digest, root, aux */

static struct plan_row *
plan_find(const struct plan *p, const struct plan_row *wanted)
{
	size_t lo = 0, hi = p->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int c = plan_cmp(wanted, &p->row[mid]);

		if (c == 0)
			return &p->row[mid];
		if (c < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return NULL;
}

/*
 * One signature leaves the plan before it is made: never given back.  The
 * response to a nonce left it with the nonce.  A key image may be agreed to
 * without naming the coin: it spends nothing, and change has no key yet.
 */
static enum err
spend(struct keeper *k, const struct sign_item *it)
{
	struct plan_row wanted = { .key = it->key, .kind = it->kind };
	struct plan_row *row;

	if (it->kind == SIGN_CLSAG_RESPONSE)
		return 0;
	if (sign_names_coin(it->kind))
		wanted.coin = it->root;
	row = plan_find(&k->plan, &wanted);
	if (it->kind == SIGN_KEY_IMAGE && (row == NULL || row->count == 0)) {
		wanted.coin = (struct hash32){ 0 };
		row = plan_find(&k->plan, &wanted);
	}
	if (row == NULL || row->count == 0)
		return ERR_REFUSED;
	row->count--;
	k->left--;
	return 0;
}

/* In both the public key comes from the secret that signs, not from elsewhere,
 * so a fault in either shows when the signature is verified. */
static enum err
make_schnorr(const struct secret32 *secret, struct sign_item *it)
{
	struct xonly signer;
	enum err e;

	if ((e = schnorr_sign_as(secret, &it->digest, &it->sig,
	    &signer)) != 0)
		return e;
	return schnorr_verify(&signer, &it->digest, &it->sig);
}

static enum err
make_secp(struct keeper *k, struct sign_item *it)
{
	const struct hash32 *root = it->kind == SIGN_TAPROOT_ROOT ?
	    &it->root : NULL;
	struct xprv x = { 0 };
	enum err e = keeper_derive(k, &it->key, &x);

	if (e == 0 && (it->kind == SIGN_TAPROOT ||
	    it->kind == SIGN_TAPROOT_ROOT))
		e = tap_secret(&x.key, root);
	if (e == 0)
		e = it->kind == SIGN_ECDSA ?
		    ecdsa_sign_sure(&x.key, &it->digest, &it->sig) :
		    make_schnorr(&x.key, it);
	wipe(&x, sizeof(x));
	return e;
}

static keeper_make *const makers[SIGN_KINDS] = {
	[SIGN_ECDSA] = make_secp,
	[SIGN_SCHNORR] = make_secp,
	[SIGN_TAPROOT] = make_secp,
	[SIGN_TAPROOT_ROOT] = make_secp,
	[SIGN_KEY_IMAGE] = keeper_make_image,
	[SIGN_CLSAG_NONCE] = keeper_make_nonce,
	[SIGN_CLSAG_RESPONSE] = keeper_make_response,
};

/*
 * Signs a batch under the consent it names.  Every signature is counted off
 * the plan before it is made and verified before it is released; a batch that
 * asks for one thing too many gets nothing and ends the consent.
 */
enum err
keeper_on_sign(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct reader r = reader_of(body);
	struct span digest = read_span(&r, sizeof(k->digest.b));
	size_t i, n = read_count(&r, ITEM_MIN, SIGN_BATCH);
	enum err e = r.err;

	if (e == 0 && !span_eq(digest, SPAN_OF(k->digest.b)))
		e = ERR_REFUSED;
	put_u32le(reply, (uint32_t)n);
	for (i = 0; i < n && e == 0; i++) {
		struct sign_item it = { 0 };

		if ((e = read_sign_ask(&r, &it)) == 0 &&
		    (e = spend(k, &it)) == 0 &&
		    (e = makers[it.kind](k, &it)) == 0) {
			ct_public(&it.sig, sizeof(it.sig));
			ct_public(&it.image, sizeof(it.image));
			put_sign_answer(reply, &it);
		} else {
			fault_set(f, i, "signature %zu", i);
		}
	}
	if (e == 0)
		e = reader_done(&r);
	if (e != 0 || (k->left == 0 && k->nnonce == 0))
		keeper_end_consent(k);
	return e;
}
