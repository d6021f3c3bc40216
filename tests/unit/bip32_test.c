#include "core/encode/base58.h"
#include "core/keys/bip32.h"
#include "core/keys/bip39.h"
#include "tests/vectors.h"

static int
setup(void **state)
{
	(void)state;
	return secp_init(NULL) == 0 ? 0 : -1;
}

static struct path
path(const char *s)
{
	struct path p;

	assert_int_equal(path_of_text(span_text(s), &p), 0);
	return p;
}

static struct xprv
master(const char *seed_hex)
{
	uint8_t seed[64];
	struct xprv x;
	size_t n;

	assert_int_equal(hex_bytes(span_text(seed_hex), seed, sizeof(seed),
	    &n), 0);
	assert_int_equal(xprv_of_seed(span_of(seed, n), &x), 0);
	return x;
}

/* An extended private key's text, for comparing: the program writes none. */
static void
xprv_is(const struct xprv *x, const char *text)
{
	uint8_t b[XPUB_SIZE];
	struct xpub p;
	size_t n;

	assert_int_equal(base58check_bytes(span_text(text), b, sizeof(b), &n),
	    0);
	assert_int_equal(n, XPUB_SIZE);
	assert_int_equal(b[4], x->depth);
	assert_memory_equal(b + 5, x->parent.b, 4);
	assert_memory_equal(b + 13, x->chain.b, 32);
	assert_int_equal(b[45], 0);
	assert_memory_equal(b + 46, x->key.b, 32);
	assert_int_equal(xprv_neuter(x, &p), 0);
	assert_memory_equal(b + 13, p.chain.b, 32);
}

static void
xpub_is(const struct xpub *x, uint32_t version, const char *text)
{
	char out[XPUB_TEXT_MAX];

	assert_int_equal(xpub_text(x, version, out), 0);
	assert_string_equal(out, text);
}

static void
chain_is(const struct xprv *m, const char *at, const char *pub,
    const char *prv)
{
	struct path p = path(at);
	struct xprv x;
	struct xpub want, got;

	assert_int_equal(xprv_derive(m, &p, &x), 0);
	xprv_is(&x, prv);
	assert_int_equal(xprv_neuter(&x, &want), 0);
	xpub_is(&want, XPUB_VERSION_MAIN, pub);
	if (p.n == 0 || p.e[p.n - 1] >= HARDENED)
		return;
	/* The last step is public: it can be taken without the secret. */
	p.n--;
	assert_int_equal(xprv_derive(m, &p, &x), 0);
	assert_int_equal(xprv_neuter(&x, &got), 0);
	assert_int_equal(xpub_child(&got, p.e[p.n], &got), 0);
	xpub_is(&got, XPUB_VERSION_MAIN, pub);
}

/* Test vector 1 of BIP32, its first, third and last chain. */
static void
test_bip32_known_answers(void **state)
{
	struct xprv m = master("000102030405060708090a0b0c0d0e0f");

	(void)state;
	chain_is(&m, "m", "xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8Nq"
	    "twybGhePY2gZ29ESFjqJoCu1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8",
	    "xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkV"
	    "vvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi");
	chain_is(&m, "m/0'/1", "xpub6ASuArnXKPbfEwhqN6e3mwBcDTgzisQN1wXN9BJc"
	    "M47sSikHjJf3UFHKkNAWbWMiGj7Wf5uMash7SyYq527Hqck2AxYysAA7xmALppu"
	    "CkwQ", "xprv9wTYmMFdV23N2TdNG573QoEsfRrWKQgWeibmLntzniatZvR9BmL"
	    "nvSxqu53Kw1UmYPxLgboyZQaXwTCg8MSY3H2EU4pWcQDnRnrVA1xe8fs");
	chain_is(&m, "m/0'/1/2'/2/1000000000", "xpub6H1LXWLaKsWFhvm6RVpEL9P4"
	    "KfRZSW7abD2ttkWP3SSQvnyA8FSVqNTEcYFgJS2UaFcxupHiYkro49S8yGasTvX"
	    "EYBVPamhGW6cFJodrTHy", "xprvA41z7zogVVwxVSgdKUHDy1SKmdb533PjDz7"
	    "J6N6mV6uS3ze1ai8FHa8kmHScGpWmj4WggLyQjgPie1rFSruoUihUZREPSL39UN"
	    "dE3BBDu76");
}

static void
test_bip32_vectors(void **state)
{
	json_t *j = vectors_json("bip32.json"), *v, *c;
	size_t i, k, n = 0;

	(void)state;
	json_array_foreach(json_object_get(j, "valid"), i, v) {
		struct xprv m = master(vectors_string(v, "seed"));

		json_array_foreach(json_object_get(v, "chains"), k, c) {
			chain_is(&m, vectors_string(c, "path"),
			    vectors_string(c, "xpub"),
			    vectors_string(c, "xprv"));
			n++;
		}
	}
	assert_true(n >= 17);
	json_decref(j);
}

