/*
 * known.h - a wallet that the owner registered, and what is its own.
 *
 * A coin or an output belongs to it only when its script is rebuilt from the
 * descriptor, byte for byte: a path, a fingerprint or a script in the file
 * say where to look, and nothing more.
 *
 *	source	known attacks 5 to 7; BIP388
 *	shapes	session to struct own_wallet; key at a path and script to branch
 *		and index
 *	units	none
 *	owns	nothing; all in the arena given
 *	errors	ERR_SPACE; ERR_INTERNAL: what was registered is no descriptor
 *	secrets	none
 *	tests	tests/unit/bitcoin_known_test.c
 */
#ifndef CORE_CHAIN_BITCOIN_KNOWN_H
#define CORE_CHAIN_BITCOIN_KNOWN_H

#include "core/chain/bitcoin/desc.h"
#include "core/review/session.h"

struct own_wallet {
	const char		*name;
	const char		*words;	/* who can spend, by fingerprint */
	struct descriptor	 d;
};

struct knowns {
	struct own_wallet	*w;
	size_t		 n;
};

/* Where in a wallet something lies. */
struct spot_in {
	const struct own_wallet	*wallet;	/* NULL: in none */
	uint32_t		 branch, index;
	struct built		 built;
};

/* Those of the session's network. */
enum err knowns_of(const struct session *, const struct pubring *,
	    struct arena *, struct knowns *) must_check;
/* Could this key of ours stand in one of them?  at: the first such place. */
bool	 known_claims(const struct own_wallet *, const struct keyref *,
	    struct spot_in *at);
/* Which of them rebuilds this script with this key of ours in it?  claimed:
 * one of them has such a key, whether it does or not. */
enum err known_find(const struct knowns *, const struct keyref *,
	    struct span script, struct arena *, struct spot_in *,
	    bool *claimed) must_check;

/* desc_words.c: "any 2 of A, B, C now, or …"; a key that nobody has is left
 * out. */
enum err descriptor_words(const struct descriptor *, ms_name_fn *, void *ctx,
	    struct arena *, const char **out) must_check;
/* Numbers of distinct keys, in the order in which they come: letters. */
uint32_t descriptor_letter(const struct descriptor *, uint32_t key);
const char *spend_name(enum spend);	/* "P2WSH" */

#endif
