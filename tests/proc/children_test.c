/*
 * How a house begins: a fresh clerk is fresh, and nothing is inherited that
 * was not meant to be, however carelessly we are started.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdbool.h>
#include <cmocka.h>
#include <sys/resource.h>

#include "tests/proc/stand_ins.h"

static void
test_many_clerks(void **state)
{
	unsigned i, j;

	(void)state;
	assert_int_equal(closed(open_house(CLERKS, NONE)), 0);
	assert_int_equal(seen->clerks, 31);
	for (i = 0; i < seen->clerks; i++) {
		assert_int_equal(kill(seen->clerk[i], 0), -1);
		for (j = 0; j < i; j++)
			assert_int_not_equal(seen->clerk[i], seen->clerk[j]);
	}
	assert_true(seen->wiped);
}

/* After many clerks, the last has no more descriptors than the first. */
static void
check_descriptors(enum role r, size_t channels)
{
	size_t fd, n = 0, i;

	for (fd = 0; fd < 3; fd++)
		assert_true(seen->null[r][fd]);
	for (fd = 3; fd < FDS; fd++) {
		bool ours = false;

		for (i = 0; i < ROLE_COUNT; i++)
			ours = ours || seen->channel[r][i] == (int)fd;
		if (seen->open[r][fd] && !ours)
			fail_msg("%s has descriptor %zu", role_name(r), fd);
		n += seen->open[r][fd];
	}
	assert_int_equal(n, channels);
}

static void
test_nothing_comes_along(void **state)
{
	int stray = fcntl(STDERR_FILENO, F_DUPFD, 50);

	(void)state;
	assert_int_equal(stray, 50);
	assert_int_equal(closed(open_house(CLERKS, NONE)), 0);
	check_descriptors(ROLE_KEEPER, 3);
	check_descriptors(ROLE_CLERK, 2);
	check_descriptors(ROLE_MOUNTER, 1);
	/* The front may have been handed a file by the owner's shell. */
	assert_true(seen->open[ROLE_FRONT][stray]);
	(void)close(stray);
}

/* Started without standard streams: no channel takes their place. */
static void
test_started_with_nothing_open(void **state)
{
	int status;
	pid_t pid;

	(void)state;
	memset((void *)seen, 0, sizeof(*seen));
	seen->script = CLERKS;
	if ((pid = fork()) == 0) {
		(void)close(0);
		(void)close(1);
		(void)close(2);
		_exit(parent_run(&stand_ins));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	check_descriptors(ROLE_KEEPER, 3);
	check_descriptors(ROLE_CLERK, 2);
}

/* Left by whoever starts us: children that reap themselves, blocked and
 * ignored signals. */
static void
test_started_by_a_careless_parent(void **state)
{
	sigset_t all;
	int status;
	pid_t pid;

	(void)state;
	memset((void *)seen, 0, sizeof(*seen));
	seen->script = WAIT;
	if ((pid = fork()) == 0) {
		(void)signal(SIGCHLD, SIG_IGN);
		(void)signal(SIGTERM, SIG_IGN);
		(void)sigfillset(&all);
		(void)sigprocmask(SIG_BLOCK, &all, NULL);
		_exit(parent_run(&stand_ins));
	}
	while (seen->pid[ROLE_FRONT] == 0)
		nap(1);
	nap(50);
	assert_int_equal(kill(seen->pid[ROLE_MOUNTER], SIGKILL), 0);
	(void)alarm(30);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	(void)alarm(0);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), EXIT_PROCESS_DIED);
}

/* Where no memory may be locked, it does not start, and says why. */
static void
test_no_locked_memory(void **state)
{
	const struct rlimit none = { 0, 0 };
	char text[256] = { 0 };
	int p[2], status;
	ssize_t n;
	pid_t pid;

	(void)state;
	if (strcmp(sandbox_name(), "seccomp") != 0) {
		print_message("[  SKIPPED ] sanitizers do not lock memory\n");
		skip();
	}
	memset((void *)seen, 0, sizeof(*seen));
	assert_int_equal(pipe(p), 0);
	if ((pid = fork()) == 0) {
		(void)dup2(p[1], STDERR_FILENO);
		if (setrlimit(RLIMIT_MEMLOCK, &none) != 0 ||
		    (geteuid() == 0 && setuid(65534) != 0))
			_exit(77);
		_exit(parent_run(&stand_ins));
	}
	(void)close(p[1]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	n = read(p[0], text, sizeof(text) - 1);
	(void)close(p[0]);
	assert_true(n > 0);
	assert_non_null(strstr(text, "locked"));
	assert_int_equal(WEXITSTATUS(status), EXIT_PROCESS_DIED);
	assert_int_equal(seen->pid[ROLE_FRONT], 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_many_clerks),
		cmocka_unit_test(test_nothing_comes_along),
		cmocka_unit_test(test_started_with_nothing_open),
		cmocka_unit_test(test_started_by_a_careless_parent),
		cmocka_unit_test(test_no_locked_memory),
	};

	return cmocka_run_group_tests(tests, stand_ins_setup, NULL);
}
