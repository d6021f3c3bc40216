#include <stdio.h>
#include <string.h>

#include "core/base/num.h"

struct num
num_of(uint64_t v)
{
	return (struct num){ { v, 0, 0, 0 } };
}

bool
num_is_zero(const struct num *a)
{
	return (a->w[0] | a->w[1] | a->w[2] | a->w[3]) == 0;
}

int
num_cmp(const struct num *a, const struct num *b)
{
	size_t i;

	for (i = 4; i-- > 0;)
		if (a->w[i] != b->w[i])
			return a->w[i] < b->w[i] ? -1 : 1;
	return 0;
}

enum err
num_add(struct num *a, const struct num *b)
{
	struct num r;
	unsigned carry = 0;
	size_t i;

	for (i = 0; i < 4; i++) {
		unsigned __int128 t = (unsigned __int128)a->w[i] + b->w[i] +
		    carry;

		r.w[i] = (uint64_t)t;
		carry = (unsigned)(t >> 64);
	}
	if (carry != 0)
		return ERR_RANGE;
	*a = r;
	return 0;
}

enum err
num_sub(struct num *a, const struct num *b)
{
	struct num r;
	uint64_t borrow = 0;
	size_t i;

	for (i = 0; i < 4; i++) {
		unsigned __int128 t = (unsigned __int128)a->w[i] - b->w[i] -
		    borrow;

		r.w[i] = (uint64_t)t;
		borrow = (uint64_t)(t >> 64) & 1;
	}
	if (borrow != 0)
		return ERR_RANGE;
	*a = r;
	return 0;
}

enum err
num_mul(struct num *a, uint32_t m)
{
	struct num r;
	uint64_t carry = 0;
	size_t i;

	for (i = 0; i < 4; i++) {
		unsigned __int128 t = (unsigned __int128)a->w[i] * m + carry;

		r.w[i] = (uint64_t)t;
		carry = (uint64_t)(t >> 64);
	}
	if (carry != 0)
		return ERR_RANGE;
	*a = r;
	return 0;
}

uint32_t
num_div(struct num *a, uint32_t d)
{
	unsigned __int128 rest = 0;
	size_t i;

	for (i = 4; i-- > 0;) {
		rest = rest << 64 | a->w[i];
		a->w[i] = (uint64_t)(rest / d);
		rest %= d;
	}
	return (uint32_t)rest;
}

enum err
num_u64(const struct num *a, uint64_t *v)
{
	if ((a->w[1] | a->w[2] | a->w[3]) != 0)
		return ERR_RANGE;
	*v = a->w[0];
	return 0;
}

void
num_text(const struct num *a, char *buf)
{
	struct num t = *a;
	char rev[NUM_TEXT_MAX];
	size_t n = 0, i;

	do {
		rev[n++] = (char)('0' + num_div(&t, 10));
	} while (!num_is_zero(&t));
	for (i = 0; i < n; i++)
		buf[i] = rev[n - 1 - i];
	buf[n] = '\0';
}

void
num_text_units(const struct num *a, unsigned decimals, char *buf)
{
	char digits[NUM_TEXT_MAX];
	size_t n, i, o = 0;

	num_text(a, digits);
	n = strlen(digits);
	if (n <= decimals) {
		buf[o++] = '0';
	} else {
		memcpy(buf, digits, n - decimals);
		o = n - decimals;
	}
	if (decimals > 0 && o + decimals + 2 <= NUM_TEXT_MAX) {
		buf[o++] = '.';
		for (i = n; i < decimals; i++)
			buf[o++] = '0';
		i = n > decimals ? n - decimals : 0;
		memcpy(buf + o, digits + i, n - i);
		o += n - i;
	}
	buf[o] = '\0';
}

enum err
num_of_text(struct span s, struct num *out)
{
	struct num v = num_of(0), d;
	enum err e;
	size_t i;

	if (s.n == 0)
		return ERR_FORM;
	for (i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return ERR_FORM;
		d = num_of((uint64_t)(s.p[i] - '0'));
		if ((e = num_mul(&v, 10)) != 0 || (e = num_add(&v, &d)) != 0)
			return e;
	}
	*out = v;
	return 0;
}
