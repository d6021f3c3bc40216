/*
 * tui_play_image.h - what the live image answers, made up.
 *
 *	source	none
 *	shapes	effects in, events out
 *	units	none
 *	owns	nothing
 *	errors	as events; the third layout cannot be set
 *	secrets	none
 *	tests	used by tui_play.h
 */
#ifndef TESTS_UNIT_TUI_PLAY_IMAGE_H
#define TESTS_UNIT_TUI_PLAY_IMAGE_H

#include "tui/app.h"

/* Read in three steps, the digests counted up. */
static inline struct event
play_medium(struct app *a, enum err e, size_t *at, bool on)
{
	struct event ev = { .kind = EV_MEDIUM, .err = e };
	size_t i;

	*at = on ? *at + 1 : 1;
	ev.engine.done = (uint32_t)*at;
	ev.engine.total = 3;
	ev.whole = e == 0 && *at == 3;
	if (e == ERR_GONE)
		fault_set(&ev.engine.fault, 0, "The stick with Coldseal is "
		    "not here: plug it in.");
	a->medium.bytes = 13105152;
	for (i = 0; i < 32 * MEDIUM_PARTS; i++)
		a->medium.digest[i / 32].b[i % 32] = (uint8_t)(i * 5 + 1);
	return ev;
}

static inline struct event
play_image(struct app *a, enum err medium, size_t *at,
    const struct effect *fx)
{
	if (fx->kind == FX_MEDIUM)
		return play_medium(a, medium, at, fx->n == 1);
	if (fx->kind == FX_KEYMAP)
		return (struct event){ .kind = EV_KEYMAP, .n = fx->n,
		    .err = fx->n == 2 ? ERR_IO : ERR_NONE };
	return (struct event){ .kind = EV_TICK };
}

#endif
