#include <string.h>

#include "core/base/secret.h"
#include "core/crypto/aes.h"

#define BLOCK 16
#define BLOCKS 4			/* at once */
#define ROUNDS 14			/* of AES-256 */
#define KEY_WORDS (4 * (ROUNDS + 1))

/* The substitution on 64 bytes, without tables. */
static void
substitute(uint8_t b[BLOCK * BLOCKS])
{
	uint64_t w[8] = { 0 };
	struct planes p;
	size_t i;

	for (i = 0; i < BLOCK * BLOCKS; i++)
		w[i / 8] |= (uint64_t)b[i] << i % 8 * 8;
	planes_of_words(w, &p);
	planes_substitute(&p);
	planes_words(&p, w);
	for (i = 0; i < BLOCK * BLOCKS; i++)
		b[i] = (uint8_t)(w[i / 8] >> i % 8 * 8);
	wipe(&p, sizeof(p));
	wipe(w, sizeof(w));
}

static uint8_t
times_two(uint8_t x)
{
	return (uint8_t)(x << 1 ^ (0x1b & -(x >> 7)));
}

/* FIPS 197, 5.2: four bytes a word. */
static void
expand(const uint8_t key[32], uint8_t w[4 * KEY_WORDS])
{
	uint8_t t[BLOCK * BLOCKS], first, round = 1;
	size_t i, k;

	memcpy(w, key, 32);
	for (i = 8; i < KEY_WORDS; i++) {
		memset(t, 0, sizeof(t));
		memcpy(t, w + 4 * (i - 1), 4);
		if (i % 8 == 0) {
			first = t[0];
			memmove(t, t + 1, 3);
			t[3] = first;
		}
		if (i % 4 == 0)
			substitute(t);
		if (i % 8 == 0) {
			t[0] ^= round;
			round = times_two(round);
		}
		for (k = 0; k < 4; k++)
			w[4 * i + k] = w[4 * (i - 8) + k] ^ t[k];
	}
	wipe(t, sizeof(t));
}

static void
shift_rows(uint8_t b[BLOCK])
{
	uint8_t was[BLOCK];
	size_t i;

	memcpy(was, b, BLOCK);
	for (i = 0; i < BLOCK; i++)
		b[i] = was[(i + 4 * (i % 4)) % BLOCK];
	wipe(was, sizeof(was));
}

static void
mix_column(uint8_t c[4])
{
	uint8_t all = c[0] ^ c[1] ^ c[2] ^ c[3], first = c[0], was;
	size_t i;

	for (i = 0; i < 4; i++) {
		was = c[i];
		c[i] ^= all ^ times_two(was ^ (i < 3 ? c[i + 1] : first));
	}
}

static void
add_key(uint8_t b[BLOCK * BLOCKS], const uint8_t key[BLOCK])
{
	size_t i;

	for (i = 0; i < BLOCK * BLOCKS; i++)
		b[i] ^= key[i % BLOCK];
}

static void
encrypt(const uint8_t w[4 * KEY_WORDS], uint8_t b[BLOCK * BLOCKS])
{
	size_t r, i;

	add_key(b, w);
	for (r = 1; r <= ROUNDS; r++) {
		substitute(b);
		for (i = 0; i < BLOCKS; i++)
			shift_rows(b + BLOCK * i);
		for (i = 0; r < ROUNDS && i < 4 * BLOCKS; i++)
			mix_column(b + 4 * i);
		add_key(b, w + BLOCK * r);
	}
}

void
aes256_ctr(const uint8_t key[32], const uint8_t counter[16],
    const uint8_t *in, size_t n, uint8_t *out)
{
	uint8_t w[4 * KEY_WORDS], at[BLOCK], b[BLOCK * BLOCKS];
	size_t i, k, used = sizeof(b);

	expand(key, w);
	memcpy(at, counter, sizeof(at));
	for (i = 0; i < n; i++, used++) {
		if (used == sizeof(b)) {
			for (used = 0; used < sizeof(b); used += BLOCK) {
				memcpy(b + used, at, BLOCK);
				for (k = BLOCK; k-- > 0 && ++at[k] == 0;)
					continue;
			}
			encrypt(w, b);
			used = 0;
		}
		out[i] = in[i] ^ b[used];
	}
	wipe(w, sizeof(w));
	wipe(b, sizeof(b));
}
