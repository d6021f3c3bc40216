/*
 * gather.h - keys that come in pieces: SLIP-39 and codex32 shares, the parts
 * of Seed XOR.
 *
 * A line is a piece.  SLIP-39: 20, 33 or 59 words.  codex32: begins with ms1.
 * Seed XOR: 12, 18 or 24 words of BIP39; from the second part on the line
 * begins with the word xor, for otherwise it would be a passphrase.
 *
 *	source	core/keys/slip39.h, codex32.h, seedxor.h
 *	shapes	lines in, counts and the key out
 *	units	pieces
 *	owns	nothing; the caller wipes
 *	errors	those of the three, each with its place in the fault; ERR_MIXED
 *		also: pieces of another kind; ERR_MISSING: not enough yet
 *	secrets	pieces, passphrase, key; which kind, which share of which set
 *		and how many are needed is public
 *	tests	tests/unit/restore_test.c, tests/unit/keeper_pieces_test.c
 */
#ifndef CORE_KEYS_GATHER_H
#define CORE_KEYS_GATHER_H

#include "core/base/backup.h"
#include "core/keys/codex32.h"
#include "core/keys/restore.h"
#include "core/keys/seedxor.h"
#include "core/keys/slip39.h"

struct gather {
	enum pieces		kind;
	struct slip39_set	slip39;
	struct codex32_set	codex32;
	struct mnemonic		part[SEEDXOR_PARTS];
	size_t			nparts;
	struct slip39_stretch	stretch;	/* .total 0: not begun */
};

/* What kind of piece a line is; one set of BIP39 words is none yet. */
enum pieces gather_kind(struct span line);
enum err gather_add(struct gather *, struct span line, struct fault *)
	    must_check;
/* A part of Seed XOR, without the word that says so. */
enum err gather_part(struct gather *, struct span line, struct fault *)
	    must_check;
void	 gather_back(struct gather *);		/* without the last piece */
struct pieces_count gather_count(const struct gather *);
/* The work that shares of SLIP-39 ask for is begun: gather_go() until
 * .stretch.done is .total, then gather_key(), without the passphrase. */
enum err gather_begin(struct gather *, struct span passphrase, struct fault *)
	    must_check;
void	 gather_go(struct gather *, uint32_t rounds);
enum err gather_key(const struct gather *, struct span passphrase,
	    struct seedkey *, struct fault *) must_check;

#endif
