#include "tui/screen/screen.h"
#include "tui/vault_says.h"

/* Agreed to, and not signed: the vault could not be written before. */
static bool
signs(const struct app *a)
{
	return a->review.page != NULL && a->review.page->plan.n > 0;
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	int x = 4, y = at.y + 2, w = at.w - 8 < 72 ? at.w - 8 : 72;

	(void)canvas_text(c, x, y, STYLE_BOLD, signs(a) ?
	    "Nothing is signed yet: the vault could not be written" :
	    "It is not in the vault: that could not be written");
	(void)canvas_text(c, x, y + 2, STYLE_BANG, err_code(ERR_UNSTORED));
	y += 4 + canvas_wrap(c, x, y + 3, w, 3, 0, STYLE_PLAIN,
	    vault_unstored(a->vault.why));
	y += 1 + canvas_wrap(c, x, y, w, 5, 0, STYLE_PLAIN, signs(a) ?
	    "A vault remembers which coins a signature was for, and their "
	    "amounts, before it is made: a later file that lies about them "
	    "is then caught. This one would be forgotten." :
	    "It is known until you lock; a vault that is opened again would "
	    "not know of it.");
	(void)canvas_text(c, x, y, STYLE_ACCENT, a->vault.why == ERR_GONE ?
	    "Plug in its stick, then press Enter: it is tried again." :
	    "Enter alone tries it once more.");
	accept_draw(a, c, x, y + 2, err_code(ERR_UNSTORED));
}

static void
enter(struct app *a, struct effects *fx)
{
	if (a->review.typed.n == 0)
		flow_vault_change(a, FX_VAULT_LEARN, 0, fx);
	else if (accept_typed(a, err_code(ERR_UNSTORED)))
		flow_make(a, FX_MAKE_WITHOUT, fx);
}

static void
back(struct app *a, struct effects *fx)
{
	bool pays = signs(a);

	flow_leave_review(a, fx);
	flow_effect(fx, FX_KEYS, 0);
	flow_note(a, STYLE_BANG, "%s", pays ? "Nothing was signed, and "
	    "nothing was written." : "It is known for this session alone.");
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "try again, or accept", NULL, enter },
	{ K_F1, K_NONE, "F1", "help", NULL, flow_help },
	{ K_ESC, K_NONE, "Esc", "do not sign", NULL, back },
	{ 0 }
};

const struct screen unstored_screen = {
	.title = "not stored",
	.help = "Two files that each lie about one amount burn the difference "
	    "as a fee. What is seen is remembered until you lock, and in the "
	    "vault for good: it is written before anything is signed, so "
	    "that no power cut in between forgets it.\n\nWithout it this one "
	    "signature is as if no vault were open; what it taught goes in "
	    "with the next one that can be stored.",
	.keys = keys,
	.draw = draw,
	.text = accept_text,
};
