/*
 * scroll.h - moving through what is longer than the screen.
 *
 *	source	design, section 3
 *	shapes	a position, the last one there is, a page
 *	units	whatever the position counts: lines, files, codes
 *	owns	nothing
 *	errors	none: a position is never past the last
 *	secrets	none
 *	tests	tests/unit/tui_canvas_test.c
 */
#ifndef TUI_WIDGET_SCROLL_H
#define TUI_WIDGET_SCROLL_H

#include <stddef.h>

enum scroll_by {
	SCROLL_UP, SCROLL_DOWN, SCROLL_PGUP, SCROLL_PGDN, SCROLL_FIRST,
	SCROLL_LAST
};

struct scroll {
	size_t	*at;
	size_t	 last, page;
};

void	 scroll_move(const struct scroll *, enum scroll_by);

#endif
