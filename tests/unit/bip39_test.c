#include "core/encode/base58.h"
#include "core/keys/bip32.h"
#include "core/keys/bip39.h"
#include "tests/vectors.h"

#define ELEVEN "abandon abandon abandon abandon abandon abandon abandon " \
    "abandon abandon abandon abandon "

static int
setup(void **state)
{
	(void)state;
	return secp_init(NULL) == 0 ? 0 : -1;
}

static struct mnemonic
words(const char *text)
{
	struct mnemonic m;
	size_t bad;

	assert_int_equal(bip39_parse(span_text(text), &m, &bad), 0);
	return m;
}

static void
refused(const char *text, enum err want)
{
	struct mnemonic m = { .n = 77 };
	size_t bad = 99;

	assert_int_equal(bip39_parse(span_text(text), &m, &bad), want);
	assert_int_equal(m.n, 77);
	assert_int_equal(bad, 99);
}

static void
bad_word(const char *text, size_t n, size_t at)
{
	struct mnemonic m = { .n = 77 };
	size_t bad = 99;

	assert_int_equal(bip39_parse(span_of(text, n), &m, &bad), ERR_WORD);
	assert_int_equal(bad, at);
	assert_int_equal(m.n, 77);
}

static void
seed_is(const struct mnemonic *m, const char *passphrase, const char *hex)
{
	struct secret64 s;
	uint8_t want[64];

	assert_int_equal(bip39_seed(m, span_text(passphrase), &s), 0);
	unhex(hex, want, 64);
	assert_memory_equal(s.b, want, 64);
}

/* The list as a whole: sorted, told apart by four letters, as BIP39 says. */
static void
test_list_is_what_the_standard_says(void **state)
{
	size_t i;

	(void)state;
	assert_string_equal(bip39_english_table[0], "abandon");
	assert_string_equal(bip39_english_table[2047], "zoo");
	for (i = 0; i < BIP39_WORDS; i++) {
		const char *w = bip39_english_table[i];

		assert_in_range(strlen(w), 3, BIP39_WORD_MAX);
		assert_int_equal(strspn(w, "abcdefghijklmnopqrstuvwxyz"),
		    strlen(w));
		assert_int_equal(bip39_index(span_text(w)), i);
		if (i == 0)
			continue;
		assert_true(strcmp(bip39_english_table[i - 1], w) < 0);
		assert_true(strncmp(bip39_english_table[i - 1], w, 4) != 0);
	}
}

static void
test_list_is_the_official_one(void **state)
{
	char path[1024], line[32];
	size_t i = 0;
	FILE *f;

	(void)state;
	vectors_path("bip39/english.txt", path, sizeof(path));
	assert_non_null(f = fopen(path, "r"));
	while (fgets(line, sizeof(line), f) != NULL) {
		line[strcspn(line, "\r\n")] = '\0';
		assert_true(i < BIP39_WORDS);
		assert_string_equal(line, bip39_english_table[i++]);
	}
	(void)fclose(f);
	assert_int_equal(i, BIP39_WORDS);
}

static void
test_index_of_no_word(void **state)
{
	(void)state;
	assert_int_equal(bip39_index(span_text("")), -1);
	assert_int_equal(bip39_index(span_text("ab")), -1);
	assert_int_equal(bip39_index(span_text("aban")), -1);
	assert_int_equal(bip39_index(span_text("zooo")), -1);
	assert_int_equal(bip39_index(span_text("Zoo")), -1);
	assert_int_equal(bip39_index(span_text("abstracts")), -1);
	assert_int_equal(bip39_index(span_text("abstract")), 7);
	assert_int_equal(bip39_index(span_of("zoo\0", 4)), -1);
	assert_int_equal(bip39_index(span_of("\0", 1)), -1);
}

static void
test_completion(void **state)
{
	size_t first = 99, i, all = 0;
	char letter;

	(void)state;
	assert_int_equal(bip39_complete(span_text("zo"), &first), 2);
	assert_string_equal(bip39_english_table[first], "zone");
	assert_int_equal(bip39_complete(span_text("act"), &first), 5);
	assert_string_equal(bip39_english_table[first], "act");
	assert_int_equal(bip39_complete(span_text("abstract"), &first), 1);
	assert_int_equal(first, 7);
	assert_int_equal(bip39_complete(span_text(""), &first), BIP39_WORDS);
	assert_int_equal(first, 0);
	assert_int_equal(bip39_complete(span_text("xyz"), &first), 0);
	assert_int_equal(bip39_complete(span_text("abstracts"), &first), 0);
	assert_int_equal(bip39_complete(span_of("zoo\0", 4), &first), 0);
	for (letter = 'a'; letter <= 'z'; letter++) {
		i = bip39_complete(span_of(&letter, 1), &first);
		if (i > 0)
			assert_int_equal(first, all);
		all += i;
	}
	assert_int_equal(all, BIP39_WORDS);
}

