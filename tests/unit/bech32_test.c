#include "core/encode/bech32.h"
#include "tests/vectors.h"

static void
segwit_both_ways(const char *text, const char *program_hex)
{
	char again[BECH32_TEXT_MAX], lower[BECH32_TEXT_MAX];
	const char *hrp = text[0] == 'b' || text[0] == 'B' ? "bc" : "tb";
	uint8_t program[40], script[42];
	unsigned version = 99;
	size_t n = 0, m = 0, i;

	assert_int_equal(segwit_bytes(hrp, span_text(text), &version, program,
	    &n), 0);
	assert_int_equal(hex_bytes(span_text(program_hex), script, 42, &m),
	    0);
	assert_int_equal(script[0], version == 0 ? 0 : 0x50 + version);
	assert_int_equal(script[1], n);
	assert_int_equal(m, n + 2);
	assert_memory_equal(script + 2, program, n);
	assert_int_equal(segwit_text(hrp, version, span_of(program, n), again,
	    sizeof(again)), 0);
	for (i = 0; text[i] != '\0'; i++)
		lower[i] = (char)(text[i] >= 'A' && text[i] <= 'Z' ?
		    text[i] + 32 : text[i]);
	lower[i] = '\0';
	assert_string_equal(again, lower);
}

static void
segwit_refused(const char *text, enum err want)
{
	uint8_t program[40];
	unsigned version = 99;
	size_t n = 9;
	const char *hrp = text[0] == 'b' || text[0] == 'B' ? "bc" : "tb";
	enum err e = segwit_bytes(hrp, span_text(text), &version, program,
	    &n);

	if (want == ERR_NONE)
		assert_true(e == ERR_FORM || e == ERR_CHECKSUM ||
		    e == ERR_RANGE);
	else
		assert_int_equal(e, want);
	assert_true(version == 99 && n == 9);
}

static void
test_segwit_known_answers(void **state)
{
	(void)state;
	segwit_both_ways("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
	    "0014751e76e8199196d454941c45d1b3a323f1433bd6");
	segwit_both_ways("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9h"
	    "cz7vqzk5jj0", "512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce2"
	    "8d959f2815b16f81798");
	segwit_both_ways("BC1SW50QGDZ25J", "6002751e");
}

static void
test_segwit_bad_is_refused_for_its_reason(void **state)
{
	(void)state;
	/* one character changed; Bech32 where Bech32m belongs, and back */
	segwit_refused("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
	    ERR_CHECKSUM);
	segwit_refused("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hc"
	    "z7vqh2y7hd", ERR_CHECKSUM);
	segwit_refused("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh",
	    ERR_CHECKSUM);
	/* another chain's, mixed case, no data, version 17, lengths */
	segwit_refused("tc1qw508d6qejxtdg4y5r3zarvary0c5xw7kg3g4ty",
	    ERR_FORM);
	segwit_refused("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3T4",
	    ERR_FORM);
	segwit_refused("bc1gmk9yu", ERR_FORM);
	segwit_refused("BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HC"
	    "Z7VQ7ZWS8R", ERR_RANGE);
	segwit_refused("bc1pw5dgrnzv", ERR_RANGE);
	segwit_refused("BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P", ERR_RANGE);
	/* padding: too much, not zero */
	segwit_refused("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hc"
	    "z7v07qwwzcrf", ERR_FORM);
	segwit_refused("tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hc"
	    "z7vpggkg4j", ERR_FORM);
	segwit_refused("", ERR_FORM);
	segwit_refused("bc1", ERR_FORM);
}

static void
test_segwit_text_limits(void **state)
{
	static const uint8_t program[41];
	char out[BECH32_TEXT_MAX];

	(void)state;
	assert_int_equal(segwit_text("bc", 17, span_of(program, 32), out,
	    sizeof(out)), ERR_RANGE);
	assert_int_equal(segwit_text("bc", 1, span_of(program, 1), out,
	    sizeof(out)), ERR_RANGE);
	assert_int_equal(segwit_text("bc", 1, span_of(program, 41), out,
	    sizeof(out)), ERR_RANGE);
	assert_int_equal(segwit_text("bc", 0, span_of(program, 21), out,
	    sizeof(out)), ERR_RANGE);
	assert_int_equal(segwit_text("bc", 0, span_of(program, 20), out, 42),
	    ERR_SPACE);
	assert_int_equal(segwit_text("bc", 0, span_of(program, 20), out, 43),
	    0);
	/* 90 characters is the end of it */
	assert_int_equal(segwit_text("aaaaaaaaaaaaaaaaaa", 1,
	    span_of(program, 40), out, sizeof(out)), 0);
	assert_int_equal(strlen(out), 90);
	assert_int_equal(segwit_text("aaaaaaaaaaaaaaaaaaa", 1,
	    span_of(program, 40), out, sizeof(out)), ERR_SPACE);
}

/* "0x7F + 1axkwrx" stands for a byte and what goes with it. */
static size_t
bech32_unpack(const char *text, char *out, size_t cap)
{
	const char *plus = strstr(text, " + ");
	size_t n;

	if (plus == NULL) {
		n = strcspn(text, " ");
		assert_true(n < cap);
		memcpy(out, text, n);
		return n;
	}
	if (strncmp(text, "0x", 2) == 0) {
		out[0] = (char)strtol(text, NULL, 16);
		n = strlen(plus + 3);
		memcpy(out + 1, plus + 3, n);
		return n + 1;
	}
	n = (size_t)(plus - text);
	memcpy(out, text, n);
	out[n] = (char)strtol(plus + 3, NULL, 16);
	return n + 1;
}

static size_t
bech32_vectors(const char *file, bool m)
{
	json_t *j = vectors_json(file), *v;
	size_t i, seen = 0;

	json_array_foreach(j, i, v) {
		const char *section = vectors_string(v, "section");
		const char *text = vectors_string(v, "text");
		struct bech32 b;
		char raw[128];
		struct span s = { (const uint8_t *)raw,
		    bech32_unpack(text, raw, sizeof(raw)) };

		if (strstr(section, "not valid") != NULL) {
			enum err e = bech32_split(s, &b);

			/* BIP350's are those whose BIP350 sum is wrong. */
			assert_true(e == ERR_FORM || e == ERR_CHECKSUM);
		} else if (strstr(section, "are valid") != NULL) {
			assert_int_equal(bech32_split(s, &b), 0);
			assert_int_equal(b.m, m);
		} else if (strstr(section, "translate to") != NULL) {
			/* BIP173's higher versions are history: BIP350. */
			if (m || vectors_string(v, "gives")[0] == '0')
				segwit_both_ways(text,
				    vectors_string(v, "gives"));
			else
				segwit_refused(text, ERR_CHECKSUM);
		} else if (strstr(section, "invalidity") != NULL) {
			segwit_refused(text, ERR_NONE);
		} else {
			continue;
		}
		seen++;
	}
	json_decref(j);
	return seen;
}

static void
test_bech32_bip173_and_bip350_vectors(void **state)
{
	(void)state;
	assert_int_equal(bech32_vectors("bip173.json", false), 35);
	assert_int_equal(bech32_vectors("bip350.json", true), 44);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_segwit_known_answers),
		cmocka_unit_test(test_segwit_bad_is_refused_for_its_reason),
		cmocka_unit_test(test_segwit_text_limits),
		cmocka_unit_test(test_bech32_bip173_and_bip350_vectors),
	};

	return cmocka_run_group_tests_name("encode", tests, NULL, NULL);
}
