/* A key that comes in pieces: those that are here, and what is missing. */
#include "tui/pieces_says.h"
#include "tui/screen/word.h"

#define LONG_EXPONENT 5			/* from there on it is felt */

static bool
enough(const struct app *a)
{
	return a->entry.pieces.enough || a->entry.pieces.all == 0;
}

static bool
may_have_pass(const struct app *a)
{
	return enough(a) && a->entry.kind == KEY_BIP32 &&
	    a->entry.pieces.kind != PIECES_CODEX32;
}

static bool
in_pieces(const struct app *a)
{
	return a->entry.pieces.all > 0;
}

static bool
may_have_more(const struct app *a)
{
	return in_pieces(a) && a->entry.pieces.enough;
}

static const char *
title(const struct app *a)
{
	static const char *const of[] = {
		[PIECES_NONE] = "The words", [PIECES_SLIP39] = "SLIP-39",
		[PIECES_CODEX32] = "codex32", [PIECES_XOR] = "Seed XOR",
	};

	return of[a->entry.pieces.kind];
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	const struct pieces_count *n = &a->entry.pieces;
	int x = 4, y = at.y + 2, w = at.w - 8 < 72 ? at.w - 8 : 72;
	char says[PIECES_TEXT_MAX];

	pieces_says(n, says);
	(void)canvas_text(c, x, y, STYLE_BOLD, title(a));
	y += 2;
	if (in_pieces(a))
		y += canvas_wrap(c, x, y, w, 9, 0, n->enough ? STYLE_PLUS :
		    STYLE_PLAIN, says) + 1;
	if (enough(a))
		y += canvas_wrap(c, x, y, w, 4, 0, STYLE_PLAIN,
		    a->entry.rehearse ? "Enter tries them, and you are told "
		    "yes or no." : "Enter makes the key of them, and shows "
		    "its fingerprint.") + 1;
	if (may_have_pass(a))
		y += canvas_wrap(c, x, y, w, 4, 0, STYLE_DIM,
		    "If they have a passphrase, press p first. Every "
		    "passphrase gives a key; only the fingerprint tells "
		    "whether it is the right one.") + 1;
	if (n->exponent >= LONG_EXPONENT)
		(void)canvas_textf(c, x, y, STYLE_BANG,
		    "They were made to take long: 2 to the power of %u times "
		    "the usual work.", n->exponent);
}

static void
next(struct app *a, struct effects *fx)
{
	flow_go(a, a->entry.typed, fx);
}

static void
go_on(struct app *a, struct effects *fx)
{
	if (enough(a))
		flow_unlock(a, fx);
	else
		next(a, fx);
}

static void
take_back(struct app *a, struct effects *fx)
{
	(void)a;
	flow_effect(fx, FX_GATHER, GATHER_BACK);
}

static void
wipe_all(struct app *a, struct effects *fx)
{
	if (flow_sure(a, K_ESC, "Esc again wipes all of them."))
		flow_wiped_out(a, fx);
}

static bool
lacks(const struct app *a)
{
	return !enough(a);
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "the next one", lacks, go_on },
	{ K_ENTER, K_NONE, "Enter", "go on", enough, go_on },
	{ 'p', K_NONE, "p", "passphrase", may_have_pass, flow_pass },
	{ 'n', K_NONE, "n", "one more", may_have_more, next },
	{ K_BACKSPACE, K_NONE, "Backspace", "take the last back", in_pieces,
	    take_back },
	{ K_ESC, K_NONE, "Esc", "wipe", entry_loads, wipe_all },
	{ K_ESC, K_NONE, "Esc", "end", entry_rehearses, wipe_all },
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ 0 }
};

const struct screen pieces_screen = {
	.title = "pieces",
	.help = "The pieces that were right stay until you go on, wipe them or "
	    "lock: a wrong one, a mistyped passphrase or a stop loses none.\n\n"
	    "More than are needed may be entered, and must agree with the "
	    "others: so one that is doubtful can be tried.\n\nWhoever made "
	    "shares of SLIP-39 chose how much work their passphrase takes. It "
	    "may be minutes; the screen says how long, and Esc stops it. What "
	    "was done is not done again under the same passphrase.",
	.keys = keys,
	.draw = draw,
};
