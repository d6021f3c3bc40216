#include <string.h>

#include "core/base/secret.h"
#include "tui/screen/word.h"

/* What words there are, and which of them a number of words can be. */
static const struct form {
	enum word_list	 list;
	enum key_kind	 kind;
	enum pieces	 pieces;	/* one of several */
	size_t		 least, most;
	const char	*title, *enough, *count;
} forms[] = {
	{ LIST_BIP39, KEY_BIP32, PIECES_NONE, 12, 24,
	    "The words of your key: 12, 15, 18, 21 or 24",
	    "Four letters are always enough.",
	    "A key has 12, 15, 18, 21 or 24 words." },
	{ LIST_MONERO, KEY_MONERO, PIECES_NONE, 25, 25,
	    "The 25 words of your Monero wallet",
	    "Three letters are always enough.",
	    "A Monero wallet has 25 words." },
	{ LIST_BIP39, KEY_MONERO, PIECES_NONE, 16, 16,
	    "The 16 words of your Monero wallet (polyseed)",
	    "Four letters are always enough.",
	    "A wallet of polyseed words has 16 of them." },
	{ LIST_SLIP39, KEY_BIP32, PIECES_SLIP39, 20, 59,
	    "A share of SLIP-39: 20, 33 or 59 words",
	    "Four letters are always enough.",
	    "A share has 20, 33 or 59 words." },
	{ LIST_BIP39, KEY_BIP32, PIECES_XOR, 12, 24,
	    "A part of Seed XOR: 12, 18 or 24 words",
	    "Four letters are always enough.",
	    "A part has 12, 18 or 24 words." },
};

#define FORMS (sizeof(forms) / sizeof(forms[0]))

static const struct form *
form(const struct app *a)
{
	return &forms[a->entry.form % FORMS];
}

size_t
words_forms(void)
{
	return FORMS;
}

const char *
words_form(size_t i)
{
	return forms[i].title;
}

/* Pieces of another kind do not go with those that are there. */
static bool
may_change(const struct app *a)
{
	return a->entry.pieces.all == 0;
}

static void
finish(struct app *a, struct effects *fx)
{
	const struct form *f = form(a);

	flow_effect(fx, f->pieces != PIECES_NONE ? FX_GATHER : FX_CHECK_WORDS,
	    f->pieces == PIECES_XOR ? GATHER_PART : GATHER_SHARE);
}

static bool
right_count(const struct app *a)
{
	const struct form *f = form(a);
	size_t n = a->secret->nword;

	if (f->list == LIST_SLIP39)
		return n == 20 || n == 33 || n == f->most;
	if (f->pieces == PIECES_XOR)
		return n == 12 || n == 18 || n == 24;
	return n == f->most || (n >= f->least && n < f->most && n % 3 == 0);
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	const struct form *f = form(a);
	int x = 4, y = at.y + 2;
	size_t n = a->secret->nword, most = n < 20 ? 20 : n < 33 ? 33 : 59;

	if (f->list != LIST_SLIP39)
		most = f->most;
	if (f->pieces != PIECES_NONE && a->entry.pieces.all > 0)
		(void)canvas_textf(c, x, y, STYLE_BOLD, "%s (number %u)",
		    f->title, a->entry.pieces.all + 1u);
	else
		(void)canvas_text(c, x, y, STYLE_BOLD, f->title);
	word_grid(a, c, x, y + 2, most, a->entry.show);
	y -= most > 33 ? 4 : 0;
	if (n < f->most)
		word_draw(a, c, x, y + (most > 25 ? 12 : 10) +
		    (most > 33 ? 9 : 0), n + 1);
	y += most > 33 ? 10 : most > 25 ? 2 : 0;
	if (right_count(a) && a->entry.line.n == 0)
		(void)canvas_textf(c, x, y + 12, STYLE_PLAIN,
		    "If these %zu are all, press Enter.", a->secret->nword);
	else
		(void)canvas_text(c, x, y + 12, STYLE_DIM, f->enough);
	if (a->secret->nword == 0 && may_change(a))
		(void)canvas_textf(c, x, y + 14, STYLE_DIM, "F2: %s",
		    a->entry.form + 1 < FORMS ? forms[a->entry.form +
		    1].title : CODEX_NAME);
}

