/*
 * notes.h - what the session remembers of a wallet's outputs.
 *
 * The online wallet numbers what it was paid.  A signed set must carry the
 * key images of all of them from number 0 on, so what an outputs file taught
 * is kept; and what was signed once is known again.
 *
 *	source	design, section 4 (learn, keep)
 *	shapes	session records, keyed "xmro" fingerprint number, or "xmrs" P
 *	units	piconero
 *	owns	nothing
 *	errors	none
 *	secrets	none
 *	tests	tests/unit/monero_outputs_test.c
 */
#ifndef CORE_CHAIN_MONERO_NOTES_H
#define CORE_CHAIN_MONERO_NOTES_H

#include "core/chain/monero/own.h"
#include "core/chain/monero/set.h"
#include "core/review/session.h"

struct note {
	struct point	key, image;
	uint64_t	amount, global;
	uint32_t	index, account, minor;
	uint8_t		flags;
};

struct note note_of(const struct record *, const struct own *,
	    const struct point *image);
void	 note_put(const struct fpr *, uint64_t number, const struct note *,
	    struct session_record *);
bool	 note_find(const struct session *, const struct fpr *,
	    uint64_t number, struct note *);
/* How many are known from number 0 on, without a gap. */
uint64_t note_prefix(const struct session *, const struct fpr *);
/* The same output, as far as the file can tell? */
bool	 note_same(const struct note *, const struct record *);

void	 signed_put(const struct point *key, struct session_record *);
bool	 signed_before(const struct session *, const struct point *key);

#endif
