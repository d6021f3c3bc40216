/*
 * Which devices are offered as sticks, and mounted: never a part of the one
 * that the image was started from, whatever else lies on it.  The kernel's
 * list and the mounts are made up.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdbool.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "media/mounter/devices.h"

#define WORLD 6

/* A hybrid image written to a stick, and what somebody added behind it; then
 * a stick of the owner's. */
static const struct {
	const char	*name, *usb;
	unsigned	 partition;
	enum volume_kind kind;
	const char	*label;
} world[WORLD] = {
	{ "sda", "3-1", 0, VOLUME_ISO, "COLDSEAL" },
	{ "sda1", "3-1", 1, VOLUME_ISO, "COLDSEAL" },
	{ "sda2", "3-1", 2, VOLUME_FAT, "EFI" },
	{ "sda3", "3-1", 3, VOLUME_EXFAT, "MINE" },
	{ "sdb", "3-2", 0, VOLUME_TABLE, "" },
	{ "sdb1", "3-2", 1, VOLUME_FAT, "VAULT" },
};

static const char *own_label;		/* of the image's volume */
static const char *own_port;
static struct disk mounted[WORLD];
static bool written[WORLD];
static size_t nmounted;

/* In place of those of media/. */
enum err
disks_scan(int sys, struct disk *out, size_t cap, size_t *n)
{
	(void)sys;
	assert_true(cap >= WORLD);
	for (*n = 0; *n < WORLD; (*n)++) {
		struct disk *d = &out[*n];

		*d = (struct disk){ .number = 1 + *n, .seq = 1,
		    .bytes = 8000000000, .partition = world[*n].partition };
		(void)snprintf(d->name, sizeof(d->name), "%s",
		    world[*n].name);
		(void)snprintf(d->usb, sizeof(d->usb), "%s", *n < 4 ?
		    own_port : world[*n].usb);
	}
	return 0;
}

enum err
watch_begin(struct watch *w)
{
	*w = (struct watch){ .fd = -1 };
	return 0;
}

void
watch_take(struct watch *w)
{
	(void)w;
}

void
device_look(struct device *d, uint8_t *head)
{
	size_t i;

	(void)head;
	for (i = 0; strcmp(world[i].name, d->disk.name) != 0; i++)
		continue;
	d->volume.kind = world[i].kind;
	d->volume.name = "";
	(void)snprintf(d->volume.label, sizeof(d->volume.label), "%s",
	    world[i].kind == VOLUME_ISO ? own_label : world[i].label);
}

enum err
device_mount(const struct device *d, bool write, uid_t user, int *fd)
{
	(void)user;
	*fd = -1;
	mounted[nmounted] = d->disk;
	written[nmounted++] = write;
	return 0;
}

enum err
device_free(const struct device *d)
{
	(void)d;
	return 0;
}

enum err
device_raw(const struct device *d, int *fd)
{
	assert_string_equal(d->disk.name, "sda");
	*fd = -1;
	return 0;
}

static void
begin(struct devices *s, const char *label)
{
	own_label = label;
	own_port = "3-1";
	nmounted = 0;
	memset(s, 0, sizeof(*s));
	assert_int_equal(devices_begin(s, 0), 0);
	assert_true(devices_refresh(s));
}

static void
none_of_it(struct devices *s)
{
	struct stick st[STICKS_MAX];
	uint32_t id, first = s->dev[0].id;
	int fd;

	assert_int_equal(devices_list(s, st, STICKS_MAX), 1);
	assert_string_equal(st[0].label, "VAULT 8 GB, part 1");
	assert_true(st[0].writable);
	for (id = first; id < first + 4; id++) {
		assert_int_equal(devices_mount(s, id, true, &fd), ERR_GONE);
		assert_int_equal(devices_mount(s, id, false, &fd), ERR_GONE);
	}
	assert_int_equal(nmounted, 0);
	assert_int_equal(devices_mount(s, st[0].id, true, &fd), 0);
	assert_int_equal(nmounted, 1);
	assert_string_equal(mounted[0].name, "sdb1");
	assert_true(written[0]);
	nmounted = 0;
}

/* Nor once it was pulled and plugged in elsewhere. */
static void
test_devices_never_the_boot_stick(void **state)
{
	struct devices s;
	int fd;

	(void)state;
	begin(&s, "COLDSEAL");
	none_of_it(&s);
	assert_int_equal(devices_own(&s, &fd), 0);
	own_port = "3-7.1";
	assert_true(devices_refresh(&s));
	none_of_it(&s);
}

/* The control: it is the mark of the image that keeps it out. */
static void
test_devices_another_image_is_a_stick(void **state)
{
	struct stick st[STICKS_MAX];
	struct devices s;
	int fd;

	(void)state;
	begin(&s, "DEBIAN");
	assert_int_equal(devices_list(&s, st, STICKS_MAX), 4);
	assert_false(st[0].writable);		/* an ISO 9660 never is */
	assert_int_equal(devices_mount(&s, st[0].id, true, &fd),
	    ERR_READONLY);
	assert_int_equal(nmounted, 0);
	assert_true(st[1].writable);
	assert_int_equal(devices_mount(&s, st[1].id, true, &fd), 0);
	assert_string_equal(mounted[0].name, "sda2");
	assert_int_equal(devices_own(&s, &fd), ERR_GONE);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_devices_never_the_boot_stick),
		cmocka_unit_test(test_devices_another_image_is_a_stick),
	};

	return cmocka_run_group_tests_name("devices", tests, NULL, NULL);
}
