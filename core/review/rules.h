/*
 * rules.h - what is allowed, warned of, refused; and the words for it.
 *
 * One table.  A row either waits for a trait that a chain noted, or has a
 * function that looks at the whole intent.  The judge runs all rows, keeps
 * every reason, and the worst wins.  A code is chain.subject.what and never
 * changes its meaning.
 *
 *	source	design, section 5; known attacks 1 to 22
 *	shapes	intent in, findings out, one finding a code, places grouped
 *	units	those of the intent
 *	owns	nothing; findings live in the arena given
 *	errors	ERR_SPACE
 *	secrets	none
 *	tests	tests/unit/rules_test.c: one test a code
 */
#ifndef CORE_REVIEW_RULES_H
#define CORE_REVIEW_RULES_H

#include "core/base/arena.h"
#include "core/review/intent.h"

enum level { LEVEL_NOTE, LEVEL_WARN, LEVEL_REFUSE };
enum verdict { VERDICT_ALLOW, VERDICT_WARN, VERDICT_REFUSE };

/* Each chain has its own list of traits, numbered as their bits are. */
#define TRAITS_MAX 64

struct trait_row {
	const char	*code;		/* behind the chain: "fee.negative" */
	const char	*text;
	enum level	 level;
};

struct trait_table {
	const char		*chain;
	const struct trait_row	*row;
	size_t			 n;
};

extern const struct trait_table *const trait_tables[];	/* ends with NULL */

/* NULL for a chain that notes none. */
const struct trait_table *traits_table(const char *chain);
/* Does a refusal follow from these, whatever else is found? */
bool	 traits_refused(const struct trait_table *, uint64_t traits);

/* Bitcoin's: trait, code behind the chain, level, one sentence: what is wrong;
 * what to do.  The place ("input 3") is put in front by the judge. */
