#include <poll.h>
#include <string.h>
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

static struct event
keymap(struct loop *l, size_t number)
{
	struct event ev = { .kind = EV_KEYMAP, .n = number, .err = ERR_GONE };

	if (l->wishes >= 0 && number < KEYMAPS_MAX)
		ev.err = ask(l->wishes, (uint8_t)number);
	return ev;
}

void
loop_medium_end(struct loop *l)
{
	if (l->medium_fd >= 0)
		(void)close(l->medium_fd);
	l->medium_fd = -1;
}

/* From the start, or one step on. */
static enum err
read_on(struct loop *l, bool start, struct fault *f)
{
	enum err e;

	if (!start)
		return l->medium_fd >= 0 ? medium_step(&l->medium, l->step) :
		    ERR_STATE;
	loop_medium_end(l);
	if ((e = engine_medium(l->engine, &l->medium_fd, f)) != 0)
		return e;
	return medium_begin(&l->medium, l->medium_fd);
}

static struct event
medium(struct loop *l, bool start)
{
	struct event ev = { .kind = EV_MEDIUM };
	const struct medium *m = &l->medium;

	ev.err = read_on(l, start, &ev.engine.fault);
	if (ev.err == ERR_DEAD)
		return loop_dead(ROLE_MOUNTER);
	if (ev.err == 0) {
		ev.engine.done = (uint32_t)(m->at >> 10);
		ev.engine.total = (uint32_t)(m->part[MEDIUM_WHOLE].n >> 10);
		l->app.medium.bytes = m->part[MEDIUM_WHOLE].n;
		ev.whole = medium_done(m);
	}
	if (ev.whole)
		memcpy(l->app.medium.digest, m->digest, sizeof(m->digest));
	if (ev.whole || ev.err != 0)
		loop_medium_end(l);
	return ev;
}

struct event
loop_do_image(struct loop *l, const struct effect *fx)
{
	if (fx->kind == FX_KEYMAP)
		return keymap(l, fx->n);
	if (fx->kind == FX_MEDIUM)
		return medium(l, fx->n == 0);
	loop_medium_end(l);
	return (struct event){ .kind = EV_TICK };
}
