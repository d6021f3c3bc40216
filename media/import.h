/*
 * import.h - a foreign file, read once, into sealed memory.
 *
 * Regular files only, never through a link; what grows or shrinks while it is
 * read is refused.  The stick can be pulled after this and nothing changes.
 *
 *	source	design, section 8; known attacks 21, 52
 *	shapes	directory descriptor and name in, sealed memfd out
 *	units	bytes
 *	owns	the caller owns the memfd
 *	errors	ERR_GONE, ERR_FORM (no regular file), ERR_TOO_LARGE,
 *		ERR_CHANGED, ERR_IO, ERR_SPACE
 *	secrets	none
 *	tests	tests/unit/import_test.c
 */
#ifndef MEDIA_IMPORT_H
#define MEDIA_IMPORT_H

#include "core/base/err.h"
#include "core/base/limits.h"

#include <stdbool.h>
#include <stdint.h>

#define IMPORT_CAP ((uint64_t)LIMIT_FILE)

/* The largest file this machine takes: a quarter of free memory, at most
 * IMPORT_CAP. */
uint64_t import_budget(void);
/* How much of this machine's memory is free now; 0: it cannot be told. */
uint64_t import_free_kib(void);
enum err import_file(int dir, const char *name, uint64_t cap, int *memfd,
	    uint64_t *size) must_check;
/* A few bytes of it, to know it by; where fewer are there, false. */
bool	 import_peek(int dir, const char *name, uint64_t at, uint8_t *, size_t)
	    must_check;
/* The first for a path that the owner typed on the command line. */
enum err import_path(const char *path, uint64_t cap, int *memfd,
	    uint64_t *size) must_check;

#endif
