/*
 * mounter.h - the process that hands over sticks.
 *
 * With --devices it mounts real sticks; a folder named with --stick stands for
 * an inserted one.  Either way it passes a descriptor of the top folder, one
 * stick at a time, until the front releases it.
 *
 *	source	design, sections 2 and 8
 *	shapes	a loop over the channel to the front; put_sticks, read_sticks
 *	units	none
 *	owns	what it opened; nothing of what it passed
 *	errors	replies; exit code 0 when the channel closes
 *	secrets	none
 *	tests	tests/proc/mounter_test.c, tests/image
 */
#ifndef MEDIA_MOUNTER_MOUNTER_H
#define MEDIA_MOUNTER_MOUNTER_H

#include <sys/types.h>

#include "core/base/limits.h"
#include "core/base/reader.h"
#include "core/base/sink.h"
#include "core/proc/channel.h"

#define STICKS_MAX LIMIT_STICKS

struct stick {
	uint32_t	id;
	bool		writable;
	char		label[64];	/* escaped, for the eye */
	char		advice[128];	/* "" or why it cannot be read */
};

struct mounter_args {
	const char	*dir[STICKS_MAX];	/* --stick DIR */
	size_t		 n;
	bool		 devices;		/* --devices: real ones too */
	uid_t		 user;			/* whose files on them are */
};

int	 mounter_run(struct channel *front, void *mounter_args);

/* Body of STICK_LIST; STICK_CHANGE is empty (ask again); MOUNT, MOUNTED,
 * RELEASE and RELEASED carry a u32 id, MOUNT a u8 after it: 1, to write.
 * MEDIUM is empty, MEDIUM_OPEN carries a u32, 0. */
void	 put_sticks(struct sink *, const struct stick *, size_t n);
enum err read_sticks(struct span, struct stick *, size_t cap, size_t *n)
	    must_check;

#endif
