#include <stdio.h>

#include "core/base/text.h"
#include "media/volume.h"

#define BOOT_END 510		/* 0x55 0xAA, of boot sectors and MBRs */
#define ISO_AT 32768
#define ISO_BLOCK 2048
#define ISO_BLOCKS 16		/* of descriptors that are looked through */

/* Nothing where it would not be whole. */
static struct span
part(struct span s, size_t at, size_t n)
{
	if (at > s.n || n > s.n - at)
		return span_of(NULL, 0);
	return span_of(s.p + at, n);
}

static bool
has(struct span s, size_t at, const char *mark, size_t n)
{
	struct span p = part(s, at, n);

	return p.n == n && memcmp(p.p, mark, n) == 0;
}

static uint32_t
number(struct span s, size_t at, size_t n)
{
	struct span p = part(s, at, n);
	uint32_t v = 0;
	size_t i;

	for (i = p.n; i > 0; i--)
		v = v << 8 | p.p[i - 1];
	return v;
}

static bool
is_power(uint32_t v)
{
	return v != 0 && (v & (v - 1)) == 0;
}

static bool
ends_as_boot(struct span s)
{
	return has(s, BOOT_END, "\x55\xaa", 2);
}

/* The fields of the BIOS parameter block, each as the specification has it:
 * a boot loader in the same place has none of them right by chance. */
static bool
is_fat(struct span s)
{
	uint32_t sector = number(s, 11, 2), media = number(s, 21, 1);

	return ends_as_boot(s) &&
	    ((has(s, 0, "\xeb", 1) && has(s, 2, "\x90", 1)) ||
	    has(s, 0, "\xe9", 1)) &&
	    sector >= 512 && sector <= 4096 && is_power(sector) &&
	    is_power(number(s, 13, 1)) && number(s, 14, 2) != 0 &&
	    (number(s, 16, 1) == 1 || number(s, 16, 1) == 2) &&
	    (media == 0xf0 || media >= 0xf8) &&
	    (number(s, 22, 2) != 0 || number(s, 36, 4) != 0) &&
	    (number(s, 19, 2) != 0 || number(s, 32, 4) != 0);
}

static bool
is_exfat(struct span s)
{
	return ends_as_boot(s) && has(s, 3, "EXFAT   ", 8);
}

static bool
is_iso(struct span s)
{
	return has(s, ISO_AT, "\1CD001", 6);
}

/* ECMA-167: among the descriptors that may follow those of ISO 9660. */
static bool
is_udf(struct span s)
{
	size_t i;

	for (i = 0; i < ISO_BLOCKS; i++)
		if (has(s, ISO_AT + i * ISO_BLOCK + 1, "NSR0", 4))
			return true;
	return false;
}

/* Uberblocks fill the second half of the label, a power of two apart. */
static bool
is_zfs(struct span s)
{
	size_t at;

	for (at = 131072; at < VOLUME_HEAD; at += 1024)
		if (has(s, at, "\x0c\xb1\xba\0\0\0\0\0", 8) ||
		    has(s, at, "\0\0\0\0\0\xba\xb1\x0c", 8))
			return true;
	return false;
}

/* Two bytes are little to go by, so the fields around them are looked at too.
 * The names go by features that ext2, and ext3, do not have. */
static const char *
ext_name(struct span s)
{
	uint32_t compat = number(s, 1024 + 92, 4);
	uint32_t incompat = number(s, 1024 + 96, 4);
	uint32_t ro_compat = number(s, 1024 + 100, 4);

	if (!has(s, 1024 + 56, "\x53\xef", 2) || number(s, 1024, 4) == 0 ||
	    number(s, 1024 + 24, 4) > 6 || number(s, 1024 + 76, 4) > 1)
		return NULL;
	if ((incompat & ~0x16u) != 0 || (ro_compat & ~0x7u) != 0)
		return "ext4";
	return (compat & 4) != 0 ? "ext3" : "ext2";
}

#define MARK(at, text, name) { (at), (text), sizeof(text) - 1, (name) }

static const struct {
	size_t		 at;
	const char	*mark;
	size_t		 n;
	const char	*name;
} marks[] = {
	MARK(3, "NTFS    ", "NTFS"),
	MARK(3, "-FVE-FS-", "BitLocker"),
	MARK(3, "\0\0\0\0ReFS", "ReFS"),
	MARK(3, "ReFS\0", "ReFS"),
	MARK(0, "LUKS\xba\xbe", "LUKS"),
	MARK(0, "XFSB", "XFS"),
	MARK(32, "NXSB", "APFS"),
	MARK(1024, "H+\0\4", "HFS+"),
	MARK(1024, "HX\0\5", "HFS+"),
	MARK(1024, "\x10\x20\xf5\xf2", "F2FS"),
	MARK(1024, "\xe2\xe1\xf5\xe0", "EROFS"),
	MARK(1024, "\2\0\0\0\0\0\x34\x34", "NILFS2"),
	MARK(0, "hsqs", "SquashFS"),
	MARK(4096 + 24, "\xc6\x85\x73\xf6\x4e\x1a\x45\xca", "bcachefs"),
	MARK(4096 + 24, "\xc6\x85\x73\xf6\x66\xce\x90\xa9", "bcachefs"),
	MARK(4096, "\xfc\x4e\x2b\xa9", "Linux RAID"),
	MARK(0, "\xfc\x4e\x2b\xa9", "Linux RAID"),
	MARK(512, "LABELONE", "LVM"),
	MARK(4086, "SWAPSPACE2", "Linux swap"),
	MARK(32768, "JFS1", "JFS"),
	MARK(65536 + 64, "_BHRfS_M", "btrfs"),
	MARK(65536 + 52, "ReIsEr", "ReiserFS"),
};

