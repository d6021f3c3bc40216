#include <poll.h>
#include <signal.h>
#include <sys/wait.h>

#include "core/proc/children.h"
#include "core/proc/memory.h"
#include "core/proc/sandbox.h"
#include "core/proc/terminal.h"
#include "core/proc/users.h"

/* What the keeper locks: its room, and the stack of libsodium's guards. */
#define KEEPER_LOCKS ((size_t)256 << 10)

#define FRONT_GRACE_MS 2000	/* to say so and to restore the terminal */
#define FRONT_WRITES_MS 30000	/* to finish an answer on a slow stick */
#define KEEPER_GRACE_MS 2000	/* to wipe */
#define OTHERS_GRACE_MS 500

static const int heard[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };

/* Which of them came: a handler has no other way to say so. */
static volatile sig_atomic_t asked;

static void
on_signal(int sig)
{
	asked = sig;
}

/* Blocked except while the parent waits, so that none is lost in between. */
static void
hear_signals(void)
{
	struct sigaction act = { .sa_handler = on_signal };
	sigset_t set;
	size_t i;

	(void)sigemptyset(&set);
	for (i = 0; i < sizeof(heard) / sizeof(heard[0]); i++) {
		(void)sigaddset(&set, heard[i]);
		(void)sigaction(heard[i], &act, NULL);
	}
	(void)sigprocmask(SIG_BLOCK, &set, NULL);
}

/* Not 0: the house is to end. */
static enum err
hear_front(struct children *c, struct packet *p)
{
	enum err e = channel_recv(&c->end[ROLE_PARENT][ROLE_FRONT], ST_ANY, p);

	if (e == 0 && p->type == MSG_NEW_CLERK)
		e = children_new_clerk(c);
	packet_end(p);
	return e;
}

/* Until a child ends, the front's channel does, or a signal asks for it. */
static void
watch(struct children *c, struct packet *packet)
{
	struct pollfd f[ROLE_COUNT];
	bool ended = false;
	sigset_t none;
	size_t i;

	(void)sigemptyset(&none);
	while (!ended && asked == 0) {
		for (i = 0; i < ROLE_COUNT; i++)
			f[i] = (struct pollfd){ .fd = c->pidfd[i],
			    .events = POLLIN };
		f[ROLE_PARENT].fd = c->end[ROLE_PARENT][ROLE_FRONT].fd;
		if (ppoll(f, ROLE_COUNT, NULL, &none) < 0)
			continue;
		for (i = ROLE_KEEPER; i < ROLE_COUNT; i++)
			ended = ended || f[i].revents != 0;
		if (!ended && f[ROLE_PARENT].revents != 0 &&
		    hear_front(c, packet) != 0)
			return;
	}
}

/* What the front says of itself, unless it did not end of its own will or by
 * a signal that asks to end. */
static int
code_of(int status)
{
	size_t i;
	int sig;

	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	sig = WTERMSIG(status);
	for (i = 0; i < sizeof(heard) / sizeof(heard[0]); i++)
		if (sig == heard[i])
			return 128 + sig;
	return sig == SIGPIPE ? 128 + sig : EXIT_PROCESS_DIED;
}

/* Or it was killed, or had ended before it could know. */
static bool
front_said(int status)
{
	return WIFEXITED(status) && WEXITSTATUS(status) == EXIT_PROCESS_DIED;
}

/*
 * All end.  A child other than the front that ended first, and not of itself,
 * is a death.
 */
static int
end_all(struct children *c)
{
	static const enum role others[] = { ROLE_KEEPER, ROLE_CLERK,
	    ROLE_MOUNTER };
	bool died = false;
	size_t i;

	for (i = 0; i < 3; i++)
		if (child_reap(c, others[i], 0) && c->status[others[i]] != 0)
			died = true;
	if (asked != 0 && c->pid[ROLE_FRONT] > 0)
		(void)kill(c->pid[ROLE_FRONT], asked);
	/* The front sees for itself whose channel closed, and says so, or
	 * ends as the signal asks; then it is told to. */
	if (died || asked != 0)
		(void)child_reap(c, ROLE_FRONT, FRONT_GRACE_MS);
	channel_close(&c->end[ROLE_PARENT][ROLE_KEEPER]);
	channel_close(&c->end[ROLE_PARENT][ROLE_FRONT]);
	if (!child_reap(c, ROLE_FRONT, died ? 0 : FRONT_GRACE_MS)) {
		died = died || asked == 0;
		(void)kill(c->pid[ROLE_FRONT], SIGTERM);
	}
	child_end(c, ROLE_FRONT, FRONT_WRITES_MS);
	/* A front that saw a channel close can be gone before the child that
	 * was killed is: what that one ended with still counts. */
	for (i = 0; i < 3; i++) {
		if (!child_reap(c, others[i], others[i] == ROLE_KEEPER ?
		    KEEPER_GRACE_MS : OTHERS_GRACE_MS))
			child_end(c, others[i], 0);
		else if (asked == 0 && c->status[others[i]] != 0)
			died = true;
	}
	return died ? EXIT_PROCESS_DIED : code_of(c->status[ROLE_FRONT]);
}

static const char unsafe[] = "coldseal: this system does not let it start "
    "safely\n";
static const char died[] = "coldseal: a part of the program has ended; "
    "nothing more is signed and the keys are wiped\n";
static const char unlocked[] = "coldseal: this system lets no memory be "
    "locked for secrets (ulimit -l)\n";

int
parent_run(const struct house *house)
{
	static struct children c;
	static struct packet packet;
	enum err e;
	int code;

	/* Whoever starts us may have left it ignored: then nothing could be
	 * waited for. */
	(void)signal(SIGCHLD, SIG_DFL);
	terminal_keep();
	if (users_become(house->users, ROLE_PARENT, house->devices) != 0 ||
	    sandbox_begin(ROLE_PARENT) != 0) {
		terminal_say(unsafe);
		return EXIT_PROCESS_DIED;
	}
	if (secret_room(KEEPER_LOCKS) != 0) {
		terminal_say(unlocked);
		return EXIT_PROCESS_DIED;
	}
	if ((e = children_start(&c, house)) != 0 ||
	    (e = users_started(house->users)) != 0)
		terminal_say(unsafe);
	if (e == 0) {
		hear_signals();
		if ((e = sandbox_narrow(ROLE_PARENT)) == 0)
			watch(&c, &packet);
	}
	code = end_all(&c);
	terminal_restore();
	if (code == EXIT_PROCESS_DIED && !front_said(c.status[ROLE_FRONT]))
		terminal_say(died);
	return e == 0 ? code : EXIT_PROCESS_DIED;
}
