#include <stdio.h>

#include "tui/screen/screen.h"

/* What is in a backup file, and the way of each part back. */
static int
draw_keys(const struct app *a, struct canvas *c, int x, int y)
{
	const struct aging *g = &a->age;
	char fpr[9];
	size_t i;

	for (i = 0; i < g->nfpr; i++) {
		fpr_text(&g->fpr[i], fpr);
		(void)canvas_textf(c, x, y + (int)i, STYLE_PLAIN,
		    "Key %s: %s", fpr, g->had[i] ?
		    "it was at hand already, so this backup has it" :
		    "it is at hand now");
	}
	return (int)g->nfpr;
}

static void
draw_part(const struct app *a, struct canvas *c, int x, int y, size_t i)
{
	const struct age_part *p = &a->age.part[i];
	bool here = i == a->age.cursor;
	enum style s = here ? STYLE_SELECT : STYLE_PLAIN;

	if (here)
		canvas_fill(c, x - 2, y, c->w - 4, s, ' ');
	(void)canvas_text(c, x - 2, y, s, here ? ">" : " ");
	if (p->kind == BUNDLE_WALLET)
		(void)canvas_textf(c, x, y, s, "Wallet %-40.40s %s",
		    p->name, network_name(p->network));
	else if (p->kind == BUNDLE_LABELS)
		(void)canvas_textf(c, x, y, s, "%zu label%s", p->lines,
		    p->lines == 1 ? "" : "s");
	else if (p->kind == BUNDLE_FILE)
		(void)canvas_textf(c, x, y, s, "File %-42.42s %zu bytes",
		    p->name, p->bytes);
	else
		(void)canvas_textf(c, x, y, s, "Other text, %zu bytes: age "
		    "shows it", p->bytes);
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	const struct aging *g = &a->age;
	int x = 4, y = at.y + 1, rows;
	size_t i, first;

	(void)canvas_textf(c, x, y, STYLE_BOLD, "In %s", g->at.shown);
	y += 2 + draw_keys(a, c, x, y + 2);
	y += g->nfpr > 0;
	rows = at.y + at.h - y - 3;
	first = rows > 0 && g->cursor >= (size_t)rows ? g->cursor + 1 -
	    (size_t)rows : 0;
	for (i = first; i < g->npart && (int)(i - first) < rows; i++)
		draw_part(a, c, x, y + (int)(i - first), i);
	if (g->npart == 0)
		(void)canvas_text(c, x, y, STYLE_DIM, "No wallet and no label "
		    "is in it.");
	(void)canvas_wrap(c, x, at.y + at.h - 2, at.w - 8, 2, 0, STYLE_DIM,
	    g->more ? "There are more than are shown: coldseal backup open "
	    "lists all." : a->vault.open ? "Enter shows the page of one; what "
	    "you agree to goes into the vault." : "Enter shows the page of "
	    "one; no vault is open, so it is known for this session.");
}

static struct scroll
scroll(struct app *a)
{
	return (struct scroll){ &a->age.cursor, a->age.npart > 0 ?
	    a->age.npart - 1 : 0, 8 };
}

static bool
any(const struct app *a)
{
	return a->age.cursor < a->age.npart &&
	    a->age.part[a->age.cursor].kind != BUNDLE_OTHER;
}

static void
take(struct app *a, struct effects *fx)
{
	const struct age_part *p = &a->age.part[a->age.cursor];

	if (a->vault.sealed)
		flow_vault_ask(a, VAULT_AGAIN, fx);
	else if (p->kind == BUNDLE_WALLET && p->network != a->network)
		flow_note(a, STYLE_BANG, "That wallet is of %s, and this "
		    "screen of %s: change it under settings.",
		    network_name(p->network), network_name(a->network));
	else
		flow_effect(fx, FX_AGE_PART, a->age.cursor);
}

static void
shut(struct app *a, struct effects *fx)
{
	flow_effect(fx, FX_AGE_END, 0);
	flow_out(a, fx);
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "its page", any, take },
	{ K_UP, K_NONE, "Up Down", "move", NULL, scroll_up },
	{ K_DOWN, K_NONE, "Down", NULL, NULL, scroll_down },
	{ 'x', K_NONE, "x", "close it", NULL, shut },
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ K_ESC, 'k', "Esc", "to the keys", NULL, keys_go },
	{ 0 }
};

const struct screen restore_screen = {
	.title = "restore",
	.help = "Keys that are in the file came to hand when its passphrase "
	    "opened it; to have them stay, keep them in a vault: keys, the "
	    "vault that is open, k.\n\nWallets and labels are taken like any "
	    "file that came on a stick: you see the page, and agree. A file "
	    "that somebody else gave you could hold a wallet of theirs.\n\n"
	    "Until you close it or lock, it is found again under keys.",
	.keys = keys,
	.draw = draw,
	.scroll = scroll,
};
