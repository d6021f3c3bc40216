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

/* A line is "path address"; a long address takes more rows. */
static int
draw_one(struct canvas *c, int x, int y, const char *line, size_t n,
    bool here)
{
	const char *blank = memchr(line, ' ', n);
	size_t path, at, i, room = 48;
	char index[16];

	if (blank == NULL)
		return y;
	path = (size_t)(blank - line);
	for (i = path; i > 0 && line[i - 1] != '/'; i--)
		continue;
	(void)snprintf(index, sizeof(index), "%.*s", (int)(path - i),
	    line + i);
	canvas_right(c, x + 6, y, here ? STYLE_SELECT : STYLE_DIM, index);
	if (here)
		canvas_put(c, x + 1, y, STYLE_SELECT, '>');
	for (at = path + 1; at < n; at += room, y++)
		draw_grouped(c, x + 8, y, line + at, n - at < room ? n - at :
		    room);
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

/* The line under the cursor is "path address". */
void
address_qr(struct app *a, const char *p, size_t at, struct effects *fx)
{
	const char *blank;
	char path[PATH_TEXT_MAX];
	size_t i, n;

	for (i = 0; i < at && *p != '\0'; i++)
		p += strcspn(p, "\n") + (p[strcspn(p, "\n")] == '\n');
	n = strcspn(p, "\n");
	if ((blank = memchr(p, ' ', n)) == NULL)
		return;
	(void)snprintf(path, sizeof(path), "%.*s", (int)(blank - p), p);
	flow_qr(a, blank + 1, n - (size_t)(blank + 1 - p), path, fx);
}
