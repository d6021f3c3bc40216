#include "core/base/sink.h"
#include "core/encode/base58.h"
#include "core/encode/base64.h"
#include "core/encode/bech32.h"
#include "tests/vectors.h"

static void
test_hex_both_ways(void **state)
{
	static const uint8_t b[] = { 0x00, 0x7f, 0xAB, 0xff };
	uint8_t out[4];
	char text[9];
	size_t n = 9;

	(void)state;
	hex_text(SPAN_OF(b), text);
	assert_string_equal(text, "007fabff");
	assert_int_equal(hex_bytes(span_text("007FaBfF"), out, 4, &n), 0);
	assert_int_equal(n, 4);
	assert_memory_equal(out, b, 4);
	assert_int_equal(hex_bytes(span_text(""), out, 0, &n), 0);
	assert_int_equal(n, 0);
	hex_text(span_of(NULL, 0), text);
	assert_string_equal(text, "");
}

static void
test_hex_bad_is_refused(void **state)
{
	static const char *const bad[] = { "0", "0g", "g0", "0x00", " 00",
	    "00 ", "00\n0", "@@", "::", "``" };
	uint8_t out[4];
	size_t i, n = 9;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(hex_bytes(span_text(bad[i]), out, 4, &n),
		    ERR_FORM);
	assert_int_equal(hex_bytes(span_text("0011223344"), out, 4, &n),
	    ERR_SPACE);
	assert_int_equal(n, 9);
}

