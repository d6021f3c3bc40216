#include <stdio.h>
#include <string.h>

#include "tui/screen/screen.h"

/* In groups of four, as on the page: made for comparing. */
static void
draw_grouped(struct canvas *c, int x, int y, const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		canvas_put(c, x + (int)(i + i / 4), y, (i / 4) % 2 == 0 ?
		    STYLE_PLAIN : STYLE_BOLD, (unsigned char)s[i]);
}

/* The path, the address and, where there is one, the note on it. */
struct parts {
	size_t	path, address, note, end;	/* where each begins; 0: none */
};

static bool
part(const char *line, size_t n, struct parts *p)
{
	const char *blank = memchr(line, ' ', n), *next;

	if (blank == NULL)
		return false;
	*p = (struct parts){ .address = (size_t)(blank - line) + 1, .end = n };
	next = memchr(blank + 1, ' ', n - p->address);
	if (next != NULL) {
		p->end = (size_t)(next - line);
		p->note = p->end + 1;
	}
	return true;
}

/* A line is "path address"; a long address takes more rows.  The note stands
 * behind it, as far as there is room. */
static int
draw_one(struct canvas *c, int x, int y, const char *line, size_t n,
    bool here)
{
	size_t path, at, i, room = 48, last = 0;
	char index[16], note[80];
	struct parts p;

	if (!part(line, n, &p))
		return y;
	path = p.address - 1;
	for (i = path; i > 0 && line[i - 1] != '/'; i--)
		continue;
	(void)snprintf(index, sizeof(index), "%.*s", (int)(path - i),
	    line + i);
	canvas_right(c, x + 6, y, here ? STYLE_SELECT : STYLE_DIM, index);
	if (here)
		canvas_put(c, x + 1, y, STYLE_SELECT, '>');
	for (at = p.address; at < p.end; at += room, y++) {
		last = p.end - at < room ? p.end - at : room;
		draw_grouped(c, x + 8, y, line + at, last);
	}
	if (p.note == 0)
		return y;
	i = (size_t)x + 8 + last + last / 4 + 1;
	(void)snprintf(note, sizeof(note), "%.*s", (int)(n - p.note),
	    line + p.note);
	if (i + 4 < (size_t)c->w)
		(void)canvas_cut(c, (int)i, y - 1, c->w - (int)i - 1,
		    STYLE_DIM, note);
	return y;
}

void
address_list(struct canvas *c, int y, int end, const char *text, size_t at)
{
	size_t i, n;

	for (i = 0; *text != '\0' && y < end; i++) {
		n = strcspn(text, "\n");
		y = draw_one(c, 0, y, text, n, i == at);
		text += n + (text[n] == '\n');
	}
}

/* The note on the address under the cursor, whole. */
void
address_note(struct canvas *c, int y, const char *text, size_t at)
{
	size_t i, n = strcspn(text, "\n");
	char note[1024];
	struct parts p;

	for (i = 0; i < at && *text != '\0'; i++) {
		text += n + (text[n] == '\n');
		n = strcspn(text, "\n");
	}
	if (!part(text, n, &p) || p.note == 0)
		return;
	(void)snprintf(note, sizeof(note), "│ your note: %.*s",
	    (int)(n - p.note), text + p.note);
	(void)canvas_cut(c, 2, y, c->w - 4, STYLE_PLAIN, note);
}

void
address_label(struct app *a, const char *text, size_t at, struct effects *fx)
{
	size_t i, n = strcspn(text, "\n");
	char key[LABEL_KEY_MAX + 1], was[LABEL_TEXT_MAX + 1];
	struct parts p;

	for (i = 0; i < at && *text != '\0'; i++) {
		text += n + (text[n] == '\n');
		n = strcspn(text, "\n");
	}
	if (!part(text, n, &p))
		return;
	(void)snprintf(key, sizeof(key), "%s %.*s", label_kind_name(
	    LABEL_ADDR), (int)(p.end - p.address), text + p.address);
	for (i = p.note; i < n && text[i] != '"' && p.note > 0; i++)
		continue;
	(void)snprintf(was, sizeof(was), "%.*s", p.note > 0 && n > i + 1 ?
	    (int)(n - i - 2) : 0, text + i + 1);
	flow_label(a, key, was, fx);
}

/* The line under the cursor is "path address". */
void
address_qr(struct app *a, const char *p, size_t at, struct effects *fx)
{
	char path[PATH_TEXT_MAX];
	struct parts part_of;
	size_t i, n;

	for (i = 0; i < at && *p != '\0'; i++)
		p += strcspn(p, "\n") + (p[strcspn(p, "\n")] == '\n');
	n = strcspn(p, "\n");
	if (!part(p, n, &part_of))
		return;
	(void)snprintf(path, sizeof(path), "%.*s", (int)part_of.address - 1,
	    p);
	flow_qr(a, p + part_of.address, part_of.end - part_of.address, path,
	    fx);
}
