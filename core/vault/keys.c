#include "core/proc/random.h"
#include "core/vault/vault.h"

#define SECRET 256			/* bytes of a key, sealed */
#define WORDS 26			/* room for the numbers of words */
#define LABEL "coldseal key"
#define LABEL_MAX 128

/* The additional data of a key's box: whose it is. */
static struct span
label(uint32_t id, struct span said, uint8_t out[LABEL_MAX])
{
	struct sink s = sink_to_buf(out, LABEL_MAX);

	put_text(&s, LABEL);
	put_u32le(&s, id);
	put_span(&s, said);
	return span_of(out, s.err == 0 ? s.total : 0);
}

static void
put_secret(struct sink *s, const struct seedkey *k)
{
	const bool monero = k->kind == KEY_MONERO;
	const struct monero_keys *m = &k->u.monero;
	const struct xprv *x = &k->u.master;
	size_t i;

	put_u8(s, (uint8_t)k->kind);
	put_u8(s, (uint8_t)k->seed.n);
	put_u8(s, (uint8_t)k->words.n);
	put_u8(s, 0);
	for (i = 0; i < SEED_MAX; i++)
		put_u8(s, i < k->seed.n ? k->seed.b[i] : 0);
	for (i = 0; i < WORDS; i++)
		put_u16le(s, i < k->words.n ? k->words.w[i] : 0);
	put_span(s, span_of(monero ? m->spend.b : x->key.b, 32));
	put_span(s, span_of(monero ? m->viewer.view.b : x->chain.b, 32));
	put_u64le(s, monero ? m->viewer.born : 0);
	while (s->err == 0 && s->total < SECRET)
		put_u8(s, 0);
}

/* Where it came from, for backups. */
static enum err
read_source(struct reader *r, struct seedkey *k)
{
	size_t i;

	k->seed.n = read_u8(r);
	k->words.n = read_u8(r);
	(void)read_u8(r);
	read_bytes(r, k->seed.b, SEED_MAX);
	for (i = 0; i < WORDS; i++) {
		uint16_t w = read_u16le(r);

		if (i < MNEMONIC_MAX)
			k->words.w[i] = w;
	}
	return r->err == 0 && k->seed.n <= SEED_MAX &&
	    k->words.n <= MNEMONIC_MAX ? ERR_NONE : ERR_VERSION;
}

static enum err
read_master(const struct secret32 *a, const struct secret32 *b,
    struct seedkey *k)
{
	struct xpub pub;
	enum err e;

	k->u.master.key = *a;
	k->u.master.chain = *b;
	if ((e = xprv_neuter(&k->u.master, &pub)) == 0)
		k->fpr = fpr_of_pub(&pub.key);
	return e;
}

static enum err
read_secret(struct span in, struct seedkey *k)
{
	struct reader r = reader_of(in);
	struct secret32 a, b;
	uint8_t kind;
	uint64_t born;
	enum err e;

	wipe(k, sizeof(*k));
	ct_public(in.p, 3);	/* which kind, and how long */
	kind = read_u8(&r);
	if ((e = read_source(&r, k)) != 0) {
		wipe(k, sizeof(*k));
		return e;
	}
	read_bytes(&r, a.b, sizeof(a.b));
	read_bytes(&r, b.b, sizeof(b.b));
	born = read_u64le(&r);
	k->kind = kind == KEY_MONERO ? KEY_MONERO : KEY_BIP32;
	if (r.err != 0 || kind >= KEY_KINDS) {
		e = ERR_VERSION;
	} else if (kind == KEY_MONERO) {
		if ((e = monero_keys_of_pair(&a, &b, &k->u.monero)) == 0)
			k->fpr = k->u.monero.viewer.fpr;
		k->u.monero.viewer.born = born;
	} else {
		e = read_master(&a, &b, k);
	}
	wipe(&a, sizeof(a));
	wipe(&b, sizeof(b));
	if (e != 0)
		wipe(k, sizeof(*k));
	return e;
}

/* Its public part, nonce and box. */
static struct span
close_key(const struct vault_keys *keys, uint32_t id, struct span said,
    const uint8_t secret[SECRET], uint8_t *out, size_t cap)
{
	uint8_t nonce[SEAL_NONCE], box[SECRET + SEAL_TAG], about[LABEL_MAX];
	struct sink s = sink_to_buf(out, cap);

	random_bytes(nonce, sizeof(nonce));
	box_close(&keys->keys, nonce, label(id, said, about),
	    span_of(secret, SECRET), box);
	put_span(&s, said);
	put_span(&s, SPAN_OF(nonce));
	put_span(&s, SPAN_OF(box));
	return span_of(out, s.err == 0 ? s.total : 0);
}

