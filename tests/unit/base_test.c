#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/arena.h"
#include "core/base/network.h"
#include "core/base/pace.h"
#include "core/base/reader.h"
#include "core/base/secret.h"
#include "core/base/sink.h"

static void
test_reader_reads_what_a_sink_put(void **state)
{
	uint8_t buf[128];
	struct sink s = sink_to_buf(buf, sizeof(buf));
	struct reader r;

	(void)state;
	put_u8(&s, 0xa5);
	put_u16le(&s, 0x1234);
	put_u32le(&s, 0xdeadbeef);
	put_u64le(&s, 0x0123456789abcdef);
	put_text(&s, "abc");
	put_compact_span(&s, span_text("hello"));
	put_block(&s, span_text("world"));
	assert_int_equal(s.err, 0);
	r = reader_of(span_of(buf, s.total));
	assert_int_equal(read_u8(&r), 0xa5);
	assert_int_equal(read_u16le(&r), 0x1234);
	assert_int_equal(read_u32le(&r), 0xdeadbeef);
	assert_true(read_u64le(&r) == 0x0123456789abcdef);
	assert_true(span_eq(read_span(&r, 3), span_text("abc")));
	assert_true(span_eq(read_compact_span(&r), span_text("hello")));
	assert_true(span_eq(read_block(&r), span_text("world")));
	assert_int_equal(reader_done(&r), 0);
	assert_memory_equal(buf + 1, "\x34\x12\xef\xbe\xad\xde", 6);
}

/* One of each kind of read, over data made to measure. */
static enum err
read_all(const uint8_t *p, size_t n, size_t *at)
{
	struct reader r = reader_of(span_of(p, n));
	enum err e;

	(void)read_u8(&r);
	(void)read_u16le(&r);
	(void)read_u32le(&r);
	(void)read_u64le(&r);
	(void)read_compact_span(&r);
	(void)read_block(&r);
	e = reader_done(&r);
	*at = r.err_at;
	return e;
}

static void
test_reader_every_truncation_is_short_at_its_place(void **state)
{
	static const uint8_t all[] = { 1, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4,
	    4, 4, 2, 'a', 'b', 3, 0, 0, 0, 'c', 'd', 'e' };
	/* where the item begins that a cut inside it breaks */
	static const size_t starts[] = { 0, 1, 3, 7, 11, 15, 16, 18, 22,
	    sizeof(all) };
	size_t n, i, at;

	(void)state;
	assert_int_equal(read_all(all, sizeof(all), &at), 0);
	for (n = 0; n < sizeof(all); n++) {
		uint8_t *p = malloc(n > 0 ? n : 1);

		assert_non_null(p);
		memcpy(p, all, n);
		assert_int_equal(read_all(p, n, &at), ERR_SHORT);
		for (i = 0; starts[i + 1] <= n; i++)
			;
		assert_int_equal(at, starts[i]);
		free(p);
	}
}

static void
test_reader_first_failure_sticks(void **state)
{
	static const uint8_t two[2] = { 1, 2 };
	struct reader r = reader_of(SPAN_OF(two));

	(void)state;
	assert_int_equal(read_u8(&r), 1);
	assert_int_equal(read_u32le(&r), 0);
	reader_fail(&r, ERR_FORM);
	assert_int_equal(read_u8(&r), 0);
	assert_int_equal(read_span(&r, 1).n, 0);
	assert_int_equal(reader_left(&r), 0);
	assert_int_equal(reader_offset(&r), 1);
	assert_int_equal(reader_done(&r), ERR_SHORT);
	assert_int_equal(r.err_at, 1);
}

static void
test_reader_bytes_left_over_are_named(void **state)
{
	static const uint8_t two[2] = { 1, 2 };
	struct reader r = reader_of(SPAN_OF(two));

	(void)state;
	(void)read_u8(&r);
	assert_int_equal(reader_offset(&r), 1);
	assert_int_equal(reader_done(&r), ERR_TRAILING);
	assert_int_equal(r.err_at, 1);
	r = reader_of(span_of(NULL, 0));
	assert_int_equal(reader_done(&r), 0);
}

