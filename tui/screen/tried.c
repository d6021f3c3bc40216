/* What a rehearsal says: yes, the words without the passphrase, or no. */
#include "tui/screen/word.h"

static bool
is_right(const struct app *a)
{
	return a->entry.tried == TRIED_AT_HAND ||
	    a->entry.tried == TRIED_IN_VAULT;
}

static bool
may_have_pass(const struct app *a)
{
	return !is_right(a) && a->entry.kind == KEY_BIP32 &&
	    a->entry.pieces.kind != PIECES_CODEX32;
}

static bool
is_wrong(const struct app *a)
{
	return !is_right(a);
}

static const char *
what_now(const struct app *a)
{
	const struct key_entry *e = &a->entry;

	if (e->tried == TRIED_WORDS)
		return e->with_pass ? "The paper with the words is good. What "
		    "you typed is not this key's passphrase: look at the paper "
		    "it stands on, and press p to type it again." :
		    "The paper with the words is good. This key was made with "
		    "a passphrase, which is half of the backup: press p and "
		    "enter it, too.";
	if (!may_have_pass(a))
		return "It is the paper of another key, or the vault that has "
		    "its key is not open. Look for a mixed-up paper.";
	return e->with_pass ? "It is the paper of another key, or the "
	    "passphrase is another one. Press p to type the passphrase "
	    "again." : "It is the paper of another key, or of one that has "
	    "a passphrase. If there is one, press p and enter it. Else look "
	    "for a mixed-up paper.";
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	const struct key_entry *e = &a->entry;
	int x = 4, y = at.y + 2, w = at.w - 8 < 72 ? at.w - 8 : 72;
	char fpr[9];

	fpr_text(&e->fpr, fpr);
	if (is_right(a)) {
		(void)canvas_textf(c, x, y, STYLE_PLUS,
		    "Yes: what you entered is key %s%s.", fpr,
		    e->tried == TRIED_IN_VAULT ? " of the vault" : "");
		(void)canvas_wrap(c, x, y + 2, w, 4, 0, STYLE_PLAIN,
		    "This backup works. What you entered is wiped when you "
		    "go on; the keys at hand stay as they are.");
		return;
	}
	if (e->tried == TRIED_WORDS)
		(void)canvas_textf(c, x, y, STYLE_BANG, e->with_pass ?
		    "Not yet: the words are those of key %s, the passphrase "
		    "is not." : "Not yet: the words are those of key %s, "
		    "without its passphrase.", fpr);
	else
		(void)canvas_text(c, x, y, STYLE_MINUS, "No: what you entered "
		    "is none of the keys at hand or in the vault.");
	(void)canvas_wrap(c, x, y + 2, w, 5, 0, STYLE_PLAIN, what_now(a));
}

static void
done(struct app *a, struct effects *fx)
{
	flow_wipe_entry(a, fx);
	keys_go(a, fx);
}

/* Pieces stay until they are wiped on purpose. */
static void
back(struct app *a, struct effects *fx)
{
	if (a->entry.pieces.all > 0)
		flow_go(a, SCREEN_PIECES, fx);
	else
		done(a, fx);
}

static bool
is_of_pieces(const struct app *a)
{
	return is_wrong(a) && a->entry.pieces.all > 0;
}

static bool
is_of_words(const struct app *a)
{
	return is_wrong(a) && a->entry.pieces.all == 0;
}

static const struct binding keys[] = {
	{ K_ENTER, K_ESC, "Enter", "go on", is_right, done },
	{ 'p', K_ENTER, "p", "passphrase", may_have_pass, flow_pass },
	{ 'n', K_NONE, "n", "begin anew", is_wrong, flow_rehearse },
	{ K_ESC, K_NONE, "Esc", "back to the pieces", is_of_pieces, back },
	{ K_ESC, K_NONE, "Esc", "end", is_of_words, back },
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ 0 }
};

const struct screen tried_screen = {
	.title = "rehearsal",
	.help = "A rehearsal asks one question: does what stands on paper give "
	    "the key? Of a key that is neither at hand nor in the vault that "
	    "is open, you are told no more than no.\n\nA key with a "
	    "passphrase of BIP39 comes back only with both: the words and the "
	    "passphrase. Where the words are right and the passphrase is not, "
	    "that is said.",
	.keys = keys,
	.draw = draw,
};
