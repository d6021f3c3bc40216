/*
 * network.h - which network the owner works on.
 *
 *	source	design, section 7
 *	shapes	an enum and its names
 *	units	none
 *	owns	nothing
 *	errors	ERR_UNKNOWN
 *	secrets	none
 *	tests	tests/unit/base_test.c
 */
#ifndef CORE_BASE_NETWORK_H
#define CORE_BASE_NETWORK_H

#include "core/base/err.h"

enum network {
	NET_MAIN,
	NET_TEST,
	NET_SIGNET,
	NET_REGTEST,
	NET_STAGENET,
	NET_COUNT
};

const char	*network_name(enum network);	/* "mainnet" */
const char	*network_word(enum network);	/* "main", as typed */
enum err	 network_of_word(const char *, enum network *) must_check;

#endif
