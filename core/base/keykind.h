/*
 * keykind.h - the kinds of keys, and the lists that their words come from.
 *
 *	source	BIP32, BIP39; Monero
 *	shapes	enums, as they pass between the processes
 *	units	letters
 *	owns	nothing
 *	errors	none
 *	secrets	none
 *	tests	tests/unit/keeper_test.c, tests/unit/restore_test.c
 */
#ifndef CORE_BASE_KEYKIND_H
#define CORE_BASE_KEYKIND_H

enum key_kind { KEY_BIP32, KEY_MONERO, KEY_KINDS };

/* Polyseed takes its words from BIP39's list. */
enum word_list { LIST_BIP39, LIST_MONERO, LIST_SLIP39, LIST_COUNT };

#define LIST_WORD_MAX 12		/* letters of the longest word */

#endif
