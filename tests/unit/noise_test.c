#include <sodium.h>

#include "core/crypto/noise.h"
#include "tests/vectors.h"

static const struct secret32 seed = { { 1, 2, 3 } };

static void
first(const struct secret32 *from, const char *secret, const char *message,
    uint8_t out[32])
{
	struct noise n;

	noise_begin(&n, from, span_text(secret), span_text(message));
	noise_bytes(&n, out, 32);
	noise_end(&n);
}

static void
test_noise_hangs_on_each_part(void **state)
{
	static const struct secret32 other = { { 1, 2, 4 } };
	uint8_t out[6][32];
	size_t i, j;

	(void)state;
	first(&seed, "key", "message", out[0]);
	first(&other, "key", "message", out[1]);
	first(&seed, "kez", "message", out[2]);
	first(&seed, "key", "massage", out[3]);
	first(&seed, "keym", "essage", out[4]);
	first(&seed, "", "keymessage", out[5]);
	for (i = 0; i < 6; i++)
		for (j = 0; j < i; j++)
			assert_memory_not_equal(out[i], out[j], 32);
	first(&seed, "key", "message", out[1]);
	assert_memory_equal(out[0], out[1], 32);
}

/* No draw repeats what another gave, however they are cut. */
static void
test_noise_never_repeats(void **state)
{
	uint8_t got[100][65];
	struct noise n;
	size_t i, j;

	(void)state;
	noise_begin(&n, &seed, span_text("key"), span_text(""));
	for (i = 0; i < 100; i++)
		noise_bytes(&n, got[i], 1 + i % 65);
	noise_end(&n);
	for (i = 40; i < 65; i++)
		for (j = 40; j < i; j++)
			assert_memory_not_equal(got[i], got[j], 40);
	assert_memory_equal(&n, &(struct noise){ .block = 0 }, sizeof(n));
}

static void
test_noise_scalars_are_reduced(void **state)
{
	struct noise n;
	struct scalar s[200];
	size_t i;

	(void)state;
	noise_begin(&n, &seed, span_text("key"), span_text("scalars"));
	for (i = 0; i < 200; i++) {
		noise_scalar(&n, &s[i]);
		assert_int_equal(sc_reduced(&s[i]), 0);
		assert_false(sc_is_zero(&s[i]));
		assert_true(i == 0 ||
		    memcmp(s[i].b, s[i - 1].b, 32) != 0);
	}
	noise_end(&n);
}

/* Every number comes, none beyond; and no more often than chance allows. */
static void
test_noise_below_is_even(void **state)
{
	size_t count[7] = { 0 }, i;
	struct noise n;

	(void)state;
	noise_begin(&n, &seed, span_text("key"), span_text("below"));
	for (i = 0; i < 7000; i++) {
		uint32_t v = noise_below(&n, 7);

		assert_true(v < 7);
		count[v]++;
	}
	for (i = 0; i < 7; i++)
		assert_true(count[i] > 850 && count[i] < 1150);
	for (i = 0; i < 100; i++) {
		assert_int_equal(noise_below(&n, 1), 0);
		assert_true(noise_below(&n, 0x80000001) < 0x80000001);
	}
	noise_end(&n);
}

/* The cipher underneath is the original ChaCha20, eight bytes of nonce. */
static void
test_noise_chacha20_vectors(void **state)
{
	json_t *all = vectors_json("monero/chacha20_original.json"), *one;
	size_t i;

	(void)state;
	json_array_foreach(all, i, one) {
		size_t n = strlen(vectors_string(one, "in")) / 2;
		uint8_t key[32], iv[8], in[256], want[256];

		assert_true(n <= sizeof(in));
		unhex(vectors_string(one, "key"), key, sizeof(key));
		unhex(vectors_string(one, "iv"), iv, sizeof(iv));
		unhex(vectors_string(one, "in"), in, n);
		unhex(vectors_string(one, "out"), want, n);
		(void)crypto_stream_chacha20_xor_ic(in, in, n, iv, 0, key);
		assert_memory_equal(in, want, n);
	}
	assert_true(i > 1);
	json_decref(all);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_noise_hangs_on_each_part),
		cmocka_unit_test(test_noise_never_repeats),
		cmocka_unit_test(test_noise_scalars_are_reduced),
		cmocka_unit_test(test_noise_below_is_even),
		cmocka_unit_test(test_noise_chacha20_vectors),
	};

	return cmocka_run_group_tests_name("noise", tests, NULL, NULL);
}
