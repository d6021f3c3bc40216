/*
 * limits.h - how much of what there may be, in one table.
 *
 * What is past a limit is refused or listed by name, never cut silently.  The
 * README shows the same table; a lint compares the two.
 *
 *	source	what honest files need, ten times over; BIP141 for sizes
 *	shapes	LIMIT_LIST: name, figure, unit, what
 *	units	in the table
 *	owns	nothing
 *	errors	at the place of use, mostly ERR_TOO_LARGE or ERR_RANGE
 *	secrets	none
 *	tests	tests/unit/limits_test.c, tests/lint/limits.py
 */
#ifndef CORE_BASE_LIMITS_H
#define CORE_BASE_LIMITS_H

#define LIMIT_LIST(X)							\
	X(FILE, 67108864, "bytes", "a file")				\
	X(INPUTS, 100000, "", "inputs of a transaction")		\
	X(OUTPUTS, 100000, "", "outputs of a transaction")		\
	X(TX_BYTES, 10000000, "bytes", "a transaction to be signed")	\
	X(FIELDS, 2097152, "", "fields of a PSBT")			\
	X(ORIGINS, 400000, "", "derivation paths in a PSBT")		\
	X(LOOK_SIGS, 200000, "", "signatures that are there already")	\
	X(LOOK_BYTES, 268435456, "bytes",				\
	    "hashed to check old-style signatures that are there already") \
	X(OWN_SIGS, 32, "", "signatures of ours for one input")		\
	X(LEAVES, 128, "", "leaves of a taproot input")			\
	X(INPUT_FIELDS, 1024, "", "fields of an input of several keys")	\
	X(WALLET_KEYS, 128, "", "keys of a wallet of several keys")	\
	X(WALLETS, 64, "", "wallets registered at a time")		\
	X(LABELS, 8192, "", "labels of a vault, or in a list of them")	\
	X(PIECES, 128, "", "keys, or tokens, kept for a wallet to be made") \
	X(PATH_DEPTH, 10, "", "steps of a derivation path")		\
	X(WANTS, 256, "", "accounts of ours that one file may touch")	\
	X(KEYS, 8, "", "keys at hand")					\
	X(PAGE_ROWS, 300000, "", "rows of a page")			\
	X(FINDINGS, 256, "", "findings of a page")			\
	X(PLAN_ROWS, 100000, "", "rows of a consent: keys to sign with") \
	X(STICK_FILES, 20000, "", "files listed of a stick")		\
	X(STICKS, 16, "", "sticks at a time")				\
	X(ADDRESSES, 10000, "", "addresses in one list or search")	\
	X(ADDRESS_SEARCH, 2000, "",					\
	    "addresses of each branch that a search looks through at first") \
	X(VAULT, 1048576, "bytes", "one state of a vault")		\
	X(VAULT_KEYS, 64, "", "keys in a vault")			\
	X(VAULT_MEMORY, 1048576, "KiB", "memory that opening a vault takes") \
	X(VAULT_PASSES, 64, "", "passes over that memory")		\
	X(VAULT_WORK, 16777216, "KiB", "memory times passes")		\
	X(MESSAGE, 65536, "bytes", "a message between two processes")

enum limit {
#define X(name, figure, unit, what) LIMIT_##name = (figure),
	LIMIT_LIST(X)
#undef X
};

#endif
