/*
 * childing.h - a child of a key, as its screen shows it.
 *
 *	source	core/base/backup.h
 *	shapes	struct childing, in the model
 *	units	none
 *	owns	nothing
 *	errors	none
 *	secrets	none: what is shown lies in struct secrets
 *	tests	tests/unit/tui_child_test.c
 */
#ifndef TUI_CHILDING_H
#define TUI_CHILDING_H

#include "tui/engine.h"

struct childing {
	size_t		 row, key;
	struct child_ask ask;
	char		 path[PATH_TEXT_MAX];
};

#endif
