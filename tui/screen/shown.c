#include "tui/screen/word.h"

#define ASK 4		/* of 12 */

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	int x = 4, y = at.y + 1, w = at.w - 8 < 72 ? at.w - 8 : 72;
	int rows = flow_new_monero(a) ? 7 : 6;

	(void)canvas_textf(c, x, y, STYLE_BOLD,
	    "Write these %u words on paper, in this order", a->fresh.words);
	canvas_box(c, x - 2, y + 2, 74, rows + 2, "");
	word_grid(a, c, x, y + 3, a->fresh.words, !a->entry.show);
	y += rows + 5;
	y += canvas_wrap(c, x, y, w, 3, 0, STYLE_BANG,
	    "They are shown this once. Whoever has them has the coins, and "
	    "without them nobody does: no photograph, no printer, no file.");
	(void)canvas_wrap(c, x, y + 1, w, 3, 0, STYLE_PLAIN,
	    flow_new_monero(a) ?
	    "Write the date beside them: an online wallet asks from when on "
	    "it has to look. Read the words back from the paper; then the "
	    "screen is cleared, and some of them are asked for." :
	    "Read them back from the paper before you go on. Then the screen "
	    "is cleared, and some of them are asked for.");
	canvas_cursor(c, -1, -1);
}

static void
go_on(struct app *a, struct effects *fx)
{
	flow_quiz(a, a->fresh.words == 12 ? ASK : 2 * ASK, fx);
}

static void
hide(struct app *a, struct effects *fx)
{
	(void)fx;
	a->entry.show = !a->entry.show;
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "they are on paper", NULL, go_on },
	{ K_TAB, K_NONE, "Tab", "hide or show", NULL, hide },
	{ K_ESC, K_NONE, "Esc", "wipe", NULL, flow_give_up },
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ 0 }
};

const struct screen shown_screen = {
	.title = "the words",
	.help = "The words are the key. Write clearly, with the numbers; the "
	    "first four letters of each tell it from all others (the first "
	    "three of Monero's 25).\n\nThis "
	    "program shows them once and keeps no copy that it could show "
	    "again. If the paper is wrong, make another key: nothing is lost "
	    "while no coins are on it.",
	.keys = keys,
	.draw = draw,
};
