/*
 * tap.h - what the programs that run under valgrind share.
 *
 *	source	Test Anything Protocol
 *	shapes	one line a test; exit code of a program
 *	units	none
 *	owns	nothing
 *	errors	a report of valgrind fails the test in which it appeared
 *	secrets	whatever a test marks
 *	tests	tests/ct/run
 */
#ifndef TESTS_CT_TAP_H
#define TESTS_CT_TAP_H

#include <stdbool.h>
#include <stddef.h>

/* Errors of valgrind so far: its own and what CHECK_MEM found. */
unsigned	 reports(void);
void		 tell(const char *what, bool good);
/* Is every bit of it marked?  If not, what follows would prove nothing. */
bool		 marked(const void *, size_t);

/* PROGRAM: everything, as TAP; PROGRAM NAME: one control. */
int		 ct_main(int argc, char **argv, bool everything(void));

#endif
