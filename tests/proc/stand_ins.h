/*
 * stand_ins.h - a house of small stand-ins under the real parent.
 *
 * What the front does, and what goes wrong, a test says; the channels and the
 * jails are real.
 *
 *	source	none
 *	shapes	struct seen: what the test sees of the house, shared memory
 *	units	milliseconds
 *	owns	nothing
 *	errors	exit codes
 *	secrets	none
 *	tests	itself
 */
#ifndef TESTS_PROC_STAND_INS_H
#define TESTS_PROC_STAND_INS_H

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "core/proc/parent.h"
#include "core/proc/sandbox.h"

enum script {
	RETURN,			/* the front returns front_code at once */
	WAIT,			/* it waits until a channel ends: then 6 */
	NO_MIND,		/* it waits, and minds neither signal nor end */
	MIND,			/* it waits, and ends with 9 on SIGTERM */
	RAW,			/* it waits with the terminal made raw */
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

static inline void
nap(long ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

	while (nanosleep(&t, &t) != 0)
		continue;
}

static inline bool
is_null(int fd)
{
	struct stat a, b;

	return fstat(fd, &a) == 0 && stat("/dev/null", &b) == 0 &&
	    S_ISCHR(a.st_mode) && a.st_rdev == b.st_rdev;
}

/* Before the jail: what came along.  Only by fstat: a later clerk is in the
 * parent's jail from its birth. */
static inline void
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

static inline int
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

static inline int
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

static inline int
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
static inline int
ask_for_clerks(struct channel *clerk_end, struct channel *parent)
{
	int i, fd;

	/* The first has begun, and is counted, once it answers. */
	if (channel_send(clerk_end, MSG_FORGET, span_of(NULL, 0), NULL,
	    0) != 0 || channel_recv(clerk_end, ST_ANY, &packet) != 0)
		return 19;
	packet_end(&packet);
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

static inline void
on_term(int sig)
{
	(void)sig;
	_exit(9);
}

static inline int
front(struct channel *k, struct channel *c, struct channel *m,
    struct channel *p, void *arg)
{
	struct pollfd f[4] = { { k->fd, POLLIN, 0 }, { c->fd, POLLIN, 0 },
	    { m->fd, POLLIN, 0 }, { p->fd, POLLIN, 0 } };
	const uint8_t junk[2] = { 0xee, 1 };
	struct termios raw;

	(void)arg;
	look_around(ROLE_FRONT);
	if (seen->script == MIND)
		(void)signal(SIGTERM, on_term);
	if (seen->script == NO_MIND)
		(void)signal(SIGTERM, SIG_IGN);
	if (seen->script == RAW && (tcgetattr(0, &raw) != 0 ||
	    (cfmakeraw(&raw), tcsetattr(0, TCSANOW, &raw)) != 0))
		return 1;
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
	case RAW:
		break;
	}
	while (poll(f, 4, -1) < 0)
		continue;
	return 6;
}

/* --- the harness ---------------------------------------------------------- */

static struct house stand_ins = { .keeper = keeper, .clerk = clerk,
    .front = front, .mounter = mounter };

static inline pid_t
open_house(enum script s, enum quirk q)
{
	pid_t pid;
	int i;

	memset((void *)seen, 0, sizeof(*seen));
	seen->script = s;
	seen->quirk = q;
	if ((pid = fork()) == 0)
		_exit(parent_run(&stand_ins));
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
static inline int
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

static inline int
stand_ins_setup(void **state)
{
	/* A job in the background begins with these ignored, and a program
	 * rightly leaves that as it is. */
	(void)signal(SIGINT, SIG_DFL);
	(void)signal(SIGQUIT, SIG_DFL);
	(void)signal(SIGHUP, SIG_DFL);
	(void)state;
	seen = mmap(NULL, sizeof(*seen), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	return seen != MAP_FAILED && prctl(PR_SET_CHILD_SUBREAPER, 1) == 0 ?
	    0 : -1;
}

#endif
