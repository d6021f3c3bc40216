#include <string.h>

#include "core/review/page_draw.h"

/* Columns, not bytes: every character that we draw is one column wide. */
size_t
draw_columns(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

static void
append(struct draw *d, enum line_kind kind, const char *text)
{
	struct page_line *bigger;
	size_t cap;

	if (d->err == 0 && text == NULL)
		d->err = ERR_SPACE;
	if (d->err != 0)
		return;
	if (d->n == d->cap) {
		cap = d->cap == 0 ? 64 : 2 * d->cap;
		bigger = arena_new(d->arena, struct page_line, cap);
		if (bigger == NULL) {
			d->err = ERR_SPACE;
			return;
		}
		if (d->n > 0)
			memcpy(bigger, d->line, d->n * sizeof(*bigger));
		d->line = bigger;
		d->cap = cap;
	}
	d->line[d->n++] = (struct page_line){ .kind = kind,
	    .known = KNOWN_PROVEN, .row = d->row, .text = text };
}

/* Where in text its column n is. */
static const char *
column(const char *text, size_t n)
{
	for (; *text != '\0'; text++)
		if (((unsigned char)*text & 0xc0) != 0x80 && n-- == 0)
			break;
	return text;
}

void
draw_line(struct draw *d, enum line_kind kind, const char *text)
{
	size_t room = d->width, indent = 0;
	const char *end;

	while (d->err == 0 && text != NULL && *(end = column(text,
	    room)) != '\0') {
		append(d, kind, arena_text(d->arena, "%*s%.*s", (int)indent,
		    "", (int)(end - text), text));
		text = end;
		indent = INDENT;
		room = d->width - indent;
	}
	append(d, kind, indent == 0 || text == NULL ? text :
	    arena_text(d->arena, "%*s%s", (int)indent, "", text));
}

/* Left text, and a margin flush right, below where there is no room beside;
 * the margin has its own colour. */
void
draw_margin(struct draw *d, enum line_kind kind, const char *left,
    enum known known, const char *margin)
{
	size_t l, m = draw_columns(margin);

	if (left == NULL) {
		d->err = ERR_SPACE;
		return;
	}
	l = draw_columns(left);
	if (m == 0 || l + 1 + m > d->width) {
		draw_line(d, kind, left);
		if (l > 0 && m > 0)
			draw_margin(d, kind, "", known, margin);
		return;
	}
	draw_line(d, kind, arena_text(d->arena, "%s%*s%s", left,
	    (int)(d->width - l - m), "", margin));
	if (d->err != 0)
		return;
	d->line[d->n - 1].known = known;
	d->line[d->n - 1].margin = (unsigned)(d->width - m);
}

/* Up to room columns of text, broken at a space if there is one. */
static size_t
fit(const char *text, size_t room)
{
	size_t n = strnlen(text, room + 1), i;

	if (n <= room)
		return n;
	for (i = room; i > room / 2; i--)
		if (text[i] == ' ')
			return i;
	return room;
}

void
draw_wrapped(struct draw *d, enum line_kind kind, const char *first,
    const char *next, const char *text)
{
	size_t indent, room, n;

	do {
		indent = draw_columns(first);
		room = d->width > indent + 8 ? d->width - indent : 8;
		n = fit(text, room);
		draw_line(d, kind, arena_text(d->arena, "%s%.*s", first,
		    (int)n, text));
		text += n;
		while (*text == ' ')
			text++;
		first = next;
	} while (*text != '\0' && d->err == 0);
}
