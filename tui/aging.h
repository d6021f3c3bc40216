/*
 * aging.h - what the screens know of a backup in the age format: one that is
 * made, and one that was opened.
 *
 *	source	core/wire/bundle.h, core/keys/age.h
 *	shapes	struct aging, in the model
 *	units	bytes
 *	owns	nothing; the text is in a memfd of the loop's
 *	errors	come as events and are shown
 *	secrets	none: passphrases are in struct secrets, keys in the keeper
 *	tests	tests/unit/tui_age_test.c
 */
#ifndef TUI_AGING_H
#define TUI_AGING_H

#include "core/wire/bundle.h"
#include "tui/engine.h"
#include "tui/vaulting.h"

#define AGE_FILE "coldseal-backup.age"
#define AGE_PARTS 66			/* wallets, labels, what else is in */
#define SHEET_FILE "coldseal-sheet.txt"

struct age_part {
	enum bundle_kind kind;
	enum network	 network;
	char		 name[BUNDLE_NAME_MAX + 1];
	size_t		 lines, bytes;
};

struct aging {
	/* To be made. */
	bool		 keys;			/* they go in as well */
	struct collected in;			/* what else does */
	enum err	 err;			/* that could not be told */
	/* Opened. */
	bool		 open;
	struct vault_place at;
	struct fpr	 fpr[FPR_MAX];
	bool		 had[FPR_MAX];		/* it was at hand before */
	size_t		 nfpr;
	struct age_part	 part[AGE_PARTS];
	size_t		 npart, cursor;
	bool		 more;			/* than are shown */
	const char	*sheet;			/* in the application's arena */
};

#endif
