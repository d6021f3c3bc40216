/*
 * bundle.h - what stands in an age file of ours, beside keys: text that a
 * person reads, and cuts with grep and sed.
 *
 *	# Coldseal backup: wallets, each a descriptor with its checksum.
 *	# wallet main Family
 *	wsh(sortedmulti(2,...))#ad4kq7z5
 *	# end of wallets
 *	# Coldseal backup: labels (BIP329), a line each.
 *	{"type":"addr","ref":"bc1q...","label":"rent"}
 *	# end of labels
 *	# Coldseal backup: the same as BSMS records (BIP129).
 *	BSMS 1.0
 *	wsh(sortedmulti(2,...))#...
 *	/0/..., /1/...
 *	bc1q...
 *	# end of BSMS records
 *	# file of 2 lines: notes.txt
 *	what the owner added, as it is,
 *	whatever it says
 *
 *	source	BIP380 (descriptors), BIP129, BIP329
 *	shapes	lines of text; parts of it
 *	units	bytes
 *	owns	nothing; spans point into what is read
 *	errors	those of the sink
 *	secrets	none; keys stand before it and do not leave the keeper
 *	tests	tests/unit/bundle_test.c, tests/peers/age.py
 */
#ifndef CORE_WIRE_BUNDLE_H
#define CORE_WIRE_BUNDLE_H

#include "core/base/network.h"
#include "core/base/sink.h"
#include "core/base/span.h"

#define BUNDLE_NAME_MAX 64

enum bundle_kind {
	BUNDLE_WALLET,
	BUNDLE_RECORDS,		/* BSMS: a wallet once more */
	BUNDLE_LABELS,
	BUNDLE_FILE,		/* what the owner added */
	BUNDLE_OTHER,		/* nobody knows */
	BUNDLE_KINDS
};

struct bundle_part {
	enum bundle_kind kind;
	enum network	 network;	/* of a wallet */
	struct span	 name;		/* of a wallet or file; may be empty */
	struct span	 text;		/* with its line ends; a wallet's is
					 * a file of its own */
	size_t		 lines;
};

/* A section: its first and its last line. */
void	 bundle_begin(struct sink *, enum bundle_kind);
void	 bundle_end(struct sink *, enum bundle_kind);
/* text: a descriptor in one line; its end is added where there is none. */
void	 bundle_wallet(struct sink *, enum network, struct span name,
	    struct span text);

/* name: without its folder.  An end of its last line is added where there is
 * none. */
void	 bundle_file(struct sink *, struct span name, struct span text);

/* The next part; *text is what is left.  Never fails: what is not in a section
 * of ours is BUNDLE_OTHER. */
bool	 bundle_next(struct span *text, struct bundle_part *);

#endif
