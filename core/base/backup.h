/*
 * backup.h - the forms of a backup, and the kinds of children: names that the
 * keeper, who makes them, and the screen, who asks, share.
 *
 *	source	SLIP-0039, BIP93, BIP85
 *	shapes	enums, a table
 *	units	none
 *	owns	nothing
 *	errors	none
 *	secrets	none
 *	tests	tests/unit/bip85_test.c
 */
#ifndef CORE_BASE_BACKUP_H
#define CORE_BASE_BACKUP_H

#include <stdbool.h>
#include <stdint.h>

enum backup_form { BACKUP_SLIP39, BACKUP_CODEX32, BACKUP_FORMS };

/* What comes in several pieces. */
enum pieces { PIECES_NONE, PIECES_SLIP39, PIECES_CODEX32, PIECES_XOR };

/* What is done with a piece: one more that says itself what it is, one more
 * part of Seed XOR, the last one taken back, all wiped. */
enum gather_how { GATHER_SHARE, GATHER_PART, GATHER_BACK, GATHER_ANEW,
    GATHER_HOWS };

/* How far they are.  Of SLIP-39 have and need count the last piece's group. */
#define PIECES_GROUPS 16
struct pieces_count {
	enum pieces	kind;
	uint8_t		have, need;		/* need 0: nobody can tell */
	uint8_t		groups_have, groups_need;
	bool		enough;
	uint8_t		all;			/* pieces, of all groups */
	uint8_t		exponent;		/* of SLIP-39's work */
	uint8_t		last;			/* the last one's group */
	uint8_t		groups;			/* there are, of SLIP-39 */
	struct {
		uint8_t	have, need;		/* need 0: none is here yet */
	} group[PIECES_GROUPS];
};

/* What a rehearsal says.  TRIED_WORDS: they are those of such a key, and the
 * passphrase is not its. */
enum tried { TRIED_OTHER, TRIED_AT_HAND, TRIED_IN_VAULT, TRIED_WORDS,
    TRIED_ANSWERS };

#define SHARE_TEXT_MAX 536		/* a share's words, and NUL */

enum child_kind {
	CHILD_WORDS,
	CHILD_WIF,
	CHILD_XPRV,
	CHILD_HEX,
	CHILD_BASE64,
	CHILD_BASE85,
	CHILD_DICE,			/* with .sides */
	CHILD_KINDS
};

/* Of a kind: its name, what its size counts, and which sizes there are. */
struct child_form {
	const char	*name, *unit;
	uint32_t	 least, most;		/* 0, 0: it has none */
	uint32_t	 step, usual;
};

const struct child_form *child_form(enum child_kind);	/* or NULL */

#endif
