/*
 * Our field against long division by hand, our group against libsodium's, on
 * random and on edge inputs: COLDSEAL_ROUNDS of each, or 2000.
 */
#include <sodium.h>

#include "core/crypto/ge25519.h"
#include "tests/vectors.h"

#define EDGES 12

static size_t
rounds(void)
{
	const char *s = getenv("COLDSEAL_ROUNDS");

	return s != NULL ? (size_t)strtoul(s, NULL, 10) : 2000;
}

/* Repeatable numbers: block i of a stream. */
static void
draw(size_t i, void *out, size_t n)
{
	static const uint8_t key[32] = { 'g', 'e' }, nonce[8];

	memset(out, 0, n);
	(void)crypto_stream_chacha20_xor_ic(out, out, n, nonce, 16 * i, key);
}

/* Edges first, then edges in one half, then what comes. */
static void
number(size_t i, size_t which, uint8_t b[32])
{
	static const uint8_t low[EDGES] = { 0, 1, 2, 0xec, 0xed, 0xee, 0xff,
	    0xda, 0xdb, 19, 18, 0x80 };
	uint8_t d[128];

	draw(i, d, sizeof(d));
	memcpy(b, d + 32 * which, 32);
	if (which == 0 ? i < EDGES * EDGES : i % 3 == 0) {
		size_t e = which == 0 ? i % EDGES : i / EDGES % EDGES;

		memset(b, low[e] >= 0x80 ? 0xff : 0, 32);
		b[0] = low[e];
		if (low[e] >= 0x80 && i % 2 == 0)
			b[31] = 0x7f;
	}
}

/* --- the field, by bytes ---------------------------------------------------*/

/* What is in n bytes modulo p: 2^256 is 38, and what is left beyond p goes. */
static void
fold(const uint32_t *v, size_t n, uint8_t out[32])
{
	uint32_t w[64] = { 0 }, c, q;
	size_t i, again;

	memcpy(w, v, n * sizeof(w[0]));
	for (again = 0; again < 4; again++) {
		for (i = 0, c = 0; i < 64; i++, c >>= 8) {
			c += w[i];
			w[i] = c & 0xff;
		}
		for (i = 32; i < 64; i++) {
			w[i - 32] += 38 * w[i];
			w[i] = 0;
		}
	}
	for (again = 0; again < 3; again++) {	/* top bit, then once p */
		q = again < 2 ? w[31] >> 7 :
		    (w[31] == 0x7f && w[0] >= 0xed);
		for (i = 1; again == 2 && i < 31; i++)
			q &= w[i] == 0xff;
		w[31] -= again < 2 ? q << 7 : 0;
		for (i = 0, c = 19 * q; i < 32; i++, c >>= 8) {
			c += w[i];
			w[i] = c & 0xff;
		}
		w[31] &= again < 2 ? 0xff : 0x7f;
	}
	for (i = 0; i < 32; i++)
		out[i] = (uint8_t)w[i];
}

static void
by_hand_mul(const uint8_t a[32], const uint8_t b[32], uint8_t out[32])
{
	uint32_t w[64] = { 0 };
	size_t i, j;

	for (i = 0; i < 32; i++)
		for (j = 0; j < 32; j++)
			w[i + j] += (uint32_t)a[i] * b[j];
	fold(w, 64, out);
}

static void
by_hand_add(const uint8_t a[32], const uint8_t b[32], uint8_t out[32])
{
	uint32_t w[32];
	size_t i;

	for (i = 0; i < 32; i++)
		w[i] = (uint32_t)a[i] + b[i];
	fold(w, 32, out);
}

static void
fe_is(const struct fe *a, const uint8_t want[32])
{
	uint8_t got[32];

	fe_bytes(a, got);
	assert_memory_equal(got, want, 32);
}

/* Five limbs that no carry has touched, as large as the contract allows. */
static void
test_fe_largest_limbs(void **state)
{
	const uint64_t most = ((uint64_t)1 << 54) - 1;
	const struct fe a = { { most, most, most, most, most } };
	uint8_t b[32], want[32];
	struct fe r;

	(void)state;
	fe_bytes(&a, b);
	by_hand_mul(b, b, want);
	fe_mul(&a, &a, &r);
	fe_is(&r, want);
	fe_sq(&a, &r);
	fe_is(&r, want);
	fe_sub(&a, &a, &r);
	assert_int_equal(fe_is_zero(&r), 1);
	fe_sub(&fe_zero, &a, &r);
	fe_add(&r, &a, &r);
	assert_int_equal(fe_is_zero(&r), 1);
}

