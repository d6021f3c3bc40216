/*
 * listing.h - what lies on a stick.
 *
 * Every entry of the top folder is listed: a candidate, or skipped with the
 * reason in words.  Nothing is silent.  (Sub-folders are named, not entered.)
 *
 *	source	design, section 8
 *	shapes	array of entries, sorted by name
 *	units	bytes
 *	owns	the listing owns its memory until listing_end
 *	errors	ERR_IO, ERR_GONE, ERR_SPACE
 *	secrets	none
 *	tests	tests/unit/listing_test.c
 */
#ifndef MEDIA_LISTING_H
#define MEDIA_LISTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/err.h"
#include "core/base/limits.h"

#define LISTING_MAX LIMIT_STICK_FILES

struct entry {
	char		*name;		/* as on the stick */
	char		*shown;		/* escaped */
	uint64_t	 size;
	bool		 candidate;	/* worth reading */
	const char	*skip;		/* why not: "a folder", "a link" … */
};

struct listing {
	struct entry	*entry;
	size_t		 n;
	bool		 cut;		/* more than LISTING_MAX */
};

enum err listing_read(int dir, uint64_t cap, struct listing *) must_check;
void	 listing_end(struct listing *);

#endif
