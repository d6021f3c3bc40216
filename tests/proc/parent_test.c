/*
 * The parent: who dies takes the house along and nobody is left over; a fresh
 * clerk is fresh; nothing is inherited that was not meant to be.  The roles
 * here are small stand-ins; the parent, the channels and the jails are real.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdbool.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/proc/parent.h"
#include "core/proc/sandbox.h"

enum script {
	RETURN,			/* the front returns front_code at once */
	WAIT,			/* it waits until a channel ends: then 6 */
	NO_MIND,		/* it waits, and minds neither signal nor end */
	MIND,			/* it waits, and ends with 9 on SIGTERM */
	CLERKS,			/* it asks for many clerks */
	BABBLE			/* it sends the parent what is no message */
};

enum quirk {
	NONE,
	KEEPER_FAILS,		/* returns 1 at once */
	CLERK_LEAVES,		/* returns 0 at once */
	CLERK_SIGSYS		/* calls what its jail forbids */
};

#define FDS 64

/* What the test sees of the house. */
struct seen {
	volatile enum script	script;
	volatile enum quirk	quirk;
	volatile pid_t		pid[ROLE_COUNT];
	volatile pid_t		clerk[64];
	volatile unsigned	clerks;
	volatile bool		wiped;		/* the keeper ended orderly */
	volatile bool		asked_keeper;	/* a clerk had its answer */
	volatile bool		open[ROLE_COUNT][FDS];
	volatile bool		null[ROLE_COUNT][3];
	volatile int		channel[ROLE_COUNT][ROLE_COUNT];
};
static struct seen *seen;
static int front_code;

static struct packet packet;

static void
nap(long ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

	while (nanosleep(&t, &t) != 0)
		continue;
}

static bool
is_null(int fd)
{
	struct stat a, b;

	return fstat(fd, &a) == 0 && stat("/dev/null", &b) == 0 &&
	    S_ISCHR(a.st_mode) && a.st_rdev == b.st_rdev;
}

/* Before the jail: what came along.  Only by fstat: a later clerk is in the
 * parent's jail from its birth. */
static void
look_around(enum role r)
{
	struct stat st;
	int fd;

	for (fd = 0; fd < FDS; fd++)
		seen->open[r][fd] = fstat(fd, &st) == 0;
	for (fd = 0; fd < 3; fd++)
		seen->null[r][fd] = is_null(fd);
	seen->pid[r] = getpid();
}

/* --- the stand-ins -------------------------------------------------------- */

static int
keeper(struct channel *front, struct channel *clerk, struct channel *parent)
{
	seen->channel[ROLE_KEEPER][ROLE_FRONT] = front->fd;
	seen->channel[ROLE_KEEPER][ROLE_CLERK] = clerk->fd;
	seen->channel[ROLE_KEEPER][ROLE_PARENT] = parent->fd;
	look_around(ROLE_KEEPER);
	if (seen->quirk == KEEPER_FAILS || sandbox_narrow(ROLE_KEEPER) != 0)
		return 1;
	for (;;) {
		struct pollfd p[3] = { { front->fd, POLLIN, 0 },
		    { clerk->fd, POLLIN, 0 }, { parent->fd, POLLIN, 0 } };

		if (poll(p, 3, -1) < 0)
			continue;
		if (p[0].revents != 0)
			break;		/* it only ever ends */
		if (p[2].revents != 0) {
			if (channel_recv(parent, ST_ANY, &packet) != 0)
				break;
			channel_close(clerk);
			clerk->fd = packet_take(&packet, 0);
			packet_end(&packet);
		} else if (p[1].revents != 0) {
			if (channel_recv(clerk, ST_ANY, &packet) != 0 ||
			    channel_send(clerk, MSG_KEY_OK, span_of(NULL, 0),
			    NULL, 0) != 0)
				channel_close(clerk);
		}
	}
	seen->wiped = true;
	return 0;
}

static int
clerk(struct channel *front, struct channel *keeper_end)
{
	unsigned n = seen->clerks;

	seen->channel[ROLE_CLERK][ROLE_FRONT] = front->fd;
	seen->channel[ROLE_CLERK][ROLE_KEEPER] = keeper_end->fd;
	look_around(ROLE_CLERK);
	seen->clerk[n % 64] = getpid();
	seen->clerks = n + 1;
	if (seen->quirk == CLERK_LEAVES || sandbox_narrow(ROLE_CLERK) != 0)
		return seen->quirk == CLERK_LEAVES ? 0 : 1;
	if (seen->quirk == CLERK_SIGSYS)
		(void)open("/etc/passwd", O_RDONLY);
	while (channel_recv(front, CLERK_IDLE, &packet) == 0) {
		seen->asked_keeper = channel_send(keeper_end, MSG_KEYS,
		    span_of(NULL, 0), NULL, 0) == 0 &&
		    channel_recv(keeper_end, ST_ANY, &packet) == 0;
		if (channel_send(front, MSG_CLERK_OK, span_of(NULL, 0), NULL,
		    0) != 0)
			break;
	}
	return 0;
}

static int
mounter(struct channel *front, void *arg)
{
	(void)arg;
	seen->channel[ROLE_MOUNTER][ROLE_FRONT] = front->fd;
	look_around(ROLE_MOUNTER);
	if (sandbox_narrow(ROLE_MOUNTER) != 0)
		return 1;
	while (channel_recv(front, ST_ANY, &packet) == 0)
		packet_end(&packet);
	return 0;
}

