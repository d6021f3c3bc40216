#include <stdio.h>

#include "tui/screen/screen.h"

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	int x = 2, y = at.y + 2, w = at.w - 4 < 74 ? at.w - 4 : 74;

	(void)canvas_text(c, x, y, STYLE_BOLD,
	    "Which payment id? 16 digits, 0 to 9 and a to f");
	input_draw(&a->addr.find, c, x, y + 2, 18, false, true);
	(void)canvas_wrap(c, x, y + 5, w, 6, 0, STYLE_PLAIN,
	    "An integrated address is the main address with a payment id in "
	    "it, which tells you later who has paid. Take another id for "
	    "each payer. A subaddress does the same, and is better: nobody "
	    "can see that two of them are of one wallet.");
}

static bool
text(struct app *a, uint32_t key, struct effects *fx)
{
	(void)fx;
	return input_key(&a->addr.find, key);
}

/* The main address alone has such a form. */
static void
enter(struct app *a, struct effects *fx)
{
	if (a->addr.find.n == 0)
		return;
	(void)snprintf(a->addr.ask.with, sizeof(a->addr.ask.with), "%.*s",
	    (int)a->addr.find.n, a->addr.typed);
	a->addr.ask.account = a->addr.ask.from = 0;
	a->addr.at = 0;
	flow_addresses(a, fx);
	flow_go(a, SCREEN_ADDRESS, fx);
}

static void
back(struct app *a, struct effects *fx)
{
	flow_go(a, SCREEN_ADDRESS, fx);
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "show the address", NULL, enter },
	{ K_F1, K_NONE, "F1", "help", NULL, flow_help },
	{ K_ESC, K_NONE, "Esc", "back", NULL, back },
	{ 0 }
};

const struct screen payid_screen = {
	.title = "integrated address",
	.help = "Shops and exchanges used to ask for a payment id beside the "
	    "address; an integrated address holds both, so that none is "
	    "forgotten. The id travels encrypted, and the receiving wallet "
	    "shows it with the payment.\n\nIt needs no secret: the online "
	    "wallet makes the same address of the same id.",
	.keys = keys,
	.draw = draw,
	.text = text,
};
