#include <string.h>

#include <sodium.h>

#include "core/crypto/ed25519.h"

const struct scalar sc_zero = { { 0 } }, sc_one = { { 1 } };
const struct scalar sc_eighth = { { 0x79, 0x2f, 0xdc, 0xe2, 0x29, 0xe5, 0x06,
    0x61, 0xd0, 0xda, 0x1c, 0x7d, 0xb3, 0x9d, 0xd3, 0x07, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0x06 } };
static const uint8_t order[32] = { 0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12,
    0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0x10 };

/* Below the order when subtracting it borrows at the end. */
enum err
sc_reduced(const struct scalar *s)
{
	uint32_t borrow = 0;
	size_t i;

	for (i = 0; i < sizeof(order); i++)
		borrow = ((uint32_t)s->b[i] - order[i] - borrow) >> 31;
	ct_public(&borrow, sizeof(borrow));
	return borrow == 1 ? ERR_NONE : ERR_KEY;
}

bool
sc_is_zero(const struct scalar *s)
{
	return ct_equal(s->b, sc_zero.b, sizeof(s->b));
}

void
sc_reduce(const uint8_t in[32], struct scalar *r)
{
	uint8_t wide[64] = { 0 };

	memcpy(wide, in, 32);
	crypto_core_ed25519_scalar_reduce(r->b, wide);
	wipe(wide, sizeof(wide));
}

void
sc_reduce_wide(const uint8_t in[64], struct scalar *r)
{
	crypto_core_ed25519_scalar_reduce(r->b, in);
}

void
sc_of_u64(uint64_t v, struct scalar *r)
{
	size_t i;

	*r = sc_zero;
	for (i = 0; i < 8; i++)
		r->b[i] = (uint8_t)(v >> 8 * i);
}

void
sc_add(const struct scalar *a, const struct scalar *b, struct scalar *r)
{
	crypto_core_ed25519_scalar_add(r->b, a->b, b->b);
}

void
sc_sub(const struct scalar *a, const struct scalar *b, struct scalar *r)
{
	crypto_core_ed25519_scalar_sub(r->b, a->b, b->b);
}

void
sc_mul(const struct scalar *a, const struct scalar *b, struct scalar *r)
{
	crypto_core_ed25519_scalar_mul(r->b, a->b, b->b);
}

void
sc_muladd(const struct scalar *a, const struct scalar *b,
    const struct scalar *c, struct scalar *r)
{
	struct scalar product;

	sc_mul(a, b, &product);
	sc_add(&product, c, r);
	wipe(&product, sizeof(product));
}

void
sc_neg(const struct scalar *a, struct scalar *r)
{
	crypto_core_ed25519_scalar_negate(r->b, a->b);
}

/* The library calls zero a failure, and gives zero all the same. */
void
sc_invert(const struct scalar *a, struct scalar *r)
{
	(void)crypto_core_ed25519_scalar_invert(r->b, a->b);
}
