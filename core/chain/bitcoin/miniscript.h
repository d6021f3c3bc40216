/*
 * miniscript.h - scripts whose ways of being spent can be told.
 *
 * A tree of fragments, each with its type.  What it is asked for is pure: its
 * script for given keys, its limits, its smallest witness that nobody else can
 * change, and its conditions in words.
 *
 *	source	BIP379; BIP387 (multi_a); limits: BIP141, BIP342, and what
 *		nodes pass on (3600 bytes, 100 items)
 *	shapes	text to struct ms; keys are numbers in a list of the caller's
 *	units	bytes; blocks and seconds as in a transaction's locks
 *	owns	nothing; all in the arena given
 *	errors	ERR_FORM, ERR_NO_SUCH (no such fragment), ERR_RANGE (a number
 *		out of it), ERR_TYPES (they do not fit), ERR_TOO_LARGE (deeper
 *		or larger than a script may be), ERR_SPACE
 *	secrets	none
 *	tests	tests/unit/bitcoin_miniscript_test.c
 */
#ifndef CORE_CHAIN_BITCOIN_MINISCRIPT_H
#define CORE_CHAIN_BITCOIN_MINISCRIPT_H

#include "core/base/arena.h"
#include "core/base/sink.h"
#include "core/chain/bitcoin/scan.h"
#include "core/crypto/secp.h"

#define MS_DEPTH_MAX 100		/* fragments inside one another */

enum ms_kind {
	MS_FALSE, MS_TRUE, MS_PK_K, MS_PK_H, MS_OLDER, MS_AFTER, MS_SHA256,
	MS_HASH256, MS_RIPEMD160, MS_HASH160, MS_ANDOR, MS_AND_V, MS_AND_B,
	MS_OR_B, MS_OR_C, MS_OR_D, MS_OR_I, MS_THRESH, MS_MULTI, MS_MULTI_A,
	MS_WRAP_A, MS_WRAP_S, MS_WRAP_C, MS_WRAP_D, MS_WRAP_V, MS_WRAP_J,
	MS_WRAP_N
};

/* BIP68: what of an older() counts, how long it is, and whether that is units
 * of 512 seconds and no blocks. */
#define OLDER_MASK 0x0040ffffu
#define OLDER_LENGTH(v) ((v) & 0xffffu)
#define OLDER_TIME(v) (((v) & 1u << 22) != 0)

/* BIP379's properties; g to j: which kinds of time lock are in it, k: none
 * of them have to be met together that never can be; x: it ends with an
 * opcode that has no VERIFY form. */
enum {
	TY_B = 1 << 0, TY_V = 1 << 1, TY_K = 1 << 2, TY_W = 1 << 3,
	TY_z = 1 << 4, TY_o = 1 << 5, TY_n = 1 << 6, TY_d = 1 << 7,
	TY_u = 1 << 8, TY_e = 1 << 9, TY_f = 1 << 10, TY_s = 1 << 11,
	TY_m = 1 << 12, TY_x = 1 << 13, TY_g = 1 << 14, TY_h = 1 << 15,
	TY_i = 1 << 16, TY_j = 1 << 17, TY_k = 1 << 18
};

struct ms {
	enum ms_kind	 kind;
	bool		 tap;
	bool		 sorted;	/* sortedmulti, sortedmulti_a */
	uint32_t	 k;		/* how many; the value of a lock */
	size_t		 n;		/* parts, or keys */
	struct ms	**sub;
	uint32_t	*key;
	uint8_t		 hash[32];
	uint32_t	 type;
};

/* Who knows what a key's text means. */
struct ms_keys {
	enum err	(*read)(void *ctx, struct span text, uint32_t *number)
			    must_check;
	void		*ctx;
	bool		 tap;
};

/* At most up to a ',', ')' or '}' that is not inside it. */
enum err ms_read(struct scan *, const struct ms_keys *, struct arena *,
	    struct ms **) must_check;
/* ms_type.c: from the types of its parts; 0: they do not fit. */
uint32_t ms_type(const struct ms *);

/* Where it stands: P2WSH has other limits than a leaf. */
enum ms_fault {
	MS_FINE, MS_NOT_WHOLE, MS_MALLEABLE, MS_NO_SIGNATURE, MS_LOCKS_MIXED,
	MS_TOO_LARGE, MS_LOCK_VOID, MS_LOCK_OTHER
};
/* Is it what a careful owner wants to be paid to?  (That no key is in it
 * twice is seen by who knows the keys.) */
enum ms_fault ms_sane(const struct ms *);
const char *ms_fault_text(enum ms_fault);

/* ms_limits.c: the most that satisfying it takes. */
struct ms_cost {
	bool		 can;		/* be satisfied at all */
	uint32_t	 ops;		/* opcodes that are no push */
	uint32_t	 items;		/* on the stack, the script left out */
	size_t		 script;	/* bytes */
};
struct ms_cost ms_cost(const struct ms *);

/* ms_script.c: key[number] is the public key, of which a leaf uses 32
 * bytes. */
void	 ms_put(struct sink *, const struct ms *, const struct pubkey *key);
void	 put_number(struct sink *, uint32_t);
/* Numbers of a multi's keys in the order in which its script has them. */
void	 ms_order(const struct ms *, const struct pubkey *key,
	    uint32_t *index);

/* ms_witness.c: what is at hand. */
struct ms_hand {
	const void	*ctx;
	/* The signature of a key; .n is 0 where there is none. */
	struct span	(*sig)(const void *ctx, const struct pubkey *);
	struct span	(*preimage)(const void *ctx, enum ms_kind,
			    struct span hash);
	bool		(*older)(const void *ctx, uint32_t);
	bool		(*after)(const void *ctx, uint32_t);
};

struct ms_witness {
	size_t		 n;		/* items */
	size_t		 size;		/* bytes, their lengths included */
	struct span	*item;		/* the first lies deepest */
};

/* The smallest that nobody but the signers can change.  ERR_MISSING: there
 * is none. */
enum err ms_satisfy(const struct ms *, const struct pubkey *key,
	    const struct ms_hand *, struct arena *, struct ms_witness *)
	    must_check;

/* ms_words.c: "any 2 of A, B, C now, or D alone after 52,560 blocks (about 1
 * year)".  name(ctx, number) writes a key; same() says of two of the keys
 * whether one owner has both. */
typedef void ms_name_fn(void *ctx, uint32_t number, struct sink *);
struct ms_who {
	ms_name_fn	*name;
	void		*ctx;
	bool		(*same)(const void *keys, uint32_t, uint32_t);
	const void	*keys;
};
enum err ms_words(const struct ms *, const struct ms_who *, struct arena *,
	    const char **out) must_check;

#endif
