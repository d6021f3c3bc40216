/*
 * keymaps.h - the keyboard layouts that the live image holds.
 *
 * The first process hands the tables to the kernel; the screen shows the
 * names, and asks for one by its number.
 *
 *	source	live-build/inside/layouts, which writes them; ioctl KDSKBENT
 *		of ioctl_console(2)
 *	shapes	records of one size: a name of printable ASCII, filled up with
 *		zeros, then 16 tables of 128 keys, 16 bits each, little endian
 *	units	bytes
 *	owns	nothing; names point into the text
 *	errors	ERR_FORM: not such records, or one cut short
 *	secrets	none
 *	tests	tests/unit/keymaps_test.c, tests/image
 */
#ifndef CORE_BASE_KEYMAPS_H
#define CORE_BASE_KEYMAPS_H

#include "core/base/err.h"
#include "core/base/span.h"

#define KEYMAPS_MAX 64
#define KEYMAP_NAME 32
#define KEYMAP_TABLES 16
#define KEYMAP_KEYS 128
#define KEYMAP_BYTES (2 * KEYMAP_TABLES * KEYMAP_KEYS)
#define KEYMAP_RECORD (KEYMAP_NAME + KEYMAP_BYTES)

struct keymaps {
	const char	*name[KEYMAPS_MAX];	/* the first is in use */
	size_t		 n;
};

enum err keymaps_read(struct span text, struct keymaps *) must_check;

#endif
