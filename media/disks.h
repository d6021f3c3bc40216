/*
 * disks.h - which block devices are sticks, as the kernel's sysfs tells.
 *
 * Only what hangs on USB counts, and only disks and optical drives whose
 * medium, or the device itself, can be taken away.  A disk with partitions is
 * listed before them.
 *
 *	source	Linux: Documentation/ABI/testing/sysfs-block, sysfs-bus-usb
 *	shapes	an array of struct disk, sorted by kernel name
 *	units	bytes
 *	owns	nothing
 *	errors	ERR_IO: there is no sysfs
 *	secrets	none
 *	tests	tests/unit/disks_test.c
 */
#ifndef MEDIA_DISKS_H
#define MEDIA_DISKS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "core/base/err.h"

#define DISKS_MAX 64		/* disks and partitions that are looked at */
#define DISK_NAME 32
#define DISK_USB 64

struct disk {
	char		name[DISK_NAME];	/* "sdb1": below /dev */
	char		usb[DISK_USB];		/* "3-1.2": the USB device */
	char		model[32];		/* as it says; escaped */
	dev_t		number;
	uint64_t	seq;		/* another after a change of medium */
	uint64_t	bytes;
	unsigned	partition;	/* 0: the whole disk */
	bool		readonly;
};

/* sys: /sys, opened. */
enum err disks_scan(int sys, struct disk *, size_t cap, size_t *n) must_check;

#endif
