#include "tui/utf8.h"

#define REPLACEMENT 0xfffdu

static unsigned
tail_length(unsigned char c)
{
	if (c >= 0xc2 && c <= 0xdf)
		return 1;
	if (c >= 0xe0 && c <= 0xef)
		return 2;
	if (c >= 0xf0 && c <= 0xf4)
		return 3;
	return 0;
}

/* Overlong forms, surrogates and what is beyond U+10FFFF are not text. */
static uint32_t
checked(uint32_t c, unsigned tail)
{
	static const uint32_t least[4] = { 0, 0x80, 0x800, 0x10000 };

	if (c < least[tail] || (c >= 0xd800 && c < 0xe000) || c > 0x10ffff)
		return REPLACEMENT;
	return c;
}

uint32_t
utf8_next(const char **s)
{
	unsigned char b = (unsigned char)**s;
	unsigned i, tail;
	uint32_t c;

	if (b == 0)
		return 0;
	(*s)++;
	if (b < 0x80)
		return b;
	if ((tail = tail_length(b)) == 0)
		return REPLACEMENT;
	c = b & (0x3fu >> tail);
	for (i = 0; i < tail; i++) {
		b = (unsigned char)**s;
		if ((b & 0xc0) != 0x80)
			return REPLACEMENT;
		c = c << 6 | (b & 0x3fu);
		(*s)++;
	}
	return checked(c, tail);
}

size_t
utf8_put(uint32_t c, char out[4])
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

size_t
utf8_columns(const char *s)
{
	size_t n = 0;

	while (utf8_next(&s) != 0)
		n++;
	return n;
}
