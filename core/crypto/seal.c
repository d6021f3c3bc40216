#include <sodium.h>

#include "core/crypto/seal.h"

enum err
argon2id(struct span passphrase, const uint8_t salt[SEAL_SALT],
    struct cost cost, struct secret32 *out)
{
	const char *p = passphrase.n > 0 ? (const char *)passphrase.p : "";

	return crypto_pwhash_argon2id(out->b, sizeof(out->b), p,
	    passphrase.n, salt, cost.passes, (size_t)cost.kib << 10,
	    crypto_pwhash_argon2id_ALG_ARGON2ID13) == 0 ? ERR_NONE :
	    ERR_SPACE;
}

void
keyed_hash(const struct secret32 *key, struct span s, struct hash32 *out)
{
	(void)crypto_generichash(out->b, sizeof(out->b), s.p, s.n, key->b,
	    sizeof(key->b));
}

void
key_for(const struct secret32 *key, const char *use, struct secret32 *out)
{
	struct span s = span_text(use);

	(void)crypto_generichash(out->b, sizeof(out->b), s.p, s.n, key->b,
	    sizeof(key->b));
}

void
box_close(const struct secret32 *key, const uint8_t nonce[SEAL_NONCE],
    struct span label, struct span in, uint8_t *out)
{
	(void)crypto_aead_xchacha20poly1305_ietf_encrypt(out, NULL, in.p,
	    in.n, label.p, label.n, NULL, nonce, key->b);
	ct_public(out, in.n + SEAL_TAG);
}

enum err
box_open(const struct secret32 *key, const uint8_t nonce[SEAL_NONCE],
    struct span label, struct span in, uint8_t *out)
{
	int bad;

	if (in.n < SEAL_TAG)
		return ERR_MISMATCH;
	bad = crypto_aead_xchacha20poly1305_ietf_decrypt(out, NULL, NULL,
	    in.p, in.n, label.p, label.n, nonce, key->b);
	ct_public(&bad, sizeof(bad));	/* whoever asks is told */
	if (bad == 0)
		return 0;
	wipe(out, in.n - SEAL_TAG);
	return ERR_MISMATCH;
}
