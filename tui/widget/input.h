/*
 * input.h - one line being typed.
 *
 * The buffer is the caller's; where it is to stay secret, it is locked
 * memory.  What is deleted is overwritten at once.
 *
 *	source	design, section 2 (the locked line buffer)
 *	shapes	NUL-terminated UTF-8
 *	units	bytes
 *	owns	nothing
 *	errors	a key that does not fit is not taken
 *	secrets	the buffer, where the caller says so
 *	tests	tests/unit/tui_app_test.c
 */
#ifndef TUI_WIDGET_INPUT_H
#define TUI_WIDGET_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tui/canvas.h"

struct input {
	char	*buf;
	size_t	 cap, n;
	bool	 full;			/* the last key did not fit */
};

struct input input_in(char *buf, size_t cap);
void	 input_clear(struct input *);
/* True when the key was a text key, Backspace or Ctrl-U. */
bool	 input_key(struct input *, uint32_t key);
/* hidden: a dot a character.  Draws w columns and places the cursor. */
void	 input_draw(const struct input *, struct canvas *, int x, int y, int w,
	    bool hidden, bool focus);

#endif
