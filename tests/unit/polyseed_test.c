#include <sodium.h>

#include "core/keys/bip39.h"
#include "core/keys/monero.h"
#include "core/keys/polyseed.h"
#include "tests/vectors.h"

/* One of Feather's, whose key and birthday the Dart library publishes. */
static const char feather[] = "unaware yard donate shallow slot sing oil "
    "oxygen loyal bench near hill surround forum execute lamp";
/* The reference implementation's own. */
static const char raven[] = "raven tail swear infant grief assist regular "
    "lamp duck valid someone little harsh puppy airport language";

static enum err
reads(const char *text, struct secret32 *seed, uint64_t *birthday)
{
	size_t bad = 99;

	return polyseed_read(span_text(text), seed, birthday, &bad);
}

static void
is(const struct secret32 *got, const char *want)
{
	uint8_t w[32];

	unhex(want, w, sizeof(w));
	assert_memory_equal(got->b, w, sizeof(w));
}

static void
test_polyseed_known_answers(void **state)
{
	struct secret32 seed;
	uint64_t birthday;

	(void)state;
	assert_int_equal(reads(feather, &seed, &birthday), 0);
	is(&seed, "cbbd142d38347773d44aa830f5f01442aa6d0d3bb48571884479531248e"
	    "6fa1c");
	assert_true(birthday == 1693622412);
	/* PBKDF2 of the reference's secret and salt, by another library. */
	assert_int_equal(reads(raven, &seed, &birthday), 0);
	is(&seed, "21268a76048a3b25a4a9ac179d86b12fab5800b8d858da9facf4b0a778d"
	    "c2840");
	assert_true(birthday == 1635768000 + 2629746);
}

/* The address that Cake Wallet restores from it. */
static void
test_polyseed_to_an_address(void **state)
{
	struct monero_address a = { .kind = MONERO_STANDARD };
	char text[MONERO_ADDRESS_MAX];
	struct monero_keys k;
	struct secret32 seed;
	uint64_t birthday;

	(void)state;
	assert_int_equal(reads(raven, &seed, &birthday), 0);
	assert_int_equal(monero_keys_of_seed(&seed, &k), 0);
	a.spend = k.viewer.spend_pub;
	a.view = k.viewer.view_pub;
	monero_address_text(NET_MAIN, &a, text);
	assert_string_equal(text, "47AjPj7DVPQVGGXJXbbTMZWcKQDejGHYZChVkeujy8q"
	    "PLjKkgdsxge4DzvkRMgU4sDUigGLuBN9stKBMowhuXH2HJHWAuRf");
}

/* Four letters do, white space and capitals do not matter. */
static void
test_polyseed_short_words(void **state)
{
	struct secret32 seed, again;
	uint64_t birthday;

	(void)state;
	assert_int_equal(reads(raven, &seed, &birthday), 0);
	assert_int_equal(reads(" rave tail SWEA infa\tgrie assi regul lamp\n"
	    "duck vali some litt hars pupp airp langua ", &again, &birthday),
	    0);
	assert_memory_equal(&seed, &again, sizeof(seed));
}

static void
refused(const char *text, enum err want, size_t want_bad)
{
	struct secret32 seed = { { 7 } };
	uint64_t birthday = 7;
	size_t bad = 99;

	assert_int_equal(polyseed_read(span_text(text), &seed, &birthday,
	    &bad), want);
	if (want == ERR_WORD)
		assert_int_equal(bad, want_bad);
	assert_true(seed.b[0] == 7 && birthday == 7);
}

static void
test_polyseed_bad_words(void **state)
{
	(void)state;
	refused("", ERR_RANGE, 0);
	refused("raven tail swear infant grief assist regular lamp duck valid "
	    "someone little harsh puppy airport", ERR_RANGE, 0);
	refused("raven tail swear infant grief assist regular lamp duck valid "
	    "someone little harsh puppy airport language airport", ERR_RANGE,
	    0);
	refused("ravexxx tail swear infant grief assist regular lamp duck "
	    "valid someone little harsh puppy airport language", ERR_WORD, 0);
	refused("raven tail swear infantile grief assist regular lamp duck "
	    "valid someone little harsh puppy airport language", ERR_WORD, 3);
	refused("raven tail swear inf grief assist regular lamp duck "
	    "valid someone little harsh puppy airport language", ERR_WORD, 3);
}

/* Two neighbours that change places; every other word in the place of one. */
static void
test_polyseed_checksum(void **state)
{
	const size_t last = sizeof(raven) - sizeof("language");
	char text[sizeof(raven) + BIP39_WORD_MAX] = { 0 };
	size_t i;

	(void)state;
	refused("tail raven swear infant grief assist regular lamp duck valid "
	    "someone little harsh puppy airport language", ERR_CHECKSUM, 0);
	for (i = 0; i < BIP39_WORDS; i++) {
		const char *word = bip39_english_table[i];

		if (strcmp(word, "language") == 0)
			continue;
		memcpy(text, raven, last);
		memcpy(text + last, word, BIP39_WORD_MAX + 1);
		refused(text, ERR_CHECKSUM, 0);
	}
}

/* For another coin the second word differs, and not the first: the checksum
 * says so.  Encrypted by a passphrase; with a feature that nobody knows. */
static void
test_polyseed_of_another_kind(void **state)
{
	(void)state;
	refused("raven talent swear infant grief assist regular lamp duck "
	    "valid someone little harsh puppy airport language", ERR_CHECKSUM,
	    0);
	refused("rate talent swear infant grief assist regular lamp duck "
	    "valid someone little harsh puppy airport language", ERR_REFUSED,
	    0);
	refused("include domain claim resemble urban hire lunch bird crucial "
	    "fire best wife ring warm ignore model", ERR_VERSION, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_polyseed_known_answers),
		cmocka_unit_test(test_polyseed_to_an_address),
		cmocka_unit_test(test_polyseed_short_words),
		cmocka_unit_test(test_polyseed_bad_words),
		cmocka_unit_test(test_polyseed_checksum),
		cmocka_unit_test(test_polyseed_of_another_kind),
	};

	return sodium_init() < 0 ? 1 :
	    cmocka_run_group_tests_name("polyseed", tests, NULL, NULL);
}
