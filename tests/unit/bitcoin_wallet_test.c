/* Addresses, descriptors and exports of a known account (BIP44/49/84/86). */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <jansson.h>
#include <string.h>

#include "core/chain/bitcoin/descriptor.h"
#include "core/chain/bitcoin/export.h"
#include "core/crypto/kdf.h"

static const char words[] = "abandon abandon abandon abandon abandon abandon "
    "abandon abandon abandon abandon abandon about";

static struct account
account_of(enum network net, uint32_t purpose)
{
	const struct wallet *w = wallet_find("btc");
	struct account ac = { .network = net, .purpose = purpose,
	    .fpr = { { 0x73, 0xc5, 0xda, 0x0a } } };
	struct secret64 seed;
	struct xprv m, x;
	struct path p;

	pbkdf2_sha512(span_text(words), span_text("mnemonic"), 2048, &seed);
	assert_int_equal(xprv_of_seed(SPAN_OF(seed.b), &m), 0);
	assert_int_equal(w->account_path(net, purpose, 0, &p), 0);
	assert_int_equal(xprv_derive(&m, &p, &x), 0);
	assert_int_equal(xprv_neuter(&x, &ac.xpub), 0);
	return ac;
}

static int
setup(void **state)
{
	(void)state;
	return secp_init(NULL) == 0 ? 0 : -1;
}

/* Figures published with BIP84, BIP86, BIP49 (testnet) and for BIP44. */
static void
test_first_addresses(void **state)
{
	static const struct {
		enum network net;
		uint32_t purpose;
		const char *address;
	} t[] = {
		{ NET_MAIN, 84, "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu" },
		{ NET_MAIN, 86, "bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac"
		    "6yqjjwudpxqkedrcr" },
		{ NET_TEST, 49, "2Mww8dCYPUpKHofjgcXcBCEGmniw9CoaiD2" },
		{ NET_MAIN, 44, "1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA" },
	};
	const struct wallet *w = wallet_find("btc");
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct account ac = account_of(t[i].net, t[i].purpose);
		char text[ADDRESS_MAX], again[ADDRESS_MAX];
		struct xpub b, x;
		uint32_t purpose = 0;

		assert_int_equal(xpub_child(&ac.xpub, 0, &b), 0);
		assert_int_equal(xpub_child(&b, 0, &x), 0);
		assert_int_equal(bitcoin_address(t[i].net, t[i].purpose,
		    &x.key, text), 0);
		assert_string_equal(text, t[i].address);
		assert_int_equal(w->recognise(t[i].net, span_text(text),
		    &purpose, again), 0);
		assert_int_equal(purpose, t[i].purpose);
	}
}

static void
test_recognise_says_what_is_wrong(void **state)
{
	const struct wallet *w = wallet_find("btc");
	char out[ADDRESS_MAX];
	uint32_t purpose;

	(void)state;
	assert_int_equal(w->recognise(NET_MAIN, span_text("BC1Q CR8T E4KR 609G"
	    " CAWU TMRZ A0J4 XV80 JY8Z 306F YU"), &purpose, out), 0);
	assert_string_equal(out, "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu");
	assert_int_equal(w->recognise(NET_MAIN, span_text(
	    "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyv"), &purpose, out),
	    ERR_CHECKSUM);
	assert_int_equal(w->recognise(NET_MAIN, span_text(
	    "1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabB"), &purpose, out),
	    ERR_CHECKSUM);
	assert_int_not_equal(w->recognise(NET_REGTEST, span_text(
	    "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu"), &purpose, out), 0);
	assert_int_equal(w->recognise(NET_MAIN, span_text("bc1q\n"), &purpose,
	    out), ERR_FORM);
	assert_int_equal(w->recognise(NET_MAIN, span_text("bitcoin:"),
	    &purpose, out), ERR_FORM);
	assert_int_equal(w->recognise(NET_MAIN, span_text("bitcoin"),
	    &purpose, out), ERR_CHECKSUM);
	assert_int_equal(w->recognise(NET_MAIN, span_text("BITCOIN:BC1QCR8TE4"
	    "KR609GCAWUTMRZA0J4XV80JY8Z306FYU?amount=1&label=x"), &purpose,
	    out), 0);
	assert_string_equal(out, "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu");
}

static void
test_descriptor_checksums(void **state)
{
	char sum[DESCRIPTOR_SUM + 1], text[DESCRIPTOR_MAX];
	struct account ac = account_of(NET_REGTEST, 84);

	(void)state;
	/* BIP380's own example. */
	assert_int_equal(descriptor_sum(span_text("raw(deadbeef)"), sum), 0);
	assert_string_equal(sum, "89f8spxm");
	assert_int_equal(descriptor_sum(span_text("raw(\x01)"), sum),
	    ERR_FORM);
	assert_int_equal(descriptor_text(&ac, "<0;1>", text), 0);
	assert_string_equal(text, "wpkh([73c5da0a/84h/1h/0h]tpubDC8msFGeGuwnKG"
	    "9Upg7DM2b4DaRqg3CUZa5g8v2SRQ6K4NSkxUgd7HsL2XVWbVm39yBA4LAxysQAm39"
	    "7zwQSQoQgewGiYZqrA9DsP4zbQ1M/<0;1>/*)#lxek0ef2");
}

static void
test_exports_are_json(void **state)
{
	static const char *const names[] = { "core", "sparrow", "electrum" };
	static uint8_t mem[16384];
	const struct wallet *w = wallet_find("btc");
	struct account ac[4];
	size_t i;

	(void)state;
	for (i = 0; w->purposes[i] != 0; i++)
		ac[i] = account_of(NET_TEST, w->purposes[i]);
	for (i = 0; i < 3; i++) {
		const struct export_format *x = w->formats;
		struct sink s = sink_to_buf(mem, sizeof(mem));
		json_t *j;

		while (strcmp(x->name, names[i]) != 0)
			x++;
		assert_int_equal(x->write(ac, 4, &s), 0);
		j = json_loadb((const char *)mem, s.total, 0, NULL);
		assert_non_null(j);
		if (i == 0)
			assert_int_equal(json_array_size(j), 8);
		if (i == 1)
			assert_string_equal(json_string_value(json_object_get(
			    json_object_get(j, "bip84"), "deriv")),
			    "m/84'/1'/0'");
		if (i == 2)
			assert_string_equal(json_string_value(json_object_get(
			    json_object_get(j, "keystore"),
			    "root_fingerprint")), "73c5da0a");
		json_decref(j);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_first_addresses),
		cmocka_unit_test(test_recognise_says_what_is_wrong),
		cmocka_unit_test(test_descriptor_checksums),
		cmocka_unit_test(test_exports_are_json),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
