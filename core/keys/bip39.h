/*
 * bip39.h - words to a seed, entropy to words.  Used by the keeper alone.
 *
 *	source	BIP39 (English list; NFKD by libutf8proc)
 *	shapes	words parted by white space; entropy of 16 to 32 bytes
 *	units	bytes, words (12, 15, 18, 21, 24)
 *	owns	nothing; the caller wipes
 *	errors	ERR_WORD (index of the word in *bad), ERR_RANGE (count),
 *		ERR_CHECKSUM, ERR_FORM (passphrase not UTF-8), ERR_SPACE
 *	secrets	words, entropy, passphrase, seed.  Looking a word up touches
 *		every row of the list, whatever the word is.  A passphrase
 *		that is not ASCII passes through tables of libutf8proc, which
 *		are indexed by it
 *	tests	tests/unit/bip39_test.c, tests/ct
 */
#ifndef CORE_KEYS_BIP39_H
#define CORE_KEYS_BIP39_H

#include "core/base/err.h"
#include "core/base/secret.h"
#include "core/base/span.h"
#include "core/keys/wordlist.h"

#define BIP39_WORDS 2048
#define BIP39_WORD_MAX 8		/* longest word */
#define BIP39_TEXT_MAX 224		/* 24 words, spaces, NUL */
#define PASSPHRASE_MAX 256		/* bytes as typed, UTF-8 */

extern const char bip39_english_table[BIP39_WORDS][BIP39_WORD_MAX + 1];

/* -1 when it is no word. */
int	 bip39_index(struct span word);
/* How many words begin so; the first of them in *first (they are sorted). */
size_t	 bip39_complete(struct span prefix, size_t *first);

/* Splits, looks up, checks count and checksum. */
enum err bip39_parse(struct span text, struct mnemonic *, size_t *bad)
	    must_check;
/* The words that belong to 16 to 32 bytes. */
enum err bip39_of_entropy(struct span entropy, struct mnemonic *) must_check;
/* Those bytes again; how many. */
size_t	 bip39_entropy(const struct mnemonic *, struct secret32 *);
/* As text, one blank between two; how long each word is becomes public. */
void	 bip39_text(const struct mnemonic *, char out[BIP39_TEXT_MAX]);
/* The last words that would make the first n-1 valid: fills out[] of 128. */
enum err bip39_last(const uint16_t *w, size_t n, uint16_t out[128],
	    size_t *count) must_check;
enum err bip39_seed(const struct mnemonic *, struct span passphrase,
	    struct secret64 *seed) must_check;

#endif
