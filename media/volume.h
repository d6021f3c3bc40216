/*
 * volume.h - what lies on a raw device, told by its first bytes.
 *
 * A small reader of marks, and no more: it decides whether the kernel may be
 * asked to mount a device, and names what it may not.  Two file systems that
 * both left their marks are a refusal, never a preference.
 *
 *	source	Microsoft, FAT specification 1.03 and exFAT specification 1.00;
 *		ECMA-119; UEFI 2.10, section 5; kernel documentation of ext4,
 *		xfs, btrfs, f2fs, erofs, squashfs; LUKS 1 and 2 on-disk format
 *	shapes	the first VOLUME_HEAD bytes, or as many as there are
 *	units	bytes
 *	owns	nothing
 *	errors	none: what is not known is VOLUME_UNKNOWN
 *	secrets	none
 *	tests	tests/unit/volume_test.c, tests/fuzz/fuzz_volume.c
 */
#ifndef MEDIA_VOLUME_H
#define MEDIA_VOLUME_H

#include <stdbool.h>

#include "core/base/span.h"

#define VOLUME_HEAD ((size_t)256 << 10)	/* ZFS writes its marks up to here */
#define VOLUME_LABEL 64

enum volume_kind {
	VOLUME_UNKNOWN,
	VOLUME_EMPTY,		/* nothing but zeros */
	VOLUME_TABLE,		/* of partitions, and no file system */
	VOLUME_TWO,		/* marks of more than one file system */
	VOLUME_FOREIGN,		/* known by name, not mounted */
	VOLUME_FAT,
	VOLUME_EXFAT,
	VOLUME_ISO
};

struct volume {
	enum volume_kind kind;
	const char	*name;		/* "ext4"; "" when there is none */
	char		 label[VOLUME_LABEL];	/* escaped; "" for none */
};

void	volume_look(struct span head, struct volume *);
/* The kernel's name for it, or NULL: it is not to be mounted. */
const char *volume_driver(const struct volume *);
/* "" or a sentence of less than 128 bytes: why not, and what to do. */
void	volume_advice(const struct volume *, char *out, size_t cap);

#endif