static void
test_parse_any_white_space_and_case(void **state)
{
	struct mnemonic m = words(ELEVEN "about"), n;

	(void)state;
	assert_int_equal(m.n, 12);
	assert_int_equal(m.w[10], 0);
	assert_int_equal(m.w[11], 3);
	n = words("\n ABANDON\tabandon\r\nabandon  Abandon abandon abandon "
	    "abandon abandon abandon abandon abandon aBOUT \n");
	assert_memory_equal(&m, &n, sizeof(m));
}

static void
test_parse_says_what_is_wrong(void **state)
{
	(void)state;
	refused(ELEVEN "abandon", ERR_CHECKSUM);
	refused(ELEVEN "zoo", ERR_CHECKSUM);
	refused("", ERR_RANGE);
	refused("  \n", ERR_RANGE);
	refused(ELEVEN, ERR_RANGE);
	refused(ELEVEN "abandon about", ERR_RANGE);
	refused(ELEVEN ELEVEN "abandon abandon about", ERR_RANGE);
	bad_word(ELEVEN "abut", sizeof(ELEVEN) + 3, 11);
	bad_word("abandon abandonn zoo", 20, 1);
	bad_word("abandon abandoned zoo", 21, 1);
	bad_word("abandon zo\0o", 12, 1);
	bad_word("abandon zoo\0", 12, 1);
	bad_word("\xc3\xa9" "cole", 6, 0);
}

static void
test_parse_every_length(void **state)
{
	static const char *const t[] = {
		ELEVEN "about",
		ELEVEN "abandon abandon abandon address",
		ELEVEN "abandon abandon abandon abandon abandon abandon agent",
		ELEVEN "abandon abandon abandon abandon abandon abandon "
		    "abandon abandon abandon admit",
		ELEVEN ELEVEN "abandon art" };
	size_t i;

	(void)state;
	for (i = 0; i < 5; i++)
		assert_int_equal(words(t[i]).n, 12 + 3 * i);
}

/* For each length: as many last words as the standard leaves bits free, each
 * of which makes valid words, and no other word does. */
static void
test_last_words(void **state)
{
	uint16_t w[24], out[128];
	size_t n, i, count, valid;

	(void)state;
	for (n = 12; n <= 24; n += 3) {
		for (i = 0; i < n; i++)
			w[i] = (uint16_t)(i * 83 % BIP39_WORDS);
		assert_int_equal(bip39_last(w, n, out, &count), 0);
		assert_int_equal(count, 2048u >> n / 3);
		for (valid = i = 0; i < BIP39_WORDS; i++) {
			char text[BIP39_TEXT_MAX] = "";
			struct mnemonic m;
			size_t k, bad, at = 0;

			for (k = 0; k < n; k++)
				at += (size_t)snprintf(text + at,
				    sizeof(text) - at, "%s ",
				    bip39_english_table[k < n - 1 ? w[k] :
				    i]);
			if (bip39_parse(span_text(text), &m, &bad) == 0) {
				assert_true(valid < count);
				assert_int_equal(out[valid++], i);
			}
		}
		assert_int_equal(valid, count);
	}
	assert_int_equal(bip39_last(w, 13, out, &count), ERR_RANGE);
	assert_int_equal(bip39_last(w, 0, out, &count), ERR_RANGE);
	assert_int_equal(bip39_last(w, 27, out, &count), ERR_RANGE);
	w[3] = BIP39_WORDS;
	assert_int_equal(bip39_last(w, 12, out, &count), ERR_RANGE);
}

static void
test_seed_known_answers(void **state)
{
	struct mnemonic m = words(ELEVEN "about"), none = { 0 };
	struct secret64 s;

	(void)state;
	seed_is(&m, "", "5eb00bbddcf069084889a8ab9155568165f5c453ccb85e70811a"
	    "aed6f6da5fc19a5ac40b389cd370d086206dec8aa6c43daea6690f20ad3d8d48"
	    "b2d2ce9e38e4");
	seed_is(&m, "TREZOR", "c55257c360c07c72029aebc1b53c05ed0362ada38ead3e"
	    "3e9efa3708e53495531f09a6987599d18264c1e1c92f2cf141630c7a3c4ab7c8"
	    "1b2f001698e7463b04");
	assert_int_equal(bip39_seed(&none, span_of(NULL, 0), &s), ERR_RANGE);
}

/* The same passphrase, typed composed, decomposed, with a ligature: NFKD
 * makes them one. */
static void
test_passphrase_is_normalised(void **state)
{
	static const char want[] = "d9386c756bf0d33b43841d08ca17da0e4d74b728c"
	    "585048ac737cb66fc7f54ad854d07346f0176aabe3629ad376a864cb547e5e81"
	    "7ab8ed93890fd022c6ceba3";
	struct mnemonic m = words(ELEVEN "about");

	(void)state;
	seed_is(&m, "caf\xc3\xa9 \xef\xac\x83 \xe2\x84\xab", want);
	seed_is(&m, "cafe\xcc\x81 ffi A\xcc\x8a", want);
	seed_is(&m, "caf\xc3\xa9 \xef\xac\x83 \xc3\x85", want);
}

