/*
 * desc.h - output descriptors: read, and the scripts that they describe.
 *
 * Public keys only: a private one is refused.  Nothing hardened stands below
 * a key, so every script is built here from the text alone.
 *
 *	source	BIP380 to BIP389 (without combo, raw, addr, musig); BIP388
 *		for two branches
 *	shapes	text to struct descriptor; branch and index to scripts
 *	units	bytes
 *	owns	nothing; all in the arena given
 *	errors	ERR_FORM, ERR_CHECKSUM, ERR_KEY (no key), ERR_PRIVATE (a
 *		private one), ERR_RANGE, ERR_TOO_LARGE, ERR_MISMATCH (branches
 *		do not fit), ERR_MUSIG, ERR_CONDITION (behind a bare script
 *		hash), those of miniscript.h, ERR_TRAILING, ERR_SPACE
 *	secrets	none
 *	tests	tests/unit/bitcoin_descriptor_test.c
 */
#ifndef CORE_CHAIN_BITCOIN_DESC_H
#define CORE_CHAIN_BITCOIN_DESC_H

#include "core/base/limits.h"
#include "core/chain/bitcoin/miniscript.h"
#include "core/chain/bitcoin/script.h"
#include "core/keys/bip32.h"

#define DESC_BRANCHES_MAX 8
#define DESC_TEXT_MAX 32768
#define DESC_SUM_CHARS 8

struct desc_key {
	struct span	 text;		/* as it stands there, whole */
	bool		 has_origin;
	bool		 extended;	/* else .xpub has a key alone */
	bool		 ranged;	/* ends with an index */
	struct keyref	 origin;
	uint32_t	 version;
	struct xpub	 xpub;
	uint32_t	 nstep, step[LIMIT_PATH_DEPTH];
	uint32_t	 at, nalt;	/* which step has alternatives */
	uint32_t	 alt[DESC_BRANCHES_MAX];
};

struct desc_leaf {
	unsigned	 depth;
	struct ms	*ms;
};

struct descriptor {
	struct span	 text;		/* without its checksum */
	bool		 has_sum;
	enum spend	 spend;
	bool		 ranged;
	uint32_t	 nbranch;	/* one, or those of <0;1> */
	struct desc_key	*key;
	size_t		 nkey;
	struct ms	*code;		/* of several keys */
	struct desc_leaf *leaf;		/* of taproot */
	size_t		 nleaf;
	struct xpub	*parent;	/* nbranch rows of nkey */
};

/* at: where in the text it went wrong. */
enum err descriptor_read(struct span text, struct arena *,
	    struct descriptor *, size_t *at) must_check;
/* desc_key.c: one key expression. */
enum err desc_key_read(struct span text, bool tap, struct desc_key *)
	    must_check;
/* Above the index, on this branch. */
enum err desc_key_parent(const struct desc_key *, uint32_t branch,
	    struct xpub *) must_check;
/* Is this word a private key, extended or WIF? */
bool	 desc_key_private(struct span word);
/* BIP341's point that nobody has the secret of. */
bool	 desc_key_nobody(const struct desc_key *);

/* desc_build.c: what one branch and index give. */
struct built_leaf {
	struct span	 script, control;
	struct hash32	 hash;
};

struct built {
	struct pubkey	*key;		/* one a key of the descriptor */
	struct span	 script;	/* of the output */
	struct span	 redeem, code;
	struct built_leaf *leaf;
};

enum err descriptor_build(const struct descriptor *, uint32_t branch,
	    uint32_t index, struct arena *, struct built *) must_check;

#endif
