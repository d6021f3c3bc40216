/* What answers are called: media/names.h. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "media/names.h"

struct row {
	const char	*file, *suffix;
	unsigned	 n;
	const char	*out;
};

static void
check_rows(const struct row *row, size_t n)
{
	char out[NAME_MAX + 1];
	size_t i;

	for (i = 0; i < n; i++) {
		assert_int_equal(name_answer(row[i].file, row[i].suffix,
		    row[i].n, out), 0);
		assert_string_equal(out, row[i].out);
	}
}

#define CHECK_ROWS(rows) check_rows((rows), sizeof(rows) / sizeof((rows)[0]))

static void
test_names_first_signer(void **state)
{
	static const struct row rows[] = {
		{ "x.psbt", "-signed.psbt", 1, "x-signed.psbt" },
		{ "x.psbt", "-signed.psbt", 2, "x-signed-2.psbt" },
		{ "x.psbt", "-signed.psbt", 3, "x-signed-3.psbt" },
		{ "x.psbt", "-final.txn", 1, "x-final.txn" },
		{ "x.psbt", "-final.txn", 2, "x-final-2.txn" },
		{ "x.PSBT", "-signed.psbt", 1, "x-signed.psbt" },
		{ "payroll-nov.Psbt", "-final.txn", 1,
		    "payroll-nov-final.txn" },
		{ "\xc3\xa9t\xc3\xa9.psbt", "-signed.psbt", 1,
		    "\xc3\xa9t\xc3\xa9-signed.psbt" },
	};

	(void)state;
	CHECK_ROWS(rows);
}

static void
test_names_later_signers(void **state)
{
	static const struct row rows[] = {
		{ "x-signed.psbt", "-signed.psbt", 1, "x-signed-2.psbt" },
		{ "x-signed.psbt", "-signed.psbt", 2, "x-signed-3.psbt" },
		{ "x-signed-2.psbt", "-signed.psbt", 1, "x-signed-3.psbt" },
		{ "x-signed-9.psbt", "-signed.psbt", 2, "x-signed-11.psbt" },
		{ "X-SIGNED.PSBT", "-signed.psbt", 1, "X-signed-2.psbt" },
		{ "x-signed.psbt", "-final.txn", 1, "x-final.txn" },
		{ "x-signed-2.psbt", "-final.txn", 1, "x-final.txn" },
		{ "x-signed-2.psbt", "-final.txn", 2, "x-final-2.txn" },
	};

	(void)state;
	CHECK_ROWS(rows);
}

/* What Monero's wallets look for at the end of a name stays there. */
static void
test_names_of_monero(void **state)
{
	static const struct row rows[] = {
		{ "unsigned_monero_tx", "signed_monero_tx", 1,
		    "signed_monero_tx" },
		{ "unsigned_monero_tx", "signed_monero_tx", 2,
		    "2_signed_monero_tx" },
		{ "1700000000_unsigned_monero_tx", "signed_monero_tx", 1,
		    "1700000000_signed_monero_tx" },
		{ "1700000000_unsigned_monero_tx", "signed_monero_tx", 3,
		    "1700000000_3_signed_monero_tx" },
		{ "pay.bin", "signed_monero_tx", 1, "pay_signed_monero_tx" },
		{ "pay.bin", "signed_monero_tx", 2,
		    "pay_2_signed_monero_tx" },
		{ "main_outputs", "_keyImages", 1, "main_keyImages" },
		{ "main_outputs", "_keyImages", 2, "main-2_keyImages" },
		{ "outputs", "_keyImages", 1, "outputs_keyImages" },
		{ "x.txt", "_keyImages", 12, "x-12_keyImages" },
	};

	(void)state;
	CHECK_ROWS(rows);
}

