/*
 * terminal.h - the terminal put right again when the front can no longer.
 *
 *	source	termios(3); the leaving sequences of xterm and the Linux
 *		console, which every other terminal we know understands or
 *		ignores
 *	shapes	none
 *	units	none
 *	owns	a copy of the settings found at the start
 *	errors	none: there is nobody left to tell
 *	secrets	none
 *	tests	tests/proc/terminal_test.c
 */
#ifndef CORE_PROC_TERMINAL_H
#define CORE_PROC_TERMINAL_H

void	terminal_keep(void);
void	terminal_restore(void);
/* One line on standard error; nothing where it cannot be written. */
void	terminal_say(const char *);

#endif
