#include "core/chain/monero/bpp_parts.h"
#include "core/crypto/keccak.h"

/* Hp(K("bulletproof_plus_transcript")) */
static const struct point begin = { { 0x4a, 0x67, 0x7c, 0x90, 0xeb, 0x73, 0x05,
    0x1e, 0x79, 0x0d, 0xa4, 0x55, 0x91, 0x10, 0x7f, 0x6e, 0xe1, 0x05, 0x90,
    0x4d, 0x91, 0x87, 0xc5, 0xd3, 0x54, 0x71, 0x09, 0x6c, 0x44, 0x5a, 0x22,
    0x75 } };

/* Hp(K(H || "bulletproof_plus" || varint(k))) */
static enum err
generator(uint32_t k, struct ge *out)
{
	struct keccak state;
	struct sink s = sink_to_keccak(&state);
	struct hash32 h;
	struct point p;

	keccak_begin(&state);
	put_span(&s, SPAN_OF(ed_h.b));
	put_text(&s, "bulletproof_plus");
	if (k >= 0x80)
		put_u8(&s, (uint8_t)(k | 0x80));
	put_u8(&s, (uint8_t)(k >= 0x80 ? k >> 7 : k));
	keccak_end(&state, &h);
	memcpy(p.b, h.b, sizeof(p.b));
	return hash_to_ge(&p, out);
}

enum err
bpp_generators(size_t n, struct ge *g, struct ge *h)
{
	enum err e = 0;
	size_t i;

	for (i = 0; e == 0 && i < n; i++) {
		e = generator((uint32_t)(2 * i), &h[i]);
		if (e == 0)
			e = generator((uint32_t)(2 * i + 1), &g[i]);
	}
	return e;
}

size_t
bpp_padded(size_t n)
{
	size_t m = 1;

	while (m < n)
		m *= 2;
	return m;
}

size_t
bpp_rounds(size_t n)
{
	size_t rounds = 6;		/* 64 is 2^6 */

	while ((size_t)BPP_BITS << (rounds - 6) < BPP_BITS * n)
		rounds++;
	return rounds;
}

/* Hs(t || Hs(all v)), with t the beginning. */
void
bpp_begin(const struct point *v, size_t n, struct scalar *t)
{
	uint8_t both[64];
	struct scalar all;

	hash_to_scalar(span_of(v, n * sizeof(*v)), &all);
	memcpy(both, begin.b, 32);
	memcpy(both + 32, all.b, 32);
	hash_to_scalar(SPAN_OF(both), t);
}

enum err
bpp_challenge(struct scalar *t, const struct point *first,
    const struct point *second)
{
	uint8_t in[96];
	size_t n = 64;

	memcpy(in, t->b, 32);
	memcpy(in + 32, first->b, 32);
	if (second != NULL) {
		memcpy(in + 64, second->b, 32);
		n = 96;
	}
	hash_to_scalar(span_of(in, n), t);
	return sc_is_zero(t) ? ERR_MISMATCH : ERR_NONE;
}

enum err
bpp_yz(struct scalar *t, const struct point *a, struct scalar *y)
{
	enum err e;

	if ((e = bpp_challenge(t, a, NULL)) != 0)
		return e;
	*y = *t;
	hash_to_scalar(SPAN_OF(y->b), t);
	return sc_is_zero(t) ? ERR_MISMATCH : ERR_NONE;
}

void
bpp_powers(const struct scalar *x, size_t n, struct scalar *out)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (i == 0)
			out[i] = sc_one;
		else
			sc_mul(&out[i - 1], x, &out[i]);
	}
}
