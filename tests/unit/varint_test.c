#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/base/reader.h"
#include "core/base/sink.h"

static void
test_varint_goes_both_ways_and_is_strict(void **state)
{
	static const struct { uint64_t v; size_t n; } edge[] = {
		{ 0, 1 }, { 0x7f, 1 }, { 0x80, 2 }, { 0x3fff, 2 },
		{ 0x4000, 3 }, { 0xffffffff, 5 }, { UINT64_MAX, 10 } };
	static const struct { const char *bytes; size_t n, at; unsigned bits;
	    enum err err; } bad[] = {
		{ "\x80\x00", 2, 2, 64, ERR_FORM },
		{ "\xff\x80\x00", 3, 3, 64, ERR_FORM },
		{ "\xff", 1, 1, 64, ERR_SHORT },
		{ "\xff\xff\xff\xff\x10", 5, 5, 32, ERR_RANGE },
		{ "\xff\xff\xff\xff\x8f\x01", 6, 5, 32, ERR_RANGE },
		{ "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", 10, 10, 64,
		    ERR_RANGE },
		{ "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x81\x01", 11, 10,
		    64, ERR_RANGE },
	};
	uint8_t buf[10];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(edge) / sizeof(edge[0]); i++) {
		struct sink s = sink_to_buf(buf, sizeof(buf));
		struct reader r;

		put_varint(&s, edge[i].v);
		assert_int_equal(s.total, edge[i].n);
		r = reader_of(span_of(buf, s.total));
		assert_true(read_varint(&r, 64) == edge[i].v);
		assert_int_equal(reader_done(&r), 0);
	}
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct reader r = reader_of(span_of(bad[i].bytes, bad[i].n));

		assert_true(read_varint(&r, bad[i].bits) == 0);
		assert_int_equal(r.err, bad[i].err);
		assert_int_equal(r.err_at, bad[i].at);
	}
}

/* A count is never more than what is left can hold. */
static void
test_varint_counts_are_bounded(void **state)
{
	struct reader r = reader_of(span_of("\x03" "abcdef", 7));

	(void)state;
	assert_int_equal(read_varint_count(&r, 2, 3), 3);
	r = reader_of(span_of("\x04" "abcdef", 7));
	assert_int_equal(read_varint_count(&r, 2, 9), 0);
	assert_int_equal(r.err, ERR_RANGE);
	r = reader_of(span_of("\x03" "abcdef", 7));
	assert_int_equal(read_varint_count(&r, 2, 2), 0);
	assert_int_equal(r.err, ERR_RANGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_varint_goes_both_ways_and_is_strict),
		cmocka_unit_test(test_varint_counts_are_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
