/*
 * session.h - what earlier files of this session taught the clerk.
 *
 * A coin seen once with an amount must not come again with another: two
 * files, each with one lie, are how the two-session fee theft works.
 *
 *	source	known attack 1; design, section 4 (learn)
 *	shapes	records of (36-byte outpoint, amount, how known)
 *	units	base units of the chain
 *	owns	its arena
 *	errors	ERR_SPACE
 *	secrets	none
 *	tests	tests/unit/session_test.c
 */
#ifndef CORE_REVIEW_SESSION_H
#define CORE_REVIEW_SESSION_H

#include "core/base/arena.h"
#include "core/base/network.h"
#include "core/base/num.h"
#include "core/base/secret.h"
#include "core/review/intent.h"

struct session_record {
	uint8_t		 key[36];
	struct num	 amount;
	enum known	 known;
};

struct session {
	enum network		 network;
	struct arena		*arena;	/* lives as long as the session */
	struct session_record	*rec;		/* sorted by key */
	size_t			 n, cap;
};

/* NULL when this coin was not seen yet. */
const struct session_record *session_find(const struct session *,
	    const uint8_t key[36]);
/* Many at once; sorts them in.  A coin known better replaces its record. */
enum err session_learn(struct session *, const struct session_record *,
	    size_t n) must_check;
/* SHA-256 over all records in order: a consent names what it relied on. */
void	 session_digest(const struct session *, struct hash32 *);

#endif
