/*
 * bip329.h - labels as other wallets write and read them: a line of JSON each.
 *
 * Kinds that the standard does not have (a key's name, a wallet's) are not
 * written.  What was escaped when it came is written as it was.
 *
 *	source	BIP329; RFC 8259 for strings
 *	shapes	struct label to {"type":"addr","ref":"...","label":"..."} and
 *		a line end; origin and spendable where they were said
 *	units	bytes
 *	owns	nothing
 *	errors	those of the sink, and of the list's reader
 *	secrets	none
 *	tests	tests/unit/label_test.c
 */
#ifndef CORE_WIRE_BIP329_H
#define CORE_WIRE_BIP329_H

#include "core/wire/label.h"

#define BIP329_FILE "coldseal-labels.jsonl"

/* One label; false, and nothing is written: not a kind of that standard. */
bool	 bip329_put(struct sink *, const struct label *);
/* All labels in a list of kept things (core/wire/kept.h): how many.  What is
 * no label, or not readable, is passed over. */
enum err bip329_put_all(struct sink *, struct span list, size_t *n)
	    must_check;

#endif
