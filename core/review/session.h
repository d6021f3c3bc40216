/*
 * session.h - what earlier files of this session taught the clerk.
 *
 * A coin seen once with an amount must not come again with another: two
 * files, each with one lie, are how the two-session fee theft works.
 *
 * What else a chain must remember from file to file goes the same way: the
 * key is the chain's own (an outpoint, the number of an output in a wallet's
 * list), and so is the note.
 *
 * A wallet that the owner has agreed to is kept as its chain writes it, and
 * known for as long as the session lasts.
 *
 * What the owner noted about addresses, coins and keys comes from the vault.
 * A page has in its own bytes which notes it shows.
 *
 *	source	known attacks 1 and 5; design, section 4 (learn)
 *	shapes	records of (36-byte key, amount, how known, note); wallets
 *	units	base units of the chain
 *	owns	its arena
 *	errors	ERR_SPACE
 *	secrets	none
 *	tests	tests/unit/session_test.c
 */
#ifndef CORE_REVIEW_SESSION_H
#define CORE_REVIEW_SESSION_H

#include "core/base/arena.h"
#include "core/base/network.h"
#include "core/base/num.h"
#include "core/base/secret.h"
#include "core/review/intent.h"

#define SESSION_NOTE 96
#define SESSION_KEY_MAX 160		/* of a label's key */

struct session_record {
	uint8_t		 key[36];
	struct num	 amount;
	enum known	 known;
	uint8_t		 note[SESSION_NOTE];	/* the chain's own; or zeros */
	bool		 kept;		/* came from the vault, or is stored */
	bool		 told;		/* to be stored: not yet known to be */
};

struct session_wallet {
	const char	*chain;		/* "btc" */
	enum network	 network;
	const char	*name;		/* printable, never NULL */
	const char	*text;		/* a descriptor with its checksum */
	bool		 kept, told;	/* as above */
};

/* "addr bc1q...": core/wire/label.h says which keys there are. */
struct session_label {
	const char	*key;
	const char	*text;		/* escaped, without quotes around it */
	bool		 from_file;	/* the owner agreed to it, in a list */
	bool		 frozen;	/* a coin that is not to be spent */
	/* Of one that this session learnt: what the vault keeps, too. */
	const char	*origin;
	unsigned	 flags;
	bool		 fresh, told;	/* not in the vault yet; as above */
};

/* Texts that a chain keeps for later files, each once, as they came. */
struct session_list {
	struct span	*v;
	size_t		 n;
};

struct session {
	enum network		 network;
	struct arena		*arena;	/* lives as long as the session */
	struct session_record	*rec;		/* sorted by key */
	size_t			 n, cap;
	struct session_wallet	*wallet;	/* in the order they came */
	size_t			 nwallet;
	struct session_label	*label;		/* sorted by key, each once */
	size_t			 nlabel;
	uint32_t		 gap;		/* as the owner set it, or 0 */
	struct session_list	 opener;	/* of sealed files */
	struct session_list	 piece;		/* of a wallet to be made */
};

/* NULL when this coin was not seen yet. */
const struct session_record *session_find(const struct session *,
	    const uint8_t key[36]);
/* Many at once; sorts them in.  What is known better replaces its record; of
 * the same amount and known as well, the newer note stays. */
enum err session_learn(struct session *, const struct session_record *,
	    size_t n) must_check;
/* All of them anew, into an arena of theirs; the texts are not copied. */
enum err session_set_labels(struct session *, struct arena *,
	    const struct session_label *, size_t n) must_check;
/* By kind and what it is of: "addr", "bc1q..."; or NULL. */
const struct session_label *session_label(const struct session *,
	    const char *kind, struct span ref);
/* Known already: the same text again is no second wallet; from the vault it
 * has the name that stands there.  ERR_RANGE: too
 * many of them. */
enum err session_add_wallet(struct session *, const struct session_wallet *)
	    must_check;
/* Either list; what stands there already is not added.  ERR_RANGE: full. */
enum err session_keep(struct session *, struct session_list *, struct span)
	    must_check;
/* SHA-256 over all records, wallets and lists in order: a consent names what it
 * relied on. */
void	 session_digest(const struct session *, struct hash32 *);

#endif
