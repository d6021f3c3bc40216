/*
 * sighash.h - what a signature signs.
 *
 * Hashes over all inputs and all outputs are made once, so that signing is
 * linear work for segwit and taproot.  (The old kind hashes the transaction
 * anew for each input: that is its nature.)
 *
 *	source	the original algorithm; BIP143 (segwit 0); BIP341 and
 *		BIP342 (taproot)
 *	shapes	transaction, coins spent and a kind to a digest
 *	units	satoshi, bytes
 *	owns	nothing; points at the transaction and the coins
 *	errors	ERR_RANGE: no such kind, or no output of that number
 *	secrets	none
 *	tests	tests/unit/bitcoin_sighash_test.c
 */
#ifndef CORE_CHAIN_BITCOIN_SIGHASH_H
#define CORE_CHAIN_BITCOIN_SIGHASH_H

#include "core/chain/bitcoin/tx.h"

#define SIGHASH_DEFAULT 0x00u		/* taproot only */
#define SIGHASH_ALL 0x01u
#define SIGHASH_NONE 0x02u
#define SIGHASH_SINGLE 0x03u
#define SIGHASH_ANYONE 0x80u		/* a bit beside one of those */

struct sighash {
	const struct tx		*tx;
	const struct tx_out	*coin;		/* one an input */
	struct hash32		 prevouts, sequences, outputs;
	struct hash32		 amounts, scripts;
	/* The old kind: hashed up to input nhead, all scripts empty. */
	struct sha256		 head;
	size_t			 nhead;
};

/* coin: amount and script of each input, as far as they are known; an
 * unknown one has no script (.p NULL), and taproot must not be asked. */
void	 sighash_begin(struct sighash *, const struct tx *,
	    const struct tx_out *coin);
/* Are all the digests the same that can be made of them? */
bool	 sighash_same(const struct sighash *, const struct sighash *);
/* Is it a kind of signature that exists for taproot, for the others? */
bool	 sighash_known(uint32_t type, bool taproot);

void	 sighash_legacy(const struct tx *, size_t i, struct span code,
	    uint32_t type, struct hash32 *);
/* The same for ALL, in half the time when asked for one input after another:
 * what lies before an input is hashed once. */
void	 sighash_legacy_all(struct sighash *, size_t i, struct span code,
	    struct hash32 *);
void	 sighash_segwit(const struct sighash *, size_t i, struct span code,
	    uint32_t type, struct hash32 *);
enum err sighash_taproot(const struct sighash *, size_t i, uint32_t type,
	    struct hash32 *) must_check;
/* BIP342: for a script path; leaf is its hash (BIP341). */
enum err sighash_tapscript(const struct sighash *, size_t i, uint32_t type,
	    const struct hash32 *leaf, struct hash32 *) must_check;

#endif
