#include <sodium.h>

#include "core/crypto/chacha.h"

void
chacha20_xor(const struct secret32 *key, const uint8_t nonce[CHACHA_NONCE],
    struct span in, uint8_t *out)
{
	(void)crypto_stream_chacha20_xor(out, in.p, in.n, nonce, key->b);
}
