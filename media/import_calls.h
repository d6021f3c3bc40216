/*
 * import_calls.h - the system calls by which a foreign file is read.
 *
 * One table, so that a test can let a file grow, shrink or vanish between any
 * two of them.
 *
 *	source	openat(2), fstat(2), fstatat(2), read(2)
 *	shapes	struct import_calls; the real ones in import_calls_real
 *	units	bytes
 *	owns	nothing
 *	errors	as the calls: -1 and errno
 *	secrets	none
 *	tests	tests/unit/import_test.c
 */
#ifndef MEDIA_IMPORT_CALLS_H
#define MEDIA_IMPORT_CALLS_H

#include <stdbool.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "media/import.h"

struct import_calls {
	int	(*fstatat)(int dir, const char *, struct stat *, int flags);
	int	(*openat)(int dir, const char *, int flags);
	int	(*fstat)(int fd, struct stat *);
	ssize_t	(*read)(int fd, void *, size_t);
	/* Asked after each piece, unless NULL: false stops, ERR_STOPPED. */
	bool	(*go_on)(void *);
	void	*go_on_arg;
};

extern const struct import_calls import_calls_real;

/* dir may be AT_FDCWD; name may then be a path. */
enum err import_with(const struct import_calls *, int dir, const char *name,
	    uint64_t cap, int *memfd, uint64_t *size) must_check;
/* The budget for a machine with this much memory, in KiB. */
uint64_t import_budget_of(uint64_t total_kib, uint64_t free_kib);

#endif
