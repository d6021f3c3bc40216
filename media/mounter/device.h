/*
 * device.h - one block device: what is on it, mounted, let go.
 *
 * A mount is never attached to the file tree: it is a descriptor, and gone
 * with the last one below it.  That it is gone is proven by opening the
 * device for ourselves alone.
 *
 *	source	design, section 8; fsopen(2), fsconfig(2), fsmount(2); open(2)
 *		on O_EXCL and block devices; ioctl BLKFLSBUF
 *	shapes	struct device
 *	units	bytes
 *	owns	nothing; a mount's descriptor is the caller's
 *	errors	ERR_GONE, ERR_READONLY, ERR_STATE (in use), ERR_FORM (damaged),
 *		ERR_UNKNOWN (not a file system that is mounted), ERR_IO
 *	secrets	none
 *	tests	tests/unit/volume_test.c, tests/image
 */
#ifndef MEDIA_MOUNTER_DEVICE_H
#define MEDIA_MOUNTER_DEVICE_H

#include "media/disks.h"
#include "media/volume.h"

struct device {
	struct disk	disk;
	struct volume	volume;
	bool		unread;		/* its first bytes could not be read */
	bool		absent;		/* a drive without a medium */
	uint32_t	id;
};

/* Reads the first bytes; head has room for VOLUME_HEAD. */
void	 device_look(struct device *, uint8_t *head);
/* user: whose the files are. */
enum err device_mount(const struct device *, bool write, uid_t user, int *fd)
	    must_check;
/* 0: nobody has it mounted, and the kernel kept nothing of it. */
enum err device_free(const struct device *) must_check;

/* To read the whole device, afresh. */
enum err device_raw(const struct device *, int *fd) must_check;

#endif
