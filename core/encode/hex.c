#include "core/encode/hex.h"

void
hex_text(struct span s, char *out)
{
	static const char digit[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < s.n; i++) {
		*out++ = digit[s.p[i] >> 4];
		*out++ = digit[s.p[i] & 15];
	}
	*out = '\0';
}

static int
value(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

enum err
hex_bytes(struct span text, uint8_t *out, size_t cap, size_t *n)
{
	size_t i;

	if (text.n % 2 != 0)
		return ERR_FORM;
	for (i = 0; i < text.n; i++)
		if (value(text.p[i]) < 0)
			return ERR_FORM;
	if (text.n / 2 > cap)
		return ERR_SPACE;
	for (i = 0; i < text.n; i += 2)
		out[i / 2] = (uint8_t)(value(text.p[i]) << 4 |
		    value(text.p[i + 1]));
	*n = text.n / 2;
	return 0;
}
