/*
 * multi.h - scripts of several keys or conditions, seen from outside.
 *
 * Nothing here runs a script.  It is walked opcode by opcode, so that a key
 * is found only where the script pushes it; the two templates of several keys
 * are recognised whole, and only they are ever completed by us.
 *
 *	source	BIP11, BIP16, BIP141 (CHECKMULTISIG); BIP342, BIP387
 *		(CHECKSIGADD); limits: Bitcoin Core's consensus rules
 *	shapes	script bytes to struct multi, or op by op
 *	units	bytes
 *	owns	nothing; spans point into the script
 *	errors	none: what is no such script is false
 *	secrets	none
 *	tests	tests/unit/bitcoin_multi_test.c
 */
#ifndef CORE_CHAIN_BITCOIN_MULTI_H
#define CORE_CHAIN_BITCOIN_MULTI_H

#include "core/base/reader.h"
#include "core/crypto/hash.h"

#define MULTI_KEYS_MAX 20		/* CHECKMULTISIG */
#define LEAF_KEYS_MAX 999		/* CHECKSIGADD: what a stack holds */
#define REDEEM_SIZE_MAX 520		/* one push */
#define CODE_SIZE_MAX 10000		/* ours for leaves, too */
#define LEAF_VERSION 0xc0		/* BIP342 */

enum {
	OP_PUSHDATA1 = 0x4c, OP_PUSHDATA2 = 0x4d, OP_PUSHDATA4 = 0x4e,
	OP_1NEGATE = 0x4f, OP_NUM_1 = 0x51, OP_NUM_16 = 0x60,
	OP_CODESEPARATOR = 0xab, OP_SIG = 0xac, OP_MULTISIG = 0xae,
	OP_LOCKTIME = 0xb1, OP_SEQUENCE = 0xb2, OP_SIGADD = 0xba,
	OP_NUMEQUAL = 0x9c
};

struct script_op {
	uint8_t		op;
	bool		is_push;
	struct span	push;		/* what a push puts on the stack */
};

/* The next one; false at the end, or (r->err) where there is none. */
bool	 script_next(struct reader *, struct script_op *);
/* Can every part of it be told, and does a signature bind all of it?  tap:
 * and is it free of what would make it spendable by anybody? */
bool	 script_sane(struct span script, bool tap);
/* Does it push this key, or this key's hash? */
bool	 script_holds(struct span script, struct span key);

/* m of n: all that the two templates, and a single key in a leaf, say. */
struct multi {
	bool		 tap;
	size_t		 m, n;
	struct span	 script;
	struct span	 key[MULTI_KEYS_MAX];	/* not of a leaf */
};

/* opcode.c: its name in words, or NULL. */
const char *opcode_name(uint8_t);

bool	 multi_read(struct span script, struct multi *);
/* <key> CHECKSIG, with CHECKSIGADD for further ones. */
bool	 multi_leaf_read(struct span script, struct multi *);
struct span multi_key(const struct multi *, size_t k);

#endif
