/*
 * Which block devices are sticks, on a made-up sysfs.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdbool.h>
#include <cmocka.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "media/disks.h"

#define PCI "devices/pci0000:00/0000:00:14.0/"
#define STICK PCI "usb3/3-1/3-1:1.0/host6/target6:0:0/6:0:0:0"
#define HUB PCI "usb3/3-2/3-2.4/3-2.4.1/3-2.4.1:1.0/host7/target7:0:0/7:0:0:0"
#define INNER PCI "0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0"

struct sys {
	char	path[64];
	int	fd;
};

static struct sys
sys_begin(void)
{
	struct sys s;

	(void)snprintf(s.path, sizeof(s.path), "/tmp/coldseal-sys-XXXXXX");
	assert_non_null(mkdtemp(s.path));
	s.fd = open(s.path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	assert_true(s.fd >= 0);
	assert_int_equal(mkdirat(s.fd, "class", 0755), 0);
	assert_int_equal(mkdirat(s.fd, "class/block", 0755), 0);
	return s;
}

static void
sys_end(struct sys *s)
{
	char command[128];

	(void)close(s->fd);
	(void)snprintf(command, sizeof(command), "rm -rf %s", s->path);
	assert_int_equal(system(command), 0);
}

static void
make_dirs(const struct sys *s, const char *path)
{
	char part[PATH_MAX];
	const char *at = path;

	while ((at = strchr(at, '/')) != NULL) {
		(void)snprintf(part, sizeof(part), "%.*s", (int)(at - path),
		    path);
		(void)mkdirat(s->fd, part, 0755);
		at++;
	}
}

static void
put(const struct sys *s, const char *dir, const char *name,
    const char *value)
{
	char path[PATH_MAX];
	int fd;

	(void)snprintf(path, sizeof(path), "%s/%s", dir, name);
	make_dirs(s, path);
	fd = openat(s->fd, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
	    0644);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, value, strlen(value)), strlen(value));
	assert_int_equal(write(fd, "\n", 1), 1);
	(void)close(fd);
}

/* A disk as the kernel shows it: 8 GiB, removable, writable. */
static void
put_disk(const struct sys *s, const char *scsi, const char *name,
    const char *dev)
{
	char dir[PATH_MAX], link[PATH_MAX + 8], class[64];

	(void)snprintf(dir, sizeof(dir), "%s/block/%s", scsi, name);
	put(s, dir, "dev", dev);
	put(s, dir, "size", "16777216");
	put(s, dir, "removable", "1");
	put(s, dir, "ro", "0");
	put(s, dir, "diskseq", "9");
	put(s, dir, "device/type", "0");
	put(s, dir, "device/model", "Ultra Fit       ");
	(void)snprintf(link, sizeof(link), "../../%s", dir);
	(void)snprintf(class, sizeof(class), "class/block/%s", name);
	assert_int_equal(symlinkat(link, s->fd, class), 0);
}

static void
put_part(const struct sys *s, const char *scsi, const char *disk,
    const char *name, const char *number, const char *dev)
{
	char dir[PATH_MAX], link[PATH_MAX + 8], class[64];

	(void)snprintf(dir, sizeof(dir), "%s/block/%s/%s", scsi, disk, name);
	put(s, dir, "dev", dev);
	put(s, dir, "size", "8000000");
	put(s, dir, "ro", "0");
	put(s, dir, "partition", number);
	(void)snprintf(link, sizeof(link), "../../%s", dir);
	(void)snprintf(class, sizeof(class), "class/block/%s", name);
	assert_int_equal(symlinkat(link, s->fd, class), 0);
}

static size_t
scan(const struct sys *s, struct disk d[DISKS_MAX])
{
	size_t n = 99;

	memset(d, 0x5c, sizeof(*d) * DISKS_MAX);
	assert_int_equal(disks_scan(s->fd, d, DISKS_MAX, &n), 0);
	return n;
}

static void
test_a_stick(void **state)
{
	struct sys s = sys_begin();
	struct disk d[DISKS_MAX];

	(void)state;
	assert_int_equal(scan(&s, d), 0);
	put_disk(&s, STICK, "sdb", "8:16");
	assert_int_equal(scan(&s, d), 1);
	assert_string_equal(d[0].name, "sdb");
	assert_string_equal(d[0].usb, "3-1");
	assert_string_equal(d[0].model, "Ultra Fit");
	assert_true(d[0].number == makedev(8, 16));
	assert_true(d[0].bytes == (uint64_t)16777216 * 512);
	assert_true(d[0].seq == 9);
	assert_int_equal(d[0].partition, 0);
	assert_false(d[0].readonly);
	put(&s, STICK "/block/sdb", "ro", "1");
	assert_int_equal(scan(&s, d), 1);
	assert_true(d[0].readonly);
	sys_end(&s);
}

