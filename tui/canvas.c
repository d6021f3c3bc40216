#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/secret.h"
#include "tui/canvas.h"
#include "tui/utf8.h"

enum err
canvas_new(struct canvas *c, int w, int h)
{
	if (w < 1 || h < 1 || w > CANVAS_MAX || h > CANVAS_MAX)
		return ERR_RANGE;
	c->cell = calloc((size_t)w * (size_t)h, sizeof(*c->cell));
	if (c->cell == NULL)
		return ERR_SPACE;
	c->w = w;
	c->h = h;
	canvas_clear(c);
	return 0;
}

void
canvas_end(struct canvas *c)
{
	if (c->cell != NULL)
		wipe(c->cell, (size_t)c->w * (size_t)c->h * sizeof(*c->cell));
	free(c->cell);
	*c = (struct canvas){ .cx = -1 };
}

void
canvas_clear(struct canvas *c)
{
	int i, n = c->w * c->h;

	for (i = 0; i < n; i++)
		c->cell[i] = (struct cell){ ' ', STYLE_PLAIN };
	c->cx = c->cy = -1;
}

void
canvas_put(struct canvas *c, int x, int y, enum style s, uint32_t ch)
{
	if (x < 0 || y < 0 || x >= c->w || y >= c->h)
		return;
	c->cell[y * c->w + x] = (struct cell){ ch, s };
}

int
canvas_text(struct canvas *c, int x, int y, enum style s, const char *t)
{
	uint32_t ch;

	while ((ch = utf8_next(&t)) != 0)
		canvas_put(c, x++, y, s, ch);
	return x;
}

int
canvas_textf(struct canvas *c, int x, int y, enum style s, const char *fmt,
    ...)
{
	char buf[512];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(buf, sizeof(buf), fmt, ap);
	va_end(ap);
	x = canvas_text(c, x, y, s, buf);
	wipe(buf, sizeof(buf));
	return x;
}

int
canvas_cut(struct canvas *c, int x, int y, int w, enum style s,
    const char *t)
{
	int i, n = (int)utf8_columns(t);

	for (i = 0; i < w && i < n; i++) {
		uint32_t ch = utf8_next(&t);

		canvas_put(c, x + i, y, s, i == w - 1 && n > w ? 0x2026 : ch);
	}
	return x + i;
}

void
canvas_right(struct canvas *c, int x_end, int y, enum style s, const char *t)
{
	(void)canvas_text(c, x_end - (int)utf8_columns(t), y, s, t);
}

void
canvas_fill(struct canvas *c, int x, int y, int w, enum style s, uint32_t ch)
{
	int i;

	for (i = 0; i < w; i++)
		canvas_put(c, x + i, y, s, ch);
}

void
canvas_box(struct canvas *c, int x, int y, int w, int h, const char *title)
{
	int i;

	for (i = 0; i < h; i++)
		canvas_fill(c, x, y + i, w, STYLE_PLAIN, ' ');
	canvas_fill(c, x, y, w, STYLE_DIM, 0x2500);
	canvas_fill(c, x, y + h - 1, w, STYLE_DIM, 0x2500);
	for (i = 1; i < h - 1; i++) {
		canvas_put(c, x, y + i, STYLE_DIM, 0x2502);
		canvas_put(c, x + w - 1, y + i, STYLE_DIM, 0x2502);
	}
	canvas_put(c, x, y, STYLE_DIM, 0x250c);
	canvas_put(c, x + w - 1, y, STYLE_DIM, 0x2510);
	canvas_put(c, x, y + h - 1, STYLE_DIM, 0x2514);
	canvas_put(c, x + w - 1, y + h - 1, STYLE_DIM, 0x2518);
	if (title[0] != '\0')
		(void)canvas_textf(c, x + 2, y, STYLE_BOLD, " %s ", title);
}

/* How many bytes of t make the next line of w columns; *next: where the
 * line after it begins. */
static size_t
line_bytes(const char *t, int w, const char **next)
{
	const char *p = t, *blank = NULL, *was;
	uint32_t ch;
	int n = 0;

	for (;;) {
		was = p;
		ch = utf8_next(&p);
		if (ch == 0 || ch == '\n') {
			*next = ch == 0 ? was : p;
			return (size_t)(was - t);
		}
		if (ch == ' ')
			blank = was;
		if (n++ == w)
			break;
	}
	if (blank != NULL && blank > t) {
		*next = blank + 1;
		return (size_t)(blank - t);
	}
	*next = was;
	return (size_t)(was - t);
}

int
canvas_wrap(struct canvas *c, int x, int y, int w, int h, int skip,
    enum style s, const char *t)
{
	const char *next, *p;
	int row = 0, col;
	size_t n;

	if (w < 1)
		return 0;
	while (*t != '\0') {
		n = line_bytes(t, w, &next);
		if (row >= skip && row - skip < h)
			for (p = t, col = 0; p < t + n; col++)
				canvas_put(c, x + col, y + row - skip, s,
				    utf8_next(&p));
		row++;
		t = next;
	}
	return row;
}

void
canvas_cursor(struct canvas *c, int x, int y)
{
	c->cx = x;
	c->cy = y;
}

size_t
canvas_dump(const struct canvas *c, char *out, size_t cap)
{
	size_t n = 0;
	int x, y, end;

	for (y = 0; y < c->h; y++) {
		const struct cell *row = c->cell + y * c->w;

		for (end = c->w; end > 0 && row[end - 1].ch == ' '; end--)
			continue;
		for (x = 0; x < end && n + 6 < cap; x++)
			n += utf8_put(row[x].ch, out + n);
		if (n + 2 < cap)
			out[n++] = '\n';
	}
	if (cap > 0)
		out[n] = '\0';
	return n;
}
