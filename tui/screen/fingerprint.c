#include "tui/screen/screen.h"

static bool
monero(const struct app *a)
{
	return a->entry.kind == KEY_MONERO;
}

static bool
may_have_pass(const struct app *a)
{
	return !monero(a) && a->entry.pieces.kind != PIECES_CODEX32;
}

static const char *
compare(const struct app *a)
{
	if (monero(a) && a->fresh.on)
		return "It is this signer's own name for the wallet; write it "
		    "beside the words, it is no secret. Go on and press v: "
		    "there stand its addresses, and e gives the view-only "
		    "details that the online wallet is made from.";
	if (monero(a))
		return "It is this signer's own name for the wallet. To be "
		    "sure that it is yours, go on, press v, and compare the "
		    "first address with the one that you know.";
	if (a->fresh.on)
		return "Write it beside the words. It is no secret: whenever "
		    "you enter the words, compare it, and you know that they "
		    "are the right ones.";
	return "Compare it with the one that you noted when the key was made. "
	    "If it differs, then a word or the passphrase differs, and the "
	    "coins you look for are not under it.";
}

static const char *
about_passphrase(const struct app *a)
{
	if (!may_have_pass(a))
		return "";
	if (a->entry.with_pass)
		return "Every passphrase opens a key of its own; a mistyped "
		    "one opens an empty wallet without complaint.";
	if (a->fresh.on)
		return "If you want a passphrase with these words, press p "
		    "now. It gives another key, and belongs on another paper.";
	if (a->entry.pieces.kind != PIECES_NONE)
		return "If a passphrase belongs to them, press p now.";
	return "If you use a passphrase with these words, press p now.";
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	int x = 4, y = at.y + 2, w = at.w - 8 < 72 ? at.w - 8 : 72;
	char fpr[9];

	fpr_text(&a->entry.fpr, fpr);
	(void)canvas_text(c, x, y, STYLE_BOLD, "The fingerprint of this key");
	canvas_box(c, x, y + 2, 20, 3, "");
	(void)canvas_text(c, x + 6, y + 3, STYLE_BOLD, fpr);
	if (a->entry.pieces.kind != PIECES_NONE)
		(void)canvas_textf(c, x + 23, y + 3, STYLE_PLAIN,
		    "from %s%s", a->entry.pieces.kind == PIECES_XOR ?
		    "parts" : "shares", a->entry.with_pass ?
		    ", with the passphrase" : "");
	else
		(void)canvas_textf(c, x + 23, y + 3, STYLE_PLAIN,
		    "%zu words%s", a->secret->nword, monero(a) ?
		    " of Monero" : a->entry.with_pass ?
		    ", with the passphrase" : ", without a passphrase");
	y += 7 + canvas_wrap(c, x, y + 7, w, 6, 0, STYLE_PLAIN, compare(a));
	(void)canvas_wrap(c, x, y + 1, w, 4, 0, STYLE_DIM,
	    about_passphrase(a));
}

static void
go_on(struct app *a, struct effects *fx)
{
	flow_wipe_entry(a, fx);
	flow_home(a, fx);
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "it is mine, go on", NULL, go_on },
	{ 'p', K_NONE, "p", "passphrase", may_have_pass, flow_pass },
	{ 'a', K_NONE, "a", "another key", NULL, flow_words },
	{ 'w', K_ESC, "w", "wipe all keys", NULL, flow_lock_asked },
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ 0 }
};

const struct screen fingerprint_screen = {
	.title = "fingerprint",
	.help = "The fingerprint names a key without giving anything away. "
	    "Wallet programs show it too, often as \"master fingerprint\".\n\n"
	    "With p you add a passphrase to the same words: it gives another "
	    "key with another fingerprint, and both stay loaded. With a you "
	    "load a key of other words beside this one.",
	.keys = keys,
	.draw = draw,
};
