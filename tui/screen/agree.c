#include "tui/screen/screen.h"

/* What goes away, once more, above the field. */
static int
draw_lines(const struct app *a, struct canvas *c, int y, int h)
{
	const struct review *r = &a->review;
	size_t i;
	int row = 0;

	for (i = 0; i < r->nline && row < h; i++) {
		enum line_kind k = r->line[i].kind;

		if (k != LINE_BANG && k != LINE_TOTAL)
			continue;
		(void)canvas_cut(c, 0, y + row++, c->w, k == LINE_BANG ?
		    STYLE_BANG : STYLE_BOLD, r->line[i].text);
	}
	return y + row;
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	const struct review *r = &a->review;
	int y = at.y + 1;

	if (r->page == NULL || r->prompt == NULL)
		return;
	(void)canvas_cut(c, 1, y, at.w - 2, STYLE_BOLD, r->file);
	y = draw_lines(a, c, y + 2, at.h - 10) + 1;
	y += canvas_wrap(c, 1, y, at.w - 2, 3, 0, STYLE_PLAIN, r->prompt);
	input_draw(&r->typed, c, 1, y + 1, 16, false, true);
}

static bool
text(struct app *a, uint32_t key, struct effects *fx)
{
	(void)fx;
	return input_key(&a->review.typed, key);
}

static void
enter(struct app *a, struct effects *fx)
{
	if (a->review.typed.n == 0) {
		flow_note(a, STYLE_BANG, "Nothing was typed.");
		return;
	}
	flow_busy(a, PHASE_AGREE);
	flow_effect(fx, FX_AGREE, 0);
}

static void
back(struct app *a, struct effects *fx)
{
	input_clear(&a->review.typed);
	flow_go(a, SCREEN_REVIEW, fx);
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "sign", NULL, enter },
	{ K_F1, K_NONE, "F1", "help", NULL, flow_help },
	{ K_ESC, K_NONE, "Esc", "back to the page", NULL, back },
	{ 0 }
};

const struct screen agree_screen = {
	.title = "agree",
	.help = "Typing a part of the address makes sure that it was looked "
	    "at. Take it from what you were given, not from the screen, and "
	    "a swapped address is found here.\n\nAfter Enter the transaction "
	    "is signed, once, as the page says, and the answer is written to "
	    "the stick.",
	.keys = keys,
	.draw = draw,
	.text = text,
};
