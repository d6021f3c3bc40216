#include <stdio.h>
#include <string.h>

#include "tui/screen/screen.h"

static size_t
lines(const char *p)
{
	size_t n = 0;

	for (; *p != '\0'; p++)
		n += *p == '\n';
	return n;
}

/* "what|name": its name, and below it who can spend. */
static int
draw_one(struct canvas *c, int y, int w, const char *p, bool here)
{
	size_t n = strcspn(p, "\n"), bar = strcspn(p, "|\n");
	char text[512];

	(void)snprintf(text, sizeof(text), "%s %.*s", here ? ">" : " ",
	    bar < n ? (int)(n - bar - 1) : 0, p + bar + 1);
	if (here)
		canvas_fill(c, 2, y, w - 4, STYLE_SELECT, ' ');
	(void)canvas_cut(c, 2, y, w - 4, here ? STYLE_SELECT : STYLE_BOLD,
	    text);
	(void)snprintf(text, sizeof(text), "%.*s", (int)bar, p);
	(void)canvas_wrap(c, 6, y + 1, w - 8, 2, 0, STYLE_PLAIN, text);
	return y + 4;
}

static void
draw_none(const struct app *a, struct canvas *c, struct area at)
{
	if (a->wallets.err != 0)
		(void)canvas_textf(c, 2, at.y + 3, STYLE_MINUS,
		    "They cannot be listed: %s.", err_text(a->wallets.err));
	else
		(void)canvas_wrap(c, 2, at.y + 3, at.w - 4, 8, 0, STYLE_PLAIN,
		    "None is registered yet. Put the wallet's own file on a "
		    "stick (a descriptor, BSMS, Coldcard, Sparrow, Specter, "
		    "Caravan, a BIP388 policy), look at it, compare its "
		    "addresses with the other signers, and agree.");
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	const char *p = a->wallets.list;
	int y = at.y + 3, end = at.y + at.h - 1;
	size_t i, fit = (size_t)(at.h - 3) / 4;

	(void)canvas_text(c, 2, at.y + 1, STYLE_BOLD,
	    "Registered wallets of several keys or conditions");
	if (a->wallets.list[0] == '\0')
		draw_none(a, c, at);
	for (i = 0; *p != '\0' && y < end; i++) {
		if (i + fit > a->wallets.at)
			y = draw_one(c, y, at.w, p, i == a->wallets.at);
		p += strcspn(p, "\n") + (p[strcspn(p, "\n")] == '\n');
	}
}

static struct scroll
scroll(struct app *a)
{
	size_t n = lines(a->wallets.list);

	return (struct scroll){ &a->wallets.at, n > 0 ? n - 1 : 0, 5 };
}

static bool
any(const struct app *a)
{
	return a->wallets.list[0] != '\0';
}

static void
choose(struct app *a, struct effects *fx)
{
	struct wallets *w = &a->wallets;

	w->which = (uint32_t)w->at + 1;
	w->change = false;
	w->from = 0;
	w->line = 0;
	w->text[0] = '\0';
	flow_go(a, SCREEN_WALLET, fx);
	flow_wallet(a, fx);
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "addresses, export", any, choose },
	{ K_UP, K_NONE, "Up Down", "move", any, scroll_up },
	{ K_DOWN, K_NONE, "", NULL, NULL, scroll_down },
	{ 'i', K_NONE, "i", "invite signers", NULL, flow_export_invitation },
	{ 'j', K_NONE, "j", "join keys", NULL, flow_join },
	{ K_ESC, K_NONE, "Esc", "back", NULL, flow_home },
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ 0 }
};

const struct screen wallets_screen = {
	.title = "wallets",
	.help = "Wallets that you agreed to: their coins and change are "
	    "proven, by rebuilding every script from what was registered.\n\n"
	    "The name is what the file said. Who can spend stands below it, "
	    "by the fingerprints of the keys.\n\n"
	    "A new one is set up by sticks: i writes an invitation; each "
	    "signer looks at it, agrees, and gives back his key; here these "
	    "are looked at and agreed to, and j makes the wallet of them. "
	    "Each signer then looks at the invitation and at the wallet.",
	.keys = keys,
	.draw = draw,
	.scroll = scroll,
};
