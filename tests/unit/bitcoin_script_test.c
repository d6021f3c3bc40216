#include "core/chain/bitcoin/script.h"
#include "tests/vectors.h"

static struct span
bytes(const char *hex)
{
	static uint8_t p[256];
	size_t n;

	assert_int_equal(hex_bytes(span_text(hex), p, sizeof(p), &n), 0);
	return span_of(p, n);
}

#define H20 "751e76e8199196d454941c45d1b3a323f1433bd6"
#define H32 "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"

/* Addresses of BIP173 and BIP350; Base58Check ones of the same hash. */
static void
test_scripts_and_their_addresses(void **state)
{
	static const struct {
		const char *script, *address;
		enum script_kind kind;
		enum network net;
	} all[] = {
		{ "0014" H20, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
		    SCRIPT_WPKH, NET_MAIN },
		{ "0014" H20, "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx",
		    SCRIPT_WPKH, NET_TEST },
		{ "0014" H20, "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx",
		    SCRIPT_WPKH, NET_SIGNET },
		{ "5120" H32, "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e7"
		    "2q4k9hcz7vqzk5jj0", SCRIPT_TR, NET_MAIN },
		{ "5210751e76e8199196d454941c45d1b3a323",
		    "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs", SCRIPT_WITNESS,
		    NET_MAIN },
		{ "51024e73", "bc1pfeessrawgf", SCRIPT_ANCHOR, NET_MAIN },
		{ "76a914" H20 "88ac", "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH",
		    SCRIPT_PKH, NET_MAIN },
		{ "76a914" H20 "88ac", "mrCDrCybB6J1vRfbwM5hemdJz73FwDBC8r",
		    SCRIPT_PKH, NET_REGTEST },
		{ "a914bcfeb728b584253d5f3f70bcb780e9ef218a68f487",
		    "3JvL6Ymt8MVWiCNHC7oWU6nLeHNJKLZGLN", SCRIPT_SH,
		    NET_MAIN },
	};
	char out[ADDRESS_TEXT_MAX];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		struct script s = script_of(bytes(all[i].script));

		assert_int_equal(s.kind, all[i].kind);
		assert_int_equal(script_address(&s, all[i].net, out), 0);
		assert_string_equal(out, all[i].address);
		assert_int_equal(script_address(&s, NET_STAGENET, out),
		    ERR_RANGE);
	}
}

/* One byte off, and it is another script. */
static void
test_scripts_without_an_address(void **state)
{
	static const struct { const char *script; enum script_kind kind; }
	    all[] = {
		{ "", SCRIPT_OTHER }, { "51", SCRIPT_OTHER },
		{ "6a", SCRIPT_DATA }, { "6a0161", SCRIPT_DATA },
		{ "0013" "751e76e8199196d454941c45d1b3a323f1433b",
		    SCRIPT_OTHER },
		{ "0014" H20 "00", SCRIPT_OTHER },
		{ "0001" "00", SCRIPT_OTHER },
		{ "76a914" H20 "88ad", SCRIPT_OTHER },
		{ "76a914" H20 "88ac00", SCRIPT_OTHER },
		{ "a914" H20 "88", SCRIPT_OTHER },
		{ "5000", SCRIPT_OTHER }, { "61" "02" "0000", SCRIPT_OTHER },
		{ "2102" H32 "ac", SCRIPT_OTHER },
	};
	char out[ADDRESS_TEXT_MAX];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		struct script s = script_of(bytes(all[i].script));

		assert_int_equal(s.kind, all[i].kind);
		assert_int_equal(script_address(&s, NET_MAIN, out), ERR_FORM);
	}
}

/* The first receiving keys of the BIPs that define each path. */
static void
test_scripts_of_a_key(void **state)
{
	static const struct {
		enum spend how;
		const char *key, *address;
		enum network net;
	} all[] = {
		{ SPEND_SH_WPKH, "03a1af804ac108a8a51782198c2d034b28bf90c8803"
		    "f5a53f76276fa69a4eae77f",
		    "2Mww8dCYPUpKHofjgcXcBCEGmniw9CoaiD2", NET_TEST },
		{ SPEND_WPKH, "0330d54fd0dd420a6e5f8d3624f5f3482cae350f79d5f0"
		    "753bf5beef9c2d91af3c",
		    "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu", NET_MAIN },
		{ SPEND_PKH, "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28"
		    "d959f2815b16f81798", "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH",
		    NET_MAIN },
		{ SPEND_TR, "03cc8a4bc64d897bddc5fbc2f670f7a8ba0b386779106cf1"
		    "223c6fc5d7cd6fc115", "bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6"
		    "xdcjrs20cac6yqjjwudpxqkedrcr", NET_MAIN },
	};
	char out[ADDRESS_TEXT_MAX];
	struct key_script s;
	struct pubkey p;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		struct script k;

		unhex(all[i].key, p.b, sizeof(p.b));
		assert_int_equal(script_of_key(all[i].how, &p, &s), 0);
		k = script_of(key_script_span(&s));
		assert_int_equal(script_address(&k, all[i].net, out), 0);
		assert_string_equal(out, all[i].address);
	}
	assert_int_equal(script_of_key(SPEND_NONE, &p, &s), ERR_RANGE);
}

static void
test_taproot_scripts_of_bip341(void **state)
{
	json_t *all = vectors_json("bip341.json"), *v;
	size_t i, n = 0;

	(void)state;
	json_array_foreach(json_object_get(all, "scriptPubKey"), i, v) {
		json_t *given = json_object_get(v, "given");
		json_t *want = json_object_get(v, "expected");
		char out[ADDRESS_TEXT_MAX], hex[2 * SCRIPT_KEY_MAX + 1];
		struct pubkey p = { { 2 } };
		struct key_script s;
		struct script k;

		if (!json_is_null(json_object_get(given, "scriptTree")))
			continue;
		unhex(vectors_string(given, "internalPubkey"), p.b + 1, 32);
		assert_int_equal(script_of_key(SPEND_TR, &p, &s), 0);
		hex_text(key_script_span(&s), hex);
		assert_string_equal(hex, vectors_string(want,
		    "scriptPubKey"));
		k = script_of(key_script_span(&s));
		assert_int_equal(script_address(&k, NET_MAIN, out), 0);
		assert_string_equal(out, vectors_string(want,
		    "bip350Address"));
		n++;
	}
	json_decref(all);
	assert_true(n >= 1);
}

static int
setup(void **state)
{
	(void)state;
	return secp_init(NULL) != 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_scripts_and_their_addresses),
		cmocka_unit_test(test_scripts_without_an_address),
		cmocka_unit_test(test_scripts_of_a_key),
		cmocka_unit_test(test_taproot_scripts_of_bip341),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
