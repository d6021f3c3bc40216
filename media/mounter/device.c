#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <poll.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "media/mounter/device.h"

/* A mount ends while the last descriptor is closed; somebody else may have
 * looked at the device for a moment. */
#define FREE_TRIES 100
#define FREE_MS 20

#define NO_SYMFOLLOW 0x200000	/* MOUNT_ATTR_NOSYMFOLLOW, newer headers */

static enum err
device_err(int error)
{
	switch (error) {
	case ENOENT:
	case ENXIO:
	case ENODEV:
	case ENOMEDIUM:
		return ERR_GONE;
	case EROFS:
	case EACCES:
		return ERR_READONLY;
	case EBUSY:
		return ERR_STATE;
	case EINVAL:
	case EUCLEAN:
		return ERR_FORM;
	default:
		return ERR_IO;
	}
}

/* The node of that name must still be the device that was looked at. */
static enum err
open_raw(const struct device *d, int flags, int *out)
{
	char path[sizeof("/dev/") + DISK_NAME];
	struct stat st;
	int fd;

	(void)snprintf(path, sizeof(path), "/dev/%s", d->disk.name);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW | flags);
	if (fd < 0)
		return device_err(errno);
	if (fstat(fd, &st) != 0 || !S_ISBLK(st.st_mode) ||
	    st.st_rdev != d->disk.number) {
		(void)close(fd);
		return ERR_GONE;
	}
	*out = fd;
	return 0;
}

static enum err
read_head(int fd, uint8_t *head, size_t *n)
{
	ssize_t r;

	for (*n = 0; *n < VOLUME_HEAD; *n += (size_t)r) {
		r = read(fd, head + *n, VOLUME_HEAD - *n);
		if (r < 0 && errno == EINTR)
			r = 0;
		else if (r < 0)
			return device_err(errno);
		else if (r == 0)
			return 0;
	}
	return 0;
}

void
device_look(struct device *d, uint8_t *head)
{
	enum err e;
	size_t n = 0;
	int fd = -1;

	d->volume = (struct volume){ .name = "" };
	if ((e = open_raw(d, 0, &fd)) == 0) {
		e = read_head(fd, head, &n);
		(void)close(fd);
	}
	d->absent = e == ERR_GONE;
	d->unread = e != 0;
	if (e == 0)
		volume_look(span_of(head, n), &d->volume);
}

/* The files are the front's alone, and no program is among them. */
static const struct {
	enum volume_kind kind;
	const char	*key, *value;
} options[] = {
	{ VOLUME_FAT, "fmask", "0177" },
	{ VOLUME_FAT, "dmask", "0077" },
	{ VOLUME_FAT, "errors", "remount-ro" },
	{ VOLUME_EXFAT, "fmask", "0177" },
	{ VOLUME_EXFAT, "dmask", "0077" },
	{ VOLUME_EXFAT, "errors", "remount-ro" },
	{ VOLUME_ISO, "mode", "0400" },
	{ VOLUME_ISO, "dmode", "0500" },
	{ VOLUME_ISO, "overriderockperm", NULL },
};

static int
set(int fs, const char *key, const char *value)
{
	return fsconfig(fs, value == NULL ? FSCONFIG_SET_FLAG :
	    FSCONFIG_SET_STRING, key, value, 0);
}

/* 0, or -1 and errno. */
static int
configure(int fs, const struct device *d, bool write, uid_t user)
{
	char path[sizeof("/dev/") + DISK_NAME], who[16];
	size_t i;

	(void)snprintf(path, sizeof(path), "/dev/%s", d->disk.name);
	(void)snprintf(who, sizeof(who), "%u", user);
	if (set(fs, "source", path) != 0 ||
	    (!write && set(fs, "ro", NULL) != 0) ||
	    set(fs, "uid", who) != 0 || set(fs, "gid", who) != 0)
		return -1;
	for (i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		if (options[i].kind == d->volume.kind &&
		    set(fs, options[i].key, options[i].value) != 0)
			return -1;
	return fsconfig(fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0);
}

static enum err
make_mount(const struct device *d, bool write, uid_t user, int *out)
{
	unsigned how = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV |
	    MOUNT_ATTR_NOEXEC | NO_SYMFOLLOW |
	    (write ? 0 : MOUNT_ATTR_RDONLY);
	const char *driver = volume_driver(&d->volume);
	enum err e = 0;
	int fs, fd = -1;

	if (driver == NULL ||
	    (fs = fsopen(driver, FSOPEN_CLOEXEC)) < 0)
		return ERR_UNKNOWN;
	if (configure(fs, d, write, user) != 0 ||
	    (fd = fsmount(fs, FSMOUNT_CLOEXEC, how)) < 0)
		e = device_err(errno);
	(void)close(fs);
	*out = fd;
	return e;
}

enum err
device_mount(const struct device *d, bool write, uid_t user, int *fd)
{
	struct stat st;
	enum err e;

	if (write && d->disk.readonly)
		return ERR_READONLY;
	/* Nobody else has it, and it is read afresh. */
	if ((e = device_free(d)) != 0 ||
	    (e = make_mount(d, write, user, fd)) != 0)
		return e;
	if (fstat(*fd, &st) == 0 && st.st_dev == d->disk.number)
		return 0;
	(void)close(*fd);
	return ERR_GONE;
}

enum err
device_free(const struct device *d)
{
	enum err e = ERR_STATE;
	unsigned i;
	int fd = -1;

	for (i = 0; i < FREE_TRIES && e == ERR_STATE; i++) {
		if (i > 0)
			(void)poll(NULL, 0, FREE_MS);
		e = open_raw(d, O_EXCL, &fd);
	}
	if (e != 0)
		return e;
	if (ioctl(fd, BLKFLSBUF, 0) != 0)
		e = device_err(errno);
	(void)close(fd);
	return e;
}

enum err
device_raw(const struct device *d, int *fd)
{
	enum err e = device_free(d);

	return e != 0 ? e : open_raw(d, 0, fd);
}
