/*
 * monero.h - the keys of a Monero wallet, and its addresses.
 *
 * A wallet is a spend secret b, a view secret a = Hs(b), and their points.
 * The keeper has all four; the clerk has a viewer: everything but b.  A
 * one-time key of the subaddress (account, index) has the secret
 * Hs(8aR || i) + b + m, where m comes from the view secret alone.
 *
 * In a keyref the path is the two numbers (account, index), and the
 * fingerprint the first four bytes of Keccak-256(B || A).
 *
 *	source	Monero: key derivation, subaddresses, address format
 *	shapes	scalars and points; address text
 *	units	none
 *	owns	nothing
 *	errors	ERR_KEY, ERR_FORM, ERR_CHECKSUM (a mistyped address),
 *		ERR_NETWORK (an address of another network)
 *	secrets	b; the view secret is guarded like one
 *	tests	tests/unit/monero_keys_test.c, tests/ct
 */
#ifndef CORE_KEYS_MONERO_H
#define CORE_KEYS_MONERO_H

#include "core/base/network.h"
#include "core/crypto/ed25519.h"
#include "core/keys/path.h"

#define MONERO_ADDRESS_MAX 107		/* an integrated one, and its end */

struct viewer {				/* what review may have */
	struct fpr	fpr;
	struct secret32	view;		/* a */
	struct point	spend_pub;	/* B */
	struct point	view_pub;	/* A */
	struct secret32	file_key;	/* CryptoNight of a; the clerk's */
	uint64_t	born;		/* seconds since 1970; 0: not known */
};

struct monero_keys {			/* the keeper's */
	struct secret32	spend;		/* b */
	struct viewer	viewer;
};

enum monero_kind { MONERO_STANDARD, MONERO_INTEGRATED, MONERO_SUBADDRESS };

struct monero_address {
	enum monero_kind kind;
	struct point	 spend, view;
	uint8_t		 id[8];		/* of an integrated one */
};

/* From the 32 bytes of a seed: b = seed mod l. */
enum err monero_keys_of_seed(const struct secret32 *seed,
	    struct monero_keys *) must_check;
/* From hex keys; the view key must be the spend key's (else ERR_MISMATCH). */
enum err monero_keys_of_pair(const struct secret32 *spend,
	    const struct secret32 *view, struct monero_keys *) must_check;

/* m of (account, index); zero for (0, 0). */
void	 monero_sub_secret(const struct viewer *, uint32_t account,
	    uint32_t index, struct scalar *m);
/* Both points of an own address. */
enum err monero_sub_keys(const struct viewer *, uint32_t account,
	    uint32_t index, struct point *spend, struct point *view)
	    must_check;

void	 monero_address_text(enum network, const struct monero_address *,
	    char out[MONERO_ADDRESS_MAX]);
enum err monero_address_read(enum network, struct span,
	    struct monero_address *) must_check;

#endif
