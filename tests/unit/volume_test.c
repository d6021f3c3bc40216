/*
 * What the first bytes of a device say: images that the usual programs made,
 * and marks put where each file system has them.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdbool.h>
#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "media/volume.h"

static uint8_t *head;

static int
setup(void **state)
{
	(void)state;
	head = malloc(VOLUME_HEAD);
	return head != NULL ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	free(head);
	return 0;
}

static struct volume
look(size_t n)
{
	uint8_t *exact = malloc(n > 0 ? n : 1);
	struct volume v;

	assert_non_null(exact);
	memcpy(exact, head, n);		/* so that a sanitizer sees its end */
	volume_look(span_of(exact, n), &v);
	free(exact);
	return v;
}

static const char *
advice(const struct volume *v)
{
	static char text[128];

	volume_advice(v, text, sizeof(text));
	assert_true(strlen(text) < sizeof(text) - 1);
	return text;
}

static bool
there(const char *program)
{
	static const char *const dirs[] = { "/usr/sbin", "/usr/bin", "/sbin" };
	char path[128];
	size_t i;

	for (i = 0; i < 3; i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", dirs[i], program);
		if (access(path, X_OK) == 0)
			return true;
	}
	return false;
}

/* An image of this many MiB, made by that command; its head is read. */
static void
make(const char *program, const char *arguments, unsigned mib)
{
	char dir[] = "/tmp/coldseal-volume-XXXXXX", command[512];
	int fd, status;
	ssize_t n;

	if (!there(program)) {
		print_message("[  SKIPPED ] no %s here\n", program);
		skip();
	}
	assert_non_null(mkdtemp(dir));
	(void)snprintf(command, sizeof(command), "cd %s && mkdir f && "
	    "echo x > f/a && truncate -s %uM i && "
	    "export PATH=$PATH:/usr/sbin:/sbin && "
	    "{ %s %s; } >/dev/null 2>&1", dir, mib, program, arguments);
	status = system(command);
	(void)snprintf(command, sizeof(command), "%s/i", dir);
	fd = open(command, O_RDONLY | O_CLOEXEC);
	memset(head, 0xa5, VOLUME_HEAD);
	n = fd < 0 ? -1 : read(fd, head, VOLUME_HEAD);
	if (fd >= 0)
		(void)close(fd);
	(void)snprintf(command, sizeof(command), "rm -rf %s", dir);
	assert_int_equal(system(command), 0);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	assert_int_equal(n, VOLUME_HEAD);
}

static void
check(enum volume_kind kind, const char *name, const char *label)
{
	struct volume v = look(VOLUME_HEAD);

	assert_int_equal(v.kind, kind);
	assert_string_equal(v.name, name);
	assert_string_equal(v.label, label);
	assert_int_equal(volume_driver(&v) != NULL, kind >= VOLUME_FAT);
	assert_int_equal(advice(&v)[0] == '\0', kind >= VOLUME_FAT);
}

static void
test_fat_of_each_width(void **state)
{
	(void)state;
	make("mkfs.vfat", "-F 32 -n COLD i", 40);
	check(VOLUME_FAT, "FAT", "COLD");
	make("mkfs.vfat", "-F 16 -n SIXTEEN i", 16);
	check(VOLUME_FAT, "FAT", "SIXTEEN");
	make("mkfs.vfat", "-F 12 i", 2);
	check(VOLUME_FAT, "FAT", "");
	make("mkfs.vfat", "-F 32 -S 4096 -n BIG i", 300);
	check(VOLUME_FAT, "FAT", "BIG");
}

static void
test_exfat(void **state)
{
	(void)state;
	make("mkfs.exfat", "i", 16);
	check(VOLUME_EXFAT, "exFAT", "");
}

static void
test_iso(void **state)
{
	(void)state;
	make("xorriso", "-as mkisofs -quiet -V COLDSEAL -o j f && mv j i", 1);
	check(VOLUME_ISO, "ISO 9660", "COLDSEAL");
}

