/* Monero's 25 words: both ways, and what is wrong with others. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "core/encode/hex.h"
#include "core/keys/monero_words.h"
#include "tests/vectors.h"

static const struct {
	const char *secret, *words;
} known[] = {
	{ "63c186e5edd29016bbd6a4a1754287e8550d781faff8bc0ffe4acbf83048e90e",
	    "criminal point neither cafe geyser inundate licks eating "
	    "together seismic fugitive dullness mechanic duckling gleeful "
	    "tossed rudely soil folding auctions among return gills humid "
	    "gills" },
	{ "8939cac276c7e5569b07b601bd0241b818ba7d27ee8441e8f6db60967e327d00",
	    "gifts inflamed custom baby lunar thumbs spout playful point "
	    "aching dwelt vixen wonders nobody roped trying rally oilfield "
	    "network swagger inbound awesome debut deepest trying" },
};

static enum err
seed_of(const char *words, char hex[65], size_t *bad)
{
	struct secret32 seed;
	enum err e = monero_words_read(span_text(words), &seed, bad);

	if (e == 0)
		hex_text(SPAN_OF(seed.b), hex);
	return e;
}

static void
both_ways(const char *secret, const char *words)
{
	char text[MONERO_WORDS_TEXT_MAX], hex[65];
	struct secret32 seed;
	struct mnemonic m;
	size_t bad, n;

	assert_int_equal(seed_of(words, hex, &bad), 0);
	assert_string_equal(hex, secret);
	assert_int_equal(hex_bytes(span_text(secret), seed.b, 32, &n), 0);
	monero_words_of_seed(&seed, &m);
	monero_words_text(&m, text);
	assert_string_equal(text, words);
}

static void
test_both_ways(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		both_ways(known[i].secret, known[i].words);
}

static void
test_vectors(void **state)
{
	json_t *all = vectors_json("monero/mnemonics.json"), *v;
	size_t i, n = 0;

	(void)state;
	json_array_foreach(all, i, v) {
		both_ways(vectors_string(v, "secret"),
		    vectors_string(v, "words"));
		n++;
	}
	json_decref(all);
	assert_true(n > 2);
}

/* Three letters are enough, capitals are no mistake. */
static void
test_short_and_large(void **state)
{
	char text[400] = "", hex[65];
	const char *p = known[0].words;
	size_t bad, n, o = 0;

	(void)state;
	while (*p != '\0') {
		n = strcspn(p, " ");
		(void)snprintf(text + o, sizeof(text) - o, "%.3s\n ", p);
		o += 5;
		p += n + (p[n] == ' ');
	}
	text[0] = 'C';
	assert_int_equal(seed_of(text, hex, &bad), 0);
	assert_string_equal(hex, known[0].secret);
}

static void
test_what_is_wrong(void **state)
{
	char text[400], hex[65], *at;
	size_t bad = 99;

	(void)state;
	(void)snprintf(text, sizeof(text), "%s", known[0].words);
	at = strstr(text, "licks");
	memcpy(at, "lickt", 5);
	assert_int_equal(seed_of(text, hex, &bad), ERR_WORD);
	assert_int_equal(bad, 6);
	memcpy(at, "linen", 5);
	assert_int_equal(seed_of(text, hex, &bad), ERR_CHECKSUM);
	assert_true(bad < 24);
	*strrchr(text, ' ') = '\0';
	assert_int_equal(seed_of(text, hex, &bad), ERR_RANGE);
	assert_int_equal(seed_of("", hex, &bad), ERR_RANGE);
}

/* No number of 32 bits, though each is a word and the last one is right. */
static void
test_three_words_too_large(void **state)
{
	const char *w[] = { "zoom", "zones", "zombie" };
	char text[400] = "", whole[420], hex[65];
	size_t i, bad, o = 0;
	enum err e = ERR_CHECKSUM;

	(void)state;
	for (i = 0; i < 24; i++)
		o += (size_t)snprintf(text + o, sizeof(text) - o, "%s ",
		    w[i % 3]);
	for (i = 0; i < 3 && e == ERR_CHECKSUM; i++) {
		(void)snprintf(whole, sizeof(whole), "%s%s", text, w[i]);
		e = seed_of(whole, hex, &bad);
	}
	assert_int_equal(e, ERR_RANGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_both_ways),
		cmocka_unit_test(test_vectors),
		cmocka_unit_test(test_short_and_large),
		cmocka_unit_test(test_what_is_wrong),
		cmocka_unit_test(test_three_words_too_large),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
