/*
 * keeper.h - the process that alone holds the seeds.
 *
 * It answers about a dozen small requests made of numbers and digests, never
 * sees a byte of a foreign file, and signs what a consent names, as often as
 * it names it, and nothing else.
 *
 *	source	design, section 2
 *	shapes	a loop over three channels
 *	units	none
 *	owns	the seeds, in locked memory, wiped on lock and at the end
 *	errors	replies; exit code 0 when the channels close
 *	secrets	all of them
 *	tests	tests/unit/keeper_test.c, tests/proc, tests/ct
 */
#ifndef CORE_KEEPER_KEEPER_H
#define CORE_KEEPER_KEEPER_H

#include "core/proc/channel.h"

int	keeper_run(struct channel *front, struct channel *clerk,
	    struct channel *parent);

#endif
