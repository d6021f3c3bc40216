/*
 * wallet.h - what a chain's own wallet looks like: addresses and exports.
 *
 * One row a chain, beside the job table: which account paths are usual, what
 * address a key has, how a watch-only wallet is described.  Public keys only.
 *
 *	source	BIP44, BIP49, BIP84, BIP86 for Bitcoin
 *	shapes	(network, purpose, account) to path; key to address text
 *	units	none
 *	owns	nothing
 *	errors	ERR_RANGE (no such purpose here), ERR_SPACE, ERR_UNKNOWN (no
 *		such format), ERR_FORM, ERR_CHECKSUM (a mistyped address)
 *	secrets	none
 *	tests	tests/unit/bitcoin_wallet_test.c
 */
#ifndef CORE_JOB_WALLET_H
#define CORE_JOB_WALLET_H

#include "core/base/network.h"
#include "core/base/sink.h"
#include "core/keys/bip32.h"

#define ADDRESS_MAX 128

struct account {			/* what an export describes */
	enum network	 network;
	struct fpr	 fpr;
	uint32_t	 purpose;
	uint32_t	 number;
	struct xpub	 xpub;		/* at the account's path */
};

struct export_format {
	const char	*name;		/* "descriptors" */
	const char	*file;		/* the name it gets on a stick */
	/* All purposes of one key; accounts in the order of purposes[]. */
	enum err	(*write)(const struct account *, size_t n,
			    struct sink *) must_check;
};

struct wallet {
	const char	*chain;		/* "btc" */
	const uint32_t	*purposes;	/* ends with 0 */
	enum err	(*account_path)(enum network, uint32_t purpose,
			    uint32_t account, struct path *) must_check;
	enum err	(*address)(enum network, uint32_t purpose,
			    const struct pubkey *, char out[ADDRESS_MAX])
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

#endif
