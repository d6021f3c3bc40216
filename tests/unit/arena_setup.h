/*
 * arena_setup.h - one arena for the tests of a file, and what makes and frees
 * it; keys can be computed from then on.
 */
#ifndef TESTS_UNIT_ARENA_SETUP_H
#define TESTS_UNIT_ARENA_SETUP_H

#include <stdlib.h>

#include "core/base/arena.h"
#include "core/crypto/secp.h"

#define ARENA ((size_t)16 << 20)

static struct arena arena;

static int
setup(void **state)
{
	(void)state;
	arena = (struct arena){ malloc(ARENA), ARENA, 0 };
	return arena.base == NULL || secp_init(NULL) != 0;
}

static int
teardown(void **state)
{
	(void)state;
	free(arena.base);
	return 0;
}

#endif
