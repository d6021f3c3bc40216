/*
 * slip39.h - a secret split into shares of 20, 33 or 59 words, in groups.
 *
 * What is shared is a BIP32 seed, byte for byte: 16 or 32 of a key that was
 * made for shares, 64 of one that came from BIP39 words.  Never the entropy of
 * BIP39 words, for other devices would make another wallet of it.
 *
 *	source	SLIP-0039, with its "extendable" flag
 *	shapes	words of the standard's own list parted by white space; a set
 *		of shares; struct seed
 *	units	bytes, words, shares
 *	owns	nothing; the caller wipes
 *	errors	reading: ERR_WORD (index in *bad), ERR_RANGE (how many words;
 *		more needed than there are), ERR_CHECKSUM (*bad: the word that
 *		is wrong if one alone is, or SIZE_MAX), ERR_FORM (padding).
 *		A set: ERR_MIXED (shares of different secrets), ERR_DUPLICATE,
 *		ERR_MISSING (too few), ERR_MISMATCH (their digest is wrong),
 *		ERR_FORM (a passphrase that is not printable ASCII).
 *		Splitting: ERR_RANGE
 *	secrets	words, shares, passphrase, seed; constant time.  Public: which
 *		share of which set it is, and how many are needed
 *	tests	tests/unit/slip39_test.c, tests/fuzz/fuzz_text.c, tests/ct,
 *		tests/peers/shares.py
 */
#ifndef CORE_KEYS_SLIP39_H
#define CORE_KEYS_SLIP39_H

#include "core/base/chance.h"
#include "core/crypto/kdf.h"
#include "core/keys/bip32.h"
#include "core/keys/bip39.h"

#define SLIP39_WORDS 1024
#define SLIP39_WORD_MAX 8
#define SLIP39_SHARE_WORDS 59		/* of 64 bytes */
#define SLIP39_TEXT_MAX 536		/* those, spaces, NUL */
#define SLIP39_GROUPS 16
#define SLIP39_MEMBERS 16
#define SLIP39_SET 64			/* shares of a set, all groups */

extern const char slip39_words_table[SLIP39_WORDS][SLIP39_WORD_MAX + 1];

struct slip39_share {
	uint16_t	id;		/* of the set: 15 bits */
	bool		extendable;
	uint8_t		exponent;	/* rounds: 10000 << it */
	uint8_t		group, group_need, groups;
	uint8_t		member, need;
	struct seed	value;
};

struct slip39_set {
	size_t		 n;
	struct slip39_share share[SLIP39_SET];
};

/* How it is to be split. */
struct slip39_plan {
	uint8_t		group_need, groups;
	struct {
		uint8_t	need, members;	/* one of several is refused: 1 of 1 */
	} group[SLIP39_GROUPS];
};

int	 slip39_word_index(struct span word);
size_t	 slip39_complete(struct span prefix, size_t *first);

enum err slip39_read(struct span text, struct slip39_share *, size_t *bad)
	    must_check;
void	 slip39_text(const struct slip39_share *, char out[SLIP39_TEXT_MAX]);

/* One more share of the same set. */
enum err slip39_add(struct slip39_set *, const struct slip39_share *)
	    must_check;
/* Groups that are complete, and how many shares the last one's group has. */
struct slip39_count {
	uint8_t		groups_have, groups_need;
	uint8_t		have, need;
};
struct slip39_count slip39_counted(const struct slip39_set *);
/* How many shares of a group there are, and how many it wants: *need is left
 * where there is none. */
uint8_t	 slip39_members(const struct slip39_set *, uint8_t group,
	    uint8_t *need);

/* The passphrase's work: .total rounds, of which .done are done; 327 million at
 * the greatest exponent, which are minutes.  When all are, .secret is it. */
struct slip39_stretch {
	uint32_t	done, total;
	bool		backwards;	/* of shares, not for them */
	uint8_t		round;		/* of the Feistel network */
	struct seed	secret;
	uint8_t		salt[8 + SEED_MAX / 2];
	size_t		nsalt;		/* before the half */
	uint8_t		password[1 + PASSPHRASE_MAX];
	size_t		npassword;
	struct pbkdf2	run;
};
enum err slip39_stretch(const struct slip39_share *like, struct span passphrase,
	    bool backwards, const struct seed *, struct slip39_stretch *)
	    must_check;
/* Of shares: all that can be told without that work is told first. */
enum err slip39_begin(const struct slip39_set *, struct span passphrase,
	    struct slip39_stretch *) must_check;
void	 slip39_go(struct slip39_stretch *, uint32_t rounds);
/* The secret; what is more than needed must agree with the rest. */
enum err slip39_join(const struct slip39_set *, struct span passphrase,
	    struct seed *) must_check;
enum err slip39_split(const struct slip39_plan *, const struct seed *,
	    struct span passphrase, fill_random *, struct slip39_set *)
	    must_check;

#endif
