/*
 * cli_ask.h - secrets on a plain terminal: its second screen, Ctrl-C as a line
 * of its own, so that what was shown is off the screen however it ends; the
 * parent does the same when this process dies.
 *
 *	source	design, section 2
 *	shapes	lines in, text out
 *	units	seconds
 *	owns	the terminal while a talk lasts
 *	errors	ERR_IO (no terminal), ERR_STOPPED (Ctrl-C, Ctrl-D, a line that
 *		is too long)
 *	secrets	lines typed and texts shown, in the caller's locked memory;
 *		no buffer of stdio sees them
 *	tests	tests/e2e/newkey.py, tests/e2e/backup.py
 */
#ifndef TUI_CLI_ASK_H
#define TUI_CLI_ASK_H

#include "core/base/err.h"
#include "core/base/span.h"

#define ASK_LINE 640			/* a share of 59 words fits */
#define GRID_ROWS 16
#define GRID_MAX (GRID_ROWS * 80)

void	 ask_say(const char *);		/* no secret: through stdio */
/* Off the screen, and out of what can be scrolled back to. */
void	 ask_scrub(void);
/* A line without its end. */
enum err ask_line(char line[ASK_LINE]) must_check;
/* Until Enter, or until the time is over: both are 0. */
enum err ask_wait(char line[ASK_LINE], unsigned seconds) must_check;
/* Numbered words, or a text that is none, in columns; wiped when shown. */
enum err ask_show(struct span text, char grid[GRID_MAX]) must_check;
/* The talk between: begun on a fresh second screen, ended with the first. */
enum err ask_terminal(enum err (*talk)(void *), void *arg) must_check;

#endif
