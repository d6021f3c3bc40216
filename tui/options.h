/*
 * options.h - the command line, read.
 *
 *	source	design, section 7
 *	shapes	argv in, struct options out
 *	units	none
 *	owns	nothing; pointers into argv
 *	errors	a sentence for the user, and exit code 1
 *	secrets	none: words are named by file
 *	tests	tests/e2e
 */
#ifndef TUI_OPTIONS_H
#define TUI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/network.h"
#include "media/mounter/mounter.h"

#define OPT_FILES 4096
#define OPT_WORDS 8
#define OPT_CODES 64
#define OPT_WITH 32
#define USERS_FIRST 61440	/* nobody's, on Debian */

enum command {
	CMD_TUI,
	CMD_LOOK,
	CMD_SIGN,
	CMD_ADDRESS,
	CMD_EXPORT,
	CMD_WALLET,
	CMD_INVITE,
	CMD_JOIN,
	CMD_NEW,
	CMD_BACKUP,
	CMD_VAULT,
	CMD_CODES
};

struct options {
	enum command	 command;
	const char	*file[OPT_FILES];
	size_t		 nfile;
	const char	*words[OPT_WORDS];
	size_t		 nwords;
	const char	*agree[OPT_CODES];	/* digests */
	size_t		 nagree;
	const char	*accept[OPT_CODES];
	size_t		 naccept;
	bool		 yes, json, change, dice;
	unsigned	 count;			/* words of a new key */
	const char	*out;			/* -o DIR, or NULL */
	enum network	 network;
	bool		 has_network;	/* it was said */
	bool		 base;		/* amounts in base units */
	const char	*chain, *format, *banner;
	const char	*find;			/* an address, or NULL */
	const char	*vault;			/* its file, or NULL */
	const char	*passphrase, *fresh;	/* files of them, or NULL */
	const char	*backup;		/* that of a backup, likewise */
	const char	*name;			/* of a key in the vault */
	bool		 clear;			/* the log */
	uint32_t	 mib, passes;		/* of a new vault; 0: measure */
	const char	*airgap;		/* the image's report */
	const char	*keymaps;		/* its keyboard layouts */
	uint32_t	 wishes;		/* descriptor to ask for one */
	const char	*with;			/* payment id, height, date */
	bool		 keys;			/* in a backup */
	const char	*shares;		/* "2of3", or NULL */
	uint32_t	 groups, size;		/* wanted; of a child */
	uint32_t	 seed;			/* bytes of a new bare key */
	uint32_t	 users;			/* the first, 0: as started */
	uint32_t	 need, token;		/* of a wallet; bits */
	const char	*script;
	uint32_t	 account, from, to;
	bool		 ranged;		/* --index was given */
	uint32_t	 idle;			/* seconds, 0: the default */
	struct mounter_args sticks;
};

/* 0: go on; 1: a usage error was printed; 2: help or version was printed.
 * May cut the strings of argv at commas. */
int	options_read(int argc, char **argv, struct options *);

/* What --help says. */
extern const char options_usage[];

/* After the word "vault", "backup" or "new": can that be done? */
int	options_vault(const struct options *);
int	options_backup(const struct options *);
int	options_new(struct options *);
extern const char options_usage[];	/* what --help says */
/* One sentence to standard error; always 1. */
int	amiss(const char *what, const char *arg);

#endif
