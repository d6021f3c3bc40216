#include <string.h>

#include "tui/screen/screen.h"
#include "tui/widget/qr.h"

/* An address is compared in groups of four; words and JSON as they are. */
static bool
in_groups(const char *s)
{
	return strpbrk(s, " \"\n") == NULL;
}

/* The text itself beside the code: what the camera reads is compared with
 * it. */
static void
draw_text(const struct app *a, struct canvas *c, int x, int y)
{
	const char *s = a->qr.text;
	int room = (c->w - x) / 5 > 0 ? (c->w - x) / 5 * 4 : 4;
	size_t i;

	(void)canvas_cut(c, x, y, c->w - x, STYLE_DIM, a->qr.what);
	y += 2;
	if (!in_groups(s)) {
		(void)canvas_wrap(c, x, y, c->w - x - 1, c->h - y - 2, 0,
		    STYLE_PLAIN, s);
		return;
	}
	for (i = 0; s[i] != '\0'; i++) {
		int at = (int)(i % (size_t)room);

		if (i > 0 && at == 0)
			y++;
		canvas_put(c, x + at + at / 4, y, i / 4 % 2 == 0 ?
		    STYLE_PLAIN : STYLE_BOLD, (unsigned char)s[i]);
	}
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	struct qr_box box = { at.x, at.y, at.w, at.h, !a->no_blocks };
	int cols = 0, rows;

	if (qr_draw(c, &box, a->qr.text, &cols)) {
		draw_text(a, c, at.x + cols + 2, at.y + 2);
		return;
	}
	rows = qr_rows(a->qr.text, box.blocks, &cols);
	(void)canvas_textf(c, 2, at.y + 1, STYLE_BANG, "As a QR code it needs "
	    "a screen of about %d rows and %d columns.",
	    rows + c->h - at.h, cols);
	draw_text(a, c, 2, at.y + 3);
}

static void
back(struct app *a, struct effects *fx)
{
	flow_go(a, a->qr.back, fx);
}

static const struct binding keys[] = {
	{ K_ESC, K_ENTER, "Esc", "back", NULL, back },
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ 0 }
};

const struct screen qr_screen = {
	.title = "QR",
	.help = "For a camera: hold it so that the whole white square is in "
	    "view. What it reads is exactly the text beside the square; "
	    "compare them, the camera's device may be the one that lies.",
	.keys = keys,
	.draw = draw,
};
