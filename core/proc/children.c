#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/proc/children.h"
#include "core/proc/sandbox.h"
#include "core/proc/users.h"

static const struct { enum role a, b; } pairs[] = {
	{ ROLE_KEEPER, ROLE_FRONT },
	{ ROLE_CLERK, ROLE_FRONT },
	{ ROLE_KEEPER, ROLE_CLERK },
	{ ROLE_MOUNTER, ROLE_FRONT },
	{ ROLE_PARENT, ROLE_FRONT },
	{ ROLE_PARENT, ROLE_KEEPER },
};

#define NPAIRS (sizeof(pairs) / sizeof(pairs[0]))

static void
close_all_but(struct children *c, enum role mine)
{
	size_t a, b;

	for (a = 0; a < ROLE_COUNT; a++)
		for (b = 0; b < ROLE_COUNT; b++)
			if (a != mine)
				channel_close(&c->end[a][b]);
}

/* The lowest of ours from this number on, or UINT_MAX. */
static unsigned
next_ours(const struct children *c, enum role r, unsigned from)
{
	unsigned low = UINT_MAX;
	size_t i;

	for (i = 0; i < ROLE_COUNT; i++) {
		unsigned fd = (unsigned)c->end[r][i].fd;

		if (c->end[r][i].fd >= 0 && fd >= from && fd < low)
			low = fd;
		fd = (unsigned)c->pidfd[i];
		if (c->pidfd[i] >= 0 && fd >= from && fd < low)
			low = fd;
	}
	if (c->null >= 0 && (unsigned)c->null >= from &&
	    (unsigned)c->null < low)
		low = (unsigned)c->null;
	return low;
}

/* Whatever else whoever started us left open goes: only the front may have
 * been handed something. */
static enum err
close_strays(const struct children *c, enum role r)
{
	unsigned at = STDERR_FILENO + 1, mine;

	do {
		mine = next_ours(c, r, at);
		if (mine > at && close_range(at, mine - 1, 0) != 0)
			return ERR_INTERNAL;
		at = mine + 1;
	} while (mine != UINT_MAX);
	return 0;
}

/* Only the front hears the terminal's signals; the others end when their
 * channels close, so that the keeper wipes first. */
static void
hear_no_signals(void)
{
	static const int ignored[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT,
	    SIGTSTP, SIGPIPE };
	size_t i;

	for (i = 0; i < sizeof(ignored) / sizeof(ignored[0]); i++)
		(void)signal(ignored[i], SIG_IGN);
}

static int
live(const struct house *h, enum role r, struct channel *to)
{
	switch (r) {
	case ROLE_KEEPER:
		return h->keeper(&to[ROLE_FRONT], &to[ROLE_CLERK],
		    &to[ROLE_PARENT]);
	case ROLE_CLERK:
		return h->clerk(&to[ROLE_FRONT], &to[ROLE_KEEPER]);
	case ROLE_FRONT:
		return h->front(&to[ROLE_KEEPER], &to[ROLE_CLERK],
		    &to[ROLE_MOUNTER], &to[ROLE_PARENT], h->arg);
	case ROLE_MOUNTER:
		return h->mounter(&to[ROLE_FRONT], h->arg);
	case ROLE_PARENT:
	case ROLE_COUNT:
		break;
	}
	return 1;
}

/* A child's whole life.  The getppid() is for a parent that died before its
 * death could be told. */
static int
be_child(struct children *c, enum role r, pid_t parent)
{
	size_t i;
	int code;

	for (i = 0; i < ROLE_COUNT; i++) {
		if (c->pidfd[i] >= 0)
			(void)close(c->pidfd[i]);
		c->pidfd[i] = -1;
	}
	close_all_but(c, r);
	if (r != ROLE_FRONT) {
		hear_no_signals();
		if (close_strays(c, r) != 0 || sandbox_detach(c->null) != 0)
			return 1;
	} else {
		(void)close(c->null);
	}
	if (users_become(c->house->users, r, c->house->devices) != 0 ||
	    sandbox_begin(r) != 0 || getppid() != parent)
		return 1;
	code = live(c->house, r, c->end[r]);
	(void)fflush(NULL);
	return code;
}