/* Extended keys that are not public ones are none to us: the invalid private
 * ones of BIP32's test vector 5 fall with the valid. */
static enum err
xpub_read(const char *text, uint32_t *version)
{
	uint8_t b[XPUB_SIZE];
	struct xpub x;
	size_t n;
	enum err e;

	e = base58check_bytes(span_text(text), b, sizeof(b), &n);
	return e != 0 ? e : xpub_of_bytes(span_of(b, n), version, &x);
}

static void
test_bip32_invalid_vectors(void **state)
{
	json_t *j = vectors_json("bip32.json"), *v;
	size_t i;

	(void)state;
	json_array_foreach(json_object_get(j, "invalid"), i, v) {
		const char *why = vectors_string(v, "reason");
		uint32_t version = 0;
		enum err e = xpub_read(vectors_string(v, "key"), &version);

		if (strstr(why, "checksum") != NULL)
			assert_int_equal(e, ERR_CHECKSUM);
		else if (strstr(why, "zero depth") != NULL)
			assert_int_equal(e, ERR_FORM);
		else if (e == 0)	/* which version is the caller's */
			assert_true(version != XPUB_VERSION_MAIN &&
			    version != XPUB_VERSION_TEST);
		else
			assert_int_equal(e, ERR_KEY);
	}
	assert_int_equal(i, 16);
	json_decref(j);
}

static void
test_bip32_what_cannot_be_derived(void **state)
{
	struct xprv m = master("000102030405060708090a0b0c0d0e0f"), x;
	uint8_t seed[65] = { 1 };
	struct xpub p;

	(void)state;
	assert_int_equal(xprv_of_seed(span_of(seed, 15), &x), ERR_RANGE);
	assert_int_equal(xprv_of_seed(span_of(seed, 65), &x), ERR_RANGE);
	assert_int_equal(xprv_of_seed(span_of(seed, 16), &x), 0);
	assert_int_equal(xprv_of_seed(span_of(seed, 64), &x), 0);
	assert_int_equal(xprv_neuter(&m, &p), 0);
	assert_int_equal(xpub_child(&p, HARDENED, &p), ERR_RANGE);
	m.depth = p.depth = 255;
	assert_int_equal(xprv_child(&m, 0, &x), ERR_RANGE);
	assert_int_equal(xpub_child(&p, 0, &p), ERR_RANGE);
	m.depth = 0;
	wipe(m.key.b, 32);
	assert_int_equal(xprv_child(&m, 0, &x), ERR_KEY);
}

static void
test_xpub_bytes_and_message(void **state)
{
	struct xprv m = master("000102030405060708090a0b0c0d0e0f");
	struct path at = path("m/0'/1");
	struct xpub p, got;
	uint8_t b[XPUB_SIZE], again[XPUB_SIZE];
	struct sink s = sink_to_buf(b, sizeof(b));
	struct reader r;
	uint32_t version = 0;
	size_t n;

	(void)state;
	assert_int_equal(xprv_derive(&m, &at, &m), 0);
	assert_int_equal(xprv_neuter(&m, &p), 0);
	put_xpub(&s, &p);
	assert_int_equal(s.total, XPUB_SIZE);
	r = reader_of(SPAN_OF(b));
	read_xpub(&r, &got);
	assert_int_equal(reader_done(&r), 0);
	xpub_bytes(&got, XPUB_VERSION_TEST, again);
	assert_int_equal(xpub_of_bytes(SPAN_OF(again), &version, &got), 0);
	assert_int_equal(version, XPUB_VERSION_TEST);
	assert_memory_equal(got.key.b, p.key.b, 33);
	for (n = 0; n < XPUB_SIZE; n++) {
		r = reader_of(span_of(b, n));
		read_xpub(&r, &got);
		assert_int_equal(reader_done(&r), ERR_SHORT);
		assert_int_equal(got.key.b[0], 0);
		assert_int_equal(xpub_of_bytes(span_of(b, n), &version, &got),
		    ERR_FORM);
	}
	/* In a message no version is ever set; a bad key is none. */
	r = reader_of(SPAN_OF(again));
	read_xpub(&r, &got);
	assert_int_equal(reader_done(&r), ERR_VERSION);
	b[45] = 5;
	r = reader_of(SPAN_OF(b));
	read_xpub(&r, &got);
	assert_int_equal(reader_done(&r), ERR_KEY);
}

