#include <stdio.h>

#include "tui/screen/screen.h"

/* A span of printable ASCII: airgap_read() made sure of it. */
static int
put(struct canvas *c, int x, int y, int w, enum style s, struct span text)
{
	char line[128];

	(void)snprintf(line, sizeof(line), "%.*s", (int)text.n,
	    (const char *)text.p);
	return canvas_cut(c, x, y, w, s, line);
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	int y = at.y + 1, half = at.w / 2;
	size_t i;

	(void)canvas_textf(c, 2, y, STYLE_PLAIN, "Tried when this machine "
	    "started, before anything else ran: %zu things.", a->airgap->n);
	(void)canvas_text(c, 2, y + 1, a->airgap->bad > 0 ? STYLE_MINUS :
	    STYLE_PLUS, airgap_verified(a->airgap) ?
	    "Not one of them lets this machine talk." :
	    "NOT VERIFIED: do not enter words on this machine.");
	y += 3;
	for (i = a->scroll; i < a->airgap->n && y < at.y + at.h; i++, y++) {
		const struct airgap_row *r = &a->airgap->row[i];
		enum style s = r->ok ? STYLE_PLAIN : STYLE_MINUS;

		(void)put(c, 2, y, half, s, r->what);
		(void)put(c, half + 4, y, at.w - half - 5, r->ok ?
		    STYLE_DIM : STYLE_MINUS, r->outcome);
	}
}

static struct scroll
scroll(struct app *a)
{
	size_t rows = (size_t)screen_area(a).h - 4;

	return (struct scroll){ &a->scroll, a->airgap->n > rows ?
	    a->airgap->n - rows : 0, rows };
}

/* One line, on screens where the owner may still turn back. */
void
airgap_line(const struct app *a, struct canvas *c, int x, int y)
{
	if (a->airgap == NULL)
		return;
	x = canvas_text(c, x, y, STYLE_DIM, "Air gap  ");
	if (airgap_verified(a->airgap))
		(void)canvas_textf(c, x, y, STYLE_PLUS,
		    "verified: %zu things were tried", a->airgap->n);
	else
		(void)canvas_textf(c, x, y, STYLE_MINUS, "NOT VERIFIED: %zu "
		    "of %zu things talk", a->airgap->bad, a->airgap->n);
}

bool
airgap_shown(const struct app *a)
{
	return a->airgap != NULL;
}

void
airgap_go(struct app *a, struct effects *fx)
{
	a->scroll = 0;
	flow_go(a, SCREEN_AIRGAP, fx);
}

static const struct binding keys[] = {
	SCROLL_KEYS,
	{ 'd', K_NONE, "d", "verify this stick", NULL, medium_go },
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ K_ESC, K_ENTER, "Esc", "back", NULL, flow_out },
	{ 0 }
};

const struct screen airgap_screen = {
	.title = "air gap",
	.help = "The kernel of this image has no network protocol and no "
	    "driver for a network, a radio or the disk of this machine. When "
	    "it started, each was tried for all the same, with every right "
	    "there is: this is what came of it.\n\n"
	    "Two kinds of socket are there: unix and netlink. Neither leaves "
	    "this machine: the parts of Coldseal speak over the first, and "
	    "the kernel tells of sticks over the second.",
	.keys = keys,
	.draw = draw,
	.scroll = scroll,
};
