#include "tui/screen/screen.h"

/* Feather's own guide, with this signer in the place of its offline half. */
static const struct step {
	const char	*where, *what;
} steps[] = {
	{ "Once, here",
	    "Enter the words of the wallet (F2 goes to Monero's), or make a "
	    "new one of 25 words (n). Press v, then e: the view-only details "
	    "go to a stick, or show as a QR code." },
	{ "Once, online",
	    "Make a view-only wallet of them: in Feather, a wallet from keys; "
	    "with monero-wallet-cli, --generate-from-view-key." },
	{ "1  Online: outputs",
	    "Feather: Tools, Key image sync, with \"Export all outputs\" on, "
	    "to a file. monero-wallet-cli: export_outputs all FILE." },
	{ "2  Here: key images",
	    "Open that file and agree. The answer, x_keyImages, stands beside "
	    "it. Nothing is spent by this." },
	{ "3  Online: import",
	    "Go on in the same window: import the key images. With "
	    "monero-wallet-cli: import_key_images FILE. Now the wallet knows "
	    "what is spent and what you own." },
	{ "4  Online: pay",
	    "Send as usual. The wallet cannot sign, and saves an unsigned "
	    "transaction: unsigned_monero_tx." },
	{ "5  Here: sign",
	    "Open that file, compare every address with the one that you were "
	    "given, and agree. After a new start of this machine open a file "
	    "with all outputs first, as in 1 and 2: the signed file must "
	    "name the key image of each." },
	{ "6  Online: broadcast",
	    "Import signed_monero_tx where the unsigned one was saved, or "
	    "with Tools, Broadcast transaction. With monero-wallet-cli: "
	    "submit_transfer." },
	{ "7  Again",
	    "What comes back to you is a new output: go through 1 to 3 before "
	    "the next payment." },
};

#define STEPS (sizeof(steps) / sizeof(steps[0]))
#define LAST 4			/* of them fill the smallest screen */

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	int w = at.w - 30 < 52 ? at.w - 30 : 52, y = at.y + 1, rows;
	size_t i;

	for (i = a->scroll; i < STEPS && y < at.y + at.h - 1; i++) {
		(void)canvas_text(c, 2, y, STYLE_BOLD, steps[i].where);
		rows = canvas_wrap(c, 26, y, w, at.y + at.h - y, 0,
		    STYLE_PLAIN, steps[i].what);
		y += rows + 1;
	}
}

static struct scroll
scroll(struct app *a)
{
	return (struct scroll){ &a->scroll, STEPS - LAST, 3 };
}

static const struct binding keys[] = {
	SCROLL_KEYS,
	{ K_ESC, K_NONE, "Esc", "back", NULL, help_back },
	{ 0 }
};

const struct screen guide_screen = {
	.title = "Monero, step by step",
	.help = "",
	.keys = keys,
	.draw = draw,
	.scroll = scroll,
};
