/*
 * descriptor.h - output descriptors of a single key's account.
 *
 *	source	BIP380 (checksum), BIP389 (<0;1>), BIP44, 49, 84, 86
 *	shapes	an account in, text out
 *	units	none
 *	owns	nothing
 *	errors	ERR_RANGE (no such purpose), ERR_SPACE
 *	secrets	none
 *	tests	tests/unit/bitcoin_wallet_test.c
 */
#ifndef CORE_CHAIN_BITCOIN_DESCRIPTOR_H
#define CORE_CHAIN_BITCOIN_DESCRIPTOR_H

#include "core/job/wallet.h"

#define DESCRIPTOR_MAX 256
#define DESCRIPTOR_SUM 8

/* Eight characters; ERR_FORM when the text has one that none may have. */
enum err descriptor_sum(struct span, char out[DESCRIPTOR_SUM + 1]) must_check;

/* branch: "<0;1>", "0" or "1".  With its checksum. */
enum err descriptor_text(const struct account *, const char *branch,
	    char out[DESCRIPTOR_MAX]) must_check;

/* "[73c5da0a/84h/1h/0h]tpub…": the key with where it comes from. */
enum err descriptor_key(const struct account *, char out[DESCRIPTOR_MAX])
	    must_check;

#endif
