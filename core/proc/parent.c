#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/proc/parent.h"
#include "core/proc/sandbox.h"

#define FRONT_GRACE_MS 2000	/* to say so and to restore the terminal */
#define OTHERS_GRACE_MS 500	/* to wipe */

/* One end of every pair: end[a][b] is what a holds towards b. */
struct parent {
	const struct house	*house;
	struct channel		 end[ROLE_COUNT][ROLE_COUNT];
	pid_t			 pid[ROLE_COUNT];
	int			 pidfd[ROLE_COUNT];
	int			 status[ROLE_COUNT];
	struct packet		 packet;
};

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
close_all_but(struct parent *p, enum role mine)
{
	size_t a, b;

	for (a = 0; a < ROLE_COUNT; a++)
		for (b = 0; b < ROLE_COUNT; b++)
			if (a != mine)
				channel_close(&p->end[a][b]);
}

/* The child's whole life.  Ctrl-C is for the front to hear. */
static int
live(struct parent *p, enum role r)
{
	struct channel *to = p->end[r];
	const struct house *h = p->house;

	if (r != ROLE_FRONT) {
		(void)signal(SIGINT, SIG_IGN);
		(void)signal(SIGHUP, SIG_IGN);
		(void)signal(SIGQUIT, SIG_IGN);
		(void)signal(SIGTSTP, SIG_IGN);
	}
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

static enum err
start(struct parent *p, enum role r)
{
	pid_t parent = getpid(), pid;
	size_t i;

	(void)fflush(NULL);
	if ((pid = fork()) < 0)
		return ERR_INTERNAL;
	if (pid == 0) {
		for (i = 0; i < ROLE_COUNT; i++)
			if (p->pidfd[i] >= 0)
				(void)close(p->pidfd[i]);
		close_all_but(p, r);
		if (sandbox_begin(r) != 0 || getppid() != parent)
			_exit(1);
		i = (size_t)live(p, r);
		(void)fflush(NULL);
		_exit((int)i);
	}
	p->pid[r] = pid;
	p->pidfd[r] = (int)syscall(SYS_pidfd_open, pid, 0);
	return p->pidfd[r] < 0 ? ERR_INTERNAL : ERR_NONE;
}

static enum err
start_all(struct parent *p)
{
	static const enum role order[] = { ROLE_KEEPER, ROLE_CLERK,
	    ROLE_MOUNTER, ROLE_FRONT };
	enum err e;
	size_t i;

	for (i = 0; i < NPAIRS; i++)
		if ((e = channel_pair(pairs[i].a, pairs[i].b,
		    &p->end[pairs[i].a][pairs[i].b],
		    &p->end[pairs[i].b][pairs[i].a])) != 0)
			return e;
	for (i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		if ((e = start(p, order[i])) != 0)
			return e;
	close_all_but(p, ROLE_PARENT);
	return 0;
}

/* True when it has ended; its status is kept. */
static bool
reap(struct parent *p, enum role r, int ms)
{
	struct pollfd f = { .fd = p->pidfd[r], .events = POLLIN };

	if (p->pid[r] <= 0)
		return true;
	while (poll(&f, 1, ms) < 0 && errno == EINTR)
		continue;
	if (waitpid(p->pid[r], &p->status[r], WNOHANG) != p->pid[r])
		return false;
	(void)close(p->pidfd[r]);
	p->pid[r] = 0;
	p->pidfd[r] = -1;
	return true;
}

static void
end_child(struct parent *p, enum role r, int grace)
{
	if (reap(p, r, grace))
		return;
	(void)kill(p->pid[r], SIGKILL);
	while (!reap(p, r, -1))
		continue;
}

/* A clerk that has seen nothing, and what it needs to be spoken to. */
static enum err
new_clerk(struct parent *p)
{
	struct channel kc, ck, fc, cf;
	enum err e;

	end_child(p, ROLE_CLERK, 0);
	if ((e = channel_pair(ROLE_KEEPER, ROLE_CLERK, &kc, &ck)) != 0 ||
	    (e = channel_pair(ROLE_FRONT, ROLE_CLERK, &fc, &cf)) != 0)
		return e;
	p->end[ROLE_CLERK][ROLE_KEEPER] = ck;
	p->end[ROLE_CLERK][ROLE_FRONT] = cf;
	p->end[ROLE_KEEPER][ROLE_CLERK] = kc;
	p->end[ROLE_FRONT][ROLE_CLERK] = fc;
	if ((e = start(p, ROLE_CLERK)) == 0 &&
	    (e = channel_send(&p->end[ROLE_PARENT][ROLE_KEEPER],
	    MSG_CLERK_KEEPER, span_of(NULL, 0), &kc.fd, 1)) == 0)
		e = channel_send(&p->end[ROLE_PARENT][ROLE_FRONT],
		    MSG_CLERK_FRONT, span_of(NULL, 0), &fc.fd, 1);
	close_all_but(p, ROLE_PARENT);
	return e;
}

/* Not 0: the house is to end. */
static enum err
hear_front(struct parent *p)
{
	struct channel *c = &p->end[ROLE_PARENT][ROLE_FRONT];
	enum err e = channel_recv(c, ST_ANY, &p->packet);

	if (e == 0 && p->packet.type == MSG_NEW_CLERK)
		e = new_clerk(p);
	packet_end(&p->packet);
	return e;
}

/* Until a child ends or the front's channel does. */
static void
watch(struct parent *p)
{
	struct pollfd f[ROLE_COUNT];
	size_t i, hit;

	for (;;) {
		for (i = 0; i < ROLE_COUNT; i++)
			f[i] = (struct pollfd){ .fd = p->pidfd[i],
			    .events = POLLIN };
		f[ROLE_PARENT].fd = p->end[ROLE_PARENT][ROLE_FRONT].fd;
		if (poll(f, ROLE_COUNT, -1) < 0)
			continue;
		for (hit = 0, i = 1; i < ROLE_COUNT; i++)
			hit |= (size_t)(f[i].revents != 0);
		if (hit != 0)
			return;
		if (f[ROLE_PARENT].revents != 0 && hear_front(p) != 0)
			return;
	}
}

/*
 * All end.  A child other than the front that ended first, and not of itself,
 * is a death; the front may still say so.
 */
static int
end_all(struct parent *p)
{
	static const enum role others[] = { ROLE_KEEPER, ROLE_CLERK,
	    ROLE_MOUNTER };
	bool died = false;
	size_t i;
	int st;

	for (i = 0; i < 3; i++)
		if (reap(p, others[i], 0) && p->status[others[i]] != 0)
			died = true;
	/* The front sees for itself whose channel closed, and says so. */
	if (died)
		(void)reap(p, ROLE_FRONT, FRONT_GRACE_MS);
	channel_close(&p->end[ROLE_PARENT][ROLE_KEEPER]);
	channel_close(&p->end[ROLE_PARENT][ROLE_FRONT]);
	if (!reap(p, ROLE_FRONT, died ? 0 : FRONT_GRACE_MS))
		died = true;
	end_child(p, ROLE_FRONT, 0);
	for (i = 0; i < 3; i++)
		end_child(p, others[i], OTHERS_GRACE_MS);
	st = p->status[ROLE_FRONT];
	if (died)
		return EXIT_PROCESS_DIED;
	return WIFEXITED(st) ? WEXITSTATUS(st) : 128 + WTERMSIG(st);
}

/* Ctrl-C goes to the front with the terminal; a signal to the parent alone
 * is handed on. */
static volatile sig_atomic_t front_pid;

static void
hand_on(int sig)
{
	if (front_pid > 0)
		(void)kill((pid_t)front_pid, sig);
}

static void
signals(void)
{
	struct sigaction act = { .sa_handler = hand_on };

	(void)sigaction(SIGTERM, &act, NULL);
	(void)sigaction(SIGHUP, &act, NULL);
	(void)signal(SIGINT, SIG_IGN);
	(void)signal(SIGQUIT, SIG_IGN);
}

int
parent_run(const struct house *house)
{
	static struct parent p;
	size_t i, j;

	memset(&p, 0, sizeof(p));
	p.house = house;
	for (i = 0; i < ROLE_COUNT; i++) {
		p.pidfd[i] = -1;
		for (j = 0; j < ROLE_COUNT; j++)
			p.end[i][j].fd = -1;
	}
	if (start_all(&p) == 0 && sandbox_begin(ROLE_PARENT) == 0) {
		front_pid = p.pid[ROLE_FRONT];
		signals();
		if (sandbox_narrow(ROLE_PARENT) == 0)
			watch(&p);
	}
	return end_all(&p);
}
