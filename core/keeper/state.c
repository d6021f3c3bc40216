#include "core/keeper/state.h"

uint8_t
keeper_state(const struct keeper *k)
{
	static const uint8_t making[] = { 0, KEEPER_FEED, KEEPER_SHOWN,
	    KEEPER_NAMED };

	if (k->made.stage != MAKING_NONE)
		return making[k->made.stage];
	if (k->backup.n > 0)
		return KEEPER_SHARES;
	if (k->nkey == 0)
		return KEEPER_LOCKED;
	return k->consent ? KEEPER_CONSENT : KEEPER_OPEN;
}

/* Keys that came from a vault go before it does. */
void
keeper_give_back(struct keeper *k)
{
	size_t i, n = 0;

	for (i = 0; i < k->nkey; i++) {
		if (k->lent[i])
			continue;
		if (n != i) {
			k->key[n] = k->key[i];
			memcpy(k->source[n], k->source[i],
			    sizeof(k->source[i]));
		}
		k->lent[n++] = false;
	}
	wipe(k->key + n, (k->nkey - n) * sizeof(k->key[0]));
	wipe(k->source[n], (k->nkey - n) * sizeof(k->source[0]));
	memset(k->lent + n, 0, (k->nkey - n) * sizeof(k->lent[0]));
	k->nkey = n;
	wipe(&k->branch, sizeof(k->branch));
}

/* Nor are there shares of them any more. */
void
keeper_close_vault(struct keeper *k)
{
	keeper_give_back(k);
	wipe(&k->backup, sizeof(k->backup));
	vault_close(&k->vault);
}

/* Where the owner wants to be asked each time, what was lent for this consent
 * goes with it. */
static void
each_time(struct keeper *k)
{
	if (!k->vault.open || (k->vault.flags & VAULT_EACH_TIME) == 0)
		return;
	keeper_give_back(k);
	vault_forget_keys(&k->vault);
}

void
keeper_end_consent(struct keeper *k)
{
	if (k->consent)
		each_time(k);
	k->consent = false;
	k->left = 0;
	k->cap = 0;
	k->plan = (struct plan){ 0 };
	arena_clear(&k->arena);
	wipe(&k->digest, sizeof(k->digest));
	wipe(&k->branch, sizeof(k->branch));
	wipe(k->nonce, sizeof(k->nonce));
	k->nnonce = 0;
}

void
keeper_wipe(struct keeper *k)
{
	keeper_end_consent(k);
	wipe(&k->made, sizeof(k->made));
	wipe(&k->backup, sizeof(k->backup));
	wipe(&k->gather, sizeof(k->gather));
	if (k->vault.body != NULL)
		vault_close(&k->vault);
	memset(k->lent, 0, sizeof(k->lent));
	wipe(k->key, sizeof(k->key));
	wipe(k->source, sizeof(k->source));
	k->nkey = 0;
}

const struct seedkey *
keeper_find(const struct keeper *k, const struct fpr *fpr)
{
	size_t i;

	for (i = 0; i < k->nkey; i++)
		if (fpr_eq(&k->key[i].fpr, fpr))
			return &k->key[i];
	return NULL;
}

static enum err
parent(struct keeper *k, const struct seedkey *key, const struct keyref *ref)
{
	struct branch *b = &k->branch;
	struct path up = path_prefix(&ref->path, ref->path.n - 1);
	enum err e;

	if (b->held && fpr_eq(&b->ref.fpr, &ref->fpr) &&
	    path_eq(&b->ref.path, &up))
		return 0;
	b->held = false;
	if ((e = xprv_derive(&key->u.master, &up, &b->xprv)) != 0 ||
	    (e = pub_of_secret(&b->xprv.key, &b->pub)) != 0)
		return e;
	b->ref.fpr = ref->fpr;
	b->ref.path = up;
	b->held = true;
	return 0;
}

/*
 * Inputs of one wallet share all but the last element of their paths, so the
 * parent is remembered and a thousand keys cost a thousand single steps.
 */
enum err
keeper_derive(struct keeper *k, const struct keyref *ref, struct xprv *out)
{
	const struct seedkey *key = keeper_find(k, &ref->fpr);
	enum err e;

	if (key == NULL || key->kind != KEY_BIP32)
		return ERR_NO_KEY;
	if (ref->path.n == 0) {
		*out = key->u.master;
		return 0;
	}
	if ((e = parent(k, key, ref)) != 0)
		return e;
	return xprv_child_of(&k->branch.xprv, &k->branch.pub,
	    ref->path.e[ref->path.n - 1], out);
}
