#include "core/crypto/finalists.h"
#include "tests/vectors.h"

#define IN_MAX 8704

typedef void hash_fn(struct span, struct hash32 *);

static void
is(hash_fn *hash, struct span in, const char *want)
{
	uint8_t w[32];
	struct hash32 h;

	unhex(want, w, sizeof(w));
	hash(in, &h);
	assert_memory_equal(h.b, w, sizeof(w));
}

/* Lines of a hash and what it is of ("x" is nothing). */
static void
upstream(hash_fn *hash, const char *name)
{
	char path[1024], want[65], in[IN_MAX];
	size_t n = 0;
	FILE *f;

	vectors_path(name, path, sizeof(path));
	assert_non_null(f = fopen(path, "r"));
	while (fscanf(f, "%64s %8703s", want, in) == 2) {
		size_t len = in[0] == 'x' ? 0 : strlen(in) / 2;
		uint8_t bytes[IN_MAX / 2];

		unhex(len == 0 ? "" : in, bytes, len);
		is(hash, span_of(bytes, len), want);
		n++;
	}
	(void)fclose(f);
	assert_true(n > 300);
}

/* Of nothing, as the authors of each publish it. */
static void
test_finalists_of_nothing(void **state)
{
	(void)state;
	is(blake256, span_of("", 0), "716f6e863f744b9ac22c97ec7b76ea5f5908bc5b"
	    "2f67c61510bfc4751384ea7a");
	is(groestl256, span_of("", 0), "1a52d11d550039be16107f9c58db9ebcc417f1"
	    "6f736adb2502567119f0083467");
	is(jh256, span_of("", 0), "46e64619c18bb0a92a5e87185a47eef83ca747b8fcc8"
	    "e1412921357e326df434");
	is(skein512_256, span_of("", 0), "39ccc4554a8b31853b9de7a1fe638a24cce6b"
	    "35a55f2431009e18780335d2621");
}

static void
test_blake256_upstream(void **state)
{
	(void)state;
	upstream(blake256, "monero/upstream/tests-extra-blake.txt");
}

static void
test_groestl256_upstream(void **state)
{
	(void)state;
	upstream(groestl256, "monero/upstream/tests-extra-groestl.txt");
}

static void
test_jh256_upstream(void **state)
{
	(void)state;
	upstream(jh256, "monero/upstream/tests-extra-jh.txt");
}

static void
test_skein512_256_upstream(void **state)
{
	(void)state;
	upstream(skein512_256, "monero/upstream/tests-extra-skein.txt");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_finalists_of_nothing),
		cmocka_unit_test(test_blake256_upstream),
		cmocka_unit_test(test_groestl256_upstream),
		cmocka_unit_test(test_jh256_upstream),
		cmocka_unit_test(test_skein512_256_upstream),
	};

	return cmocka_run_group_tests_name("finalists", tests, NULL, NULL);
}
