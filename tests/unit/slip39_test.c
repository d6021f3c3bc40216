/* SLIP-39: the standard's vectors, and sets of our own. */
#include <sodium.h>

#include "core/encode/base58.h"
#include "core/keys/slip39.h"
#include "tests/vectors.h"

static uint64_t counter;

/* Known bytes, another each time. */
static void
fill(void *p, size_t n)
{
	uint8_t seed[randombytes_SEEDBYTES] = { 0 };

	counter++;
	memcpy(seed, &counter, sizeof(counter));
	randombytes_buf_deterministic(p, n, seed);
}

static enum err
join(const json_t *texts, struct slip39_set *set, struct seed *out)
{
	struct slip39_share s;
	size_t i, bad = 0;
	enum err e = 0;

	set->n = 0;
	for (i = 0; e == 0 && i < json_array_size(texts); i++)
		if ((e = slip39_read(span_text(json_string_value(
		    json_array_get(texts, i))), &s, &bad)) == 0)
			e = slip39_add(set, &s);
	return e == 0 ? slip39_join(set, span_text("TREZOR"), out) : e;
}

/* What each refused set is refused for, by its number. */
static enum err
expected(unsigned number)
{
	switch (number) {
	case 2: case 21:
		return ERR_CHECKSUM;
	case 3: case 22:
		return ERR_FORM;
	case 5: case 14: case 15: case 16: case 24: case 33: case 34: case 35:
		return ERR_MISSING;
	case 6: case 7: case 8: case 9: case 12: case 25: case 26: case 27:
	case 28: case 31:
		return ERR_MIXED;
	case 10: case 29: case 39: case 40:
		return ERR_RANGE;
	case 11: case 30:
		return ERR_DUPLICATE;
	case 13: case 32:
		return ERR_MISMATCH;
	default:
		return ERR_NONE;
	}
}

static void
test_slip39_vectors(void **state)
{
	json_t *all = vectors_json("slip39/vectors.json"), *v;
	struct slip39_set set, again;
	struct seed got;
	char text[SLIP39_TEXT_MAX];
	uint8_t want[SEED_MAX];
	size_t i, k;

	(void)state;
	assert_int_equal(json_array_size(all), 45);
	json_array_foreach(all, i, v) {
		const json_t *texts = json_array_get(v, 1);
		const char *hex = json_string_value(json_array_get(v, 2));
		unsigned number = (unsigned)atoi(json_string_value(
		    json_array_get(v, 0)));

		print_message("%s\n", json_string_value(json_array_get(v, 0)));
		assert_int_equal(join(texts, &set, &got), expected(number));
		assert_int_equal(expected(number) == 0, hex[0] != '\0');
		if (expected(number) != 0)
			continue;
		unhex(hex, want, got.n);
		assert_memory_equal(got.b, want, got.n);
		again = set;
		for (k = 0; k < set.n; k++) {
			slip39_text(&again.share[k], text);
			assert_string_equal(text, json_string_value(
			    json_array_get(texts, k)));
		}
	}
	json_decref(all);
}

/* The master key that the vectors say the secret gives. */
static void
test_slip39_gives_the_seed_of_bip32(void **state)
{
	json_t *all = vectors_json("slip39/vectors.json"), *v;
	struct slip39_set set;
	struct seed got;
	struct xprv x;
	uint8_t raw[XPUB_SIZE];
	size_t i, n, seen = 0;

	(void)state;
	json_array_foreach(all, i, v) {
		const char *xprv = json_string_value(json_array_get(v, 3));

		if (xprv[0] == '\0')
			continue;
		assert_int_equal(join(json_array_get(v, 1), &set, &got), 0);
		assert_int_equal(xprv_of_seed(span_of(got.b, got.n), &x), 0);
		assert_int_equal(base58check_bytes(span_text(xprv), raw,
		    sizeof(raw), &n), 0);
		assert_memory_equal(raw + 46, x.key.b, 32);
		assert_memory_equal(raw + 13, x.chain.b, 32);
		seen++;
	}
	assert_int_equal(seen, 15);
	json_decref(all);
}

static struct seed
secret_of(size_t n)
{
	struct seed s = { .n = n };

	fill(s.b, n);
	return s;
}

