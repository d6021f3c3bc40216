/*
 * canvas.h - a grid of cells to draw on; knows no terminal.
 *
 * Everything is clipped: what does not fit is not drawn, and nothing outside
 * is touched.
 *
 *	source	design, section 3
 *	shapes	width * height cells, row by row
 *	units	columns and rows from 0, top left
 *	owns	its cells, wiped by canvas_end and canvas_clear
 *	errors	ERR_SPACE, ERR_RANGE (a size that no terminal has)
 *	secrets	words being typed stand in it while they are on the screen
 *	tests	tests/unit/tui_canvas_test.c
 */
#ifndef TUI_CANVAS_H
#define TUI_CANVAS_H

#include <stdint.h>

#include "core/base/err.h"
#include "tui/style.h"

#define CANVAS_MAX 1000		/* columns or rows */

struct cell {
	uint32_t	ch;
	enum style	style;
};

struct canvas {
	int		 w, h;
	struct cell	*cell;
	int		 cx, cy;	/* cursor; cx < 0: none */
};

enum err canvas_new(struct canvas *, int w, int h) must_check;
void	 canvas_end(struct canvas *);
void	 canvas_clear(struct canvas *);

void	 canvas_put(struct canvas *, int x, int y, enum style, uint32_t ch);
/* Return the column behind what was drawn. */
int	 canvas_text(struct canvas *, int x, int y, enum style, const char *);
int	 canvas_textf(struct canvas *, int x, int y, enum style,
	    const char *fmt, ...) like_printf(5, 6);
/* At most w columns; what is cut ends in "…". */
int	 canvas_cut(struct canvas *, int x, int y, int w, enum style,
	    const char *);
void	 canvas_right(struct canvas *, int x_end, int y, enum style,
	    const char *);
void	 canvas_fill(struct canvas *, int x, int y, int w, enum style,
	    uint32_t ch);
void	 canvas_box(struct canvas *, int x, int y, int w, int h,
	    const char *title);
/* Wraps at blanks, skips the first skip lines; returns the rows needed. */
int	 canvas_wrap(struct canvas *, int x, int y, int w, int h, int skip,
	    enum style, const char *);
void	 canvas_cursor(struct canvas *, int x, int y);

/* As text, rows end in a newline, blanks at their ends dropped. */
size_t	 canvas_dump(const struct canvas *, char *out, size_t cap);

#endif
