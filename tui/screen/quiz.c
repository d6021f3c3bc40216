#include "tui/screen/word.h"

static size_t
number(const struct app *a)
{
	const struct fresh *n = &a->fresh;

	return n->asked < n->nask ? n->at[n->asked] + 1u : 0;
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	int x = 4, y = at.y + 2, w = at.w - 8 < 72 ? at.w - 8 : 72;

	(void)canvas_text(c, x, y, STYLE_BOLD,
	    "Is it on the paper? Read it from there");
	(void)canvas_textf(c, x, y + 2, STYLE_PLAIN, "Question %zu of %zu",
	    a->fresh.asked + 1, a->fresh.nask);
	word_draw(a, c, x, y + 5, number(a));
	(void)canvas_wrap(c, x, y + 8, w, 4, 0, STYLE_DIM,
	    "The screen was cleared, and the words are in one process alone, "
	    "which checks what you type. After a wrong one the questions "
	    "begin anew.");
}

static bool
text(struct app *a, uint32_t key, struct effects *fx)
{
	return word_key(a, key, fx);
}

static void
answer(struct app *a, struct effects *fx)
{
	if (a->entry.line.n > 0 && word_typed(a) != NULL)
		flow_effect(fx, FX_SAY, 0);
}

static void
ask_all(struct app *a, struct effects *fx)
{
	flow_quiz(a, a->fresh.words, fx);
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "answer", NULL, answer },
	{ K_TAB, K_NONE, "Tab", "ask for all", NULL, ask_all },
	{ K_ESC, K_NONE, "Esc", "wipe", NULL, flow_give_up },
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ 0 }
};

const struct screen quiz_screen = {
	.title = "check",
	.help = "A word misread today is found out today. Four letters are "
	    "enough (three of Monero's words), Enter completes them. Tab asks "
	    "for every word in order, which is the best check there is.\n\n"
	    "If the paper is wrong and you cannot tell how, press Esc twice "
	    "and make another key.",
	.keys = keys,
	.draw = draw,
	.text = text,
};