static enum err
open_key(const struct vault_keys *keys, const struct kept *k,
    uint8_t secret[SECRET])
{
	uint8_t about[LABEL_MAX];
	struct span said;

	if (k->type != KEPT_KEY)
		return ERR_MISSING;
	if (k->body.n < VAULT_SEALED)
		return ERR_FORM;
	said = span_of(k->body.p, k->body.n - VAULT_SEALED);
	return box_open(&keys->keys, said.p + said.n, label(k->id, said,
	    about), span_of(said.p + said.n + SEAL_NONCE, SECRET + SEAL_TAG),
	    secret);
}

/* One key is one, whatever it is called. */
static bool
kept_already(const struct vault *v, const struct seedkey *key)
{
	struct reader r = vault_things(v);
	struct kept k;

	while (read_kept(&r, &k))
		if (k.type == KEPT_KEY && k.body.n > 5 &&
		    k.body.p[0] == (uint8_t)key->kind &&
		    span_eq(span_of(k.body.p + 1, 4), SPAN_OF(key->fpr.b)))
			return true;
	return false;
}

enum err
vault_keep(struct vault *v, const struct seedkey *key, struct span name,
    uint32_t *id)
{
	struct kept_key about = { .kind = key->kind, .name = name };
	uint8_t said[128], secret[SECRET], body[512];
	struct sink s = sink_to_buf(said, sizeof(said));
	struct sink in = sink_to_buf(secret, sizeof(secret));
	struct kept_key again;
	struct vault_keys keys;
	enum err e;

	if (!v->open || !v->has_keys)
		return ERR_STATE;
	memcpy(about.fpr, key->fpr.b, sizeof(about.fpr));
	put_kept_key(&s, &about);
	if (s.err != 0)
		return ERR_RANGE;
	if ((e = read_kept_key(span_of(said, s.total), &again)) != 0)
		return e;
	if (kept_already(v, key))
		return ERR_DUPLICATE;
	put_secret(&in, key);
	if ((e = in.err) == 0 && (e = vault_keys_open(v, &keys)) == 0)
		e = vault_put(v, KEPT_KEY, close_key(&keys, v->next,
		    span_of(said, s.total), secret, body, sizeof(body)), id);
	wipe(&keys, sizeof(keys));
	wipe(secret, sizeof(secret));
	return e;
}

enum err
vault_load(const struct vault *v, uint32_t id, struct seedkey *out)
{
	uint8_t secret[SECRET];
	struct vault_keys keys;
	struct kept_key about;
	struct kept k;
	enum err e;

	if (!v->open || !v->has_keys)
		return ERR_STATE;
	if ((e = vault_find(v, id, &k)) != 0)
		return e;
	if ((e = vault_keys_open(v, &keys)) == 0 &&
	    (e = open_key(&keys, &k, secret)) == 0 &&
	    (e = read_kept_key(span_of(k.body.p, k.body.n - VAULT_SEALED),
	    &about)) == 0 && (e = read_secret(SPAN_OF(secret), out)) == 0 &&
	    !span_eq(SPAN_OF(about.fpr), SPAN_OF(out->fpr.b))) {
		wipe(out, sizeof(*out));
		e = ERR_MISMATCH;
	}
	wipe(&keys, sizeof(keys));
	wipe(secret, sizeof(secret));
	return e;
}

/* Two passes, so that all of them open or none is changed. */
enum err
vault_reseal(struct vault *v, const struct vault_keys *from,
    const struct vault_keys *to)
{
	uint8_t secret[SECRET], body[512];
	struct reader r = vault_things(v);
	struct span said;
	struct kept k;
	enum err e = 0;

	while (e == 0 && read_kept(&r, &k))
		if (k.type == KEPT_KEY)
			e = open_key(from, &k, secret);
	r = vault_things(v);
	while (e == 0 && read_kept(&r, &k)) {
		if (k.type != KEPT_KEY ||
		    (e = open_key(from, &k, secret)) != 0)
			continue;
		said = span_of(k.body.p, k.body.n - VAULT_SEALED);
		memcpy(v->body + (k.body.p - v->body), close_key(to, k.id, said,
		    secret, body, sizeof(body)).p, k.body.n);
	}
	wipe(secret, sizeof(secret));
	return e;
}

bool
vault_has(const struct vault *v, const struct fpr *fpr)
{
	struct reader things;
	struct kept_key key;
	struct kept k;
	bool found = false;

	if (!v->open)
		return false;
	things = vault_things(v);
	while (read_kept(&things, &k)) {
		if (k.type != KEPT_KEY || k.body.n < VAULT_SEALED)
			continue;
		k.body.n -= VAULT_SEALED;
		if (read_kept_key(k.body, &key) == 0)
			found = found || memcmp(key.fpr, fpr->b,
			    sizeof(key.fpr)) == 0;
	}
	return found;
}
