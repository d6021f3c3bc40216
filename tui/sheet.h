/*
 * sheet.h - what belongs beside the paper with the secret: text to print, 80
 * columns wide, a page for each key and for each wallet of several keys.
 *
 *	source	none
 *	shapes	lines of text; a form feed between pages
 *	units	columns
 *	owns	nothing
 *	errors	those of the engine; ERR_SPACE
 *	secrets	none: fingerprints and public keys
 *	tests	tests/e2e/backups.py, tests/e2e/child_screen.py
 */
#ifndef TUI_SHEET_H
#define TUI_SHEET_H

#include <time.h>

#include "tui/engine.h"

#define SHEET_MAX ((size_t)1 << 20)

struct sheet_ask {
	enum network	 network;
	uint32_t	 account;
	const char	*version;
	time_t		 now;
};

enum err sheet_put(struct engine *, const struct sheet_ask *, struct sink *)
	    must_check;

#endif
