/*
 * wallet.h - what a chain's own wallet looks like: addresses and exports.
 *
 * One row a chain, beside the job table: which accounts are usual, what
 * addresses they have, how a watch-only wallet is described.  An account is
 * known by its extended public key, or by its wallet's view key.
 *
 *	source	BIP44, BIP49, BIP84, BIP86 for Bitcoin; Monero's subaddresses
 *	shapes	(network, purpose, account) to path; account to address text
 *	units	none
 *	owns	nothing
 *	errors	ERR_RANGE (no such purpose here), ERR_SPACE, ERR_UNKNOWN (no
 *		such format), ERR_FORM, ERR_CHECKSUM (a mistyped address)
 *	secrets	.viewer holds a view key; else none
 *	tests	tests/unit/bitcoin_wallet_test.c,
 *		tests/unit/monero_wallet_test.c
 */
#ifndef CORE_JOB_WALLET_H
#define CORE_JOB_WALLET_H

#include "core/base/keykind.h"
#include "core/base/network.h"
#include "core/base/sink.h"
#include "core/keys/bip32.h"

#define ADDRESS_MAX 128

struct account {			/* what an export describes */
	enum network	 network;
	struct fpr	 fpr;
	uint32_t	 purpose;
	uint32_t	 number;
	struct xpub	 xpub;		/* at the account's path, or ... */
	const struct viewer *viewer;	/* ... what takes its place */
	/* What else the owner said: for Monero the payment id of integrated
	 * addresses, the restore height of an export. */
	struct span	 with;
};

/* Addresses go by, one at a time; anything but 0 ends it. */
struct visit {
	enum err	(*see)(void *ctx, const struct path *,
			    const char *address) must_check;
	void		*ctx;
};

struct export_format {
	const char	*name;		/* "descriptors" */
	const char	*file;		/* the name it gets on a stick */
	const char	*warning;	/* to be read before; NULL: none */
	const char	*says;		/* who reads it */
	const char	*asks;		/* what .with means; NULL: nothing */
	/* All purposes of one key; accounts in the order of purposes[]. */
	enum err	(*write)(const struct account *, size_t n,
			    struct sink *) must_check;
};

struct wallet {
	const char	*chain;		/* "btc" */
	enum key_kind	 kind;		/* of its keys */
	uint32_t	 branches;	/* 2: receive and change */
	const uint32_t	*purposes;	/* ends with 0; NULL: view keys */
	enum err	(*account_path)(enum network, uint32_t purpose,
			    uint32_t account, struct path *) must_check;
	/* From one index to another, both included, until see() says stop. */
	enum err	(*addresses)(const struct account *, uint32_t branch,
			    uint32_t from, uint32_t to, const struct visit *)
			    must_check;
	/* Reads an address that somebody typed: which purpose makes such
	 * ones, and how it is written out. */
	enum err	(*recognise)(enum network, struct span typed,
			    uint32_t *purpose, char out[ADDRESS_MAX])
			    must_check;
	const struct export_format *formats;	/* ends with a NULL name */
};

extern const struct wallet *const wallet_table[];	/* NULL-terminated */

const struct wallet *wallet_find(const char *chain);
const struct wallet *wallet_of_kind(enum key_kind);

#endif
