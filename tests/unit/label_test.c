/* Labels: what a key's text may be, how texts are kept, BIP329's lines. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/wire/bip329.h"
#include "core/wire/kept.h"

#define TXID "f91d0a8a78462bc59398f2c5d7a84fcff491c26ba54c4833478b202796c8aafd"
#define ADDR "bc1q34aq5drpuwy3wgl9lhup9892qp6svr8ldzyy7c"

static void
is_key(const char *typed, const char *key)
{
	char out[LABEL_KEY_MAX + 1];

	assert_int_equal(label_key(span_text(typed), out), 0);
	assert_string_equal(out, key);
}

static void
test_keys(void **state)
{
	static const char *const none[] = { "", "addr", "addr ", "a b",
	    "house", "tx 12", "output " TXID, TXID ":", TXID ":01",
	    TXID ":4294967296", "output " TXID ":x", "key 73c5da0",
	    "wallet a b", "addr " ADDR " x", "spscan abcdefghijklmnopq" };
	char out[LABEL_KEY_MAX + 1];
	size_t i;

	(void)state;
	is_key(ADDR, "addr " ADDR);
	is_key("BC1Q34AQ5DRPUWY3WGL9LHUP9892QP6SVR8LDZYY7C", "addr " ADDR);
	is_key("addr " ADDR, "addr " ADDR);
	is_key(TXID, "tx " TXID);
	is_key("pubkey " TXID, "pubkey " TXID);
	is_key("02" TXID, "pubkey 02" TXID);
	is_key(TXID ":0", "output " TXID ":0");
	is_key("input " TXID ":4294967295", "input " TXID ":4294967295");
	is_key("73c5da0a", "key 73c5da0a");
	is_key("wallet ad4kq7z5", "wallet ad4kq7z5");
	for (i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		assert_int_equal(label_key(span_text(none[i]), out),
		    ERR_FORM);
}

/* What is drawn beside a row can hold no line end, no column, no escape. */
static void
test_texts(void **state)
{
	char out[LABEL_TEXT_MAX + 1], long_text[LABEL_RAW_MAX + 2];

	(void)state;
	assert_int_equal(label_text(span_text("M\xc3\xbcller  \n\\"), out), 0);
	assert_string_equal(out, "M\\xc3\\xbcller \\x20\\x0a\\\\");
	memset(long_text, 0xff, sizeof(long_text));
	assert_int_equal(label_text(span_of(long_text, LABEL_RAW_MAX), out),
	    0);
	assert_int_equal(strlen(out), LABEL_TEXT_MAX);
	assert_int_equal(label_text(span_of(long_text, LABEL_RAW_MAX + 1),
	    out), ERR_RANGE);
}

static size_t
body_of(const char *key, const char *text, uint8_t out[LABEL_BODY_MAX])
{
	struct sink s = sink_to_buf(out, LABEL_BODY_MAX);

	label_put_pair(&s, key, text);
	assert_int_equal(s.err, 0);
	return s.total;
}

static void
test_read(void **state)
{
	static const char *const bad[] = { "a  b", " a", "a ", "a\\", "a\\y",
	    "a\\x1", "a\\x1G", "a\nb", "\x1b[2J", "caf\xc3\xa9" };
	uint8_t body[LABEL_BODY_MAX], again[LABEL_BODY_MAX];
	struct sink s = sink_to_buf(again, sizeof(again));
	struct label l;
	size_t i, n;

	(void)state;
	n = body_of("addr " ADDR, "my caf\\xc3\\xa9", body);
	assert_int_equal(label_read(span_of(body, n), &l), 0);
	assert_int_equal(l.kind, LABEL_ADDR);
	assert_true(span_eq(l.ref, span_text(ADDR)));
	label_put(&s, &l);
	assert_true(span_eq(span_of(again, s.total), span_of(body, n)));
	for (i = 0; i < n; i++)
		assert_int_not_equal(label_read(span_of(body, i), &l), 0);
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		n = body_of("addr " ADDR, bad[i], body);
		assert_int_equal(label_read(span_of(body, n), &l), ERR_FORM);
	}
	n = body_of("shoe size 12", "x", body);
	assert_int_equal(label_read(span_of(body, n), &l), ERR_FORM);
}