/* A number that we would not have written belongs to the owner's name. */
static void
test_names_foreign_numbers(void **state)
{
	static const struct row rows[] = {
		{ "x-signed-0.psbt", "-signed.psbt", 1,
		    "x-signed-0-signed.psbt" },
		{ "x-signed-07.psbt", "-signed.psbt", 1,
		    "x-signed-07-signed.psbt" },
		{ "x-signed-99999.psbt", "-signed.psbt", 1,
		    "x-signed-99999-signed.psbt" },
		{ "x-2.psbt", "-signed.psbt", 1, "x-2-signed.psbt" },
		{ "unsigned.psbt", "-signed.psbt", 1, "unsigned-signed.psbt" },
		{ "-signed.psbt", "-signed.psbt", 1, "_signed-signed.psbt" },
	};

	(void)state;
	CHECK_ROWS(rows);
}

static void
test_names_extensions(void **state)
{
	static const struct row rows[] = {
		{ "x", "-signed.psbt", 1, "x-signed.psbt" },
		{ "x.txt", "-signed.psbt", 1, "x-signed.psbt" },
		{ "x.psbt.txt", "-signed.psbt", 1, "x-signed.psbt" },
		{ "x.b64", "-signed.psbt", 1, "x-signed.psbt" },
		{ "x.", "-signed.psbt", 1, "x.-signed.psbt" },
		{ "fees v1.2", "-signed.psbt", 1, "fees v1.2-signed.psbt" },
		{ "a.longer1", "-signed.psbt", 1, "a.longer1-signed.psbt" },
		{ ".psbt", "-signed.psbt", 1, "_psbt-signed.psbt" },
		{ ".txt", "-signed.psbt", 1, "_txt-signed.psbt" },
		{ "x-signed.txt", "-signed.psbt", 1, "x-signed-2.psbt" },
	};

	(void)state;
	CHECK_ROWS(rows);
}

/* Attack 37: what a name may do once it is on the owner's other machines. */
static void
test_names_attack_37_hostile(void **state)
{
	static const struct row rows[] = {
		{ "a\nb.psbt", "-signed.psbt", 1, "a_b-signed.psbt" },
		{ "a\x1b[2Jb.psbt", "-signed.psbt", 1, "a_[2Jb-signed.psbt" },
		{ "a\x7f" "b.psbt", "-signed.psbt", 1, "a_b-signed.psbt" },
		{ "..\\..\\b.psbt", "-signed.psbt", 1, "_._.._b-signed.psbt" },
		{ "C:*?\"<>|.psbt", "-signed.psbt", 1,
		    "C_______-signed.psbt" },
		{ "\xc2\x9b" "2J.psbt", "-signed.psbt", 1, "_2J-signed.psbt" },
		{ "\xff\xfe.psbt", "-signed.psbt", 1, "__-signed.psbt" },
		{ "\xed\xa0\x80.psbt", "-signed.psbt", 1, "___-signed.psbt" },
		{ "\xc0\xaf.psbt", "-signed.psbt", 1, "__-signed.psbt" },
		{ "-rf.psbt", "-signed.psbt", 1, "_rf-signed.psbt" },
		{ "...psbt", "-signed.psbt", 1, "_.-signed.psbt" },
		{ ".hidden.psbt", "-signed.psbt", 1, "_hidden-signed.psbt" },
	};

	(void)state;
	CHECK_ROWS(rows);
}

static void
test_names_long_stem_gives_way(void **state)
{
	char file[NAME_MAX + 1], out[NAME_MAX + 1];
	size_t i;

	(void)state;
	memset(file, 'a', NAME_MAX);
	memcpy(file + NAME_MAX - 5, ".psbt", 6);
	assert_int_equal(name_answer(file, "-signed.psbt", 1, out), 0);
	assert_int_equal(strlen(out), NAME_MAX);
	assert_string_equal(out + NAME_MAX - 13, "a-signed.psbt");
	assert_int_equal(name_answer(file, "-signed.psbt", 1234, out), 0);
	assert_int_equal(strlen(out), NAME_MAX);
	assert_string_equal(out + NAME_MAX - 18, "a-signed-1234.psbt");
	/* Whole characters only: 3-byte ones leave the rest unused. */
	for (i = 0; i + 3 <= NAME_MAX; i += 3)
		memcpy(file + i, "\xe2\x82\xac", 3);
	file[i] = '\0';
	assert_int_equal(name_answer(file, "-signed.psbt", 2, out), 0);
	assert_int_equal(strlen(out), 80 * 3 + 14);
	assert_memory_equal(out + 79 * 3, "\xe2\x82\xac-signed-2.psbt", 17);
}

