#include "core/keeper/state.h"
#include "core/proc/random.h"

enum err
keeper_room(const struct keeper *k, struct fault *f)
{
	if (k->nkey < FPR_MAX)
		return 0;
	fault_set(f, 0, "%d keys are loaded, which is the most", FPR_MAX);
	return ERR_SPACE;
}

/* How long they are stays; they themselves go behind the shield. */
static void
shield_source(struct keeper *k, size_t i)
{
	struct seedkey *key = &k->key[i];
	struct source s = { key->seed, key->words };
	uint8_t nonce[SEAL_NONCE];

	random_bytes(nonce, sizeof(nonce));
	shield_close(&k->shield, nonce, span_of((const uint8_t *)&s,
	    sizeof(s)), k->source[i]);
	wipe(&s, sizeof(s));
	wipe(key->seed.b, sizeof(key->seed.b));
	wipe(key->words.w, sizeof(key->words.w));
}

enum err
keeper_whole(const struct keeper *k, const struct seedkey *key,
    struct seedkey *out)
{
	struct source s;
	enum err e = shield_open(&k->shield, SPAN_OF(k->source[key - k->key]),
	    (uint8_t *)&s);

	ct_secret(&s, sizeof(s));
	*out = *key;
	memcpy(out->seed.b, s.seed.b, sizeof(s.seed.b));
	memcpy(out->words.w, s.words.w, sizeof(s.words.w));
	wipe(&s, sizeof(s));
	return e;
}

void
keeper_take(struct keeper *k, struct sink *reply)
{
	struct seedkey *key = &k->key[k->nkey];

	put_span(reply, SPAN_OF(key->fpr.b));
	if (keeper_find(k, &key->fpr) != NULL)
		wipe(key, sizeof(*key));
	else
		shield_source(k, k->nkey++);
}

enum err
keeper_load(struct keeper *k, const struct mnemonic *m,
    struct span passphrase, struct sink *reply, struct fault *f)
{
	struct seedkey *key = &k->key[k->nkey];
	enum err e;

	if ((e = keeper_room(k, f)) != 0)
		return e;
	if ((e = restore_mnemonic(m, passphrase, key, f)) != 0)
		wipe(key, sizeof(*key));
	else
		keeper_take(k, reply);
	return e;
}

/* Words and a passphrase in, or the pieces gathered; a fingerprint out. */
enum err
keeper_on_unlock(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct seedkey *key = &k->key[k->nkey];
	enum err e;

	if ((e = keeper_room(k, f)) != 0)
		return e;
	if ((e = keeper_restore(k, body, key, f)) != 0)
		wipe(key, sizeof(*key));
	else
		keeper_take(k, reply);
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
