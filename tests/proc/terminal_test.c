/*
 * The terminal after a front that could not put it right: the parent does.
 * On a terminal of the test's own.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdbool.h>
#include <cmocka.h>
#include <pty.h>
#include <sys/ioctl.h>

#include "tests/proc/stand_ins.h"

struct tty { int outer, inner; struct termios found; };

static struct tty
tty_new(void)
{
	struct tty t;

	assert_int_equal(openpty(&t.outer, &t.inner, NULL, NULL, NULL), 0);
	assert_int_equal(tcgetattr(t.inner, &t.found), 0);
	assert_int_equal(fcntl(t.outer, F_SETFL, O_NONBLOCK), 0);
	return t;
}

static pid_t
open_on(const struct tty *t, enum script s)
{
	pid_t pid;

	memset((void *)seen, 0, sizeof(*seen));
	seen->script = s;
	if ((pid = fork()) == 0) {
		(void)setsid();
		(void)ioctl(t->inner, TIOCSCTTY, 0);
		(void)dup2(t->inner, 0);
		(void)dup2(t->inner, 1);
		(void)dup2(t->inner, 2);
		_exit(parent_run(&stand_ins));
	}
	assert_true(pid > 0);
	while (seen->pid[ROLE_FRONT] == 0)
		nap(1);
	nap(50);
	return pid;
}

static bool
is_as_found(const struct tty *t)
{
	struct termios now;

	assert_int_equal(tcgetattr(t->inner, &now), 0);
	return now.c_lflag == t->found.c_lflag &&
	    now.c_iflag == t->found.c_iflag && now.c_oflag == t->found.c_oflag;
}

/* Whether the screen that was drawn is left: the last that is written. */
static bool
says_leave(const struct tty *t)
{
	char text[512] = { 0 };
	ssize_t n = read(t->outer, text, sizeof(text) - 1);

	return n > 0 && strstr(text, "\033[?1049l") != NULL;
}

static void
tty_end(struct tty *t)
{
	(void)close(t->outer);
	(void)close(t->inner);
}

static void
test_front_killed_on_a_raw_terminal(void **state)
{
	struct tty t = tty_new();
	pid_t pid = open_on(&t, RAW);

	(void)state;
	assert_false(is_as_found(&t));		/* the control */
	assert_int_equal(kill(seen->pid[ROLE_FRONT], SIGKILL), 0);
	assert_int_equal(closed(pid), EXIT_PROCESS_DIED);
	assert_true(is_as_found(&t));
	assert_true(says_leave(&t));
	tty_end(&t);
}

/* It ends by itself when another dies, but leaves the terminal raw. */
static void
test_front_that_forgets(void **state)
{
	struct tty t = tty_new();
	pid_t pid = open_on(&t, RAW);

	(void)state;
	assert_int_equal(kill(seen->pid[ROLE_CLERK], SIGKILL), 0);
	assert_int_equal(closed(pid), EXIT_PROCESS_DIED);
	assert_true(is_as_found(&t));
	assert_true(says_leave(&t));
	tty_end(&t);
}

/* Nothing was drawn: nothing is written. */
static void
test_untouched_is_left_alone(void **state)
{
	struct tty t = tty_new();
	pid_t pid = open_on(&t, WAIT);

	(void)state;
	assert_int_equal(kill(seen->pid[ROLE_FRONT], SIGKILL), 0);
	assert_int_equal(closed(pid), EXIT_PROCESS_DIED);
	assert_true(is_as_found(&t));
	assert_false(says_leave(&t));
	tty_end(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_front_killed_on_a_raw_terminal),
		cmocka_unit_test(test_front_that_forgets),
		cmocka_unit_test(test_untouched_is_left_alone),
	};

	return cmocka_run_group_tests(tests, stand_ins_setup, NULL);
}
