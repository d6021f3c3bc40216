/*
 * control.h - what valgrind must report: the checks of the check.
 *
 *	source	none
 *	shapes	one of five ways to let a secret out through time
 *	units	none
 *	owns	nothing
 *	errors	none
 *	secrets	the 32 bytes given, which these functions are careless with
 *	tests	tests/ct/run
 */
#ifndef TESTS_CT_CONTROL_H
#define TESTS_CT_CONTROL_H

#include "core/base/secret.h"

enum control { CONTROL_BRANCH, CONTROL_INDEX, CONTROL_COMPARE, CONTROL_OUT,
    CONTROL_SUM, CONTROLS };

extern const char *const control_name[CONTROLS];
void	control_run(enum control, const struct secret32 *);

#endif
