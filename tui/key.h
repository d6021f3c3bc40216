/*
 * key.h - keys as the screens know them.
 *
 *	source	design, section 3
 *	shapes	a Unicode code point, or one of these above all code points
 *	units	none
 *	owns	nothing
 *	errors	none
 *	secrets	none
 *	tests	tests/unit/tui_golden_test.c
 */
#ifndef TUI_KEY_H
#define TUI_KEY_H

#include <stdbool.h>
#include <stdint.h>

enum {
	K_NONE = 0,
	K_BACKSPACE = 8,
	K_TAB = 9,
	K_ENTER = 13,
	K_CTRL_U = 21,
	K_ESC = 27,
	K_SPACE = 32,
	K_UP = 0x110000,
	K_DOWN,
	K_LEFT,
	K_RIGHT,
	K_PGUP,
	K_PGDN,
	K_HOME,
	K_END,
	K_F1,
	K_F2
};

static inline bool
key_is_text(uint32_t k)
{
	return k >= K_SPACE && k < 0x110000 && k != 127;
}

#endif
