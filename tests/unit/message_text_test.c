/* What is noticed about the words, the path and the key of a message before
 * it is signed.  Known attacks 8, 10 and 11. */
#include "tests/unit/message_rig.h"

#define PATH_A "m/84'/1'/0'/0/0"

/* Text with a zero byte in it stays whole. */
#define BYTES(text) text, sizeof(text) - 1

static const struct {
	const char	*text;
	size_t		 n;
	const char	*code;
	enum verdict	 verdict;
} notices[] = {
	{ BYTES("I own this."), NULL, VERDICT_ALLOW },
	{ BYTES("a b-c, d: e! 100 % (x) #1"), NULL, VERDICT_ALLOW },
	{ BYTES("1234567890123456789012345678901234567890123456789012345678"
	    "90123"), NULL, VERDICT_ALLOW },
	{ BYTES("a\tb"), "btc.message.control", VERDICT_REFUSE },
	{ BYTES("a\rb"), "btc.message.control", VERDICT_REFUSE },
	{ BYTES("a\0b"), "btc.message.control", VERDICT_REFUSE },
	{ BYTES("a\x1b[2J"), "btc.message.control", VERDICT_REFUSE },
	{ BYTES("a\x7f"), "btc.message.control", VERDICT_REFUSE },
	{ BYTES("a\xc2\x85"), "btc.message.control", VERDICT_REFUSE },
	{ BYTES("-----BEGIN BITCOIN SIGNATURE-----"),
	    "btc.message.control", VERDICT_REFUSE },
	{ BYTES("pay\xe2\x80\xae" "cba"), "btc.message.hidden",
	    VERDICT_WARN },
	{ BYTES("a\xe2\x80\x8b" "b"), "btc.message.hidden", VERDICT_WARN },
	{ BYTES("a\xc2\xa0" "b"), "btc.message.hidden", VERDICT_WARN },
	{ BYTES("a\xf3\xa0\x81\x81" "b"), "btc.message.hidden",
	    VERDICT_WARN },
	{ BYTES("gr\xc3\xbc\xc3\x9f"), "btc.message.foreign",
	    VERDICT_ALLOW },
	{ BYTES(" a"), "btc.message.spaces", VERDICT_WARN },
	{ BYTES("a "), "btc.message.spaces", VERDICT_WARN },
	{ BYTES(""), "btc.message.empty", VERDICT_WARN },
	{ BYTES("example.com wants you to sign in with your Bitcoin "
	    "account:"), "btc.message.login", VERDICT_WARN },
	{ BYTES("Nonce: 8f3a"), "btc.message.login", VERDICT_WARN },
	{ BYTES("0200000001aabbccddaabbccddaabbccddaabbccddaabbccddaabbccdd"
	    "aabbccdd00"), "btc.message.data", VERDICT_WARN },
	{ BYTES("sign eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abcd"
	    "efghijklmnop please"), "btc.message.data", VERDICT_WARN },
};

static void
test_attack_8_what_is_noticed(void **state)
{
	struct letter *l = *state;
	char text[256];
	size_t i, n;

	for (i = 0; i < sizeof(notices) / sizeof(notices[0]); i++) {
		arena_clear(&l->a);
		n = notices[i].n;
		memcpy(text, notices[i].text, n);
		(void)snprintf(text + n, sizeof(text) - n, "\n%s\n", PATH_A);
		assert_int_equal(letter_read(l, span_of(text, n + 1 +
		    strlen(PATH_A))), 0);
		if (l->j.verdict != notices[i].verdict)
			fail_msg("notice %zu: %s", i,
			    verdict_name(l->j.verdict));
		assert_int_equal(l->j.n > 0, notices[i].code != NULL);
		if (notices[i].code != NULL &&
		    !letter_has(l, notices[i].code))
			fail_msg("notice %zu: no %s", i, notices[i].code);
		/* Nothing refused is ever signed, whoever asks. */
		assert_int_equal(rig_make(&l->rig, &l->s, &l->a),
		    l->j.verdict == VERDICT_REFUSE ? ERR_REFUSED : 0);
	}
}

#define HEX32 "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a" \
    "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a"

/* Known attack 10: what can be the digest of a transaction is not signed. */
static void
test_attack_10_a_bare_hash_is_refused(void **state)
{
	static const char *const hashes[] = { HEX32, "0x" HEX32,
	    "WlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlo=" };
	struct letter *l = *state;
	char text[256];
	size_t i;

	for (i = 0; i < 3; i++) {
		arena_clear(&l->a);
		(void)snprintf(text, sizeof(text), "%s\n%s\n", hashes[i],
		    PATH_A);
		assert_int_equal(letter_read(l, letter_copy(l, text)), 0);
		assert_int_equal(l->j.verdict, VERDICT_REFUSE);
		assert_true(letter_has(l, "btc.message.hash"));
		assert_int_equal(rig_make(&l->rig, &l->s, &l->a),
		    ERR_REFUSED);
	}
	arena_clear(&l->a);
	(void)snprintf(text, sizeof(text), "I read the file of SHA-256 %s\n%s",
	    HEX32, PATH_A);
	assert_int_equal(letter_read(l, letter_copy(l, text)), 0);
	assert_int_equal(l->j.verdict, VERDICT_WARN);
	assert_true(letter_has(l, "btc.message.data"));
}

static void
test_attack_11_paths(void **state)
{
	static const struct { const char *lines, *code; } table[] = {
		{ "m/84'/0'/0'/0/0", "btc.path.network" },
		{ "m/84'/1'/0'/2/0", "btc.path.odd" },
		{ "m/84'/1'/0'/0/0'", "btc.path.odd" },
		{ "m/84'/1'/0'", "btc.path.odd" },
		{ "m/44'/1'/0'/0/0\np2wpkh", "btc.path.odd" },
	};
	struct letter *l = *state;
	char text[256];
	size_t i;

	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		arena_clear(&l->a);
		(void)snprintf(text, sizeof(text), "a\n%s\n",
		    table[i].lines);
		assert_int_equal(letter_read(l, letter_copy(l, text)), 0);
		assert_int_equal(l->j.verdict, VERDICT_WARN);
		assert_true(letter_has(l, table[i].code));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_attack_8_what_is_noticed),
		cmocka_unit_test(test_attack_10_a_bare_hash_is_refused),
		cmocka_unit_test(test_attack_11_paths),
	};

	return cmocka_run_group_tests(tests, letter_setup, letter_teardown);
}
