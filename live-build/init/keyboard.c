#include <fcntl.h>
#include <linux/kd.h>
#include <linux/keyboard.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/keymaps.h"
#include "live-build/init/init.h"

#define TABLES_ALL 256		/* one for each set of modifiers */

/*
 * Coldseal's screen asks for a layout by one byte, its number in the file
 * that both know, and hears one: 0, it is in use.  No other wish is known
 * here; whose byte this is can choose among the tables of the image.
 */
int
wishes_open(struct machine *m, int *theirs)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
		return -1;
	m->wishes = pair[0];
	*theirs = pair[1];
	return 0;
}

static int
set_key(int tty, unsigned table, unsigned key, unsigned value)
{
	struct kbentry e = { .kb_table = (unsigned char)table,
	    .kb_index = (unsigned char)key,
	    .kb_value = (unsigned short)value };

	return ioctl(tty, KDSKBENT, &e);
}

/* Tables that the layout has not are taken away. */
static int
use(int tty, const unsigned char *b)
{
	unsigned t, k;

	for (t = 0; t < KEYMAP_TABLES; t++)
		for (k = 0; k < KEYMAP_KEYS; k++, b += 2)
			if (set_key(tty, t, k, b[0] | (unsigned)b[1] << 8) != 0)
				return -1;
	for (; t < TABLES_ALL; t++)
		if (set_key(tty, t, 0, K_NOSUCHMAP) != 0)
			return -1;
	return 0;
}

static int
keyboard_set(int tty, unsigned number)
{
	unsigned char tables[KEYMAP_BYTES];
	int fd = open(KEYMAPS, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return -1;
	n = pread(fd, tables, sizeof(tables), (off_t)number * KEYMAP_RECORD +
	    KEYMAP_NAME);
	(void)close(fd);
	return n == (ssize_t)sizeof(tables) ? use(tty, tables) : -1;
}

void
wishes_hear(struct machine *m)
{
	unsigned char number, answer;
	ssize_t n = recv(m->wishes, &number, 1, MSG_DONTWAIT | MSG_TRUNC);

	if (n == 1) {
		answer = keyboard_set(m->tty, number) != 0;
		n = send(m->wishes, &answer, 1, MSG_DONTWAIT | MSG_NOSIGNAL);
	}
	if (n == 1)
		return;
	(void)close(m->wishes);
	m->wishes = -1;
}
