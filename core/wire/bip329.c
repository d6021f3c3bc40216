#include "core/base/text.h"
#include "core/wire/bip329.h"
#include "core/wire/kept.h"

static int
digit(uint8_t c)
{
	return c <= '9' ? c - '0' : c - 'a' + 10;
}

/* The byte that stands escaped at *i, which moves on. */
static uint8_t
unescaped(struct span s, size_t *i)
{
	uint8_t c = s.p[(*i)++];

	if (c != '\\')
		return c;
	c = s.p[(*i)++];
	if (c != 'x')
		return c;
	c = (uint8_t)(digit(s.p[*i]) << 4 | digit(s.p[*i + 1]));
	*i += 2;
	return c;
}

static void
put_char(struct sink *s, struct span c)
{
	static const char hex[] = "0123456789abcdef";
	char code[7] = "\\u00..";

	if (c.n == 2 && c.p[0] == 0xc2 && c.p[1] < 0xa0) {
		/* U+0080 to U+009F, which terminals obey. */
		put_char(s, span_of(c.p + 1, 1));
	} else if (c.n > 1) {
		put_span(s, c);
	} else if (c.p[0] == '"' || c.p[0] == '\\') {
		put_u8(s, '\\');
		put_u8(s, c.p[0]);
	} else if (c.p[0] < 0x20 || c.p[0] >= 0x7f) {
		code[4] = hex[c.p[0] >> 4];
		code[5] = hex[c.p[0] & 15];
		put_text(s, code);
	} else {
		put_u8(s, c.p[0]);
	}
}

/* In quotes, and as it was before it was escaped; a byte that is no part of
 * UTF-8 becomes the character of its number. */
static void
put_string(struct sink *s, struct span escaped)
{
	uint8_t raw[LABEL_TEXT_MAX];
	size_t i, n = 0, len;

	for (i = 0; i < escaped.n && n < sizeof(raw);)
		raw[n++] = unescaped(escaped, &i);
	put_u8(s, '"');
	for (i = 0; i < n; i += len) {
		if ((len = text_character(span_of(raw, n), i, NULL)) == 0)
			len = 1;
		put_char(s, span_of(raw + i, len));
	}
	put_u8(s, '"');
}

bool
bip329_put(struct sink *s, const struct label *l)
{
	if (l->kind >= LABEL_BIP329)
		return false;
	put_text(s, "{\"type\":\"");
	put_text(s, label_kind_name(l->kind));
	put_text(s, "\",\"ref\":\"");
	put_span(s, l->ref);
	put_u8(s, '"');
	if (l->text.n > 0) {
		put_text(s, ",\"label\":");
		put_string(s, l->text);
	}
	if (l->origin.n > 0) {
		put_text(s, ",\"origin\":");
		put_string(s, l->origin);
	}
	if (l->kind == LABEL_OUTPUT && (l->flags & LABEL_SPENDABLE_SAID) != 0)
		put_text(s, (l->flags & LABEL_FROZEN) != 0 ?
		    ",\"spendable\":false" : ",\"spendable\":true");
	put_text(s, "}\n");
	return true;
}

enum err
bip329_put_all(struct sink *s, struct span list, size_t *n)
{
	struct reader r = reader_of(list);
	struct label l;
	struct kept k;
	enum err e;

	*n = 0;
	while (read_kept(&r, &k))
		if (k.type == KEPT_LABEL && label_read(k.body, &l) == 0)
			*n += bip329_put(s, &l);
	return (e = reader_done(&r)) != 0 ? e : s->err;
}
