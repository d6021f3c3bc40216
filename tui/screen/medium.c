#include <stdio.h>

#include "tui/screen/screen.h"

#define GROUPS 8		/* of four digits, in a line */

/* Two lines, so that two people can read them to each other. */
static void
put_digest(struct canvas *c, int y, const char *name, const struct hash32 *d)
{
	static const char hex[] = "0123456789abcdef";
	char line[GROUPS * 5 + 1];
	size_t i, n, row;

	(void)canvas_text(c, 4, y, STYLE_BOLD, name);
	for (row = 0; row < 2; row++) {
		for (i = n = 0; i < 2 * GROUPS; i++) {
			uint8_t b = d->b[row * 2 * GROUPS + i];

			line[n++] = hex[b >> 4];
			line[n++] = hex[b & 15];
			if (i % 2 == 1)
				line[n++] = ' ';
		}
		line[n] = '\0';
		(void)canvas_textf(c, 18, y + (int)row, STYLE_DIM, "%zu",
		    row + 1);
		(void)canvas_text(c, 21, y + (int)row, STYLE_PLAIN, line);
	}
}

static void
draw_why(const struct medium_shown *m, struct canvas *c, int y, int w)
{
	const char *why = m->why[0] != '\0' ? m->why : m->err == ERR_FORM ?
	    "This stick does not say where its parts are: it is no medium of "
	    "this program, or one that was changed." : m->err == ERR_SHORT ?
	    "This stick ends before it should: it was not written whole." :
	    "This stick could not be read to its end.";

	(void)canvas_wrap(c, 4, y, w, 3, 0, STYLE_MINUS, why);
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	const struct medium_shown *m = &a->medium;
	int y = at.y + 1, w = at.w - 8 < 72 ? at.w - 8 : 72;

	if (!m->read) {
		if (m->err != 0)
			draw_why(m, c, y + 2, w);
		return;
	}
	(void)canvas_textf(c, 4, y, STYLE_BOLD, "Coldseal %s, %llu bytes",
	    a->version, (unsigned long long)m->bytes);
	(void)canvas_text(c, 4, y + 1, STYLE_PLAIN,
	    "SHA-256 of the stick that this machine was started from:");
	put_digest(c, y + 3, "whole", &m->digest[MEDIUM_WHOLE]);
	put_digest(c, y + 6, "kernel", &m->digest[MEDIUM_KERNEL]);
	put_digest(c, y + 9, "initramfs", &m->digest[MEDIUM_INITRAMFS]);
	(void)canvas_wrap(c, 4, y + 12, w, 5, 0, STYLE_DIM,
	    "Compare the first with the SHA-256 of the release, and all with "
	    "somebody who built it. A medium that was made to lie can show "
	    "what it likes here: read the stick on another machine, too.");
}

void
flow_medium(struct app *a, const struct event *ev, struct effects *fx)
{
	struct medium_shown *m = &a->medium;

	if (a->busy.phase != PHASE_MEDIUM)
		return;
	m->err = ev->err;
	m->read = ev->whole;
	(void)snprintf(m->why, sizeof(m->why), "%s",
	    ev->engine.fault.where);
	a->busy.done = ev->engine.done;
	a->busy.total = ev->engine.total;
	if (ev->err != 0 || ev->whole)
		flow_idle(a);
	else
		flow_effect(fx, FX_MEDIUM, 1);
}

static void
again(struct app *a, struct effects *fx)
{
	enum screen_id back = a->medium.back;

	a->medium = (struct medium_shown){ .back = back };
	flow_busy(a, PHASE_MEDIUM);
	flow_effect(fx, FX_MEDIUM, 0);
}

void
medium_go(struct app *a, struct effects *fx)
{
	a->medium.back = a->screen;
	flow_go(a, SCREEN_MEDIUM, fx);
	again(a, fx);
}

static void
back(struct app *a, struct effects *fx)
{
	flow_go(a, a->medium.back, fx);
}

static const struct binding keys[] = {
	{ 'r', K_NONE, "r", "read it again", NULL, again },
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ K_ESC, K_ENTER, "Esc", "back", NULL, back },
	{ 0 }
};

const struct screen medium_screen = {
	.title = "this stick",
	.help = "The whole stick is read, byte by byte, as far as the "
	    "release reaches, and hashed; so are the two parts of it that the "
	    "machine starts: kernel and initramfs. The first digest is what "
	    "sha256sum says of the release's file; the other two stand in its "
	    "manifest.\n\nTwo people compare by reading the groups of four to "
	    "each other, line by line.\n\nOnce the first screen was there, "
	    "nothing more is read from the stick: it may be pulled, and has "
	    "to be plugged in again for this page.",
	.keys = keys,
	.draw = draw,
};
