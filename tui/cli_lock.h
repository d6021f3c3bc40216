/*
 * cli_lock.h - the vault of a command: its passphrase, and its file.
 *
 *	source	design, section 7
 *	shapes	file names as given
 *	units	none
 *	owns	nothing
 *	errors	exit codes, after a sentence for the owner
 *	secrets	passphrases, in locked memory, wiped when sent
 *	tests	tests/e2e/vault.py
 */
#ifndef TUI_CLI_LOCK_H
#define TUI_CLI_LOCK_H

#include "tui/cli.h"

#define LOCK_MAX 512			/* of a passphrase file */

/* A passphrase in locked memory: of a file, - for standard input, or typed
 * unseen, twice where it is to be a new one. */
struct lock {
	uint8_t		buf[LOCK_MAX];
	struct span	text;
};

/* Is there a file to open?  Looked before anybody types. */
int	 lock_here(const char *vault);
int	 lock_ask(const char *file, const char *prompt, bool twice,
	    struct lock **);
void	 lock_end(struct lock *);

/* Opened from its file, and what is odd about it said. */
int	 lock_open(struct engine *, const char *vault, struct span passphrase,
	    struct vault_about *);
/* All keys of it, or those of that name alone. */
int	 lock_load(struct engine *, const char *vault, const char *name);
/* Back into its file, where it was changed. */
int	 lock_store(struct engine *, const char *vault, bool both);
int	 lock_fail(const char *vault, enum err, const struct fault *);

#endif
