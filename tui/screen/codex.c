/* codex32, a share or the whole, typed as it stands on paper. */
#include "core/base/secret.h"
#include "tui/screen/word.h"

#define GROUP 4
#define WIDE 12				/* groups to a line */
#define LONGEST 127			/* characters of 64 bytes */

void
codex_begin(struct app *a, bool rehearse, struct effects *fx)
{
	flow_words(a, fx);
	a->entry.rehearse = rehearse;
	a->entry.typed = SCREEN_CODEX;
	flow_go(a, SCREEN_CODEX, fx);
}

static void
draw_typed(const struct app *a, struct canvas *c, int x, int y)
{
	const struct input *in = &a->entry.codex;
	size_t i, row, at;

	for (i = 0; i < in->n; i++) {
		bool seen = a->entry.show || i / GROUP == in->n / GROUP;

		row = i / (GROUP * WIDE);
		at = i % (GROUP * WIDE);
		canvas_put(c, x + (int)(at + at / GROUP), y + 2 * (int)row,
		    STYLE_PLAIN, seen ? (unsigned char)in->buf[i] : 0x2022);
	}
	row = in->n / (GROUP * WIDE);
	at = in->n % (GROUP * WIDE);
	canvas_cursor(c, x + (int)(at + at / GROUP), y + 2 * (int)row);
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	int x = 4, y = at.y + 2, w = at.w - 8 < 72 ? at.w - 8 : 72;

	if (a->entry.pieces.all > 0)
		(void)canvas_textf(c, x, y, STYLE_BOLD,
		    "codex32, share number %u", a->entry.pieces.all + 1u);
	else
		(void)canvas_text(c, x, y, STYLE_BOLD, CODEX_NAME);
	draw_typed(a, c, x, y + 2);
	(void)canvas_textf(c, x, y + 9, STYLE_DIM, "%zu characters",
	    a->entry.codex.n);
	(void)canvas_wrap(c, x, y + 11, w, 3, 0, STYLE_DIM,
	    "In groups of four, as on the paper; blanks are not needed. What "
	    "you have typed is hidden but for the last group.");
	if (a->entry.pieces.all == 0 && a->entry.codex.n == 0)
		(void)canvas_textf(c, x, y + 15, STYLE_DIM, "F2: %s",
		    words_form(0));
}

static bool
text(struct app *a, uint32_t key, struct effects *fx)
{
	(void)fx;
	if (key == K_SPACE || key == '-')
		return true;
	if (key >= 'A' && key <= 'Z')
		key += 'a' - 'A';
	if (key == '?')
		return false;
	if (key_is_text(key) && !(key >= 'a' && key <= 'z') &&
	    !(key >= '0' && key <= '9')) {
		flow_note(a, STYLE_BANG, "Letters and figures alone.");
		return true;
	}
	if (key_is_text(key) && a->entry.codex.n >= LONGEST)
		return true;
	return input_key(&a->entry.codex, key);
}

static void
accept(struct app *a, struct effects *fx)
{
	if (a->entry.codex.n > 0)
		flow_effect(fx, FX_GATHER, GATHER_SHARE);
}

static bool
may_change(const struct app *a)
{
	return a->entry.pieces.all == 0;
}

static void
other(struct app *a, struct effects *fx)
{
	words_begin(a, 0, a->entry.rehearse, fx);
}

static void
show(struct app *a, struct effects *fx)
{
	(void)fx;
	a->entry.show = !a->entry.show;
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "take", NULL, accept },
	{ K_TAB, K_NONE, "Tab", "show", NULL, show },
	{ K_BACKSPACE, K_NONE, "Backspace", "undo", NULL, NULL },
	{ K_F2, K_NONE, "F2", "words", may_change, other },
	{ K_ESC, K_NONE, "Esc", "wipe", entry_loads, flow_leave_piece },
	{ K_ESC, K_NONE, "Esc", "back", entry_rehearses, flow_leave_piece },
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ 0 }
};

const struct screen codex_screen = {
	.title = "codex32",
	.help = "After ms1 comes how many shares are needed (0: it is the "
	    "whole), four characters that all shares of a set have in common, "
	    "and which share it is. The letters b, i and o and the figure 1 "
	    "do not occur after ms1.\n\nThe checksum finds every slip of up "
	    "to four characters. Nothing of what you typed is lost by one: "
	    "press Tab, compare, and mend it with Backspace.",
	.keys = keys,
	.draw = draw,
	.text = text,
};
