#include <string.h>

#include "core/keys/wordlist.h"

/* The first n bytes of a row against those of the word (a NUL matches no
 * row's padding); whether the row must end there is for the caller to say. */
static uint32_t
row_diff(const char *row, struct span word, bool whole)
{
	uint32_t diff = 0;
	size_t i;

	for (i = 0; i < word.n; i++)
		diff |= (uint32_t)((uint8_t)row[i] ^ word.p[i]) |
		    (ct_zero(word.p[i]) & 1);
	return whole ? diff | (uint8_t)row[word.n] : diff;
}

int
wordlist_index(const struct wordlist *l, struct span word)
{
	uint32_t found = 0;
	size_t i;

	if (word.n == 0 || word.n >= l->stride)
		return -1;
	for (i = 0; i < l->n; i++)
		found |= ct_zero(row_diff(l->row + i * l->stride, word,
		    true)) & (uint32_t)(i + 1);
	return (int)found - 1;
}

size_t
wordlist_complete(const struct wordlist *l, struct span prefix, size_t *first)
{
	size_t i, count = 0, before = 0;
	uint32_t hit, seen = 0;

	*first = 0;
	if (prefix.n >= l->stride)
		return 0;
	for (i = 0; i < l->n; i++) {
		hit = ct_zero(row_diff(l->row + i * l->stride, prefix,
		    false)) & 1;
		/* Sorted: what comes before the first hit is counted until
		 * there is one. */
		count += hit;
		seen = ct_opaque(seen | hit);
		before += 1 ^ seen;
	}
	*first = before & (0 - (size_t)seen);
	return count;
}

int
wordlist_find(const struct wordlist *l, struct span word)
{
	uint32_t at = (uint32_t)wordlist_index(l, word), one;
	size_t first;

	if (l->enough == 0 || word.n < l->enough)
		return (int)at;
	one = ct_zero((uint32_t)wordlist_complete(l, word, &first) ^ 1);
	return (int)((at & ~one) | ((uint32_t)first & one));
}

size_t
wordlist_pick(const struct wordlist *l, uint32_t index,
    char out[WORDLIST_WORD_MAX])
{
	size_t i, k, n = 0, most = l->stride - 1;

	memset(out, 0, WORDLIST_WORD_MAX);
	for (i = 0; i < l->n; i++) {
		const char *row = l->row + i * l->stride;
		uint32_t hit = ct_zero((uint32_t)i ^ index);

		for (k = 0; k < most; k++)
			out[k] = (char)(out[k] | (row[k] & (char)hit));
	}
	for (k = 0; k < most; k++)
		n += 1 & ~ct_zero((uint8_t)out[k]);
	return n;
}

/* Where the next one goes is told by how long the others are: that much the
 * length of a text tells anyway. */
size_t
wordlist_text(const struct wordlist *l, const struct mnemonic *m, char *out)
{
	char word[WORDLIST_WORD_MAX];
	size_t i, len, n = 0;

	for (i = 0; i < m->n; i++) {
		len = wordlist_pick(l, m->w[i], word);
		ct_public(&len, sizeof(len));
		if (i > 0)
			out[n++] = ' ';
		memcpy(out + n, word, len);
		n += len;
	}
	wipe(word, sizeof(word));
	return n;
}

static bool
is_space(uint8_t c)
{
	uint32_t space = (ct_zero((uint32_t)c ^ ' ') & 1) |
	    (uint32_t)((uint8_t)(c - '\t') < 5);

	ct_public(&space, sizeof(space));
	return space != 0;
}

struct span
wordlist_cut(struct span *text)
{
	size_t from = 0, to;

	while (from < text->n && is_space(text->p[from]))
		from++;
	for (to = from; to < text->n && !is_space(text->p[to]);)
		to++;
	*text = span_of(text->p + to, text->n - to);
	return span_of(text->p - (to - from), to - from);
}

void
wordlist_lower(struct span word, uint8_t *out)
{
	size_t i;

	for (i = 0; i < word.n; i++) {
		uint8_t c = word.p[i];

		out[i] = (uint8_t)(c |
		    (uint32_t)((uint8_t)(c - 'A') < 26) << 5);
	}
}

enum err
wordlist_read(const struct wordlist *l, struct span text, uint32_t *index,
    size_t n, size_t *bad)
{
	uint8_t low[WORDLIST_WORD_MAX];
	struct span word;
	size_t i = 0;
	int at;

	while ((word = wordlist_cut(&text)).n > 0) {
		if (i == n)
			return ERR_RANGE;
		at = -1;
		if (word.n <= sizeof(low)) {
			wordlist_lower(word, low);
			at = wordlist_find(l, span_of(low, word.n));
			wipe(low, sizeof(low));
		}
		*bad = i;
		index[i++] = (uint32_t)at;
		at = at < 0;
		ct_public(&at, sizeof(at));	/* the owner is told */
		if (at != 0)
			return ERR_WORD;
	}
	return i == n ? ERR_NONE : ERR_RANGE;
}