static void
take_word(struct app *a, const char *w, struct effects *fx)
{
	struct secrets *s = a->secret;
	size_t n = strlen(s->words), m = strlen(w);

	if (n + m + 2 > sizeof(s->words))
		return;
	if (n > 0)
		s->words[n++] = ' ';
	memcpy(s->words + n, w, m + 1);
	s->nword++;
	word_clear(a);
	if (s->nword == form(a)->most)
		finish(a, fx);
}

static void
accept(struct app *a, struct effects *fx)
{
	struct key_entry *e = &a->entry;
	const char *w;

	if (e->line.n == 0 && right_count(a))
		finish(a, fx);
	else if (e->line.n == 0)
		flow_note(a, STYLE_BANG, "%s These are %zu.", form(a)->count,
		    a->secret->nword);
	else if ((w = word_typed(a)) != NULL)
		take_word(a, w, fx);
}

/* Backspace on an empty line takes the last word back, to be typed anew. */
static void
take_back(struct app *a)
{
	struct secrets *s = a->secret;
	size_t n;
	const char *w;

	if (s->nword == 0)
		return;
	w = word_nth(s, --s->nword, &n);
	n = (size_t)(w - s->words);
	wipe(s->words + (n > 0 ? n - 1 : 0),
	    sizeof(s->words) - (n > 0 ? n - 1 : 0));
}

static bool
text(struct app *a, uint32_t key, struct effects *fx)
{
	if (key == K_SPACE) {
		if (a->entry.line.n > 0)
			accept(a, fx);
		return true;
	}
	if (key == K_BACKSPACE && a->entry.line.n == 0) {
		take_back(a);
		return true;
	}
	if (key_is_text(key) && key != '?' && a->secret->nword >= form(a)->most)
		return true;
	return word_key(a, key, fx);
}

static void
show(struct app *a, struct effects *fx)
{
	(void)fx;
	a->entry.show = !a->entry.show;
}

void
words_begin(struct app *a, size_t i, bool rehearse, struct effects *fx)
{
	flow_words(a, fx);
	a->entry.rehearse = rehearse;
	a->entry.form = i;
	a->entry.list = forms[i].list;
	a->entry.kind = forms[i].kind;
}

/* Words of another list: those that were typed are none of it. */
static void
other(struct app *a, struct effects *fx)
{
	if (a->entry.form + 1 < FORMS)
		words_begin(a, a->entry.form + 1, a->entry.rehearse, fx);
	else
		codex_begin(a, a->entry.rehearse, fx);
}

static void
back(struct app *a, struct effects *fx)
{
	flow_leave_piece(a, fx);
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "take or finish", NULL, accept },
	{ K_TAB, K_NONE, "Tab", "show", NULL, show },
	{ K_BACKSPACE, K_NONE, "Backspace", "undo", NULL, NULL },
	{ K_F2, K_NONE, "F2", "other list", may_change, other },
	{ K_ESC, K_NONE, "Esc", "wipe", entry_loads, back },
	{ K_ESC, K_NONE, "Esc", "back", entry_rehearses, back },
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ 0 }
};

const struct screen words_screen = {
	.title = "words",
	.help = "Type each word; as soon as only one word of the list begins "
	    "as typed, Enter or Space takes it. Words taken are hidden; Tab "
	    "shows them, so that you can compare them with your paper.\n\n"
	    "Backspace on an empty line takes the last word back. After the "
	    "last word press Enter: the checksum is verified, and the "
	    "fingerprint of the key is shown before anything else happens.\n\n"
	    "F2 goes from the words of BIP39, which most wallets have, to the "
	    "25 words of a Monero wallet, to the 16 that Feather makes, to "
	    "shares of SLIP-39, parts of Seed XOR and codex32, which are "
	    "entered one after the other, and back.",
	.keys = keys,
	.draw = draw,
	.text = text,
};
