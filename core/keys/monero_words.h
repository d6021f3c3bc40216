/*
 * monero_words.h - 25 words, and the seed that they are.
 *
 *	source	Monero's mnemonic, English: 24 words carry 32 bytes, the last
 *		one repeats another, chosen by CRC-32 of the first three
 *		letters of each
 *	shapes	words parted by white space; 32 bytes
 *	units	words, bytes
 *	owns	nothing; the caller wipes
 *	errors	ERR_WORD (index of the word in *bad), ERR_RANGE (not 25, or
 *		three words that stand for no number), ERR_CHECKSUM (*bad: the
 *		word that the last one would have to repeat)
 *	secrets	words and seed; constant time, but for how long a word is and
 *		where it is none of the list
 *	tests	tests/unit/monero_words_test.c, tests/ct
 */
#ifndef CORE_KEYS_MONERO_WORDS_H
#define CORE_KEYS_MONERO_WORDS_H

#include "core/base/err.h"
#include "core/base/secret.h"
#include "core/base/span.h"
#include "core/keys/wordlist.h"

#define MONERO_WORDS 1626
#define MONERO_WORD_MAX 12		/* longest word */
#define MONERO_SEED_WORDS 25
#define MONERO_WORDS_TEXT_MAX (MONERO_SEED_WORDS * (MONERO_WORD_MAX + 1) + 1)

extern const char monero_english_table[MONERO_WORDS][MONERO_WORD_MAX + 1];

/* -1 when it is no word; three letters are enough. */
int	 monero_word_index(struct span word);
size_t	 monero_words_complete(struct span prefix, size_t *first);

enum err monero_words_read(struct span text, struct secret32 *seed,
	    size_t *bad) must_check;

/* As numbers of the list; back; and as text. */
void	 monero_words_of_seed(const struct secret32 *seed, struct mnemonic *);
enum err monero_words_seed(const struct mnemonic *, struct secret32 *seed,
	    size_t *bad) must_check;
void	 monero_words_text(const struct mnemonic *,
	    char out[MONERO_WORDS_TEXT_MAX]);

#endif
