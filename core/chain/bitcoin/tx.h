/*
 * tx.h - Bitcoin transactions: read, written, named.
 *
 *	source	Bitcoin P2P protocol documentation; BIP141, BIP144
 *	shapes	struct tx: inputs, outputs, version, lock time
 *	units	satoshi, bytes
 *	owns	nothing; spans point into the input, arrays into the arena
 *	errors	ERR_SHORT, ERR_TRAILING, ERR_FORM, ERR_RANGE, ERR_SPACE
 *	secrets	none
 *	tests	tests/unit/bitcoin_tx_test.c
 */
#ifndef CORE_CHAIN_BITCOIN_TX_H
#define CORE_CHAIN_BITCOIN_TX_H

#include "core/base/arena.h"
#include "core/base/err.h"
#include "core/crypto/hash.h"

#define MONEY_MAX 2100000000000000u	/* 21 million coins */
#define OUTPOINT_SIZE 36
#define SEQUENCE_FINAL 0xffffffffu

struct tx_in {
	const uint8_t	*outpoint;	/* 36 bytes: txid, index */
	struct span	 script;	/* scriptSig */
	struct span	 witness;	/* count and items, or empty */
	uint32_t	 sequence;
};

struct tx_out {
	uint64_t	 amount;
	struct span	 script;
};

struct tx {
	uint32_t	 version;
	uint32_t	 locktime;
	size_t		 nin, nout;
	struct tx_in	*in;
	struct tx_out	*out;
};

/* witness_ok: the BIP144 form is read too (an unsigned one has none).
 * Where it fails, *at is the offset. */
enum err tx_read(struct span, bool witness_ok, struct arena *, struct tx *,
	    size_t *at) must_check;
/* One output of a transaction, and the transaction's name; no memory.
 * ERR_MISSING: it has no such output (the name is given even so). */
enum err tx_output(struct span, uint32_t index, struct tx_out *,
	    struct hash32 *txid) must_check;
/* Shape only, for a transaction carried along. */
enum err tx_check(struct span) must_check;

void	 tx_put_out(struct sink *, const struct tx_out *);
/* Without witness; scripts of inputs empty when bare. */
void	 tx_put(struct sink *, const struct tx *, bool bare);
/* With the witnesses of its inputs, where there is one (BIP144). */
void	 tx_put_whole(struct sink *, const struct tx *);
void	 tx_name(const struct tx *, bool bare, struct hash32 *txid);

/* Index word of an outpoint. */
uint32_t outpoint_index(const uint8_t *outpoint);
/* A serialised witness stack: well formed?  Takes up to max items. */
enum err witness_read(struct span, struct span *item, size_t max, size_t *n)
	    must_check;

#endif
