#include <string.h>

#include "core/base/secret.h"
#include "tui/screen/word.h"

static bool
right_count(size_t n)
{
	return n >= 12 && n <= WORDS_MAX && n % 3 == 0;
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	int x = 4, y = at.y + 2;

	(void)canvas_text(c, x, y, STYLE_BOLD,
	    "The words of your key: 12, 15, 18, 21 or 24");
	word_grid(a, c, x, y + 2, WORDS_MAX, a->entry.show);
	if (a->secret->nword < WORDS_MAX)
		word_draw(a, c, x, y + 10, a->secret->nword + 1);
	if (right_count(a->secret->nword) && a->entry.line.n == 0)
		(void)canvas_textf(c, x, y + 12, STYLE_PLAIN,
		    "If these %zu are all, press Enter.", a->secret->nword);
	else
		(void)canvas_text(c, x, y + 12, STYLE_DIM,
		    "Four letters are always enough.");
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
	if (s->nword == WORDS_MAX)
		flow_effect(fx, FX_CHECK_WORDS, 0);
}

static void
accept(struct app *a, struct effects *fx)
{
	struct key_entry *e = &a->entry;
	const char *w;

	if (e->line.n == 0 && right_count(a->secret->nword))
		flow_effect(fx, FX_CHECK_WORDS, 0);
	else if (e->line.n == 0)
		flow_note(a, STYLE_BANG, "A key has 12, 15, 18, 21 or 24 "
		    "words. These are %zu.", a->secret->nword);
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
	if (key_is_text(key) && key != '?' && a->secret->nword >= WORDS_MAX)
		return true;
	return word_key(a, key, fx);
}

static void
show(struct app *a, struct effects *fx)
{
	(void)fx;
	a->entry.show = !a->entry.show;
}

static void
back(struct app *a, struct effects *fx)
{
	flow_wipe_entry(a, fx);
	flow_go(a, a->nfpr > 0 ? SCREEN_HOME : SCREEN_WELCOME, fx);
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "take or finish", NULL, accept },
	{ K_TAB, K_NONE, "Tab", "show or hide", NULL, show },
	{ K_BACKSPACE, K_NONE, "Backspace", "undo", NULL, NULL },
	{ K_ESC, K_NONE, "Esc", "wipe", NULL, back },
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
	    "fingerprint of the key is shown before anything else happens.",
	.keys = keys,
	.draw = draw,
	.text = text,
};