static enum err
start(struct children *c, enum role r)
{
	pid_t parent = getpid(), pid;

	(void)fflush(NULL);
	if ((pid = fork()) < 0)
		return ERR_INTERNAL;
	if (pid == 0)
		_exit(be_child(c, r, parent));
	c->pid[r] = pid;
	c->pidfd[r] = (int)syscall(SYS_pidfd_open, pid, 0);
	return c->pidfd[r] < 0 ? ERR_INTERNAL : ERR_NONE;
}

static void
init(struct children *c, const struct house *house)
{
	size_t i, j;

	memset(c, 0, sizeof(*c));
	c->house = house;
	for (i = 0; i < ROLE_COUNT; i++) {
		c->pidfd[i] = -1;
		for (j = 0; j < ROLE_COUNT; j++)
			c->end[i][j].fd = -1;
	}
	/* Above 2, whatever was closed when we were started: no channel may
	 * take the number of a standard stream. */
	do
		c->null = open("/dev/null", O_RDWR | O_CLOEXEC);
	while (c->null >= 0 && c->null <= STDERR_FILENO);
}

enum err
children_start(struct children *c, const struct house *house)
{
	static const enum role order[] = { ROLE_KEEPER, ROLE_CLERK,
	    ROLE_MOUNTER, ROLE_FRONT };
	enum err e;
	size_t i;

	init(c, house);
	if (c->null < 0)
		return ERR_INTERNAL;
	for (i = 0; i < NPAIRS; i++)
		if ((e = channel_pair(pairs[i].a, pairs[i].b,
		    &c->end[pairs[i].a][pairs[i].b],
		    &c->end[pairs[i].b][pairs[i].a])) != 0)
			return e;
	for (i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		if ((e = start(c, order[i])) != 0)
			return e;
	close_all_but(c, ROLE_PARENT);
	return close_strays(c, ROLE_PARENT);
}

bool
child_reap(struct children *c, enum role r, int ms)
{
	struct pollfd f = { .fd = c->pidfd[r], .events = POLLIN };

	if (c->pid[r] <= 0)
		return true;
	while (poll(&f, 1, ms) < 0 && errno == EINTR)
		continue;
	if (waitpid(c->pid[r], &c->status[r], WNOHANG) == 0)
		return false;
	if (c->pidfd[r] >= 0)
		(void)close(c->pidfd[r]);
	c->pid[r] = 0;
	c->pidfd[r] = -1;
	return true;
}

void
child_end(struct children *c, enum role r, int ms)
{
	if (child_reap(c, r, ms))
		return;
	(void)kill(c->pid[r], SIGKILL);
	while (!child_reap(c, r, c->pidfd[r] >= 0 ? -1 : 10))
		continue;
}

enum err
children_new_clerk(struct children *c)
{
	struct channel *keeper = &c->end[ROLE_KEEPER][ROLE_CLERK];
	struct channel *front = &c->end[ROLE_FRONT][ROLE_CLERK];
	enum err e;

	child_end(c, ROLE_CLERK, 0);
	c->status[ROLE_CLERK] = 0;	/* its end was ours */
	if ((e = channel_pair(ROLE_KEEPER, ROLE_CLERK, keeper,
	    &c->end[ROLE_CLERK][ROLE_KEEPER])) == 0 &&
	    (e = channel_pair(ROLE_FRONT, ROLE_CLERK, front,
	    &c->end[ROLE_CLERK][ROLE_FRONT])) == 0 &&
	    (e = start(c, ROLE_CLERK)) == 0 &&
	    (e = channel_send(&c->end[ROLE_PARENT][ROLE_KEEPER],
	    MSG_CLERK_KEEPER, span_of(NULL, 0), &keeper->fd, 1)) == 0)
		e = channel_send(&c->end[ROLE_PARENT][ROLE_FRONT],
		    MSG_CLERK_FRONT, span_of(NULL, 0), &front->fd, 1);
	close_all_but(c, ROLE_PARENT);
	return e;
}
