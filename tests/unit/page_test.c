#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "tests/unit/intents.h"

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

/* All lines, each ended; every one within the width. */
static char *
text_of(const struct page *p, const char *title, unsigned width)
{
	struct page_line *line;
	char *out;
	size_t i, n, o = 0, at, columns;

	assert_int_equal(page_lines(p, title, width, &arena, &line, &n), 0);
	for (i = 0; i < n; i++)
		o += strlen(line[i].text) + 1;
	out = arena_new(&arena, char, o + 1);
	assert_non_null(out);
	for (i = 0, o = 0; i < n; i++) {
		for (at = 0, columns = 0; line[i].text[at] != '\0'; at++)
			columns += ((uint8_t)line[i].text[at] & 0xc0) != 0x80;
		assert_true(columns <= width);
		assert_true(line[i].margin < width);
		memcpy(out + o, line[i].text, at);
		o += at;
		out[o++] = '\n';
	}
	return out;
}

static void
check_golden(const char *name, const char *text)
{
	char path[128];
	size_t n;
	FILE *f;

	(void)snprintf(path, sizeof(path), "tests/golden/pages/%s.txt", name);
	if (getenv("COLDSEAL_GOLDEN_UPDATE") != NULL) {
		assert_non_null(f = fopen(path, "w"));
		assert_true(fputs(text, f) >= 0);
		assert_int_equal(fclose(f), 0);
	}
	if ((f = fopen(path, "r")) == NULL)
		fail_msg("%s is missing", path);
	n = fread(again, 1, BYTES - 1, f);
	again[n] = '\0';
	(void)fclose(f);
	assert_string_equal(text, (const char *)again);
}

static void
test_page_golden(void **state)
{
	struct page p = page_of(made_example);

	(void)state;
	check_golden("example", text_of(&p, "payroll-nov.psbt", 80));
	check_golden("example-wide", text_of(&p, "payroll-nov.psbt", 132));
	p = page_of(made_motley);
	check_golden("motley", text_of(&p, "x.psbt", 80));
	p = page_of(made_unknown);
	check_golden("unknown", text_of(&p, "a-name-that-is-so-long-that-"
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

static void
agree(const char *word, const char *prompt)
{
	struct page p = page_of(NULL);
	const char *asked;
	char typed[16];

	assert_int_equal(page_agree_word(&p, typed), 0);
	assert_string_equal(typed, word);
	assert_int_equal(page_agree_prompt(&p, &arena, &asked), 0);
	assert_string_equal(asked, prompt);
}

static void
test_page_agreeing_names_the_largest_foreign_address(void **state)
{
	(void)state;
	made_example(&made);
	agree("f3t4", "Type the last 4 characters of the address that "
	    "receives 0.40000000 BTC.");
	made_pay(&made, 40000000, ADDRESS_LONG);	/* no larger */
	agree("f3t4", "Type the last 4 characters of the address that "
	    "receives 0.40000000 BTC.");
	made_pay(&made, 40000001, ADDRESS_LONG);
	agree("drcr", "Type the last 4 characters of the address that "
	    "receives 0.40000001 BTC.");
	/* what has no address cannot be compared by its end */
	made_pay(&made, 90000000, "script 51");
	agree("drcr", "Type the last 4 characters of the address that "
	    "receives 0.40000001 BTC.");
}

static void
test_page_agreeing_without_a_foreign_address(void **state)
{
	(void)state;
	made_begin(&made);
	made_spend(&made, 5000, 1);
	made_change(&made, 4800, 1);
	agree("agree", "Type the word agree.");
	made_pay(&made, 100, "script 51");
	agree("agree", "Type the word agree.");
	made_fact(&made, FACT_DATA, 1)->to = "hex 00112233";
	agree("agree", "Type the word agree.");
	made_pay(&made, 0, ADDRESS_A);
	agree("f3t4", "Type the last 4 characters of the address that "
	    "receives 0.00000000 BTC.");
}

/* Nothing is folded away, however long. */
static void
test_page_lists_ten_thousand_coins(void **state)
{
	struct page p;
	const char *s;
	size_t i, n = 0;

	(void)state;
	made_begin(&made);
	for (i = 0; i < 10000; i++)
		made_spend(&made, 1000 + i, (uint32_t)i)->traits =
		    TRAIT_BIT(AMOUNT_CLAIMED);
	made_pay(&made, 50000000, ADDRESS_A);
	made_fact(&made, FACT_FEE, 4995000);
	p = page_of(NULL);
	assert_int_equal(p.nfinding, 2);
	for (s = text_of(&p, "x", 80); (s = strstr(s, "m/84'")) != NULL; s++)
		n++;
	assert_int_equal(n, 10000);
}

/* An address, put together again from its lines, is whole. */
static void
test_page_shows_every_character_of_where_money_goes(void **state)
{
	static char script[4096];
	struct page p;
	char *s, *to, *end;
	size_t i, o;

	(void)state;
	for (i = 0; i + 1 < sizeof(script); i++)
		script[i] = (char)('a' + i % 26);
	for (i = 1; i + 1 < sizeof(script); i += 61) {
		made_begin(&made);
		made_pay(&made, 1, script + i)->how = "";
		p = page_of(NULL);
		s = text_of(&p, "x", 80);
		assert_non_null(to = strstr(s, "→ "));
		assert_non_null(end = strstr(to, " ─"));
		to += strlen("→ ");
		if (strstr(to, "proven") != NULL)
			end = strstr(to, "proven");
		for (o = 0; to < end; to++)
			if (*to != ' ' && *to != '\n')
				s[o++] = *to;
		s[o] = '\0';
		assert_string_equal(s, script + i);
	}
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
		cmocka_unit_test(
		    test_page_agreeing_names_the_largest_foreign_address),
		cmocka_unit_test(
		    test_page_agreeing_without_a_foreign_address),
		cmocka_unit_test(test_page_lists_ten_thousand_coins),
		cmocka_unit_test(
		    test_page_shows_every_character_of_where_money_goes),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
