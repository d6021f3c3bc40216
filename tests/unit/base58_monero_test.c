#include "core/encode/base58_monero.h"
#include "tests/vectors.h"

static void
both_ways(const char *hex, const char *text)
{
	size_t len = strlen(hex) / 2, n = 99;
	uint8_t raw[128], back[128];
	char out[200];

	unhex(hex, raw, len);
	assert_int_equal(base58_monero_text(span_of(raw, len), out,
	    strlen(text) + 1), 0);
	assert_string_equal(out, text);
	assert_int_equal(base58_monero_text(span_of(raw, len), out,
	    strlen(text)), ERR_SPACE);
	assert_int_equal(base58_monero_bytes(span_text(text), back, len, &n),
	    0);
	assert_int_equal(n, len);
	assert_memory_equal(back, raw, len);
	if (len > 0)
		assert_int_equal(base58_monero_bytes(span_text(text), back,
		    len - 1, &n), ERR_SPACE);
}

static void
test_base58_monero_known_answers(void **state)
{
	(void)state;
	both_ways("", "");
	both_ways("00", "11");
	both_ways("ff", "5Q");
	both_ways("83", "3G");
	both_ways("ffff", "LUv");
	both_ways("ffffff", "2UzHL");
	both_ways("ffffffff", "7YXq9G");
	both_ways("ffffffffff", "VtB5VXc");
	both_ways("ffffffffffff", "3CUsUpv9t");
	both_ways("ffffffffffffff", "Ahg1opVcGW");
	both_ways("ffffffffffffffff", "jpXCZedGfVQ");
	both_ways("0000000000000000", "11111111111");
	both_ways("73894da59257a558", "LKr96giXwbm");
}

/* One more than the largest number of each length, and lengths there are not,
 * and characters. */
static void
test_base58_monero_bad_is_refused(void **state)
{
	static const char *const bad[] = { "5R", "LUw", "2UzHM", "7YXq9H",
	    "VtB5VXd", "3CUsUpv9u", "Ahg1opVcGX", "jpXCZedGfVR",
	    "zzzzzzzzzzz", "1", "1111", "11111111", "111111111111", "0G",
	    "3O", "3I", "l1", "3 ", "11111111111zz", "jpXCZedGfVR11" };
	uint8_t out[32];
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(base58_monero_bytes(span_text(bad[i]), out,
		    sizeof(out), &n), ERR_FORM);
	assert_int_equal(base58_monero_bytes(span_of("3\0", 2), out,
	    sizeof(out), &n), ERR_FORM);
}

static void
test_base58_monero_vectors(void **state)
{
	json_t *all = vectors_json("monero/base58.json"), *one;
	size_t i;

	(void)state;
	json_array_foreach(all, i, one)
		both_ways(vectors_string(one, "hex"),
		    vectors_string(one, "b58"));
	assert_true(i > 10);
	json_decref(all);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_base58_monero_known_answers),
		cmocka_unit_test(test_base58_monero_bad_is_refused),
		cmocka_unit_test(test_base58_monero_vectors),
	};

	return cmocka_run_group_tests_name("base58_monero", tests, NULL,
	    NULL);
}
