#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "tests/unit/intents.h"
#include "tests/unit/page_shown.h"

#define MEM ((size_t)1 << 26)
#define BYTES ((size_t)1 << 23)

static struct made made;
static uint8_t *mem, *bytes, *again;
static struct arena arena;
static const struct hash32 session = { { 7, 7, 7 } };

static int
setup(void **state)
{
	(void)state;
	mem = malloc(MEM);
	bytes = malloc(BYTES);
	again = malloc(BYTES);
	arena = (struct arena){ mem, MEM, 0 };
	return mem != NULL && bytes != NULL && again != NULL ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	free(mem);
	free(bytes);
	free(again);
	return 0;
}

static struct page
page_of(void (*make)(struct made *))
{
	struct judgement j;
	struct page p;

	arena.used = 0;
	if (make != NULL)
		make(&made);
	assert_int_equal(judge(&made.in, &arena, &j), 0);
	assert_int_equal(page_make(&made.in, &j, &session, &arena, &p), 0);
	return p;
}

static size_t
write_to(const struct page *p, uint8_t *out)
{
	struct sink s = sink_to_buf(out, BYTES), n = sink_to_count();

	page_put(p, &s);
	page_put(p, &n);
	assert_int_equal(s.err, 0);
	assert_int_equal(s.total, n.total);
	return s.total;
}

static char *
text_of(const struct page *p, const char *title, unsigned width)
{
	return shown(p, title, width, &arena);
}

static void
golden(const char *name, const char *text)
{
	check_golden(name, text, &arena);
}

static void
test_page_golden(void **state)
{
	struct page p = page_of(made_example);

	(void)state;
	golden("example", text_of(&p, "payroll-nov.psbt", 80));
	golden("example-wide", text_of(&p, "payroll-nov.psbt", 132));
	p = page_of(made_motley);
	golden("motley", text_of(&p, "x.psbt", 80));
	p = page_of(made_unknown);
	golden("unknown", text_of(&p, "a-name-that-is-so-long-that-"
	    "nobody-would-type-it-by-hand-and-that-ends-somewhere.psbt", 80));
}

static void
round_trip(void (*make)(struct made *))
{
	struct page p = page_of(make), q;
	size_t n = write_to(&p, bytes);
	char *a, *b;

	assert_int_equal(page_read(span_of(bytes, n), &arena, &q), 0);
	assert_int_equal(write_to(&q, again), n);
	assert_memory_equal(bytes, again, n);
	a = text_of(&p, "x", 80);
	b = text_of(&q, "x", 80);
	assert_string_equal(a, b);
	assert_int_equal(q.agree_row, p.agree_row);
	assert_int_equal(q.plan.n, p.plan.n);
}

static void
test_page_round_trip(void **state)
{
	(void)state;
	round_trip(made_example);
	round_trip(made_motley);
	round_trip(made_unknown);
}

/* From memory that ends where the bytes end, so that a sanitizer sees. */
static enum err
read_exactly(size_t n, struct page *p)
{
	uint8_t *copy = malloc(n > 0 ? n : 1);
	enum err e;

	assert_non_null(copy);
	memcpy(copy, bytes, n);
	arena.used = 0;
	e = page_read(span_of(copy, n), &arena, p);
	free(copy);
	return e;
}

static void
test_page_every_truncation_is_refused(void **state)
{
	struct page p = page_of(made_motley);
	size_t n = write_to(&p, bytes), i;
	enum err e;

	(void)state;
	for (i = 0; i < n; i++) {
		e = read_exactly(i, &p);
		assert_true(e == ERR_SHORT || e == ERR_FORM ||
		    e == ERR_RANGE);
	}
	bytes[n] = 0;
	assert_int_equal(read_exactly(n + 1, &p), ERR_TRAILING);
	assert_int_equal(read_exactly(n, &p), 0);
}

/* What is read after a flip is another page, to the bit. */
static void
test_page_every_flip_is_refused_or_another_page(void **state)
{
	struct page p = page_of(made_motley);
	size_t n = write_to(&p, bytes), i;

	(void)state;
	for (i = 0; i < 8 * n; i++) {
		bytes[i / 8] ^= (uint8_t)(1 << i % 8);
		if (read_exactly(n, &p) == 0) {
			assert_int_equal(write_to(&p, again), n);
			assert_memory_equal(bytes, again, n);
			(void)text_of(&p, "x", 80);
		}
		bytes[i / 8] ^= (uint8_t)(1 << i % 8);
	}
}

