/*
 * tui_pages.h - pages made by hand, as the clerk would draw them up.
 *
 *	source	design, section 6 (the example)
 *	shapes	struct page in the arena given
 *	units	satoshi
 *	owns	nothing
 *	errors	asserts
 *	secrets	none
 *	tests	used by tui_play.h
 */
#ifndef TESTS_UNIT_TUI_PAGES_H
#define TESTS_UNIT_TUI_PAGES_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "core/review/page.h"

static inline struct num
sat(uint64_t v)
{
	return num_of(v);
}

static const char pay_to[] = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
static const char change_to[] = "bcrt1qcr8te4kr609gcawutmrza0j4xv80jy8zeqchgx";

static inline void
page_totals(struct page *p)
{
	p->total[TOTAL_IN] = (struct total){ true, sat(61200000),
	    KNOWN_PROVEN };
	p->total[TOTAL_CHANGE] = (struct total){ true, sat(21188600),
	    KNOWN_PROVEN };
	p->total[TOTAL_PAY] = (struct total){ true, sat(40000000),
	    KNOWN_PROVEN };
	p->total[TOTAL_FEE] = (struct total){ true, sat(11400),
	    KNOWN_PROVEN };
}

/* Two coins in, one payment, change, a fee: the design's example. */
static inline struct page
page_example(struct arena *a, size_t ninputs)
{
	struct page p = { .job = "bitcoin psbt", .title = "PSBT",
	    .ledger = "BITCOIN", .network = "regtest", .unit = "sat",
	    .coin = "BTC", .decimals = 8, .nfpr = 1,
	    .rate = "54.5 sat/vB, 0.03 % of the payment",
	    .fpr = { { { 0x73, 0xc5, 0xda, 0x0a } } } };
	size_t i;

	p.plan.n = ninputs;
	p.plan.row = arena_new(a, struct plan_row, ninputs);
	p.nrow = ninputs + 3;
	p.row = arena_new(a, struct page_row, p.nrow);
	assert_non_null(p.row);
	for (i = 0; i < ninputs; i++)
		p.row[i] = (struct page_row){ .mark = '-',
		    .kind = FACT_SPEND, .ours = true, .has_amount = true,
		    .amount = sat(61200000 / ninputs), .index = (uint32_t)i,
		    .known = KNOWN_PROVEN, .to = "", .how = "previous tx",
		    .fpr = p.fpr[0], .path = "m/84'/1'/0'/0/12",
		    .ref = "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab"
		    "2127b7afdeda33b:1" };
	p.row[i++] = (struct page_row){ .mark = '!', .kind = FACT_PAY,
	    .has_amount = true, .amount = sat(40000000),
	    .known = KNOWN_PROVEN, .to = pay_to, .path = "", .ref = "",
	    .how = "" };
	p.row[i++] = (struct page_row){ .mark = '+', .kind = FACT_CHANGE,
	    .ours = true, .has_amount = true, .amount = sat(21188600),
	    .index = 1, .known = KNOWN_PROVEN, .to = change_to,
	    .fpr = p.fpr[0], .path = "m/84'/1'/0'/1/8", .ref = "",
	    .how = "our key" };
	p.row[i] = (struct page_row){ .mark = ' ', .kind = FACT_FEE,
	    .has_amount = true, .amount = sat(11400),
	    .known = KNOWN_PROVEN, .to = "", .path = "", .ref = "",
	    .how = "" };
	p.agree_row = ninputs;
	page_totals(&p);
	return p;
}

/* Words to be signed: no coin, no sum. */
static inline struct page
page_words(struct arena *a)
{
	struct page p = { .job = "bitcoin message", .title = "MESSAGE",
	    .ledger = "BITCOIN", .network = "regtest", .unit = "sat",
	    .coin = "BTC", .decimals = 8, .nfpr = 1, .rate = "", .nrow = 3,
	    .fpr = { { { 0x73, 0xc5, 0xda, 0x0a } } } };
	size_t i;

	p.row = arena_new(a, struct page_row, p.nrow);
	assert_non_null(p.row);
	for (i = 0; i < p.nrow; i++)
		p.row[i] = (struct page_row){ .mark = ' ', .index = i > 0,
		    .kind = FACT_MESSAGE, .known = KNOWN_PROVEN, .to = "",
		    .path = "", .ref = "", .how = "" };
	p.row[0].to = "I own this address, and have done so since the autumn "
	    "of the year 2019.";
	p.row[1].to = pay_to;
	p.row[1].path = "m/84'/1'/0'/0/4";
	p.row[1].how = "our key";
	p.row[2].to = "BIP322 simple";
	p.agree_row = p.nrow;
	return p;
}

/* A wallet to be registered: nothing to sign, nothing to write. */
static inline struct page
page_wallet(struct arena *a)
{
	static const char *const text[] = {
		"wallet Family vault, of a Coldcard file",
		"P2WSH, keys sorted: any 2 of A, B, C",
		"A (yours) = [73c5da0a/48h/1h/0h/2h]tpubDFH9dgzveyD8zTbPUFu",
	};
	struct page p = page_words(a);
	size_t i;

	p.job = "bitcoin wallet";
	p.title = "WALLET";
	for (i = 0; i < p.nrow; i++)
		p.row[i] = (struct page_row){ .mark = ' ',
		    .index = (uint32_t)i, .kind = FACT_IMPORT,
		    .known = i == 0 ? KNOWN_CLAIMED : KNOWN_PROVEN,
		    .to = text[i], .path = "", .ref = "", .how = "" };
	return p;
}

static inline void
page_finding(struct page *p, struct arena *a, const char *code,
    enum level level, const char *text)
{
	struct finding *f = arena_new(a, struct finding, p->nfinding + 1);

	assert_non_null(f);
	if (p->nfinding > 0)
		memcpy(f, p->finding, p->nfinding * sizeof(*f));
	f[p->nfinding++] = (struct finding){ code, level, text };
	p->finding = f;
	if (level == LEVEL_REFUSE)
		p->verdict = VERDICT_REFUSE;
	else if (level == LEVEL_WARN && p->verdict == VERDICT_ALLOW)
		p->verdict = VERDICT_WARN;
}

/* The same with n payments before it, each a little smaller. */
static inline void
page_crowd(struct page *p, struct arena *a, size_t n)
{
	struct page_row *row = arena_new(a, struct page_row, p->nrow + n);
	size_t i;

	assert_non_null(row);
	for (i = 0; i < n; i++)
		row[i] = (struct page_row){ .mark = '!', .kind = FACT_PAY,
		    .has_amount = true, .amount = sat(1000 + i),
		    .index = (uint32_t)i + 2, .known = KNOWN_PROVEN,
		    .to = change_to, .path = "", .ref = "", .how = "" };
	memcpy(row + n, p->row, p->nrow * sizeof(*row));
	p->row = row;
	p->nrow += n;
	p->agree_row += n;
}

#endif
