#include "core/crypto/finalists.h"

#define BLOCK 64
#define WORDS 8
#define ROUNDS 72

enum kind { CONFIG = 4, MESSAGE = 48, OUTPUT = 63 };

static const uint8_t turn[8][4] = { { 46, 36, 19, 37 }, { 33, 27, 14, 42 },
    { 17, 49, 36, 39 }, { 44, 9, 54, 56 }, { 39, 30, 34, 24 },
    { 13, 50, 10, 17 }, { 25, 29, 39, 43 }, { 8, 35, 56, 22 } };
static const uint8_t from[WORDS] = { 2, 1, 4, 7, 6, 5, 0, 3 };

struct skein {
	uint64_t g[WORDS + 1];		/* the key, and its parity word */
	uint64_t tweak[3];
	uint64_t m[WORDS], v[WORDS], w[WORDS];
};

static void
add_key(struct skein *s, size_t n)
{
	size_t i;

	for (i = 0; i < WORDS; i++)
		s->v[i] += s->g[(n + i) % (WORDS + 1)];
	s->v[5] += s->tweak[n % 3];
	s->v[6] += s->tweak[(n + 1) % 3];
	s->v[7] += n;
}

/* Threefish-512 of the block under what there is, and the block added. */
static void
block(struct skein *s)
{
	size_t i, r;

	s->g[WORDS] = 0x1bd11bdaa9fc1a22;
	for (i = 0; i < WORDS; i++) {
		s->g[WORDS] ^= s->g[i];
		s->v[i] = s->m[i];
	}
	s->tweak[2] = s->tweak[0] ^ s->tweak[1];
	for (r = 0; r < ROUNDS; r++) {
		if (r % 4 == 0)
			add_key(s, r / 4);
		for (i = 0; i < WORDS; i += 2) {
			uint64_t b = s->v[i + 1];
			unsigned by = turn[r % 8][i / 2];

			s->w[i] = s->v[i] + b;
			s->w[i + 1] = (b << by | b >> (64 - by)) ^ s->w[i];
		}
		for (i = 0; i < WORDS; i++)
			s->v[i] = s->w[from[i]];
	}
	add_key(s, ROUNDS / 4);
	for (i = 0; i < WORDS; i++)
		s->g[i] = s->v[i] ^ s->m[i];
}

/* One kind of input, block by block; the tweak counts its bytes. */
static void
absorb(struct skein *s, enum kind kind, struct span in)
{
	size_t at = 0, n, i;

	do {
		n = in.n - at < BLOCK ? in.n - at : BLOCK;
		memset(s->m, 0, sizeof(s->m));
		for (i = 0; i < n; i++)
			s->m[i / 8] |= (uint64_t)in.p[at + i] << 8 * (i % 8);
		s->tweak[1] = (uint64_t)kind << 56;
		if (at == 0)
			s->tweak[1] |= (uint64_t)1 << 62;
		at += n;
		if (at == in.n)
			s->tweak[1] |= (uint64_t)1 << 63;
		s->tweak[0] = at;
		block(s);
	} while (at < in.n);
}

void
skein512_256(struct span in, struct hash32 *out)
{
	/* "SHA3", version 1, 256 bits of output. */
	static const uint8_t config[32] = { 'S', 'H', 'A', '3', 1, 0, 0, 0, 0,
	    1 };
	static const uint8_t counter[8];
	struct skein s = { .g = { 0 } };
	size_t i;

	absorb(&s, CONFIG, SPAN_OF(config));
	absorb(&s, MESSAGE, in);
	absorb(&s, OUTPUT, SPAN_OF(counter));
	for (i = 0; i < 32; i++)
		out->b[i] = (uint8_t)(s.g[i / 8] >> 8 * (i % 8));
	wipe(&s, sizeof(s));
}
