#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "live-build/init/init.h"

static const char *const environment[] = { "TERM=linux", "LC_CTYPE=C.UTF-8",
    "PATH=/usr/bin", NULL };

/* With a terminal: its session's leader, and the streams are the terminal. */
static void
become(const char *const argv[], int tty, int give)
{
	sigset_t none;
	int fd, from = tty;

	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	if (setsid() < 0)
		return;
	if (tty < 0)
		from = open("/dev/null", O_RDWR | O_CLOEXEC);
	else if (ioctl(tty, TIOCSCTTY, 1) != 0)
		return;
	for (fd = 0; fd < 3; fd++)
		if (dup2(from, fd) != fd)
			return;
	if (give >= 0 && (dup2(give, WISHES) != WISHES ||
	    fcntl(WISHES, F_SETFD, 0) != 0))
		return;
	(void)execve(argv[0], (char *const *)(const void *)argv,
	    (char *const *)(const void *)environment);
}

pid_t
run(const char *const argv[], int tty, int give)
{
	pid_t pid = fork();

	if (pid == 0) {
		become(argv, tty, give);
		_exit(127);
	}
	return pid;
}

int
run_wait(const char *const argv[])
{
	pid_t pid = run(argv, -1, -1);
	int status = -1;

	if (pid < 0)
		return -1;
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	return status == 0 ? 0 : -1;
}

/* udevd listens once its socket is there; that takes a moment. */
static int
udevd_wait(void)
{
	const struct timespec moment = { .tv_nsec = 5000000 };
	int i;

	for (i = 0; i < 2000; i++) {
		if (access("/run/udev/control", F_OK) == 0)
			return 0;
		(void)nanosleep(&moment, NULL);
	}
	return -1;
}

/* What was there before udevd is announced once more, so that it knows. */
int
devices_start(struct machine *m)
{
	static const char *const udevd[] = { "/usr/bin/systemd-udevd",
	    "--resolve-names=never", NULL };
	static const char *const ready[] = { "/usr/bin/udevadm", "control",
	    "--ping", NULL };
	static const char *const again[] = { "/usr/bin/udevadm", "trigger",
	    "--action=add", "--subsystem-match=block",
	    "--subsystem-match=usb", NULL };

	m->udevd = run(udevd, -1, -1);
	if (m->udevd < 0 || udevd_wait() != 0 || run_wait(ready) != 0)
		return -1;
	return run_wait(again);
}

int
coldseal_start(struct machine *m)
{
	static const char *const coldseal[] = { "/usr/bin/coldseal",
	    "--users", "1000", "--devices", "--airgap", REPORT,
	    "--keymaps", KEYMAPS, "--wishes", "3", NULL };
	int theirs;

	if (wishes_open(m, &theirs) != 0)
		return -1;
	m->coldseal = run(coldseal, m->tty, theirs);
	(void)close(theirs);
	return m->coldseal > 0 ? 0 : -1;
}
