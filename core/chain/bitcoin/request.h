/*
 * request.h - a PSBT under review: what it says, and what we made of it.
 *
 * One object: what is shown, what is hashed and what is written all come from
 * here.  Fields above a line are as the file has them; below it is what our
 * own derivation and hashing found.
 *
 *	source	design, section 4; BIP174
 *	shapes	struct request, one struct coin_in an input, one coin_out an
 *		output
 *	units	satoshi, bytes
 *	owns	nothing; all in the arena of the job
 *	errors	those of psbt.h; ERR_NO_KEY when a key that was asked for did
 *		not come; ERR_MISMATCH when an answer is not what was agreed
 *	secrets	none
 *	tests	tests/unit/bitcoin_*_test.c, tests/unit/fixtures_test.c
 */
#ifndef CORE_CHAIN_BITCOIN_REQUEST_H
#define CORE_CHAIN_BITCOIN_REQUEST_H

#include "core/base/limits.h"
#include "core/chain/bitcoin/known.h"
#include "core/chain/bitcoin/multi.h"
#include "core/chain/bitcoin/peel.h"
#include "core/chain/bitcoin/psbt.h"
#include "core/chain/bitcoin/script.h"
#include "core/chain/bitcoin/sighash.h"
#include "core/job/job.h"
#include "core/review/rules.h"

#define SIG_VALUE_MAX (SIG_DER_MAX + 1)	/* and the kind's byte */

/* A leaf of a taproot coin's tree, as the file has it. */
struct tap_leaf {
	struct span	 script, control;
	struct hash32	 hash;
	struct hash32	 root;		/* where its path ends */
};

/* A signature of ours for a coin of several keys or conditions. */
struct own_sig {
	struct own_sig	*next;
	struct keyref	 key;
	struct pubkey	 pub;
	enum sign_kind	 kind;
	const struct tap_leaf *leaf;	/* SIGN_SCHNORR */
	bool		 there;		/* when the file came */
	struct span	 value;		/* .made, once it is made */
	uint8_t		 id[64];	/* of a leaf's: key and leaf hash */
	uint8_t		 made[SIG_VALUE_MAX];
};


struct coin_in {
	struct span	 prevtx, utxo, redeem, wscript;
	struct span	 final_script, final_witness;
	struct span	 tap_sig, tap_internal, tap_root;
	bool		 has_type;
	uint32_t	 type;		/* of the signature */
	/* ---- */
	struct script	 script;	/* of the coin */
	struct span	 hash;		/* of the key, for one-key scripts */
	enum spend	 spend;		/* by the script's form alone */
	enum known	 known;		/* of the amount */
	uint64_t	 said;		/* by the utxo, if that is a lie */
	const char	*how;
	bool		 ours;
	bool		 claimed;	/* a path under our fingerprint */
	bool		 complete;	/* final, or validly signed */
	bool		 sign;		/* is to be signed by us */
	bool		 add_redeem;	/* the file left it out */
	struct keyref	 key;
	struct pubkey	 pub;
	uint64_t	 traits;
	struct span	 sig;		/* value of its signature field */
	struct span	 sig_key;	/* ECDSA: the key it is of */
	struct key_script redeem_made;
	uint8_t		 sig_made[SIG_VALUE_MAX];
	/* Of several keys or conditions: */
	struct span	 code;		/* the script committed to */
	struct tap_leaf	*leaf;		/* all committed to */
	size_t		 nleaf;
	struct own_sig	*own;		/* ours; NULL for one-key scripts */
	size_t		 nown;
	const struct spot_in *spot;	/* in a registered wallet */
};

struct coin_out {
	struct span	 redeem, wscript, tap_internal, tap_tree;
	/* ---- */
	struct script	 script;
	bool		 ours;
	bool		 maybe;		/* our key stands beside it */
	bool		 claimed;	/* change, as far as can be told */
	struct keyref	 key;
	struct pubkey	 pub;		/* of a maybe */
	uint64_t	 traits;
	const struct own_wallet *wallet;	/* registered: it is its own */
};

