/*
 * outs.h - everything of a transaction's outputs that follows from who is
 * paid and from the transaction's secrets.
 *
 * Pure: made once to sign, and again to check what was signed.
 *
 *	source	Monero: construct_tx, RCT type 6; as wallets 0.18 do it
 *	shapes	destinations in their final order to keys and commitments
 *	units	piconero
 *	owns	nothing
 *	errors	ERR_KEY, ERR_RANGE (too many)
 *	secrets	the transaction's secrets and the masks
 *	tests	tests/unit/monero_unsigned_test.c
 */
#ifndef CORE_CHAIN_MONERO_OUTS_H
#define CORE_CHAIN_MONERO_OUTS_H

#include "core/chain/monero/bpp.h"
#include "core/chain/monero/extra.h"
#include "core/chain/monero/own.h"
#include "core/chain/monero/set.h"

#define OUTS_MAX BPP_AMOUNTS

struct out_secrets {
	struct scalar	r;
	struct scalar	more[OUTS_MAX];	/* where additional keys are needed */
};

struct out {
	struct point	key, commit;
	uint8_t		tag;
	uint8_t		amount[8];	/* encrypted */
	struct scalar	s;		/* Hs(d || i) */
	struct scalar	mask;
};

struct outs {
	size_t		n, nmore;
	struct point	tx_key;
	struct point	more[OUTS_MAX];
	bool		has_id;
	uint8_t		id[PAYMENT_ID];	/* encrypted */
	struct out	o[OUTS_MAX];
};

bool	 dest_same(const struct dest *, const struct dest *);
/* Standard and subaddress payees but the change's, each address once. */
struct payees {
	size_t		 std, sub;
	const struct dest *one;		/* the last subaddress */
};
struct payees payees_of(const struct construction *);
bool	 payees_need_more(const struct payees *);
/* Whom a payment id is for; NULL where there are several. */
const struct dest *id_payee(const struct construction *);
/* An id goes out: the one given, or a dummy that hides that there is none. */
bool	 id_wanted(const struct construction *, const struct extra *);

/* order[i]: which destination output i pays. */
enum err outs_make(const struct construction *, const struct extra *,
	    const struct viewer *, const struct out_secrets *,
	    const uint32_t *order, struct outs *) must_check;

#endif
