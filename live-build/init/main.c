#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "live-build/init/init.h"

/* Time for the keeper to wipe and for an answer to be finished. */
#define GRACE_MS 8000

static int
signals_open(void)
{
	sigset_t set;

	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGCHLD);
	(void)sigaddset(&set, SIGINT);		/* Ctrl-Alt-Del */
	if (sigprocmask(SIG_BLOCK, &set, NULL) != 0)
		return -1;
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* Takes in whoever ended.  Orphans come here too, and mean nothing. */
static enum end
reap(struct machine *m)
{
	enum end end = END_NONE;
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		if (pid == m->coldseal) {
			m->coldseal = 0;
			end = WIFEXITED(status) && WEXITSTATUS(status) == 0 ?
			    END_OFF : END_DIED;
		} else if (pid == m->udevd) {
			m->udevd = 0;
			end = END_DIED;
		}
	}
	return end;
}

static enum end
hear(struct machine *m, int signals)
{
	struct signalfd_siginfo info;
	enum end end = END_NONE;

	while (read(signals, &info, sizeof(info)) == (ssize_t)sizeof(info)) {
		if (info.ssi_signo == SIGINT)
			return END_OFF;
		if (info.ssi_signo == SIGCHLD && end == END_NONE)
			end = reap(m);
	}
	return end;
}

/* Until something ends or is asked to; ms: -1 for ever. */
static enum end
wait_for(struct machine *m, int signals, int ms)
{
	struct pollfd f[2 + BUTTONS_MAX];
	enum end end = END_NONE;
	size_t i;
	int n;

	do {
		f[0] = (struct pollfd){ .fd = signals, .events = POLLIN };
		f[1] = (struct pollfd){ .fd = m->wishes, .events = POLLIN };
		for (i = 0; i < m->nbutton; i++)
			f[2 + i] = (struct pollfd){ .fd = m->button[i],
			    .events = POLLIN };
		n = poll(f, 2 + m->nbutton, ms);
		if (n <= 0 && errno != EINTR)
			return END_NONE;
		if (f[0].revents != 0)
			end = hear(m, signals);
		if (n > 0 && f[1].revents != 0)
			wishes_hear(m);
		for (i = 0; n > 0 && i < m->nbutton; i++)
			if (f[2 + i].revents != 0 &&
			    button_pressed(f[2 + i].fd))
				end = END_OFF;
	} while (end == END_NONE);
	return end;
}

/* The program ends by itself, as on any other signal to end. */
static void
ask_coldseal(struct machine *m, int signals)
{
	if (m->coldseal <= 0)
		return;
	(void)kill(m->coldseal, SIGTERM);
	while (m->coldseal > 0 &&
	    (wait_for(m, signals, GRACE_MS) != END_NONE))
		continue;
}

static void
stop(struct machine *m, int signals, enum end end, const char *why)
{
	ask_coldseal(m, signals);
	end_others();
	m->coldseal = m->udevd = 0;
	console_forget(m);
	if (end == END_DIED) {
		console_say(m, why);
		console_say(m, "\n  Its memory was wiped and nothing runs any "
		    "more.  Press the power button, or Ctrl-Alt-Del.\n");
		while (wait_for(m, signals, -1) != END_OFF)
			continue;
		console_forget(m);
	}
	power_off();
}

static const char *
start(struct machine *m)
{
	if (mounts_make() != 0 || limits_set() != 0)
		return "\n  The kernel did not give what Coldseal needs.\n";
	if (console_open(m) != 0)
		return "";
	if (report_write(REPORT) != 0)
		return "\n  The air gap could not be examined.\n";
	if (devices_start(m) != 0)
		return "\n  The device manager did not start.\n";
	buttons_find(m);
	if (coldseal_start(m) != 0)
		return "\n  Coldseal did not start.\n";
	return NULL;
}

/* The kernel panics, and restarts the machine, if this returns. */
int
main(void)
{
	struct machine m = { .tty = -1, .wishes = -1 };
	const char *why;
	int signals;

	if (getpid() != 1 || (signals = signals_open()) < 0)
		return 1;
	if ((why = start(&m)) != NULL) {
		stop(&m, signals, END_DIED, why);
		return 1;
	}
	stop(&m, signals, wait_for(&m, signals, -1),
	    "\n  A part of Coldseal has ended that must not.\n");
	return 1;
}
