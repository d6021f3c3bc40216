/* Children by BIP85: the vectors of the BIP. */
#include "core/encode/base58.h"
#include "core/keys/bip85.h"
#include "tests/vectors.h"

static struct xprv
master(void)
{
	static const char text[] = "xprv9s21ZrQH143K2LBWUUQRFXhucrQqBpKdRRxNVq2"
	    "zBqsx8HVqFk2uYo8kmbaLLHRdqtQpUm98uKfu3vca1LqdGhUtyoFnCNkfmXRyPXLj"
	    "bKb";
	uint8_t raw[XPUB_SIZE];
	struct xprv x = { 0 };
	size_t n;

	assert_int_equal(base58check_bytes(span_text(text), raw, sizeof(raw),
	    &n), 0);
	memcpy(x.chain.b, raw + 13, 32);
	memcpy(x.key.b, raw + 46, 32);
	return x;
}

/* The entropy of every vector: all begin with it, some are no more. */
static void
test_bip85_entropy(void **state)
{
	json_t *all = vectors_json("bip85.json"), *v;
	struct xprv x = master();
	struct secret64 got;
	struct path p;
	uint8_t want[64];
	size_t i, n;

	(void)state;
	json_array_foreach(all, i, v) {
		const char *hex = vectors_string(v, "DERIVED ENTROPY");

		assert_int_equal(path_of_text(span_text(vectors_string(v,
		    "PATH")), &p), 0);
		assert_int_equal(bip85_entropy(&x, &p, &got), 0);
		n = strlen(hex) / 2;
		unhex(hex, want, n);
		/* An extended key's vector names its second half. */
		assert_memory_equal(got.b + (json_object_get(v,
		    "DERIVED XPRV") != NULL ? 32 : 0), want, n);
	}
	assert_int_equal(i, 14);
	json_decref(all);
}

static void
child_is(struct child c, const char *path, const char *want)
{
	char out[BIP85_TEXT_MAX], text[PATH_TEXT_MAX];
	struct xprv x = master();
	struct path p;

	assert_int_equal(bip85_path(&c, &p), 0);
	path_text(&p, text);
	assert_string_equal(text, path);
	assert_int_equal(bip85_child(&x, &c, out), 0);
	assert_string_equal(out, want);
}

static const char *
of(const json_t *all, size_t i, const char *key)
{
	return vectors_string(json_array_get(all, i), key);
}

static void
test_bip85_children(void **state)
{
	json_t *all = vectors_json("bip85.json");
	static const struct { size_t at; const char *key; struct child c; }
	    v[] = {
		{ 2, "DERIVED BIP39 MNEMONIC", { CHILD_WORDS, 12, 0, 0 } },
		{ 3, "DERIVED BIP39 MNEMONIC", { CHILD_WORDS, 18, 0, 0 } },
		{ 4, "DERIVED BIP39 MNEMONIC", { CHILD_WORDS, 24, 0, 0 } },
		{ 5, "DERIVED WIF", { CHILD_WIF, 0, 0, 0 } },
		{ 6, "DERIVED XPRV", { CHILD_XPRV, 0, 0, 0 } },
		{ 7, "DERIVED ENTROPY", { CHILD_HEX, 64, 0, 0 } },
		{ 8, "DERIVED PWD", { CHILD_BASE64, 21, 0, 0 } },
		{ 9, "DERIVED PWD", { CHILD_BASE85, 12, 0, 0 } },
		{ 10, "DERIVED ROLLS", { CHILD_DICE, 10, 6, 0 } },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(v) / sizeof(v[0]); i++)
		child_is(v[i].c, of(all, v[i].at, "PATH"), of(all, v[i].at,
		    v[i].key));
	json_decref(all);
}

static void
test_bip85_ranges(void **state)
{
	static const struct child bad[] = {
		{ CHILD_WORDS, 13, 0, 0 }, { CHILD_WORDS, 27, 0, 0 },
		{ CHILD_WORDS, 9, 0, 0 }, { CHILD_WIF, 1, 0, 0 },
		{ CHILD_HEX, 15, 0, 0 }, { CHILD_HEX, 65, 0, 0 },
		{ CHILD_BASE64, 19, 0, 0 }, { CHILD_BASE64, 87, 0, 0 },
		{ CHILD_BASE85, 9, 0, 0 }, { CHILD_BASE85, 81, 0, 0 },
		{ CHILD_DICE, 10, 1, 0 }, { CHILD_DICE, 0, 6, 0 },
		{ CHILD_DICE, 10, 1001, 0 }, { CHILD_WIF, 0, 0, HARDENED },
	};
	static const struct child longest[] = {
		{ CHILD_BASE64, 86, 0, 7 }, { CHILD_BASE85, 80, 0, 7 },
		{ CHILD_DICE, 65, 1000, 7 }, { CHILD_DICE, 100, 2, 7 },
	};
	char out[BIP85_TEXT_MAX];
	struct xprv x = master();
	struct path p;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(bip85_path(&bad[i], &p), ERR_RANGE);
	for (i = 0; i < sizeof(longest) / sizeof(longest[0]); i++)
		assert_int_equal(bip85_child(&x, &longest[i], out), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bip85_entropy),
		cmocka_unit_test(test_bip85_children),
		cmocka_unit_test(test_bip85_ranges),
	};

	return secp_init(NULL) != 0 ? 1 :
	    cmocka_run_group_tests_name("bip85", tests, NULL, NULL);
}
