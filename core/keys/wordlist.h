/*
 * wordlist.h - a sorted list of words, looked up in constant time.
 *
 *	source	BIP39; Monero's list
 *	shapes	rows of equal length, padded with NUL
 *	units	letters
 *	owns	nothing
 *	errors	-1, or a count of 0; wordlist_read: ERR_WORD, ERR_RANGE
 *	secrets	the words, as text and as numbers: every row is read,
 *		whichever word it is.  Where a word ends, and whether one is
 *		of the list, becomes public
 *	tests	tests/unit/bip39_test.c, tests/unit/monero_words_test.c,
 *		tests/ct
 */
#ifndef CORE_KEYS_WORDLIST_H
#define CORE_KEYS_WORDLIST_H

#include "core/base/err.h"
#include "core/base/secret.h"
#include "core/base/span.h"

#define WORDLIST_WORD_MAX 12		/* letters of the longest of any list */

struct wordlist {
	const char	*row;
	size_t		 stride;	/* letters of the longest, and a NUL */
	size_t		 n;
	size_t		 enough;	/* letters that tell a word; 0: all */
};

/* Words as numbers of their list: 25 are of Monero's, fewer of BIP39's. */
#define MNEMONIC_MAX 25
struct mnemonic {
	size_t	 n;
	uint16_t w[MNEMONIC_MAX];
};

int	 wordlist_index(const struct wordlist *, struct span word);
/* How many words begin so; the first of them in *first. */
size_t	 wordlist_complete(const struct wordlist *, struct span prefix,
	    size_t *first);
/* The word, or the only one that begins so where that is enough. */
int	 wordlist_find(const struct wordlist *, struct span word);
/* A text of n words, capital letters or not.  ERR_WORD: *bad is none of the
 * list; ERR_RANGE: not n of them. */
enum err wordlist_read(const struct wordlist *, struct span text,
	    uint32_t *index, size_t n, size_t *bad) must_check;
/* The word of an index, padded with NUL, and its length (still secret). */
size_t	 wordlist_pick(const struct wordlist *, uint32_t index,
	    char out[WORDLIST_WORD_MAX]);
/* As text, one blank between two, shorter than n * stride, without an end;
 * how long each word is becomes public. */
size_t	 wordlist_text(const struct wordlist *, const struct mnemonic *,
	    char *out);
/* Cuts the next word off a text; one of no letters at the end.  A word in
 * capitals is one in small letters: wordlist_lower makes it so. */
struct span wordlist_cut(struct span *text);
void	 wordlist_lower(struct span word, uint8_t *out);

#endif
