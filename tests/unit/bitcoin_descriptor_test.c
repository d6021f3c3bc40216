/* Descriptors read, and the scripts that they give: the standards' vectors,
 * and every script that a real node made for the fixtures. */
#include "tests/unit/arena_setup.h"
#include "tests/vectors.h"

#include "core/chain/bitcoin/desc.h"
#include "tests/unit/fixtures_load.h"

static enum err
read_text(const char *t, struct descriptor *d)
{
	size_t at;

	arena_clear(&arena);
	return descriptor_read(span_text(t), &arena, d, &at);
}

/* Ours are public keys, in what a wallet is made of. */
static bool
supported(const char *t)
{
	static const char *const kinds[] = { "pkh(", "wpkh(", "sh(wpkh(",
	    "sh(multi(", "sh(sortedmulti(", "sh(wsh(", "wsh(", "tr(" };
	static const char *const not[] = { "prv", "(5", "(L", "(K", ",5",
	    ",L", ",K", "]L", "]K", "]5", "pk(04", "pkh(04", ",04", "(pkh(0",
	    "musig" };
	size_t i;

	for (i = 0; i < sizeof(not) / sizeof(not[0]); i++)
		if (strstr(t, not[i]) != NULL)
			return false;
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strncmp(t, kinds[i], strlen(kinds[i])) == 0)
			return true;
	return false;
}

static void
check_gives(const char *t, const json_t *gives)
{
	struct descriptor d;
	struct built b;
	const json_t *g;
	uint8_t want[64];
	size_t i, n;
	enum err e;

	if ((e = read_text(t, &d)) != 0)
		fail_msg("%s: %s", t, err_text(e));
	json_array_foreach(gives, i, g) {
		if (hex_bytes(span_text(json_string_value(g)), want,
		    sizeof(want), &n) != 0)
			continue;	/* another descriptor: BIP389 */
		assert_int_equal(descriptor_build(&d, 0, (uint32_t)i, &arena,
		    &b), 0);
		if (!span_eq(b.script, span_of(want, n)))
			fail_msg("%s: script %zu", t, i);
	}
}

static size_t
check_file(const char *name)
{
	json_t *all = vectors_json(name), *v;
	struct descriptor d;
	size_t i, n = 0;

	json_array_foreach(all, i, v) {
		const char *section = vectors_string(v, "section");
		const char *t = vectors_string(v, "value");

		if (strncmp(section, "Invalid", 7) == 0) {
			if (read_text(t, &d) == 0)
				fail_msg("%s was read", t);
			n++;
		} else if (strchr(t, '(') != NULL && supported(t)) {
			check_gives(t, json_object_get(v, "gives"));
			n++;
		}
	}
	json_decref(all);
	return n;
}

static void
test_vectors(void **state)
{
	size_t n = 0;

	(void)state;
	n += check_file("descriptors/bip380.json");
	n += check_file("descriptors/bip381.json");
	n += check_file("descriptors/bip382.json");
	n += check_file("descriptors/bip383.json");
	n += check_file("descriptors/bip384.json");
	n += check_file("descriptors/bip385.json");
	n += check_file("descriptors/bip386.json");
	n += check_file("descriptors/bip387.json");
	n += check_file("descriptors/bip389.json");
	print_message("%zu vectors\n", n);
	assert_true(n > 70);
}

/* The branches of a multipath are those of the descriptors it stands for. */
static void
test_multipath(void **state)
{
	json_t *all = vectors_json("descriptors/bip389.json"), *v, *g, *gives;
	struct descriptor many, one;
	struct built a, b;
	size_t i, k, n = 0, at;

	(void)state;
	json_array_foreach(all, i, v) {
		const char *t = vectors_string(v, "value");

		gives = json_object_get(v, "gives");
		if (!supported(t) || gives == NULL)
			continue;
		assert_int_equal(read_text(t, &many), 0);
		assert_int_equal(many.nbranch, json_array_size(gives));
		json_array_foreach(gives, k, g) {
			assert_int_equal(descriptor_read(span_text(
			    json_string_value(g)), &arena, &one, &at), 0);
			assert_int_equal(descriptor_build(&many, (uint32_t)k,
			    7, &arena, &a), 0);
			assert_int_equal(descriptor_build(&one, 0, 7, &arena,
			    &b), 0);
			assert_true(span_eq(a.script, b.script));
			n++;
		}
	}
	assert_true(n >= 8);
	json_decref(all);
}

