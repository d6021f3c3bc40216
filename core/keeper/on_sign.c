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

/* One signature leaves the plan before it is made: never given back. */
static enum err
spend(struct keeper *k, const struct sign_item *it)
{
	struct plan_row wanted = { .key = it->key, .kind = it->kind };
	struct plan_row *row = plan_find(&k->plan, &wanted);

	if (row == NULL || row->count == 0)
		return ERR_REFUSED;
	row->count--;
	k->left--;
	return 0;
}

/* The public key comes from the secret that signs, not from elsewhere, so a
 * fault in either shows when the signature is verified. */
static enum err
make_ecdsa(const struct secret32 *secret, struct sign_item *it)
{
	struct pubkey pub;
	enum err e;

	if ((e = pub_of_secret(secret, &pub)) != 0 ||
	    (e = ecdsa_sign(secret, &it->digest, &it->sig)) != 0)
		return e;
	return ecdsa_verify(&pub, &it->digest, &it->sig);
}

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
make(const struct xprv *x, struct sign_item *it)
{
	const struct hash32 *root = it->kind == SIGN_TAPROOT_ROOT ?
	    &it->root : NULL;
	struct secret32 secret = x->key;
	enum err e = it->kind > SIGN_TAPROOT_ROOT ? ERR_REFUSED : ERR_NONE;

	if (it->kind == SIGN_TAPROOT || it->kind == SIGN_TAPROOT_ROOT)
		e = tap_secret(&secret, root);
	if (e == 0)
		e = it->kind == SIGN_ECDSA ? make_ecdsa(&secret, it) :
		    make_schnorr(&secret, it);
	wipe(&secret, sizeof(secret));
	return e;
}

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
		struct xprv x = { 0 };

		if ((e = read_sign_ask(&r, &it)) == 0 &&
		    (e = spend(k, &it)) == 0 &&
		    (e = keeper_derive(k, &it.key, &x)) == 0 &&
		    (e = make(&x, &it)) == 0) {
			ct_public(&it.sig, sizeof(it.sig));
			put_sign_answer(reply, &it);
		} else {
			fault_set(f, i, "signature %zu", i);
		}
		wipe(&x, sizeof(x));
	}
	if (e == 0)
		e = reader_done(&r);
	if (e != 0 || k->left == 0)
		keeper_end_consent(k);
	return e;
}
