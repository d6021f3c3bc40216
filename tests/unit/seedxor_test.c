/* Seed XOR: the published example, and what is refused. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "core/keys/seedxor.h"

static const char *const part[3] = {
	"romance wink lottery autumn shop bring dawn tongue range crater truth "
	"ability miss spice fitness easy legal release recall obey exchange "
	"recycle dragon room",
	"lion misery divide hurry latin fluid camp advance illegal lab pyramid "
	"unaware eager fringe sick camera series noodle toy crowd jeans select "
	"depth lounge",
	"vault nominee cradle silk own frown throw leg cactus recall talent "
	"worry gadget surface shy planet purpose coffee drip few seven term "
	"squeeze educate",
};
static const char whole[] = "silent toe meat possible chair blossom wait occur "
    "this worth option bag nurse find fish scene bench asthma bike wage world "
    "quit primary indoor";

static struct mnemonic
words(const char *text)
{
	struct mnemonic m = { 0 };
	size_t bad;

	assert_int_equal(bip39_parse(span_text(text), &m, &bad), 0);
	return m;
}

static void
test_seedxor_example(void **state)
{
	struct mnemonic m[3], got;
	char text[BIP39_TEXT_MAX];
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++)
		m[i] = words(part[i]);
	assert_int_equal(seedxor_join(m, 3, &got), 0);
	bip39_text(&got, text);
	assert_string_equal(text, whole);
	/* Any part is the sum of the others and the whole. */
	m[1] = got;
	assert_int_equal(seedxor_join(m, 3, &got), 0);
	bip39_text(&got, text);
	assert_string_equal(text, part[1]);
}

static void
test_seedxor_refused(void **state)
{
	struct mnemonic m[9], got;
	size_t i;

	(void)state;
	for (i = 0; i < 9; i++)
		m[i] = words(part[i % 3]);
	assert_int_equal(seedxor_join(m, 1, &got), ERR_RANGE);
	assert_int_equal(seedxor_join(m, 9, &got), ERR_RANGE);
	assert_int_equal(seedxor_join(m, 4, &got), ERR_DUPLICATE);
	m[1] = words("legal winner thank year wave sausage worth useful legal "
	    "winner thank yellow");
	assert_int_equal(seedxor_join(m, 2, &got), ERR_RANGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_seedxor_example),
		cmocka_unit_test(test_seedxor_refused),
	};

	return cmocka_run_group_tests_name("seedxor", tests, NULL, NULL);
}
