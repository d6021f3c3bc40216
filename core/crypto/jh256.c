#include "core/crypto/finalists.h"

#define BLOCK 64
#define ROUNDS 42
#define NIBBLES 256		/* of the state, four bits each, a byte each */
#define SEED 64			/* of the round constants */

struct jh {
	uint8_t	h[2 * BLOCK];
	uint8_t	a[NIBBLES], t[NIBBLES];
	uint8_t	last[2 * BLOCK];
};

/* The first constant: the fraction of the root of two. */
static const uint8_t root_two[SEED / 2] = { 0x6a, 0x09, 0xe6, 0x67, 0xf3,
    0xbc, 0xc9, 0x08, 0xb2, 0xfb, 0x13, 0x66, 0xea, 0x95, 0x7d, 0x3e, 0x3a,
    0xde, 0xc1, 0x75, 0x12, 0x77, 0x50, 0x99, 0xda, 0x2f, 0x59, 0x0b, 0x06,
    0x67, 0x32, 0x2a };

/* S0 or S1 as the constant's bit says, by the paper's bitwise form. */
static uint8_t
substitute(uint8_t v, unsigned c)
{
	unsigned a0 = v >> 3 & 1u, a1 = v >> 2 & 1u, a2 = v >> 1 & 1u,
	    a3 = (v & 1u) ^ 1, t;

	a0 ^= (a2 ^ 1) & c;
	t = c ^ (a0 & a1);
	a0 ^= a2 & a3;
	a3 ^= (a1 ^ 1) & a2;
	a1 ^= a0 & a2;
	a2 ^= a0 & (a3 ^ 1);
	a0 ^= a1 | a3;
	a3 ^= a1 & a2;
	a1 ^= t & a0;
	a2 ^= t;
	return (uint8_t)(a0 << 3 | a1 << 2 | a2 << 1 | a3);
}

/* Times x modulo x^4 + x + 1. */
static uint8_t
twice(uint8_t v)
{
	return (uint8_t)((v << 1 ^ v >> 3 ^ (v >> 2 & 2)) & 15);
}

/* The constant's bits choose the boxes; pairs are mixed; then the
 * permutation: of four the last two change places, even ones go to the first
 * half, and in the other half neighbours change places. */
static void
round_of(uint8_t *a, uint8_t *t, size_t n, const uint8_t *constant)
{
	size_t i, half = n / 2;

	for (i = 0; i < n; i++)
		t[i] = substitute(a[i], constant == NULL ? 0u :
		    (unsigned)constant[i / 4] >> (3 - i % 4) & 1);
	for (i = 0; i < n; i += 2) {
		t[i + 1] ^= twice(t[i]);
		t[i] ^= twice(t[i + 1]);
	}
	for (i = 0; i < n; i += 4) {
		a[i / 2] = t[i];
		a[i / 2 + 1] = t[i + 3];
		a[half + i / 2] = t[i + 2];
		a[half + i / 2 + 1] = t[i + 1];
	}
}

static void
all_rounds(struct jh *s)
{
	uint8_t constant[SEED], spare[SEED];
	size_t i;

	for (i = 0; i < SEED; i++)
		constant[i] = root_two[i / 2] >> (i % 2 == 0 ? 4 : 0) & 15;
	for (i = 0; i < ROUNDS; i++) {
		round_of(s->a, s->t, NIBBLES, constant);
		round_of(constant, spare, SEED, NULL);
	}
}

/* Which nibble bit i of each of the four quarters goes to. */
static size_t
place(size_t i)
{
	return i < NIBBLES / 2 ? 2 * i : 2 * (i - NIBBLES / 2) + 1;
}

static void
compress(struct jh *s, const uint8_t m[BLOCK])
{
	size_t i, q;

	for (i = 0; i < BLOCK; i++)
		s->h[i] ^= m[i];
	memset(s->a, 0, sizeof(s->a));
	for (i = 0; i < NIBBLES; i++)
		for (q = 0; q < 4; q++)
			s->a[place(i)] |= (uint8_t)((s->h[32 * q + i / 8] >>
			    (7 - i % 8) & 1) << (3 - q));
	all_rounds(s);
	memset(s->h, 0, sizeof(s->h));
	for (i = 0; i < NIBBLES; i++)
		for (q = 0; q < 4; q++)
			s->h[32 * q + i / 8] |= (uint8_t)((s->a[place(i)] >>
			    (3 - q) & 1) << (7 - i % 8));
	for (i = 0; i < BLOCK; i++)
		s->h[BLOCK + i] ^= m[i];
}

/* A one, zeros, the length in bits; one whole block of it at least. */
void
jh256(struct span in, struct hash32 *out)
{
	static const uint8_t none[BLOCK];
	struct jh s = { .h = { 1, 0 } };	/* 256: bits of it */
	size_t i, rest = in.n % BLOCK, whole = in.n - rest, n;
	uint64_t bits = 8 * (uint64_t)in.n;

	compress(&s, none);
	for (i = 0; i < whole; i += BLOCK)
		compress(&s, in.p + i);
	n = rest == 0 ? BLOCK : 2 * BLOCK;
	if (rest > 0)
		memcpy(s.last, in.p + whole, rest);
	s.last[rest] = 0x80;
	for (i = 0; i < 8; i++)
		s.last[n - 1 - i] = (uint8_t)(bits >> 8 * i);
	for (i = 0; i < n; i += BLOCK)
		compress(&s, s.last + i);
	memcpy(out->b, s.h + 96, 32);
	wipe(&s, sizeof(s));
}
