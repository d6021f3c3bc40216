/*
 * Five users for five processes, where root starts them: as the live image
 * does.  A user who is not root cannot, and nothing starts then.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdbool.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/proc/stand_ins.h"

#define FIRST 61000

/* A line of /proc/PID/status, the numbers after its name. */
static void
status_line(pid_t pid, const char *name, char out[128])
{
	char path[64], line[256];
	FILE *f;

	(void)snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	f = fopen(path, "re");
	assert_non_null(f);
	out[0] = '\0';
	while (fgets(line, sizeof(line), f) != NULL)
		if (strncmp(line, name, strlen(name)) == 0)
			(void)snprintf(out, 128, "%.127s",
			    line + strlen(name));
	(void)fclose(f);
	assert_int_not_equal(out[0], '\0');
}

static void
check_user(enum role r, uid_t user, unsigned long long may)
{
	static const char *const sets[] = { "CapEff:", "CapPrm:", "CapInh:" };
	unsigned a, b, c, d;
	char text[128];
	size_t i;

	status_line(seen->pid[r], "Uid:", text);
	assert_int_equal(sscanf(text, "%u %u %u %u", &a, &b, &c, &d), 4);
	assert_true(a == user && b == user && c == user && d == user);
	status_line(seen->pid[r], "Gid:", text);
	assert_int_equal(sscanf(text, "%u %u %u %u", &a, &b, &c, &d), 4);
	assert_true(a == user && b == user && c == user && d == user);
	status_line(seen->pid[r], "Groups:", text);
	assert_int_equal(strspn(text, " \t\n"), strlen(text));
	for (i = 0; i < 3; i++) {
		status_line(seen->pid[r], sets[i], text);
		assert_int_equal(strtoull(text, NULL, 16), i < 2 ? may : 0);
	}
}

static void
need_root(void)
{
	if (geteuid() != 0) {
		print_message("[  SKIPPED ] only root can become others\n");
		skip();
	}
}

static void
test_each_its_own(void **state)
{
	int r;
	pid_t pid;

	(void)state;
	need_root();
	stand_ins.users = FIRST;
	pid = open_house(WAIT, NONE);
	/* setuid, setgid, kill: capabilities(7) numbers 7, 6, 5. */
	check_user(ROLE_PARENT, FIRST, 0xe0);
	for (r = ROLE_KEEPER; r < ROLE_COUNT; r++)
		check_user((enum role)r, FIRST + (uid_t)r, 0);
	assert_int_equal(kill(pid, SIGTERM), 0);
	assert_int_equal(closed(pid), 128 + SIGTERM);
	assert_true(seen->wiped);
	stand_ins.users = 0;
}

/* Only the mounter can mount, and the parent only until it is started. */
static void
test_with_devices(void **state)
{
	char text[128];
	int r, tries;
	pid_t pid;

	(void)state;
	need_root();
	stand_ins.users = FIRST;
	stand_ins.devices = true;
	pid = open_house(WAIT, NONE);
	for (tries = 0; tries < 500; tries++) {
		status_line(seen->pid[ROLE_PARENT], "CapPrm:", text);
		if (strtoull(text, NULL, 16) == 0xe0)
			break;
		nap(10);
	}
	check_user(ROLE_PARENT, FIRST, 0xe0);
	/* sys_admin, dac_read_search: numbers 21 and 2. */
	for (r = ROLE_KEEPER; r < ROLE_COUNT; r++)
		check_user((enum role)r, FIRST + (uid_t)r,
		    r == ROLE_MOUNTER ? 0x200004 : 0);
	assert_int_equal(kill(pid, SIGTERM), 0);
	assert_int_equal(closed(pid), 128 + SIGTERM);
	stand_ins.users = 0;
	stand_ins.devices = false;
}

/* A narrowed parent can still start clerks, which are the clerks' user, and
 * end children that are others than itself. */
static void
test_clerks_and_deaths(void **state)
{
	pid_t pid;

	(void)state;
	need_root();
	stand_ins.users = FIRST;
	assert_int_equal(closed(open_house(CLERKS, NONE)), 0);
	assert_int_equal(seen->clerks, 31);
	pid = open_house(NO_MIND, NONE);
	assert_int_equal(kill(seen->pid[ROLE_KEEPER], SIGKILL), 0);
	assert_int_equal(closed(pid), EXIT_PROCESS_DIED);
	stand_ins.users = 0;
}

/* As nobody: it may not become others, so it does not start. */
static void
test_not_root(void **state)
{
	int status;
	pid_t pid;

	(void)state;
	memset((void *)seen, 0, sizeof(*seen));
	stand_ins.users = FIRST;
	if ((pid = fork()) == 0) {
		if (geteuid() == 0 && setuid(65534) != 0)
			_exit(77);
		_exit(parent_run(&stand_ins));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), EXIT_PROCESS_DIED);
	assert_int_equal(seen->pid[ROLE_KEEPER], 0);
	stand_ins.users = 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_its_own),
		cmocka_unit_test(test_with_devices),
		cmocka_unit_test(test_clerks_and_deaths),
		cmocka_unit_test(test_not_root),
	};

	return cmocka_run_group_tests(tests, stand_ins_setup, NULL);
}
