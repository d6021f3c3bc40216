/*
 * watch.h - udev tells when a block device comes, changes or goes.
 *
 * It says that something is new, and no more: what there is, media/disks.h
 * reads from the kernel.  Nothing is asked for again and again.
 *
 *	source	libudev(3), udev_monitor_new_from_netlink(3)
 *	shapes	a descriptor to poll
 *	units	none
 *	owns	its socket
 *	errors	ERR_IO: there is no udev here
 *	secrets	none
 *	tests	tests/proc/watch_test.c, tests/image
 */
#ifndef MEDIA_WATCH_H
#define MEDIA_WATCH_H

#include "core/base/err.h"

struct watch {
	struct udev		*udev;
	struct udev_monitor	*monitor;
	int			 fd;		/* -1: none */
};

enum err watch_begin(struct watch *) must_check;
void	 watch_end(struct watch *);
/* Takes all news there is. */
void	 watch_take(struct watch *);

#endif