static void
test_base58check_known_answers(void **state)
{
	uint8_t b[25] = { 0 }, out[25];
	char text[64];
	size_t n = 0;

	(void)state;
	/* The first coin's owner: version 0 and the hash of his key. */
	unhex("0062e907b15cbf27d5425399ebf6f0fb50ebb88f18", b, 21);
	assert_int_equal(base58check_text(span_of(b, 21), text, sizeof(text)),
	    0);
	assert_string_equal(text, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa");
	assert_int_equal(base58check_bytes(span_text(text), out, sizeof(out),
	    &n), 0);
	assert_int_equal(n, 21);
	assert_memory_equal(out, b, 21);
	assert_int_equal(base58check_bytes(span_text(text), out, 20, &n),
	    ERR_SPACE);
	assert_int_equal(base58check_bytes(span_text("1A1zP1eP0"), out, 25,
	    &n), ERR_FORM);
	assert_int_equal(n, 21);
	/* every single wrong character is noticed */
	for (n = 0; n < 34; n++) {
		size_t got;
		char was = text[n];

		text[n] = was == 'z' ? 'y' : 'z';
		assert_int_equal(base58check_bytes(span_text(text), out,
		    sizeof(out), &got), ERR_CHECKSUM);
		text[n] = was;
	}
}

static void
test_base58_leading_zeros_are_ones(void **state)
{
	static const uint8_t zeros[3];
	uint8_t out[8];
	char text[8];
	size_t n;

	(void)state;
	assert_int_equal(base58_text(SPAN_OF(zeros), text, 4), 0);
	assert_string_equal(text, "111");
	assert_int_equal(base58_text(SPAN_OF(zeros), text, 3), ERR_SPACE);
	assert_int_equal(base58_bytes(span_text("1112"), out, 8, &n), 0);
	assert_int_equal(n, 4);
	assert_memory_equal(out, "\0\0\0\1", 4);
	assert_int_equal(base58_bytes(span_text("1112"), out, 3, &n),
	    ERR_SPACE);
}

static void
test_base58_bad_is_refused(void **state)
{
	static const char *const bad[] = { "0", "O", "I", "l", "1 1", "1\n",
	    "+", "\xc3\xa9" };
	uint8_t out[256], big[BASE58_MAX + 5] = { 0 };
	char text[BASE58_TEXT_MAX];
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(base58_bytes(span_text(bad[i]), out, 256,
		    &n), ERR_FORM);
	assert_int_equal(base58_bytes(span_of("1\0" "1", 3), out, 256, &n),
	    ERR_FORM);
	/* nothing, and less than a checksum */
	assert_int_equal(base58check_bytes(span_text(""), out, 256, &n),
	    ERR_FORM);
	assert_int_equal(base58check_bytes(span_text("111"), out, 256, &n),
	    ERR_FORM);
	/* longer than anything we write */
	memset(text, 'z', sizeof(text));
	assert_int_equal(base58_bytes(span_of(text, sizeof(text)), out, 256,
	    &n), ERR_FORM);
	assert_int_equal(base58_bytes(span_of(text, sizeof(text) - 1), out,
	    256, &n), ERR_FORM);
	assert_int_equal(base58check_text(span_of(big, BASE58_MAX + 1), text,
	    sizeof(text)), ERR_SPACE);
	memset(big, 0xff, sizeof(big));
	assert_int_equal(base58check_text(span_of(big, BASE58_MAX), text,
	    sizeof(text)), 0);
	assert_int_equal(base58check_bytes(span_text(text), out, BASE58_MAX,
	    &n), 0);
	assert_int_equal(n, BASE58_MAX);
	assert_memory_equal(out, big, BASE58_MAX);
}

static void
test_base58_core_vectors(void **state)
{
	json_t *j = vectors_json("bitcoinjs/core-base58_encode_decode.json");
	json_t *row;
	size_t i, n, m;

	(void)state;
	json_array_foreach(j, i, row) {
		const char *hex = json_string_value(json_array_get(row, 0));
		const char *b58 = json_string_value(json_array_get(row, 1));
		uint8_t raw[64], back[64];
		char text[96];

		assert_int_equal(hex_bytes(span_text(hex), raw, 64, &n), 0);
		assert_int_equal(base58_text(span_of(raw, n), text, 96), 0);
		assert_string_equal(text, b58);
		assert_int_equal(base58_bytes(span_text(b58), back, 64, &m),
		    0);
		assert_int_equal(m, n);
		assert_memory_equal(back, raw, n);
	}
	assert_true(i >= 12);
	json_decref(j);
}

static uint8_t
base58_version(json_t *meta)
{
	const char *type = json_string_value(json_object_get(meta,
	    "addrType"));
	bool test = json_is_true(json_object_get(meta, "isTestnet"));

	if (json_is_true(json_object_get(meta, "isPrivkey")))
		return test ? 0xef : 0x80;
	if (strcmp(type, "script") == 0)
		return test ? 0xc4 : 0x05;
	return test ? 0x6f : 0x00;
}

static void
test_base58check_core_keys(void **state)
{
	json_t *good = vectors_json("bitcoinjs/core-base58_keys_valid.json");
	json_t *bad = vectors_json("bitcoinjs/core-base58_keys_invalid.json");
	json_t *row;
	size_t i, n, m;

	(void)state;
	json_array_foreach(good, i, row) {
		const char *text = json_string_value(json_array_get(row, 0));
		json_t *meta = json_array_get(row, 2);
		uint8_t out[40], want[40];

		assert_int_equal(base58check_bytes(span_text(text), out, 40,
		    &n), 0);
		assert_int_equal(hex_bytes(span_text(json_string_value(
		    json_array_get(row, 1))), want, 40, &m), 0);
		assert_int_equal(n, 1 + m + json_is_true(json_object_get(meta,
		    "isCompressed")));
		assert_int_equal(out[0], base58_version(meta));
		assert_memory_equal(out + 1, want, m);
	}
	/* Those that Base58Check itself takes have a payload that is no key:
	 * a version or length that none of the good ones has. */
	json_array_foreach(bad, i, row) {
		const char *text = json_string_value(json_array_get(row, 0));
		uint8_t out[160];
		bool key;

		if (base58check_bytes(span_text(text), out, 160, &n) != 0)
			continue;
		key = (out[0] == 0x80 || out[0] == 0xef) &&
		    (n == 33 || (n == 34 && out[33] == 1));
		assert_false(key || ((out[0] == 0 || out[0] == 5 ||
		    out[0] == 0x6f || out[0] == 0xc4) && n == 21));
	}
	json_decref(good);
	json_decref(bad);
}

/* RFC 4648, section 10. */
static void
test_base64_rfc4648(void **state)
{
	static const char *const t[][2] = { { "", "" }, { "f", "Zg==" },
	    { "fo", "Zm8=" }, { "foo", "Zm9v" }, { "foob", "Zm9vYg==" },
	    { "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" } };
	struct base64_shape shape;
	uint8_t out[16];
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct sink s = sink_to_buf(out, sizeof(out));

		base64_put(&s, span_text(t[i][0]),
		    &(struct base64_shape){ 0 });
		assert_int_equal(s.err, 0);
		assert_true(span_eq(span_of(out, s.total),
		    span_text(t[i][1])));
		assert_int_equal(base64_bytes(span_text(t[i][1]), out, 16, &n,
		    &shape), 0);
		assert_true(span_eq(span_of(out, n), span_text(t[i][0])));
		assert_false(shape.newline || shape.crlf || shape.wrap != 0);
	}
}

