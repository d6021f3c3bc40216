/* The text of a backup: written, read in parts, and never at a loss. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "core/wire/bundle.h"

#define KINDS 16

static uint8_t mem[8192];

static size_t
parts(struct span text, struct bundle_part *p)
{
	size_t n = 0;

	while (n < KINDS && bundle_next(&text, &p[n]))
		n++;
	return n;
}

static void
is(struct span s, const char *want)
{
	assert_true(span_eq(s, span_text(want)));
}

static void
test_both_ways(void **state)
{
	struct sink s = sink_to_buf(mem, sizeof(mem));
	struct bundle_part p[KINDS];

	(void)state;
	bundle_begin(&s, BUNDLE_WALLET);
	bundle_wallet(&s, NET_MAIN, span_text("Family, old"),
	    span_text("wsh(a)#aaaaaaaa"));
	bundle_wallet(&s, NET_SIGNET, span_text(""),
	    span_text("tr(b)#bbbbbbbb\n"));
	bundle_end(&s, BUNDLE_WALLET);
	bundle_begin(&s, BUNDLE_LABELS);
	put_text(&s, "{\"a\":1}\n{\"b\":2}\n");
	bundle_end(&s, BUNDLE_LABELS);
	bundle_begin(&s, BUNDLE_RECORDS);
	put_text(&s, "BSMS 1.0\nwsh(a)\n/0/*,/1/*\nbc1q\n");
	bundle_end(&s, BUNDLE_RECORDS);
	bundle_file(&s, span_text("notes.txt"), span_text("a file\n# end of "
	    "wallets"));
	bundle_file(&s, span_text("one"), span_text("1\n"));
	put_text(&s, "more");
	assert_int_equal(s.err, 0);
	assert_int_equal(parts(span_of(mem, s.total), p), 7);
	assert_int_equal(p[0].kind, BUNDLE_WALLET);
	assert_int_equal(p[0].network, NET_MAIN);
	is(p[0].name, "Family, old");
	is(p[0].text, "# wallet main Family, old\nwsh(a)#aaaaaaaa\n");
	assert_int_equal(p[1].kind, BUNDLE_WALLET);
	assert_int_equal(p[1].network, NET_SIGNET);
	is(p[1].name, "");
	is(p[1].text, "# wallet signet \ntr(b)#bbbbbbbb\n");
	assert_int_equal(p[2].kind, BUNDLE_LABELS);
	assert_int_equal(p[2].lines, 2);
	is(p[2].text, "{\"a\":1}\n{\"b\":2}\n");
	assert_int_equal(p[3].kind, BUNDLE_RECORDS);
	assert_int_equal(p[3].lines, 4);
	assert_int_equal(p[4].kind, BUNDLE_FILE);
	is(p[4].name, "notes.txt");
	is(p[4].text, "a file\n# end of wallets\n");
	assert_int_equal(p[5].kind, BUNDLE_FILE);
	is(p[5].name, "one");
	is(p[5].text, "1\n");
	assert_int_equal(p[6].kind, BUNDLE_OTHER);
	is(p[6].text, "more");
}

/* Whatever stands there, and wherever it is cut: all of it ends. */
static void
test_other_texts(void **state)
{
	static const char *const odd[] = { "", "\n", "wsh(a)\n",
	    ("# Coldseal backup: wallets, each a descriptor with its "
	    "checksum.\n# wallet nowhere x\nwsh(a)\n# end of wallets\n"),
	    "# wallet main a\033b\nwsh(a)\n", "# wallet main\nwsh(a)\n",
	    "# Coldseal backup: labels (BIP329), a line each.\n",
	    "# end of labels\n# wallet", "# wallet main Family",
	    "# file of 3 lines: x\na\n",
	    "# file of 9999999999999999999 lines: x", "# file of : x",
	    "# file of 2 lines:",
	    "# wallet main Savings          proven: ours\nwsh(a)\n" };
	const size_t last = sizeof(odd) / sizeof(odd[0]) - 1;
	struct bundle_part p[KINDS];
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof(odd) / sizeof(odd[0]); i++)
		for (n = 0; n <= strlen(odd[i]); n++)
			assert_true(parts(span_of(odd[i], n), p) < KINDS);
	assert_int_equal(parts(span_text(odd[0]), p), 0);
	assert_int_equal(parts(span_text(odd[2]), p), 1);
	assert_int_equal(p[0].kind, BUNDLE_OTHER);
	assert_int_equal(parts(span_text(odd[3]), p), 1);
	assert_int_equal(p[0].kind, BUNDLE_OTHER);
	assert_int_equal(parts(span_text(odd[4]), p), 1);
	assert_int_equal(p[0].kind, BUNDLE_OTHER);
	assert_int_equal(parts(span_text(odd[last]), p), 1);
	assert_int_equal(p[0].kind, BUNDLE_OTHER);
	assert_int_equal(parts(span_text(odd[5]), p), 1);
	assert_int_equal(p[0].kind, BUNDLE_WALLET);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_both_ways),
		cmocka_unit_test(test_other_texts),
	};

	return cmocka_run_group_tests_name("the text of a backup", tests,
	    NULL, NULL);
}
