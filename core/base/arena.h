/*
 * arena.h - memory for one job: handed out in order, wiped all at once.
 *
 * There is no free of one piece.  NULL means the arena is full, and is the
 * only failure.
 *
 *	source	design, section 3
 *	shapes	base, size, used
 *	units	bytes
 *	owns	nothing; the memory belongs to whoever set base
 *	errors	NULL when full
 *	secrets	wiped by arena_clear and arena_back
 *	tests	tests/unit/base_test.c
 */
#ifndef CORE_BASE_ARENA_H
#define CORE_BASE_ARENA_H

#include <stddef.h>
#include <stdint.h>

struct arena {
	uint8_t	*base;
	size_t	 size;
	size_t	 used;
};

void	*arena_take(struct arena *, size_t count, size_t size, size_t align);
void	 arena_clear(struct arena *);
/* Wiped and given back: what was taken since .used was this. */
void	 arena_back(struct arena *, size_t used);

/* printf into the arena; NULL when it does not fit. */
char	*arena_text(struct arena *, const char *fmt, ...)
	    __attribute__((__format__(__printf__, 2, 3)));

#define arena_new(a, type, count) \
	((type *)arena_take((a), (count), sizeof(type), _Alignof(type)))

#endif
