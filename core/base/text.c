#include "core/base/text.h"

static bool
plain(uint8_t c)
{
	return c >= 0x20 && c < 0x7f;
}

/* A space between two words; of more than that columns could be made, and
 * with them something that looks like a line of ours. */
static bool
odd_space(struct span s, size_t i)
{
	return s.p[i] == ' ' && (i == 0 || i + 1 == s.n ||
	    s.p[i - 1] == ' ');
}

bool
text_is_printable(struct span s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (!plain(s.p[i]))
			return false;
	return true;
}

bool
text_is_plain(struct span s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (!plain(s.p[i]) || odd_space(s, i))
			return false;
	return true;
}

enum err
text_escape(struct span s, char *out, size_t cap)
{
	static const char hex[] = "0123456789abcdef";
	size_t i, o = 0;

	if (cap == 0)
		return ERR_SPACE;
	for (i = 0; i < s.n; i++) {
		uint8_t c = s.p[i];

		if (cap - o < 5) {
			out[o] = '\0';
			return ERR_SPACE;
		}
		if (plain(c) && c != '\\' && !odd_space(s, i)) {
			out[o++] = (char)c;
		} else if (c == '\\') {
			out[o++] = '\\';
			out[o++] = '\\';
		} else {
			out[o++] = '\\';
			out[o++] = 'x';
			out[o++] = hex[c >> 4];
			out[o++] = hex[c & 15];
		}
	}
	out[o] = '\0';
	return 0;
}

size_t
text_character(struct span s, size_t i, uint32_t *number)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	uint8_t first = s.p[i];
	uint32_t c = first;
	size_t len = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 :
	    first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
	size_t k;

	if (len == 0 || len > s.n - i)
		return 0;
	if (len > 1)
		c &= 0x7fu >> len;
	for (k = 1; k < len; k++) {
		if ((s.p[i + k] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (s.p[i + k] & 0x3fu);
	}
	if (c < least[len] || (c >= 0xd800 && c < 0xe000) || c > 0x10ffff)
		return 0;
	if (number != NULL)
		*number = c;
	return len;
}
