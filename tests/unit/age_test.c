/* The age format: what we write we read, and every change is seen.  That the
 * age program agrees, tests/peers/age.py says. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <sodium.h>

#include "core/keys/age.h"

#define COST AGE_COST_MIN

static uint8_t file[4096], out[4096];
static size_t nfile;
static const char text[] = "a wallet, a label, a key\n";

static void
fill(void *p, size_t n)
{
	memset(p, 0x41, n);
}

static int
setup(void **state)
{
	(void)state;
	return age_seal(span_text("correct horse"), COST, span_text(text), fill,
	    file, &nfile) == 0 ? 0 : -1;
}

static enum err
reads(const char *passphrase, size_t n)
{
	size_t got = 0;
	enum err e = age_open(span_text(passphrase), span_of(file, n), out,
	    &got);

	if (e == 0) {
		assert_int_equal(got, strlen(text));
		assert_memory_equal(out, text, got);
	}
	return e;
}

static void
test_age_round(void **state)
{
	(void)state;
	assert_memory_equal(file, "age-encryption.org/v1\n-> scrypt "
	    "QUFBQUFBQUFBQUFBQUFBQQ 10\n", 58);
	assert_int_equal(reads("correct horse", nfile), 0);
	assert_int_equal(reads("correct hors", nfile), ERR_PASSPHRASE);
	assert_int_equal(reads("", nfile), ERR_PASSPHRASE);
}

static void
test_age_every_truncation(void **state)
{
	size_t n;

	(void)state;
	for (n = 0; n < nfile; n++)
		assert_int_equal(reads("correct horse", n),
		    n < nfile - strlen(text) ? ERR_FORM : ERR_MISMATCH);
}

/* Each byte of it counts. */
static void
test_age_every_byte(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < nfile; i++) {
		file[i] ^= 1;
		assert_int_not_equal(reads("correct horse", nfile), 0);
		file[i] ^= 1;
	}
	assert_int_equal(reads("correct horse", nfile), 0);
}

static void
test_age_costs(void **state)
{
	static const char *const bad[] = { "09", "21", "1x", "99" };
	size_t i;

	(void)state;
	for (i = 0; i < 4; i++) {
		memcpy(file + 55, bad[i], 2);
		assert_true(reads("correct horse", nfile) == ERR_RANGE ||
		    i == 0 || i == 2);
		assert_int_not_equal(reads("correct horse", nfile), 0);
	}
}

static void
test_age_too_large(void **state)
{
	static uint8_t large[AGE_TEXT_MAX + 1], to[sizeof(large) + AGE_OVER];
	size_t n;

	(void)state;
	assert_int_equal(age_seal(span_text("x"), COST, SPAN_OF(large), fill,
	    to, &n), ERR_TOO_LARGE);
	assert_int_equal(age_seal(span_text("x"), COST,
	    span_of(large, AGE_TEXT_MAX), fill, to, &n), 0);
}

int
main(void)
{
#define T(fn) cmocka_unit_test_setup(fn, setup)
	const struct CMUnitTest tests[] = {
		T(test_age_round),
		T(test_age_every_truncation),
		T(test_age_every_byte),
		T(test_age_costs),
		T(test_age_too_large),
	};

	return sodium_init() < 0 ? 1 :
	    cmocka_run_group_tests_name("age", tests, NULL, NULL);
}
