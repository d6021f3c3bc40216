/* What the owner reads and types: lines, the head, marks, the last question. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "tests/unit/intents.h"
#include "tests/unit/page_shown.h"

#define MEM ((size_t)1 << 26)

static struct made made;
static struct arena arena;

static int
setup(void **state)
{
	(void)state;
	arena = (struct arena){ malloc(MEM), MEM, 0 };
	return arena.base != NULL ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	free(arena.base);
	return 0;
}

/* Of what was made by hand, as it stands. */
static struct page
page_now(void)
{
	const struct hash32 session = { { 7 } };
	struct judgement j;
	struct page p;

	arena.used = 0;
	assert_int_equal(judge(&made.in, &arena, &j), 0);
	assert_int_equal(page_make(&made.in, &j, &session, &arena, &p), 0);
	return p;
}

static char *
text_now(void)
{
	struct page p = page_now();

	return shown(&p, "x", PAGE_WIDTH, &arena);
}

static void
agree(const char *word, const char *prompt)
{
	struct page p = page_now();
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
	agree("f3t4", "Type the last 4 characters of the first address that "
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

/* Findings say "input 1", "output 0"; which row that is stands beside it. */
static void
test_page_rows_have_their_numbers(void **state)
{
	const char *text;

	(void)state;
	made_example(&made);
	text = text_now();
	assert_non_null(strstr(text, " - #1  0.11200000 BTC"));
	assert_non_null(strstr(text, " ! #0  0.40000000 BTC"));
	assert_non_null(strstr(text, " + #1  0.21188600 BTC"));
	made_fact(&made, FACT_TIMING, 77)->to = "not before block 9";
	assert_null(strstr(text_now(), "#77"));
}

/* Of which key a path is stands there where the head leaves that open. */
static void
test_page_paths_name_their_key_among_several(void **state)
{
	(void)state;
	made_example(&made);
	assert_null(strstr(text_now(), "73c5da0a/"));
	made.in.fpr[made.in.nfpr++] = (struct fpr){ { 1, 2, 3, 4 } };
	made.fact[1].key.fpr = made.in.fpr[1];
	assert_non_null(strstr(text_now(), "73c5da0a/84'/0'/0'/0/12 "));
	assert_non_null(strstr(text_now(), "01020304/84'/0'/0'/0/31 "));
	made_example(&made);
	made.fact[1].key.fpr = (struct fpr){ { 9, 9, 9, 9 } };
	assert_non_null(strstr(text_now(), " m/84'/0'/0'/0/12 "));
	assert_non_null(strstr(text_now(), "09090909/84'/0'/0'/0/31 "));
}

/* Two of the same: the question says which; an amount may be unknown. */
static void
test_page_agreeing_among_equals(void **state)
{
	(void)state;
	made_example(&made);
	made_pay(&made, 40000000, "script 51");	/* has no end to type */
	agree("f3t4", "Type the last 4 characters of the address that "
	    "receives 0.40000000 BTC.");
	made_begin(&made);
	made_pay(&made, 0, ADDRESS_A)->has_amount = false;
	agree("f3t4", "Type the last 4 characters of the address that "
	    "receives an unknown amount of BTC.");
	made_pay(&made, 0, ADDRESS_LONG);
	agree("f3t4", "Type the last 4 characters of the address that "
	    "receives an unknown amount of BTC.");
	made_pay(&made, 0, ADDRESS_B)->has_amount = false;
	agree("f3t4", "Type the last 4 characters of the first address that "
	    "receives an unknown amount of BTC.");
}

/* Of "\\x1b" and "\\\\"; whatever else is whole is of one byte. */
static size_t
escape_length(const char *s)
{
	if (s[0] != '\\')
		return 1;
	assert_true(s[1] == 'x' || s[1] == '\\');
	return s[1] == 'x' ? 4 : 2;
}

/* The first line: however long the name, both its ends and no half of an
 * escape. */
static void
test_page_head_cuts_between_characters(void **state)
{
	const char *at, *cut;
	char name[1024], *text, *end;
	struct page p;
	struct sink s;
	size_t i, k;

	(void)state;
	made_example(&made);
	p = page_now();
	for (i = 0; i < 4; i++) {
		s = sink_to_buf((uint8_t *)name, sizeof(name));
		for (k = 0; k < i; k++)
			put_text(&s, "a");
		for (k = 0; k < 40; k++)
			put_text(&s, k % 3 == 2 ? "\\\\" : "\\x1b");
		put_u8(&s, 0);
		text = shown(&p, name, PAGE_WIDTH, &arena);
		assert_non_null(cut = strstr(text, "…"));
		assert_non_null(end = strstr(cut, "   BITCOIN"));
		for (at = text + strlen(" PSBT  ") + i; at < cut; )
			at += escape_length(at);
		assert_ptr_equal(at, cut);
		for (at = cut + strlen("…"); at < end; )
			at += escape_length(at);
		assert_ptr_equal(at, end);
	}
}

static void
test_page_head_with_eight_keys(void **state)
{
	char *text, *line;

	(void)state;
	made_example(&made);
	for (made.in.nfpr = 0; made.in.nfpr < FPR_MAX; made.in.nfpr++)
		made.in.fpr[made.in.nfpr] = (struct fpr){ { 0x10, 0x20, 0x30,
		    (uint8_t)made.in.nfpr } };
	text = text_now();
	assert_non_null(line = strstr(text, " BITCOIN mainnet   keys "));
	assert_non_null(strstr(line, "10203000"));
	assert_non_null(strstr(line, "10203007"));
}

/* Sums say how well they are known, however long the number. */
static void
test_page_sums_keep_their_mark(void **state)
{
	const struct num half = { { 0, 0, 0, (uint64_t)1 << 62 } };
	char *text;

	(void)state;
	made_begin(&made);
	made_spend(&made, 0, 1)->amount = half;
	made.fact[0].known = KNOWN_CLAIMED;
	made_change(&made, 5, 1);
	text = text_now();
	assert_non_null(text = strstr(text, " --- before"));
	assert_non_null(text = strstr(text, " claimed\n"));
	assert_non_null(text = strstr(text, " +++ after"));
	assert_non_null(text = strstr(text, " proven\n"));
	assert_non_null(text = strstr(text, " leaves you: "));
	assert_non_null(strstr(text, ", claimed"));
	assert_non_null(strstr(text, " allow\n"));
}

/* A coin that nothing is known of may be anybody's: no gain is promised. */
static void
test_page_unknown_coin_is_nobodys(void **state)
{
	struct fact *f;
	char *text;

	(void)state;
	made_begin(&made);
	f = made_fact(&made, FACT_SPEND, 0);
	f->has_amount = false;
	f->known = KNOWN_UNKNOWN;
	f->ref = TXID_A ":1";
	made_change(&made, 1000, 1);
	text = text_now();
	assert_non_null(strstr(text, "unknown BTC  owner unknown"));
	assert_non_null(strstr(text, "leaves you: unknown"));
	assert_null(strstr(text, "comes to you"));
	f->has_amount = true;
	f->amount = num_of(2000);
	f->known = KNOWN_PROVEN;
	text = text_now();
	assert_non_null(strstr(text, "0.00002000 BTC  not yours"));
	assert_non_null(strstr(text, "comes to you: 0.00001000 BTC"));
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
	p = page_now();
	assert_int_equal(p.nfinding, 2);
	s = shown(&p, "x", PAGE_WIDTH, &arena);
	for (; (s = strstr(s, "m/84'")) != NULL; s++)
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
		p = page_now();
		s = shown(&p, "x", PAGE_WIDTH, &arena);
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
		cmocka_unit_test(test_page_rows_have_their_numbers),
		cmocka_unit_test(test_page_paths_name_their_key_among_several),
		cmocka_unit_test(
		    test_page_agreeing_names_the_largest_foreign_address),
		cmocka_unit_test(test_page_agreeing_without_a_foreign_address),
		cmocka_unit_test(test_page_agreeing_among_equals),
		cmocka_unit_test(test_page_head_cuts_between_characters),
		cmocka_unit_test(test_page_head_with_eight_keys),
		cmocka_unit_test(test_page_sums_keep_their_mark),
		cmocka_unit_test(test_page_unknown_coin_is_nobodys),
		cmocka_unit_test(test_page_lists_ten_thousand_coins),
		cmocka_unit_test(
		    test_page_shows_every_character_of_where_money_goes),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
