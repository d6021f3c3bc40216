#include "core/base/secret.h"
#include "core/crypto/aes.h"

/* --- bytes to planes and back ----------------------------------------------*/

static inline void
swap(uint64_t *x, uint64_t *y, uint64_t low, unsigned by)
{
	uint64_t t = (*x >> by ^ *y) & low;

	*y ^= t;
	*x ^= t << by;
}

/* A transposition is its own inverse: bit i of byte k of word j goes to bit j
 * of byte k of plane i. */
static inline void
transpose(uint64_t w[8])
{
	size_t i;

	for (i = 0; i < 8; i += 2)
		swap(&w[i], &w[i + 1], 0x5555555555555555, 1);
	for (i = 0; i < 8; i += i % 4 == 0 ? 1 : 3)
		swap(&w[i], &w[i + 2], 0x3333333333333333, 2);
	for (i = 0; i < 4; i++)
		swap(&w[i], &w[i + 4], 0x0f0f0f0f0f0f0f0f, 4);
}

void
planes_of_words(const uint64_t w[8], struct planes *p)
{
	size_t i;

	for (i = 0; i < 8; i++)
		p->b[i] = w[i];
	transpose(p->b);
}

void
planes_words(const struct planes *p, uint64_t w[8])
{
	struct planes t = *p;
	size_t i;

	transpose(t.b);
	for (i = 0; i < 8; i++)
		w[i] = t.b[i];
}

/* --- GF(2^4), modulo x^4 + x + 1 ------------------------------------------ */

struct half { uint64_t v[4]; };

static inline struct half
half_add(struct half a, struct half b)
{
	return (struct half){ { a.v[0] ^ b.v[0], a.v[1] ^ b.v[1],
	    a.v[2] ^ b.v[2], a.v[3] ^ b.v[3] } };
}

/* Seven columns of the product, the upper three folded back. */
static inline struct half
half_mul(struct half a, struct half b)
{
	uint64_t c[7] = { 0 };
	size_t i, j;

	for (i = 0; i < 4; i++)
		for (j = 0; j < 4; j++)
			c[i + j] ^= a.v[i] & b.v[j];
	return (struct half){ { c[0] ^ c[4], c[1] ^ c[4] ^ c[5],
	    c[2] ^ c[5] ^ c[6], c[3] ^ c[6] } };
}

static inline struct half
half_square(struct half a)
{
	return (struct half){ { a.v[0] ^ a.v[2], a.v[2], a.v[1] ^ a.v[3],
	    a.v[3] } };
}

/* Times N = x^3 + x^2: with it Y^2 + Y + N has no root in GF(2^4). */
static inline struct half
half_norm(struct half a)
{
	return (struct half){ { a.v[1] ^ a.v[2], a.v[1] ^ a.v[3],
	    a.v[0] ^ a.v[2], a.v[0] ^ a.v[1] ^ a.v[3] } };
}

/* a to the 14: the inverse, and zero of zero; each bit as a sum of products. */
static inline struct half
half_invert(struct half a)
{
	uint64_t a0 = a.v[0], a1 = a.v[1], a2 = a.v[2], a3 = a.v[3];
	uint64_t a01 = a0 & a1, a02 = a0 & a2, a12 = a1 & a2, a03 = a0 & a3,
	    a13 = a1 & a3, a23 = a2 & a3, a123 = a12 & a3;

	return (struct half){ {
	    a0 ^ a1 ^ a2 ^ a3 ^ a02 ^ a12 ^ (a01 & a2) ^ a123,
	    a3 ^ a01 ^ a02 ^ a12 ^ a13 ^ (a01 & a3),
	    a2 ^ a3 ^ a01 ^ a02 ^ a03 ^ (a02 & a3),
	    a1 ^ a2 ^ a3 ^ a03 ^ a13 ^ a23 ^ a123 } };
}

/* --- SubBytes ------------------------------------------------------------- */

/*
 * AES's own field to h Y + l, where 0x5d is the root of x^4 + x + 1 and 0xaf
 * that of Y^2 + Y + N; back, with the affine map of FIPS 197, 5.1.1, in one.
 */
static inline void
to_tower(const uint64_t b[8], struct half *h, struct half *l)
{
	uint64_t b23 = b[2] ^ b[3], b57 = b[5] ^ b[7];

	*l = (struct half){ { b[0] ^ b[4] ^ b[7], b23 ^ b[4] ^ b57,
	    b[1] ^ b[3] ^ b[6], b[2] ^ b[6] ^ b[7] } };
	*h = (struct half){ { b[1] ^ b23 ^ b57, b[1] ^ b[4] ^ b[5] ^ b[6],
	    b23, b57 } };
}

