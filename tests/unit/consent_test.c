#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/wire/consent.h"
#include "tests/unit/intents.h"

static struct made made;
static uint8_t mem[1 << 16], bytes[1 << 14];
static struct arena arena;
static const struct hash32 file = { { 1 } };

static struct page
motley(void)
{
	const struct hash32 session = { { 2 } };
	struct judgement j;
	struct page p;

	arena = (struct arena){ mem, sizeof(mem), 0 };
	made_motley(&made);
	assert_int_equal(judge(&made.in, &arena, &j), 0);
	assert_int_equal(page_make(&made.in, &j, &session, &arena, &p), 0);
	return p;
}

/* The bytes stay the same: what else the digest covers is told apart. */
static struct hash32
digest(const struct page *p)
{
	struct hash32 h;

	consent_digest(&file, p, span_text("the page's bytes"), &h);
	return h;
}

static void
assert_other(const struct page *p, const struct hash32 *was)
{
	struct hash32 now = digest(p);

	assert_memory_not_equal(now.b, was->b, sizeof(now.b));
}

static void
test_consent_is_the_same_for_clerk_and_front(void **state)
{
	struct page p = motley(), q;
	struct sink s = sink_to_buf(bytes, sizeof(bytes));
	struct hash32 a, b;

	(void)state;
	page_put(&p, &s);
	assert_int_equal(s.err, 0);
	consent_digest(&file, &p, span_of(bytes, s.total), &a);
	assert_int_equal(page_read(span_of(bytes, s.total), &arena, &q), 0);
	consent_digest(&file, &q, span_of(bytes, s.total), &b);
	assert_memory_equal(a.b, b.b, sizeof(a.b));
}

static void
test_consent_covers_the_file_and_the_page(void **state)
{
	const struct hash32 other = { { 0, 1 } };
	struct page p = motley();
	struct hash32 a = digest(&p), b;

	(void)state;
	consent_digest(&other, &p, span_text("the page's bytes"), &b);
	assert_memory_not_equal(a.b, b.b, sizeof(a.b));
	consent_digest(&file, &p, span_text("the page's byte"), &b);
	assert_memory_not_equal(a.b, b.b, sizeof(a.b));
	consent_digest(&file, &p, span_text("the page's bytez"), &b);
	assert_memory_not_equal(a.b, b.b, sizeof(a.b));
}

static void
test_consent_covers_session_network_and_keys(void **state)
{
	struct page good = motley(), p = good;
	struct hash32 was = digest(&good);

	(void)state;
	p.session.b[31] ^= 1;
	assert_other(&p, &was);
	p = good;
	p.network = "testnet";
	assert_other(&p, &was);
	p = good;
	p.fpr[0].b[3] ^= 1;
	assert_other(&p, &was);
	p = good;
	p.nfpr = 2;
	assert_other(&p, &was);
}

static void
test_consent_covers_every_warning(void **state)
{
	struct page good = motley(), p = good;
	struct hash32 was = digest(&good);
	const char *code;
	size_t i, warnings = 0;

	(void)state;
	for (i = 0; i < p.nfinding; i++) {
		if (p.finding[i].level != LEVEL_WARN)
			continue;
		code = p.finding[i].code;
		p.finding[i].code = "btc.other";
		assert_other(&p, &was);
		p.finding[i].code = code;
		p.finding[i].level = LEVEL_NOTE;
		assert_other(&p, &was);
		p.finding[i].level = LEVEL_WARN;
		warnings++;
	}
	assert_true(warnings > 3);
	was = digest(&good);
	p.finding[0].code = "btc";		/* and not "btc" "x" */
	assert_other(&p, &was);
}

static void
test_consent_covers_the_plan(void **state)
{
	struct page p = motley();
	struct hash32 was = digest(&p);

	(void)state;
	p.plan.row[0].count++;
	assert_other(&p, &was);
	p.plan.row[0].count--;
	p.plan.row[0].key.path.e[4]++;
	assert_other(&p, &was);
	p.plan.row[0].key.path.e[4]--;
	p.plan.row[0].key.fpr.b[0]++;
	assert_other(&p, &was);
	p.plan.row[0].key.fpr.b[0]--;
	p.plan.n = 0;
	assert_other(&p, &was);
}

