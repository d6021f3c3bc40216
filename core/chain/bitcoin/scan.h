/*
 * scan.h - a cursor over the text of a descriptor.
 *
 *	source	BIP380
 *	shapes	text and a position in it
 *	units	bytes
 *	owns	nothing; spans point into the text
 *	errors	false or an empty span where it is not there
 *	secrets	none
 *	tests	tests/unit/bitcoin_descriptor_test.c
 */
#ifndef CORE_CHAIN_BITCOIN_SCAN_H
#define CORE_CHAIN_BITCOIN_SCAN_H

#include "core/base/err.h"
#include "core/base/span.h"

struct scan {
	struct span	text;
	size_t		at;
};

bool		 scan_end(const struct scan *);
/* The next character, if it is this one, is taken. */
bool		 scan_take(struct scan *, char);
/* Are these the next ones?  Then they are taken. */
bool		 scan_word(struct scan *, const char *);
/* All up to one of these characters, or the end. */
struct span	 scan_until(struct scan *, const char *stop);
/* Decimal digits, no needless zeros, at most max. */
enum err	 scan_number(struct scan *, uint32_t max, uint32_t *out)
		    must_check;
/* The same, of a whole span. */
enum err	 span_number(struct span, uint32_t max, uint32_t *out)
		    must_check;

#endif
