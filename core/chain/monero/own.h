/*
 * own.h - which outputs and addresses are ours, and by which key.
 *
 * The view secret gives d = 8aR and s = Hs(d || i); P - sG is then the spend
 * key of the address that was paid.  Addresses are looked up in a table that
 * grows by whole accounts when they are first asked for.
 *
 *	source	CryptoNote 2.0, section 4; Monero's subaddresses
 *	shapes	(P, R, i) to (account, index, s); (S, V) to (account, index)
 *	units	none
 *	owns	nothing; the table lives in the arena
 *	errors	ERR_NO_KEY (not ours), ERR_SPACE, ERR_KEY
 *	secrets	the view key; what is compared is public to the online
 *		computer as well
 *	tests	tests/unit/monero_outputs_test.c
 */
#ifndef CORE_CHAIN_MONERO_OWN_H
#define CORE_CHAIN_MONERO_OWN_H

#include "core/base/arena.h"
#include "core/crypto/ge25519.h"
#include "core/keys/monero.h"

#define OWN_ACCOUNTS 50			/* as the reference looks ahead */
#define OWN_MINORS 200

struct own {
	uint32_t	account, minor;
	struct scalar	s;		/* x = s + b + m */
};

struct own_row {
	struct point	spend;
	uint32_t	account, minor;
	bool		used;
};

struct finder {
	const struct viewer	*v;
	struct arena		*a;
	struct ge		 g;		/* G and B, decoded */
	struct ge_ready		 b;
	struct own_row		*row;	/* by hash, open addressing */
	size_t			 n, cap;
	size_t			 naccount;
	uint32_t		 account[2 * OWN_ACCOUNTS]; /* whole */
};

struct paid {				/* an output, as a file names it */
	struct point	key;		/* P */
	struct point	tx_key;		/* R */
	struct span	more;		/* additional keys */
	uint64_t	index;
};

enum err finder_begin(struct finder *, const struct viewer *, struct arena *)
	    must_check;
/* One address; the first 200 of an account; the first few of each account;
 * the first 200 of each, which takes a second: where nothing is said of the
 * address, as in old files. */
enum err finder_know(struct finder *, uint32_t account, uint32_t minor)
	    must_check;
enum err finder_account(struct finder *, uint32_t account) must_check;
enum err finder_wide(struct finder *) must_check;
enum err finder_all(struct finder *) must_check;

/* Is this one-time key that of an address in the table? */
enum err finder_paid(const struct finder *, const struct paid *,
	    struct own *) must_check;
/* Is this spend key that of an address of ours, as far as the table goes? */
const struct own_row *own_address(const struct finder *,
	    const struct point *spend);

/* 8aR; Hs(d || i); the first byte of K("view_tag" || d || i). */
enum err derive(const struct scalar *, const struct point *, struct point *d)
	    must_check;
void	 derive_scalar(const struct point *d, uint64_t index,
	    struct scalar *);
uint8_t	 derive_tag(const struct point *d, uint64_t index);

#endif
