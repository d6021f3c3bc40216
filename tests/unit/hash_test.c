#include "core/crypto/hash.h"
#include "tests/vectors.h"

static void
is(const void *got, const char *want, size_t n)
{
	uint8_t w[64];

	unhex(want, w, n);
	assert_memory_equal(got, w, n);
}

/* FIPS 180-4 and the examples of its authors. */
static void
test_sha256_known_answers(void **state)
{
	struct hash32 h;

	(void)state;
	sha256(span_of(NULL, 0), &h);
	is(h.b, "e3b0c44298fc1c149afbf4c8996fb924"
	    "27ae41e4649b934ca495991b7852b855", 32);
	sha256(span_text("abc"), &h);
	is(h.b, "ba7816bf8f01cfea414140de5dae2223"
	    "b00361a396177a9cb410ff61f20015ad", 32);
	hash256(span_text("hello"), &h);
	is(h.b, "9595c9df90075148eb06860365df3358"
	    "4b75bff782a510c6cd4883a419833d50", 32);
}

static void
test_sha512_known_answers(void **state)
{
	struct secret64 h;

	(void)state;
	sha512(span_of(NULL, 0), &h);
	is(h.b, "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36c"
	    "e9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927"
	    "da3e", 64);
	sha512(span_text("abc"), &h);
	is(h.b, "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55"
	    "d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54c"
	    "a49f", 64);
}

/* The table of the paper that defines it. */
static void
test_ripemd160_known_answers(void **state)
{
	static const char *const t[][2] = {
		{ "", "9c1185a5c5e9fc54612808977ee8f548b2258d31" },
		{ "a", "0bdc9d2d256b3ee9daae347be6f4dc835a467ffe" },
		{ "abc", "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc" },
		{ "message digest",
		    "5d0689ef49d2fae572b881b123a85ffa21595f36" },
		{ "abcdefghijklmnopqrstuvwxyz",
		    "f71c27109c692c1b56bbdceb5b9d2865b3708dbc" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		    "12a053384a9c0c88e405a06c27dcf49ada62eb2b" },
		{ "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
		    "0123456789",
		    "b0e20b6e3116640286ed3a87a5713079b21f5189" },
		{ "1234567890123456789012345678901234567890"
		    "1234567890123456789012345678901234567890",
		    "9b752e45573d4b39f4dbd3323cab82bf63326bfb" } };
	struct hash20 h;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		ripemd160(span_text(t[i][0]), &h);
		is(h.b, t[i][1], 20);
	}
}

static void
test_ripemd160_of_a_million_bytes(void **state)
{
	uint8_t *p = malloc(1000000);
	struct hash20 h;

	(void)state;
	assert_non_null(p);
	memset(p, 'a', 1000000);
	ripemd160(span_of(p, 1000000), &h);
	is(h.b, "52783243c1697bdbe16d37f97f68f08325dc1528", 20);
	free(p);
}

/* The public key of the secret 1, whose hash is in every address book. */
static void
test_hash160_of_a_public_key(void **state)
{
	uint8_t key[33];
	struct hash20 h;

	(void)state;
	unhex("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f8"
	    "1798", key, sizeof(key));
	hash160(SPAN_OF(key), &h);
	is(h.b, "751e76e8199196d454941c45d1b3a323f1433bd6", 20);
}

/* Every split of a message into two gives the hash of the whole. */
static void
test_sha256_in_pieces_and_through_a_sink(void **state)
{
	uint8_t p[150];
	struct hash32 want, got;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(p); i++)
		p[i] = (uint8_t)i;
	hash256(SPAN_OF(p), &want);
	for (i = 0; i <= sizeof(p); i++) {
		struct sha256 h;
		struct sink s = sink_to_sha256(&h);

		sha256_begin(&h);
		put_span(&s, span_of(p, i));
		put_span(&s, span_of(p + i, sizeof(p) - i));
		assert_int_equal(s.err, 0);
		assert_int_equal(s.total, sizeof(p));
		hash256_end(&h, &got);
		assert_memory_equal(got.b, want.b, 32);
	}
}

static void
test_tagged_hash(void **state)
{
	struct sha256 h;
	struct hash32 got;

	(void)state;
	tagged_begin(&h, "TapTweak");
	sha256_put(&h, span_text("abc"));
	sha256_end(&h, &got);
	is(got.b, "b4db0a539110ab84dac5af069f081eee"
	    "7e3becbf970e6705d20f59ea9b4eb1f8", 32);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sha256_known_answers),
		cmocka_unit_test(test_sha512_known_answers),
		cmocka_unit_test(test_ripemd160_known_answers),
		cmocka_unit_test(test_ripemd160_of_a_million_bytes),
		cmocka_unit_test(test_hash160_of_a_public_key),
		cmocka_unit_test(test_sha256_in_pieces_and_through_a_sink),
		cmocka_unit_test(test_tagged_hash),
	};

	return cmocka_run_group_tests_name("hash", tests, NULL, NULL);
}