static struct xprv
demo(void)
{
	struct mnemonic m;
	struct secret64 seed;
	struct xprv x;
	size_t bad;

	assert_int_equal(bip39_parse(span_text("abandon abandon abandon "
	    "abandon abandon abandon abandon abandon abandon abandon abandon "
	    "about"), &m, &bad), 0);
	assert_int_equal(bip39_seed(&m, span_of(NULL, 0), &seed), 0);
	assert_int_equal(xprv_of_seed(SPAN_OF(seed.b), &x), 0);
	return x;
}

static struct pubkey
demo_key(const char *at)
{
	struct xprv m = demo();
	struct path p = path(at);
	struct pubkey k;

	assert_int_equal(xprv_derive(&m, &p, &m), 0);
	assert_int_equal(pub_of_secret(&m.key, &k), 0);
	return k;
}

static void
demo_key_is(const char *at, const char *hex)
{
	struct pubkey k = demo_key(at);
	uint8_t want[33];

	unhex(hex, want, 33);
	assert_memory_equal(k.b, want, 33);
}

/* The fingerprint and keys that every wallet shows for the best known words
 * of all (BIP84's and BIP49's examples). */
static void
test_demo_seed_known_answers(void **state)
{
	struct pubkey k = demo_key("m");
	struct fpr f = fpr_of_pub(&k);
	char text[9];

	(void)state;
	fpr_text(&f, text);
	assert_string_equal(text, "73c5da0a");
	demo_key_is("m/84'/0'/0'/0/0", "0330d54fd0dd420a6e5f8d3624f5f3482cae"
	    "350f79d5f0753bf5beef9c2d91af3c");
	demo_key_is("m/84'/0'/0'/1/0", "03025324888e429ab8e3dbaf1f7802648b9c"
	    "d01e9b418485c5fa4c1b9b5700e1a6");
	demo_key_is("m/49'/1'/0'/0/0", "03a1af804ac108a8a51782198c2d034b28bf"
	    "90c8803f5a53f76276fa69a4eae77f");
}

static const char *
value_of(json_t *list, const char *group, const char *name)
{
	json_t *v;
	size_t i;

	json_array_foreach(list, i, v)
		if (strstr(vectors_string(v, "group"), group) != NULL &&
		    strcmp(vectors_string(v, "name"), name) == 0)
			return vectors_string(v, "value");
	fail_msg("no %s in %s", name, group);
	return NULL;
}

static void
test_bip49_and_bip84_vectors(void **state)
{
	static const char *const at[] = { "m/84'/0'/0'/0/0",
	    "m/84'/0'/0'/0/1", "m/84'/0'/0'/1/0" };
	json_t *j = vectors_json("bip84.json");
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++)
		demo_key_is(at[i], value_of(j, at[i], "pubkey"));
	json_decref(j);
	j = vectors_json("bip49.json");
	demo_key_is("m/49'/1'/0'/0/0", value_of(j, "m/49'/1'/0'/0/0",
	    "account0recvPublicKeyHex") + 2);
	json_decref(j);
}

static void
bip86_row(json_t *j, const struct xprv *m, const char *at)
{
	struct path p = path(at);
	struct xprv x;
	struct xpub pub;
	struct xonly internal, want, out;
	uint8_t parity;

	assert_int_equal(xprv_derive(m, &p, &x), 0);
	xprv_is(&x, value_of(j, at, "xprv"));
	assert_int_equal(xprv_neuter(&x, &pub), 0);
	xpub_is(&pub, XPUB_VERSION_MAIN, value_of(j, at, "xpub"));
	internal = xonly_of_pub(&pub.key);
	unhex(value_of(j, at, "internal_key"), want.b, 32);
	assert_memory_equal(internal.b, want.b, 32);
	assert_int_equal(tap_output(&internal, NULL, &out, &parity), 0);
	unhex(value_of(j, at, "output_key"), want.b, 32);
	assert_memory_equal(out.b, want.b, 32);
}

static void
test_bip86_vectors(void **state)
{
	json_t *j = vectors_json("bip86.json");
	struct xprv m = demo();

	(void)state;
	xprv_is(&m, value_of(j, "", "rootpriv"));
	bip86_row(j, &m, "m/86'/0'/0'/0/0");
	bip86_row(j, &m, "m/86'/0'/0'/0/1");
	bip86_row(j, &m, "m/86'/0'/0'/1/0");
	json_decref(j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bip32_known_answers),
		cmocka_unit_test(test_bip32_vectors),
		cmocka_unit_test(test_bip32_invalid_vectors),
		cmocka_unit_test(test_bip32_what_cannot_be_derived),
		cmocka_unit_test(test_xpub_bytes_and_message),
		cmocka_unit_test(test_demo_seed_known_answers),
		cmocka_unit_test(test_bip49_and_bip84_vectors),
		cmocka_unit_test(test_bip86_vectors),
	};

	return cmocka_run_group_tests_name("bip32", tests, setup, NULL);
}