static void
test_page_every_arena_size_fails_cleanly_then_works(void **state)
{
	struct page p = page_of(made_example);
	struct page_line *line;
	size_t n = write_to(&p, bytes), i, k, failed = 0;

	(void)state;
	for (i = 0; i < 20000; i += 7) {
		struct arena small = { again, i, 0 };
		enum err e = page_read(span_of(bytes, n), &small, &p);

		if (e == 0)
			e = page_lines(&p, "x", 80, &small, &line, &k);
		assert_true(e == 0 || e == ERR_SPACE);
		failed += e != 0;
	}
	assert_true(failed > 0 && failed < 20000 / 7);
}

static enum err
reread(const struct page *p)
{
	struct page q;

	return page_read(span_of(bytes, write_to(p, bytes)), &arena, &q);
}

static void
test_page_that_contradicts_itself_is_refused(void **state)
{
	struct page good = page_of(made_motley), p = good;

	(void)state;
	assert_int_equal(reread(&good), 0);
	p.verdict = VERDICT_ALLOW;		/* warnings below it */
	assert_int_equal(reread(&p), ERR_FORM);
	p.verdict = VERDICT_REFUSE;
	assert_int_equal(reread(&p), ERR_FORM);
	p = good;
	p.agree_row++;				/* a smaller payment */
	assert_int_equal(reread(&p), ERR_FORM);
	p = good;
	p.row[0].mark = '+';
	assert_int_equal(reread(&p), ERR_FORM);
	p.row[0].mark = '-';
	p.row[0].has_amount = false;		/* and yet an amount */
	assert_int_equal(reread(&p), ERR_FORM);
	p.row[0].has_amount = true;
	p.row[0].to = "bc1\n";			/* known attack 8 */
	assert_int_equal(reread(&p), ERR_FORM);
	p.row[0].to = "";
	p.finding[1].code = p.finding[0].code;
	assert_int_equal(reread(&p), ERR_FORM);
}

static void
test_page_plan_out_of_order_is_refused(void **state)
{
	struct page p = page_of(made_example);
	struct plan_row was = p.plan.row[0];

	(void)state;
	p.plan.row[0] = p.plan.row[1];
	assert_int_equal(reread(&p), ERR_FORM);
	p.plan.row[1] = was;
	assert_int_equal(reread(&p), ERR_FORM);
	p.plan.row[0] = was;
	p.plan.n = 1;
	assert_int_equal(reread(&p), 0);
	p.plan.row[0].count = 0;
	assert_int_equal(reread(&p), ERR_RANGE);
}

static void
test_page_numbers_out_of_range_are_refused(void **state)
{
	struct page good = page_of(made_example), p = good, q;
	size_t keys, n;

	(void)state;
	p.decimals = 31;
	assert_int_equal(reread(&p), ERR_RANGE);
	p = good;
	p.nfpr = FPR_MAX;
	assert_int_equal(reread(&p), 0);
	keys = strlen("page1") + 4 + strlen(p.job) + 4 + strlen(p.title) +
	    4 + strlen(p.ledger) + 4 + strlen(p.network) + 4 +
	    strlen(p.unit) + 4 + strlen(p.coin) + 4 + strlen(p.rate) + 2;
	assert_int_equal(bytes[keys], FPR_MAX);
	n = write_to(&p, bytes);
	bytes[keys]++;
	assert_int_equal(read_exactly(n, &q), ERR_RANGE);
	p = page_of(made_example);
	p.row[0].kind = FACT_KINDS;
	assert_int_equal(reread(&p), ERR_RANGE);
	p.row[0].kind = FACT_SPEND;
	p.total[0].known = (enum known)3;
	assert_int_equal(reread(&p), ERR_RANGE);
}

/* Nothing but what another file mends may be refused about it. */
static void
test_what_waits_for_another_file(void **state)
{
	struct finding f[] = {
		{ "xmr.outputs.gap", LEVEL_REFUSE, "" },
		{ "xmr.fee.high", LEVEL_WARN, "" },
		{ "xmr.ring.order", LEVEL_REFUSE, "" },
	};
	struct page p = { .finding = f };

	(void)state;
	assert_false(page_waits(&p));
	p.nfinding = 2;
	assert_true(page_waits(&p));
	p.nfinding = 3;
	assert_false(page_waits(&p));
	p.finding = f + 1;
	p.nfinding = 1;
	assert_false(page_waits(&p));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_page_golden),
		cmocka_unit_test(test_page_round_trip),
		cmocka_unit_test(test_page_every_truncation_is_refused),
		cmocka_unit_test(
		    test_page_every_flip_is_refused_or_another_page),
		cmocka_unit_test(
		    test_page_every_arena_size_fails_cleanly_then_works),
		cmocka_unit_test(
		    test_page_that_contradicts_itself_is_refused),
		cmocka_unit_test(test_page_plan_out_of_order_is_refused),
		cmocka_unit_test(test_page_numbers_out_of_range_are_refused),
		cmocka_unit_test(test_what_waits_for_another_file),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
