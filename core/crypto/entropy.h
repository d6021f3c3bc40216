/*
 * entropy.h - what a new key is made of: the owner's dice, coins, cards and
 * key presses, how they are counted, what is refused, how they are hashed.
 *
 * Two modes.  Mixed: SHA-256 of 32 bytes of the kernel's randomness and then
 * the transcript.  The kernel's part is worth the whole key by itself; the
 * owner's must still be worth 128 bits, so that a kernel that gave nothing
 * would leave a key that nobody guesses.  Dice only: SHA-256 of the rolls as
 * ASCII, '1' to '6', nothing before, between or behind them, so that anybody
 * can do it again; 50 rolls or more for 12 words, 99 or more for 24 or Monero's
 * 25.  A key of 12 words takes the first 16 bytes of the hash, others all 32.
 *
 * The transcript is what was taken, event by event, in order.  In dice mode
 * that is one byte a roll.  In mixed mode a letter goes before each event:
 *	'd' '1'-'6'		a roll		2.584 bits	(log2 6)
 *	'c' 'H' or 'T'		a coin		1 bit
 *	'k' A23456789TJQK SHDC	a card		log2 of the cards left in the
 *						deck: 5.7 to 0 bits
 *	't' key milliseconds	a key press	1 bit, for its moment alone;
 *						u32 and u16, little-endian
 * Cards are dealt and not put back; after the 52nd the deck is shuffled.  A
 * key pressed twice running is not taken: held keys repeat by themselves.
 *
 * What no honest source gives is refused, whole, and must be begun anew: too
 * few; faces that are missing; counts too uneven (chi-square); one moment in
 * more than half of the key presses; what comes again at a fixed distance, by
 * itself or in its steps (1 2 3 4 5 6 1 2 ..., a deck never shuffled).  Fair
 * dice, coins and cards are refused by mistake less than three times in a
 * million (entropy_judge.c has the sum).
 *
 *	source	the order of a deck, the law of a fair die; BIP39 for the sizes
 *	shapes	struct entropy, fed event by event
 *	units	events, thousandths of a bit
 *	owns	nothing; the caller wipes
 *	errors	ERR_FORM (no such face), ERR_DUPLICATE (a card dealt already,
 *		a key held down), ERR_STATE (not in this mode), ERR_SPACE,
 *		ERR_RANGE (too few), ERR_REFUSED (skewed): the fault says why
 *	secrets	all of it; constant time but for what the owner is told
 *	tests	tests/unit/entropy_test.c, tests/ct
 */
#ifndef CORE_CRYPTO_ENTROPY_H
#define CORE_CRYPTO_ENTROPY_H

#include "core/base/chance.h"
#include "core/base/err.h"
#include "core/base/secret.h"
#include "core/base/span.h"

#define ENTROPY_EVENTS 512		/* of all sources together */
#define ENTROPY_EVENT_MAX 7		/* bytes of one in the transcript */
#define ENTROPY_MIXED_NEED 128000	/* of the owner's, thousandths */
#define ENTROPY_DECK 52
#define ENTROPY_MOMENTS 64		/* of eight milliseconds each */

struct entropy {
	enum entropy_mode mode;
	unsigned	 words;			/* 12, 24 or 25 */
	size_t		 n;			/* events */
	uint8_t		 source[ENTROPY_EVENTS];
	uint8_t		 face[ENTROPY_EVENTS];	/* from 0 */
	size_t		 ntext;
	uint8_t		 text[ENTROPY_EVENTS * ENTROPY_EVENT_MAX];
};

enum err entropy_begin(struct entropy *, enum entropy_mode, unsigned words)
	    must_check;
/* Events as in the transcript, without their letters: all or none. */
enum err entropy_feed(struct entropy *, enum entropy_source, struct span,
	    struct fault *) must_check;
void	 entropy_undo(struct entropy *);	/* the last event */
struct entropy_tally entropy_tally(const struct entropy *);
/* Is it enough, and such as comes from a fair source? */
enum err entropy_judge(const struct entropy *, struct fault *) must_check;
/* Judges, then hashes.  kernel: not looked at in dice mode. */
enum err entropy_end(const struct entropy *, const struct secret32 *kernel,
	    struct secret32 *out, size_t *n, struct fault *) must_check;

#endif