/* The shares that a mask names; 0 when they give the secret. */
static enum err
some(const struct slip39_set *all, uint32_t mask, const char *passphrase,
    const struct seed *want)
{
	struct slip39_set set = { 0 };
	struct slip39_share s;
	char text[SLIP39_TEXT_MAX];
	struct seed got;
	size_t i, bad;
	enum err e;

	for (i = 0; i < all->n; i++) {
		if ((mask >> i & 1) == 0)
			continue;
		slip39_text(&all->share[i], text);
		assert_int_equal(slip39_read(span_text(text), &s, &bad), 0);
		assert_int_equal(slip39_add(&set, &s), 0);
	}
	if ((e = slip39_join(&set, span_text(passphrase), &got)) != 0)
		return e;
	assert_int_equal(got.n, want->n);
	return memcmp(got.b, want->b, want->n) == 0 ? ERR_NONE : ERR_KEY;
}

static unsigned
bits(uint32_t mask)
{
	unsigned n = 0;

	for (; mask != 0; mask &= mask - 1)
		n++;
	return n;
}

/* Every subset of 3 of 5: enough of them give the secret, fewer nothing. */
static void
test_slip39_every_subset(void **state)
{
	static const size_t sizes[] = { 16, 32, 64 };
	static const size_t words[] = { 20, 33, 59 };
	const struct slip39_plan p = { 1, 1, { { 3, 5 } } };
	char text[SLIP39_TEXT_MAX];
	struct slip39_set set;
	struct seed secret;
	uint32_t mask;
	size_t i, k, n;

	(void)state;
	for (i = 0; i < 3; i++) {
		secret = secret_of(sizes[i]);
		assert_int_equal(slip39_split(&p, &secret, span_text(""),
		    fill, &set), 0);
		assert_int_equal(set.n, 5);
		slip39_text(&set.share[0], text);
		for (n = 1, k = 0; text[k] != '\0'; k++)
			n += text[k] == ' ';
		assert_int_equal(n, words[i]);
		for (mask = 1; mask < 32; mask++)
			assert_int_equal(some(&set, mask, "", &secret),
			    bits(mask) < 3 ? ERR_MISSING : ERR_NONE);
	}
}

/* 2 of 3 groups: 1 of 1, 2 of 2, 3 of 4. */
static void
test_slip39_groups(void **state)
{
	const struct slip39_plan p = { 2, 3, { { 1, 1 }, { 2, 2 }, { 3, 4 } } };
	struct seed secret = secret_of(32);
	struct slip39_set set;
	unsigned whole;
	uint32_t mask;

	(void)state;
	assert_int_equal(slip39_split(&p, &secret, span_text("pass"), fill,
	    &set), 0);
	assert_int_equal(set.n, 7);
	for (mask = 1; mask < 128; mask++) {
		whole = (mask & 1) + (bits(mask & 6) == 2) +
		    (bits(mask >> 3) >= 3);
		assert_int_equal(some(&set, mask, "pass", &secret),
		    whole < 2 ? ERR_MISSING : ERR_NONE);
	}
	/* Another passphrase: another secret, and nothing tells. */
	assert_int_equal(some(&set, 7, "", &secret), ERR_KEY);
	assert_int_equal(some(&set, 7, "\xc3\xa4", &secret), ERR_FORM);
}

/* A share more than needed that does not fit the others is told. */
static void
test_slip39_a_share_too_many_must_fit(void **state)
{
	const struct slip39_plan p = { 1, 1, { { 2, 3 } } };
	struct seed secret = secret_of(16), got;
	struct slip39_set set;

	(void)state;
	assert_int_equal(slip39_split(&p, &secret, span_text(""), fill, &set),
	    0);
	assert_int_equal(slip39_join(&set, span_text(""), &got), 0);
	set.share[2].value.b[5] ^= 1;
	assert_int_equal(slip39_join(&set, span_text(""), &got), ERR_MISMATCH);
}

