#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "media/mounter/devices.h"

#define OWN_LABEL "COLDSEAL"	/* the volume that the image is made with */

enum err
devices_begin(struct devices *s, uid_t user)
{
	s->user = user;
	s->n = 0;
	s->last = DEVICES_FIRST;
	s->sys = open("/sys", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (s->sys < 0)
		return ERR_IO;
	return watch_begin(&s->watch);
}

static const struct device *
known(const struct device *old, size_t n, const struct disk *d)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (old[i].disk.number == d->number &&
		    old[i].disk.seq == d->seq &&
		    old[i].disk.bytes == d->bytes &&
		    old[i].disk.readonly == d->readonly &&
		    strcmp(old[i].disk.usb, d->usb) == 0 && !old[i].absent)
			return &old[i];
	return NULL;
}

/* A drive without a medium is looked at each time, and is no stick. */
bool
devices_refresh(struct devices *s)
{
	struct device old[DISKS_MAX];
	struct disk disk[DISKS_MAX];
	const struct device *was;
	size_t i, n = 0, kept = 0, nold = s->n;
	bool changed = false;

	watch_take(&s->watch);
	memcpy(old, s->dev, sizeof(old));
	s->n = 0;
	if (disks_scan(s->sys, disk, DISKS_MAX, &n) != 0)
		n = 0;
	for (i = 0; i < n; i++) {
		struct device *d = &s->dev[s->n++];

		if ((was = known(old, nold, &disk[i])) != NULL) {
			*d = *was;
			kept++;
			continue;
		}
		*d = (struct device){ .disk = disk[i], .id = ++s->last };
		device_look(d, s->head);
		changed = changed || !d->absent;
	}
	for (i = 0; i < nold; i++)
		kept += old[i].absent;
	return changed || kept < nold;
}

static bool
same_usb(const struct device *a, const struct device *b)
{
	return strcmp(a->disk.usb, b->disk.usb) == 0;
}

/* Its disk, or a partition of it, is the image's file system. */
static bool
is_own(const struct devices *s, const struct device *d)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (same_usb(&s->dev[i], d) &&
		    s->dev[i].volume.kind == VOLUME_ISO &&
		    strcmp(s->dev[i].volume.label, OWN_LABEL) == 0)
			return true;
	return false;
}

/* Partitions follow their disk. */
static size_t
partitions(const struct devices *s, const struct device *d)
{
	size_t i, n = 0;

	for (i = (size_t)(d - s->dev) + 1; i < s->n &&
	    s->dev[i].disk.partition != 0; i++)
		n += same_usb(&s->dev[i], d) && !s->dev[i].absent;
	return n;
}

/* A disk stands for itself where it has no partitions. */
static bool
is_shown(const struct devices *s, const struct device *d)
{
	if (d->absent || is_own(s, d))
		return false;
	return d->disk.partition != 0 || partitions(s, d) == 0;
}

static void
put_size(uint64_t bytes, char out[16])
{
	if (bytes >= 1000000000)
		(void)snprintf(out, 16, "%u GB",
		    (unsigned)((bytes + 500000000) / 1000000000));
	else if (bytes >= 1000000)
		(void)snprintf(out, 16, "%u MB",
		    (unsigned)((bytes + 500000) / 1000000));
	else
		(void)snprintf(out, 16, "%u kB",
		    (unsigned)((bytes + 500) / 1000));
}

static void
put_stick(const struct device *d, struct stick *st)
{
	const char *name = d->volume.label[0] != '\0' ? d->volume.label :
	    d->disk.model;
	char size[16], part[16] = "";

	st->id = d->id;
	put_size(d->disk.bytes, size);
	if (d->disk.partition != 0)
		(void)snprintf(part, sizeof(part), ", part %u",
		    d->disk.partition % 1000);
	(void)snprintf(st->label, sizeof(st->label), "%.32s %s%s", name, size,
	    part);
	volume_advice(&d->volume, st->advice, sizeof(st->advice));
	if (d->unread)
		(void)snprintf(st->advice, sizeof(st->advice),
		    "it cannot be read; try it once more, or another one");
	st->writable = st->advice[0] == '\0' && !d->disk.readonly &&
	    d->volume.kind != VOLUME_ISO;
}

size_t
devices_list(const struct devices *s, struct stick *st, size_t cap)
{
	size_t i, n = 0, over = 0;

	for (i = 0; i < s->n; i++) {
		if (!is_shown(s, &s->dev[i]))
			continue;
		if (n < cap)
			put_stick(&s->dev[i], &st[n++]);
		else
			over++;
	}
	if (over > 0 && n > 0) {
		st[n - 1].writable = false;
		(void)snprintf(st[n - 1].advice, sizeof(st->advice),
		    "this and %zu more are too many: pull some out", over);
	}
	return n;
}

static const struct device *
find(const struct devices *s, uint32_t id)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (s->dev[i].id == id)
			return &s->dev[i];
	return NULL;
}

enum err
devices_mount(struct devices *s, uint32_t id, bool write, int *fd)
{
	const struct device *d;

	if (devices_refresh(s))
		s->news = true;
	d = find(s, id);
	if (d == NULL || !is_shown(s, d))
		return ERR_GONE;
	if (write && d->volume.kind == VOLUME_ISO)
		return ERR_READONLY;
	return device_mount(d, write, s->user, fd);
}

enum err
devices_release(struct devices *s, uint32_t id)
{
	const struct device *d = find(s, id);

	return d != NULL ? device_free(d) : ERR_GONE;
}

enum err
devices_own(struct devices *s, int *fd)
{
	const struct device *own = NULL;
	size_t i;

	if (devices_refresh(s))
		s->news = true;
	for (i = 0; i < s->n; i++) {
		if (s->dev[i].disk.partition != 0 || !is_own(s, &s->dev[i]))
			continue;
		if (own != NULL)
			return ERR_DUPLICATE;
		own = &s->dev[i];
	}
	return own != NULL ? device_raw(own, fd) : ERR_GONE;
}
