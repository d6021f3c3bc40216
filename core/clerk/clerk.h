/*
 * clerk.h - the process that reads foreign files.
 *
 * It judges them, draws up the page, and after consent assembles the answer.
 * It holds no spending secret and can open, run, or connect to nothing.
 *
 *	source	design, section 2
 *	shapes	a loop over the channel to the front
 *	units	none
 *	owns	two arenas: one a file, one a session
 *	errors	replies; exit code 0 when the channel closes
 *	secrets	view keys, in locked memory
 *	tests	tests/proc, tests/e2e
 */
#ifndef CORE_CLERK_CLERK_H
#define CORE_CLERK_CLERK_H

#include "core/proc/channel.h"

int	clerk_run(struct channel *front, struct channel *keeper);

#endif
