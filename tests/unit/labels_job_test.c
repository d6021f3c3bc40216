/* Lists of labels: read line by line, refused by line, shown whole. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/base/limits.h"
#include "core/chain/labels/labels.h"
#include "core/job/table.h"
#include "core/review/page.h"
#include "core/wire/bip329.h"

#define TXID "f91d0a8a78462bc59398f2c5d7a84fcff491c26ba54c4833478b202796c8aafd"
#define ADDR "bc1q34aq5drpuwy3wgl9lhup9892qp6svr8ldzyy7c"
#define XMR "4AfUP827TeRZ1cck3tZThgZbRCEwBrpcJTkA1LCiyFVuMH4b5y59bKMZHGb9y58" \
	"K3gSjWDCBsB4RkGsGDhsmMG5R2qmbLeW"

#define LIST \
	"{ \"type\": \"tx\", \"ref\": \"" TXID "\", \"label\": \"Pay\", " \
	"\"origin\": \"wpkh([d34db33f/84'/0'/0'])\", \"height\": 12 }\n" \
	"{\"type\":\"addr\",\"ref\":\"" ADDR "\",\"label\":\"caf\\u00e9 " \
	"\\ud83d\\ude00 \xc3\xbc\\n\"}\r\n" \
	"\n" \
	"{\"type\":\"addr\",\"ref\":\"" XMR "\",\"label\":\"donation\"}\n" \
	"{\"type\":\"output\",\"ref\":\"" TXID ":1\",\"spendable\":false}\n" \
	"{\"type\":\"output\",\"ref\":\"" TXID ":2\",\"spendable\":true}\n" \
	"{\"type\":\"spscan\",\"ref\":\"x\",\"label\":\"later\"}\n" \
	"{\"type\":\"input\",\"ref\":\"" TXID ":0\",\"label\":\"in\"}\n" \
	"{\"type\":\"input\",\"ref\":\"" TXID ":0\",\"label\":\"in 2\"}"

static uint8_t mem[8 << 20], session_mem[4 << 20];
static struct arena arena, memory;
static struct session session;

static int
begin(void **state)
{
	(void)state;
	arena = (struct arena){ mem, sizeof(mem), 0 };
	memory = (struct arena){ session_mem, sizeof(session_mem), 0 };
	session = (struct session){ .arena = &memory };
	return 0;
}

static enum err
read_it(const char *text, struct labels_req *q, struct fault *f)
{
	*f = (struct fault){ 0 };
	return labels_read(span_text(text), &arena, q, f);
}

static void
test_read(void **state)
{
	struct labels_req q;
	struct fault f;

	(void)state;
	assert_ptr_equal(job_sniff(span_text(LIST)), &labels_job);
	assert_int_equal(read_it(LIST, &q, &f), 0);
	assert_int_equal(q.n, 5);
	assert_int_equal(q.other, 1);
	assert_int_equal(q.empty, 1);
	assert_int_equal(q.twice, 1);
	assert_string_equal(q.l[0].key, "addr " XMR);
	assert_string_equal(q.l[1].text,
	    "caf\\xc3\\xa9 \\xf0\\x9f\\x98\\x80 \\xc3\\xbc\\x0a");
	assert_string_equal(q.l[2].text, "in 2");
	assert_string_equal(q.l[3].key, "output " TXID ":1");
	assert_int_equal(q.l[3].flags, LABEL_FROM_FILE | LABEL_FROZEN |
	    LABEL_SPENDABLE_SAID);
	assert_string_equal(q.l[4].origin, "wpkh([d34db33f/84'/0'/0'])");
}

#define LINE(type, ref, more) "{\"type\":\"" type "\",\"ref\":\"" ref "\"" \
	more "}"

static void
test_refused_by_line(void **state)
{
	static const struct { const char *line, *where; enum err e; } bad[] = {
		{ "x", "line 2: the JSON", ERR_FORM },
		{ LINE("addr", ADDR, ",\"label\":1"), "line 2: its label",
		    ERR_FORM },
		{ LINE("addr", ADDR, ",\"label\":\"\\ud800\""),
		    "line 2: its label", ERR_FORM },
		{ LINE("addr", ADDR, ",\"label\":\"\\udc00x\""),
		    "line 2: its label", ERR_FORM },
		{ LINE("addr", ADDR, ",\"label\":\"\xff\""),
		    "line 2: its label", ERR_FORM },
		{ LINE("addr", ADDR, ",\"label\":\"a\",\"label\":\"b\""),
		    "line 2: its label", ERR_DUPLICATE },
		{ LINE("addr", "bc1q \\\" 1.0 BTC", ""), "line 2: its ref",
		    ERR_FORM },
		{ LINE("tx", "12", ",\"label\":\"a\""), "line 2: its ref",
		    ERR_FORM },
		{ LINE("output", TXID, ",\"label\":\"a\""),
		    "line 2: its ref", ERR_FORM },
		{ LINE("output", TXID ":0", ",\"spendable\":\"false\""),
		    "line 2: whether it is spendable", ERR_FORM },
		{ "{\"ref\":\"" ADDR "\"}", "line 2: its type", ERR_MISSING },
		{ "{\"type\":\"addr\"}", "line 2: its ref", ERR_MISSING },
	};
	char text[1024];
	struct labels_req q;
	struct fault f;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		arena.used = 0;
		(void)snprintf(text, sizeof(text), "\n%s\n%s\n", bad[i].line,
		    LINE("addr", ADDR, ""));
		assert_int_equal(read_it(text, &q, &f), bad[i].e);
		assert_string_equal(f.where, bad[i].where);
		assert_int_equal(f.at, 1);
	}
}

static void
test_bounds(void **state)
{
	static char big[(LIMIT_LABELS + 1) * 100], text[600];
	char label[300];
	struct labels_req q;
	struct fault f;
	size_t i, n = 0;

	(void)state;
	memset(label, 'x', sizeof(label));
	for (i = LABEL_RAW_MAX; i <= LABEL_RAW_MAX + 1; i++) {
		(void)snprintf(text, sizeof(text), LINE("addr", ADDR,
		    ",\"label\":\"%.*s\""), (int)i, label);
		assert_int_equal(read_it(text, &q, &f), i == LABEL_RAW_MAX ?
		    ERR_NONE : ERR_RANGE);
	}
	for (i = 0; i <= LIMIT_LABELS; i++)
		n += (size_t)snprintf(big + n, sizeof(big) - n,
		    LINE("addr", "bc1qqqqqqqqqqqqq%05zu", ",\"label\":\"x\"")
		    "\n", i);
	arena.used = 0;
	assert_int_equal(read_it(big, &q, &f), ERR_RANGE);
	assert_string_equal(f.where, "line 8193: more than 8192 labels");
	big[n - 1] = '\0';
	*strrchr(big, '\n') = '\0';
	arena.used = 0;
	assert_int_equal(read_it(big, &q, &f), 0);
	assert_int_equal(q.n, LIMIT_LABELS);
}

static void
test_each_byte(void **state)
{
	static char copy[sizeof(LIST)];
	struct labels_req q;
	struct fault f;
	size_t i, k, n;

	(void)state;
	for (i = 0; i < sizeof(LIST) - 1; i++)
		for (k = 0; k < 8; k++) {
			arena.used = 0;
			memcpy(copy, LIST, sizeof(LIST));
			copy[i] = (char)(copy[i] ^ 1 << k);
			n = k == 7 ? i : sizeof(LIST) - 1;
			if (labels_sniff(span_of(copy, n)) && labels_read(
			    span_of(copy, n), &arena, &q, &f) == 0)
				assert_true(q.n <= 7);
		}
}

static void
page_of(const char *text, void **req, struct page *p)
{
	struct pubring ring = pubring_in(&arena);
	struct intent in = { 0 };
	struct judgement j;
	struct hash32 h = { { 0 } };
	struct fault f;

	assert_int_equal(labels_job.parse(&arena, span_text(text), &ring,
	    NULL, req, &f), 0);
	assert_int_equal(labels_job.intend(*req, &ring, &session, NULL,
	    &arena, &in, &f), 0);
	assert_int_equal(judge(&in, &arena, &j), 0);
	assert_int_equal(page_make(&in, &j, &h, &arena, p), 0);
	assert_int_equal(p->verdict, VERDICT_ALLOW);
	assert_int_equal(p->plan.n, 0);
}

/* Every label that is new stands on the page, and what it replaces. */
static void
test_page_and_learnt(void **state)
{
	static const struct session_label had[] = {
		{ .key = "addr " ADDR, .text = "my \"own\"" },
		{ .key = "addr " XMR, .text = "donation" },
	};
	struct page p;
	void *req;

	(void)state;
	assert_int_equal(session_set_labels(&session, &memory, had, 2), 0);
	page_of(LIST, &req, &p);
	assert_int_equal(p.nrow, 9);
	assert_string_equal(p.row[0].to, "a list of 5 labels: 1 of a "
	    "transaction, 2 of addresses, 1 of an input, 1 of a coin");
	assert_string_equal(p.row[1].to, "1 of them is as it is here already");
	assert_string_equal(p.row[5].to, "addr " ADDR ": \"caf\\xc3\\xa9 "
	    "\\xf0\\x9f\\x98\\x80 \\xc3\\xbc\\x0a\" in place of your \"my "
	    "\\x22own\\x22\"");
	assert_string_equal(p.row[7].to, "output " TXID ":1: no label, not to "
	    "be spent");
	assert_int_equal(labels_job.learn(req, &session), 0);
	assert_int_equal(session.nlabel, 5);
	page_of(LIST, &req, &p);
	assert_string_equal(p.row[1].to, "5 of them are as they are here "
	    "already");
	assert_int_equal(p.nrow, 5);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_read, begin),
		cmocka_unit_test_setup(test_refused_by_line, begin),
		cmocka_unit_test_setup(test_bounds, begin),
		cmocka_unit_test_setup(test_each_byte, begin),
		cmocka_unit_test_setup(test_page_and_learnt, begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
