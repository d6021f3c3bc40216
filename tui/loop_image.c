#include <poll.h>
#include <unistd.h>

#include "tui/loop_state.h"

#define ANSWER_MS 3000

/* One byte out, one byte back: see live-build/init/keyboard.c. */
static enum err
ask(int fd, uint8_t number)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	uint8_t answer = 1;

	if (write(fd, &number, 1) != 1)
		return ERR_GONE;
	if (poll(&p, 1, ANSWER_MS) != 1 || read(fd, &answer, 1) != 1)
		return ERR_GONE;
	return answer == 0 ? ERR_NONE : ERR_IO;
}

struct event
loop_keymap(struct loop *l, size_t number)
{
	struct event ev = { .kind = EV_KEYMAP, .n = number, .err = ERR_GONE };

	if (l->wishes >= 0 && number < KEYMAPS_MAX)
		ev.err = ask(l->wishes, (uint8_t)number);
	return ev;
}
