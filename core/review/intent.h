/*
 * intent.h - what a request does, in facts that no longer know their chain.
 *
 * A chain's intend() lists facts: who gives, who gets, what is data, what is
 * bound to a time, each with an amount and with how it is known.  What it
 * notices about a fact it notes as a trait; whether a trait is allowed, warned
 * of or refused is not the chain's business: core/review/rules.h decides.
 *
 * Thought through for three files: a PSBT (spends, pays, change, fee, data,
 * timing); a Monero unsigned set (the same, one fee a transaction, several
 * transactions in one intent told apart by .part); an EIP-712 permit (one
 * grant: amount in the token's unit, .to the spender, a timing fact for the
 * deadline).
 *
 *	source	design, section 4
 *	shapes	an array of facts, the keys a signature needs, traits
 *	units	base units of the chain; .decimals says how it is written
 *	owns	nothing; all in the arena of the job
 *	errors	none
 *	secrets	none
 *	tests	tests/unit/rules_test.c
 */
#ifndef CORE_REVIEW_INTENT_H
#define CORE_REVIEW_INTENT_H

#include "core/base/num.h"
#include "core/keys/pubring.h"
#include "core/keys/signatory.h"

/* Weakest first: a sum is known as well as its weakest part. */
enum known { KNOWN_UNKNOWN, KNOWN_CLAIMED, KNOWN_PROVEN };

enum fact_kind {
	FACT_SPEND,		/* a coin goes in; .ours: it is the owner's */
	FACT_PAY,		/* to somebody else */
	FACT_CHANGE,		/* stays with or returns to the owner */
	FACT_FEE,
	FACT_DATA,		/* carries bytes, not money */
	FACT_GRANT,		/* an allowance, a delegate call */
	FACT_TIMING,		/* not before, or not after */
	FACT_MESSAGE,
	FACT_IMPORT,
	FACT_WALLET,		/* what the coins are of, and who can spend */
	FACT_KINDS
};

struct fact {
	enum fact_kind	 kind;
	bool		 ours;		/* spends: our coin */
	bool		 has_amount;
	bool		 has_key;
	struct num	 amount;
	enum known	 known;
	uint64_t	 traits;	/* TRAIT_BIT() of what was noticed */
	uint32_t	 index;		/* number of the input or output */
	uint32_t	 part;		/* which transaction of a set */
	struct keyref	 key;		/* ours, at this path */
	/* Printable ASCII, never NULL; "" where there is none. */
	const char	*to;		/* address, or text, whole */
	const char	*ref;		/* an outpoint: context */
	const char	*how;		/* "previous tx", "our key" */
	const char	*why;		/* what a claim contradicts, or "" */
	/* From the vault, by notes_make(): what the owner noted about it,
	 * quoted, or NULL; and a coin that was not to be spent. */
	const char	*note;
	bool		 frozen;
};

/* When a fee is too much. base = what goes to others, else our inputs. */
struct fee_policy {
	uint32_t	 warn_percent;
	uint32_t	 refuse_percent;
	uint64_t	 refuse_floor;	/* base units; both must be exceeded */
	uint32_t	 warn_rate;	/* base units a unit of size */
	uint32_t	 refuse_rate;
};

struct intent {
	const char	*chain;		/* "btc": the first part of a code */
	const char	*job;		/* "bitcoin psbt" */
	const char	*title;		/* "PSBT" */
	const char	*ledger;	/* "BITCOIN" */
	const char	*network;	/* "mainnet" */
	const char	*unit;		/* "sat" */
	const char	*coin;		/* "BTC" */
	const char	*rate_unit;	/* "sat/vB" */
	unsigned	 decimals;
	const struct fee_policy *fees;
	struct fact	*fact;
	size_t		 nfact;
	uint64_t	 traits;	/* of the file as a whole */
	uint64_t	 size;		/* the fee rate is of it; 0: none */
	uint32_t	 parts;		/* transactions of a set; 0: one */
	uint32_t	 below;		/* path elements below an account */
	uint32_t	 gap;		/* indices that are near; 0: PATH_GAP */
	struct plan	 plan;
	struct fpr	 fpr[FPR_MAX];	/* of our keys that are to sign */
	size_t		 nfpr;
	const char	*name[FPR_MAX];	/* what the owner calls them, or NULL */
};

#endif
