/*
 * restore.h - what an owner types, and the key that it is.
 *
 * One place tells the forms apart, by what is there: 25 words are Monero's,
 * 16 polyseed, numbers of 64 hexadecimal digits are Monero's keys, 20, 33 or
 * 59 words a SLIP-39 share, what begins with ms1 codex32, any other words
 * BIP39's.  Pieces stand a line each (core/keys/gather.h); a last line is the
 * passphrase.
 *
 *	source	BIP39; Monero's 25 words; polyseed; design, section 7
 *	shapes	text in, struct seedkey out
 *	units	none
 *	owns	nothing; the caller wipes
 *	errors	ERR_WORD (index of the word in the fault), ERR_RANGE (how
 *		many), ERR_CHECKSUM, ERR_KEY, ERR_MISMATCH (a view key of
 *		another wallet), ERR_FORM (the passphrase), ERR_REFUSED (a
 *		passphrase where there is none), ERR_TRAILING (a line too
 *		many), those of pieces
 *	secrets	all of it; a word's look-up touches every row of its list
 *	tests	tests/unit/restore_test.c, tests/unit/keeper_test.c
 */
#ifndef CORE_KEYS_RESTORE_H
#define CORE_KEYS_RESTORE_H

#include "core/base/keykind.h"
#include "core/keys/bip32.h"
#include "core/keys/bip39.h"
#include "core/keys/monero.h"

union rootkey {
	struct xprv		master;
	struct monero_keys	monero;
};

struct seedkey {
	struct fpr		 fpr;
	enum key_kind		 kind;
	struct seed		 seed;	/* of BIP32: what backups hold; n 0:
					 * none */
	struct mnemonic		 words;	/* of BIP39, without its passphrase;
					 * n 0: none */
	union rootkey		 u;
};

/* Words that begin so: how many, the first of them, is it one itself. */
size_t	 restore_complete(enum word_list, struct span prefix,
	    const char **first, bool *whole);

/* The words of a new key, so many of them: 25 are a Monero wallet's, of 32
 * bytes, which go modulo the order of the group. */
#define RESTORE_TEXT_MAX 327		/* the longest words of any list */
enum err restore_new(unsigned words, struct span entropy, struct mnemonic *)
	    must_check;
void	 restore_text(const struct mnemonic *, char out[RESTORE_TEXT_MAX]);
/* The number of a word in the list that these are of, or -1. */
int	 restore_index(const struct mnemonic *, struct span word);

/* The pieces that stand in it, if it is such (.kind), and the passphrase after
 * them. */
struct gather;
enum err restore_pieces(struct span text, struct gather *, struct span *,
	    struct fault *) must_check;
/* Is this a key, as far as it can be told without a passphrase? */
enum err restore_check(struct span text, struct fault *) must_check;
enum err restore_seed(const struct seed *, struct seedkey *, struct fault *)
	    must_check;
enum err restore_mnemonic(const struct mnemonic *, struct span passphrase,
	    struct seedkey *, struct fault *) must_check;
enum err restore_key(struct span text, struct span passphrase,
	    struct seedkey *, struct fault *) must_check;

#endif
