/*
 * export.h - watch-only wallets in the forms that others read.
 *
 *	source	Bitcoin Core importdescriptors; the generic JSON that Sparrow
 *		and Specter read; Electrum's wallet file
 *	shapes	accounts in, text out
 *	units	none
 *	owns	nothing
 *	errors	as descriptor.h
 *	secrets	none
 *	tests	tests/unit/bitcoin_wallet_test.c, tests/peers
 */
#ifndef CORE_CHAIN_BITCOIN_EXPORT_H
#define CORE_CHAIN_BITCOIN_EXPORT_H

#include "core/job/wallet.h"

extern const struct export_format bitcoin_formats[];

/* The address of a key under one purpose. */
enum err bitcoin_address(enum network, uint32_t purpose,
	    const struct pubkey *, char out[ADDRESS_MAX]) must_check;

#endif
