/*
 * choice.h - a row with a name and a value that is turned with the keys left
 * and right: "> Network      < mainnet >".
 *
 *	source	design, section 3
 *	shapes	a row of the canvas
 *	units	columns and rows
 *	owns	nothing
 *	errors	none
 *	secrets	none
 *	tests	tests/unit/tui_golden_test.c
 */
#ifndef TUI_WIDGET_CHOICE_H
#define TUI_WIDGET_CHOICE_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/canvas.h"

/* here: the cursor is on it. */
void	choice_draw(struct canvas *, int y, bool here, const char *name,
	    const char *value);
/* The next of n, or the one before. */
size_t	choice_turn(size_t now, size_t n, bool on);

#endif
