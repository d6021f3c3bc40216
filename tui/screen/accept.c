#include <string.h>

#include "tui/screen/screen.h"

/* "btc.fee.high" is accepted by typing fee.high. */
static const char *
name_of(const char *code)
{
	const char *dot = strchr(code, '.');

	return dot != NULL ? dot + 1 : code;
}

bool
accept_typed(struct app *a, const char *code)
{
	const char *word = a->review.word;

	if (strcmp(word, name_of(code)) == 0 || strcmp(word, code) == 0)
		return true;
	flow_note(a, STYLE_MINUS, "That is not its name.");
	return false;
}

void
accept_draw(const struct app *a, struct canvas *c, int x, int y,
    const char *code)
{
	(void)canvas_textf(c, x, y, STYLE_PLAIN,
	    "If you accept this, type its name: %s", name_of(code));
	input_draw(&a->review.typed, c, x, y + 2, 32, false, true);
}

static const struct finding *
at_hand(const struct app *a)
{
	return &a->review.page->finding[a->review.warn];
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	const struct review *r = &a->review;
	const struct finding *f;
	size_t i, n = 0;
	int x = 4, y = at.y + 2, w = at.w - 8 < 76 ? at.w - 8 : 76;

	if (r->page == NULL || r->warn >= r->page->nfinding)
		return;
	f = at_hand(a);
	for (i = 0; i < r->page->nfinding; i++)
		n += r->page->finding[i].level == LEVEL_WARN;
	(void)canvas_textf(c, x, y, STYLE_BOLD, "Warning %zu of %zu",
	    r->ncode + 1, n);
	(void)canvas_text(c, x, y + 2, STYLE_BANG, f->code);
	y += 4 + canvas_wrap(c, x, y + 3, w, 8, 0, STYLE_PLAIN, f->text);
	accept_draw(a, c, x, y, f->code);
}

bool
accept_text(struct app *a, uint32_t key, struct effects *fx)
{
	(void)fx;
	return input_key(&a->review.typed, key);
}

static void
enter(struct app *a, struct effects *fx)
{
	struct review *r = &a->review;
	const struct finding *f = at_hand(a);

	if (!accept_typed(a, f->code))
		return;
	r->code[r->ncode++] = f->code;
	r->warn++;
	flow_accept(a, fx);
}

static void
back(struct app *a, struct effects *fx)
{
	a->review.ncode = 0;
	flow_go(a, SCREEN_REVIEW, fx);
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "accept", NULL, enter },
	{ K_F1, K_NONE, "F1", "help", NULL, flow_help },
	{ K_ESC, K_NONE, "Esc", "back to the page", NULL, back },
	{ 0 }
};

const struct screen accept_screen = {
	.title = "warning",
	.help = "Each warning is accepted on its own, by its name. If you do "
	    "not understand one, do not accept it: press Esc, and ask whoever "
	    "made the file.",
	.keys = keys,
	.draw = draw,
	.text = accept_text,
};
