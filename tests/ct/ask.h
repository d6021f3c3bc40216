/*
 * ask.h - the keeper's handlers, asked under valgrind.
 *
 *	source	core/keeper/state.h
 *	shapes	a body, an answer
 *	units	bytes
 *	owns	the one keeper of the program
 *	errors	as failed tests
 *	secrets	what put_marked() puts
 *	tests	tests/ct/run
 */
#ifndef TESTS_CT_ASK_H
#define TESTS_CT_ASK_H

#include "core/keeper/state.h"

#define BODY_MAX 8192

/* Some words, and a passphrase of BIP39. */
#define CT_MONERO "heels sword dullness otter duties archer poker icing " \
    "drunk putty tonic geyser binocular pledge vague enlist fazed dual " \
    "fictional virtual pigment cousin money movement DUTIES"
#define CT_PASSPHRASE "correct horse"

extern uint8_t body[BODY_MAX], answer[BODY_MAX];
extern struct keeper k;
extern size_t answered;

struct sink fresh(void);
/* One test: the answer is good, nothing was reported, nothing in it is marked
 * still. */
void	 ask(const char *what, keeper_on *, const struct sink *);
/* Text into the body, its letters marked, its length not. */
void	 put_marked(struct sink *, const char *text, bool block);
/* A key at hand, from behind its shield. */
const struct seedkey *opened(size_t);

#endif
