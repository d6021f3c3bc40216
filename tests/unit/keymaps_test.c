/* The file of keyboard layouts: read strictly. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "core/base/keymaps.h"

static uint8_t text[(KEYMAPS_MAX + 1) * KEYMAP_RECORD];

/* So many records, named "Layout". */
static struct span
records(size_t n)
{
	size_t i;

	memset(text, 0, sizeof(text));
	for (i = 0; i < n; i++)
		memcpy(text + i * KEYMAP_RECORD, "Layout", 6);
	return span_of(text, n * KEYMAP_RECORD);
}

static void
test_names(void **state)
{
	struct keymaps k;

	(void)state;
	(void)records(3);
	memcpy(text + 2 * KEYMAP_RECORD, "German", 6);
	/* What stands in the tables is not looked at. */
	memset(text + KEYMAP_NAME, 0xff, KEYMAP_BYTES);
	assert_int_equal(keymaps_read(span_of(text, 3 * KEYMAP_RECORD), &k),
	    0);
	assert_int_equal(k.n, 3);
	assert_string_equal(k.name[0], "Layout");
	assert_string_equal(k.name[2], "German");
	assert_int_equal(keymaps_read(records(KEYMAPS_MAX), &k), 0);
	assert_int_equal(k.n, KEYMAPS_MAX);
}

static void
test_refused(void **state)
{
	struct keymaps k;
	struct span s;
	size_t n;

	(void)state;
	assert_int_equal(keymaps_read(span_of(text, 0), &k), ERR_FORM);
	assert_int_equal(keymaps_read(records(KEYMAPS_MAX + 1), &k),
	    ERR_FORM);
	for (n = 1; n < 2 * KEYMAP_RECORD; n++) {
		s = records(2);
		assert_int_equal(keymaps_read(span_of(s.p, n), &k),
		    n == KEYMAP_RECORD ? 0 : ERR_FORM);
	}
	/* No name; one that fills its room; a sign that moves the cursor;
	 * something behind the end. */
	text[0] = 0;
	assert_int_equal(keymaps_read(s, &k), ERR_FORM);
	memset(text, 'a', KEYMAP_NAME);
	assert_int_equal(keymaps_read(s, &k), ERR_FORM);
	s = records(2);
	text[KEYMAP_RECORD + 2] = 0x1b;
	assert_int_equal(keymaps_read(s, &k), ERR_FORM);
	s = records(2);
	text[KEYMAP_NAME - 1] = 'x';
	assert_int_equal(keymaps_read(s, &k), ERR_FORM);
	assert_int_equal(k.n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