static void
test_compact_goes_both_ways_at_its_edges(void **state)
{
	static const struct { uint64_t v; size_t n; } edge[] = {
		{ 0, 1 }, { 0xfc, 1 }, { 0xfd, 3 }, { 0xffff, 3 },
		{ 0x10000, 5 }, { 0xffffffff, 5 }, { 0x100000000, 9 },
		{ UINT64_MAX, 9 } };
	uint8_t buf[9];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(edge) / sizeof(edge[0]); i++) {
		struct sink s = sink_to_buf(buf, sizeof(buf));
		struct reader r;

		put_compact(&s, edge[i].v);
		assert_int_equal(s.total, edge[i].n);
		r = reader_of(span_of(buf, s.total));
		assert_true(read_compact(&r) == edge[i].v);
		assert_int_equal(reader_done(&r), 0);
	}
}

static void
test_compact_longer_than_needed_is_refused(void **state)
{
	static const uint8_t bad[][9] = {
		{ 0xfd, 0xfc, 0 }, { 0xfe, 0xff, 0xff, 0, 0 },
		{ 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0 } };
	static const size_t len[] = { 3, 5, 9 };
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		struct reader r = reader_of(span_of(bad[i], len[i]));

		assert_true(read_compact(&r) == 0);
		assert_int_equal(reader_done(&r), ERR_FORM);
		assert_int_equal(r.err_at, len[i]);
		r = reader_of(span_of(bad[i], len[i] - 1));
		assert_true(read_compact(&r) == 0);
		assert_int_equal(reader_done(&r), ERR_SHORT);
	}
}

static void
test_counts_never_exceed_what_could_follow(void **state)
{
	static const uint8_t four[] = { 3, 0, 0, 0, 'a', 'b', 'c', 'd' };
	static const uint8_t two[] = { 2, 'a', 'b' };
	static const uint8_t huge[] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	    0xff, 0xff, 0xff };
	struct reader r = reader_of(SPAN_OF(four));

	(void)state;
	assert_int_equal(read_count(&r, 1, 10), 3);
	r = reader_of(SPAN_OF(four));
	assert_int_equal(read_count(&r, 2, 10), 0);
	assert_int_equal(r.err, ERR_RANGE);
	r = reader_of(SPAN_OF(four));
	assert_int_equal(read_count(&r, 1, 2), 0);
	assert_int_equal(r.err, ERR_RANGE);
	r = reader_of(span_of(four, 3));
	assert_int_equal(read_count(&r, 1, 10), 0);
	assert_int_equal(r.err, ERR_SHORT);
	r = reader_of(SPAN_OF(two));
	assert_int_equal(read_compact_count(&r, 1, 2), 2);
	r = reader_of(SPAN_OF(two));
	assert_int_equal(read_compact_count(&r, 2, 2), 0);
	assert_int_equal(r.err, ERR_RANGE);
	r = reader_of(SPAN_OF(huge));
	assert_int_equal(read_compact_count(&r, 1, SIZE_MAX), 0);
	assert_int_equal(r.err, ERR_RANGE);
	r = reader_of(SPAN_OF(huge));
	assert_int_equal(read_compact_span(&r).n, 0);
	assert_int_equal(r.err, ERR_SHORT);
}

static void
test_sink_count_and_buffer_agree(void **state)
{
	uint8_t buf[16];
	struct sink c = sink_to_count();
	size_t cap;

	(void)state;
	put_compact_span(&c, span_text("hello"));
	put_u32le(&c, 7);
	assert_int_equal(c.total, 10);
	for (cap = 0; cap <= sizeof(buf); cap++) {
		struct sink s = sink_to_buf(buf, cap);

		memset(buf, 0x55, sizeof(buf));
		put_compact_span(&s, span_text("hello"));
		put_u32le(&s, 7);
		assert_int_equal(s.total, 10);
		assert_int_equal(s.err, cap < 10 ? ERR_SPACE : 0);
		if (cap < sizeof(buf))
			assert_int_equal(buf[cap], 0x55);
	}
}

static void
test_arena_of_every_size_gives_or_says_no(void **state)
{
	uint64_t mem[32];
	size_t n;

	(void)state;
	for (n = 0; n <= sizeof(mem); n++) {
		struct arena a = { (uint8_t *)mem, n, 0 };
		uint8_t *c;
		uint64_t *w;

		memset(mem, 0xff, sizeof(mem));
		c = arena_new(&a, uint8_t, 3);
		assert_true((c != NULL) == (n >= 3));
		w = arena_new(&a, uint64_t, 4);
		assert_true((w != NULL) == (n >= 8 + 32));
		if (w == NULL)
			continue;
		assert_true((uintptr_t)w % _Alignof(uint64_t) == 0);
		assert_true((w[0] | w[1] | w[2] | w[3]) == 0);
		memset(w, 0xee, 32);
		arena_clear(&a);
		assert_int_equal(a.used, 0);
		assert_true((mem[1] | mem[2] | mem[3] | mem[4]) == 0);
	}
}