#define TRAIT_LIST(X)							\
	X(AMOUNT_CLAIMED, "amount.unproven", WARN,			\
	    "the amount is only claimed, its previous transaction is "	\
	    "missing; ask the wallet for a file with full previous "	\
	    "transactions")						\
	X(AMOUNT_FALSE, "amount.false", REFUSE,				\
	    "the amount or script differs from the previous "		\
	    "transaction; do not trust the computer that made this file") \
	X(AMOUNT_CHANGED, "amount.changed", REFUSE,			\
	    "this coin came with another amount earlier; do not trust "	\
	    "the computer that made these files")			\
	X(AMOUNT_BELIED, "amount.belied", WARN,				\
	    "the amount is proven, and an earlier file said another; "	\
	    "do not trust the computer that made that one")		\
	X(AMOUNT_RANGE, "amount.range", REFUSE,				\
	    "an amount, or the sum, is more than can exist; do not "	\
	    "trust the computer that made this file")			\
	X(INPUT_NO_COIN, "input.missing", REFUSE,			\
	    "nothing says which coin is spent; export the file again "	\
	    "with full previous transactions")				\
	X(PREVTX_FALSE, "prevtx.mismatch", REFUSE,			\
	    "the previous transaction in the file is not the one that "	\
	    "is spent; do not trust the computer that made this file")	\
	X(PREVTX_INDEX, "prevtx.index", REFUSE,				\
	    "the previous transaction has no such output; do not trust " \
	    "the computer that made this file")				\
	X(INPUT_FOREIGN, "input.foreign", WARN,				\
	    "this coin is not yours; it is left unsigned, and the fee "	\
	    "is not yours alone; check that you meant to spend together " \
	    "with somebody else")					\
	X(INPUT_FALSE, "input.false", REFUSE,				\
	    "the path under your fingerprint does not give this coin's " \
	    "script; check that the wallet was set up with this key and " \
	    "passphrase, else do not trust it")				\
	X(INPUT_FINAL, "input.final", REFUSE,				\
	    "nothing is left to sign, all of your coins in it are "	\
	    "signed; send it, or pass it on to the other signers")	\
	X(INPUT_DUPLICATE, "input.duplicate", REFUSE,			\
	    "the same coin is spent twice; no network takes that, make " \
	    "the transaction again")					\
	X(SIGHASH_NONE, "sighash.none", REFUSE,				\
	    "this signature would let anybody choose where the coins "	\
	    "go; ask for a file that signs everything (ALL)")		\
	X(SIGHASH_SINGLE, "sighash.single", WARN,			\
	    "this signature binds one output only; the others can be "	\
	    "changed after you sign; accept it only if you know why it " \
	    "is asked for")						\
	X(SIGHASH_ANYONE, "sighash.anyonecanpay", WARN,			\
	    "this signature does not bind the other inputs; they can be " \
	    "changed after you sign; accept it only if you know why it " \
	    "is asked for")						\
	X(SIGHASH_BAD, "sighash.invalid", REFUSE,			\
	    "no such kind of signature exists; ask for a file that "	\
	    "signs everything (ALL)")					\
	X(SIGHASH_BUG, "sighash.single-bug", REFUSE,			\
	    "this kind of signature, without an output of the same "	\
	    "number, would be valid for any transaction; ask for a file " \
	    "that signs everything (ALL)")				\
	X(FPR_ABSENT, "fingerprint.absent", WARN,			\
	    "the file does not say whose key it is; yours was found by " \
	    "trying; set the key's fingerprint in the wallet that made " \
	    "it")							\
	X(PATH_NETWORK, "path.network", WARN,				\
	    "the path's coin type belongs to another network than the "	\
	    "one set here; check that this is the wallet you meant")	\
	X(PATH_ODD, "path.odd", WARN,					\
	    "the key is yours, but at a path that wallets do not look "	\
	    "at; coins there can be hard to find again; write the path " \
	    "down")							\
	X(CHANGE_FALSE, "change.false", REFUSE,				\
	    "it claims to be yours, but your key does not give this "	\
	    "script; do not trust the computer that made this file")	\
	X(SCRIPT_ODD, "output.unknown", WARN,				\
	    "the script has no usual address form; be sure that "	\
	    "somebody can spend from it")				\
	X(OUTPUT_BURN, "output.burn", WARN,				\
	    "coins sent to a data output are destroyed; accept it only " \
	    "if you meant that")					\
	X(OUTPUT_ZERO, "output.zero", WARN,				\
	    "it pays nothing; check that you meant it")			\
	X(OUTPUT_SILENT, "output.silent", WARN,				\
	    "it is said to be a silent payment; that the script shown "	\
	    "is that receiver's is not checked here, accept it only if " \
	    "you trust the computer that made this file")		\
	X(DATA_MANY, "output.data-many", WARN,				\
	    "there is more than one data output; many nodes do not pass " \
	    "that on; check that you meant it")				\
	X(SIG_FALSE, "signature.invalid", REFUSE,			\
	    "there is a signature already, and it is not valid; ask for " \
	    "the file as it was before that")				\
	X(LOCK_FAR, "locktime.future", WARN,				\
	    "it cannot be mined before a far date; until then nobody "	\
	    "can; check that you meant to wait")			\
	X(LOCK_IDLE, "locktime.idle", NOTE,				\
	    "it names a time lock that has no force, every input is "	\
	    "final; do not count on it")				\
	X(NO_INPUTS, "tx.no-inputs", REFUSE,				\
	    "it spends nothing; make the transaction again")		\
	X(NO_OUTPUTS, "tx.no-outputs", REFUSE,				\
	    "it pays nobody, all would go to the miner; make the "	\
	    "transaction again")					\
	X(NO_KEY, "key.none", REFUSE,					\
	    "no key at hand is in it or can sign it; enter the key "	\
	    "first, or check its fingerprint, its passphrase and the "	\
	    "network")							\
	X(TAPROOT_FALSE, "taproot.false", REFUSE,			\
	    "its taproot fields do not give the script that it spends; " \
	    "export the file again, else do not trust the computer that " \
	    "made it")							\
	X(SCRIPT_UNSUPPORTED, "script.unsupported", REFUSE,		\
	    "this signer does not know this kind of script yet; sign it " \
	    "elsewhere")						\
	X(SCRIPT_MISSING, "script.missing", REFUSE,			\
	    "the script that the coin commits to is missing or differs; " \
	    "export the file again with its scripts")			\
	X(XPUB_FALSE, "xpub.false", REFUSE,				\
	    "an extended key is not yours though under your "		\
	    "fingerprint, or does not give the keys that the file says " \
	    "come from it; do not trust the computer that made this "	\
	    "file")							\
	X(WALLET_UNREGISTERED, "wallet.unregistered", WARN,		\
	    "these coins belong to a wallet of several keys or "	\
	    "conditions that is not registered here; compare the script " \
	    "shown with your own record of it, its change is claimed at " \
	    "best")							\
	X(WALLET_FALSE, "wallet.false", REFUSE,				\
	    "it has your key of a registered wallet, but that wallet "	\
	    "does not give this script; register the wallet it is of, "	\
	    "else do not trust the computer that made this file")	\
	X(WALLET_SEVERAL, "wallet.several", WARN,			\
	    "coins of more than one wallet are spent together, "	\
	    "which ties them to each other for all to see; check "	\
	    "that you meant it")					\
	X(WALLET_TWICE, "wallet.key-twice", REFUSE,			\
	    "one key or one owner (by fingerprint) stands twice among "	\
	    "those that must come together, so that fewer people than "	\
	    "it seems can spend; set the wallet up again with one key " \
	    "for each")							\
	X(WALLET_ORIGIN, "wallet.origin", WARN,				\
	    "a key does not say where it comes from, so nobody "	\
	    "can tell whose it is; ask for it with its "		\
	    "fingerprint and path")					\
	X(WALLET_UNSAFE, "wallet.unsafe", REFUSE,			\
	    "its script is not one that coins should be sent to; "	\
	    "make the wallet again")					\
	X(WALLET_FIRST, "wallet.address", REFUSE,			\
	    "the first address in the file is not the one that "	\
	    "its keys give; do not trust the computer that made "	\
	    "this file")						\
	X(WALLET_NAME, "wallet.name", WARN,				\
	    "another wallet of this name is registered already, and "	\
	    "its keys or conditions are others; compare the first "	\
	    "address with your own record, or give it another name")	\
	X(WALLET_SHARED, "wallet.key-shared", WARN,			\
	    "your key in it stands in another registered wallet, too; "	\
	    "if the two should be one wallet, somebody has changed a "	\
	    "file: compare the other keys with their owners")		\
	X(WALLET_KNOWN, "wallet.known", NOTE,				\
	    "this very wallet is registered already; there is nothing "	\
	    "left to agree to")						\
	X(WALLET_ONE_ADDRESS, "wallet.one-address", NOTE,		\
	    "it has no index (no *), so that every payment to it comes " \
	    "to one address; all can see that they belong together")	\
	X(WALLET_NO_CHANGE, "wallet.no-change", NOTE,			\
	    "it has one branch and none for change, so its change "	\
	    "cannot be recognised here; register it with both, <0;1>")	\
	X(WALLET_BRANCHES, "wallet.branches", NOTE,			\
	    "its keys do not take their branches in one order, which "	\
	    "few programs expect; compare receive 0 and change 0 with "	\
	    "the other signers")					\
	X(TOKEN_UNKNOWN, "token.unknown", WARN,				\
	    "it answers an invitation that is not known here; look at "	\
	    "the invitation first, or ask who sent it")			\
	X(XPUB_NETWORK, "xpub.network", REFUSE,				\
	    "an extended key belongs to another kind of network than "	\
	    "the one set here; check the network here and in the wallet") \
	X(KEY_SEVERAL, "key.several", REFUSE,				\
	    "several keys are at hand and it does not say which; write " \
	    "the fingerprint into its path: [73c5da0a/84'/0'/0'/0/0]")	\
	X(KEY_IDLE, "key.idle", WARN,					\
	    "your key may spend this coin only once a time lock is "	\
	    "over, and this transaction does not wait for it: your "	\
	    "signature would be of no use; make it again with that "	\
	    "wait in it")						\
	X(MESSAGE_CONTROL, "message.control", REFUSE,			\
	    "it holds control characters, or begins with dashes like "	\
	    "the frame of a signed message; others would read another "	\
	    "text than you, ask for plain words")			\
	X(MESSAGE_HASH, "message.hash", REFUSE,				\
	    "it is 32 bytes that can be the hash of anything; ask for "	\
	    "words that say what you sign")				\
	X(MESSAGE_DATA, "message.data", WARN,				\
	    "it is data, not words: a transaction, a token or a file "	\
	    "that you cannot read; sign it only if you know what it "	\
	    "stands for")						\
	X(MESSAGE_LOGIN, "message.login", WARN,				\
	    "it looks like a login; sign it only if you are logging "	\
	    "in yourself now, at the very site that it names")		\
	X(MESSAGE_HIDDEN, "message.hidden", WARN,			\
	    "it holds characters that nobody sees or that turn the "	\
	    "line around; others can be shown another text than you, "	\
	    "better type the words anew")				\
	X(MESSAGE_SPACES, "message.spaces", WARN,			\
	    "it begins or ends with a space, which programs drop, and "	\
	    "then the signature does not hold; better take the space "	\
	    "out")							\
	X(MESSAGE_EMPTY, "message.empty", WARN,				\
	    "there is no text; whoever gets the signature can show it "	\
	    "for any purpose that asks for an empty one")		\
	X(MESSAGE_FOREIGN, "message.foreign", NOTE,			\
	    "some characters are shown as the bytes they are made of, "	\
	    "as in \\xc3\\xbc; each of them is signed")			\
	X(FEE_NEGATIVE, "fee.negative", REFUSE,				\
	    "more goes out than comes in; no network takes that, make "	\
	    "the transaction again")					\
	X(FEE_UNKNOWN, "fee.unknown", WARN,				\
	    "the fee cannot be told from this file; ask the wallet for " \
	    "a file with full previous transactions")

