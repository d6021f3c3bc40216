#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/input.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/reboot.h>
#include <sys/wait.h>
#include <unistd.h>

#include "live-build/init/init.h"

#define BIT(set, n) (((set)[(n) / 8] >> ((n) % 8) & 1) != 0)

/* A key for power and none for letters: a button, not a keyboard.  Or the
 * lid's switch. */
static bool
is_button(int fd)
{
	unsigned char keys[KEY_MAX / 8 + 1] = { 0 };
	unsigned char switches[SW_MAX / 8 + 1] = { 0 };

	if (ioctl(fd, EVIOCGBIT(EV_SW, sizeof(switches)), switches) >= 0 &&
	    BIT(switches, SW_LID))
		return true;
	return ioctl(fd, EVIOCGBIT(EV_KEY, sizeof(keys)), keys) >= 0 &&
	    BIT(keys, KEY_POWER) && !BIT(keys, KEY_A);
}

void
buttons_find(struct machine *m)
{
	DIR *d = opendir("/dev/input");
	const struct dirent *e;
	int fd;

	while (d != NULL && m->nbutton < BUTTONS_MAX &&
	    (e = readdir(d)) != NULL) {
		if (strncmp(e->d_name, "event", 5) != 0)
			continue;
		fd = openat(dirfd(d), e->d_name, O_RDONLY | O_CLOEXEC |
		    O_NONBLOCK);
		if (fd >= 0 && is_button(fd))
			m->button[m->nbutton++] = fd;
		else if (fd >= 0)
			(void)close(fd);
	}
	if (d != NULL)
		(void)closedir(d);
}

bool
button_pressed(int fd)
{
	bool pressed = false;
	struct input_event e;

	while (read(fd, &e, sizeof(e)) == (ssize_t)sizeof(e))
		if ((e.type == EV_KEY && e.code == KEY_POWER && e.value == 1) ||
		    (e.type == EV_SW && e.code == SW_LID && e.value == 1))
			pressed = true;
	return pressed;
}

/* Their memory is zeroed as the kernel takes it back (init_on_free); so are
 * the pages of files that it kept. */
void
end_others(void)
{
	int fd;

	(void)kill(-1, SIGKILL);
	while (waitpid(-1, NULL, 0) > 0 || errno == EINTR)
		continue;
	fd = open("/proc/sys/vm/drop_caches", O_WRONLY | O_CLOEXEC);
	if (fd >= 0) {
		(void)!write(fd, "3", 1);
		(void)close(fd);
	}
}

void
power_off(void)
{
	(void)reboot(RB_POWER_OFF);
	(void)reboot((int)RB_HALT_SYSTEM);
}
