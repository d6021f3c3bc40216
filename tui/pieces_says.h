/*
 * pieces_says.h - how far a key that comes in pieces is, in a sentence.
 *
 *	source	core/base/backup.h
 *	shapes	text
 *	units	pieces, groups
 *	owns	nothing
 *	errors	cut short where there is no room
 *	secrets	none: what shares say of themselves is public
 *	tests	tests/unit/tui_backup_test.c
 */
#ifndef TUI_PIECES_SAYS_H
#define TUI_PIECES_SAYS_H

#include <stddef.h>

#include "core/base/backup.h"

#define PIECES_TEXT_MAX 1024

void	pieces_says(const struct pieces_count *, char out[PIECES_TEXT_MAX]);
/* How long it will still take, of which so much is done after so long. */
void	pieces_wait(uint32_t done, uint32_t total, uint64_t ms, char *out,
	    size_t cap);

#endif