static void
test_fixtures(void **state)
{
	json_t *policies = json_object_get(manifest(), "policies");
	json_t *all = json_object_get(manifest(), "fixtures"), *f, *o;
	struct descriptor d;
	struct built b;
	uint8_t want[64];
	size_t i, k, n, seen = 0;

	(void)state;
	json_array_foreach(all, i, f) {
		const char *t = text(json_object_get(policies,
		    text(f, "policy")), "descriptor");

		if (strcmp(text(f, "group"), "policy") != 0 ||
		    strstr(t, "musig") != NULL)
			continue;
		assert_int_equal(read_text(t, &d), 0);
		json_array_foreach(json_object_get(f, "outputs"), k, o) {
			if (strcmp(text(o, "class"), "change") != 0)
				continue;
			assert_int_equal(hex_bytes(span_text(text(o, "spk")),
			    want, sizeof(want), &n), 0);
			assert_int_equal(descriptor_build(&d,
			    (uint32_t)json_number_value(json_object_get(o,
			    "branch")), (uint32_t)json_number_value(
			    json_object_get(o, "index")), &arena, &b), 0);
			if (!span_eq(b.script, span_of(want, n)))
				fail_msg("%s", text(f, "id"));
			seen++;
		}
	}
	print_message("%zu scripts of a node\n", seen);
	assert_true(seen > 30);
}

#define XPUB "xpub68NZiKmJWnxxS6aaHmn81bvJeTESw724CRDs6HbuccFQN9Ku14VQrADWg" \
    "qbhhTHBaohPX4CjNLf9fq9MYo6oDaPPLPxSb7gwQN3ih19Zm4Y"
#define XPRV "xprvA1RpRA33e1JQ7ifknakTFpgNXPmW2YvmhqLQYMmrj4xJXXWYpDPS3xz7iA" \
    "xn8L39njGVyuoseXzU6rcxFLJ8HFsTjSyQbLYnMpCqE2VbFWc"

static void
test_refused(void **state)
{
	static const struct { const char *t; enum err want; } t[] = {
		{ "wpkh(" XPRV "/*)", ERR_PRIVATE },
		{ "wpkh(" XPUB "/1h/*)", ERR_FORM },
		{ "wpkh(" XPUB "/*h)", ERR_FORM },
		{ "wpkh(" XPUB "/<0;0>/*)", ERR_DUPLICATE },
		{ "wpkh(" XPUB "/<0>/*)", ERR_FORM },
		{ "wpkh(" XPUB "/<0;1>/*)#aaaaaaaa", ERR_CHECKSUM },
		{ "wpkh(" XPUB "/<0;1>/*)#", ERR_CHECKSUM },
		{ "wpkh([73c5da0]" XPUB ")", ERR_FORM },
		{ "wpkh([73c5da0a/1/2/3/4/5/6/7/8/9/10/11]" XPUB ")",
		    ERR_RANGE },
		{ "sh(pk(" XPUB "))", ERR_CONDITION },
		{ "tr(musig(" XPUB "," XPUB ")/*)", ERR_MUSIG },
		{ "wsh(multi(3," XPUB "," XPUB "))", ERR_RANGE },
		{ "wsh(multi(1," XPUB ")))", ERR_TRAILING },
		{ "combo(" XPUB ")", ERR_NO_SUCH },
		{ "wsh(foo(" XPUB "))", ERR_NO_SUCH },
		{ "wsh(and_v(pk(" XPUB "),pk(" XPUB ")))", ERR_TYPES },
		{ "", ERR_NO_SUCH },
	};
	struct descriptor d;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++)
		if (read_text(t[i].t, &d) != t[i].want)
			fail_msg("%s: %s", t[i].t, err_text(read_text(
			    t[i].t, &d)));
}

/* As many keys as there may be, and one more. */
static void
test_limit(void **state)
{
	static char t[DESC_TEXT_MAX];
	struct descriptor d;
	size_t i, n, more;

	(void)state;
	for (more = 0; more < 2; more++) {
		n = (size_t)snprintf(t, sizeof(t), "tr(a34b99f22c790c4e36b2b3c2"
		    "c35a36db06226e41c692fc82b8b56ac1c540c5bd,multi_a(1");
		for (i = 1; i < LIMIT_WALLET_KEYS + more; i++)
			n += (size_t)snprintf(t + n, sizeof(t) - n,
			    ",669b8afcec803a0d323e9a17f3ea8e68e8abe5a278020a92"
			    "9adbec52421adbd0");
		(void)snprintf(t + n, sizeof(t) - n, "))");
		assert_int_equal(read_text(t, &d), more == 0 ? 0 : ERR_RANGE);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vectors),
		cmocka_unit_test(test_multipath),
		cmocka_unit_test(test_fixtures),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_limit),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
