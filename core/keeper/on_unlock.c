#include "core/keeper/state.h"

enum err
keeper_load(struct keeper *k, const struct mnemonic *m,
    struct span passphrase, struct sink *reply, struct fault *f)
{
	struct seedkey key;
	enum err e;

	if ((e = keeper_room(k, f)) != 0)
		return e;
	if ((e = restore_mnemonic(m, passphrase, &key, f)) == 0)
		keeper_take(k, &key, reply);
	wipe(&key, sizeof(key));
	return e;
}

/* Words and a passphrase in, or the pieces gathered; a fingerprint out. */
enum err
keeper_on_unlock(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct seedkey key;
	enum err e;

	if ((e = keeper_room(k, f)) != 0)
		return e;
	if ((e = keeper_restore(k, body, &key, f)) == 0)
		keeper_take(k, &key, reply);
	wipe(&key, sizeof(key));
	return e;
}

enum err
keeper_on_lock(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	(void)body;
	(void)reply;
	(void)f;
	keeper_wipe(k);
	return 0;
}

/* Public, and which chain's way of signing each is for. */
enum err
keeper_on_fingerprints(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	size_t i;

	(void)body;
	(void)f;
	put_u8(reply, (uint8_t)k->nkey);
	for (i = 0; i < k->nkey; i++) {
		put_span(reply, SPAN_OF(k->key[i].fpr.b));
		put_u8(reply, (uint8_t)k->key[i].kind);
	}
	return 0;
}
