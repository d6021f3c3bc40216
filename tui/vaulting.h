/*
 * vaulting.h - what the screens know of the vault: where it lies, what is in
 * it, and whether it is stored.
 *
 *	source	design, sections 2 and 8; core/wire/kept.h
 *	shapes	struct vaulting
 *	units	bytes
 *	owns	nothing; .log is in the application's arena
 *	errors	come as events and are shown
 *	secrets	none: passphrases are in struct secrets
 *	tests	tests/unit/tui_vault_test.c
 */
#ifndef TUI_VAULTING_H
#define TUI_VAULTING_H

#include "core/base/limits.h"
#include "tui/engine.h"
#include "tui/widget/input.h"

#define VAULTS_SHOWN 6
#define VAULT_FILE "coldseal.vault"
#define VAULT_LOG_FILE "coldseal-log.txt"

/* A file on a stick, or the one that the command line named. */
#define VAULT_HERE UINT32_MAX
struct vault_place {
	uint32_t	 stick;
	char		 label[64];		/* of the stick */
	char		 name[NAME_MAX + 1];
	char		 shown[64];		/* the name, escaped, cut */
};

struct vault_key {
	uint32_t	 id;
	struct fpr	 fpr;
	enum key_kind	 kind;
	char		 name[KEPT_NAME_MAX + 1];
	uint32_t	 label;			/* the number of its new name */
};

/* What is in it besides keys: each label, wallet, unknown setting, and what
 * cannot be read; the coins as one, and so the log. */
struct vault_thing {
	enum kept_type	 type;
	uint32_t	 id;
	const char	*key;			/* of its label, or "" */
	const char	*text;
	bool		 odd;			/* the clerk cannot read it */
};

/* What the passphrase that is being typed is for. */
enum vault_asks {
	VAULT_OPENS,
	VAULT_AGAIN,		/* its keys are sealed */
	VAULT_NEW,		/* of a new one, twice */
	VAULT_OLD,		/* to be changed: the one that is right now */
	VAULT_FRESH,		/* ... and the next one, twice */
	VAULT_ONCE,		/* to be asked for once, no more each time */
	BACKUP_OPENS,		/* a backup file's */
	BACKUP_NEW		/* of a new one, twice */
};

/* What a stick is chosen for. */
enum vault_stick { VAULT_FOR_NEW, VAULT_FOR_COPY, VAULT_FOR_LOG,
    STICK_FOR_AGE, STICK_FOR_SHEET, VAULT_FOR_LABELS };

struct vaulting {
	/* Those that lie on the sticks. */
	struct vault_place found[VAULTS_SHOWN];
	size_t		 nfound;
	bool		 look;			/* they may have changed */
	/* The one that is open. */
	bool		 open;
	struct vault_place at;			/* or is to be opened */
	struct vault_about about;
	struct vault_key key[LIMIT_VAULT_KEYS];
	size_t		 nkey, nwallet, nlabel, nsetting, ncoin, nline;
	struct settings	 settings;
	struct vault_thing *thing;		/* for its screen, or NULL */
	size_t		 nthing, at_thing;
	size_t		 cursor;
	/* Changes that are in memory alone. */
	bool		 dirty, both;		/* both: of its two states */
	bool		 retry, again;		/* a stick came: tried again */
	bool		 made;			/* just now: no change since */
	bool		 passed;		/* another passphrase is */
	bool		 lost;			/* it was locked with some */
	enum err	 why;			/* they are: ERR_GONE, … */
	bool		 sealed;		/* the passphrase once more */
	bool		 lent;			/* keys of it were loaded */
	uint32_t	 sure;			/* this key was asked about */
	/* Being typed or chosen. */
	enum vault_asks	 asks;
	enum vault_stick stick;
	size_t		 at_stick, at_key;
	char		 typed[KEPT_NAME_MAX + 1];
	struct input	 name;
	bool		 renames;		/* a key of it, not one kept */
	char		 file[KEPT_FILE_MAX];	/* of a new one, or "" */
	const char	*log;			/* for the screen, or NULL */
	char		 last[65];		/* SHA-256 of its last line */
};

#endif
