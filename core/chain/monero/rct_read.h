/*
 * rct_read.h - a finished transaction, read back from its bytes.
 *
 * By a reader that shares nothing with the writer but the constants of the
 * format: what it takes apart is what the network will take apart.
 *
 *	source	Monero: transactions of version 2, RCT type 6
 *	shapes	bytes to struct rct_read
 *	units	piconero
 *	owns	nothing; all in the arena
 *	errors	ERR_FORM, ERR_RANGE, ERR_SHORT
 *	secrets	none
 *	tests	tests/unit/monero_unsigned_test.c
 */
#ifndef CORE_CHAIN_MONERO_RCT_READ_H
#define CORE_CHAIN_MONERO_RCT_READ_H

#include "core/chain/monero/bpp.h"
#include "core/chain/monero/set.h"

struct rct_read_in {
	uint64_t	member[RING_MAX];
	struct point	image;
	struct clsag	sig;
	struct point	pseudo;
};

struct rct_read_out {
	struct point	key, commit;
	uint8_t		tag;
	uint8_t		amount[8];
};

struct rct_read {
	size_t		 nin, nout;
	struct rct_read_in *in;
	struct rct_read_out out[BPP_AMOUNTS];
	struct span	 extra;
	uint64_t	 fee;
	struct bpp	 bpp;
	struct hash32	 message;
	struct span	 whole;
};

/* From where the parser stands, to the transaction's last byte. */
void	rct_read(struct parse *, struct rct_read *);

#endif
