#include <fcntl.h>
#include <linux/kd.h>
#include <linux/vt.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/klog.h>
#include <sys/reboot.h>
#include <termios.h>
#include <unistd.h>

#include "live-build/init/init.h"

#define KLOG_CONSOLE_OFF 6	/* syslog(2) */

/* Everything that a terminal keeps: attributes, scrollback, the screen. */
static const char wipe[] = "\033c\033[3J\033[H\033[2J\033[?25l";

/* Red and grey as the kernel has them are too dark to be read on black.
 * Where this cannot be done they stay so. */
static void
colours(int tty)
{
	enum { RED = 1, GREY = 8 };
	unsigned char all[16][3];

	if (ioctl(tty, GIO_CMAP, all) != 0)
		return;
	memcpy(all[RED], "\xd0\x40\x40", 3);
	memcpy(all[GREY], "\x90\x90\x90", 3);
	(void)ioctl(tty, PIO_CMAP, all);
}

/* The kernel's words must not stand in a page, no other console can be
 * reached by Alt-F2, and Ctrl-Alt-Del is a signal to us. */
int
console_open(struct machine *m)
{
	m->tty = open("/dev/tty1", O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (m->tty < 0)
		return -1;
	(void)klogctl(KLOG_CONSOLE_OFF, NULL, 0);
	if (ioctl(m->tty, VT_ACTIVATE, 1) != 0 ||
	    ioctl(m->tty, VT_WAITACTIVE, 1) != 0 ||
	    ioctl(m->tty, VT_LOCKSWITCH, 1) != 0 ||
	    ioctl(m->tty, KDSKBMODE, K_UNICODE) != 0 ||
	    reboot(RB_DISABLE_CAD) != 0)
		return -1;
	console_ellipsis(m);
	colours(m->tty);
	console_say(m, "\033%G");	/* UTF-8 */
	console_wipe(m);
	return 0;
}

void
console_say(const struct machine *m, const char *text)
{
	if (m->tty >= 0)
		(void)!write(m->tty, text, strlen(text));
}

void
console_wipe(const struct machine *m)
{
	console_say(m, wipe);
}

/* Hung up and opened anew: the kernel frees what was typed, and zeroes it.
 * From now on nobody reads, and what is typed is not shown. */
void
console_forget(struct machine *m)
{
	struct termios t;

	if (m->tty < 0)
		return;
	console_wipe(m);
	(void)ioctl(m->tty, TIOCVHANGUP);
	(void)close(m->tty);
	m->tty = open("/dev/tty1", O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (tcgetattr(m->tty, &t) == 0) {
		t.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG);
		(void)tcsetattr(m->tty, TCSAFLUSH, &t);
	}
	console_wipe(m);
}
