/* One share: its words, and what they say. */
#include <string.h>

#include "core/keys/slip39.h"
#include "core/keys/wordlist.h"

#define RADIX 10			/* bits of a word */
#define HEAD 4				/* words before the value */
#define CHECK 3				/* words of the checksum */
#define WORDS_MIN 20			/* of 16 bytes */
#define PADDING_MAX 8			/* bits */

static const struct wordlist list = { slip39_words_table[0],
    sizeof(slip39_words_table[0]), SLIP39_WORDS, 4 };

int
slip39_word_index(struct span word)
{
	return wordlist_find(&list, word);
}

size_t
slip39_complete(struct span prefix, size_t *first)
{
	return wordlist_complete(&list, prefix, first);
}

/* RS1024 over GF(1024), without a branch on what goes in. */
static uint32_t
step(uint32_t c, uint32_t v)
{
	static const uint32_t gen[10] = { 0xe0e040, 0x1c1c080, 0x3838100,
	    0x7070200, 0xe0e0009, 0x1c0c2412, 0x38086c24, 0x3090fc48,
	    0x21b1f890, 0x3f3f120 };
	uint32_t top = c >> 20;
	size_t i;

	c = (c & 0xfffff) << RADIX ^ v;
	for (i = 0; i < 10; i++)
		c ^= gen[i] & ct_opaque(0u - (top >> i & 1));
	return c;
}

static uint32_t
checksum(bool extendable, const uint32_t *w, size_t n)
{
	struct span label = span_text(extendable ? "shamir_extendable" :
	    "shamir");
	uint32_t c = 1;
	size_t i;

	for (i = 0; i < label.n; i++)
		c = step(c, label.p[i]);
	for (i = 0; i < n; i++)
		c = step(c, w[i]);
	return c;
}

/*
 * The place where one other word would make the checksum right, or SIZE_MAX.
 * The code is linear: what is left over, which is public by now, tells of the
 * difference alone, and two words that are wrong never look like one.
 */
static size_t
slip(uint32_t left, size_t n)
{
	uint32_t basis[RADIX], sum, v;
	size_t i, b;

	for (b = 0; b < RADIX; b++)
		basis[b] = 1u << b;
	for (i = n; i-- > 0;) {
		for (v = 1, sum = 0; v < SLIP39_WORDS; v++) {
			sum ^= basis[__builtin_ctz(v)];
			if (sum == left)
				return i;
		}
		for (b = 0; b < RADIX; b++)
			basis[b] = step(basis[b], 0);
	}
	return SIZE_MAX;
}

static size_t
value_words(size_t bytes)
{
	return (bytes * 8 + RADIX - 1) / RADIX;
}

/* Which share of which set: public, as is how long the secret is. */
static void
read_head(const uint32_t w[HEAD], struct slip39_share *s)
{
	uint32_t head[HEAD];

	memcpy(head, w, sizeof(head));
	ct_public(head, sizeof(head));
	s->id = (uint16_t)(head[0] << 5 | head[1] >> 5);
	s->extendable = (head[1] >> 4 & 1) != 0;
	s->exponent = head[1] & 15;
	s->group = (uint8_t)(head[2] >> 6);
	s->group_need = (uint8_t)((head[2] >> 2 & 15) + 1);
	s->groups = (uint8_t)(((head[2] & 3) << 2 | head[3] >> 8) + 1);
	s->member = head[3] >> 4 & 15;
	s->need = (uint8_t)((head[3] & 15) + 1);
}

static void
write_head(const struct slip39_share *s, uint32_t w[HEAD])
{
	uint32_t need = s->group_need - 1u, groups = s->groups - 1u;

	w[0] = (uint32_t)s->id >> 5;
	w[1] = (s->id & 31u) << 5 | (uint32_t)s->extendable << 4 |
	    s->exponent;
	w[2] = (uint32_t)s->group << 6 | need << 2 | groups >> 2;
	w[3] = (groups & 3) << 8 | (uint32_t)s->member << 4 |
	    (s->need - 1u);
}

