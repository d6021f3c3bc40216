#include "core/chain/bitcoin/request.h"
#include "tests/vectors.h"

static uint8_t memory[1 << 22];

static enum err
open_case(const json_t *v, struct request **q, struct fault *f)
{
	struct arena a = { memory, sizeof(memory), 0 };

	memset(memory, 0, 1 << 16);
	return request_open(&a, span_text(vectors_string(v, "base64")), NULL,
	    q, f);
}

static void
test_lock_times_of_bip370(void **state)
{
	static const char words[] = "should be computed to be ";
	json_t *all = vectors_json("bip370.json"), *v;
	size_t i, n = 0;

	(void)state;
	json_array_foreach(all, i, v) {
		const char *s = strstr(vectors_string(v, "section"), words);
		struct request *q;
		struct fault f;

		if (s == NULL)
			continue;
		assert_int_equal(open_case(v, &q, &f), 0);
		assert_int_equal(q->psbt.tx.locktime,
		    strtoul(s + sizeof(words) - 1, NULL, 10));
		n++;
	}
	json_decref(all);
	assert_true(n >= 8);
}

/* Nothing is lost when nothing is added: byte for byte, unknown fields and
 * the order of the maps too. */
static void
test_what_is_read_is_what_is_written(void **state)
{
	static const char *const files[] = { "bip174.json", "bip371.json",
	    "bip370.json" };
	static uint8_t out[1 << 16];
	size_t i, k, n = 0;
	json_t *all, *v;

	(void)state;
	for (k = 0; k < 3; k++) {
		all = vectors_json(files[k]);
		json_array_foreach(all, i, v) {
			struct sink s = sink_to_buf(out, sizeof(out));
			struct request *q;
			struct fault f;

			if (json_object_get(v, "base64") == NULL ||
			    open_case(v, &q, &f) != 0)
				continue;
			answer_psbt_put(q, &s);
			assert_int_equal(s.err, 0);
			assert_int_equal(s.total, q->psbt.file.n);
			assert_memory_equal(out, q->psbt.file.p, s.total);
			n++;
		}
		json_decref(all);
	}
	assert_true(n >= 40);
}

/* A hostile count must not cost memory or time. */
static void
test_counts_beyond_the_file(void **state)
{
	static const uint8_t many[] = { 'p', 's', 'b', 't', 0xff,
	    1, 0, 10, 2, 0, 0, 0, 0xfe, 0xff, 0xff, 0xff, 0xff, 0, 0 };
	struct arena a = { memory, sizeof(memory), 0 };
	struct request *q;
	struct fault f = { 0 };

	(void)state;
	assert_int_equal(request_open(&a, SPAN_OF(many), NULL, &q, &f),
	    ERR_RANGE);
	assert_string_equal(f.where, "unsigned tx");
	assert_int_equal(f.at, 17);
	assert_true(a.used < 4096);
}

/* Fields without end, of a byte or two each, are counted before there is
 * memory for any; a transaction that fits no block is not read. */
static void
test_more_than_any_honest_file(void **state)
{
	static const uint8_t tiny[] = { 1, 0xfc, 0 };
	/* Empty but for one output, whose script has ten million bytes. */
	static const uint8_t tx[] = { 1, 0, 0xfe, 0x97, 0x96, 0x98, 0, 2, 0,
	    0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0xfe, 0x80, 0x96, 0x98, 0 };
	struct arena a = { memory, sizeof(memory), 0 };
	size_t i, n = sizeof(psbt_magic), cap = (size_t)10 << 20;
	uint8_t *p = calloc(1, cap);
	struct fault f = { 0 };
	struct request *q;

	(void)state;
	assert_non_null(p);
	memcpy(p, psbt_magic, n);
	for (i = n; i + sizeof(tiny) <= cap; i += sizeof(tiny))
		memcpy(p + i, tiny, sizeof(tiny));
	assert_int_equal(request_open(&a, span_of(p, i), NULL, &q, &f),
	    ERR_TOO_LARGE);
	assert_string_equal(f.where, "the number of fields");
	assert_true(a.used < 4096);
	memset(p, 0, cap);
	memcpy(p, psbt_magic, n);
	memcpy(p + n, tx, sizeof(tx));
	i = n + 2 + 5 + 0x989697;	/* and the ends of two maps */
	assert_int_equal(request_open(&a, span_of(p, i + 2), NULL, &q, &f),
	    ERR_TOO_LARGE);
	assert_string_equal(f.where, "unsigned tx");
	free(p);
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
		cmocka_unit_test(test_lock_times_of_bip370),
		cmocka_unit_test(test_what_is_read_is_what_is_written),
		cmocka_unit_test(test_counts_beyond_the_file),
		cmocka_unit_test(test_more_than_any_honest_file),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
