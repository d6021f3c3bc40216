#include "core/crypto/aes.h"
#include "core/crypto/cryptonight.h"
#include "tests/vectors.h"

static uint8_t memory[CRYPTONIGHT_SCRATCH + 64];

static void
is(struct span in, const char *want)
{
	struct arena a = { .base = memory, .size = sizeof(memory), .used = 5 };
	struct secret32 got;
	uint8_t w[32];
	size_t i;

	unhex(want, w, sizeof(w));
	assert_int_equal(cryptonight(in, &a, &got), 0);
	assert_memory_equal(got.b, w, sizeof(w));
	assert_int_equal(cryptonight_by(false, in, &a, &got), 0);
	assert_memory_equal(got.b, w, sizeof(w));
	assert_int_equal(a.used, 5);
	for (i = 5; i < sizeof(memory); i++)
		if (memory[i] != 0)
			fail_msg("the scratch is not wiped at %zu", i);
}

/* The table of FIPS 197 begins so, and holds every byte once. */
static void
test_aes_substitution(void **state)
{
	static const uint8_t begin[16] = { 0x63, 0x7c, 0x77, 0x7b, 0xf2, 0x6b,
	    0x6f, 0xc5, 0x30, 0x01, 0x67, 0x2b, 0xfe, 0xd7, 0xab, 0x76 };
	uint8_t seen[256] = { 0 };
	uint64_t w[8];
	struct planes p;
	size_t i, j;

	(void)state;
	for (i = 0; i < 256; i += 64) {
		memset(w, 0, sizeof(w));
		for (j = 0; j < 64; j++)
			w[j / 8] |= (uint64_t)(i + j) << 8 * (j % 8);
		planes_of_words(w, &p);
		planes_substitute(&p);
		planes_words(&p, w);
		for (j = 0; j < 64; j++) {
			uint8_t s = (uint8_t)(w[j / 8] >> 8 * (j % 8));

			assert_true(i + j >= 16 || s == begin[i + j]);
			assert_int_equal(seen[s]++, 0);
		}
	}
}

static void
words(const char *hex, uint64_t *w, size_t n)
{
	uint8_t b[32];
	size_t i;

	unhex(hex, b, 8 * n);
	memset(w, 0, n * sizeof(*w));
	for (i = 0; i < 8 * n; i++)
		w[i / 8] |= (uint64_t)b[i] << 8 * (i % 8);
}

/* FIPS 197, appendix C.3: round 1 to round 2, round 2 to 3, and A.3. */
static void
test_aes_round_and_keys(void **state)
{
	uint64_t key[4], in[2], want[2], got[2], w[8];
	struct planes k[AES_ROUNDS];

	(void)state;
	words("000102030405060708090a0b0c0d0e0f"
	    "101112131415161718191a1b1c1d1e1f", key, 4);
	aes_keys(key, k);
	words("00102030405060708090a0b0c0d0e0f0", in, 2);
	words("4f63760643e0aa85efa7213201a4e705", want, 2);
	aes_round_one(in, key + 2, got);
	assert_memory_equal(got, want, sizeof(want));
	planes_words(&k[2], w);
	words("1859fbc28a1c00a078ed8aadc42f6109", want, 2);
	aes_round_one(got, w, got);
	assert_memory_equal(got, want, sizeof(want));
	words("603deb1015ca71be2b73aef0857d7781"
	    "1f352c073b6108d72d9810a30914dff4", key, 4);
	aes_keys(key, k);
	planes_words(&k[9], w);		/* w[36] .. w[39] */
	words("c814e20476a9fb8a5025c02d59c58239", want, 2);
	assert_memory_equal(w + 6, want, sizeof(want));
}

/* Four blocks at once are each as one alone. */
static void
test_aes_four_at_once(void **state)
{
	uint64_t w[8], key[2] = { 0x0123456789abcdef, 0xfedcba9876543210 };
	uint64_t keys[8], got[8], one[2];
	struct planes p, k;
	size_t i;

	(void)state;
	for (i = 0; i < 8; i++) {
		w[i] = 0x9e3779b97f4a7c15 * (i + 1);
		keys[i] = key[i % 2];
	}
	planes_of_words(w, &p);
	planes_of_words(keys, &k);
	aes_round(&p, &k);
	planes_words(&p, got);
	for (i = 0; i < 8; i += 2) {
		aes_round_one(w + i, key, one);
		assert_memory_equal(one, got + i, sizeof(one));
	}
}

/* Each of the four last hashes is met by one of these. */
static void
test_cryptonight_known_answers(void **state)
{
	(void)state;
	is(span_text("de omnibus dubitandum"), "2f8e3df40bd11f9ac90c743ca8e32bb"
	    "391da4fb98612aa3b6cdc639ee00b31f5");
	is(span_text("abundans cautela non nocet"), "722fa8ccd594d40e4a41f38227"
	    "34304c8d5eff7e1b528408e2229da38ba553c4");
	is(span_text("caveat emptor"), "bbec2cacf69866a8e740380fe7b818fc78f8571"
	    "221742d729d9d02d7f8989b87");
	is(span_text("ex nihilo nihil fit"), "b1257de4efc5ce28c6b40ceb1c6c8f812"
	    "a64634eb3e81c5220bee9b2b76a6f05");
}

static void
test_cryptonight_needs_its_scratch(void **state)
{
	struct arena a = { .base = memory, .size = CRYPTONIGHT_SCRATCH - 1 };
	struct secret32 out;

	(void)state;
	assert_int_equal(cryptonight(span_text("x"), &a, &out), ERR_SPACE);
}

static void
test_cryptonight_vectors(void **state)
{
	json_t *all = vectors_json("monero/cn_slow_hash_v0.json"), *one;
	uint8_t in[128];
	const char *hex;
	size_t i, n = 0;

	(void)state;
	json_array_foreach(json_object_get(all, "upstream"), i, one) {
		hex = vectors_string(one, "in");
		unhex(hex, in, strlen(hex) / 2);
		is(span_of(in, strlen(hex) / 2), vectors_string(one, "out"));
		n++;
	}
	json_array_foreach(json_object_get(all, "file_keys"), i, one) {
		unhex(vectors_string(one, "view_secret"), in, 32);
		is(span_of(in, 32), vectors_string(one, "chacha_key"));
		n++;
	}
	assert_true(n > 6);
	json_decref(all);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_aes_substitution),
		cmocka_unit_test(test_aes_round_and_keys),
		cmocka_unit_test(test_aes_four_at_once),
		cmocka_unit_test(test_cryptonight_known_answers),
		cmocka_unit_test(test_cryptonight_needs_its_scratch),
		cmocka_unit_test(test_cryptonight_vectors),
	};

	return cmocka_run_group_tests_name("cryptonight", tests, NULL, NULL);
}
