/*
 * qr.h - a QR code on the canvas, for a camera that looks at the screen.
 *
 * Where the terminal has half blocks a cell is two modules, one above the
 * other; else a module is two blanks side by side.  Dark on light, whatever
 * the terminal's own colours are, with a light border of at least two
 * modules, four where there is room.
 *
 *	source	ISO/IEC 18004
 *	shapes	text in, the smallest code that holds it, level M; level L
 *		where that one alone fits
 *	units	columns and rows
 *	owns	nothing
 *	errors	false: no room for it, or more text than a code can hold
 *	secrets	none: never for anything secret, a camera may be anywhere
 *	tests	tests/unit/tui_qr_test.c, tests/e2e/addresses.py
 */
#ifndef TUI_WIDGET_QR_H
#define TUI_WIDGET_QR_H

#include <stdbool.h>

#include "tui/canvas.h"

struct qr_box {
	int	x, y, w, h;		/* where there is room for it */
	bool	blocks;			/* half blocks can be drawn */
};

/* Draws from the top left; *cols: how many columns it took. */
bool	 qr_draw(struct canvas *, const struct qr_box *, const char *text,
	    int *cols);
/* How many rows and columns a box must have for it; 0: no code holds it. */
int	 qr_rows(const char *text, bool blocks, int *cols);

#endif
