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

struct session_record {
	uint8_t		 key[36];
	struct num	 amount;
	enum known	 known;
	uint8_t		 note[SESSION_NOTE];	/* the chain's own; or zeros */
	bool		 kept;		/* came from the vault, or went there */
};

struct session_wallet {
	const char	*chain;		/* "btc" */
	enum network	 network;
	const char	*name;		/* printable, never NULL */
	const char	*text;		/* a descriptor with its checksum */
	bool		 kept;		/* as above */
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
/* Known already: the same text again is no second wallet.  ERR_RANGE: too
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
