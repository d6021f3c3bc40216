/* At each limit of the table, and one past it; what of it takes memory says
 * how much. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "core/base/limits.h"
#include "core/job/table.h"
#include "core/review/page.h"
#include "media/import.h"
#include "tests/unit/rig_psbt.h"

#define MEM ((size_t)3 << 30)		/* address space; used as needed */

static struct arena arena;
static uint8_t *mem;
static size_t cap = (size_t)96 << 20;
static struct rig rig;

/* Inputs of no known coin, outputs of one byte; maps without fields. */
static struct span
psbt_of(uint32_t nin, uint32_t nout)
{
	struct sink s = sink_to_buf(mem, cap);
	struct sink tx = sink_to_count();
	uint32_t i;

	put_compact(&tx, nin);
	put_compact(&tx, nout);

	put_span(&s, SPAN_OF(psbt_magic));
	put_u8(&s, 1);
	put_u8(&s, GLOBAL_TX);
	put_compact(&s, tx.total + 8 + 41 * (size_t)nin + 10 * (size_t)nout);
	put_u32le(&s, 2);
	put_compact(&s, nin);
	for (i = 0; i < nin; i++) {
		static const uint8_t zero[28];

		put_u32le(&s, i + 1);
		put_span(&s, SPAN_OF(zero));
		put_u32le(&s, 0);
		put_u8(&s, 0);
		put_u32le(&s, 0xffffffff);
	}
	put_compact(&s, nout);
	for (i = 0; i < nout; i++) {
		put_u64le(&s, 1000);
		put_u8(&s, 1);
		put_u8(&s, 0x51);
	}
	put_u32le(&s, 0);
	put_u8(&s, 0);
	for (i = 0; i < nin + nout; i++)
		put_u8(&s, 0);
	assert_int_equal(s.err, 0);
	return span_of(mem, s.total);
}

static void
refused(struct span file, enum err want, const char *where)
{
	struct request *q;
	struct fault f = { 0 };

	arena.used = 0;
	assert_int_equal(request_open(&arena, file, NULL, &q, &f), want);
	assert_string_equal(f.where, where);
}

/* Read, judged, a page, its bytes, read again, its lines: all of it. */
static void
goes_through(struct span file, const char *what)
{
	struct session session = { .network = NET_REGTEST };
	struct page p, again;
	struct judgement j;
	struct hash32 h = { { 0 } };
	struct page_line *line;
	struct sink count = sink_to_count(), s;
	struct study y;
	uint8_t *bytes;
	size_t n, clerk;

	arena.used = 0;
	assert_int_equal(rig_study(&rig, file, &session, &arena, &y), 0);
	assert_int_equal(judge(&y.intent, &arena, &j), 0);
	assert_int_equal(page_make(&y.intent, &j, &h, &arena, &p), 0);
	page_put(&p, &count);
	bytes = arena_new(&arena, uint8_t, count.total);
	assert_non_null(bytes);
	s = sink_to_buf(bytes, count.total);
	page_put(&p, &s);
	clerk = arena.used;
	assert_int_equal(page_read(span_of(bytes, s.total), &arena, &again),
	    0);
	assert_int_equal(again.nrow, p.nrow);
	assert_int_equal(page_lines(&again, "x", PAGE_WIDTH, &arena, &line,
	    &n), 0);
	print_message("%s: file %zu KiB, clerk %zu KiB, page %zu KiB, front "
	    "%zu KiB, %zu lines\n", what, file.n >> 10, clerk >> 10,
	    count.total >> 10, (arena.used - clerk) >> 10, n);
	assert_true(clerk < (size_t)2 << 30);
}

static void
test_limit_inputs(void **state)
{
	(void)state;
	goes_through(psbt_of(LIMIT_INPUTS, 1), "100,000 inputs");
	refused(psbt_of(LIMIT_INPUTS + 1, 1), ERR_RANGE, "unsigned tx");
}

static void
test_limit_outputs(void **state)
{
	(void)state;
	goes_through(psbt_of(1, LIMIT_OUTPUTS), "100,000 outputs");
	refused(psbt_of(1, LIMIT_OUTPUTS + 1), ERR_RANGE, "unsigned tx");
	goes_through(psbt_of(LIMIT_INPUTS, LIMIT_OUTPUTS), "both");
}

