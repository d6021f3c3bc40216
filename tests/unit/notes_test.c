/* What the owner noted, beside what it is about: quoted, behind the bar. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/judging.h"

#include "core/review/notes.h"

static uint8_t note_mem[1 << 20];
static struct arena notes;
static struct session session;

static void
know(const struct session_label *l, size_t n)
{
	notes = (struct arena){ note_mem, sizeof(note_mem), 0 };
	session = (struct session){ .arena = &notes };
	assert_int_equal(session_set_labels(&session, &notes, l, n), 0);
	made_example(&made);
	assert_int_equal(notes_make(&session, &notes, &made.in), 0);
}

static void
test_each_thing_has_its_note(void **state)
{
	static const struct session_label l[] = {
		{ .key = "tx " TXID_B, .text = "Salary" },
		{ .key = "addr " ADDRESS_A, .text = "Rent", .from_file = true },
		{ .key = "output " TXID_B ":0", .text = "KYC" },
		{ .key = "output " TXID_B ":1", .text = "another" },
		{ .key = "addr " ADDRESS_B, .text = "old" },
		{ .key = "addr " ADDRESS_B, .text = "Shop" },
		{ .key = "key 73c5da0a", .text = "House" },
	};

	(void)state;
	know(l, sizeof(l) / sizeof(l[0]));
	assert_int_equal(session.nlabel, 6);
	assert_string_equal(made.fact[0].note, "your note: \"Shop\"");
	assert_string_equal(made.fact[1].note, "your note: \"Shop\"; your "
	    "note on the coin: \"KYC\"; your note on its transaction: "
	    "\"Salary\"");
	assert_string_equal(made.fact[2].note, "note from a file: \"Rent\"");
	assert_string_equal(made.fact[3].note, "your note: \"Shop\"");
	assert_null(made.fact[4].note);
	assert_string_equal(made.in.name[0], "House");
	assert_allowed();
}

/* Known attack 8: a note that would be a row, or end its own quotes. */
static void
test_a_note_is_never_a_row(void **state)
{
	static const struct session_label l[] = { { .key = "addr " ADDRESS_A,
	    .text = "x\"; your note: \"safe + 1.00000000 BTC" } };
	struct page_line *line;
	struct page p;
	struct hash32 h = { { 0 } };
	size_t i, n, seen = 0;

	(void)state;
	know(l, 1);
	assert_string_equal(made.fact[2].note, "your note: \"x\\x22; your "
	    "note: \\x22safe + 1.00000000 BTC\"");
	assert_allowed();
	assert_int_equal(page_make(&made.in, &got, &h, &notes, &p), 0);
	assert_int_equal(page_lines(&p, "x", PAGE_WIDTH, &notes, &line, &n),
	    0);
	for (i = 0; i < n; i++) {
		if (strstr(line[i].text, "your note") == NULL &&
		    strstr(line[i].text, "safe") == NULL)
			continue;
		assert_memory_equal(line[i].text, "    │ ",
		    strlen("    │ "));
		assert_int_equal(line[i].kind, LINE_CONTEXT);
		seen++;
	}
	assert_true(seen > 0);
}

/* What was to be kept warns; nothing that a note says lifts anything. */
static void
test_a_frozen_coin_warns(void **state)
{
	static const struct session_label l[] = {
		{ .key = "output " TXID_B ":0", .text = "", .frozen = true },
		{ .key = "addr " ADDRESS_A, .text = "allow" },
	};

	(void)state;
	know(l, 2);
	assert_string_equal(made.fact[1].note,
	    "your note on the coin: not to be spent");
	assert_only("btc.coin.frozen", LEVEL_WARN);
	assert_string_equal(got.finding[0].text, "input 1: your notes say "
	    "that this coin is not to be spent; check why you wanted to keep "
	    "it");
	made.fact[0].traits = TRAIT_BIT(INPUT_FALSE);
	judged();
	assert_int_equal(got.verdict, VERDICT_REFUSE);
}

/* Known attack 7: the gap is the owner's, within its bounds; no index is so
 * near that another account is the same. */
static void
test_the_gap_is_as_set(void **state)
{
	(void)state;
	know(NULL, 0);
	made.fact[3].key = made_key(0, 1, 31 + PATH_GAP);
	assert_allowed();
	made.fact[3].key = made_key(0, 1, 32 + PATH_GAP);
	assert_only("btc.path.gap", LEVEL_WARN);
	session.gap = 1000;
	assert_int_equal(notes_make(&session, &notes, &made.in), 0);
	assert_allowed();
	made.fact[3].key = made_key(0, 1, 32 + 1000);
	assert_only("btc.path.gap", LEVEL_WARN);
	session.gap = 20;
	made.fact[3].key = made_key(0, 1, 52);
	assert_int_equal(notes_make(&session, &notes, &made.in), 0);
	assert_only("btc.path.gap", LEVEL_WARN);
}

static void
test_keys_are_found_whole(void **state)
{
	static const struct session_label l[] = {
		{ .key = "addr b", .text = "1" },
		{ .key = "addr bc", .text = "2" },
		{ .key = "tx b", .text = "3" },
	};
	char longer[200];

	(void)state;
	know(l, 3);
	memset(longer, 'b', sizeof(longer));
	assert_string_equal(session_label(&session, "addr",
	    span_text("bc"))->text, "2");
	assert_string_equal(session_label(&session, "tx",
	    span_text("b"))->text, "3");
	assert_null(session_label(&session, "tx", span_text("bc")));
	assert_null(session_label(&session, "addr", span_text("")));
	assert_null(session_label(&session, "addr", span_of(longer, 200)));
	know(NULL, 0);
	assert_null(session_label(&session, "addr", span_text("b")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_thing_has_its_note),
		cmocka_unit_test(test_a_note_is_never_a_row),
		cmocka_unit_test(test_a_frozen_coin_warns),
		cmocka_unit_test(test_the_gap_is_as_set),
		cmocka_unit_test(test_keys_are_found_whole),
	};

	return cmocka_run_group_tests(tests, judging_setup,
	    judging_teardown);
}
