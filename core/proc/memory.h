/*
 * memory.h - sealed files in memory, arenas, locked secrets.
 *
 *	source	design, section 2; memfd_create(2), fcntl(2) on seals
 *	shapes	descriptors; spans mapped read-only
 *	units	bytes
 *	owns	the caller owns descriptors and unmaps what it mapped
 *	errors	ERR_IO, ERR_FORM (not sealed), ERR_SPACE
 *	secrets	secret_new: sodium_malloc, locked, guard pages
 *	tests	tests/proc/memory_test.c
 */
#ifndef CORE_PROC_MEMORY_H
#define CORE_PROC_MEMORY_H

#include "core/base/arena.h"
#include "core/base/err.h"
#include "core/base/span.h"

enum err memfd_new(const char *name, int *fd) must_check;
/* F_SEAL_WRITE, GROW, SHRINK, SEAL: nothing can change it any more. */
enum err memfd_seal(int fd) must_check;
/* Maps a sealed one read-only; one that is not sealed is ERR_FORM. */
enum err memfd_map(int fd, struct span *) must_check;
void	 memfd_unmap(struct span);
enum err memfd_write(int fd, struct span) must_check;	/* pwrite from 0 */
enum err memfd_write_at(int fd, size_t at, struct span) must_check;

/* Address space of this size; pages come as they are used. */
enum err arena_map(struct arena *, size_t size) must_check;

void	*secret_new(size_t);		/* NULL when it cannot be locked */
void	 secret_free(void *);		/* wipes */
enum err secret_room(size_t) must_check;	/* may so much be locked? */

#endif
