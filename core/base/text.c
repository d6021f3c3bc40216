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
