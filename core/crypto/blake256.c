#include "core/crypto/finalists.h"

#define BLOCK 64
#define ROUNDS 14

static const uint32_t first[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372,
    0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
static const uint32_t constant[16] = { 0x243f6a88, 0x85a308d3, 0x13198a2e,
    0x03707344, 0xa4093822, 0x299f31d0, 0x082efa98, 0xec4e6c89, 0x452821e6,
    0x38d01377, 0xbe5466cf, 0x34e90c6c, 0xc0ac29b7, 0xc97c50dd, 0x3f84d5b5,
    0xb5470917 };
static const uint8_t order[10][16] = {
	{ 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 },
	{ 14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3 },
	{ 11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4 },
	{ 7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8 },
	{ 9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13 },
	{ 2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9 },
	{ 12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11 },
	{ 13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10 },
	{ 6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5 },
	{ 10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0 },
};
/* Columns, then diagonals. */
static const uint8_t lane[8][4] = { { 0, 4, 8, 12 }, { 1, 5, 9, 13 },
    { 2, 6, 10, 14 }, { 3, 7, 11, 15 }, { 0, 5, 10, 15 }, { 1, 6, 11, 12 },
    { 2, 7, 8, 13 }, { 3, 4, 9, 14 } };

struct blake {
	uint32_t h[8], v[16], m[16];
	uint8_t	 last[2 * BLOCK];
};

static uint32_t
ror(uint32_t x, unsigned n)
{
	return x >> n | x << (32 - n);
}

static void
step(uint32_t v[16], const uint8_t l[4], uint32_t x, uint32_t y)
{
	uint32_t *a = &v[l[0]], *b = &v[l[1]], *c = &v[l[2]], *d = &v[l[3]];

	*a += *b + x;
	*d = ror(*d ^ *a, 16);
	*c += *d;
	*b = ror(*b ^ *c, 12);
	*a += *b + y;
	*d = ror(*d ^ *a, 8);
	*c += *d;
	*b = ror(*b ^ *c, 7);
}

/* bits: of the message, this block's with them; 0 for a block without any. */
static void
compress(struct blake *s, const uint8_t p[BLOCK], uint64_t bits)
{
	size_t i, r;

	for (i = 0; i < 16; i++)
		s->m[i] = (uint32_t)p[4 * i] << 24 |
		    (uint32_t)p[4 * i + 1] << 16 |
		    (uint32_t)p[4 * i + 2] << 8 | p[4 * i + 3];
	for (i = 0; i < 8; i++) {
		s->v[i] = s->h[i];
		s->v[i + 8] = constant[i];
	}
	s->v[12] ^= (uint32_t)bits;
	s->v[13] ^= (uint32_t)bits;
	s->v[14] ^= (uint32_t)(bits >> 32);
	s->v[15] ^= (uint32_t)(bits >> 32);
	for (r = 0; r < ROUNDS; r++) {
		const uint8_t *o = order[r % 10];

		for (i = 0; i < 8; i++)
			step(s->v, lane[i],
			    s->m[o[2 * i]] ^ constant[o[2 * i + 1]],
			    s->m[o[2 * i + 1]] ^ constant[o[2 * i]]);
	}
	for (i = 0; i < 8; i++)
		s->h[i] ^= s->v[i] ^ s->v[i + 8];
}

/* A one, zeros, a one, and the length in bits, big-endian, to a block's end. */
static void
finish(struct blake *s, struct span rest, uint64_t bits)
{
	size_t n = rest.n + 9 <= BLOCK ? BLOCK : 2 * BLOCK, i;

	memset(s->last, 0, sizeof(s->last));
	if (rest.n > 0)
		memcpy(s->last, rest.p, rest.n);
	s->last[rest.n] = 0x80;
	s->last[n - 9] |= 1;
	for (i = 0; i < 8; i++)
		s->last[n - 1 - i] = (uint8_t)(bits >> 8 * i);
	compress(s, s->last, rest.n > 0 ? bits : 0);
	if (n > BLOCK)
		compress(s, s->last + BLOCK, 0);
}

void
blake256(struct span in, struct hash32 *out)
{
	struct blake s;
	size_t i;

	memcpy(s.h, first, sizeof(s.h));
	for (i = 0; in.n - i >= BLOCK; i += BLOCK)
		compress(&s, in.p + i, 8 * (uint64_t)(i + BLOCK));
	finish(&s, span_of(in.p + i, in.n - i), 8 * (uint64_t)in.n);
	for (i = 0; i < 32; i++)
		out->b[i] = (uint8_t)(s.h[i / 4] >> (24 - 8 * (i % 4)));
	wipe(&s, sizeof(s));
}
