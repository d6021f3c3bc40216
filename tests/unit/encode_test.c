#include "core/base/sink.h"
#include "core/encode/base58.h"
#include "core/encode/base64.h"
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
	};

	return cmocka_run_group_tests_name("encode", tests, NULL, NULL);
}