/* Of the file as a whole. */
struct review {
	enum network	 network;
	uint64_t	 traits;
	size_t		 nsign;
	size_t		 nsingle;	/* of those: over one output only */
	uint32_t	 single;	/* the number of one of them */
	bool		 anyone;	/* one leaves other inputs open */
	bool		 any_claim;
	bool		 done;		/* intend() came through */
	bool		 refused;	/* a rule refuses, whatever is agreed */
	bool		 all_coins;	/* every coin's script is known */
	struct sighash	 sighash;
	struct session_record *record;	/* for the session, once agreed */
	size_t		 nrecord;
	struct arena	*arena;		/* of this look */
	const struct pace *pace;	/* of it, too */
	uint32_t	 ticks;
	struct knowns	 wallets;	/* registered in this session */
	bool		 any_registered;
	const struct own_wallet **used;	/* coins are spent of these */
	size_t		 nused;
	const char	**policy;	/* each text once, as it is shown */
	size_t		 npolicy;
	struct span	 psbt;		/* the answers, binary */
	struct span	 final;		/* empty while incomplete */
};

struct request {
	struct peel	 peel;
	struct psbt	 psbt;
	struct coin_in	*in;
	struct coin_out	*out;
	struct tx_out	*coin;		/* spent; .script.p NULL: unknown */
	struct review	*review;
};

/* request.c: a file to a request; the prefixes whose keys it needs. */
enum err request_open(struct arena *, struct span file, const struct pace *,
	    struct request **, struct fault *) must_check;
enum err request_want(const struct request *, const struct pubring *,
	    struct wants *, struct fault *) must_check;
/* One more of the steps of a look is done: three an input, one an output. */
enum err request_tick(const struct request *) must_check;

/* coin.c: which coin an input spends, by the previous transaction if there
 * is one; whether amounts are possible and consistent. */
enum err coin_find_all(const struct request *) must_check;
void	 coin_judge(const struct request *, const struct session *);
enum err coin_duplicates(const struct request *, struct arena *) must_check;

/* own.c, own_out.c: ours only if our own derivation builds the very script.
 * How our key, alone, owns a coin with this script; or SPEND_NONE: */
enum spend own_how(enum script_kind, const struct pubkey *,
	    struct span script);
uint64_t own_path_network(const struct path *, enum network);
uint64_t own_path_odd(const struct path *, enum spend);
enum err own_input(const struct request *, struct pubring *, size_t i)
	    must_check;
enum err own_output(const struct request *, struct pubring *, size_t i)
	    must_check;
/* xpubs.c: extended keys held against our own, and against the keys that are
 * said to come from them (known attacks 6 and 11). */
enum err own_xpubs(const struct request *, struct pubring *) must_check;
/* claim.c: one derivation field, held against our keys. */
enum claim { CLAIM_NONE, CLAIM_OURS, CLAIM_FALSE };
struct claimed {
	struct keyref	 ref;
	struct pubkey	 pub;		/* derived by us */
	bool		 taproot;
	bool		 absent;	/* the file does not say whose */
	size_t		 leaves;
	struct span	 hashes;
};
enum err claim_check(const struct psbt_entry *, bool taproot,
	    struct pubring *, struct claimed *, enum claim *) must_check;
/* Is this the key that stands in the field? */
bool	 claim_same_key(const struct psbt_entry *, bool taproot,
	    const struct pubkey *);

/* policy.c: coins of several keys or conditions, ours by key.
 * The script that a coin commits to, if it is one that can be signed: */
void	 policy_form(struct coin_in *);
/* Why our key, at a coin that is not simply ours, may sign or may not. */
enum err policy_take(const struct request *, size_t i,
	    const struct claimed *) must_check;
/* leaf.c: the leaves of a taproot input, each held against the coin. */
enum err leaf_read(const struct request *, size_t i) must_check;
const struct tap_leaf *leaf_find(const struct coin_in *, struct span hash);
void	 leaf_hash(uint8_t version, struct span script, struct hash32 *);
void	 leaf_branch(const struct hash32 *, const struct hash32 *,
	    struct hash32 *out);
/* policy_sig.c: signatures of several. */
void	 policy_present(const struct request *, size_t i);
bool	 policy_complete(const struct request *, size_t i);
/* Value of this key's signature, there or made; in a leaf, or elsewhere. */
struct span policy_sig(const struct request *, size_t i, struct span key,
	    const struct tap_leaf *);
/* The leaf that has enough of them, or NULL. */
const struct tap_leaf *policy_leaf(const struct request *, size_t i,
	    struct multi *);
/* policy_rows.c: each kind of such a wallet in words, once; the outputs that
 * look like it. */
enum err policy_rows(const struct request *, const struct pubring *,
	    struct arena *) must_check;

