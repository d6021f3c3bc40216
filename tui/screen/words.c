#include <stdio.h>
#include <string.h>

#include "core/base/secret.h"
#include "tui/screen/screen.h"
#include "tui/utf8.h"

#define WORDS_MAX 24

static bool
right_count(size_t n)
{
	return n >= 12 && n <= WORDS_MAX && n % 3 == 0;
}

/* Where the i-th accepted word begins, and its length. */
static const char *
nth(const struct secrets *s, size_t i, size_t *n)
{
	const char *p = s->words;

	while (i-- > 0)
		p += strcspn(p, " ") + 1;
	*n = strcspn(p, " ");
	return p;
}

static void
draw_grid(const struct app *a, struct canvas *c, int x, int y)
{
	const struct secrets *s = a->secret;
	size_t i, k, n;

	for (i = 0; i < WORDS_MAX; i++) {
		int cx = x + (int)(i / 6) * 18, cy = y + (int)(i % 6);
		const char *w;

		(void)canvas_textf(c, cx, cy, STYLE_DIM, "%2zu", i + 1);
		if (i >= s->nword)
			continue;
		w = nth(s, i, &n);
		for (k = 0; k < (a->entry.show ? n : 6); k++)
			canvas_put(c, cx + 3 + (int)k, cy, STYLE_PLAIN,
			    a->entry.show ? (unsigned char)w[k] : 0x2022);
	}
}

static void
draw_line(const struct app *a, struct canvas *c, int x, int y)
{
	const struct key_entry *e = &a->entry;
	const char *rest = "";
	int n = (int)e->line.n;

	(void)canvas_textf(c, x, y, STYLE_BOLD, "Word %zu",
	    a->secret->nword + 1);
	input_draw(&e->line, c, x + 10, y, 12, false, true);
	if (n == 0)
		return;
	if (e->matches == 1 && strlen(a->secret->first) > e->line.n)
		rest = a->secret->first + n;
	(void)canvas_text(c, x + 10 + n, y, STYLE_DIM, rest);
	if (e->matches == 0)
		(void)canvas_text(c, x + 24, y, STYLE_MINUS,
		    "no word of the list begins so");
	else if (e->whole || e->matches == 1)
		(void)canvas_text(c, x + 24, y, STYLE_PLUS, e->matches > 1 ?
		    "a word; others begin so too" : "Enter takes it");
	else
		(void)canvas_textf(c, x + 24, y, STYLE_DIM,
		    "%zu words begin so", e->matches);
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	int x = 4, y = at.y + 2;

	(void)canvas_text(c, x, y, STYLE_BOLD,
	    "The words of your key: 12, 15, 18, 21 or 24");
	draw_grid(a, c, x, y + 2);
	if (a->secret->nword < WORDS_MAX)
		draw_line(a, c, x, y + 10);
	if (right_count(a->secret->nword) && a->entry.line.n == 0)
		(void)canvas_textf(c, x, y + 12, STYLE_PLAIN,
		    "If these %zu are all, press Enter.", a->secret->nword);
	else
		(void)canvas_text(c, x, y + 12, STYLE_DIM,
		    "Four letters are always enough.");
}

static void
ask(struct app *a, struct effects *fx)
{
	a->entry.matches = 0;
	a->entry.whole = false;
	wipe(a->secret->first, sizeof(a->secret->first));
	if (a->entry.line.n > 0)
		flow_effect(fx, FX_COMPLETE, 0);
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
	input_clear(&a->entry.line);
	ask(a, fx);
	if (s->nword == WORDS_MAX)
		flow_effect(fx, FX_CHECK_WORDS, 0);
}

static void
accept(struct app *a, struct effects *fx)
{
	struct key_entry *e = &a->entry;

	if (e->line.n == 0 && right_count(a->secret->nword))
		flow_effect(fx, FX_CHECK_WORDS, 0);
	else if (e->line.n == 0)
		flow_note(a, STYLE_BANG, "A key has 12, 15, 18, 21 or 24 "
		    "words. These are %zu.", a->secret->nword);
	else if (e->whole)
		take_word(a, e->line.buf, fx);
	else if (e->matches == 1)
		take_word(a, a->secret->first, fx);
	else
		flow_note(a, STYLE_BANG, e->matches == 0 ?
		    "No word of the list begins so." :
		    "Type more letters: several words begin so.");
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
	w = nth(s, --s->nword, &n);
	n = (size_t)(w - s->words);
	wipe(s->words + (n > 0 ? n - 1 : 0),
	    sizeof(s->words) - (n > 0 ? n - 1 : 0));
}

static bool
text(struct app *a, uint32_t key, struct effects *fx)
{
	if (key >= 'A' && key <= 'Z')
		key += 'a' - 'A';
	if (key == K_SPACE) {
		if (a->entry.line.n > 0)
			accept(a, fx);
		return true;
	}
	if (key == K_BACKSPACE && a->entry.line.n == 0) {
		take_back(a);
		return true;
	}
	if (key_is_text(key) && (key < 'a' || key > 'z'))
		return key != '?';
	if (key_is_text(key) && (a->entry.line.n >= 8 ||
	    a->secret->nword >= WORDS_MAX))
		return true;
	if (!input_key(&a->entry.line, key))
		return false;
	ask(a, fx);
	return true;
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