static void
test_passphrase_limits(void **state)
{
	struct mnemonic m = words(ELEVEN "about");
	char long_one[PASSPHRASE_MAX + 1];
	struct secret64 s;
	size_t i;

	(void)state;
	/* 85 of the character that grows most: 18 for one */
	for (i = 0; i < 85; i++)
		memcpy(long_one + 3 * i, "\xef\xb7\xba", 3);
	long_one[255] = '\0';
	seed_is(&m, long_one, "42dc3d5690b8186c3f29bd9854a5cdcd1e662369b524d7"
	    "0520987ca550d5051addcb3c60d2a2eaaa760863da60597b3eafaecaff41e26d"
	    "5d6b964666bf85b8eb");
	memset(long_one, 'x', sizeof(long_one));
	assert_int_equal(bip39_seed(&m, span_of(long_one, PASSPHRASE_MAX),
	    &s), 0);
	assert_int_equal(bip39_seed(&m, span_of(long_one, PASSPHRASE_MAX + 1),
	    &s), ERR_SPACE);
}

static void
test_passphrase_must_be_utf8(void **state)
{
	static const char *const bad[] = { "\xff", "a\x80", "\xc3",
	    "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "caf\xe9" };
	struct mnemonic m = words(ELEVEN "about");
	struct secret64 s;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(bip39_seed(&m, span_text(bad[i]), &s),
		    ERR_FORM);
}

/* Bytes to these words, and nothing behind them is touched. */
static void
gives(const char *hex, const char *text)
{
	char out[BIP39_TEXT_MAX];
	uint8_t b[32];
	struct mnemonic m;

	unhex(hex, b, strlen(hex) / 2);
	memset(out, 'x', sizeof(out));
	assert_int_equal(bip39_of_entropy(span_of(b, strlen(hex) / 2), &m),
	    0);
	bip39_text(&m, out);
	assert_string_equal(out, text);
	assert_int_equal(out[sizeof(out) - 1], 'x');
}

static void
test_words_of_entropy(void **state)
{
	struct mnemonic m;
	uint8_t b[36] = { 0 };
	size_t n;

	(void)state;
	gives("00000000000000000000000000000000", ELEVEN "about");
	gives("ffffffffffffffffffffffffffffffff", "zoo zoo zoo zoo zoo zoo "
	    "zoo zoo zoo zoo zoo wrong");
	for (n = 0; n <= sizeof(b); n++)
		assert_int_equal(bip39_of_entropy(span_of(b, n), &m),
		    n >= 16 && n <= 32 && n % 4 == 0 ? ERR_NONE : ERR_RANGE);
}

static void
test_bip39_vectors(void **state)
{
	json_t *j = vectors_json("bip39/vectors.json"), *v;
	size_t i, n;

	(void)state;
	json_array_foreach(json_object_get(j, "english"), i, v) {
		struct mnemonic m = words(json_string_value(
		    json_array_get(v, 1)));
		uint8_t b[XPUB_SIZE];
		struct secret64 s;
		struct xprv x;

		gives(json_string_value(json_array_get(v, 0)),
		    json_string_value(json_array_get(v, 1)));
		seed_is(&m, "TREZOR", json_string_value(json_array_get(v,
		    2)));
		assert_int_equal(bip39_seed(&m, span_text("TREZOR"), &s), 0);
		assert_int_equal(xprv_of_seed(SPAN_OF(s.b), &x), 0);
		assert_int_equal(base58check_bytes(span_text(
		    json_string_value(json_array_get(v, 3))), b, sizeof(b),
		    &n), 0);
		assert_memory_equal(b + 46, x.key.b, 32);
		assert_memory_equal(b + 13, x.chain.b, 32);
	}
	assert_int_equal(i, 24);
	json_decref(j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_list_is_what_the_standard_says),
		cmocka_unit_test(test_list_is_the_official_one),
		cmocka_unit_test(test_index_of_no_word),
		cmocka_unit_test(test_completion),
		cmocka_unit_test(test_words_of_entropy),
		cmocka_unit_test(test_parse_any_white_space_and_case),
		cmocka_unit_test(test_parse_says_what_is_wrong),
		cmocka_unit_test(test_parse_every_length),
		cmocka_unit_test(test_last_words),
		cmocka_unit_test(test_seed_known_answers),
		cmocka_unit_test(test_passphrase_is_normalised),
		cmocka_unit_test(test_passphrase_limits),
		cmocka_unit_test(test_passphrase_must_be_utf8),
		cmocka_unit_test(test_bip39_vectors),
	};

	return cmocka_run_group_tests_name("bip39", tests, setup, NULL);
}
