#include <string.h>

#include "tui/screen/screen.h"

/* A note on an address, a coin, a wallet. */
static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	const struct noting *n = &a->noting;
	int x = 4, y = at.y + 2, w = at.w - 8 < 72 ? at.w - 8 : 72;

	(void)canvas_text(c, x, y, STYLE_BOLD, strncmp(n->key, "wallet ",
	    7) == 0 ? "A name for this wallet" : "A note on this");
	y += 2 + canvas_wrap(c, x, y + 2, w, 3, 0, STYLE_ACCENT, n->key);
	(void)canvas_text(c, x, y + 1, STYLE_PLAIN, "Note");
	input_draw(&n->text, c, x + 6, y + 1, w - 6, false, true);
	(void)canvas_wrap(c, x, y + 4, w, 5, 0, STYLE_DIM,
	    "Plain letters. It is kept in the vault and stands below this in "
	    "every list and on every page, in quotes: it is your word, and "
	    "proves nothing. Nothing typed takes it away.");
}

static bool
text(struct app *a, uint32_t key, struct effects *fx)
{
	(void)fx;
	if (key_is_text(key) && key > 126)
		return true;
	return input_key(&a->noting.text, key);
}

static void
enter(struct app *a, struct effects *fx)
{
	flow_vault_change(a, FX_LABEL, 0, fx);
}

static void
back(struct app *a, struct effects *fx)
{
	flow_go(a, a->noting.back, fx);
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "keep it", NULL, enter },
	{ K_F1, K_NONE, "F1", "help", NULL, flow_help },
	{ K_ESC, K_NONE, "Esc", "back", NULL, back },
	{ 0 }
};

const struct screen note_screen = {
	.title = "note",
	.help = "A note is seen by you alone, and by whoever you write the "
	    "vault's labels to a stick for. On a page it stands behind a bar "
	    "and in quotes, so that it cannot be taken for a row.\n\n"
	    "One that came in a file from a stick says so.",
	.keys = keys,
	.draw = draw,
	.text = text,
};
