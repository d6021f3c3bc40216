/*
 * traits.h - what a Monero file is warned of and refused for.
 *
 * One row a rule: whoever made the file has the view key and wrote every byte
 * of it, so what does not follow from our own keys or from an arithmetic
 * check is held against it here.
 *
 *	source	what Monero's own wallet 0.18.5.3 checks of such files, and
 *		what it does not (design, section 5)
 *	shapes	one enum, one bit each
 *	units	none
 *	owns	nothing
 *	errors	none
 *	secrets	none
 *	tests	tests/unit/monero_fixtures_test.c, monero_rules_test.c
 */
#ifndef CORE_CHAIN_MONERO_TRAITS_H
#define CORE_CHAIN_MONERO_TRAITS_H

#include "core/review/rules.h"

#define LIAR "; do not trust the computer that made this file"
#define AGAIN "; make the transaction again"
#define EXPORT_ALL "; in Feather: export all outputs, in "		\
	"monero-wallet-cli: export_outputs all FILE; open that file here " \
	"first, and agree to it"

/* name, code behind "xmr.", level, one sentence: what is wrong; what to do. */
#define XMR_LIST(X)							\
	X(ACCOUNT_OTHER, "account.other", REFUSE,			\
	    "it names another wallet than the one it is sealed for" LIAR) \
	X(ACCOUNT_DIFFERS, "account.differs", WARN,			\
	    "it names another account than the coins come from; check "	\
	    "that you meant the account shown at the coins")		\
	X(OUTPUT_FOREIGN, "outputs.foreign", REFUSE,			\
	    "an output in the list is not yours" LIAR)			\
	X(OUTPUT_INDEX, "outputs.address", WARN,			\
	    "an output belongs to another address of yours than the "	\
	    "list says; export the outputs again")			\
	X(OUTPUT_TWICE, "outputs.duplicate", REFUSE,			\
	    "the same output key is in the list twice; one of them "	\
	    "can never be spent, restore the view-only wallet afresh")	\
	X(OUTPUTS_GAP, "outputs.gap", REFUSE,				\
	    "the wallet's earlier outputs are not known here" EXPORT_ALL) \
	X(OUTPUTS_OTHER, "outputs.other", REFUSE,			\
	    "the same number stood for another output earlier in this "	\
	    "session; lock, and use the files of one online wallet "	\
	    "alone")							\
	X(OUTPUTS_NONE, "outputs.none", WARN,				\
	    "the list is empty, there is nothing to answer" EXPORT_ALL)	\
	X(INPUT_FOREIGN, "input.foreign", REFUSE,			\
	    "this coin is not yours, its key does not follow from "	\
	    "your view key" LIAR)					\
	X(INPUT_AMOUNT, "input.amount", REFUSE,				\
	    "the amount does not open the coin's commitment" LIAR)	\
	X(INPUT_RECORD, "input.record", REFUSE,				\
	    "amount or place of this coin differ from the outputs "	\
	    "seen earlier in this session" LIAR)			\
	X(INPUT_OTHER, "input.other", REFUSE,				\
	    "the number in the wallet's list is that of another "	\
	    "output, which would be marked as spent" LIAR)		\
	X(INPUT_TWICE, "input.duplicate", REFUSE,			\
	    "the same coin is spent twice" LIAR)			\
	X(INPUT_SPENT, "input.spent", REFUSE,				\
	    "the online wallet's own list says that this coin is "	\
	    "spent or frozen; export the outputs again, then make the "	\
	    "transaction again")					\
	X(SPENT_AGAIN, "spent.again", WARN,				\
	    "a transaction with this coin was signed in this session "	\
	    "already; send one of them only, and know that two "	\
	    "versions of one payment show which ring member is yours")	\
	X(INPUT_RCT, "input.rct", REFUSE,				\
	    "the coin is marked as one with a public amount, which "	\
	    "would be published" LIAR)					\
	X(INPUT_MULTISIG, "input.multisig", REFUSE,			\
	    "it carries data of a shared wallet; this signer does not "	\
	    "know shared Monero wallets")				\
	X(INPUT_COUNT, "input.count", REFUSE,				\
	    "it names more or fewer coins of the wallet's list than "	\
	    "it spends" LIAR)						\
	X(RING_SIZE, "ring.size", REFUSE,				\
	    "the ring does not have 16 members; the network would not "	\
	    "take it and it would show which coin is yours" LIAR)	\
	X(RING_ORDER, "ring.order", REFUSE,				\
	    "the ring's members are not in ascending order, each once" LIAR) \
	X(RING_KEY, "ring.key", REFUSE,					\
	    "a key or commitment of the ring is no point of the "	\
	    "curve, or the same stands there twice" LIAR)		\
	X(CHANGE_FOREIGN, "change.foreign", REFUSE,			\
	    "it calls change what goes to an address that is not "	\
	    "yours" LIAR)						\
	X(CHANGE_FALSE, "change.false", REFUSE,				\
	    "no output pays the change that it names, to that address "	\
	    "and in that amount" LIAR)					\
	X(OUTPUTS_DIFFER, "pay.differs", REFUSE,			\
	    "what it pays is not what it says that you asked for" LIAR)	\
	X(ADDRESS_FALSE, "address.false", REFUSE,			\
	    "the address that the wallet was given is not the one "	\
	    "that would be paid" LIAR)					\
	X(ADDRESS_NETWORK, "address.network", REFUSE,			\
	    "the address that the wallet was given is one of another "	\
	    "network; check the network set here")			\
	X(ADDRESS_TEXT, "address.text", NOTE,				\
	    "the wallet was given a name, not an address; compare the "	\
	    "address shown with the payee himself")			\
	X(ADDRESS_KEY, "address.key", REFUSE,				\
	    "a key of the address that would be paid is none that a "	\
	    "secret gives; what is sent there is lost" LIAR)		\
	X(ADDRESS_TWO, "address.two", REFUSE,				\
	    "two outputs share a spend key but not the rest of the "	\
	    "address; the payee may never find one of them" LIAR)	\
	X(ADDRESS_VIEW, "address.view", REFUSE,				\
	    "it has your spend key with a view key or a kind that is "	\
	    "not yours; you would never find what is sent there" LIAR)	\
	X(ID_TWO, "address.integrated", REFUSE,				\
	    "more than one integrated address, or one beside other "	\
	    "payees; a transaction carries one payment id only" AGAIN)	\
	X(ID_ALONE, "payment-id.alone", REFUSE,				\
	    "it carries a payment id, but pays no integrated address" LIAR) \
	X(ID_FALSE, "payment-id.false", REFUSE,				\
	    "its payment id is not that of the integrated address" LIAR) \
	X(ID_LONG, "payment-id.long", REFUSE,				\
	    "it carries a payment id in the clear, an obsolete kind "	\
	    "that links your payments; ask the payee for an address")	\
	X(EXTRA_FORM, "extra.malformed", REFUSE,			\
	    "the extra field cannot be read" LIAR)			\
	X(EXTRA_MORE, "extra.unneeded", REFUSE,				\
	    "the extra field holds data that no payment needs; it "	\
	    "would mark the transaction as yours for everybody" LIAR)	\
	X(PAY_COUNT, "pay.count", REFUSE,				\
	    "a transaction must have 2 to 16 outputs" AGAIN)		\
	X(PAY_ZERO, "pay.zero", NOTE,					\
	    "it pays nothing; wallets add such an output when no "	\
	    "change is left")						\
	X(NO_INPUTS, "tx.no-inputs", REFUSE,				\
	    "it spends nothing" AGAIN)					\
	X(SET_EMPTY, "set.empty", REFUSE,				\
	    "there is no transaction in it" AGAIN)			\
	X(UNLOCK, "tx.unlock-time", REFUSE,				\
	    "all of it, change too, would be frozen until a later "	\
	    "block; the network no longer takes that" AGAIN)		\
	X(OLD_KIND, "tx.old-kind", REFUSE,				\
	    "it asks for an old kind of transaction that the network "	\
	    "no longer takes" AGAIN)					\
	X(NEW_KIND, "tx.newer", REFUSE,					\
	    "it asks for a kind of transaction newer than this "	\
	    "signer; get a newer Coldseal")				\
	X(AMOUNT_RANGE, "amount.range", REFUSE,				\
	    "an amount, or the sum, is more than can exist" LIAR)	\
	X(FEE_NEGATIVE, "fee.negative", REFUSE,				\
	    "more goes out than comes in" AGAIN)

enum xmr_trait {
#define X(name, code, level, text) XMR_##name,
	XMR_LIST(X)
#undef X
	XMR_COUNT
};
_Static_assert(XMR_COUNT <= TRAITS_MAX, "traits fit one word");

#define XMR_BIT(name) ((uint64_t)1 << XMR_##name)

extern const struct trait_table monero_traits;

#endif
