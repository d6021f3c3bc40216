#include "tui/screen/screen.h"
#include "tui/widget/choice.h"

/* A backup file to be made: what goes in, and whether keys do. */
static void
draw_in(const struct app *a, struct canvas *c, int x, int y)
{
	const struct collected *in = &a->age.in;

	if (a->age.err != 0)
		(void)canvas_textf(c, x, y, STYLE_MINUS, "What would go in "
		    "cannot be told: %s.", err_text(a->age.err));
	else if (in->wallets + in->labels == 0)
		(void)canvas_text(c, x, y, STYLE_DIM, a->vault.open ?
		    "No wallet and no label is known here." :
		    "No wallet is known here; labels are in a vault, and none "
		    "is open.");
	else
		(void)canvas_textf(c, x, y, STYLE_PLAIN, "What goes in: "
		    "%zu wallet%s (%zu also as BSMS), %zu label%s.",
		    in->wallets, in->wallets == 1 ? "" : "s", in->records,
		    in->labels, in->labels == 1 ? "" : "s");
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	int x = 4, y = at.y + 2, w = at.w - 8 < 72 ? at.w - 8 : 72;

	(void)canvas_text(c, x, y, STYLE_BOLD, "A backup file, sealed by a "
	    "passphrase of its own");
	draw_in(a, c, x, y + 2);
	choice_draw(c, y + 4, a->nfpr > 0, "Keys", a->age.keys ?
	    "go in as well" : "stay out");
	y += 6 + canvas_wrap(c, x, y + 6, w, 5, 0, a->age.keys ? STYLE_BANG :
	    STYLE_PLAIN, a->age.keys ?
	    "With keys: whoever has the file and the passphrase has the "
	    "coins. Every copy of the file can be tried for ever, at some "
	    "seconds a try: only a passphrase drawn with dice is worth it." :
	    "Without keys: whoever opens it sees what you own and receive, "
	    "and cannot spend. It may lie where paper with words may not.");
	(void)canvas_wrap(c, x, y + 1, w, 4, 0, STYLE_DIM,
	    "It opens without this program, on any computer: age -d "
	    "coldseal-backup.age. What is in it is text.");
}

static bool
any(const struct app *a)
{
	return a->age.keys || a->age.in.wallets + a->age.in.labels > 0;
}

static void
go_on(struct app *a, struct effects *fx)
{
	flow_vault_stick(a, STICK_FOR_AGE, fx);
}

static bool
has_key(const struct app *a)
{
	return a->nfpr > 0;
}

static void
turn(struct app *a, struct effects *fx)
{
	(void)fx;
	a->age.keys = !a->age.keys;
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "go on", any, go_on },
	{ K_LEFT, K_RIGHT, "Left Right", "change", has_key, turn },
	{ K_ESC, K_NONE, "Esc", "back", NULL, keys_go },
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ 0 }
};

const struct screen age_screen = {
	.title = "backup file",
	.help = "The file has the format of age, which opens it anywhere. "
	    "Inside, a wallet is a descriptor with its checksum and, where "
	    "that can say it, a BSMS record; a label is a line of BIP329; a "
	    "key is a line as it is entered here.\n\nWallets of several "
	    "signers cannot be found again from words alone: this file, or a "
	    "copy of the descriptor on paper, belongs to every backup of "
	    "them.",
	.keys = keys,
	.draw = draw,
};
