#include "core/base/secret.h"
#include "core/crypto/shamir.h"

struct shape {
	unsigned	bits;
	uint8_t		low;	/* of the polynomial, without its top bit */
};

static const struct shape shapes[] = {
	[FIELD_256] = { 8, 0x1b },	/* x^8 + x^4 + x^3 + x + 1 */
	[FIELD_32] = { 5, 0x09 },	/* x^5 + x^3 + 1 */
};

/* Bit by bit, the same steps whatever a and b are. */
static uint8_t
mul(const struct shape *f, uint8_t a, uint8_t b)
{
	uint32_t x = a, sum = 0, mask = (1u << f->bits) - 1;
	unsigned i;

	for (i = 0; i < f->bits; i++) {
		sum ^= x & ct_opaque(0u - ((uint32_t)b >> i & 1u));
		x = (x << 1 & mask) ^
		    (f->low & ct_opaque(0u - (x >> (f->bits - 1))));
	}
	return (uint8_t)sum;
}

/* By Fermat: the power 2^bits - 2. */
static uint8_t
inverse(const struct shape *f, uint8_t a)
{
	uint8_t r = 1;
	unsigned i;

	for (i = 1; i < f->bits; i++) {
		a = mul(f, a, a);
		r = mul(f, r, a);
	}
	return r;
}

enum err
shamir_at(enum field field, const struct shamir_row *row, size_t n, uint8_t x,
    uint8_t *out, size_t len)
{
	const struct shape *f = &shapes[field];
	uint8_t sum[SHAMIR_ROWS], up, down;
	size_t i, k;

	if (n > SHAMIR_ROWS)
		return ERR_RANGE;
	for (i = 0; i < n; i++) {
		for (up = down = 1, k = 0; k < n; k++) {
			if (k == i)
				continue;
			if (row[k].x == row[i].x)
				return ERR_DUPLICATE;
			up = mul(f, up, row[k].x ^ x);
			down = mul(f, down, row[k].x ^ row[i].x);
		}
		sum[i] = mul(f, up, inverse(f, down));
	}
	for (k = 0; k < len; k++) {
		for (down = 0, i = 0; i < n; i++)
			down ^= mul(f, row[i].y[k], sum[i]);
		out[k] = down;
	}
	return 0;
}
