/*
 * term.h - the terminal.  The one file that includes <curses.h> is term.c.
 *
 * Works on the Linux console, xterm-256color, screen and vt100; in colour or,
 * with NO_COLOR or a terminal without, in mono.  Where the terminal is not
 * UTF-8, drawing characters become ASCII.
 *
 *	source	terminfo(5), no-color.org
 *	shapes	a canvas out, keys in
 *	units	columns and rows
 *	owns	the terminal between term_start and term_stop
 *	errors	ERR_IO: no terminal, or one that is not known
 *	secrets	term_scrub clears what was shown, also from the scrollback
 *	tests	tests/e2e (under tmux)
 */
#ifndef TUI_TERM_H
#define TUI_TERM_H

#include "tui/canvas.h"
#include "tui/key.h"

enum err term_start(void) must_check;
void	 term_stop(void);
bool	 term_has_blocks(void);		/* half blocks, for a QR code */
/* Asks for the size anew. */
void	 term_size(int *w, int *h);
void	 term_paint(const struct canvas *);
/* Never waits; K_NONE: nothing there. */
uint32_t term_key(void);
void	 term_scrub(void);

#endif