static void
test_fe_against_long_hand(void **state)
{
	uint8_t a[32], b[32], want[32];
	struct fe x, y, r, s;
	size_t i, n = rounds();

	(void)state;
	for (i = 0; i < n; i++) {
		number(i, 0, a);
		number(i, 1, b);
		fe_of_bytes(a, &x);
		fe_of_bytes(b, &y);
		a[31] &= 0x7f;
		b[31] &= 0x7f;
		by_hand_mul(a, b, want);
		fe_mul(&x, &y, &r);
		fe_is(&r, want);
		by_hand_mul(a, a, want);
		fe_sq(&x, &r);
		fe_is(&r, want);
		by_hand_add(a, b, want);
		fe_add(&x, &y, &r);
		fe_is(&r, want);
		fe_sub(&r, &y, &s);
		by_hand_add(a, (const uint8_t[32]){ 0 }, want);
		fe_is(&s, want);
		fe_neg(&x, &s);
		fe_add(&s, &x, &s);
		assert_int_equal(fe_is_zero(&s), 1);
	}
}

static void
test_fe_inverse_roots_and_squares(void **state)
{
	uint8_t a[32], b[32];
	struct fe x, y, r, s;
	size_t i, n = rounds() / 10 + 200, squares = 0;

	(void)state;
	for (i = 0; i < n; i++) {
		number(i, 0, a);
		number(i, 1, b);
		fe_of_bytes(a, &x);
		fe_of_bytes(b, &y);
		fe_invert(&x, &r);
		fe_mul(&r, &x, &s);
		fe_bytes(fe_is_zero(&x) == 1 ? &fe_zero : &fe_one, b);
		fe_is(&s, b);
		fe_sq(&x, &s);
		/* x^2 / 1 has the roots x and -x */
		assert_int_equal(fe_sqrt_ratio(&s, &fe_one, &r), 1);
		fe_sub(&r, &x, &s);
		fe_add(&r, &x, &r);
		assert_int_equal(fe_is_zero(&s) | fe_is_zero(&r), 1);
		squares += fe_sqrt_ratio(&x, &fe_one, &r);
		if (fe_is_zero(&y) == 1)
			continue;
		/* r^2 y is x, or sqrt(-1) x */
		if (fe_sqrt_ratio(&x, &y, &r) == 0)
			fe_mul(&x, &fe_sqrt_m1, &x);
		fe_sq(&r, &r);
		fe_mul(&r, &y, &r);
		fe_sub(&r, &x, &r);
		assert_int_equal(fe_is_zero(&r), 1);
	}
	assert_true(squares > n / 3 && squares < 2 * n / 3 + EDGES * EDGES);
}

/* --- the group, beside libsodium ------------------------------------------ */

static void
scalar(size_t i, size_t which, struct scalar *s)
{
	uint8_t b[32];

	number(i, which, b);
	sc_reduce(b, s);
}

/* A point of the prime-order group. */
static void
point_of(size_t i, size_t which, struct point *p)
{
	struct scalar s;

	scalar(i, which, &s);
	if (sc_is_zero(&s))
		s = sc_one;
	assert_int_equal(crypto_scalarmult_ed25519_base_noclamp(p->b, s.b), 0);
}

static void
test_ge_add_and_sub(void **state)
{
	struct point p = ed_g, q = ed_h, got, want;
	size_t i, n = rounds();

	(void)state;
	for (i = 0; i < n; i++) {
		if (i < EDGES * EDGES || i % 1000 == 0) {
			point_of(i, 0, &p);
			point_of(i, 1, &q);
		}
		assert_int_equal(ed_add(&p, &q, &got), 0);
		assert_int_equal(crypto_core_ed25519_add(want.b, p.b, q.b),
		    0);
		assert_memory_equal(got.b, want.b, 32);
		assert_int_equal(crypto_core_ed25519_sub(want.b, p.b, q.b),
		    0);
		assert_int_equal(ed_sub(&p, &q, &q), 0);
		assert_memory_equal(q.b, want.b, 32);
		p = got;
	}
}

static void
test_ge_multiples(void **state)
{
	struct point p, got, want;
	struct scalar k;
	size_t i, n = rounds();

	(void)state;
	for (i = 0; i < n; i++) {
		scalar(i, 0, &k);
		if (sc_is_zero(&k))
			continue;
		assert_int_equal(ed_base(&k, &got), 0);
		assert_int_equal(crypto_scalarmult_ed25519_base_noclamp(
		    want.b, k.b), 0);
		assert_memory_equal(got.b, want.b, 32);
		point_of(i, 1, &p);
		assert_int_equal(ed_mul(&k, &p, &got), 0);
		assert_int_equal(crypto_scalarmult_ed25519_noclamp(want.b,
		    k.b, p.b), 0);
		assert_memory_equal(got.b, want.b, 32);
	}
}

