/*
 * set.h - what stands in an outputs file and in an unsigned set.
 *
 * Strict: no varint longer than needed, no bool but 0 and 1, no version that
 * is not known, nothing left over.  What must come back as it was keeps the
 * bytes that it was read from (.raw).
 *
 *	source	Monero: wallet2's exchange formats, checked against wallets
 *		0.18.0.0, 0.18.4.0, 0.18.5.3; both generations of records
 *	shapes	plaintext of a frame to structs
 *	units	piconero; counts
 *	owns	nothing; all in the arena, spans point into the plaintext
 *	errors	ERR_SHORT, ERR_FORM, ERR_RANGE, ERR_VERSION, ERR_TRAILING,
 *		ERR_SPACE, ERR_STOPPED
 *	secrets	masks of inputs (the online computer has them, too)
 *	tests	tests/unit/monero_outputs_test.c, monero_unsigned_test.c
 */
#ifndef CORE_CHAIN_MONERO_SET_H
#define CORE_CHAIN_MONERO_SET_H

#include "core/base/arena.h"
#include "core/base/pace.h"
#include "core/base/reader.h"
#include "core/chain/monero/clsag.h"

#define SET_TXS 64
#define SET_SOURCES 150		/* a transaction: below the network's weight */
#define SET_DESTS 64
#define SET_EXTRA 4096
#define SET_RECORDS 100000		/* as many as a plan has rows */
#define INDEX_IN_TX 65536		/* the reference's bound, too */

/* A row of the online wallet's list of what it was paid. */
struct record {
	uint64_t	 version;
	struct point	 key;		/* P, the one-time key */
	struct point	 tx_key;	/* R */
	struct span	 more;		/* additional tx keys, 32 bytes each */
	uint64_t	 index;		/* within its transaction */
	uint64_t	 global;
	uint64_t	 amount;
	uint8_t		 flags;
	uint32_t	 account, minor;	/* of version 1 alone */
};

enum record_flag {
	RECORD_SPENT = 1, RECORD_FROZEN = 2, RECORD_RCT = 4,
	RECORD_IMAGE_KNOWN = 8, RECORD_IMAGE_ASKED = 16,
	RECORD_IMAGE_PARTIAL = 32
};

struct records {
	uint64_t	 offset;	/* number of the first of them */
	uint64_t	 total;		/* of the whole list; 0: not said */
	bool		 old;
	size_t		 n;
	struct record	*r;
};

struct dest {
	struct span	 raw, original;
	uint64_t	 amount;
	struct point	 spend, view;
	bool		 sub, integrated;
};

struct source {
	struct span	 raw;
	size_t		 members;	/* as many as stand there */
	struct ring	 ring;		/* the first RING_MAX of them */
	uint64_t	 member[RING_MAX];	/* their global indices */
	struct point	 tx_key;
	struct span	 more;
	uint64_t	 index;		/* within its transaction */
	uint64_t	 amount;
	bool		 rct;
	struct scalar	 mask;
	bool		 multisig;	/* data of shared wallets */
};

struct construction {
	size_t		 nsource, ndest, nasked, nselected;
	struct source	*source;
	struct dest	 change;
	struct dest	*dest;		/* what is really paid */
	struct dest	*asked;		/* what the user typed */
	uint64_t	*selected;	/* numbers in the wallet's list */
	struct span	 selected_raw, asked_raw, tail_raw;
	struct span	 extra;
	uint64_t	 unlock;
	uint8_t		 flags;
	uint64_t	 range_type, bp_version;
	uint32_t	 account;
	size_t		 nminor;
	uint32_t	*minor;
};

struct outputs {
	struct point	 spend, view;
	struct records	 list;
};

struct unsigned_set {
	uint64_t	 version;
	size_t		 n;
	struct construction *tx;
	struct records	 list;
};

/* at: where the plaintext begins within the file, for the fault. */
enum err outputs_read(struct span plain, size_t at, struct arena *,
	    const struct pace *, struct outputs *, struct fault *) must_check;
enum err unsigned_read(struct span plain, size_t at, struct arena *,
	    const struct pace *, struct unsigned_set *, struct fault *)
	    must_check;

/* Also for the reader of the answer. */
struct parse {
	struct reader	 r;
	struct arena	*a;
	const struct pace *pace;
	const char	*what;		/* the field being read */
	size_t		 tx, part;	/* numbers, SIZE_MAX: none */
	const char	*part_name;
};

void	 parse_begin(struct parse *, struct span, struct arena *);
enum err parse_end(struct parse *, size_t at, struct fault *) must_check;
void	 parse_dest(struct parse *, struct dest *);
void	 parse_construction(struct parse *, struct construction *);
void	*parse_room(struct parse *, size_t n, size_t size, size_t align);

#endif
