/*
 * names.h - what an answer is called.
 *
 * x.psbt -> x-signed.psbt and x-final.txn; a second signer of x-signed.psbt
 * writes x-signed-2.psbt; a name that is taken gets -2, -3, ...  Monero's
 * wallets look for ends of names: unsigned_monero_tx -> signed_monero_tx and
 * then 2_signed_monero_tx; x_outputs -> x_keyImages and then x-2_keyImages.
 *
 * Names from a stick are bytes of a stranger: they are shown escaped and never
 * used as a path (one component, no slash, not "." or "..").
 *
 *	source	design, section 7; known attack 37
 *	shapes	NUL-terminated names of at most NAME_MAX bytes
 *	units	bytes
 *	owns	nothing
 *	errors	ERR_FORM (not one component), ERR_SPACE (too long), ERR_RANGE
 *	secrets	none
 *	tests	tests/unit/names_test.c
 */
#ifndef MEDIA_NAMES_H
#define MEDIA_NAMES_H

#include <limits.h>

#include "core/base/err.h"
#include "core/base/span.h"

/* The n-th choice (from 1) for the answer to this file with this suffix
 * ("-signed.psbt", "-final.txn", "signed_monero_tx"). */
enum err name_answer(const char *file, const char *suffix, unsigned n,
	    char out[NAME_MAX + 1]) must_check;
/* The n-th choice for a name of our own: x.txt, x-2.txt, x-3.txt. */
enum err name_numbered(const char *name, unsigned n, char out[NAME_MAX + 1])
	    must_check;
enum err name_check(const char *) must_check;

#endif