static void
test_attack_38_a_cleared_arena_holds_nothing(void **state)
{
	static uint8_t mem[256];
	struct arena a = { mem, sizeof(mem), 0 };
	size_t i;

	(void)state;
	assert_non_null(arena_text(&a, "a foreign file's bytes"));
	memset(arena_new(&a, uint8_t, 100), 0xee, 100);
	arena_clear(&a);
	assert_int_equal(a.used, 0);
	for (i = 0; i < sizeof(mem); i++)
		assert_int_equal(mem[i], 0);
}

static void
test_arena_count_times_size_cannot_wrap(void **state)
{
	uint8_t mem[64];
	struct arena a = { mem, sizeof(mem), 0 };

	(void)state;
	assert_null(arena_take(&a, SIZE_MAX / 2 + 1, 2, 1));
	assert_null(arena_take(&a, SIZE_MAX, SIZE_MAX, 8));
	assert_non_null(arena_take(&a, 64, 1, 1));
	assert_null(arena_take(&a, 1, 1, 1));
	assert_non_null(arena_take(&a, 0, 1, 1));
}

static void
test_arena_text_fits_or_leaves_no_trace(void **state)
{
	uint8_t mem[8];
	struct arena a = { mem, sizeof(mem), 0 };
	char *s = arena_text(&a, "%d", 123);

	(void)state;
	assert_string_equal(s, "123");
	assert_int_equal(a.used, 4);
	assert_null(arena_text(&a, "%s", "four"));
	assert_int_equal(a.used, 4);
	assert_string_equal(arena_text(&a, "%s", "abc"), "abc");
	assert_null(arena_text(&a, "%s", ""));
}

static void
test_secret_equal_and_wipe(void **state)
{
	struct secret32 a = { { 1 } }, b = { { 1 } };
	size_t i;

	(void)state;
	assert_true(ct_equal(&a, &b, 32));
	assert_true(ct_equal(NULL, NULL, 0));
	for (i = 0; i < 256; i++) {
		b.b[i / 8] ^= (uint8_t)(1u << i % 8);
		assert_false(ct_equal(&a, &b, 32));
		b.b[i / 8] ^= (uint8_t)(1u << i % 8);
	}
	memset(&a, 0xff, sizeof(a));
	wipe(a.b, 31);
	for (i = 0; i < 31; i++)
		assert_int_equal(a.b[i], 0);
	assert_int_equal(a.b[31], 0xff);
	wipe(NULL, 0);
}

static void
test_every_error_has_its_own_words(void **state)
{
	int i, j;

	(void)state;
	for (i = 0; i < ERR_COUNT; i++)
		for (j = 0; j < i; j++) {
			assert_string_not_equal(err_text((enum err)i),
			    err_text((enum err)j));
			assert_string_not_equal(err_code((enum err)i),
			    err_code((enum err)j));
		}
	assert_string_equal(err_text(ERR_COUNT), "unknown error");
	assert_string_equal(err_code(ERR_COUNT), "file.error");
	assert_string_equal(err_advice(ERR_COUNT), "report it");
}

static void
test_fault_says_where_what_and_what_to_do(void **state)
{
	struct fault f = { 0 };
	char text[FAULT_TEXT_MAX];
	size_t i;

	(void)state;
	fault_text(&f, ERR_GONE, text);
	assert_string_equal(text, "the stick or file is gone; plug it in "
	    "again");
	fault_set(&f, 98, "input %d: witness utxo", 0);
	fault_text(&f, ERR_SHORT, text);
	assert_string_equal(text, "input 0: witness utxo (byte 98): the data "
	    "ends too early; copy or export the file again");
	fault_set(&f, 0, "input %d", 0);	/* no byte is meant */
	fault_text(&f, ERR_SHORT, text);
	assert_string_equal(text, "input 0: the data ends too early; copy or "
	    "export the file again");
	memset(f.where, 'w', sizeof(f.where) - 1);
	f.at = SIZE_MAX;
	for (i = 1; i < ERR_COUNT; i++) {
		fault_text(&f, (enum err)i, text);
		assert_string_equal(text + strlen(text) -
		    strlen(err_advice((enum err)i)), err_advice((enum err)i));
	}
	fault_set(&f, 42, "input %d: %s", 3, "witness script");
	assert_int_equal(f.at, 42);
	assert_string_equal(f.where, "input 3: witness script");
	fault_set(&f, 1, "%0200d", 0);
	assert_int_equal(strlen(f.where), sizeof(f.where) - 1);
}