static void
test_base64_bad_is_refused(void **state)
{
	static const char *const bad[] = { "Z", "Zg", "Zg=", "Zg===", "=",
	    "====", "Z===", "Zg==Zg==", "Zm9v=", "Zm=v", "Zh==", "Zm9=",
	    "Zm9v-_==", "Zm9v!", "Zm9v\x80", "Z=g=", "Zg=\n=A" };
	struct base64_shape shape;
	uint8_t out[16];
	size_t i, n = 9;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(base64_bytes(span_text(bad[i]), out, 16, &n,
		    &shape), ERR_FORM);
	assert_int_equal(base64_bytes(span_of("Zm9v\0", 5), out, 16, &n,
	    &shape), ERR_FORM);
	for (i = 0; i < 6; i++)
		assert_int_equal(base64_bytes(span_text("Zm9vYmFy"), out, i,
		    &n, &shape), ERR_SPACE);
	assert_int_equal(n, 9);
	assert_int_equal(base64_bytes(span_text("Zm9vYmFy"), out, 6, &n,
	    &shape), 0);
}

/* Text goes out as it came in, however its lines were laid. */
static void
test_base64_layout_is_kept(void **state)
{
	static const char *const t[] = { "Zm9vYmFy", "Zm9vYmFy\n",
	    "Zm9vYmFy\r\n", "Zm9v\nYmFy", "Zm9v\nYmFy\n",
	    "Zm9v\r\nYmFy\r\n", "Zm9v\r\nYmFy", "Zm9\nvYm\nFy", "Zm9vYg\n==\n",
	    "Z\nm\n9\nv", "Zm9vYmFyZm9v\nYmFy\n" };
	struct base64_shape shape;
	uint8_t raw[16], out[64];
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct sink s = sink_to_buf(out, sizeof(out));

		assert_int_equal(base64_bytes(span_text(t[i]), raw, 16, &n,
		    &shape), 0);
		base64_put(&s, span_of(raw, n), &shape);
		assert_true(span_eq(span_of(out, s.total), span_text(t[i])));
	}
}

static void
test_base64_white_space_is_read(void **state)
{
	static const char *const t[] = { " Zm9v YmFy ", "\n\nZm9vYmFy\n\n",
	    "Zm9v\n  YmFy\n", "\tZm9vYmFy", "Zm9v\n\nYmFy" };
	struct base64_shape shape;
	uint8_t raw[16];
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		assert_int_equal(base64_bytes(span_text(t[i]), raw, 16, &n,
		    &shape), 0);
		assert_true(span_eq(span_of(raw, n), span_text("foobar")));
	}
}

static void
test_base64_every_length_in_every_wrap(void **state)
{
	uint8_t in[300], text[1400], back[300];
	size_t i, n;
	uint32_t w;

	(void)state;
	for (i = 0; i < sizeof(in); i++)
		in[i] = (uint8_t)(i * 37 + 11);
	for (w = 0; w < 80; w += 19)
		for (i = 0; i <= sizeof(in); i++) {
			struct base64_shape got, shape = { w, i % 2, i % 3 };
			struct sink s = sink_to_buf(text, sizeof(text));

			base64_put(&s, span_of(in, i), &shape);
			assert_int_equal(s.err, 0);
			assert_true(i <= BASE64_BYTES(s.total));
			assert_int_equal(base64_bytes(span_of(text, s.total),
			    back, sizeof(back), &n, &got), 0);
			assert_true(span_eq(span_of(in, i), span_of(back, n)));
		}
}

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
		cmocka_unit_test(test_hex_both_ways),
		cmocka_unit_test(test_hex_bad_is_refused),
		cmocka_unit_test(test_base58check_known_answers),
		cmocka_unit_test(test_base58_leading_zeros_are_ones),
		cmocka_unit_test(test_base58_bad_is_refused),
		cmocka_unit_test(test_base58_core_vectors),
		cmocka_unit_test(test_base58check_core_keys),
		cmocka_unit_test(test_base64_rfc4648),
		cmocka_unit_test(test_base64_bad_is_refused),
		cmocka_unit_test(test_base64_layout_is_kept),
		cmocka_unit_test(test_base64_white_space_is_read),
		cmocka_unit_test(test_base64_every_length_in_every_wrap),
		cmocka_unit_test(test_segwit_known_answers),
		cmocka_unit_test(test_segwit_bad_is_refused_for_its_reason),
		cmocka_unit_test(test_segwit_text_limits),
		cmocka_unit_test(test_bech32_bip173_and_bip350_vectors),
	};

	return cmocka_run_group_tests_name("encode", tests, NULL, NULL);
}
