/*
 * psbt.h - partially signed transactions: maps of fields, kept as they came.
 *
 * Every field stays a span of the file, in its place, so that what we do not
 * know goes out again byte for byte.  What we know is checked for shape here
 * and for sense in own.c and coin.c.
 *
 *	source	BIP174 (version 0), BIP370 (version 2), BIP371 (taproot); of
 *		BIP373 (MuSig2) and BIP375 (silent payments) the shapes alone
 *	shapes	bytes to maps of entries; a table of the fields known
 *	units	bytes
 *	owns	nothing; entries live in the arena, spans point into the file
 *	errors	ERR_FORM, ERR_SHORT, ERR_TRAILING, ERR_RANGE, ERR_DUPLICATE,
 *		ERR_MISSING, ERR_VERSION, ERR_MIXED, ERR_KEY, ERR_SPACE,
 *		ERR_TOO_LARGE, ERR_STOPPED;
 *		the fault says "input 3: witness utxo"
 *	secrets	none
 *	tests	tests/unit/bitcoin_psbt_test.c, tests/unit/psbt_vectors_test.c
 */
#ifndef CORE_CHAIN_BITCOIN_PSBT_H
#define CORE_CHAIN_BITCOIN_PSBT_H

#include "core/base/limits.h"
#include "core/base/pace.h"
#include "core/chain/bitcoin/tx.h"

#define PSBT_MAGIC_SIZE 5

enum psbt_side { PSBT_GLOBAL, PSBT_IN, PSBT_OUT };

enum {				/* BIP174, BIP370, BIP371, BIP373, BIP375 */
	GLOBAL_TX = 0x00, GLOBAL_XPUB = 0x01, GLOBAL_TX_VERSION = 0x02,
	GLOBAL_LOCKTIME = 0x03, GLOBAL_INPUTS = 0x04, GLOBAL_OUTPUTS = 0x05,
	GLOBAL_MODIFIABLE = 0x06, GLOBAL_SILENT_SHARE = 0x07,
	GLOBAL_SILENT_PROOF = 0x08, GLOBAL_VERSION = 0xfb,

	IN_PREVTX = 0x00, IN_UTXO = 0x01, IN_PARTIAL_SIG = 0x02,
	IN_SIGHASH = 0x03, IN_REDEEM = 0x04, IN_WITNESS_SCRIPT = 0x05,
	IN_BIP32 = 0x06, IN_FINAL_SCRIPT = 0x07, IN_FINAL_WITNESS = 0x08,
	IN_RIPEMD160 = 0x0a, IN_SHA256 = 0x0b, IN_HASH160 = 0x0c,
	IN_HASH256 = 0x0d, IN_TXID = 0x0e, IN_INDEX = 0x0f,
	IN_SEQUENCE = 0x10, IN_MIN_TIME = 0x11, IN_MIN_HEIGHT = 0x12,
	IN_TAP_SIG = 0x13, IN_TAP_SCRIPT_SIG = 0x14, IN_TAP_LEAF = 0x15,
	IN_TAP_BIP32 = 0x16, IN_TAP_INTERNAL = 0x17, IN_TAP_ROOT = 0x18,
	IN_MUSIG_KEYS = 0x1a, IN_MUSIG_NONCE = 0x1b, IN_MUSIG_SIG = 0x1c,
	IN_SILENT_SHARE = 0x1d, IN_SILENT_PROOF = 0x1e,

	OUT_REDEEM = 0x00, OUT_WITNESS_SCRIPT = 0x01, OUT_BIP32 = 0x02,
	OUT_AMOUNT = 0x03, OUT_SCRIPT = 0x04, OUT_TAP_INTERNAL = 0x05,
	OUT_TAP_TREE = 0x06, OUT_TAP_BIP32 = 0x07, OUT_MUSIG_KEYS = 0x08,
	OUT_SILENT = 0x09, OUT_SILENT_LABEL = 0x0a
};

struct psbt_entry {
	struct span	 key;		/* type and data */
	struct span	 data;		/* the key behind its type */
	struct span	 value;
	const uint8_t	*raw;		/* lengths and all, as it came */
	uint64_t	 type;
};

struct psbt_map {
	struct psbt_entry	*e;
	size_t			 n;
};

struct psbt {
	struct span	 file;		/* binary form */
	uint32_t	 version;	/* 0 or 2 */
	struct tx	 tx;		/* what is to be signed */
	struct psbt_map	 global;
	struct psbt_map	*in, *out;
};

extern const uint8_t psbt_magic[PSBT_MAGIC_SIZE];

enum err psbt_read(struct span, struct arena *, const struct pace *,
	    struct psbt *, struct fault *) must_check;
struct span psbt_entry_raw(const struct psbt_entry *);
size_t	 psbt_offset(const struct psbt *, const struct psbt_entry *);

/* The entry of this type that has no key data, or NULL. */
const struct psbt_entry *psbt_find(const struct psbt_map *, uint64_t type);
/* Its value; .p is NULL when it is absent. */
struct span psbt_value(const struct psbt_map *, uint64_t type);

/* psbt_fields.c: the shape of one entry; its name in words. */
enum err psbt_field_check(enum psbt_side, uint32_t version,
	    const struct psbt_entry *) must_check;
const char *psbt_field_name(enum psbt_side, uint64_t type);

/* psbt_v2.c: the transaction that the fields of a version 2 file make. */
enum err psbt_v2_counts(const struct psbt *, size_t *nin, size_t *nout,
	    struct fault *) must_check;
enum err psbt_v2_tx(struct psbt *, struct arena *, struct fault *)
	    must_check;

/* A path under a fingerprint, as a derivation field holds it. */
struct origin {
	struct span	fpr;		/* 4 bytes */
	struct span	words;
	size_t		leaves;		/* taproot: leaf hashes in front */
	struct span	hashes;		/* those */
};

enum err origin_read(struct span value, bool taproot, struct origin *)
	    must_check;

#endif
