/*
 * front.h - the process that faces the owner: screen or command line.
 *
 *	source	design, section 2
 *	shapes	four channels and the options
 *	units	none
 *	owns	the engine
 *	errors	exit code
 *	secrets	words pass through once, in locked memory
 *	tests	tests/e2e
 */
#ifndef TUI_FRONT_H
#define TUI_FRONT_H

#include "core/proc/channel.h"

int	front_run(struct channel *keeper, struct channel *clerk,
	    struct channel *mounter, struct channel *parent, void *options);

#endif
