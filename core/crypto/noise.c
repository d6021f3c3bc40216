#include <string.h>

#include <sodium.h>

#include "core/crypto/keccak.h"
#include "core/crypto/noise.h"

#define BLOCK 64			/* of ChaCha20 */

static const char label[] = "coldseal-noise-1";

void
noise_begin(struct noise *n, const struct secret32 *seed, struct span secret,
    struct span message)
{
	struct keccak k;
	struct sink s = sink_to_keccak(&k);
	struct hash32 key;

	keccak_begin(&k);
	put_text(&s, label);
	put_span(&s, SPAN_OF(seed->b));
	put_u64le(&s, secret.n);	/* lengths, so that parts do not run */
	put_span(&s, secret);		/* into each other */
	put_u64le(&s, message.n);
	put_span(&s, message);
	keccak_end(&k, &key);
	memcpy(n->key.b, key.b, sizeof(n->key.b));
	n->block = 0;
	wipe(&key, sizeof(key));
}

/* Each draw begins with a fresh block. */
void
noise_bytes(struct noise *n, void *out, size_t len)
{
	static const uint8_t nonce[crypto_stream_chacha20_NONCEBYTES];

	if (len == 0)
		return;
	memset(out, 0, len);
	(void)crypto_stream_chacha20_xor_ic(out, out, len, nonce, n->block,
	    n->key.b);
	n->block += (len - 1) / BLOCK + 1;
}

void
noise_scalar(struct noise *n, struct scalar *r)
{
	uint8_t wide[64];
	bool zero;

	do {
		noise_bytes(n, wide, sizeof(wide));
		sc_reduce_wide(wide, r);
		zero = sc_is_zero(r);
		ct_public(&zero, sizeof(zero));
	} while (zero);
	wipe(wide, sizeof(wide));
}

/* What lies in the last, incomplete run of n is drawn again. */
uint32_t
noise_below(struct noise *n, uint32_t bound)
{
	uint32_t past = (uint32_t)(0u - bound) % bound;	/* 2^32 mod bound */
	uint8_t b[4];
	uint32_t v;
	bool again;

	do {
		noise_bytes(n, b, sizeof(b));
		v = (uint32_t)b[0] | (uint32_t)b[1] << 8 |
		    (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
		again = v < past;
		ct_public(&again, sizeof(again));
	} while (again);
	wipe(b, sizeof(b));
	return v % bound;
}

void
noise_end(struct noise *n)
{
	wipe(n, sizeof(*n));
}
