#include <string.h>

#include "core/keys/monero_words.h"

#define DATA_WORDS 24
#define PREFIX 3		/* letters that tell a word */

static const struct wordlist list = { monero_english_table[0],
    sizeof(monero_english_table[0]), MONERO_WORDS, PREFIX };

int
monero_word_index(struct span word)
{
	return wordlist_find(&list, word);
}

size_t
monero_words_complete(struct span prefix, size_t *first)
{
	return wordlist_complete(&list, prefix, first);
}

/* CRC-32 as in zlib, bit by bit: no table is indexed by a secret. */
static uint32_t
crc32(const char *p, size_t n)
{
	uint32_t c = 0xffffffff;
	size_t i;
	int k;

	for (i = 0; i < n; i++) {
		c ^= (uint8_t)p[i];
		for (k = 0; k < 8; k++)
			c = c >> 1 ^ (0xedb88320 & (0u - (c & 1)));
	}
	return ~c;
}

/* Which of the 24 the last word must be. */
static uint32_t
check_place(const uint16_t index[DATA_WORDS])
{
	char letters[DATA_WORDS * PREFIX], word[WORDLIST_WORD_MAX];
	uint32_t place;
	size_t i;

	for (i = 0; i < DATA_WORDS; i++) {
		(void)wordlist_pick(&list, index[i], word);
		memcpy(letters + i * PREFIX, word, PREFIX);
	}
	place = crc32(letters, sizeof(letters)) % DATA_WORDS;
	wipe(letters, sizeof(letters));
	wipe(word, sizeof(word));
	return place;
}

/* index[place], whichever it is. */
static uint32_t
at_place(const uint16_t index[DATA_WORDS], uint32_t place)
{
	uint32_t i, out = 0;

	for (i = 0; i < DATA_WORDS; i++)
		out |= index[i] & ct_zero(i ^ place);
	return out;
}

/* a - b modulo the number of words. */
static uint32_t
less(uint32_t a, uint32_t b)
{
	return (a + MONERO_WORDS - b) % MONERO_WORDS;
}

/* Three words to four bytes; no number of 32 bits for some of them. */
static uint32_t
join(const uint16_t w[3], uint8_t out[4])
{
	uint64_t v = w[0] + (uint64_t)MONERO_WORDS * less(w[1], w[0]) +
	    (uint64_t)MONERO_WORDS * MONERO_WORDS * less(w[2], w[1]);
	size_t i;

	for (i = 0; i < 4; i++)
		out[i] = (uint8_t)(v >> 8 * i);
	return (uint32_t)(v >> 32);
}

enum err
monero_words_seed(const struct mnemonic *m, struct secret32 *seed, size_t *bad)
{
	uint32_t place, wrong, over = 0;
	struct secret32 out;
	size_t i;
	enum err e;

	if (m->n != MONERO_SEED_WORDS)
		return ERR_RANGE;
	place = check_place(m->w);
	wrong = at_place(m->w, place) ^ m->w[DATA_WORDS];
	for (i = 0; i < 8; i++)
		over |= join(m->w + 3 * i, out.b + 4 * i);
	ct_public(&wrong, sizeof(wrong));
	ct_public(&over, sizeof(over));
	e = wrong != 0 ? ERR_CHECKSUM : over != 0 ? ERR_RANGE : ERR_NONE;
	if (e == ERR_CHECKSUM) {
		ct_public(&place, sizeof(place));
		*bad = place;
	}
	if (e == 0)
		*seed = out;
	wipe(&place, sizeof(place));
	wipe(&out, sizeof(out));
	return e;
}

enum err
monero_words_read(struct span text, struct secret32 *seed, size_t *bad)
{
	uint32_t index[MONERO_SEED_WORDS];
	struct mnemonic m = { .n = MONERO_SEED_WORDS };
	size_t i;
	enum err e;

	e = wordlist_read(&list, text, index, MONERO_SEED_WORDS, bad);
	if (e == 0) {
		for (i = 0; i < m.n; i++)
			m.w[i] = (uint16_t)index[i];
		e = monero_words_seed(&m, seed, bad);
	}
	wipe(index, sizeof(index));
	wipe(&m, sizeof(m));
	return e;
}

void
monero_words_of_seed(const struct secret32 *seed, struct mnemonic *m)
{
	uint32_t v;
	size_t i;

	*m = (struct mnemonic){ .n = MONERO_SEED_WORDS };
	for (i = 0; i < 8; i++) {
		const uint8_t *p = seed->b + 4 * i;
		uint16_t *w = m->w + 3 * i;

		v = p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
		    (uint32_t)p[3] << 24;
		w[0] = (uint16_t)(v % MONERO_WORDS);
		w[1] = (uint16_t)((v / MONERO_WORDS + w[0]) % MONERO_WORDS);
		w[2] = (uint16_t)((v / MONERO_WORDS / MONERO_WORDS + w[1]) %
		    MONERO_WORDS);
	}
	m->w[DATA_WORDS] = (uint16_t)at_place(m->w, check_place(m->w));
	wipe(&v, sizeof(v));
}

void
monero_words_text(const struct mnemonic *m, char out[MONERO_WORDS_TEXT_MAX])
{
	out[wordlist_text(&list, m, out)] = '\0';
}