static inline void
from_tower(struct half h, struct half l, uint64_t b[8])
{
	uint64_t l01 = l.v[0] ^ l.v[1], l12 = l.v[1] ^ l.v[2];

	b[0] = ~(l01 ^ h.v[0] ^ h.v[1]);
	b[1] = ~(l.v[0] ^ h.v[1]);
	b[2] = l01 ^ l.v[2] ^ h.v[3];
	b[3] = l01 ^ h.v[0] ^ h.v[2];
	b[4] = l.v[0] ^ l.v[2] ^ l.v[3];
	b[5] = ~(l12 ^ l.v[3] ^ h.v[2]);
	b[6] = ~(h.v[0] ^ h.v[1] ^ h.v[3]);
	b[7] = l12 ^ h.v[0] ^ h.v[3];
}

void
planes_substitute(struct planes *p)
{
	struct half h, l, d;

	to_tower(p->b, &h, &l);
	d = half_add(half_norm(half_square(h)), half_square(l));
	d = half_invert(half_add(d, half_mul(h, l)));
	from_tower(half_mul(h, d), half_mul(half_add(h, l), d), p->b);
}

/* --- the round ------------------------------------------------------------ */

/* Row r, column c of block b is byte 4 (c mod 2) + r of a plane, bit 2b +
 * c / 2: rows turn by moving bytes by four and neighbouring bits about. */
static inline uint64_t
shift_rows(uint64_t x)
{
	uint64_t crossed = (x >> 1 & 0x5555555555555555) |
	    (x & 0x5555555555555555) << 1;

	return (x & 0x000000ff000000ff) |			/* row 0 */
	    (crossed & 0x00ff000000ff0000) |			/* row 2 */
	    (x >> 32 & 0x000000000000ff00) |			/* row 1 */
	    (crossed << 32 & 0x0000ff0000000000) |
	    (crossed >> 32 & 0x00000000ff000000) |		/* row 3 */
	    (x << 32 & 0xff00000000000000);
}

/* To each row what stands in the next. */
static inline uint64_t
next_row(uint64_t x)
{
	return (x >> 8 & 0x00ffffff00ffffff) | (x << 24 & 0xff000000ff000000);
}

/* 2a + 3b + c + d = 2 (a + b) + b + (c + d), by rows. */
static inline void
mix_columns(struct planes *p)
{
	struct planes next, sum;
	size_t i;

	for (i = 0; i < 8; i++) {
		next.b[i] = next_row(p->b[i]);
		sum.b[i] = p->b[i] ^ next.b[i];
	}
	for (i = 0; i < 8; i++)
		p->b[i] = next.b[i] ^ next_row(next_row(sum.b[i])) ^
		    sum.b[(i + 7) % 8];
	p->b[1] ^= sum.b[7];		/* x^8 = x^4 + x^3 + x + 1 */
	p->b[3] ^= sum.b[7];
	p->b[4] ^= sum.b[7];
}

void
aes_round(struct planes *p, const struct planes *key)
{
	size_t i;

	planes_substitute(p);
	for (i = 0; i < 8; i++)
		p->b[i] = shift_rows(p->b[i]);
	mix_columns(p);
	for (i = 0; i < 8; i++)
		p->b[i] ^= key->b[i];
}

void
aes_round_one(const uint64_t in[2], const uint64_t key[2], uint64_t out[2])
{
	static const struct planes none;
	uint64_t w[8] = { in[0], in[1] };
	struct planes p;

	planes_of_words(w, &p);
	aes_round(&p, &none);
	planes_words(&p, w);
	out[0] = w[0] ^ key[0];
	out[1] = w[1] ^ key[1];
}

/* --- the keys ------------------------------------------------------------- */

static uint32_t
substitute_word(uint32_t v)
{
	uint64_t w[8] = { v };
	struct planes p;

	planes_of_words(w, &p);
	planes_substitute(&p);
	planes_words(&p, w);
	return (uint32_t)w[0];
}

void
aes_keys(const uint64_t key[4], struct planes out[AES_ROUNDS])
{
	uint32_t w[4 * AES_ROUNDS], t, rcon = 1;
	uint64_t all[8];
	size_t i;

	for (i = 0; i < 8; i++)
		w[i] = (uint32_t)(key[i / 2] >> 32 * (i % 2));
	for (; i < 4 * AES_ROUNDS; i++) {
		t = w[i - 1];
		if (i % 8 == 0) {
			t = substitute_word(t >> 8 | t << 24) ^ rcon;
			rcon <<= 1;
		} else if (i % 8 == 4) {
			t = substitute_word(t);
		}
		w[i] = w[i - 8] ^ t;
	}
	for (i = 0; i < 8 * AES_ROUNDS; i++) {
		all[i % 8] = w[i / 8 * 4 + i % 2 * 2] |
		    (uint64_t)w[i / 8 * 4 + i % 2 * 2 + 1] << 32;
		if (i % 8 == 7)
			planes_of_words(all, &out[i / 8]);
	}
	wipe(w, sizeof(w));
	wipe(all, sizeof(all));
}
