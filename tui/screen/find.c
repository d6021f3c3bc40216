#include "core/base/limits.h"
#include "tui/screen/screen.h"

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	int x = 2, y = at.y + 2;
	char fpr[9] = "";

	if (a->addr.key < a->nfpr)
		fpr_text(&a->fpr[a->addr.key], fpr);
	(void)canvas_text(c, x, y, STYLE_BOLD, "Is this address mine?");
	input_draw(&a->addr.find, c, x, y + 2, at.w - 4, false, true);
	if (!a->addr.searched)
		(void)canvas_textf(c, x, y + 4, STYLE_DIM, "Type or scan it. "
		    "The first %d addresses of each branch are searched.",
		    LIMIT_ADDRESS_SEARCH);
	else if (a->addr.found)
		(void)canvas_textf(c, x, y + 4, STYLE_PLUS,
		    "It is yours, at %s of key %s", a->addr.path, fpr);
	else
		(void)canvas_wrap(c, x, y + 6, at.w - 4, 4, 0, STYLE_DIM,
		    "Do not let anybody pay to it. Enter looks further; "
		    "another account, another key or a passphrase may have "
		    "made it.");
	if (a->addr.searched && !a->addr.found)
		(void)canvas_textf(c, x, y + 4, STYLE_BANG, "Not among the "
		    "first %u of account %u of the keys at hand.",
		    a->addr.upto, a->addr.ask.account);
}

static bool
text(struct app *a, uint32_t key, struct effects *fx)
{
	(void)fx;
	if (!input_key(&a->addr.find, key))
		return false;
	a->addr.searched = false;
	a->addr.upto = 0;
	return true;
}

#define FURTHEST 1000000

/* Once more: the next ones. */
static void
enter(struct app *a, struct effects *fx)
{
	if (a->addr.find.n == 0 || (a->addr.searched && a->addr.found) ||
	    a->addr.upto >= FURTHEST)
		return;
	a->addr.ask.network = a->network;
	flow_busy(a, PHASE_TEXT);
	flow_effect(fx, FX_FIND, a->addr.upto);
	a->addr.upto += LIMIT_ADDRESS_SEARCH;
}

static void
back(struct app *a, struct effects *fx)
{
	flow_go(a, SCREEN_ADDRESS, fx);
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "search, further", NULL, enter },
	{ K_F1, K_NONE, "F1", "help", NULL, flow_help },
	{ K_ESC, K_NONE, "Esc", "back", NULL, back },
	{ 0 }
};

const struct screen find_screen = {
	.title = "find an address",
	.help = "Looks for an address among those that your key makes. Not "
	    "found does not prove that it is not yours: it may belong to "
	    "another account, another key or a passphrase. Enter once more "
	    "looks through as many again behind those.\n\n"
	    "Spaces, capitals and a scanned \"bitcoin:\" do no harm.",
	.keys = keys,
	.draw = draw,
	.text = text,
};