static void
test_ext4_is_named(void **state)
{
	struct volume v;

	(void)state;
	make("mkfs.ext4", "-q -F i", 16);
	check(VOLUME_FOREIGN, "ext4", "");
	v = look(VOLUME_HEAD);
	assert_string_equal(advice(&v),
	    "ext4 is not read here; format it as exFAT or FAT32");
	make("mkfs.ext4", "-q -F -t ext2 i", 16);
	check(VOLUME_FOREIGN, "ext2", "");
	make("mkfs.ext4", "-q -F -t ext3 i", 16);
	check(VOLUME_FOREIGN, "ext3", "");
}

static void
put(size_t at, const char *mark, size_t n)
{
	assert_true(at + n <= VOLUME_HEAD);
	memcpy(head + at, mark, n);
}

#define MARK(at, text, name) { (at), (text), sizeof(text) - 1, (name) }

/* By the documents of each, not by our own table. */
static const struct {
	size_t		 at;
	const char	*mark;
	size_t		 n;
	const char	*name;
} marks[] = {
	MARK(0, "\xeb\x52\x90NTFS    ", "NTFS"),
	MARK(0, "\xeb\x58\x90-FVE-FS-", "BitLocker"),
	MARK(0, "LUKS\xba\xbe\0\2", "LUKS"),
	MARK(0, "XFSB\0\0\x10\0", "XFS"),
	MARK(32, "NXSB", "APFS"),
	MARK(1024, "H+\0\4", "HFS+"),
	MARK(1024, "HX\0\5", "HFS+"),
	MARK(1024, "\x10\x20\xf5\xf2", "F2FS"),
	MARK(1024, "\xe2\xe1\xf5\xe0", "EROFS"),
	MARK(0, "hsqs", "SquashFS"),
	MARK(512, "LABELONE", "LVM"),
	MARK(4086, "SWAPSPACE2", "Linux swap"),
	MARK(4096, "\xfc\x4e\x2b\xa9\1\0\0\0", "Linux RAID"),
	MARK(32768, "JFS1", "JFS"),
	MARK(65600, "_BHRfS_M", "btrfs"),
	MARK(65588, "ReIsEr2Fs", "ReiserFS"),
	MARK(131072 + 4 * 1024, "\x0c\xb1\xba\0\0\0\0\0", "ZFS"),
	MARK(262144 - 1024, "\0\0\0\0\0\xba\xb1\x0c", "ZFS"),
	MARK(32768 + 2048 + 1, "NSR03", "UDF"),
};

static void
test_marks_are_named(void **state)
{
	char want[128];
	struct volume v;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		memset(head, 0, VOLUME_HEAD);
		put(marks[i].at, marks[i].mark, marks[i].n);
		check(VOLUME_FOREIGN, marks[i].name, "");
		(void)snprintf(want, sizeof(want), "%s is not read here; "
		    "format it as exFAT or FAT32", marks[i].name);
		v = look(VOLUME_HEAD);
		assert_string_equal(advice(&v), want);
		/* One byte off, or one too few, is no mark. */
		head[marks[i].at + marks[i].n - 1] ^= 0x5a;
		v = look(marks[i].at + 4);
		assert_int_not_equal(v.kind, VOLUME_FAT);
		memset(head, 0, VOLUME_HEAD);
		put(marks[i].at, marks[i].mark, marks[i].n);
		v = look(marks[i].at + 3);
		assert_int_not_equal(v.kind, VOLUME_FOREIGN);
	}
}

