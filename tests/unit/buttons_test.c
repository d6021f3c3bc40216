/* What the first process takes for "off": no library holds its files. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "live-build/init/power.c"

/* These, one after another, from a device. */
static bool
heard(const struct input_event *e, size_t n)
{
	bool pressed;
	int fd[2];

	assert_int_equal(pipe2(fd, O_NONBLOCK), 0);
	assert_int_equal(write(fd[1], e, n * sizeof(*e)),
	    (ssize_t)(n * sizeof(*e)));
	pressed = button_pressed(fd[0]);
	assert_int_equal(read(fd[0], &n, 1), -1);	/* all were taken */
	(void)close(fd[0]);
	(void)close(fd[1]);
	return pressed;
}

static void
test_power_key_and_lid(void **state)
{
	struct input_event e[3] = { { .type = EV_SYN }, { .type = EV_KEY,
	    .code = KEY_POWER, .value = 1 }, { .type = EV_SYN } };

	(void)state;
	assert_true(heard(e, 3));
	e[1] = (struct input_event){ .type = EV_SW, .code = SW_LID,
	    .value = 1 };
	assert_true(heard(e, 3));
}

static void
test_nothing_else(void **state)
{
	/* Let go, held down, opened, another switch, another key, none. */
	static const struct input_event e[] = {
		{ .type = EV_KEY, .code = KEY_POWER, .value = 0 },
		{ .type = EV_KEY, .code = KEY_POWER, .value = 2 },
		{ .type = EV_SW, .code = SW_LID, .value = 0 },
		{ .type = EV_SW, .code = SW_TABLET_MODE, .value = 1 },
		{ .type = EV_KEY, .code = SW_LID, .value = 1 },
		{ .type = EV_SW, .code = KEY_POWER, .value = 1 },
		{ .type = EV_SYN, .value = 1 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(e) / sizeof(e[0]); i++)
		assert_false(heard(&e[i], 1));
	assert_false(heard(e, 0));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_power_key_and_lid),
		cmocka_unit_test(test_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
