#include "tui/screen/screen.h"

static const char *
purpose_name(uint32_t p)
{
	switch (p) {
	case 44: return "44: legacy (1...)";
	case 49: return "49: segwit inside P2SH (3...)";
	case 84: return "84: segwit (bc1q...)";
	case 86: return "86: taproot (bc1p...)";
	default: return "all";
	}
}

/* Paths with a purpose, and a branch for change: not those of Monero. */
static bool
has_purposes(const struct app *a)
{
	return a->addr.ask.key >= a->nfpr ||
	    a->kind[a->addr.ask.key] == KEY_BIP32;
}

static void
draw_head(const struct app *a, struct canvas *c, int y)
{
	const struct address_ask *q = &a->addr.ask;
	char fpr[9] = "";

	if (q->key < a->nfpr)
		fpr_text(&a->fpr[q->key], fpr);
	if (!has_purposes(a)) {
		(void)canvas_textf(c, 2, y, STYLE_BOLD,
		    "%s of Monero wallet %s", q->with[0] != '\0' ?
		    "Integrated address" : "Addresses", fpr);
		if (q->with[0] != '\0') {
			(void)canvas_textf(c, 2, y + 1, STYLE_DIM,
			    "payment id %s", q->with);
			return;
		}
		(void)canvas_textf(c, 2, y + 1, STYLE_DIM, "account %u   "
		    "index %u to %u%s", q->account, q->from,
		    q->from + ADDRESSES_SHOWN - 1, q->account == 0 &&
		    q->from == 0 ? "   (0 is the main address)" : "");
		return;
	}
	(void)canvas_textf(c, 2, y, STYLE_BOLD, "%s addresses of key %s",
	    q->change ? "Change" : "Receive", fpr);
	(void)canvas_textf(c, 2, y + 1, STYLE_DIM, "purpose %s   account %u   "
	    "index %u to %u", purpose_name(q->purpose), q->account, q->from,
	    q->from + ADDRESSES_SHOWN - 1);
}

static void
show(const struct app *a, struct canvas *c, struct area at)
{
	address_list(c, at.y + 4, at.y + at.h - 1, a->addr.text, a->addr.at);
	address_note(c, at.y + at.h - 1, a->addr.text, a->addr.at);
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	draw_head(a, c, at.y + 1);
	if (a->addr.err != 0 && a->addr.ask.with[0] != '\0')
		(void)canvas_text(c, 2, at.y + 4, STYLE_MINUS, "That is no "
		    "payment id: one has 16 digits, 0 to 9 and a to f.");
	else if (a->addr.err != 0)
		(void)canvas_textf(c, 2, at.y + 4, STYLE_MINUS,
		    "No addresses: %s.", err_text(a->addr.err));
	else
		show(a, c, at);
}

/* Of anything else there is no integrated form. */
static void
list(struct app *a, struct effects *fx)
{
	a->addr.ask.with[0] = '\0';
	flow_addresses(a, fx);
}

static void
turn(struct app *a, long by, struct effects *fx)
{
	long from = (long)a->addr.ask.from + by;

	if (from < 0 || from > 1000000)
		return;
	a->addr.ask.from = (uint32_t)from;
	list(a, fx);
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
	a->addr.ask.from = 0;
	list(a, fx);
}

static void
purpose(struct app *a, struct effects *fx)
{
	uint32_t *p = &a->addr.ask.purpose;

	*p = *p == 84 ? 86 : *p == 86 ? 44 : *p == 44 ? 49 : 84;
	first_page(a, fx);
}

static void
change(struct app *a, struct effects *fx)
{
	a->addr.ask.change = !a->addr.ask.change;
	first_page(a, fx);
}

static void
account(struct app *a, struct effects *fx)
{
	a->addr.ask.account = (a->addr.ask.account + 1) % 10;
	first_page(a, fx);
}

static bool
several(const struct app *a)
{
	return a->nfpr > 1;
}

static void
next_key(struct app *a, struct effects *fx)
{
	a->addr.ask.key = (a->addr.ask.key + 1) % (uint32_t)a->nfpr;
	first_page(a, fx);
}

static struct scroll
scroll(struct app *a)
{
	return (struct scroll){ &a->addr.at, ADDRESSES_SHOWN - 1, 1 };
}

static void
show_qr(struct app *a, struct effects *fx)
{
	address_qr(a, a->addr.text, a->addr.at, fx);
}

static bool
any(const struct app *a)
{
	return a->addr.err == 0 && a->addr.text[0] != '\0';
}

static void
find(struct app *a, struct effects *fx)
{
	a->addr.find = input_in(a->addr.typed, sizeof(a->addr.typed));
	a->addr.searched = false;
	a->addr.upto = 0;
	flow_go(a, SCREEN_FIND, fx);
}

static bool
of_monero(const struct app *a)
{
	return !has_purposes(a);
}

static void
integrated(struct app *a, struct effects *fx)
{
	a->addr.typed[0] = '\0';
	a->addr.find = input_in(a->addr.typed, sizeof(a->addr.ask.with) - 1);
	flow_go(a, SCREEN_PAYID, fx);
}

static void
label(struct app *a, struct effects *fx)
{
	address_label(a, a->addr.text, a->addr.at, fx);
}

static const struct binding keys[] = {
	{ K_ENTER, 'q', "Enter", "QR", any, show_qr },
	{ 'f', '/', "f", "find", NULL, find },
	{ 'e', K_NONE, "e", "export", NULL, flow_export },
	{ 'x', K_NONE, "x", "key", several, next_key },
	{ 'l', K_NONE, "l", "label", any, label },
	{ K_PGDN, K_SPACE, "Space", "more", NULL, next_page },
	{ K_ESC, K_NONE, "Esc", "back", NULL, flow_home },
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ 'i', K_NONE, "i", "integrated", of_monero, integrated },
	{ 'p', K_TAB, "p", "purpose", has_purposes, purpose },
	{ 'c', K_NONE, "c", "receive/change", has_purposes, change },
	{ 'n', K_NONE, "n", "account", NULL, account },
	{ K_UP, K_NONE, "Up Down", "choose one", NULL, scroll_up },
	{ K_DOWN, K_NONE, "", NULL, NULL, scroll_down },
	{ K_PGUP, 'b', "PgUp b", "a page back", NULL, prev_page },
	{ K_HOME, K_NONE, "Home", "the first", NULL, first_page },
	{ 0 }
};

const struct screen address_screen = {
	.title = "addresses",
	.help = "Addresses derived here, from your key alone. Compare them "
	    "with what the online wallet shows before you let somebody pay to "
	    "one: a wallet that shows another address is not yours.\n\n"
	    "Purpose is the kind of account: 84 segwit, 86 taproot, 49 segwit "
	    "inside P2SH, 44 legacy.\n\nOf Monero: i makes the integrated "
	    "address of a payment id, Home leads back to the list.",
	.keys = keys,
	.draw = draw,
	.scroll = scroll,
};