static void
test_partitions_follow_their_disk(void **state)
{
	static const char *const want[] = { "sdb", "sdb1", "sdb2", "sdb10",
	    "sdc", "sdaa", "sdaa1" };
	struct sys s = sys_begin();
	struct disk d[DISKS_MAX];
	size_t i;

	(void)state;
	put_disk(&s, STICK, "sdaa", "65:160");
	put_part(&s, STICK, "sdaa", "sdaa1", "1", "65:161");
	put_disk(&s, STICK, "sdc", "8:32");
	put_disk(&s, STICK, "sdb", "8:16");
	put_part(&s, STICK, "sdb", "sdb10", "10", "8:26");
	put_part(&s, STICK, "sdb", "sdb2", "2", "8:18");
	put_part(&s, STICK, "sdb", "sdb1", "1", "8:17");
	assert_int_equal(scan(&s, d), 7);
	for (i = 0; i < 7; i++)
		assert_string_equal(d[i].name, want[i]);
	assert_int_equal(d[3].partition, 10);
	assert_string_equal(d[3].model, "Ultra Fit");
	/* An extended partition is a table, and no place for files. */
	put(&s, STICK "/block/sdb/sdb2", "size", "2");
	assert_int_equal(scan(&s, d), 6);
	sys_end(&s);
}

static void
test_behind_hubs(void **state)
{
	struct sys s = sys_begin();
	struct disk d[DISKS_MAX];

	(void)state;
	put_disk(&s, HUB, "sdd", "8:48");
	assert_int_equal(scan(&s, d), 1);
	assert_string_equal(d[0].usb, "3-2.4.1");
	sys_end(&s);
}

static void
test_optical(void **state)
{
	struct sys s = sys_begin();
	struct disk d[DISKS_MAX];

	(void)state;
	put_disk(&s, STICK, "sr0", "11:0");
	put(&s, STICK "/block/sr0", "device/type", "5");
	assert_int_equal(scan(&s, d), 1);
	assert_true(d[0].readonly);
	sys_end(&s);
}

/* The disk inside, a loop device, what is soldered in, a scanner, no medium:
 * none is a stick. */
static void
test_what_is_no_stick(void **state)
{
	struct sys s = sys_begin();
	struct disk d[DISKS_MAX];

	(void)state;
	put_disk(&s, INNER, "sda", "8:0");
	put_disk(&s, "devices/virtual", "loop0", "7:0");
	put_disk(&s, STICK, "sdb", "8:16");
	assert_int_equal(scan(&s, d), 1);
	put(&s, STICK "/block/sdb", "size", "0");
	assert_int_equal(scan(&s, d), 0);
	put(&s, STICK "/block/sdb", "size", "16777216");
	put(&s, STICK "/block/sdb", "device/type", "6");
	assert_int_equal(scan(&s, d), 0);
	put(&s, STICK "/block/sdb", "device/type", "0");
	put(&s, STICK "/block/sdb", "removable", "0");
	assert_int_equal(scan(&s, d), 1);	/* the device can go */
	put(&s, PCI "usb3/3-1", "removable", "fixed");
	assert_int_equal(scan(&s, d), 0);
	put(&s, STICK "/block/sdb", "removable", "1");
	assert_int_equal(scan(&s, d), 1);	/* a reader: the medium can */
	put(&s, STICK "/block/sdb", "dev", "nonsense");
	assert_int_equal(scan(&s, d), 0);
	sys_end(&s);
}

/* A stick says what it is called. */
static void
test_hostile_model(void **state)
{
	struct sys s = sys_begin();
	struct disk d[DISKS_MAX];

	(void)state;
	put_disk(&s, STICK, "sdb", "8:16");
	put(&s, STICK "/block/sdb", "device/model", "\x1b[2J\x07");
	assert_int_equal(scan(&s, d), 1);
	assert_string_equal(d[0].model, "\\x1b[2J\\x07");
	put(&s, STICK "/block/sdb", "device/model",
	    "\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b");
	assert_int_equal(scan(&s, d), 1);
	assert_string_equal(d[0].model, "stick");
	put(&s, STICK "/block/sdb", "device/model", "");
	assert_int_equal(scan(&s, d), 1);
	assert_string_equal(d[0].model, "stick");
	sys_end(&s);
}

static void
test_no_more_than_there_is_room_for(void **state)
{
	struct sys s = sys_begin();
	struct disk d[DISKS_MAX];
	char name[8], dev[16];
	unsigned i;
	size_t n = 0;

	(void)state;
	for (i = 0; i < 70; i++) {
		(void)snprintf(name, sizeof(name), "sd%c%c",
		    (char)('a' + i / 26), (char)('a' + i % 26));
		(void)snprintf(dev, sizeof(dev), "8:%u", i);
		put_disk(&s, STICK, name, dev);
	}
	assert_int_equal(scan(&s, d), DISKS_MAX);
	assert_int_equal(disks_scan(s.fd, d, 3, &n), 0);
	assert_int_equal(n, 3);
	sys_end(&s);
}

static void
test_no_sysfs(void **state)
{
	struct sys s = sys_begin();
	struct disk d[1];
	size_t n = 9;

	(void)state;
	assert_int_equal(unlinkat(s.fd, "class/block", AT_REMOVEDIR), 0);
	assert_int_equal(disks_scan(s.fd, d, 1, &n), ERR_IO);
	assert_int_equal(n, 0);
	sys_end(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_stick),
		cmocka_unit_test(test_partitions_follow_their_disk),
		cmocka_unit_test(test_behind_hubs),
		cmocka_unit_test(test_optical),
		cmocka_unit_test(test_what_is_no_stick),
		cmocka_unit_test(test_hostile_model),
		cmocka_unit_test(test_no_more_than_there_is_room_for),
		cmocka_unit_test(test_no_sysfs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
