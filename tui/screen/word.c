#include <string.h>

#include "core/base/secret.h"
#include "tui/screen/word.h"

const char *
word_nth(const struct secrets *s, size_t i, size_t *n)
{
	const char *p = s->words;

	while (i-- > 0)
		p += strcspn(p, " ") + 1;
	*n = strcspn(p, " ");
	return p;
}

void
word_grid(const struct app *a, struct canvas *c, int x, int y,
    size_t places, bool show)
{
	const struct secrets *s = a->secret;
	size_t i, k, n;

	for (i = 0; i < places; i++) {
		size_t rows = places > 25 ? (places + 3) / 4 :
		    places > 24 ? 7 : 6;
		int cx = x + (int)(i / rows) * 18, cy = y + (int)(i % rows);
		const char *w;

		(void)canvas_textf(c, cx, cy, STYLE_DIM, "%2zu", i + 1);
		if (i >= s->nword)
			continue;
		w = word_nth(s, i, &n);
		for (k = 0; k < (show ? n : 6); k++)
			canvas_put(c, cx + 3 + (int)k, cy, STYLE_PLAIN,
			    show ? (unsigned char)w[k] : 0x2022);
	}
}

void
word_draw(const struct app *a, struct canvas *c, int x, int y, size_t number)
{
	const struct key_entry *e = &a->entry;
	const char *rest = "";
	int n = (int)e->line.n;

	(void)canvas_textf(c, x, y, STYLE_BOLD, "Word %zu", number);
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
forget_completion(struct app *a)
{
	a->entry.matches = 0;
	a->entry.whole = false;
	wipe(a->secret->first, sizeof(a->secret->first));
}

void
word_clear(struct app *a)
{
	input_clear(&a->entry.line);
	forget_completion(a);
}

bool
word_key(struct app *a, uint32_t key, struct effects *fx)
{
	if (key >= 'A' && key <= 'Z')
		key += 'a' - 'A';
	if (key_is_text(key) && (key < 'a' || key > 'z'))
		return key != '?';
	if (key_is_text(key) && a->entry.line.n >=
	    (a->entry.list == LIST_MONERO ? LIST_WORD_MAX : 8))
		return true;
	if (!input_key(&a->entry.line, key))
		return false;
	forget_completion(a);
	if (a->entry.line.n > 0)
		flow_effect(fx, FX_COMPLETE, 0);
	return true;
}

const char *
word_typed(struct app *a)
{
	const struct key_entry *e = &a->entry;

	if (e->whole)
		return e->line.buf;
	if (e->matches == 1)
		return a->secret->first;
	flow_note(a, STYLE_BANG, e->matches == 0 ?
	    "No word of the list begins so." :
	    "Type more letters: several words begin so.");
	return NULL;
}
