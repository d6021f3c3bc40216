/*
 * The debug image's own program, in front of the two that the release image
 * starts: before the first process it leaves a child behind that opens a shell
 * on the second console, and before Coldseal it adds a line for every screen.
 */
#include <fcntl.h>
#include <linux/vt.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ARGS_MAX 32
#define BANNER "DEBUG IMAGE: a shell is open on Alt-F2. Enter no key of value."

static void
rest(void)
{
	const struct timespec moment = { .tv_nsec = 100000000 };

	(void)nanosleep(&moment, NULL);
}

/* The terminal's session leader. */
static void
shell(void)
{
	static const char *const argv[] = { "sh", NULL };
	static const char *const env[] = { "PATH=/usr/bin", "TERM=linux",
	    NULL };
	int i, tty;

	if (setsid() < 0 || (tty = open("/dev/tty2", O_RDWR)) < 0)
		_exit(1);
	(void)ioctl(tty, TIOCSCTTY, 1);
	(void)ioctl(tty, VT_UNLOCKSWITCH, 1);
	for (i = 0; i < 3; i++)
		(void)dup2(tty, i);
	(void)execve("/usr/bin/busybox", (char *const *)(const void *)argv,
	    (char *const *)(const void *)env);
	_exit(1);
}

/* Once the first process has set up its console, and again whenever the shell
 * ends. */
static void
keep_a_shell(void)
{
	pid_t pid;

	while (access("/run/airgap", F_OK) != 0)
		rest();
	for (;;) {
		if ((pid = fork()) == 0)
			shell();
		(void)waitpid(pid, NULL, 0);
		rest();
	}
}

int
main(int argc, char **argv)
{
	const char *all[ARGS_MAX + 3] = { "coldseal" };
	int i;

	if (getpid() == 1) {
		if (fork() == 0)
			keep_a_shell();
		(void)execv("/init.release", argv);
		return 1;
	}
	for (i = 1; i < argc && i < ARGS_MAX; i++)
		all[i] = argv[i];
	all[i] = "--banner";
	all[i + 1] = BANNER;
	(void)execv("/usr/bin/coldseal.release",
	    (char *const *)(const void *)all);
	return 1;
}
