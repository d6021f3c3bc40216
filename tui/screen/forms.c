/* What stands on the paper: a row a form. */
#include "tui/screen/word.h"

bool
entry_loads(const struct app *a)
{
	return !a->entry.rehearse;
}

bool
entry_rehearses(const struct app *a)
{
	return a->entry.rehearse;
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	int x = 4, y = at.y + 2, w = at.w - 8 < 72 ? at.w - 8 : 72;
	size_t i;

	(void)canvas_text(c, x, y, STYLE_BOLD, a->entry.rehearse ?
	    "Rehearsal: what stands on the paper?" :
	    "What stands on the paper?");
	for (i = 0, y += 2; i <= words_forms(); i++, y++) {
		bool here = i == a->menu;

		if (here)
			canvas_fill(c, x - 2, y, at.w - 4, STYLE_SELECT, ' ');
		(void)canvas_textf(c, x - 2, y, here ? STYLE_SELECT :
		    STYLE_PLAIN, "%s %s", here ? ">" : " ",
		    i < words_forms() ? words_form(i) : CODEX_NAME);
	}
	if (a->entry.rehearse)
		(void)canvas_wrap(c, x, y + 1, w, 4, 0, STYLE_DIM,
		    "What you enter is compared with the fingerprints of the "
		    "keys at hand and of those in the vault that is open. You "
		    "are told yes or no; it is not kept.");
}

static struct scroll
scroll(struct app *a)
{
	return (struct scroll){ &a->menu, words_forms(), words_forms() + 1 };
}

static void
go(struct app *a, struct effects *fx)
{
	bool rehearse = a->entry.rehearse;

	if (a->menu < words_forms())
		words_begin(a, a->menu, rehearse, fx);
	else
		codex_begin(a, rehearse, fx);
}

static void
back(struct app *a, struct effects *fx)
{
	flow_wipe_entry(a, fx);
	keys_go(a, fx);
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "choose", NULL, go },
	{ K_UP, K_NONE, "Up Down", "move", NULL, scroll_up },
	{ K_DOWN, K_NONE, "", NULL, NULL, scroll_down },
	{ K_ESC, K_NONE, "Esc", "back", NULL, back },
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ 0 }
};

const struct screen forms_screen = {
	.title = "the form",
	.help = "SLIP-39: 20, 33 or 59 words a share, often of several "
	    "papers. codex32 (BIP93): letters and figures that begin with "
	    "ms1, one line or several shares. Seed XOR: several sets of "
	    "words, each of which looks like a key of its own.\n\nA file in "
	    "the age format is opened from its stick.",
	.keys = keys,
	.draw = draw,
	.scroll = scroll,
};
