/*
 * random.h - the one source of randomness.
 *
 *	source	getrandom(2), without flags: blocks until the pool is ready
 *	shapes	fills a buffer
 *	units	bytes
 *	owns	nothing
 *	errors	none: where the kernel gives none the process ends, so that
 *		nobody goes on with half a buffer, or with zeros
 *	secrets	the bytes
 *	tests	tests/proc/random_test.c, tests/lint/symbols.py
 */
#ifndef CORE_PROC_RANDOM_H
#define CORE_PROC_RANDOM_H

#include <stddef.h>

void	random_bytes(void *, size_t);

#endif
