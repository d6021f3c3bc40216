#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/passphrase.h"
#include "core/base/text.h"

static void
check(const char *in, size_t n, const char *want)
{
	char out[256];

	assert_int_equal(text_escape(span_of(in, n), out, sizeof(out)), 0);
	assert_string_equal(out, want);
}

static void
test_text_plain_passes(void **state)
{
	(void)state;
	check("payroll-nov.psbt", 16, "payroll-nov.psbt");
	check("", 0, "");
	check("! ~", 3, "! ~");
}

/* Nor can it make columns, as our own lines have them. */
static void
test_text_attack_8_no_columns(void **state)
{
	(void)state;
	check("a  b", 4, "a \\x20b");
	check(" a", 2, "\\x20a");
	check("a ", 2, "a\\x20");
	check("   ", 3, "\\x20\\x20\\x20");
	check("proven: our key", 15, "proven: our key");
}

/* Known attack 8: foreign text must not steer the terminal nor mislead. */
static void
test_text_attack_8_escapes_are_made_visible(void **state)
{
	(void)state;
	check("\x1b[2J", 4, "\\x1b[2J");
	check("a\nb\r\t", 5, "a\\x0ab\\x0d\\x09");
	check("\0x", 2, "\\x00x");
	check("\x7f\x80\xff", 3, "\\x7f\\x80\\xff");
	/* right-to-left override, no-break space, a Cyrillic look-alike */
	check("\xe2\x80\xae", 3, "\\xe2\\x80\\xae");
	check("\xc2\xa0", 2, "\\xc2\\xa0");
	check("p\xd0\xb0y", 4, "p\\xd0\\xb0y");
}

static void
test_text_two_texts_never_look_the_same(void **state)
{
	(void)state;
	check("\\x0a", 4, "\\\\x0a");
	check("\n", 1, "\\x0a");
	check("\\", 1, "\\\\");
}

static void
test_text_too_long_is_cut_and_said(void **state)
{
	char out[9];

	(void)state;
	memset(out, 'z', sizeof(out));
	assert_int_equal(text_escape(span_text("\x01\x02\x03"), out, 8),
	    ERR_SPACE);
	assert_string_equal(out, "\\x01");
	assert_int_equal(out[8], 'z');
	assert_int_equal(text_escape(span_text(""), out, 0), ERR_SPACE);
	assert_int_equal(text_escape(span_text("\x01\x02"), out, 9), 0);
	assert_string_equal(out, "\\x01\\x02");
}

static void
test_text_printable(void **state)
{
	(void)state;
	assert_true(text_is_printable(span_text("a Z~")));
	assert_true(text_is_printable(span_text("")));
	assert_false(text_is_printable(span_text("a\n")));
	assert_false(text_is_printable(span_text("\xc3\xa9")));
	assert_false(text_is_printable(span_text("\x7f")));
}

/* RFC 3629: the edges of each length, and what is no character. */
static void
test_text_characters(void **state)
{
	static const struct { const char *s; size_t n; uint32_t c; } table[] = {
		{ "a", 1, 'a' }, { "\x7f", 1, 0x7f }, { "\xc2\x80", 2, 0x80 },
		{ "\xdf\xbf", 2, 0x7ff }, { "\xe0\xa0\x80", 3, 0x800 },
		{ "\xed\x9f\xbf", 3, 0xd7ff },
		{ "\xee\x80\x80", 3, 0xe000 },
		{ "\xef\xbf\xbf", 3, 0xffff },
		{ "\xf0\x90\x80\x80", 4, 0x10000 },
		{ "\xf4\x8f\xbf\xbf", 4, 0x10ffff },
		{ "\x80", 0, 0 }, { "\xc1\xbf", 0, 0 }, { "\xc2", 0, 0 },
		{ "\xc2" "a", 0, 0 }, { "\xe0\x9f\xbf", 0, 0 },
		{ "\xed\xa0\x80", 0, 0 }, { "\xe2\x82", 0, 0 },
		{ "\xf0\x8f\xbf\xbf", 0, 0 },
		{ "\xf4\x90\x80\x80", 0, 0 },
		{ "\xf5\x80\x80\x80", 0, 0 }, { "\xff", 0, 0 },
	};
	uint32_t c;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		c = 0;
		assert_int_equal(text_character(span_text(table[i].s), 0,
		    &c), table[i].n);
		assert_int_equal(c, table[i].c);
	}
}

/* Of a vault, before any work is begun for it. */
static void
test_text_passphrase_of_a_vault(void **state)
{
	struct fault f = { 0 };

	(void)state;
	assert_int_equal(passphrase_fits(0, &f), ERR_RANGE);
	assert_int_equal(passphrase_fits(7, &f), ERR_RANGE);
	assert_string_equal(f.where, "a passphrase of 8 to 256 bytes is "
	    "needed");
	assert_int_equal(passphrase_fits(8, &f), 0);
	assert_int_equal(passphrase_fits(256, &f), 0);
	assert_int_equal(passphrase_fits(257, &f), ERR_RANGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_characters),
		cmocka_unit_test(test_text_plain_passes),
		cmocka_unit_test(test_text_attack_8_no_columns),
		cmocka_unit_test(test_text_attack_8_escapes_are_made_visible),
		cmocka_unit_test(test_text_two_texts_never_look_the_same),
		cmocka_unit_test(test_text_too_long_is_cut_and_said),
		cmocka_unit_test(test_text_printable),
		cmocka_unit_test(test_text_passphrase_of_a_vault),
	};

	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
