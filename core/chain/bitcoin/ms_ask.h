/*
 * ms_ask.h - what a miniscript asks for, whatever its fragments are.
 *
 * Keys, locks, hashes, and so many of so many of them: one of several is
 * "or", all of several is "and".  Its ways are the same said as a list of
 * what each takes, so that no condition but a key ever stands among keys of
 * which some number is asked for.
 *
 *	source	BIP379; BIP68 for locks that others imply
 *	shapes	struct ms to struct ask to another that means the same
 *	units	blocks and units of 512 seconds, as in BIP68
 *	owns	nothing; all in the arena given
 *	errors	ERR_SPACE
 *	secrets	none
 *	tests	tests/unit/bitcoin_miniscript_test.c
 */
#ifndef CORE_CHAIN_BITCOIN_MS_ASK_H
#define CORE_CHAIN_BITCOIN_MS_ASK_H

#include "core/chain/bitcoin/miniscript.h"

enum ask_kind { ASK_NEVER, ASK_ALWAYS, ASK_KEY, ASK_LOCK, ASK_HASH, ASK_SOME };

struct ask {
	enum ask_kind	 kind;
	const struct ms	*of;		/* a lock, a hash */
	uint32_t	 key;
	size_t		 k, n;		/* k of n, 1 < n */
	struct ask	**sub;
};

/* NULL: there is no space. */
struct ask *ask_of(const struct ms *, struct arena *);
/* Both, or any of the two. */
struct ask *ask_joined(struct arena *, bool any, struct ask *, struct ask *);
/* k of these; none of them holds always. */
struct ask *ask_some(struct arena *, size_t k, struct ask **sub, size_t n);
/* Is there a time lock in it? */
bool	 ask_locked(const struct ask *);

/* ms_ways.c: one of several ways; idle: so many more are in it that ask for
 * more than another does. */
enum err ask_ways(struct ask *, const struct ms_who *, struct arena *,
	    struct ask **out, size_t *idle) must_check;

#endif
