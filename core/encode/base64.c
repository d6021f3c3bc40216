#include <string.h>

#include "core/encode/base64.h"

static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

#define PAD 64
#define SPACE 65
#define OTHER 66

static unsigned
value(uint8_t c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26u;
	if (c >= '0' && c <= '9')
		return c - '0' + 52u;
	switch (c) {
	case '+':
		return 62;
	case '/':
		return 63;
	case '=':
		return PAD;
	case ' ':
	case '\t':
	case '\r':
	case '\n':
		return SPACE;
	default:
		return OTHER;
	}
}

/* Notes line ends while the characters go by. */
struct layout {
	uint32_t line;		/* characters since the last line end */
	uint32_t first;		/* characters of the first line */
	bool	 ended, cr;
	struct base64_shape shape;
};

static void
layout_see(struct layout *l, uint8_t c, unsigned v)
{
	if (c == '\n' && l->line > 0) {
		if (!l->ended) {
			l->first = l->line;
			l->shape.crlf = l->cr;
		}
		l->ended = true;
		l->shape.newline = true;
		l->line = 0;
	} else if (v != SPACE) {
		if (l->ended && l->line == 0)
			l->shape.wrap = l->first;
		l->shape.newline = false;
		l->line++;
	}
	l->cr = c == '\r';
}

enum err
base64_bytes(struct span text, uint8_t *out, size_t cap, size_t *n,
    struct base64_shape *shape)
{
	struct layout l = { 0 };
	uint32_t bits = 0;
	size_t i, chars = 0, pads = 0, o = 0;

	for (i = 0; i < text.n; i++) {
		unsigned v = value(text.p[i]);

		layout_see(&l, text.p[i], v);
		if (v == SPACE)
			continue;
		if (v == OTHER || (pads > 0 && v != PAD) ||
		    (v == PAD && (chars % 4 < 2 || ++pads > 2)))
			return ERR_FORM;
		bits = bits << 6 | (v & 63);
		chars++;
		if (chars % 4 != 0)
			continue;
		/* What the padding cuts off must be zero. */
		if ((bits & ((1u << 8 * pads) - 1)) != 0)
			return ERR_FORM;
		if (cap - o < 3 - pads)
			return ERR_SPACE;
		out[o++] = (uint8_t)(bits >> 16);
		if (pads < 2)
			out[o++] = (uint8_t)(bits >> 8);
		if (pads < 1)
			out[o++] = (uint8_t)bits;
		if (pads > 0)
			chars = 0;
	}
	if (chars % 4 != 0)
		return ERR_FORM;
	*n = o;
	*shape = l.shape;
	return 0;
}

/* Characters on their way out, with line ends put between them. */
struct lines {
	struct sink	*s;
	const struct base64_shape *shape;
	uint32_t	 line;
	size_t		 n;
	uint8_t		 buf[192];
};

static void
flush(struct lines *l)
{
	put_span(l->s, span_of(l->buf, l->n));
	l->n = 0;
}

static void
line_end(struct lines *l)
{
	flush(l);
	put_text(l->s, l->shape->crlf ? "\r\n" : "\n");
	l->line = 0;
}

static void
put_char(struct lines *l, unsigned v)
{
	if (l->shape->wrap > 0 && l->line == l->shape->wrap)
		line_end(l);
	if (l->n == sizeof(l->buf))
		flush(l);
	l->buf[l->n++] = v == PAD ? '=' : (uint8_t)alphabet[v];
	l->line++;
}

void
base64_put(struct sink *s, struct span b, const struct base64_shape *shape)
{
	struct lines l = { .s = s, .shape = shape };
	size_t i, k;

	for (i = 0; i < b.n; i += 3) {
		size_t left = b.n - i < 3 ? b.n - i : 3;
		uint32_t bits = (uint32_t)b.p[i] << 16;

		if (left > 1)
			bits |= (uint32_t)b.p[i + 1] << 8;
		if (left > 2)
			bits |= b.p[i + 2];
		for (k = 0; k < 4; k++)
			put_char(&l, k > left ? PAD :
			    bits >> (18 - 6 * k) & 63);
	}
	if (shape->newline && b.n > 0)
		line_end(&l);
	flush(&l);
}
