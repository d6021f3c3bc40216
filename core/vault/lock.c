/* The keys of a vault: made of its passphrase, and shielded. */
#include "core/proc/random.h"
#include "core/vault/vault.h"

static void
split(const struct secret32 *root, struct vault_keys *k)
{
	key_for(root, "coldseal vault 1 check", &k->check);
	key_for(root, "coldseal vault 1 body", &k->body);
	key_for(root, "coldseal vault 1 keys", &k->keys);
}

enum err
vault_stretch(struct span passphrase, const struct vault_head *h,
    struct vault_keys *k)
{
	struct secret32 root;
	enum err e = argon2id(passphrase, h->salt, h->cost, &root);

	ct_secret(&root, sizeof(root));
	if (e == 0)
		split(&root, k);
	wipe(&root, sizeof(root));
	return e;
}

enum err
vault_passphrase_ok(struct span s)
{
	return s.n >= VAULT_PASSPHRASE_MIN && s.n <= VAULT_PASSPHRASE_MAX ?
	    ERR_NONE : ERR_RANGE;
}

enum err
vault_keys_open(const struct vault *v, struct vault_keys *k)
{
	enum err e = shield_open(v->shield, SPAN_OF(v->box), k);

	ct_secret(k, sizeof(*k));
	return e;
}

void
vault_keys_shut(struct vault *v, const struct vault_keys *k)
{
	uint8_t nonce[SEAL_NONCE];

	random_bytes(nonce, sizeof(nonce));
	shield_close(v->shield, nonce, span_of((const uint8_t *)k,
	    sizeof(*k)), v->box);
}

void
vault_forget_keys(struct vault *v)
{
	struct vault_keys k;

	v->has_keys = false;
	if (vault_keys_open(v, &k) == 0) {
		wipe(&k.keys, sizeof(k.keys));
		vault_keys_shut(v, &k);
	}
	wipe(&k, sizeof(k));
}

/* The keys of a passphrase, where it is this vault's. */
static enum err
again(const struct vault *v, struct span passphrase, struct vault_keys *k)
{
	struct vault_keys was;
	bool same;
	enum err e;

	if (!v->open)
		return ERR_STATE;
	if ((e = vault_stretch(passphrase, &v->head, k)) == 0 &&
	    (e = vault_keys_open(v, &was)) == 0) {
		same = ct_equal(&k->body, &was.body, sizeof(was.body));
		ct_public(&same, sizeof(same));	/* the owner is told */
		e = same ? ERR_NONE : ERR_PASSPHRASE;
	}
	wipe(&was, sizeof(was));
	if (e != 0)
		wipe(k, sizeof(*k));
	return e;
}

enum err
vault_again(struct vault *v, struct span passphrase)
{
	struct vault_keys k;
	enum err e;

	if ((e = again(v, passphrase, &k)) == 0) {
		vault_keys_shut(v, &k);
		v->has_keys = true;
	}
	wipe(&k, sizeof(k));
	return e;
}

enum err
vault_passwd(struct vault *v, struct span old, struct span passphrase,
    struct cost cost)
{
	struct vault_head head = v->head;
	struct vault_keys was = { 0 }, k = { 0 };
	enum err e;

	if ((e = vault_cost_ok(cost)) != 0 ||
	    (e = vault_passphrase_ok(passphrase)) != 0 ||
	    (e = again(v, old, &was)) != 0)
		return e;
	head.cost = cost;
	random_bytes(head.salt, sizeof(head.salt));
	if ((e = vault_stretch(passphrase, &head, &k)) == 0 &&
	    (e = vault_reseal(v, &was, &k)) == 0) {
		vault_keys_shut(v, &k);
		v->head = head;
		v->has_keys = true;
	}
	wipe(&was, sizeof(was));
	wipe(&k, sizeof(k));
	return e;
}
