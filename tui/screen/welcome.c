#include "tui/screen/screen.h"

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	int x = 4, w = at.w - 8 < 72 ? at.w - 8 : 72, y = at.y + 2;

	(void)canvas_text(c, x, y, STYLE_BOLD,
	    "This machine signs. It talks to nobody.");
	y += 2 + canvas_wrap(c, x, y + 2, w, at.h, 0, STYLE_PLAIN,
	    "Enter the words of your key, or make a new one. They stay in the "
	    "memory of one process that never sees a foreign file, and are "
	    "wiped when you lock, when you leave, and when you are away.");
	y += 1 + canvas_wrap(c, x, y + 1, w, at.h, 0, STYLE_PLAIN,
	    "Then plug in a stick with unsigned transactions. You will see "
	    "what each one does to what you own, before anything is signed.");
	if (vault_line(a, c, x, y + 1) > 0)
		y += 1;
	(void)canvas_textf(c, x, y + 2, STYLE_DIM,
	    "Network: %s. Press s to choose another.",
	    network_name(a->network));
	keyboard_line(a, c, x, y + 3);
	airgap_line(a, c, x, y + 5);
}

static void
to_settings(struct app *a, struct effects *fx)
{
	a->row = 0;
	flow_go(a, SCREEN_SETTINGS, fx);
}

static void
to_about(struct app *a, struct effects *fx)
{
	flow_go(a, SCREEN_ABOUT, fx);
}

static void
to_leave(struct app *a, struct effects *fx)
{
	a->back = SCREEN_WELCOME;
	flow_go(a, SCREEN_LEAVE, fx);
}

static const struct binding keys[] = {
	{ K_ENTER, 'k', "Enter", "words", NULL, flow_words },
	{ 'e', K_NONE, "e", "shares", NULL, flow_forms },
	{ 'v', K_NONE, "v", "open the vault", vault_found, vault_go },
	{ 'n', K_NONE, "n", "new key", NULL, flow_new },
	{ 'h', K_ESC, "h", "go on", NULL, flow_home },
	{ 's', K_NONE, "s", "settings", NULL, to_settings },
	{ 'g', K_NONE, "g", "air gap", airgap_shown, airgap_go },
	{ 'i', K_NONE, "i", "about", NULL, to_about },
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ 'q', K_NONE, "q", "leave", NULL, to_leave },
	{ 'd', K_NONE, "d", "digests of this stick", airgap_shown,
	    medium_go },
	{ K_F2, K_NONE, "F2", "keyboard", keyboard_shown, keyboard_go },
	{ 0 }
};

const struct screen welcome_screen = {
	.title = "welcome",
	.help = "Begin by entering the 12 to 24 words of your key. They are "
	    "needed again after the next start, unless you keep the key in a "
	    "vault (home, k): a file on a stick, sealed by a passphrase. A "
	    "vault on a stick that is plugged in is found, and v opens "
	    "it.\n\n"
	    "With n you make a new key, from dice, coins, cards or key "
	    "presses.\n\n"
	    "Without a key you can look at files, but nothing can be proven "
	    "to be yours, and nothing can be signed.",
	.keys = keys,
	.draw = draw,
};