/* The first that is found, and how many there are. */
static const char *
foreign(struct span s, size_t *count)
{
	const char *first = ext_name(s);
	size_t i;

	*count = first != NULL;
	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		if (!has(s, marks[i].at, marks[i].mark, marks[i].n))
			continue;
		if (first == NULL)
			first = marks[i].name;
		*count += 1;
	}
	if (is_zfs(s)) {
		first = first != NULL ? first : "ZFS";
		*count += 1;
	}
	if (is_udf(s) && !is_iso(s)) {
		first = first != NULL ? first : "UDF";
		*count += 1;
	}
	return first;
}

static bool
is_empty(struct span s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (s.p[i] != 0)
			return false;
	return true;
}

static bool
is_table(struct span s)
{
	return ends_as_boot(s) || has(s, 512, "EFI PART", 8) ||
	    has(s, 4096, "EFI PART", 8) || has(s, 0, "ER", 2);
}

/* Without the blanks at its end; one of blanks alone is none. */
static void
set_label(struct volume *v, struct span s)
{
	size_t n = 0, i;

	for (i = 0; i < s.n && s.p[i] != 0; i++)
		if (s.p[i] != ' ')
			n = i + 1;
	s.n = n;
	if (n == 0 || span_eq(s, span_text("NO NAME")) ||
	    text_escape(s, v->label, sizeof(v->label)) != 0)
		v->label[0] = '\0';
}

static void
look_for_label(struct span s, struct volume *v)
{
	if (v->kind == VOLUME_ISO)
		set_label(v, part(s, ISO_AT + 40, 32));
	else if (v->kind == VOLUME_FAT)
		set_label(v, part(s, number(s, 22, 2) != 0 ? 43 : 71, 11));
}

void
volume_look(struct span s, struct volume *v)
{
	size_t n, ours = 0;

	*v = (struct volume){ .kind = VOLUME_UNKNOWN, .name = "" };
	v->name = foreign(s, &n);
	if (v->name != NULL)
		v->kind = VOLUME_FOREIGN;
	else
		v->name = "";
	if (is_exfat(s) && ++ours > 0)
		*v = (struct volume){ .kind = VOLUME_EXFAT, .name = "exFAT" };
	if (is_fat(s) && ++ours > 0)
		*v = (struct volume){ .kind = VOLUME_FAT, .name = "FAT" };
	if (is_iso(s) && ++ours > 0)
		*v = (struct volume){ .kind = VOLUME_ISO,
		    .name = "ISO 9660" };
	if (n + ours > 1)
		*v = (struct volume){ .kind = VOLUME_TWO, .name = "" };
	if (n + ours == 0 && is_table(s))
		v->kind = VOLUME_TABLE;
	else if (n + ours == 0 && is_empty(s))
		v->kind = VOLUME_EMPTY;
	look_for_label(s, v);
}

const char *
volume_driver(const struct volume *v)
{
	return v->kind == VOLUME_FAT ? "vfat" :
	    v->kind == VOLUME_EXFAT ? "exfat" :
	    v->kind == VOLUME_ISO ? "iso9660" : NULL;
}

void
volume_advice(const struct volume *v, char *out, size_t cap)
{
	static const char then[] = "format it as exFAT or FAT32";

	out[0] = '\0';
	switch (v->kind) {
	case VOLUME_UNKNOWN:
		(void)snprintf(out, cap, "what is on it is not known; it may "
		    "be encrypted; %s", then);
		break;
	case VOLUME_EMPTY:
		(void)snprintf(out, cap, "it is not formatted; %s", then);
		break;
	case VOLUME_TABLE:
		(void)snprintf(out, cap, "it has no partition that is "
		    "known here; %s", then);
		break;
	case VOLUME_TWO:
		(void)snprintf(out, cap, "it carries the marks of two file "
		    "systems; %s", then);
		break;
	case VOLUME_FOREIGN:
		(void)snprintf(out, cap, "%s is not read here; %s", v->name,
		    then);
		break;
	case VOLUME_FAT:
	case VOLUME_EXFAT:
	case VOLUME_ISO:
		break;
	}
}
