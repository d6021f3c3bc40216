/*
 * devices.h - the real sticks at hand.
 *
 * Each gets a number that no other had before it, and loses it when it is
 * pulled or its medium changes.  The stick that holds Coldseal itself, all
 * that hangs on the same USB device, is not among them.
 *
 *	source	design, section 8
 *	shapes	struct devices
 *	units	none
 *	owns	/sys, opened, and udev's socket
 *	errors	ERR_GONE: there is no such stick (any more); as device.h
 *	secrets	none
 *	tests	tests/unit/devices_test.c, tests/image
 */
#ifndef MEDIA_MOUNTER_DEVICES_H
#define MEDIA_MOUNTER_DEVICES_H

#include "media/mounter/device.h"
#include "media/mounter/mounter.h"
#include "media/watch.h"

#define DEVICES_FIRST 1000	/* folders have the numbers below */

struct devices {
	int		 sys;
	struct watch	 watch;
	uid_t		 user;		/* whose the files are */
	struct device	 dev[DISKS_MAX];
	size_t		 n;
	uint32_t	 last;		/* number given */
	bool		 news;		/* found while mounting, not told */
	uint8_t		 head[VOLUME_HEAD];
};

/* Before the jail. */
enum err devices_begin(struct devices *, uid_t user) must_check;
/* What there is now; those that are new are looked at.  True: it is not what
 * it was.  (A medium that is opened for the first time makes news, too.) */
bool	 devices_refresh(struct devices *);
/* How many were filled in. */
size_t	 devices_list(const struct devices *, struct stick *, size_t cap);
enum err devices_mount(struct devices *, uint32_t id, bool write, int *fd)
	    must_check;
/* The medium that holds Coldseal itself, to be read: ERR_GONE: it is not here
 * any more; ERR_DUPLICATE: there are two. */
enum err devices_own(struct devices *, int *fd) must_check;
enum err devices_release(struct devices *, uint32_t id) must_check;

#endif
