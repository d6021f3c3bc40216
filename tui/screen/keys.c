#include <stdio.h>

#include "tui/screen/screen.h"

/*
 * Where keys come from and where they stay: a row a way.  What is to be added
 * is a row here.
 */
struct way {
	const char	*label, *what;
	bool		(*when)(const struct app *);	/* NULL: always */
	void		(*run)(struct app *, struct effects *);
};

static bool
is_open(const struct app *a)
{
	return a->vault.open;
}

static bool
is_sealed(const struct app *a)
{
	return a->vault.open && a->vault.sealed;
}

static bool
is_shut(const struct app *a)
{
	return !a->vault.open;
}

static void
to_vault(struct app *a, struct effects *fx)
{
	flow_go(a, SCREEN_VAULT, fx);
}

static void
unseal(struct app *a, struct effects *fx)
{
	flow_vault_ask(a, VAULT_AGAIN, fx);
}

static void
make(struct app *a, struct effects *fx)
{
	flow_vault_stick(a, VAULT_FOR_NEW, fx);
}

static bool
has_key(const struct app *a)
{
	return a->nfpr > 0;
}

static bool
has_any(const struct app *a)
{
	return has_key(a) || is_open(a);
}

static bool
is_restored(const struct app *a)
{
	return a->age.open;
}

static void
restore(struct app *a, struct effects *fx)
{
	flow_go(a, SCREEN_RESTORE, fx);
}

static void
to_sheet(struct app *a, struct effects *fx)
{
	(void)a;
	flow_effect(fx, FX_SHEET, 0);
}

static const struct way ways[] = {
	{ "Unseal the vault's keys", "They were sealed when the last consent "
	    "ended. The passphrase brings them back for the next one.",
	    is_sealed, unseal },
	{ "The vault that is open", "Its keys, its log, its settings; a copy "
	    "of it, another passphrase.", is_open, to_vault },
	{ "Open a vault", "A file on a stick that keeps your keys, sealed by "
	    "a passphrase. It may have any name: it is known by how it "
	    "begins.", vault_found, vault_go },
	{ "Enter the words of a key", "12 to 24 words of BIP39, or the 25 of "
	    "a Monero wallet. The key is wiped when you lock or leave.", NULL,
	    flow_words },
	{ "Make a new key", "From dice, coins, cards or key presses, of which "
	    "you can see each one.", NULL, flow_new },
	{ "Make a vault", "On a stick of your choice. Keys that you keep in "
	    "it last: next time its passphrase is enough. It replaces no "
	    "paper: keep the words as well.", is_shut, make },
	{ "Enter shares of a key", "SLIP-39 of one group or several, codex32, "
	    "parts of Seed XOR: one after the other.", NULL, flow_forms },
	{ "Rehearse a backup", "Enter its words or shares: you are told "
	    "whether they are a key at hand or of the vault, and nothing "
	    "else.", has_any, flow_rehearse },
	{ "Shares of a key", "SLIP-39 or codex32, for paper in several "
	    "places: so many of them give the key again.", has_key,
	    flow_backup },
	{ "A backup file", "Wallets, labels and, if you say so, keys, sealed "
	    "by a passphrase. Any computer that has the program age opens "
	    "it. To open one here, choose it among the files.", has_any,
	    flow_age },
	{ "A child of a key", "A secret for another device: words, a private "
	    "key, a password (BIP85). The key makes it again.", has_key,
	    flow_child },
	{ "A recovery sheet", "What belongs beside the paper with the secret, "
	    "to print: it has none on it.", has_any, to_sheet },
	{ "The backup file that is open", "What is in it, and how it comes "
	    "back.", is_restored, restore },
};

#define WAYS (sizeof(ways) / sizeof(ways[0]))

/* The n-th that can be gone, or NULL. */
static const struct way *
nth(const struct app *a, size_t n)
{
	size_t i;

	for (i = 0; i < WAYS; i++)
		if ((ways[i].when == NULL || ways[i].when(a)) && n-- == 0)
			return &ways[i];
	return NULL;
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	int x = 4, y = at.y + 2, w = at.w - 8 < 72 ? at.w - 8 : 72;
	const struct way *way;
	size_t i;

	(void)canvas_text(c, x, y, STYLE_BOLD, "Keys");
	for (i = 0, y += 2; (way = nth(a, i)) != NULL; i++, y++) {
		bool here = i == a->menu;

		if (here)
			canvas_fill(c, x - 2, y, at.w - 4, STYLE_SELECT, ' ');
		(void)canvas_textf(c, x - 2, y, here ? STYLE_SELECT :
		    STYLE_PLAIN, "%s %s", here ? ">" : " ", way->label);
	}
	if ((way = nth(a, a->menu)) != NULL)
		(void)canvas_wrap(c, x, y + 1, w, 4, 0, STYLE_DIM, way->what);
}

static struct scroll
scroll(struct app *a)
{
	size_t n = 0;

	while (nth(a, n) != NULL)
		n++;
	return (struct scroll){ &a->menu, n - 1, n };
}

static void
go(struct app *a, struct effects *fx)
{
	const struct way *way = nth(a, a->menu);

	if (way != NULL)
		way->run(a, fx);
}

void
keys_go(struct app *a, struct effects *fx)
{
	a->menu = 0;
	flow_go(a, SCREEN_KEYS, fx);
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "choose", NULL, go },
	{ K_UP, K_NONE, "Up Down", "move", NULL, scroll_up },
	{ K_DOWN, K_NONE, "", NULL, NULL, scroll_down },
	{ K_ESC, 'k', "Esc", "to the files", NULL, flow_home },
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ 0 }
};

const struct screen keys_screen = {
	.title = "keys",
	.help = "Keys come from words that you enter, from chance that you "
	    "gather, or from a vault. Up to eight are at hand at a time.\n\n"
	    "A vault is one file on a stick. It keeps keys, the wallets that "
	    "you registered, the coins that were seen, and a log of what was "
	    "signed, all sealed by a passphrase. Whoever finds the stick can "
	    "only try passphrases, at some seconds each.",
	.keys = keys,
	.draw = draw,
	.scroll = scroll,
};