/* wallet_own.c: registered wallets: theirs is only what they rebuild. */
enum err wallet_input(const struct request *, size_t i) must_check;
enum err wallet_output(const struct request *, size_t i) must_check;
enum err wallet_used(const struct request *, struct arena *) must_check;
/* wallet_use.c: could a signature of ours be of use to this input, by the
 * locks that the transaction meets? */
bool	 wallet_counts(const struct request *, size_t i);
bool	 wallet_own_key(const struct coin_in *, const struct pubkey *);
bool	 wallet_lock_met(const struct request *, size_t i, const struct ms *);
/* wallet_witness.c: by the wallet's own script, with what has been signed.
 * ERR_MISSING: not yet; leaf: which one, of taproot. */
enum err wallet_satisfy(const struct request *, size_t i, struct arena *,
	    struct ms_witness *, const struct built_leaf **leaf) must_check;
/* Bytes of the witness, if all would sign; 0: no way. */
uint64_t wallet_size(const struct request *, size_t i);

/* sig.c: digests and checks of signatures. */
enum err sig_digest(const struct request *, size_t i, uint32_t type,
	    struct hash32 *) must_check;
enum err sig_leaf_digest(const struct request *, size_t i, uint32_t type,
	    const struct tap_leaf *, struct hash32 *) must_check;
/* Of this key, for a leaf. */
enum err sig_leaf_verify(const struct request *, size_t i,
	    const struct tap_leaf *, struct span key, struct span value)
	    must_check;
enum err sig_verify(const struct request *, size_t i, struct span key,
	    struct span value) must_check;
/* Signatures that are there already: notes what is complete, what false. */
void	 sig_present(const struct request *, size_t i);
/* The signature and key inside final fields of a one-key script. */
enum err sig_of_final(enum spend, struct span script, struct span witness,
	    struct span *key, struct span *value) must_check;

/* work.c: which inputs we are to sign; a second line behind the rules, so
 * that what they refuse is never signed, even if nobody looked at the page. */
enum err work_find(const struct request *, struct fault *) must_check;
bool	 work_refused(uint64_t traits);

/* facts.c, timing.c: the review in facts. */
enum err facts_make(const struct request *, struct arena *, struct intent *)
	    must_check;
size_t	 timing_count(const struct request *);
enum err timing_facts(const struct request *, struct arena *, struct fact *)
	    must_check;
uint64_t timing_traits(const struct request *);
#define TIMING_TEXT_MAX 64
void	 timing_absolute(uint32_t locktime, char out[TIMING_TEXT_MAX]);
void	 timing_relative(uint32_t sequence, char out[TIMING_TEXT_MAX]);

/* size.c: virtual size of the finished transaction. */
uint64_t size_virtual(const struct request *);

/* sign.c */
enum err sign_all(struct request *, struct signatory *, struct pace *,
	    struct arena *) must_check;

/* final.c: the network's form of a complete transaction. */
bool	 final_ready(const struct request *);
void	 final_put(const struct request *, struct sink *);
void	 final_script_put(const struct request *, size_t i, struct sink *);
void	 final_witness_put(const struct request *, size_t i, struct sink *);
/* policy_final.c: the same for scripts of several keys. */
void	 policy_script_put(const struct request *, size_t i, struct sink *);
void	 policy_witness_put(const struct request *, size_t i, struct sink *);
void	 final_push(struct sink *, struct span);

/* answers.c: the file as it came, with what we add to it. */
struct addition {			/* a field of an input's map */
	uint64_t	 type;
	struct span	 data, value;
};
#define ADDITIONS_MAX (LIMIT_OWN_SIGS + 1)
/* In the order of their types. */
size_t	 answer_additions(const struct coin_in *,
	    struct addition[ADDITIONS_MAX]);
uint8_t	 answer_modifiable(const struct request *, uint8_t flags);
void	 answer_psbt_put(const struct request *, struct sink *);
/* readback.c: read afresh and held against what was agreed. */
enum err readback_signed(const void *req, struct span, struct arena *)
	    must_check;
enum err readback_final(const void *req, struct span, struct arena *)
	    must_check;
extern const struct answer psbt_answers[];

/* Which kind of signature an input wants: own is NULL for one-key scripts. */
static inline enum sign_kind
sign_kind_of(const struct coin_in *in, const struct own_sig *own)
{
	if (own != NULL)
		return own->kind;
	return in->spend == SPEND_TR ? SIGN_TAPROOT : SIGN_ECDSA;
}

#endif
