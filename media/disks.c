#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "core/base/text.h"
#include "media/disks.h"

#define SECTOR 512		/* sysfs counts in these, whatever the disk */
#define TYPE_DISK 0
#define TYPE_OPTICAL 5

/* One attribute without its line end; "" where there is none. */
static void
attribute(int sys, const char *dir, const char *name, char *out, size_t cap)
{
	char path[PATH_MAX];
	ssize_t n = -1;
	int fd, r;

	out[0] = '\0';
	r = snprintf(path, sizeof(path), "%s/%s", dir, name);
	if (r < 0 || (size_t)r >= sizeof(path))
		return;
	fd = openat(sys, path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	n = read(fd, out, cap - 1);
	(void)close(fd);
	while (n > 0 && (out[n - 1] == '\n' || out[n - 1] == ' '))
		n--;
	out[n > 0 ? n : 0] = '\0';
}

/* Or none, where it is missing or no number. */
static uint64_t
number(int sys, const char *dir, const char *name, uint64_t none)
{
	char text[32];
	unsigned long long v;
	char *end;

	attribute(sys, dir, name, text, sizeof(text));
	if (text[0] < '0' || text[0] > '9')
		return none;
	v = strtoull(text, &end, 10);
	return *end == '\0' ? v : none;
}

static bool
is_name(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789");

	return n > 0 && n < DISK_NAME && s[n] == '\0';
}

/* The folder behind the link, from /sys: ".../usb3/3-1/3-1:1.0/host6/…". */
static enum err
real_dir(int sys, const char *name, char out[PATH_MAX])
{
	char path[PATH_MAX], link[PATH_MAX];
	const char *at = link;
	ssize_t n;
	int r;

	(void)snprintf(path, sizeof(path), "class/block/%.64s", name);
	n = readlinkat(sys, path, link, sizeof(link) - 1);
	if (n <= 0)
		return ERR_GONE;
	link[n] = '\0';
	while (strncmp(at, "../", 3) == 0)
		at += 3;
	r = snprintf(out, PATH_MAX, "%s", at);
	return r < 0 || r >= PATH_MAX || strstr(out, "..") != NULL ?
	    ERR_FORM : ERR_NONE;
}

/* An interface is named "3-1.2:1.0"; the device that it
 * is of lies just above.  dir is cut there. */
static enum err
usb_parent(const char *from, char dir[PATH_MAX], char usb[DISK_USB])
{
	char *colon, *slash = dir;

	(void)snprintf(dir, PATH_MAX, "%s", from);
	if (strstr(dir, "/usb") == NULL)
		return ERR_UNKNOWN;
	/* SCSI addresses hold colons too, "6:0:0:0", further down. */
	for (colon = strchr(dir, ':'); colon != NULL;
	    colon = strchr(colon + 1, ':')) {
		for (slash = colon; slash > dir && slash[-1] != '/'; slash--)
			continue;
		if (slash > dir && memchr(slash, '-',
		    (size_t)(colon - slash)) != NULL)
			break;
	}
	if (colon == NULL || (size_t)(colon - slash) >= DISK_USB)
		return ERR_UNKNOWN;
	memcpy(usb, slash, (size_t)(colon - slash));
	usb[colon - slash] = '\0';
	slash[-1] = '\0';
	return 0;
}

/* What was soldered in, with a medium that stays, is no stick. */
static bool
can_go(int sys, const char *disk, const char *usb_dir)
{
	char text[32];

	if (number(sys, disk, "removable", 0) == 1)
		return true;
	attribute(sys, usb_dir, "removable", text, sizeof(text));
	return strcmp(text, "fixed") != 0;
}

static void
set_model(int sys, const char *disk, char out[32])
{
	char text[32];

	attribute(sys, disk, "device/model", text, sizeof(text));
	text[16] = '\0';	/* SCSI has no longer ones */
	if (text_escape(span_text(text), out, 32) != 0 || out[0] == '\0')
		(void)snprintf(out, 32, "stick");
}

static enum err
set_number(int sys, const char *dir, dev_t *out)
{
	unsigned long high, low;
	char text[32], *colon, *end;

	attribute(sys, dir, "dev", text, sizeof(text));
	high = strtoul(text, &colon, 10);
	if (colon == text || *colon != ':')
		return ERR_FORM;
	low = strtoul(colon + 1, &end, 10);
	if (end == colon + 1 || *end != '\0' || high > UINT_MAX ||
	    low > UINT_MAX)
		return ERR_FORM;
	*out = makedev((unsigned)high, (unsigned)low);
	return 0;
}

static enum err
look(int sys, const char *name, struct disk *d)
{
	char dir[PATH_MAX], disk[PATH_MAX], usb_dir[PATH_MAX];
	uint64_t type, sectors;
	char *slash;
	enum err e;

	*d = (struct disk){ 0 };
	if (!is_name(name))
		return ERR_UNKNOWN;
	if ((e = real_dir(sys, name, dir)) != 0 ||
	    (e = usb_parent(dir, usb_dir, d->usb)) != 0)
		return e;
	(void)snprintf(d->name, sizeof(d->name), "%s", name);
	(void)snprintf(disk, sizeof(disk), "%s", dir);
	d->partition = (unsigned)number(sys, dir, "partition", 0);
	if (d->partition != 0 && (slash = strrchr(disk, '/')) != NULL)
		*slash = '\0';
	type = number(sys, disk, "device/type", UINT64_MAX);
	sectors = number(sys, dir, "size", 0);
	/* No medium, or nothing but a table of further partitions. */
	if ((type != TYPE_DISK && type != TYPE_OPTICAL) ||
	    sectors <= 2 || sectors > UINT64_MAX / SECTOR ||
	    !can_go(sys, disk, usb_dir))
		return ERR_UNKNOWN;
	d->bytes = sectors * SECTOR;
	d->readonly = type == TYPE_OPTICAL ||
	    number(sys, dir, "ro", 1) != 0;
	d->seq = number(sys, disk, "diskseq", 0);
	set_model(sys, disk, d->model);
	return set_number(sys, dir, &d->number);
}

/* Of a partition's name what names the disk: "sdb1", "mmcblk0p1". */
static int
stem(const struct disk *d)
{
	size_t n = strlen(d->name);

	while (d->partition != 0 && n > 1 && d->name[n - 1] >= '0' &&
	    d->name[n - 1] <= '9')
		n--;
	return (int)n;
}

/* sdz before sdaa, and a disk before its partitions. */
static int
by_name(const void *a, const void *b)
{
	const struct disk *x = a, *y = b;
	int n = stem(x), m = stem(y), way;

	if (n != m)
		return n < m ? -1 : 1;
	if ((way = strncmp(x->name, y->name, (size_t)n)) != 0)
		return way;
	return x->partition < y->partition ? -1 : x->partition > y->partition;
}

enum err
disks_scan(int sys, struct disk *out, size_t cap, size_t *n)
{
	const struct dirent *de;
	DIR *d;
	int fd;

	*n = 0;
	fd = openat(sys, "class/block", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return ERR_IO;
	if ((d = fdopendir(fd)) == NULL) {
		(void)close(fd);
		return ERR_SPACE;
	}
	while (*n < cap && (de = readdir(d)) != NULL)
		if (look(sys, de->d_name, &out[*n]) == 0)
			(*n)++;
	(void)closedir(d);
	if (*n > 1)
		qsort(out, *n, sizeof(*out), by_name);
	return 0;
}
