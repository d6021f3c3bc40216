#include "core/crypto/aes.h"
#include "core/crypto/finalists.h"

#define BLOCK 64
#define ROUNDS 10

/* Eight columns of eight bytes: row i of a column is its byte i, from the low
 * end; so a message is read little-endian. */
struct groestl {
	uint64_t h[8], p[8], q[8];
	uint8_t	 last[2 * BLOCK];
};

static const uint8_t shift_p[8] = { 0, 1, 2, 3, 4, 5, 6, 7 };
static const uint8_t shift_q[8] = { 1, 3, 5, 7, 0, 2, 4, 6 };

static void
shift_bytes(uint64_t s[8], const uint8_t by[8])
{
	uint64_t t[8] = { 0 };
	size_t c, r;

	for (c = 0; c < 8; c++)
		for (r = 0; r < 8; r++)
			t[c] |= s[(c + by[r]) % 8] & (uint64_t)0xff << 8 * r;
	memcpy(s, t, sizeof(t));
	wipe(t, sizeof(t));
}

static uint64_t
twice(uint64_t x)
{
	uint64_t top = x >> 7 & 0x0101010101010101;

	return (x & 0x7f7f7f7f7f7f7f7f) << 1 ^ top * 0x1b;
}

/* The row so many further down, in each row. */
static uint64_t
down(uint64_t x, unsigned rows)
{
	return rows == 0 ? x : x >> 8 * rows | x << (64 - 8 * rows);
}

/* The circulant matrix 2 2 3 4 5 3 5 7: by what it has of 1, 2 and 4. */
static uint64_t
mix(uint64_t x)
{
	uint64_t one = down(x, 2) ^ down(x, 4) ^ down(x, 5) ^ down(x, 6) ^
	    down(x, 7);
	uint64_t two = x ^ down(x, 1) ^ down(x, 2) ^ down(x, 5) ^ down(x, 7);
	uint64_t four = down(x, 3) ^ down(x, 4) ^ down(x, 6) ^ down(x, 7);

	return one ^ twice(two ^ twice(four));
}

static void
permute(uint64_t s[8], bool is_q)
{
	struct planes p;
	uint64_t r, c;

	for (r = 0; r < ROUNDS; r++) {
		for (c = 0; c < 8; c++)
			s[c] ^= is_q ? ~((c << 4 ^ r) << 56) : c << 4 ^ r;
		planes_of_words(s, &p);
		planes_substitute(&p);
		planes_words(&p, s);
		shift_bytes(s, is_q ? shift_q : shift_p);
		for (c = 0; c < 8; c++)
			s[c] = mix(s[c]);
	}
	wipe(&p, sizeof(p));
}

static void
compress(struct groestl *s, const uint8_t b[BLOCK])
{
	size_t i;

	memset(s->q, 0, sizeof(s->q));
	for (i = 0; i < BLOCK; i++)
		s->q[i / 8] |= (uint64_t)b[i] << 8 * (i % 8);
	for (i = 0; i < 8; i++)
		s->p[i] = s->h[i] ^ s->q[i];
	permute(s->p, false);
	permute(s->q, true);
	for (i = 0; i < 8; i++)
		s->h[i] ^= s->p[i] ^ s->q[i];
}

/* A one, zeros, and how many blocks there are, big-endian. */
void
groestl256(struct span in, struct hash32 *out)
{
	struct groestl s = { .h = { [7] = (uint64_t)1 << 48 } };
	size_t i, n, rest = in.n % BLOCK, whole = in.n - rest;
	uint64_t blocks;

	for (i = 0; i < whole; i += BLOCK)
		compress(&s, in.p + i);
	n = rest + 9 <= BLOCK ? BLOCK : 2 * BLOCK;
	blocks = (whole + n) / BLOCK;
	if (rest > 0)
		memcpy(s.last, in.p + whole, rest);
	s.last[rest] = 0x80;
	for (i = 0; i < 8; i++)
		s.last[n - 1 - i] = (uint8_t)(blocks >> 8 * i);
	for (i = 0; i < n; i += BLOCK)
		compress(&s, s.last + i);
	memcpy(s.p, s.h, sizeof(s.p));
	permute(s.p, false);
	for (i = 0; i < 32; i++)
		out->b[i] = (uint8_t)((s.p[4 + i / 8] ^ s.h[4 + i / 8]) >>
		    8 * (i % 8));
	wipe(&s, sizeof(s));
}
