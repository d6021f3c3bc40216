#include "tui/screen/screen.h"

#define WIDTH 1000	/* indices looked through, receive and change each */

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	int x = 2, y = at.y + 2;

	(void)canvas_text(c, x, y, STYLE_BOLD, "Is this address mine?");
	input_draw(&a->addr.find, c, x, y + 2, at.w - 4, false, true);
	if (!a->addr.searched)
		(void)canvas_textf(c, x, y + 4, STYLE_DIM, "Type or paste it. "
		    "The first %d receive and change addresses of account %u "
		    "are searched.", WIDTH, a->addr.ask.account);
	else if (a->addr.found)
		(void)canvas_textf(c, x, y + 4, STYLE_PLUS,
		    "It is yours, at %s", a->addr.path);
	else
		(void)canvas_textf(c, x, y + 4, STYLE_BANG,
		    "Not among the first %d of account %u of this key.",
		    WIDTH, a->addr.ask.account);
}

static bool
text(struct app *a, uint32_t key, struct effects *fx)
{
	(void)fx;
	if (!input_key(&a->addr.find, key))
		return false;
	a->addr.searched = false;
	return true;
}

static void
enter(struct app *a, struct effects *fx)
{
	if (a->addr.find.n == 0)
		return;
	a->addr.ask.network = a->network;
	flow_busy(a, PHASE_TEXT);
	flow_effect(fx, FX_FIND, WIDTH);
}

static void
back(struct app *a, struct effects *fx)
{
	flow_go(a, SCREEN_ADDRESS, fx);
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "search", NULL, enter },
	{ K_F1, K_NONE, "F1", "help", NULL, flow_help },
	{ K_ESC, K_NONE, "Esc", "back", NULL, back },
	{ 0 }
};

const struct screen find_screen = {
	.title = "find an address",
	.help = "Looks for an address among those that your key makes. Not "
	    "found does not prove that it is not yours: it may belong to "
	    "another account, another key or a passphrase.",
	.keys = keys,
	.draw = draw,
	.text = text,
};
