/*
 * How a house ends: who dies takes it along, signals end it in order, and
 * nobody is left over.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdbool.h>
#include <cmocka.h>

#include "tests/proc/stand_ins.h"

static void
test_the_fronts_code(void **state)
{
	static const int codes[] = { 0, 1, 2, 3, 4, 5, 7 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		front_code = codes[i];
		assert_int_equal(closed(open_house(RETURN, NONE)), codes[i]);
		assert_true(seen->wiped);
	}
}

static void
test_who_is_killed_ends_the_house(void **state)
{
	int r;

	(void)state;
	for (r = ROLE_KEEPER; r < ROLE_COUNT; r++) {
		pid_t pid = open_house(WAIT, NONE);

		assert_int_equal(kill(seen->pid[r], SIGKILL), 0);
		assert_int_equal(closed(pid), EXIT_PROCESS_DIED);
		assert_int_equal(seen->wiped, r != ROLE_KEEPER);
	}
}

/* A front that does nothing about it is ended. */
static void
test_a_front_that_hangs(void **state)
{
	pid_t pid = open_house(NO_MIND, NONE);

	(void)state;
	assert_int_equal(kill(seen->pid[ROLE_KEEPER], SIGKILL), 0);
	assert_int_equal(closed(pid), EXIT_PROCESS_DIED);
	pid = open_house(NO_MIND, NONE);
	assert_int_equal(kill(pid, SIGTERM), 0);
	assert_int_equal(closed(pid), EXIT_PROCESS_DIED);
	assert_true(seen->wiped);
}

/* Killed itself, the parent can say nothing; still nobody stays. */
static void
test_a_killed_parent(void **state)
{
	pid_t pid = open_house(WAIT, NONE), r;
	int status, n = 0;

	(void)state;
	assert_int_equal(kill(pid, SIGKILL), 0);
	(void)alarm(20);
	while ((r = waitpid(-1, &status, 0)) > 0) {
		assert_true(r == pid || WIFSIGNALED(status) ||
		    (WIFEXITED(status) && WEXITSTATUS(status) != 77));
		n++;
	}
	(void)alarm(0);
	assert_int_equal(n, 5);
}

static void
test_ways_to_end_badly(void **state)
{
	(void)state;
	assert_int_equal(closed(open_house(WAIT, KEEPER_FAILS)),
	    EXIT_PROCESS_DIED);
	/* It went of its own will: no death; the front sees it and says 6. */
	assert_int_equal(closed(open_house(WAIT, CLERK_LEAVES)), 6);
	assert_int_equal(closed(open_house(BABBLE, NONE)), 6);
	if (strcmp(sandbox_name(), "seccomp") == 0)
		assert_int_equal(closed(open_house(WAIT, CLERK_SIGSYS)),
		    EXIT_PROCESS_DIED);
}

static void
test_signals_end_it_in_order(void **state)
{
	static const int sig[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(sig) / sizeof(sig[0]); i++) {
		pid_t pid = open_house(WAIT, NONE);

		assert_int_equal(kill(pid, sig[i]), 0);
		assert_int_equal(closed(pid), 128 + sig[i]);
		assert_true(seen->wiped);
		/* the same at the front alone: Ctrl-C while it prints */
		pid = open_house(WAIT, NONE);
		assert_int_equal(kill(seen->pid[ROLE_FRONT], sig[i]), 0);
		assert_int_equal(closed(pid), 128 + sig[i]);
		assert_true(seen->wiped);
	}
	assert_int_equal(kill(open_house(MIND, NONE), SIGTERM), 0);
	assert_int_equal(closed(seen->pid[ROLE_PARENT]), 9);
}

/* To the whole group, as a terminal sends them: the keeper does not die of
 * it but wipes. */
static void
test_signals_to_the_group(void **state)
{
	static const int sig[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
	int status;
	size_t i;
	pid_t pid;

	(void)state;
	for (i = 0; i < sizeof(sig) / sizeof(sig[0]); i++) {
		memset((void *)seen, 0, sizeof(*seen));
		seen->script = WAIT;
		if ((pid = fork()) == 0) {
			(void)setpgid(0, 0);
			_exit(parent_run(&stand_ins));
		}
		while (seen->pid[ROLE_FRONT] == 0)
			nap(1);
		nap(50);
		assert_int_equal(kill(-pid, sig[i]), 0);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 128 + sig[i]);
		assert_true(seen->wiped);
		assert_int_equal(waitpid(-1, NULL, 0), -1);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_fronts_code),
		cmocka_unit_test(test_who_is_killed_ends_the_house),
		cmocka_unit_test(test_a_front_that_hangs),
		cmocka_unit_test(test_a_killed_parent),
		cmocka_unit_test(test_ways_to_end_badly),
		cmocka_unit_test(test_signals_end_it_in_order),
		cmocka_unit_test(test_signals_to_the_group),
	};

	return cmocka_run_group_tests(tests, stand_ins_setup, NULL);
}
