/*
 * backing.h - a backup on its way to paper, as the screens show it.
 *
 *	source	core/base/backup.h
 *	shapes	struct backing, in the model
 *	units	milliseconds
 *	owns	nothing
 *	errors	none
 *	secrets	none: what is shown lies in struct secrets
 *	tests	tests/unit/tui_backup_test.c
 */
#ifndef TUI_BACKING_H
#define TUI_BACKING_H

#include "tui/engine.h"

#define BACKUP_SHOWN_MS 180000

struct backing {
	size_t		 row;		/* of the choices */
	size_t		 key;		/* chosen */
	size_t		 at_group;	/* whose shares are chosen */
	bool		 codex;		/* codex32, not SLIP-39 */
	bool		 pass;		/* one for the shares is asked for */
	struct backup_ask ask;
	struct backup_made made;
	size_t		 at;		/* the share, from 0 */
	bool		 shown;
	uint64_t	 until;
};

#endif