static void
test_networks_by_word_and_name(void **state)
{
	enum network n = NET_COUNT;
	int i;

	(void)state;
	for (i = 0; i < NET_COUNT; i++) {
		assert_int_equal(network_of_word(
		    network_word((enum network)i), &n), 0);
		assert_int_equal(n, i);
		assert_int_equal(network_of_word(
		    network_name((enum network)i), &n), 0);
		assert_int_equal(n, i);
	}
	assert_int_equal(network_of_word("", &n), ERR_UNKNOWN);
	assert_int_equal(network_of_word("Main", &n), ERR_UNKNOWN);
	assert_string_equal(network_word(NET_COUNT), "");
}

static enum err
stop_at_two(void *ctx, uint32_t done, uint32_t total)
{
	*(uint32_t *)ctx = total;
	return done == 2 ? ERR_STOPPED : 0;
}

static void
test_pace_stops_only_when_asked(void **state)
{
	uint32_t total = 0;
	struct pace p = { stop_at_two, &total }, none = { NULL, NULL };

	(void)state;
	assert_int_equal(pace_tick(&p, 1, 9), 0);
	assert_int_equal(pace_tick(&p, 2, 9), ERR_STOPPED);
	assert_int_equal(total, 9);
	assert_int_equal(pace_tick(&none, 2, 9), 0);
	assert_int_equal(pace_tick(NULL, 2, 9), 0);
}

static enum err
note_share(void *ctx, uint32_t done, uint32_t total)
{
	assert_int_equal(total, PACE_WHOLE);
	*(uint32_t *)ctx = done;
	return done == 600 ? ERR_STOPPED : ERR_NONE;
}

static void
test_pace_of_a_part_counts_within_the_whole(void **state)
{
	uint32_t at = 0;
	const struct pace whole = { note_share, &at };
	struct pace_part part = { &whole, 200, 600 };
	const struct pace p = pace_of_part(&part);

	(void)state;
	assert_int_equal(pace_tick(&p, 0, 4000000000u), 0);
	assert_int_equal(at, 200);
	assert_int_equal(pace_tick(&p, 1000000000u, 4000000000u), 0);
	assert_int_equal(at, 300);
	assert_int_equal(pace_tick(&p, 9, 8), ERR_STOPPED);
	assert_int_equal(at, 600);
	assert_int_equal(pace_tick(&p, 0, 0), ERR_STOPPED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reader_reads_what_a_sink_put),
		cmocka_unit_test(
		    test_reader_every_truncation_is_short_at_its_place),
		cmocka_unit_test(test_reader_first_failure_sticks),
		cmocka_unit_test(test_reader_bytes_left_over_are_named),
		cmocka_unit_test(test_compact_goes_both_ways_at_its_edges),
		cmocka_unit_test(test_compact_longer_than_needed_is_refused),
		cmocka_unit_test(test_counts_never_exceed_what_could_follow),
		cmocka_unit_test(test_sink_count_and_buffer_agree),
		cmocka_unit_test(test_arena_of_every_size_gives_or_says_no),
		cmocka_unit_test(
		    test_attack_38_a_cleared_arena_holds_nothing),
		cmocka_unit_test(test_arena_count_times_size_cannot_wrap),
		cmocka_unit_test(test_arena_text_fits_or_leaves_no_trace),
		cmocka_unit_test(test_secret_equal_and_wipe),
		cmocka_unit_test(test_every_error_has_its_own_words),
		cmocka_unit_test(test_fault_says_where_what_and_what_to_do),
		cmocka_unit_test(test_networks_by_word_and_name),
		cmocka_unit_test(test_pace_stops_only_when_asked),
		cmocka_unit_test(test_pace_of_a_part_counts_within_the_whole),
	};

	return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
