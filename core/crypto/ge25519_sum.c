#include <string.h>

#include "core/base/secret.h"
#include "core/crypto/ge25519.h"

#define DIGITS 64		/* of base 16, from -8 to 7 (the last to 8) */
#define MULTIPLES 8
#define CHUNK 32		/* terms that share their doublings */

#define BITS 256
#define ODD_MULTIPLES 8		/* 1, 3 .. 15 */

/* A ge_ready in a row, for loops over all of it. */
#define WORDS 20
struct words { uint64_t w[WORDS]; };
_Static_assert(sizeof(struct words) == sizeof(struct ge_ready),
    "a ge_ready has no holes");

/* p, 2p .. 8p */
static void
multiples(const struct ge *p, struct words out[MULTIPLES])
{
	struct ge sum = *p;
	struct ge_ready first, ready;
	size_t i;

	ge_make_ready(p, &first);
	memcpy(&out[0], &first, sizeof(out[0]));
	for (i = 1; i < MULTIPLES; i++) {
		ge_add(&sum, &first, &sum);
		ge_make_ready(&sum, &ready);
		memcpy(&out[i], &ready, sizeof(out[i]));
	}
	wipe(&sum, sizeof(sum));
	wipe(&first, sizeof(first));
	wipe(&ready, sizeof(ready));
}

static void
digits_of(const struct scalar *k, int8_t d[DIGITS])
{
	int carry = 0;
	size_t i;

	for (i = 0; i < DIGITS; i++) {
		int v = (k->b[i / 2] >> 4 * (i % 2) & 15) + carry;

		/* The last digit takes what is carried into it. */
		carry = i < DIGITS - 1 ? (v + 8) >> 4 : 0;
		d[i] = (int8_t)(v - carry * 16);
	}
}

/* digit times the point: all multiples are read, whichever it is. */
static inline void
choose(const struct words m[MULTIPLES], int8_t digit, struct ge_ready *r)
{
	uint32_t minus = (uint32_t)digit >> 31;
	uint32_t size = ((uint32_t)digit ^ (0u - minus)) + minus;
	uint64_t none = ct_opaque((size - 1) >> 31), k[MULTIPLES];
	struct words sum;
	struct fe t;
	uint32_t i;

	for (i = 0; i < MULTIPLES; i++)
		k[i] = 0 - (uint64_t)ct_opaque(((size ^ (i + 1)) - 1) >> 31);
	for (i = 0; i < WORDS; i++)
		sum.w[i] = (m[0].w[i] & k[0]) | (m[1].w[i] & k[1]) |
		    (m[2].w[i] & k[2]) | (m[3].w[i] & k[3]) |
		    (m[4].w[i] & k[4]) | (m[5].w[i] & k[5]) |
		    (m[6].w[i] & k[6]) | (m[7].w[i] & k[7]);
	memcpy(r, &sum, sizeof(*r));
	r->sum.v[0] |= none;
	r->diff.v[0] |= none;
	r->z2.v[0] |= 2 * none;
	t = r->sum;
	fe_pick(&r->sum, &r->diff, minus);
	fe_pick(&r->diff, &t, minus);
	fe_neg(&r->td2, &t);
	fe_pick(&r->td2, &t, minus);
}

struct straus {
	struct words	m[CHUNK][MULTIPLES];
	int8_t		d[CHUNK][DIGITS];
	struct ge_ready	chosen;
	struct ge	sum;
};

/* Adds at most CHUNK products to what is in the sum. */
static void
sum_chunk(struct straus *s, const struct scalar *k, const struct ge *p,
    size_t n)
{
	size_t i, at;

	for (i = 0; i < n; i++) {
		multiples(&p[i], s->m[i]);
		digits_of(&k[i], s->d[i]);
	}
	s->sum = ge_identity;
	for (at = DIGITS; at-- > 0;) {
		ge_doubles(&s->sum, at < DIGITS - 1 ? 4 : 0, &s->sum);
		for (i = 0; i < n; i++) {
			choose(s->m[i], s->d[i][at], &s->chosen);
			ge_add(&s->sum, &s->chosen, &s->sum);
		}
	}
}