static void
test_slip39_plans(void **state)
{
	static const struct slip39_plan bad[] = {
		{ 0, 1, { { 1, 1 } } }, { 1, 0, { { 1, 1 } } },
		{ 2, 1, { { 1, 1 } } }, { 1, 1, { { 0, 1 } } },
		{ 1, 1, { { 3, 2 } } }, { 1, 1, { { 1, 2 } } },
		{ 1, 1, { { 2, 17 } } }, { 1, 17, { { 1, 1 } } },
		{ 1, 5, { { 2, 16 }, { 2, 16 }, { 2, 16 }, { 2, 16 },
		    { 1, 1 } } },
	};
	const struct slip39_plan good = { 1, 1, { { 16, 16 } } };
	struct seed secret = secret_of(16);
	struct slip39_set set;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(slip39_split(&bad[i], &secret, span_text(""),
		    fill, &set), ERR_RANGE);
	secret.n = 15;
	assert_int_equal(slip39_split(&good, &secret, span_text(""), fill,
	    &set), ERR_RANGE);
	secret.n = 16;
	assert_int_equal(slip39_split(&good, &secret, span_text(""), fill,
	    &set), 0);
	assert_int_equal(some(&set, 0xffff, "", &secret), 0);
	assert_int_equal(some(&set, 0x7fff, "", &secret), ERR_MISSING);
}

static void
test_slip39_counts_what_is_there(void **state)
{
	const struct slip39_plan p = { 2, 2, { { 1, 1 }, { 2, 3 } } };
	struct seed secret = secret_of(16);
	struct slip39_set all, set = { 0 };
	struct slip39_count c;

	(void)state;
	assert_int_equal(slip39_split(&p, &secret, span_text(""), fill, &all),
	    0);
	c = slip39_counted(&set);
	assert_int_equal(c.groups_need, 0);
	assert_int_equal(slip39_add(&set, &all.share[2]), 0);
	c = slip39_counted(&set);
	assert_true(c.groups_have == 0 && c.groups_need == 2 && c.have == 1 &&
	    c.need == 2);
	assert_int_equal(slip39_add(&set, &all.share[2]), ERR_DUPLICATE);
	assert_int_equal(slip39_add(&set, &all.share[1]), 0);
	c = slip39_counted(&set);
	assert_true(c.groups_have == 1 && c.have == 2);
}

static void
test_slip39_says_which_word(void **state)
{
	struct slip39_share s;
	size_t bad = 99;

	(void)state;
	assert_int_equal(slip39_read(span_text("duckling enlarge academic "
	    "academic agency result length solution fridge kidney coal piece "
	    "deal husband erode duke ajar critical decisin keyboard"), &s,
	    &bad), ERR_WORD);
	assert_int_equal(bad, 18);
	/* Four letters do, capitals or not. */
	assert_int_equal(slip39_read(span_text("DUCK enla acad acad agen resu "
	    "leng solu frid kidn coal piec deal husb erod duke ajar crit deci "
	    "keyb"), &s, &bad), 0);
	assert_true(s.need == 1 && s.groups == 1 && s.value.n == 16);
}

/* One wrong word is found by its place, wherever it is; of two nothing is
 * said. */
static void
test_slip39_says_which_word_is_wrong(void **state)
{
	static const char *const word[20] = { "duckling", "enlarge",
	    "academic", "academic", "agency", "result", "length", "solution",
	    "fridge", "kidney", "coal", "piece", "deal", "husband", "erode",
	    "duke", "ajar", "critical", "decision", "keyboard" };
	struct slip39_share s;
	char text[SLIP39_TEXT_MAX];
	size_t i, k, n, bad;

	(void)state;
	for (i = 0; i < 21; i++) {
		for (k = n = 0; k < 20; k++)
			n += (size_t)snprintf(text + n, sizeof(text) - n,
			    "%s ", k == i || (i == 20 && (k == 7 || k == 11)) ?
			    "zero" : word[k]);
		assert_int_equal(slip39_read(span_text(text), &s, &bad),
		    ERR_CHECKSUM);
		/* The second says how the checksum begins: it is not told. */
		if (i != 1)
			assert_int_equal(bad, i == 20 ? SIZE_MAX : i);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_slip39_vectors),
		cmocka_unit_test(test_slip39_gives_the_seed_of_bip32),
		cmocka_unit_test(test_slip39_every_subset),
		cmocka_unit_test(test_slip39_groups),
		cmocka_unit_test(test_slip39_a_share_too_many_must_fit),
		cmocka_unit_test(test_slip39_plans),
		cmocka_unit_test(test_slip39_counts_what_is_there),
		cmocka_unit_test(test_slip39_says_which_word_is_wrong),
		cmocka_unit_test(test_slip39_says_which_word),
	};

	return sodium_init() < 0 || secp_init(NULL) != 0 ? 1 :
	    cmocka_run_group_tests_name("slip39", tests, NULL, NULL);
}