static void
test_nothing_and_tables(void **state)
{
	struct volume v;

	(void)state;
	memset(head, 0, VOLUME_HEAD);
	check(VOLUME_EMPTY, "", "");
	v = look(0);
	assert_int_equal(v.kind, VOLUME_EMPTY);
	put(510, "\x55\xaa", 2);
	check(VOLUME_TABLE, "", "");
	put(512, "EFI PART", 8);
	check(VOLUME_TABLE, "", "");
	memset(head, 0, VOLUME_HEAD);
	head[VOLUME_HEAD - 1] = 1;
	check(VOLUME_UNKNOWN, "", "");
	memset(head, 0x5c, VOLUME_HEAD);	/* as an encrypted one may be */
	check(VOLUME_UNKNOWN, "", "");
}

/* Two that both fit are a refusal, never a preference. */
static void
test_two_marks_are_refused(void **state)
{
	struct volume v;

	(void)state;
	make("mkfs.vfat", "-F 32 -n COLD i", 40);
	put(65600, "_BHRfS_M", 8);
	check(VOLUME_TWO, "", "");
	make("mkfs.exfat", "i", 16);
	put(32768, "\1CD001", 6);
	check(VOLUME_TWO, "", "");
	v = look(VOLUME_HEAD);
	assert_non_null(strstr(advice(&v), "two file systems"));
	/* A DVD has ISO 9660 and UDF side by side, on purpose. */
	make("xorriso", "-as mkisofs -quiet -V BOTH -o j f && mv j i", 1);
	put(32768 + 8 * 2048 + 1, "NSR02", 5);
	check(VOLUME_ISO, "ISO 9660", "BOTH");
}

/* A boot loader in the place of a boot sector is no FAT. */
static void
test_fields_of_fat(void **state)
{
	static const struct { size_t at; uint8_t v; } wrong[] = {
		{ 0, 0x33 }, { 2, 0 }, { 11, 1 }, { 12, 0x40 }, { 13, 3 },
		{ 13, 0 }, { 16, 0 }, { 16, 3 }, { 21, 0x12 }, { 510, 0 },
		{ 511, 0 } };
	struct volume v;
	uint8_t was;
	size_t i;

	(void)state;
	make("mkfs.vfat", "-F 32 -n COLD i", 40);
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		was = head[wrong[i].at];
		head[wrong[i].at] = wrong[i].v;
		v = look(VOLUME_HEAD);
		assert_int_not_equal(v.kind, VOLUME_FAT);
		head[wrong[i].at] = was;
	}
	check(VOLUME_FAT, "FAT", "COLD");
}

/* Foreign bytes of a label are shown, never sent to a terminal. */
static void
test_hostile_label(void **state)
{
	struct volume v;

	(void)state;
	make("mkfs.vfat", "-F 32 -n COLD i", 40);
	put(71, "\x1b[2J\x07\xff\xff   ", 10);
	v = look(VOLUME_HEAD);
	assert_string_equal(v.label, "\\x1b[2J\\x07\\xff\\xff");
	put(71, "NO NAME    ", 11);
	check(VOLUME_FAT, "FAT", "");
	make("xorriso", "-as mkisofs -quiet -V X -o j f && mv j i", 1);
	memset(head + 32768 + 40, 0x1b, 32);
	v = look(VOLUME_HEAD);
	assert_int_equal(v.kind, VOLUME_ISO);
	assert_string_equal(v.label, "");	/* no room for all of it */
}

static void
test_every_truncation(void **state)
{
	struct volume v;
	size_t n;

	(void)state;
	make("mkfs.vfat", "-F 32 -n COLD i", 40);
	for (n = 0; n < 4096; n++) {
		v = look(n);
		assert_true(n >= 512 || v.kind != VOLUME_FAT);
		(void)advice(&v);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fat_of_each_width),
		cmocka_unit_test(test_exfat),
		cmocka_unit_test(test_iso),
		cmocka_unit_test(test_ext4_is_named),
		cmocka_unit_test(test_marks_are_named),
		cmocka_unit_test(test_nothing_and_tables),
		cmocka_unit_test(test_two_marks_are_refused),
		cmocka_unit_test(test_fields_of_fat),
		cmocka_unit_test(test_hostile_label),
		cmocka_unit_test(test_every_truncation),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
