#include "tui/screen/screen.h"

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	int x = 4, y = at.y + 2, w = at.w - 8 < 72 ? at.w - 8 : 72;

	(void)canvas_textf(c, x, y, STYLE_BOLD, "Coldseal %s", a->version);
	(void)canvas_text(c, x, y + 1, STYLE_PLAIN,
	    "Turns a spare PC into an offline signer.");
	(void)canvas_textf(c, x, y + 3, STYLE_PLAIN, "Jail: %s", a->sandbox);
	y += 5 + canvas_wrap(c, x, y + 5, w, 4, 0, STYLE_PLAIN,
	    "Four processes: the keeper holds your keys and never sees a "
	    "foreign byte; the clerk reads foreign files and holds no key; "
	    "the mounter hands over sticks; and this screen.");
	(void)canvas_wrap(c, x, y + 1, w, 8, 0, STYLE_DIM,
	    "MIT licence, without any warranty. It stands on: libsecp256k1 "
	    "(MIT), libsodium (ISC), libseccomp (LGPL 2.1), utf8proc (MIT "
	    "and Unicode), jansson (MIT), ncurses (X11). Their licences lie "
	    "with the packages they came in, under /usr/share/doc.");
}

static const struct binding keys[] = {
	{ K_ESC, K_ENTER, "Esc", "back", NULL, flow_out },
	{ 'd', K_NONE, "d", "verify this stick", airgap_shown, medium_go },
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ 0 }
};

const struct screen about_screen = {
	.title = "about",
	.help = "The jail limits what each process may ask of the system. A "
	    "build for testing, with sanitizers, says so here and must not "
	    "be used with real keys.",
	.keys = keys,
	.draw = draw,
};
