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

	keeper_shut(k);
	for (i = 0; i < k->nkey; i++)
		if (!k->key[i].lent)
			k->key[n++] = k->key[i];
	wipe(k->key + n, (k->nkey - n) * sizeof(k->key[0]));
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
	keeper_shut(k);
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
	wipe(k->key, sizeof(k->key));
	k->nkey = 0;
}
