#include <string.h>

#include "core/crypto/keccak.h"

#define RATE 136			/* bytes: 1600 bits less 2 * 256 */
#define ROUNDS 24

static const uint64_t round_constant[ROUNDS] = {
	0x0000000000000001, 0x0000000000008082, 0x800000000000808a,
	0x8000000080008000, 0x000000000000808b, 0x0000000080000001,
	0x8000000080008081, 0x8000000000008009, 0x000000000000008a,
	0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
	0x000000008000808b, 0x800000000000008b, 0x8000000000008089,
	0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
	0x000000000000800a, 0x800000008000000a, 0x8000000080008081,
	0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
};

/* Rho and pi in one walk from lane 1: by how much, and where to. */
static const uint8_t turn[24] = { 1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14,
    27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44 };
static const uint8_t walk[24] = { 10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4,
    15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1 };

static inline uint64_t
rol(uint64_t v, unsigned n)
{
	return v << n | v >> (64 - n);
}

static inline void
theta(uint64_t a[25])
{
	uint64_t c[5], d;
	size_t x, y;

	for (x = 0; x < 5; x++)
		c[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
	for (x = 0; x < 5; x++) {
		d = c[(x + 4) % 5] ^ rol(c[(x + 1) % 5], 1);
		for (y = 0; y < 25; y += 5)
			a[y + x] ^= d;
	}
}

static inline void
rho_pi(uint64_t a[25])
{
	uint64_t held = a[1], next;
	size_t i;

	for (i = 0; i < 24; i++) {
		next = a[walk[i]];
		a[walk[i]] = rol(held, turn[i]);
		held = next;
	}
}

static inline void
chi(uint64_t a[25])
{
	uint64_t row[5];
	size_t x, y;

	for (y = 0; y < 25; y += 5) {
		for (x = 0; x < 5; x++)
			row[x] = a[y + x];
		for (x = 0; x < 5; x++)
			a[y + x] ^= ~row[(x + 1) % 5] & row[(x + 2) % 5];
	}
}

void
keccak_f(uint64_t lane[25])
{
	size_t i;

	for (i = 0; i < ROUNDS; i++) {
		theta(lane);
		rho_pi(lane);
		chi(lane);
		lane[0] ^= round_constant[i];
	}
}

static void
take(struct keccak *k, size_t at, uint8_t byte)
{
	k->lane[at / 8] ^= (uint64_t)byte << 8 * (at % 8);
}

void
keccak_begin(struct keccak *k)
{
	memset(k, 0, sizeof(*k));
}

void
keccak_put(struct keccak *k, struct span b)
{
	size_t i;

	for (i = 0; i < b.n; i++) {
		take(k, k->at, b.p[i]);
		if (++k->at == RATE) {
			keccak_f(k->lane);
			k->at = 0;
		}
	}
}

/* The padding, and the first n bytes of what comes of it. */
static void
finish(struct keccak *k, uint8_t *out, size_t n)
{
	size_t i;

	take(k, k->at, 0x01);
	take(k, RATE - 1, 0x80);
	keccak_f(k->lane);
	for (i = 0; i < n; i++)
		out[i] = (uint8_t)(k->lane[i / 8] >> 8 * (i % 8));
	wipe(k, sizeof(*k));
}

void
keccak_end(struct keccak *k, struct hash32 *out)
{
	finish(k, out->b, sizeof(out->b));
}

void
keccak_state(struct keccak *k, uint8_t out[200])
{
	finish(k, out, 200);
}

static void
hash_put(struct sink *s, struct span b)
{
	keccak_put(s->hash, b);
}

struct sink
sink_to_keccak(struct keccak *k)
{
	return (struct sink){ .put = hash_put, .hash = k };
}

void
keccak256(struct span s, struct hash32 *out)
{
	struct keccak k;

	keccak_begin(&k);
	keccak_put(&k, s);
	keccak_end(&k, out);
}
