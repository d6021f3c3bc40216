#include <stdio.h>

#include "tui/screen/screen.h"

static void
show(const struct app *a, struct canvas *c, struct area at)
{
	address_list(c, at.y + 4, at.y + at.h - 1, a->wallets.text,
	    a->wallets.line);
	address_note(c, at.y + at.h - 1, a->wallets.text, a->wallets.line);
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	const struct wallets *w = &a->wallets;
	char name[128], text[192];
	int x;

	flow_wallet_name(a, name, sizeof(name));
	x = canvas_textf(c, 2, at.y + 1, STYLE_BOLD, "%s addresses of ",
	    w->change ? "Change" : "Receive");
	(void)canvas_cut(c, x, at.y + 1, at.w - x - 1, STYLE_BOLD, name);
	(void)snprintf(text, sizeof(text), "index %u to %u", w->from,
	    w->from + ADDRESSES_SHOWN - 1);
	(void)canvas_text(c, 2, at.y + 2, STYLE_DIM, text);
	if (w->err != 0)
		(void)canvas_textf(c, 2, at.y + 4, STYLE_MINUS,
		    "No addresses: %s.", w->err == ERR_RANGE ?
		    "this wallet has none there" : err_text(w->err));
	else
		show(a, c, at);
}

static void
turn(struct app *a, long by, struct effects *fx)
{
	long from = (long)a->wallets.from + by;

	if (from < 0 || from > 1000000)
		return;
	a->wallets.from = (uint32_t)from;
	flow_wallet(a, fx);
}

static void
next_page(struct app *a, struct effects *fx)
{
	turn(a, ADDRESSES_SHOWN, fx);
}

static void
prev_page(struct app *a, struct effects *fx)
{
	turn(a, -ADDRESSES_SHOWN, fx);
}

static void
first_page(struct app *a, struct effects *fx)
{
	a->wallets.from = 0;
	flow_wallet(a, fx);
}

static void
change(struct app *a, struct effects *fx)
{
	a->wallets.change = !a->wallets.change;
	first_page(a, fx);
}

static struct scroll
scroll(struct app *a)
{
	return (struct scroll){ &a->wallets.line, ADDRESSES_SHOWN - 1, 1 };
}

static bool
any(const struct app *a)
{
	return a->wallets.err == 0 && a->wallets.text[0] != '\0';
}

static void
show_qr(struct app *a, struct effects *fx)
{
	address_qr(a, a->wallets.text, a->wallets.line, fx);
}

static void
label(struct app *a, struct effects *fx)
{
	address_label(a, a->wallets.text, a->wallets.line, fx);
}

static const struct binding keys[] = {
	{ K_ENTER, 'q', "Enter", "QR", any, show_qr },
	{ 'c', K_TAB, "c", "receive/change", NULL, change },
	{ 'e', K_NONE, "e", "export", NULL, flow_export_wallet },
	{ 'l', K_NONE, "l", "label", any, label },
	{ K_PGDN, K_SPACE, "Space", "more", NULL, next_page },
	{ K_ESC, K_NONE, "Esc", "back", NULL, flow_wallets },
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ K_UP, K_NONE, "Up Down", "choose one", NULL, scroll_up },
	{ K_DOWN, K_NONE, "", NULL, NULL, scroll_down },
	{ K_PGUP, 'b', "PgUp b", "a page back", NULL, prev_page },
	{ K_HOME, K_NONE, "Home", "the first", NULL, first_page },
	{ 0 }
};

const struct screen wallet_screen = {
	.title = "wallet",
	.help = "Addresses of a registered wallet, made here from what was "
	    "registered. Compare the first ones with every other signer and "
	    "with the online wallet before anybody pays to them.\n\n"
	    "e writes the wallet for another program or signer: it holds "
	    "public keys alone.",
	.keys = keys,
	.draw = draw,
	.scroll = scroll,
};
