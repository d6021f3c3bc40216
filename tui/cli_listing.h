/*
 * cli_listing.h - what is in the vault that is open, printed a line each, or
 * looked for.
 *
 *	source	core/wire/kept.h
 *	shapes	the keeper's list to lines on standard output
 *	units	none
 *	owns	nothing
 *	errors	as engine_vault_list; ERR_FORM (a log that is not printable)
 *	secrets	none
 *	tests	tests/e2e/vault.py
 */
#ifndef TUI_CLI_LISTING_H
#define TUI_CLI_LISTING_H

#include "tui/engine.h"

struct listing {
	bool		 log;		/* its lines alone */
	bool		 quiet;		/* nothing at all */
	uint32_t	 only;		/* the thing of this number alone */
	bool		 settings;	/* those alone that are not known */
	size_t		 coins, lines;
	uint32_t	 coin, wallet;	/* the last of them, or 0 */
	bool		 found;
};

enum err listing_each(struct engine *, struct listing *) must_check;

#endif
