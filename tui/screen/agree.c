#include "tui/screen/screen.h"

/* What goes away or is said, once more: the payment that is asked about, the
 * others, the sum. */
enum part { ASKED, OTHERS, SUM };

/* What is imported stands in its first rows: which wallet, and who spends. */
#define IMPORT_ROWS 2

/* The words of a message, and who says them; what is imported. */
static bool
is_words(const struct review *r, const struct page_line *l)
{
	enum fact_kind kind;

	if (l->row >= r->page->nrow)
		return false;
	kind = r->page->row[l->row].kind;
	return kind == FACT_MESSAGE || (kind == FACT_IMPORT &&
	    l->row < IMPORT_ROWS);
}

static bool
is_part(const struct review *r, const struct page_line *l, enum part part)
{
	bool asked = l->row == r->page->agree_row;

	return part == ASKED ? asked : part == SUM ? l->kind == LINE_TOTAL :
	    (l->kind == LINE_BANG || is_words(r, l)) && !asked;
}

static int
count(const struct review *r, enum part part)
{
	size_t i;
	int n = 0;

	for (i = 0; i < r->nline; i++)
		n += is_part(r, &r->line[i], part);
	return n;
}

static int
draw_part(const struct review *r, struct canvas *c, int y, enum part part,
    int most)
{
	size_t i;

	for (i = 0; i < r->nline && most > 0; i++) {
		if (!is_part(r, &r->line[i], part))
			continue;
		(void)canvas_cut(c, 0, y++, c->w, part == SUM ? STYLE_BOLD :
		    is_words(r, &r->line[i]) ? STYLE_PLAIN : STYLE_BANG,
		    r->line[i].text);
		most--;
	}
	return y;
}

/* However many payments there are: the one asked about is there whole. */
static int
draw_lines(const struct review *r, struct canvas *c, int y, int h)
{
	int asked = count(r, ASKED), others = count(r, OTHERS);
	int room = h - asked - 1;

	if (others > room) {
		room = room > 1 ? room - 1 : 0;
		y = draw_part(r, c, y, OTHERS, room);
		(void)canvas_textf(c, 1, y++, STYLE_DIM, "and %d more lines "
		    "of it, on the page", others - room);
	} else {
		y = draw_part(r, c, y, OTHERS, others);
	}
	y = draw_part(r, c, y, ASKED, asked);
	return draw_part(r, c, y, SUM, 1);
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	const struct review *r = &a->review;
	int y = at.y + 1;

	if (r->page == NULL || r->prompt == NULL)
		return;
	(void)canvas_cut(c, 1, y, at.w - 2, STYLE_BOLD, r->file);
	y = draw_lines(r, c, y + 2, at.h - 9) + 1;
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

/* Of a file that is learnt from, nothing is signed. */
static bool
learns(const struct app *a)
{
	const struct page *p = a->review.page;

	return p != NULL && p->plan.n == 0 && p->nrow > 0 &&
	    p->row[0].kind == FACT_IMPORT;
}

static bool
signs(const struct app *a)
{
	return !learns(a);
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "sign", signs, enter },
	{ K_ENTER, K_NONE, "Enter", "agree", learns, enter },
	{ K_F1, K_NONE, "F1", "help", NULL, flow_help },
	{ K_ESC, K_NONE, "Esc", "back to the page", NULL, back },
	{ 0 }
};

const struct screen agree_screen = {
	.title = "agree",
	.help = "Typing a part of the address makes sure that it was looked "
	    "at. Take it from what you were given, not from the screen, and "
	    "a swapped address is found here.\n\nAfter Enter it "
	    "is signed, once, as the page says, and the answer is written to "
	    "the stick.\n\nA wallet is registered: from then on "
	    "its coins and its change are known.",
	.keys = keys,
	.draw = draw,
	.text = text,
};
