/*
 * unsigned.h - an unsigned set: what it says, what we find, what we sign.
 *
 * Whoever made it has the view key and wrote every byte.  Nothing in it is
 * believed that our keys or a commitment do not bear out: who is paid is read
 * from the keys that will be paid, change is what both keys of an address of
 * ours give again, amounts open the commitments of the coins.
 *
 *	source	design, sections 4 and 5; Monero: wallet2, construct_tx
 *	shapes	struct unsigned_request, through the stages of a job
 *	units	piconero
 *	owns	nothing; all in the arena of the job
 *	errors	see each stage
 *	secrets	the transactions' own secrets, until the arena is wiped
 *	tests	tests/unit/monero_unsigned_test.c, monero_fixtures_test.c
 */
#ifndef CORE_CHAIN_MONERO_UNSIGNED_H
#define CORE_CHAIN_MONERO_UNSIGNED_H

#include "core/chain/monero/outputs.h"
#include "core/chain/monero/outs.h"

struct coin {				/* a source */
	uint64_t	traits;
	bool		ours;
	struct own	own;
	struct point	image;		/* when signing */
};

struct pay {				/* a destination */
	uint64_t	traits;
	bool		ours;
	uint32_t	account, minor;
	const char	*to;		/* made from its keys */
	const char	*why;
};

struct tx_found {
	struct coin	*coin;
	struct pay	*pay;
	struct extra	 extra;
	uint64_t	 traits;
	bool		 has_fee;
	uint64_t	 fee, weight;
	/* of signing */
	uint32_t	*in_order, *out_order;
	struct out_secrets secrets;
	struct span	 blob;
	size_t		 nback;
	struct image_ask *back;		/* what it pays to ourselves */
};

struct unsigned_found {
	struct tx_found	 *tx;
	struct image_ask *listed;	/* of the set's own list of outputs */
	uint64_t	 *listed_traits;
	uint64_t	 prefix;	/* outputs known from number 0 on */
	struct point	 *image;	/* of each of them, once known */
	uint64_t	 traits;
	enum network	 network;
	struct span	 plain, answer;
	bool		 judged, refused;
};

struct unsigned_request {
	struct frame		 frame;
	struct unsigned_set	 set;
	struct unsigned_found	*found;
};

enum err unsigned_intend(const struct unsigned_request *,
	    const struct session *, const struct pace *, struct arena *,
	    struct intent *) must_check;
enum err unsigned_sign(const struct unsigned_request *, struct signatory *,
	    struct pace *, struct arena *) must_check;
enum err unsigned_readback(const struct unsigned_request *, struct span,
	    struct arena *) must_check;

/* Parts of looking. */
enum err listed_find(const struct unsigned_request *, const struct session *,
	    struct finder *, const struct pace *, struct arena *) must_check;
enum err coins_find(const struct unsigned_request *, const struct session *,
	    struct finder *, const struct pace *, struct arena *) must_check;
enum err pays_find(const struct unsigned_request *, size_t tx,
	    struct finder *, struct arena *) must_check;
uint64_t construction_traits(const struct construction *);
enum err unsigned_facts(const struct unsigned_request *, struct arena *,
	    struct intent *) must_check;

/* The transaction as its network weighs it. */
uint64_t tx_weight(const struct construction *, const struct extra *,
	    uint64_t fee);

/* Parts of signing. */
enum err tx_make(const struct unsigned_request *, size_t tx,
	    struct signatory *, struct noise *, struct arena *) must_check;
enum err signed_plain(const struct unsigned_request *, struct arena *,
	    struct span *) must_check;

#endif