/* The words, by hand: a second machine must come to the same digest. */
static void
test_consent_is_what_its_description_says(void **state)
{
	struct page p = { .network = "mainnet", .nfpr = 1,
	    .fpr = { made_fpr } };
	struct finding f[] = { { "btc.a", LEVEL_REFUSE, "" },
	    { "btc.b", LEVEL_WARN, "" }, { "btc.c", LEVEL_NOTE, "" } };
	struct sink s = sink_to_buf(bytes, sizeof(bytes));
	struct hash32 want, got;
	const uint8_t zero[32] = { 0 };

	(void)state;
	p.finding = f;
	p.nfinding = 3;
	put_block(&s, span_text("coldseal-consent-1"));
	put_span(&s, SPAN_OF(file.b));
	put_span(&s, SPAN_OF(zero));
	put_block(&s, span_text("mainnet"));
	put_u32le(&s, 1);
	put_span(&s, SPAN_OF(made_fpr.b));
	put_block(&s, span_text("page"));
	put_u32le(&s, 1);
	put_block(&s, span_text("btc.b"));
	put_u32le(&s, 0);
	sha256(span_of(bytes, s.total), &want);
	consent_digest(&file, &p, span_text("page"), &got);
	assert_memory_equal(want.b, got.b, sizeof(got.b));
}

static enum err
reread(const struct plan *p, struct plan *out)
{
	struct sink s = sink_to_buf(bytes, sizeof(bytes));
	struct reader r;
	enum err e;

	arena = (struct arena){ mem, sizeof(mem), 0 };
	put_plan(&s, p);
	r = reader_of(span_of(bytes, s.total));
	e = read_plan(&r, &arena, out);
	return e != 0 ? e : reader_done(&r);
}

static void
test_plan_round_trip(void **state)
{
	struct plan_row row[] = { { .key = made_key(0, 0, 1), .count = 1 },
	    { .key = made_key(0, 0, 2), .count = 100000 },
	    { .key = made_key(0, 1, 0), .count = 3 } };
	struct plan p = { .n = 3, .row = row }, q;
	size_t i;

	(void)state;
	assert_int_equal(reread(&p, &q), 0);
	assert_int_equal(q.n, 3);
	for (i = 0; i < 3; i++) {
		assert_int_equal(keyref_cmp(&q.row[i].key, &row[i].key), 0);
		assert_int_equal(q.row[i].count, row[i].count);
	}
	p.n = 0;
	assert_int_equal(reread(&p, &q), 0);
	assert_int_equal(q.n, 0);
}

static void
test_plan_that_is_odd_is_refused(void **state)
{
	struct plan_row row[] = { { .key = made_key(0, 0, 1), .count = 1 },
	    { .key = made_key(0, 0, 2), .count = 2 } };
	struct plan p = { .n = 2, .row = row }, q;

	(void)state;
	row[0].count = 0;
	assert_int_equal(reread(&p, &q), ERR_RANGE);
	row[0].count = 100001;
	assert_int_equal(reread(&p, &q), ERR_RANGE);
	row[0].count = 1;
	row[1].key = row[0].key;
	assert_int_equal(reread(&p, &q), ERR_FORM);
	row[1].key.path.e[4] = 0;
	assert_int_equal(reread(&p, &q), ERR_FORM);
	row[1].key.path.e[4] = 2;
	assert_int_equal(reread(&p, &q), 0);
}

static void
test_plan_every_truncation_is_refused(void **state)
{
	struct plan_row row[] = { { .key = made_key(0, 0, 1), .count = 1 },
	    { .key = made_key(0, 0, 2), .count = 2 } };
	struct plan p = { .n = 2, .row = row }, q;
	struct sink s = sink_to_buf(bytes, sizeof(bytes));
	struct reader r;
	size_t i;

	(void)state;
	put_plan(&s, &p);
	for (i = 0; i < s.total; i++) {
		r = reader_of(span_of(bytes, i));
		assert_int_not_equal(read_plan(&r, &arena, &q), 0);
		assert_true(r.err == ERR_SHORT || r.err == ERR_RANGE);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_consent_is_the_same_for_clerk_and_front),
		cmocka_unit_test(test_consent_covers_the_file_and_the_page),
		cmocka_unit_test(
		    test_consent_covers_session_network_and_keys),
		cmocka_unit_test(test_consent_covers_every_warning),
		cmocka_unit_test(test_consent_covers_the_plan),
		cmocka_unit_test(test_consent_is_what_its_description_says),
		cmocka_unit_test(test_plan_round_trip),
		cmocka_unit_test(test_plan_that_is_odd_is_refused),
		cmocka_unit_test(test_plan_every_truncation_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
