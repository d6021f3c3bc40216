#include <sodium.h>

#include "core/crypto/aead.h"

void
aead_close(const struct secret32 *key, const uint8_t nonce[AEAD_NONCE],
    struct span in, uint8_t *out)
{
	(void)crypto_aead_chacha20poly1305_ietf_encrypt(out, NULL, in.p, in.n,
	    NULL, 0, NULL, nonce, key->b);
}

enum err
aead_open(const struct secret32 *key, const uint8_t nonce[AEAD_NONCE],
    struct span in, uint8_t *out)
{
	int bad = crypto_aead_chacha20poly1305_ietf_decrypt(out, NULL, NULL,
	    in.p, in.n, NULL, 0, nonce, key->b);

	ct_public(&bad, sizeof(bad));	/* whoever asks is told */
	return bad == 0 ? ERR_NONE : ERR_MISMATCH;
}
