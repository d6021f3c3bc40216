#include "core/base/secret.h"
#include "core/encode/hex.h"

/* The letters begin 39 behind where the figures end; no table, no branch. */
static char
digit(uint32_t v)
{
	return (char)(v + '0' + ((9u - v) >> 8 & 39));
}

void
hex_text(struct span s, char *out)
{
	size_t i;

	for (i = 0; i < s.n; i++) {
		*out++ = digit((uint32_t)s.p[i] >> 4);
		*out++ = digit(s.p[i] & 15u);
	}
	*out = '\0';
}

#define NONE 0x100u			/* no digit */

/* Of either case, without a branch. */
static uint32_t
value(uint8_t c)
{
	uint32_t figure = (uint8_t)(c - '0');
	uint32_t letter = (uint8_t)((c | 0x20) - 'a');
	uint32_t is_figure = ct_opaque(0u - ((figure - 10) >> 31));
	uint32_t is_letter = ct_opaque(0u - ((letter - 6) >> 31));

	return (is_figure & figure) | (is_letter & (letter + 10)) |
	    (~(is_figure | is_letter) & NONE);
}

enum err
hex_bytes(struct span text, uint8_t *out, size_t cap, size_t *n)
{
	uint32_t odd = 0;
	size_t i;

	for (i = 0; i < text.n; i++)
		odd |= value(text.p[i]) & NONE;
	ct_public(&odd, sizeof(odd));
	if (odd != 0 || text.n % 2 != 0)
		return ERR_FORM;
	if (text.n / 2 > cap)
		return ERR_SPACE;
	for (i = 0; i < text.n; i += 2)
		out[i / 2] = (uint8_t)(value(text.p[i]) << 4 |
		    value(text.p[i + 1]));
	*n = text.n / 2;
	return 0;
}