enum trait {
#define X(name, code, level, text) TRAIT_##name,
	TRAIT_LIST(X)
#undef X
	TRAIT_COUNT
};
_Static_assert(TRAIT_COUNT <= TRAITS_MAX, "traits fit one word");

#define TRAIT_BIT(name) ((uint64_t)1 << TRAIT_##name)

#define PATH_GAP 200	/* known attack 7: indices past what inputs show */

struct finding {
	const char	*code;		/* "btc.fee.absurd" */
	enum level	 level;
	const char	*text;		/* "input 3: the amount …" */
};

struct total { bool has; struct num amount; enum known known; };

enum total_kind { TOTAL_IN, TOTAL_CHANGE, TOTAL_PAY, TOTAL_FEE, TOTAL_KINDS };

struct judgement {
	enum verdict	 verdict;
	struct finding	*finding;	/* worst first, then by code */
	size_t		 n;
	struct total	 total[TOTAL_KINDS];
};

enum err	 judge(const struct intent *, struct arena *,
		    struct judgement *) must_check;
const char	*verdict_name(enum verdict);
const char	*level_name(enum level);

/* One row a code, for the help page and the command line: the rules, then
 * what a file that cannot be read is reported under.  False past the end. */
struct code_help {
	const char	*chain;		/* "" for what is not of one chain */
	const char	*code, *text, *advice;
	enum level	 level;
};
#define CODE_MAX 64
bool		 code_help(size_t i, struct code_help *);
void		 code_whole(const struct code_help *, char out[CODE_MAX]);
void		 code_sentence(const struct code_help *,
		    char out[FAULT_TEXT_MAX]);

#endif
