#include "core/crypto/keccak.h"
#include "tests/vectors.h"

static void
is(const void *got, const char *want)
{
	uint8_t w[32];

	unhex(want, w, sizeof(w));
	assert_memory_equal(got, w, sizeof(w));
}

/* The hash of nothing stands in every Ethereum text. */
static void
test_keccak_known_answers(void **state)
{
	struct hash32 h;

	(void)state;
	keccak256(span_of(NULL, 0), &h);
	is(h.b, "c5d2460186f7233c927e7db2dcc703c0"
	    "e500b653ca82273b7bfad8045d85a470");
	keccak256(span_text("abc"), &h);
	is(h.b, "4e03657aea45a94fc7d47ba826c8d667"
	    "c0d1e6e33a64a036ec44f58fa12d6c45");
}

/* Every length about the rate, and every cut in two, and through a sink. */
static void
test_keccak_in_pieces(void **state)
{
	uint8_t p[300];
	struct hash32 whole, parts;
	struct keccak k;
	struct sink s = sink_to_keccak(&k);
	size_t i, cut;

	(void)state;
	for (i = 0; i < sizeof(p); i++)
		p[i] = (uint8_t)(i * 7);
	for (i = 130; i < sizeof(p); i++) {
		keccak256(span_of(p, i), &whole);
		for (cut = 0; cut <= i; cut += 13) {
			keccak_begin(&k);
			put_span(&s, span_of(p, cut));
			put_span(&s, span_of(p + cut, i - cut));
			keccak_end(&k, &parts);
			assert_memory_equal(parts.b, whole.b, 32);
		}
	}
	assert_int_equal(s.err, 0);
}

static void
test_keccak_state_begins_with_the_hash(void **state)
{
	uint8_t all[200];
	struct hash32 h;
	struct keccak k;

	(void)state;
	keccak256(span_text("coldseal"), &h);
	keccak_begin(&k);
	keccak_put(&k, span_text("coldseal"));
	keccak_state(&k, all);
	assert_memory_equal(all, h.b, 32);
	assert_memory_not_equal(all + 32, h.b, 32);
}

static void
test_keccak_vectors(void **state)
{
	json_t *all = vectors_json("monero/keccak.json"), *one;
	size_t i;

	(void)state;
	json_array_foreach(all, i, one) {
		const char *in = vectors_string(one, "in");
		uint8_t bytes[1024];
		struct hash32 h;

		unhex(in, bytes, strlen(in) / 2);
		keccak256(span_of(bytes, strlen(in) / 2), &h);
		is(h.b, vectors_string(one, "out"));
	}
	assert_true(i > 10);
	json_decref(all);
}

/* Lines of a hash and what it is of ("x" is nothing). */
static void
test_keccak_upstream(void **state)
{
	char path[1024], hash[65], in[8704];
	size_t n = 0;
	FILE *f;

	(void)state;
	vectors_path("monero/upstream/tests-fast.txt", path, sizeof(path));
	assert_non_null(f = fopen(path, "r"));
	while (fscanf(f, "%64s %8703s", hash, in) == 2) {
		size_t len = in[0] == 'x' ? 0 : strlen(in) / 2;
		uint8_t bytes[4352];
		struct hash32 h;

		unhex(len == 0 ? "" : in, bytes, len);
		keccak256(span_of(bytes, len), &h);
		is(h.b, hash);
		n++;
	}
	(void)fclose(f);
	assert_true(n > 300);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_keccak_known_answers),
		cmocka_unit_test(test_keccak_in_pieces),
		cmocka_unit_test(test_keccak_state_begins_with_the_hash),
		cmocka_unit_test(test_keccak_vectors),
		cmocka_unit_test(test_keccak_upstream),
	};

	return cmocka_run_group_tests_name("keccak", tests, NULL, NULL);
}
