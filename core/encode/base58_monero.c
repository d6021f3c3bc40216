#include <string.h>

#include "core/encode/base58.h"
#include "core/encode/base58_monero.h"

#define BLOCK 8
#define BLOCK_TEXT 11

/* Characters of a block of so many bytes. */
static const uint8_t width[BLOCK + 1] = { 0, 2, 3, 5, 6, 7, 9, 10,
    BLOCK_TEXT };

static void
block_text(const uint8_t *p, size_t n, char *out)
{
	uint64_t v = 0;
	size_t i;

	for (i = 0; i < n; i++)
		v = v << 8 | p[i];
	for (i = width[n]; i-- > 0; v /= 58)
		out[i] = base58_alphabet[v % 58];
}

enum err
base58_monero_text(struct span s, char *out, size_t cap)
{
	size_t need = s.n / BLOCK * BLOCK_TEXT + width[s.n % BLOCK], n;

	if (need >= cap)
		return ERR_SPACE;
	for (; s.n > 0; s.p += n, s.n -= n, out += width[n]) {
		n = s.n < BLOCK ? s.n : BLOCK;
		block_text(s.p, n, out);
	}
	*out = '\0';
	return 0;
}

static enum err
block_bytes(const uint8_t *text, size_t n, uint8_t *out)
{
	uint64_t v = 0;
	size_t i;

	for (i = 0; i < width[n]; i++) {
		const char *at = text[i] == 0 ? NULL :
		    strchr(base58_alphabet, text[i]);
		uint64_t digit;

		if (at == NULL)
			return ERR_FORM;
		digit = (uint64_t)(at - base58_alphabet);
		if (v > (UINT64_MAX - digit) / 58)
			return ERR_FORM;
		v = v * 58 + digit;
	}
	if (n < BLOCK && v >> 8 * n != 0)
		return ERR_FORM;
	for (i = n; i-- > 0; v >>= 8)
		out[i] = (uint8_t)v;
	return 0;
}

enum err
base58_monero_bytes(struct span text, uint8_t *out, size_t cap, size_t *n)
{
	size_t whole = text.n / BLOCK_TEXT, rest = 0, i;
	enum err e;

	while (rest < BLOCK && width[rest] != text.n % BLOCK_TEXT)
		rest++;
	if (rest == BLOCK)
		return ERR_FORM;
	if (whole * BLOCK + rest > cap)
		return ERR_SPACE;
	for (i = 0; i <= whole; i++) {
		e = block_bytes(text.p + i * BLOCK_TEXT,
		    i < whole ? BLOCK : rest, out + i * BLOCK);
		if (e != 0)
			return e;
	}
	*n = whole * BLOCK + rest;
	return 0;
}