/* The value stands at the low end; the bits before it are zero. */
static enum err
read_value(const uint32_t *w, size_t n, struct seed *out)
{
	uint32_t bits = 0, padding;
	unsigned have = (unsigned)(n * RADIX % 16);
	size_t i, o = 0;

	padding = w[0] >> (RADIX - have);
	bits = w[0] & ((1u << (RADIX - have)) - 1);
	have = RADIX - have;
	for (i = 1;; i++) {
		for (; have >= 8; have -= 8)
			out->b[o++] = (uint8_t)(bits >> (have - 8));
		if (i == n)
			break;
		bits = bits << RADIX | w[i];
		have += RADIX;
	}
	out->n = o;
	wipe(&bits, sizeof(bits));
	ct_public(&padding, sizeof(padding));
	return padding == 0 ? ERR_NONE : ERR_FORM;
}

static void
write_value(const struct seed *v, uint32_t *w)
{
	size_t i, words = value_words(v->n), o = 0;
	unsigned have = (unsigned)(words * RADIX - v->n * 8);
	uint32_t bits = 0;

	for (i = 0; i < v->n; i++) {
		bits = bits << 8 | v->b[i];
		if ((have += 8) >= RADIX) {
			have -= RADIX;
			w[o++] = bits >> have & (SLIP39_WORDS - 1);
		}
	}
	wipe(&bits, sizeof(bits));
}

static enum err
count_ok(size_t n)
{
	return n >= WORDS_MIN && n <= SLIP39_SHARE_WORDS &&
	    (n - HEAD - CHECK) * RADIX % 16 <= PADDING_MAX ? ERR_NONE :
	    ERR_RANGE;
}

static size_t
count_words(struct span text)
{
	size_t n = 0;

	while (wordlist_cut(&text).n > 0)
		n++;
	return n;
}

static enum err
read_words(const uint32_t *w, size_t n, struct slip39_share *s, size_t *bad)
{
	uint32_t sum;
	enum err e;

	read_head(w, s);
	sum = checksum(s->extendable, w, n);
	ct_public(&sum, sizeof(sum));
	if (sum != 1) {
		*bad = slip(sum ^ 1, n);
		return ERR_CHECKSUM;
	}
	if ((e = read_value(w + HEAD, n - HEAD - CHECK, &s->value)) != 0)
		return e;
	return s->group_need > s->groups || s->group >= s->groups ? ERR_RANGE :
	    ERR_NONE;
}

enum err
slip39_read(struct span text, struct slip39_share *out, size_t *bad)
{
	uint32_t w[SLIP39_SHARE_WORDS];
	struct slip39_share s = { 0 };
	size_t n = count_words(text);
	enum err e;

	if ((e = count_ok(n)) == 0 &&
	    (e = wordlist_read(&list, text, w, n, bad)) == 0 &&
	    (e = read_words(w, n, &s, bad)) == 0)
		*out = s;
	wipe(w, sizeof(w));
	wipe(&s, sizeof(s));
	return e;
}

void
slip39_text(const struct slip39_share *s, char out[SLIP39_TEXT_MAX])
{
	uint32_t w[SLIP39_SHARE_WORDS] = { 0 }, sum;
	char words[SLIP39_TEXT_MAX + WORDLIST_WORD_MAX];
	size_t i, len, at = 0, n = HEAD + value_words(s->value.n) + CHECK;

	write_head(s, w);
	write_value(&s->value, w + HEAD);
	sum = checksum(s->extendable, w, n) ^ 1;
	for (i = 0; i < CHECK; i++)
		w[n - 1 - i] = sum >> RADIX * i & (SLIP39_WORDS - 1);
	for (i = 0; i < n; i++) {
		len = wordlist_pick(&list, w[i], words + at);
		ct_public(&len, sizeof(len));
		at += len;
		words[at++] = ' ';
	}
	memcpy(out, words, at - 1);
	out[at - 1] = '\0';
	wipe(w, sizeof(w));
	wipe(words, sizeof(words));
	wipe(&sum, sizeof(sum));
}
