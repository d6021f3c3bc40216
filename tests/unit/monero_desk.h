/*
 * monero_desk.h - the one desk of a test of Monero's files, and what opens,
 * closes and clears it.
 *
 *	source	none
 *	shapes	for cmocka's groups
 *	units	none
 *	owns	the desk
 *	errors	fails the test
 *	secrets	published test keys
 *	tests	this is for them
 */
#ifndef TESTS_UNIT_MONERO_DESK_H
#define TESTS_UNIT_MONERO_DESK_H

#include "tests/unit/monero_load.h"

static struct desk desk;

static int
setup(void **state)
{
	(void)state;
	return desk_open(&desk);
}

static int
teardown(void **state)
{
	(void)state;
	desk_close(&desk);
	return 0;
}

/* Before each: as after the lock. */
static int
fresh(void **state)
{
	(void)state;
	desk_forget(&desk);
	desk.arena.used = 0;
	return 0;
}

#endif