static void
test_flags(void **state)
{
	uint8_t body[LABEL_BODY_MAX];
	struct sink s = sink_to_buf(body, sizeof(body));
	struct label l = { .kind = LABEL_OUTPUT, .ref = span_text(TXID ":1"),
	    .text = span_text("KYC"), .origin = span_text("wpkh([d34db33f])"),
	    .flags = LABEL_FROZEN | LABEL_SPENDABLE_SAID }, got;

	(void)state;
	label_put(&s, &l);
	assert_int_equal(label_read(span_of(body, s.total), &got), 0);
	assert_int_equal(got.flags, l.flags);
	assert_true(span_eq(got.origin, l.origin));
	body[s.total - 1] = 8;
	assert_int_equal(label_read(span_of(body, s.total), &got), ERR_RANGE);
}

static void
test_write(void **state)
{
	static const struct { const char *key, *text, *line; } as[] = {
		{ "addr " ADDR, "Address", "{\"type\":\"addr\",\"ref\":\"" ADDR
		    "\",\"label\":\"Address\"}\n" },
		{ "tx " TXID, "a\\x0ab \"c\\\\\" caf\\xc3\\xa9 \\xff",
		    "{\"type\":\"tx\",\"ref\":\"" TXID "\",\"label\":\""
		    "a\\u000ab \\\"c\\\\\\\" caf\xc3\xa9 \\u00ff\"}\n" },
		{ "key 73c5da0a", "House", "" },
		{ "wallet ad4kq7z5", "Shop", "" },
	};
	uint8_t body[LABEL_BODY_MAX], line[512];
	struct label l;
	struct sink s;
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof(as) / sizeof(as[0]); i++) {
		n = body_of(as[i].key, as[i].text, body);
		assert_int_equal(label_read(span_of(body, n), &l), 0);
		s = sink_to_buf(line, sizeof(line));
		assert_int_equal(bip329_put(&s, &l), as[i].line[0] != '\0');
		assert_true(span_eq(span_of(line, s.total),
		    span_text(as[i].line)));
	}
	l = (struct label){ .kind = LABEL_OUTPUT, .ref = span_text(TXID ":1"),
	    .origin = span_text("wpkh([d34db33f/84'/0'/0'])"),
	    .flags = LABEL_FROZEN | LABEL_SPENDABLE_SAID };
	s = sink_to_buf(line, sizeof(line));
	assert_true(bip329_put(&s, &l));
	assert_true(span_eq(span_of(line, s.total), span_text(
	    "{\"type\":\"output\",\"ref\":\"" TXID ":1\",\"origin\":"
	    "\"wpkh([d34db33f/84'/0'/0'])\",\"spendable\":false}\n")));
}

/* Of a whole list: labels alone, and of them those that can be told. */
static void
test_write_all(void **state)
{
	uint8_t body[LABEL_BODY_MAX], list[2048], text[512];
	struct sink s = sink_to_buf(list, sizeof(list));
	size_t n, many;

	(void)state;
	put_kept(&s, KEPT_SETTING, 1, span_text("x"));
	put_kept(&s, KEPT_LABEL, 2, span_of(body, body_of("addr " ADDR, "one",
	    body)));
	put_kept(&s, KEPT_LABEL, 3, span_text("no label"));
	put_kept(&s, KEPT_LABEL, 4, span_of(body, body_of("key 73c5da0a",
	    "two", body)));
	put_kept(&s, KEPT_LABEL, 5, span_of(body, body_of("tx " TXID, "three",
	    body)));
	assert_int_equal(s.err, 0);
	n = s.total;
	s = sink_to_buf(text, sizeof(text));
	assert_int_equal(bip329_put_all(&s, span_of(list, n), &many), 0);
	assert_int_equal(many, 2);
	assert_true(span_eq(span_of(text, s.total), span_text(
	    "{\"type\":\"addr\",\"ref\":\"" ADDR "\",\"label\":\"one\"}\n"
	    "{\"type\":\"tx\",\"ref\":\"" TXID "\",\"label\":\"three\"}\n")));
	assert_int_equal(bip329_put_all(&s, span_of(list, n - 1), &many),
	    ERR_SHORT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_flags),
		cmocka_unit_test(test_write),
		cmocka_unit_test(test_write_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
