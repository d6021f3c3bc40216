/*
 * script.h - which kind of script it is, its address, the script of a key.
 *
 *	source	BIP16, BIP141, BIP341; BIP173, BIP350 and Base58Check for
 *		addresses; P2A: Bitcoin Core 28
 *	shapes	script bytes to struct script; key to script bytes
 *	units	bytes
 *	owns	nothing
 *	errors	ERR_RANGE (no such network here), ERR_SPACE, ERR_FORM (no
 *		address form)
 *	secrets	none
 *	tests	tests/unit/bitcoin_script_test.c
 */
#ifndef CORE_CHAIN_BITCOIN_SCRIPT_H
#define CORE_CHAIN_BITCOIN_SCRIPT_H

#include "core/base/network.h"
#include "core/base/span.h"
#include "core/crypto/hash.h"
#include "core/crypto/secp.h"

#define ADDRESS_TEXT_MAX 96
#define SCRIPT_KEY_MAX 34		/* longest script of one key */

enum script_kind {
	SCRIPT_OTHER,
	SCRIPT_PKH,
	SCRIPT_SH,
	SCRIPT_WPKH,
	SCRIPT_WSH,
	SCRIPT_TR,
	SCRIPT_ANCHOR,			/* P2A */
	SCRIPT_WITNESS,			/* a witness version to come */
	SCRIPT_DATA			/* OP_RETURN */
};

struct script {
	enum script_kind kind;
	unsigned	 version;	/* of a witness program */
	struct span	 hash;		/* hash, program, or what is behind
					 * OP_RETURN */
};

/* The ways in which a coin is spent: those in which one key of ours can own
 * it, and those of scripts with several keys or conditions. */
enum spend {
	SPEND_NONE,
	SPEND_PKH,
	SPEND_SH_WPKH,
	SPEND_WPKH,
	SPEND_TR,
	SPEND_SH,
	SPEND_SH_WSH,
	SPEND_WSH
};

struct key_script {
	uint8_t	b[SCRIPT_KEY_MAX];
	size_t	n;
};

struct script	 script_of(struct span);
bool		 script_is_witness(const struct script *);
bool		 spend_is_script(enum spend);	/* of the last three */
enum err	 script_address(const struct script *, enum network,
		    char out[ADDRESS_TEXT_MAX]) must_check;

/* The script that an address of this network stands for; a witness program of
 * 32 bytes at most.  ERR_CHECKSUM, ERR_MISMATCH: another network's. */
enum err	 script_of_address(enum network, struct span address,
		    struct key_script *) must_check;
/* The output script that this key alone can spend in this way. */
enum err	 script_of_key(enum spend, const struct pubkey *,
		    struct key_script *) must_check;
/* BIP143: what is signed in the place of a script, for P2PKH and P2WPKH. */
void		 script_code(const struct hash20 *, struct key_script *);
struct span	 key_script_span(const struct key_script *);
uint32_t	 spend_purpose(enum spend);	/* BIP44, 49, 84, 86 */

#endif