void
ge_sum(const struct scalar *k, const struct ge *p, size_t n, struct ge *out)
{
	struct straus s;
	struct ge_ready part;
	struct ge sum = ge_identity;
	size_t i, now;

	for (i = 0; i < n; i += now) {
		now = n - i < CHUNK ? n - i : CHUNK;
		sum_chunk(&s, k + i, p + i, now);
		ge_make_ready(&s.sum, &part);
		ge_add(&sum, &part, &sum);
	}
	*out = sum;
	wipe(&s, sizeof(s));
	wipe(&part, sizeof(part));
	wipe(&sum, sizeof(sum));
}

void
ge_mul(const struct scalar *k, const struct ge *p, struct ge *out)
{
	ge_sum(k, p, 1, out);
}

/*
 * Digits that are zero or odd, at most 15 in size, mostly zero: where the bit
 * at hand is set, as many of the four above it as fit are gathered into it,
 * by subtracting where that carries.
 */
static void
sparse_digits(const struct scalar *k, int8_t d[BITS])
{
	size_t i, j, up;

	for (i = 0; i < BITS; i++)
		d[i] = (int8_t)(k->b[i / 8] >> i % 8 & 1);
	for (i = 0; i < BITS; i++) {
		for (j = 1; d[i] != 0 && j <= 4 && i + j < BITS; j++) {
			int v = d[i + j] << j;

			if (v == 0)
				continue;
			if (d[i] + v <= 15) {
				d[i] = (int8_t)(d[i] + v);
				d[i + j] = 0;
			} else if (d[i] - v >= -15) {
				d[i] = (int8_t)(d[i] - v);
				for (up = i + j; up < BITS && d[up] != 0; up++)
					d[up] = 0;
				if (up < BITS)
					d[up] = 1;
			} else {
				break;
			}
		}
	}
}

static void
odd_multiples(const struct ge *p, struct ge_ready out[ODD_MULTIPLES])
{
	struct ge_ready two;
	struct ge at;
	size_t i;

	ge_double(p, &at);
	ge_make_ready(&at, &two);
	at = *p;
	ge_make_ready(&at, &out[0]);
	for (i = 1; i < ODD_MULTIPLES; i++) {
		ge_add(&at, &two, &at);
		ge_make_ready(&at, &out[i]);
	}
}

static void
chunk_public(const struct scalar *k, const struct ge *p, size_t n,
    struct ge *sum)
{
	struct ge_ready m[CHUNK][ODD_MULTIPLES];
	int8_t d[CHUNK][BITS];
	size_t i, at, pending = 0;

	for (i = 0; i < n; i++) {
		odd_multiples(&p[i], m[i]);
		sparse_digits(&k[i], d[i]);
	}
	*sum = ge_identity;
	for (at = BITS; at-- > 0; pending++)
		for (i = 0; i < n; i++) {
			if (d[i][at] == 0)
				continue;
			ge_doubles(sum, pending, sum);
			pending = 0;
			if (d[i][at] > 0)
				ge_add(sum, &m[i][d[i][at] / 2], sum);
			else
				ge_sub(sum, &m[i][-d[i][at] / 2], sum);
		}
	ge_doubles(sum, pending - 1, sum);	/* none after the last bit */
}

void
ge_sum_public(const struct scalar *k, const struct ge *p, size_t n,
    struct ge *out)
{
	struct ge_ready ready;
	struct ge sum = ge_identity, part;
	size_t i, now;

	for (i = 0; i < n; i += now) {
		now = n - i < CHUNK ? n - i : CHUNK;
		chunk_public(k + i, p + i, now, &part);
		ge_make_ready(&part, &ready);
		ge_add(&sum, &ready, &sum);
	}
	*out = sum;
}
