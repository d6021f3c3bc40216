/*
 * intend.h - from a request to an intent.
 *
 *	source	design, sections 4 and 5
 *	shapes	request, public keys, session to facts, traits and a plan
 *	units	satoshi
 *	owns	nothing; all in the arena given
 *	errors	ERR_SPACE; ERR_NO_KEY; ERR_RANGE (no such network here);
 *		ERR_STOPPED
 *	secrets	none
 *	tests	tests/unit/bitcoin_intend_test.c, tests/unit/fixtures_test.c
 */
#ifndef CORE_CHAIN_BITCOIN_INTEND_H
#define CORE_CHAIN_BITCOIN_INTEND_H

#include "core/chain/bitcoin/request.h"

enum err intend_request(const struct request *, struct pubring *,
	    const struct session *, const struct pace *, struct arena *,
	    struct intent *, struct fault *) must_check;

#endif
