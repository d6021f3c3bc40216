/*
 * random.h - the one source of randomness.
 *
 *	source	getrandom(2), without flags: blocks until the pool is ready
 *	shapes	fills a buffer
 *	units	bytes
 *	owns	nothing
 *	errors	ERR_INTERNAL when the kernel gives none: never half a buffer
 *	secrets	the bytes
 *	tests	tests/proc/memory_test.c, tests/lint/symbols.py
 */
#ifndef CORE_PROC_RANDOM_H
#define CORE_PROC_RANDOM_H

#include "core/base/err.h"

enum err random_bytes(void *, size_t) must_check;

#endif