/* Sums of every length about a chunk: both ways, and term by term. */
static void
test_ge_sums(void **state)
{
	struct ed_term t[70];
	struct point sum = ed_identity, one, got;
	size_t n, i, from, runs = rounds() / 500 + 1;

	(void)state;
	for (from = 0; from < runs; from++) {
		sum = ed_identity;
		for (n = 0; n < 70; n++) {
			i = from * 70 + n;
			scalar(i, 2, &t[n].k);
			point_of(i, 1, &t[n].p);
			assert_int_equal(ed_mul(&t[n].k, &t[n].p, &one), 0);
			assert_int_equal(crypto_core_ed25519_add(sum.b, sum.b,
			    one.b), 0);
			assert_int_equal(ed_sum(t, n + 1, &got), 0);
			assert_memory_equal(got.b, sum.b, 32);
			assert_int_equal(ed_sum_public(t, n + 1, &got), 0);
			assert_memory_equal(got.b, sum.b, 32);
		}
	}
}

/* A term and its opposite, many times the same point, small orders. */
static void
test_ge_sums_that_vanish(void **state)
{
	struct ed_term t[66];
	struct point got, torsion;
	size_t i;

	(void)state;
	unhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc"
	    "05", torsion.b, 32);
	for (i = 0; i < 66; i += 2) {
		scalar(i, 0, &t[i].k);
		point_of(i, 1, &t[i].p);
		t[i + 1].p = i % 4 == 0 ? t[i].p : torsion;
		sc_neg(&t[i].k, &t[i + 1].k);
		if (i % 4 != 0) {
			sc_of_u64(8, &t[i + 1].k);
			t[i].k = sc_zero;
		}
	}
	assert_int_equal(ed_sum(t, 66, &got), 0);
	assert_memory_equal(got.b, ed_identity.b, 32);
	assert_int_equal(ed_sum_public(t, 66, &got), 0);
	assert_memory_equal(got.b, ed_identity.b, 32);
}

/*
 * libsodium's map has the same two points, but takes bit 255 as the sign: ours
 * is it or its opposite, for numbers below 2^255.  It is times 8 already.
 */
static void
test_ge_map(void **state)
{
	struct point got, want, minus;
	struct hash32 h;
	struct ge g;
	size_t i, n = rounds(), odd = 0;

	(void)state;
	for (i = 0; i < n; i++) {
		number(i, 0, h.b);
		h.b[31] &= 0x7f;
		assert_int_equal(ge_of_hash(&h, &g), 0);
		ge_mul8(&g, &g);
		ge_point(&g, &got);
		ge_neg(&g, &g);
		ge_point(&g, &minus);
		(void)crypto_core_ed25519_from_uniform(want.b, h.b);
		odd += memcmp(want.b, minus.b, 32) == 0;
		assert_true(memcmp(want.b, got.b, 32) == 0 ||
		    memcmp(want.b, minus.b, 32) == 0);
	}
	assert_true(odd > n / 3 && odd < n);
}

/* What libsodium decodes and so do we, and back to the same bytes. */
static void
test_ge_decoding(void **state)
{
	struct point p, back;
	size_t i, n = rounds(), points = 0;
	struct ge g;

	(void)state;
	for (i = 0; i < n; i++) {
		number(i, 0, p.b);
		if (ge_of_point(&p, &g) != 0) {
			assert_int_equal(crypto_core_ed25519_is_valid_point(
			    p.b), 0);
			continue;
		}
		points++;
		ge_point(&g, &back);
		assert_memory_equal(back.b, p.b, 32);
		assert_int_equal(crypto_core_ed25519_add(back.b, p.b,
		    ed_identity.b), 0);
		assert_memory_equal(back.b, p.b, 32);
	}
	assert_true(points > n / 3 && points < n * 2 / 3 + EDGES * EDGES);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fe_largest_limbs),
		cmocka_unit_test(test_fe_against_long_hand),
		cmocka_unit_test(test_fe_inverse_roots_and_squares),
		cmocka_unit_test(test_ge_add_and_sub),
		cmocka_unit_test(test_ge_multiples),
		cmocka_unit_test(test_ge_sums),
		cmocka_unit_test(test_ge_sums_that_vanish),
		cmocka_unit_test(test_ge_map),
		cmocka_unit_test(test_ge_decoding),
	};

	return sodium_init() < 0 ? 1 :
	    cmocka_run_group_tests_name("ge25519", tests, NULL, NULL);
}