static void
test_names_refused(void **state)
{
	char out[NAME_MAX + 1] = "kept", file[NAME_MAX + 2];

	(void)state;
	memset(file, 'a', NAME_MAX + 1);
	file[NAME_MAX + 1] = '\0';
	assert_int_equal(name_check(""), ERR_FORM);
	assert_int_equal(name_check("."), ERR_FORM);
	assert_int_equal(name_check(".."), ERR_FORM);
	assert_int_equal(name_check("a/b"), ERR_FORM);
	assert_int_equal(name_check("/"), ERR_FORM);
	assert_int_equal(name_check(file), ERR_SPACE);
	assert_int_equal(name_check("..."), 0);
	assert_int_equal(name_check(file + 1), 0);
	assert_int_equal(name_answer("..", "-signed.psbt", 1, out), ERR_FORM);
	assert_int_equal(name_answer("../x.psbt", "-signed.psbt", 1, out),
	    ERR_FORM);
	assert_int_equal(name_answer(file, "-signed.psbt", 1, out), ERR_SPACE);
	assert_int_equal(name_answer("x.psbt", "/../../x", 1, out), ERR_FORM);
	assert_int_equal(name_answer("x.psbt", "\n.psbt", 1, out), ERR_FORM);
	assert_int_equal(name_answer("x.psbt", "", 1, out), ERR_FORM);
	assert_int_equal(name_answer("x.psbt",
	    "-aaaaaaaaaaaaaaaaaaaaaaaaaaaa.psbt", 1, out), ERR_SPACE);
	assert_int_equal(name_answer("x.psbt", "-signed.psbt", 0, out),
	    ERR_RANGE);
	assert_int_equal(name_answer("x.psbt", "-signed.psbt", 100000, out),
	    ERR_RANGE);
	assert_string_equal(out, "kept");
}

static void
test_names_of_our_own(void **state)
{
	char out[NAME_MAX + 1];

	(void)state;
	assert_int_equal(name_numbered("addresses.txt", 1, out), 0);
	assert_string_equal(out, "addresses.txt");
	assert_int_equal(name_numbered("addresses.txt", 2, out), 0);
	assert_string_equal(out, "addresses-2.txt");
	assert_int_equal(name_numbered("labels", 3, out), 0);
	assert_string_equal(out, "labels-3");
	assert_int_equal(name_numbered("a/b", 1, out), ERR_FORM);
	assert_int_equal(name_numbered("a", 0, out), ERR_RANGE);
}

/* Every pair of bytes as a name: what comes out is legal on FAT, visible and
 * one component. */
static void
test_names_every_pair_of_bytes(void **state)
{
	char file[] = "ab.psbt", out[NAME_MAX + 1];
	unsigned a, b;
	size_t i;

	(void)state;
	for (a = 1; a < 256; a++) {
		for (b = 1; b < 256; b++) {
			file[0] = (char)a;
			file[1] = (char)b;
			if (a == '/' || b == '/')
				continue;
			assert_int_equal(name_answer(file, "-signed.psbt", 1,
			    out), 0);
			assert_true(out[0] != '.' && out[0] != '-');
			for (i = 0; out[i] != '\0'; i++) {
				unsigned char c = (unsigned char)out[i];

				assert_true(c >= 0x20 && c != 0x7f);
				assert_null(strchr("\\/:*?\"<>|", c));
			}
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names_first_signer),
		cmocka_unit_test(test_names_later_signers),
		cmocka_unit_test(test_names_of_monero),
		cmocka_unit_test(test_names_foreign_numbers),
		cmocka_unit_test(test_names_extensions),
		cmocka_unit_test(test_names_attack_37_hostile),
		cmocka_unit_test(test_names_long_stem_gives_way),
		cmocka_unit_test(test_names_refused),
		cmocka_unit_test(test_names_of_our_own),
		cmocka_unit_test(test_names_every_pair_of_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
