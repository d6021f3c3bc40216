/*
 * chance.h - how a new key is made, and of what: names that the keeper, who
 * counts, and the screen, who asks, share.
 *
 *	source	core/crypto/entropy.h says what each means
 *	shapes	enums, and a tally
 *	units	rolls, or thousandths of a bit
 *	owns	nothing
 *	errors	none
 *	secrets	none
 *	tests	tests/unit/entropy_test.c
 */
#ifndef CORE_BASE_CHANCE_H
#define CORE_BASE_CHANCE_H

#include <stddef.h>
#include <stdint.h>

enum entropy_mode { ENTROPY_MIXED, ENTROPY_DICE, ENTROPY_MODES };

enum entropy_source {
	SOURCE_DICE, SOURCE_COINS, SOURCE_CARDS, SOURCE_KEYS, SOURCES
};

/* How far it is: in dice mode rolls, else thousandths of a bit. */
struct entropy_tally {
	uint32_t	have, need;
	uint32_t	events[SOURCES];
};

/* Where random bytes come from, for those who may not fetch them. */
typedef void fill_random(void *, size_t);

#endif