/* Many clerks: each must be another, and hear the front and the keeper. */
static int
ask_for_clerks(struct channel *clerk_end, struct channel *parent)
{
	int i, fd;

	for (i = 0; i < 30; i++) {
		if (channel_send(parent, MSG_NEW_CLERK, span_of(NULL, 0), NULL,
		    0) != 0 || channel_recv(parent, ST_ANY, &packet) != 0 ||
		    packet.type != MSG_CLERK_FRONT)
			return 20;
		fd = packet_take(&packet, 0);
		packet_end(&packet);
		/* The old one is gone before the new one is handed over. */
		if (channel_recv(clerk_end, ST_ANY, &packet) != ERR_DEAD)
			return 21;
		channel_close(clerk_end);
		clerk_end->fd = fd;
		seen->asked_keeper = false;
		if (channel_send(clerk_end, MSG_FORGET, span_of(NULL, 0), NULL,
		    0) != 0 || channel_recv(clerk_end, ST_ANY, &packet) != 0)
			return 22;
		packet_end(&packet);
		if (!seen->asked_keeper)
			return 23;
	}
	return 0;
}

static void
on_term(int sig)
{
	(void)sig;
	_exit(9);
}

static int
front(struct channel *k, struct channel *c, struct channel *m,
    struct channel *p, void *arg)
{
	struct pollfd f[4] = { { k->fd, POLLIN, 0 }, { c->fd, POLLIN, 0 },
	    { m->fd, POLLIN, 0 }, { p->fd, POLLIN, 0 } };
	const uint8_t junk[2] = { 0xee, 1 };

	(void)arg;
	look_around(ROLE_FRONT);
	if (seen->script == MIND)
		(void)signal(SIGTERM, on_term);
	if (seen->script == NO_MIND)
		(void)signal(SIGTERM, SIG_IGN);
	if (sandbox_narrow(ROLE_FRONT) != 0)
		return 1;
	switch (seen->script) {
	case RETURN:
		/* the others are up before it goes */
		while (seen->pid[ROLE_KEEPER] == 0 ||
		    seen->pid[ROLE_CLERK] == 0 || seen->pid[ROLE_MOUNTER] == 0)
			nap(1);
		return front_code;
	case CLERKS:
		return ask_for_clerks(c, p);
	case NO_MIND:
		for (;;)
			nap(1000);
	case BABBLE:
		nap(20);
		if (write(p->fd, junk, sizeof(junk)) < 0)
			return 30;
		break;
	case WAIT:
	case MIND:
		break;
	}
	while (poll(f, 4, -1) < 0)
		continue;
	return 6;
}

/* --- the harness ---------------------------------------------------------- */

static const struct house house = { .keeper = keeper, .clerk = clerk,
    .front = front, .mounter = mounter };

static pid_t
open_house(enum script s, enum quirk q)
{
	pid_t pid;
	int i;

	memset((void *)seen, 0, sizeof(*seen));
	seen->script = s;
	seen->quirk = q;
	if ((pid = fork()) == 0)
		_exit(parent_run(&house));
	assert_true(pid > 0);
	seen->pid[ROLE_PARENT] = pid;
	for (i = 0; i < 5000 && s != RETURN; i++) {
		if (seen->pid[ROLE_KEEPER] != 0 && seen->pid[ROLE_CLERK] != 0 &&
		    seen->pid[ROLE_FRONT] != 0 && seen->pid[ROLE_MOUNTER] != 0)
			break;
		nap(1);
	}
	nap(20);	/* and a little further than that */
	return pid;
}

/* The exit code, once nobody of the house is left.  We are their subreaper:
 * who is orphaned would become our child. */
static int
closed(pid_t pid)
{
	int status = -1, i;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	for (i = ROLE_KEEPER; i < ROLE_COUNT; i++)
		if (seen->pid[i] != 0 && kill(seen->pid[i], 0) == 0)
			fail_msg("%s is left", role_name((enum role)i));
	assert_int_equal(waitpid(-1, NULL, 0), -1);
	assert_int_equal(errno, ECHILD);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 256;
}

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
			_exit(parent_run(&house));
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
		_exit(parent_run(&house));
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
		_exit(parent_run(&house));
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
		_exit(parent_run(&house));
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
		cmocka_unit_test(test_the_fronts_code),
		cmocka_unit_test(test_who_is_killed_ends_the_house),
		cmocka_unit_test(test_a_front_that_hangs),
		cmocka_unit_test(test_a_killed_parent),
		cmocka_unit_test(test_ways_to_end_badly),
		cmocka_unit_test(test_signals_end_it_in_order),
		cmocka_unit_test(test_signals_to_the_group),
		cmocka_unit_test(test_many_clerks),
		cmocka_unit_test(test_nothing_comes_along),
		cmocka_unit_test(test_started_with_nothing_open),
		cmocka_unit_test(test_started_by_a_careless_parent),
		cmocka_unit_test(test_no_locked_memory),
	};

	seen = mmap(NULL, sizeof(*seen), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (seen == MAP_FAILED || prctl(PR_SET_CHILD_SUBREAPER, 1) != 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
