#include "core/base/text.h"
#include "core/encode/json.h"

static int
digit(uint8_t c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ?
	    c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* "\u00fc", at the backslash. */
static enum err
unit(struct span s, size_t at, uint32_t *out)
{
	int v = 0, d;
	size_t i;

	if (s.n - at < 6 || s.p[at] != '\\' || s.p[at + 1] != 'u')
		return ERR_FORM;
	for (i = at + 2; i < at + 6; i++) {
		if ((d = digit(s.p[i])) < 0)
			return ERR_FORM;
		v = v << 4 | d;
	}
	*out = (uint32_t)v;
	return 0;
}

/* The character that is escaped at *i: one unit of UTF-16, or two. */
static enum err
escape(struct span s, size_t *i, uint32_t *out)
{
	static const char names[] = "\"\\/bfnrt";
	static const uint8_t chars[] = { '"', '\\', '/', 8, 12, 10, 13, 9 };
	uint32_t low;
	const char *at;
	enum err e;

	if (s.n - *i < 2 || s.p[*i + 1] == '\0')
		return ERR_FORM;
	if ((at = strchr(names, s.p[*i + 1])) != NULL) {
		*out = chars[at - names];
		*i += 2;
		return 0;
	}
	if ((e = unit(s, *i, out)) != 0)
		return e;
	*i += 6;
	if (*out < 0xd800 || *out > 0xdfff)
		return 0;
	if (*out > 0xdbff || *i > s.n || unit(s, *i, &low) != 0 ||
	    low < 0xdc00 || low > 0xdfff)
		return ERR_FORM;
	*out = 0x10000 + ((*out - 0xd800) << 10 | (low - 0xdc00));
	*i += 6;
	return 0;
}

static size_t
utf8(uint32_t c, uint8_t out[4])
{
	static const uint8_t head[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4, i;

	for (i = n; i-- > 1; c >>= 6)
		out[i] = (uint8_t)(0x80 | (c & 0x3f));
	out[0] = (uint8_t)(head[n] | c);
	return n;
}

/* The next character, as it stands or escaped; its bytes. */
static enum err
next(struct span s, size_t *i, uint8_t out[4], size_t *n)
{
	uint32_t c;
	enum err e;

	if (s.p[*i] == '\\') {
		if ((e = escape(s, i, &c)) == 0)
			*n = utf8(c, out);
		return e;
	}
	*n = text_character(s, *i, NULL);
	if (*n == 0 || s.p[*i] < 0x20)
		return ERR_FORM;
	memcpy(out, s.p + *i, *n);
	*i += *n;
	return 0;
}

enum err
json_text(struct span value, uint8_t *out, size_t cap, size_t *len)
{
	struct span s = value;
	uint8_t c[4] = { 0 };
	size_t i = 0, n = 0, o = 0;
	enum err e;

	if (s.n < 2 || s.p[0] != '"')
		return ERR_FORM;
	s = span_of(s.p + 1, s.n - 2);
	while (i < s.n) {
		if ((e = next(s, &i, c, &n)) != 0)
			return e;
		if (n > cap - o)
			return ERR_SPACE;
		memcpy(out + o, c, n);
		o += n;
	}
	*len = o;
	return 0;
}