/* BIP370 says the counts in fields of their own. */
static void
test_limit_inputs_and_outputs_of_version_2(void **state)
{
	static const uint8_t head[] = { 'p', 's', 'b', 't', 0xff, 1, 0xfb, 4,
	    2, 0, 0, 0, 1, 2, 4, 2, 0, 0, 0 };
	static const uint8_t counts[][2] = { { 4, 5 }, { 5, 4 } };
	size_t i, more;

	(void)state;
	for (i = 0; i < 4; i++) {
		struct sink s = sink_to_buf(mem, cap);
		size_t big = i / 2;

		more = i % 2;
		put_span(&s, SPAN_OF(head));
		put_u8(&s, 1);
		put_u8(&s, counts[big][0]);
		put_u8(&s, 5);
		put_u8(&s, 0xfe);
		put_u32le(&s, (uint32_t)(LIMIT_INPUTS + more));
		put_u8(&s, 1);
		put_u8(&s, counts[big][1]);
		put_u8(&s, 1);
		put_u8(&s, 0);
		memset(mem + s.total, 0, LIMIT_INPUTS + 2);
		/* as many as may be lack what BIP370 requires */
		refused(span_of(mem, s.total + 1 + LIMIT_INPUTS + more),
		    more ? ERR_RANGE : ERR_MISSING, more ? psbt_field_name(
		    PSBT_GLOBAL, counts[big][0]) : big == 0 ?
		    "input 0: previous txid" : "output 0: amount");
	}
}

static void
test_limit_bytes_of_a_transaction(void **state)
{
	size_t more;

	(void)state;
	for (more = 0; more < 2; more++) {
		struct sink s = sink_to_buf(mem, cap);
		uint32_t n = LIMIT_TX_BYTES - 23 + (uint32_t)more;
		struct request *q;
		struct fault f = { 0 };

		put_span(&s, SPAN_OF(psbt_magic));
		put_u8(&s, 1);
		put_u8(&s, GLOBAL_TX);
		put_u8(&s, 0xfe);
		put_u32le(&s, n + 23);
		put_u32le(&s, 2);
		put_u8(&s, 0);
		put_u8(&s, 1);
		put_u64le(&s, 0);
		put_u8(&s, 0xfe);
		put_u32le(&s, n);
		memset(mem + s.total, 0x51, n);
		memset(mem + s.total + n, 0, 6);
		arena.used = 0;
		assert_int_equal(request_open(&arena, span_of(mem,
		    s.total + n + 6), NULL, &q, &f), more ? ERR_TOO_LARGE :
		    ERR_NONE);
		if (more)
			assert_string_equal(f.where, "unsigned tx");
	}
}

static void
test_limit_fields(void **state)
{
	size_t more;
	uint32_t i;

	(void)state;
	for (more = 0; more < 2; more++) {
		struct span base = psbt_of(1, 1);
		struct sink s = sink_to_buf(mem + base.n - 3, cap - base.n);
		struct request *q;
		struct fault f = { 0 };

		for (i = 1; i < LIMIT_FIELDS + more; i++) {
			put_u8(&s, 5);
			put_u8(&s, 0xf0);
			put_u32le(&s, i);
			put_u8(&s, 0);
		}
		put_u8(&s, 0);
		put_u8(&s, 0);
		put_u8(&s, 0);
		arena.used = 0;
		assert_int_equal(request_open(&arena, span_of(mem, base.n -
		    3 + s.total), NULL, &q, &f), more ? ERR_TOO_LARGE :
		    ERR_NONE);
		print_message("%zu fields: %zu KiB\n", LIMIT_FIELDS + more,
		    arena.used >> 10);
		if (more)
			assert_string_equal(f.where, "the number of fields");
	}
}

