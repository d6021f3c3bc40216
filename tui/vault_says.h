/*
 * vault_says.h - what is odd about a vault, and why one does not open, in
 * words: the same on the screen and on the command line.
 *
 *	source	core/wire/kept.h
 *	shapes	sentences without an end, for after a colon
 *	units	none
 *	owns	nothing
 *	errors	none
 *	secrets	none
 *	tests	tests/e2e/vault.py, tests/unit/tui_vault_test.c
 */
#ifndef TUI_VAULT_SAYS_H
#define TUI_VAULT_SAYS_H

#include "tui/engine.h"

/* NULL: nothing is. */
const char *vault_odd(enum slot_state);
/* Why it could not be stored. */
const char *vault_unstored(enum err);
void	 vault_why(enum err, const struct fault *, char text[FAULT_TEXT_MAX]);

#endif
