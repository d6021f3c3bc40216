#include "core/keeper/state.h"

static enum err
master_of(const struct mnemonic *m, struct span passphrase, struct xprv *out,
    struct fault *f)
{
	struct secret64 seed;
	enum err e;

	if ((e = bip39_seed(m, passphrase, &seed)) != 0)
		fault_set(f, 0, "the passphrase");
	else if ((e = xprv_of_seed(span_of(seed.b, sizeof(seed.b)),
	    out)) != 0)
		fault_set(f, 0, "the seed");
	wipe(&seed, sizeof(seed));
	return e;
}

enum err
keeper_room(const struct keeper *k, struct fault *f)
{
	if (k->nkey < FPR_MAX)
		return 0;
	fault_set(f, 0, "%d keys are loaded, which is the most", FPR_MAX);
	return ERR_SPACE;
}

/* The same key twice is one. */
enum err
keeper_load(struct keeper *k, const struct mnemonic *m,
    struct span passphrase, struct sink *reply, struct fault *f)
{
	struct seedkey *key = &k->key[k->nkey];
	struct xpub pub;
	enum err e;

	if ((e = keeper_room(k, f)) != 0)
		return e;
	if ((e = master_of(m, passphrase, &key->master, f)) != 0 ||
	    (e = xprv_neuter(&key->master, &pub)) != 0) {
		wipe(key, sizeof(*key));
		return e;
	}
	key->fpr = fpr_of_pub(&pub.key);
	put_span(reply, SPAN_OF(key->fpr.b));
	if (keeper_find(k, &key->fpr) != NULL)
		wipe(key, sizeof(*key));
	else
		k->nkey++;
	return 0;
}

/* Words and a passphrase in, a fingerprint out. */
enum err
keeper_on_unlock(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct reader r = reader_of(body);
	struct span words = read_block(&r), passphrase = read_block(&r);
	struct mnemonic m;
	size_t bad = 0;
	enum err e;

	if ((e = reader_done(&r)) != 0)
		return e;
	if ((e = bip39_parse(words, &m, &bad)) == ERR_WORD)
		fault_set(f, bad, "word %zu", bad + 1);
	else if (e != 0)
		fault_set(f, 0, "the words");
	else
		e = keeper_load(k, &m, passphrase, reply, f);
	wipe(&m, sizeof(m));
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

enum err
keeper_on_fingerprints(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	size_t i;

	(void)body;
	(void)f;
	put_u8(reply, (uint8_t)k->nkey);
	for (i = 0; i < k->nkey; i++)
		put_span(reply, SPAN_OF(k->key[i].fpr.b));
	return 0;
}
