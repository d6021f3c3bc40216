/*
 * draft.h - a transaction while it is being signed.
 *
 *	source	Monero: transactions of version 2, RCT type 6
 *	shapes	prefix, base and prunable part: the bytes that are hashed
 *	units	bytes
 *	owns	nothing; all in the arena
 *	errors	ERR_SPACE, ERR_MISMATCH (a proof does not verify)
 *	secrets	masks; wiped with the arena
 *	tests	tests/unit/monero_unsigned_test.c
 */
#ifndef CORE_CHAIN_MONERO_DRAFT_H
#define CORE_CHAIN_MONERO_DRAFT_H

#include "core/chain/monero/unsigned.h"

struct draft_in {
	const struct source	*src;
	struct coin		*coin;
	struct sig64		 nonce;		/* alpha G || alpha Hp(P) */
	struct scalar		 pseudo_mask, z;
	struct point		 pseudo;
	struct clsag		 sig;
};

struct draft {
	const struct construction *c;
	const struct viewer	*v;
	uint64_t		 fee;
	size_t			 nin;
	struct draft_in		*in;	/* in the transaction's order */
	struct outs		*outs;
	struct bpp		 bpp;
	struct span		 prefix, base, prunable;
	struct hash32		 message;
};

typedef void draft_fn(const struct draft *, struct sink *);

/* What a part is, in the arena. */
enum err draft_part(const struct draft *, draft_fn *, struct arena *,
	    struct span *) must_check;
void	 draft_prefix(const struct draft *, struct sink *);
void	 draft_base(const struct draft *, struct sink *);
void	 draft_prunable(const struct draft *, struct sink *);
/* K(K(prefix) || K(base) || K(the range proof's points and scalars)). */
void	 draft_message(struct draft *);

#endif
