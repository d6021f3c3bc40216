/*
 * cli.h - the command line: the same engine, without a screen.
 *
 * It shows what the core says and decides nothing.
 *
 *	source	design, section 7
 *	shapes	options in, exit code out
 *	units	none
 *	owns	nothing
 *	errors	exit codes; the worst of several: 5, 1, 2, 3, 4
 *	secrets	words and passphrases, in locked buffers, wiped when sent
 *	tests	tests/e2e
 */
#ifndef TUI_CLI_H
#define TUI_CLI_H

#include <sys/types.h>

#include "core/base/sink.h"
#include "tui/engine.h"
#include "tui/options.h"

enum {
	EXIT_DONE = 0,
	EXIT_USAGE = 1,
	EXIT_UNREADABLE = 2,
	EXIT_REFUSED = 3,
	EXIT_WARNED = 4,
	EXIT_DIED = 5
};

/* What came of one file, for its line of JSON and for the exit code. */
struct outcome {
	const char	*file;		/* as given */
	enum err	 err;
	struct fault	 fault;
	const char	*failed;	/* "reading", "signing", "saving" */
	const struct page *page;	/* NULL: no page could be drawn up */
	struct hash32	 digest;
	char		 answer[2][256];
	size_t		 nanswer;
	bool		 registered;	/* it is a wallet, and in the vault, */
	uint32_t	 number;	/* new: as this; 0: it was there */
};

int	 cli_run(struct engine *, const struct options *);

/* Loads every --words file into the keeper. */
int	 cli_words(struct engine *, const struct options *);
/* A file of words or shares (- is standard input), in locked memory, until
 * cli_secret_end; an exit code, after a sentence. */
int	 cli_secret_file(const char *name, struct span *);
void	 cli_secret_end(struct span);
/* A backup in the age format: is it one; opened, its keys at hand and the rest
 * of it in a memfd (-1: nothing); its keys alone, of which there must be one;
 * shown, and put back into a vault; a new one. */
struct aged {
	struct fpr	 fpr[FPR_MAX];
	size_t		 n;
	int		 fd;
};
bool	 cli_age_is(struct span file);
int	 cli_age_load(struct engine *, const struct options *, const char *name,
	    struct span file, struct aged *);
int	 cli_age_keys(struct engine *, const struct options *, const char *name,
	    struct span file);
int	 cli_age_open(struct engine *, const struct options *);
int	 cli_age(struct engine *, const struct options *);
int	 cli_backup(struct engine *, const struct options *);
/* The shares of a key that has just been made, or of the one at hand. */
int	 cli_shares(struct engine *, const struct options *,
	    const struct fpr *);
/* Pieces into a key; a backup tried against the keys that are there. */
int	 cli_recover(struct engine *, const struct options *);
int	 cli_rehearse(struct engine *, const struct options *);
/* engine_unlock, which may take minutes, and says so. */
enum err cli_unlock(struct engine *, struct span text, struct span passphrase,
	    struct fpr *, struct fault *) must_check;
int	 cli_new(struct engine *, const struct options *);
/* --vault FILE: opened, its keys at hand.  What it is to remember goes there
 * before anything is signed (_learn), and a line of the log after (_note). */
int	 cli_vault_open(struct engine *, const struct options *,
	    struct vault_about *);
int	 cli_vault_take(struct engine *, const struct options *,
	    const struct fpr *);
int	 cli_vault_again(struct engine *, const struct options *);
enum err cli_vault_learn(struct engine *, const struct options *,
	    struct fault *) must_check;
enum err cli_vault_note(struct engine *, const struct options *,
	    const char *what, struct fault *) must_check;
/* What the vault's owner has set, where nothing else was said. */
int	 cli_as_set(struct engine *, struct options *);
/* Labels for other wallets; settings, listed or one set. */
enum err cli_labels(struct engine *, const struct options *) must_check;
enum err cli_set(struct engine *, const struct options *, struct fault *)
	    must_check;
int	 cli_vault(struct engine *, const struct options *);
/* Each of these files: opened, shown, signed. */
int	 cli_files(struct engine *, const struct options *,
	    const char *const *file, size_t n);
/* The same of one that is in memory, under a name. */
int	 cli_memory(struct engine *, const struct options *, const char *name,
	    int fd);
/* The folder that a file lies in, and its name in it. */
int	 cli_folder(const char *file, const char **base);
/* Into locked memory; -1 and errno. */
ssize_t	 cli_read_all(int fd, uint8_t *, size_t cap);
int	 cli_address(struct engine *, const struct options *);
int	 cli_export(struct engine *, const struct options *);
int	 cli_codes(void);
/* An invitation; or the wallet of the keys that were learnt. */
int	 cli_invite(struct engine *, const struct options *);
int	 cli_join(struct engine *, const struct options *);
/* The folder an answer goes to: -o, or beside the file; its own name. */
int	 cli_out(const struct options *, const char *file, const char **base);
/* A text of the engine's, to standard output. */
int	 cli_text(int fd);

void	 cli_show(const struct outcome *, const struct options *);
/* One sentence about a file, whose name is made visible first. */
void	 cli_say(const char *file, const char *what);
void	 cli_json(const struct outcome *, const struct options *);

/* The exit code of an error, and the worse of two codes. */
int	 cli_code(enum err);
int	 cli_worse(int, int);

/* A page's digest as the owner types it: lower hex and a NUL. */
#define DIGEST_TEXT 65
void	 cli_digest(const struct hash32 *, char out[DIGEST_TEXT]);

#endif