static enum err
page_with(size_t nrow, size_t nfinding)
{
	struct page p = { .job = "", .title = "", .ledger = "",
	    .network = "", .unit = "", .coin = "", .rate = "",
	    .nrow = nrow, .nfinding = nfinding, .agree_row = nrow };
	struct page again;
	struct sink s = sink_to_buf(mem, cap);
	size_t i;

	arena.used = 0;
	p.row = arena_new(&arena, struct page_row, nrow);
	p.finding = arena_new(&arena, struct finding, nfinding);
	assert_true(p.row != NULL && p.finding != NULL);
	for (i = 0; i < nrow; i++)
		p.row[i] = (struct page_row){ .mark = ' ', .kind = FACT_FEE,
		    .to = "", .path = "", .ref = "", .how = "" };
	for (i = 0; i < nfinding; i++) {
		p.finding[i].code = arena_text(&arena, "x.%05zu", i);
		p.finding[i].text = "";
	}
	page_put(&p, &s);
	assert_int_equal(s.err, 0);
	return page_read(span_of(mem, s.total), &arena, &again);
}

static void
test_limit_rows_and_findings_of_a_page(void **state)
{
	(void)state;
	assert_int_equal(page_with(LIMIT_PAGE_ROWS, LIMIT_FINDINGS), 0);
	assert_int_equal(page_with(LIMIT_PAGE_ROWS + 1, 0), ERR_RANGE);
	assert_int_equal(page_with(0, LIMIT_FINDINGS + 1), ERR_RANGE);
}

static void
test_limit_rows_of_a_plan(void **state)
{
	struct plan plan, again;
	size_t more;
	uint32_t i;

	(void)state;
	for (more = 0; more < 2; more++) {
		struct sink s = sink_to_buf(mem, cap);
		struct reader r;

		arena.used = 0;
		plan.n = LIMIT_PLAN_ROWS + more;
		plan.row = arena_new(&arena, struct plan_row, plan.n);
		assert_non_null(plan.row);
		for (i = 0; i < plan.n; i++) {
			plan.row[i].key.path = (struct path){ .n = 1,
			    .e = { i } };
			plan.row[i].count = 1;
		}
		put_plan(&s, &plan);
		assert_int_equal(s.err, 0);
		r = reader_of(span_of(mem, s.total));
		assert_int_equal(read_plan(&r, &arena, &again), more ?
		    ERR_RANGE : ERR_NONE);
	}
}

/* A file of that size with nothing in it, and one byte more. */
static void
test_limit_bytes_of_a_file(void **state)
{
	char path[] = "/tmp/coldseal-limits-XXXXXX";
	int fd = mkstemp(path), memfd;
	uint64_t size;

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(psbt_job.cap, LIMIT_FILE);
	assert_int_equal(IMPORT_CAP, LIMIT_FILE);
	assert_int_equal(ftruncate(fd, LIMIT_FILE), 0);
	assert_int_equal(import_path(path, IMPORT_CAP, &memfd, &size), 0);
	assert_int_equal(size, LIMIT_FILE);
	(void)close(memfd);
	assert_int_equal(ftruncate(fd, LIMIT_FILE + 1), 0);
	assert_int_equal(import_path(path, IMPORT_CAP, &memfd, &size),
	    ERR_TOO_LARGE);
	(void)close(fd);
	(void)unlink(path);
}

static int
setup(void **state)
{
	(void)state;
	arena = (struct arena){ malloc(MEM), MEM, 0 };
	mem = malloc(cap);
	return arena.base == NULL || mem == NULL || secp_init(NULL) != 0 ||
	    rig_add(&rig, WORDS_A, "") != 0;
}

static int
teardown(void **state)
{
	(void)state;
	free(arena.base);
	free(mem);
	return 0;
}

/* The others: PATH_DEPTH, WANTS, KEYS and STICK_FILES in the tests of path.h,
 * pubring.h, keeper.h and listing.h; ADDRESSES in tests/e2e/addresses.py. */
int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_limit_inputs),
		cmocka_unit_test(test_limit_outputs),
		cmocka_unit_test(test_limit_inputs_and_outputs_of_version_2),
		cmocka_unit_test(test_limit_bytes_of_a_transaction),
		cmocka_unit_test(test_limit_fields),
		cmocka_unit_test(test_limit_rows_and_findings_of_a_page),
		cmocka_unit_test(test_limit_rows_of_a_plan),
		cmocka_unit_test(test_limit_bytes_of_a_file),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
