/*
 * pubring.h - the public keys that a review may believe.
 *
 * The keeper gives extended public keys at hardened prefixes; everything
 * below them the clerk derives here for itself.  Branches (the element before
 * the last) are remembered, so that a thousand inputs of one branch cost a
 * thousand single steps.
 *
 *	source	design, section 4 (want, pubring); BIP32
 *	shapes	rows of (keyref of a hardened prefix, xpub)
 *	units	none
 *	owns	nothing; rows live in the arena given
 *	errors	ERR_SPACE, ERR_NO_KEY (no row covers this path), ERR_KEY
 *	secrets	.viewer holds view keys; else none
 *	tests	tests/unit/pubring_test.c
 */
#ifndef CORE_KEYS_PUBRING_H
#define CORE_KEYS_PUBRING_H

#include "core/base/arena.h"
#include "core/base/limits.h"
#include "core/keys/bip32.h"

#define WANTS_MAX LIMIT_WANTS		/* hardened prefixes a file */
#define FPR_MAX LIMIT_KEYS		/* keys at hand */

/* Which hardened prefixes a file needs; no duplicates. */
struct wants {
	size_t		 n;
	struct keyref	 ref[WANTS_MAX];
};

/* Adds the hardened prefix of this path; ERR_RANGE past WANTS_MAX. */
enum err wants_add(struct wants *, const struct keyref *) must_check;

struct pubring_row {
	struct keyref	ref;
	struct xpub	xpub;
};

struct pubring_branch {
	struct keyref	ref;
	struct xpub	xpub;
	struct pubpoint	point;		/* of xpub, for its children */
};

struct viewer;			/* core/keys/monero.h */

struct pubring {
	struct fpr		 fpr[FPR_MAX];	/* the keys at hand */
	size_t			 nfpr;
	/* Of keys whose review needs a view key; the clerk's to guard. */
	const struct viewer	*viewer;
	size_t			 nviewer;
	/* What sealed files are opened with: the session's. */
	const struct span	*opener;
	size_t			 nopener;
	struct arena		*arena;
	struct pubring_row	*row;		/* given by the keeper */
	size_t			 nrow, cap;	/* sorted by keyref_cmp */
	struct pubring_branch	*branch;	/* derived; a cache by hash */
	size_t			 nbranch, cap_branch;
};

struct pubring	pubring_in(struct arena *);
bool	 pubring_ours(const struct pubring *, const struct fpr *);
enum err pubring_add(struct pubring *, const struct keyref *prefix,
	    const struct xpub *) must_check;
/* The public key at a path, derived from the nearest row above it. */
enum err pubring_key(struct pubring *, const struct keyref *,
	    struct pubkey *) must_check;
enum err pubring_xpub(struct pubring *, const struct keyref *,
	    struct xpub *) must_check;

#endif
