#include <string.h>

#include "tui/screen/screen.h"

/* The column after it; where it would end, if there is nothing to draw on. */
static int
draw_stick(struct canvas *c, int x, int y, const struct stick *s)
{
	x = canvas_text(c, x, y, STYLE_BOLD, s->label);
	if (s->advice[0] != '\0')
		return canvas_textf(c, x, y, STYLE_MINUS, " (%s)", s->advice);
	if (!s->writable)
		return canvas_text(c, x, y, STYLE_BANG, " (read-only)");
	return x;
}

/* Side by side, or one below the other where they do not fit. */
static bool
side_by_side(const struct app *a, const struct canvas *c)
{
	size_t i, n = 10;

	for (i = 0; i < a->nstick; i++) {
		const struct stick *s = &a->stick[i];

		n += strlen(s->label) + 2;
		if (s->advice[0] != '\0')
			n += strlen(s->advice) + 3;
		else if (!s->writable)
			n += strlen(" (read-only)");
	}
	return n <= (size_t)c->w || a->nstick < 2;
}

/* How many rows they took. */
static int
draw_sticks(const struct app *a, struct canvas *c, int y)
{
	size_t i, most = c->h > 40 ? STICKS_MAX : 6;
	bool beside = side_by_side(a, c);
	int x = 10, row = y;

	(void)canvas_text(c, 1, y, STYLE_DIM, "Sticks");
	if (a->nstick == 0)
		(void)canvas_text(c, x, y, STYLE_PLAIN,
		    a->shelf.n > 0 ? "none; what was read stays in memory" :
		    "none; plug one in");
	for (i = 0; i < a->nstick && (beside || i < most); i++) {
		if (beside)
			x = draw_stick(c, x, y, &a->stick[i]) + 2;
		else
			(void)draw_stick(c, x, row++, &a->stick[i]);
	}
	if (i < a->nstick)
		(void)canvas_textf(c, x, row++, STYLE_DIM, "and %zu more",
		    a->nstick - i);
	return beside ? 1 : row - y;
}

static void
draw_keys(const struct app *a, struct canvas *c, int y)
{
	char fpr[9];
	size_t i;
	int x = 10;

	(void)canvas_text(c, 1, y, STYLE_DIM, "Keys");
	if (a->vault.sealed)
		x = canvas_text(c, x, y, STYLE_BANG,
		    "sealed in the vault: Enter asks for its passphrase") + 2;
	else if (a->nfpr == 0)
		x = canvas_text(c, x, y, STYLE_BANG,
		    "none: nothing can be signed; press k for keys") + 2;
	for (i = 0; i < a->nfpr; i++) {
		fpr_text(&a->fpr[i], fpr);
		x = canvas_text(c, x, y, STYLE_BOLD, fpr) + 2;
	}
	if (a->vault.open && !a->vault.sealed)
		(void)canvas_textf(c, x, y, STYLE_DIM, "vault %s open",
		    a->vault.at.shown);
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	size_t pending = shelf_count(&a->shelf, ITEM_PENDING);
	int y;

	airgap_line(a, c, 1, at.y);
	draw_keys(a, c, at.y + 1);
	y = at.y + 3 + draw_sticks(a, c, at.y + 2);
	if (a->busy.phase != PHASE_IDLE && a->busy.phase != PHASE_OPEN) {
		(void)canvas_text(c, 1, y, STYLE_DIM, "Reading");
		return;
	}
	if (a->shelf.n == 0 && a->nstick == 1 &&
	    a->stick[0].advice[0] == '\0')
		(void)canvas_text(c, 1, y, STYLE_PLAIN,
		    "The stick is empty.");
	home_list(a, c, y, at.h - (y - at.y));
	if (a->shelf.n > 0)
		(void)canvas_textf(c, 1, c->h - 2, STYLE_DIM, "%zu to review, "
		    "%zu refused, %zu others. Nothing else is on the sticks.",
		    pending, shelf_count(&a->shelf, ITEM_REFUSED),
		    a->shelf.n - pending -
		    shelf_count(&a->shelf, ITEM_REFUSED));
}

static struct scroll
scroll(struct app *a)
{
	return (struct scroll){ &a->at, a->shelf.n > 0 ? a->shelf.n - 1 : 0,
	    15 };
}

static bool
any(const struct app *a)
{
	return a->at < a->shelf.n;
}

static void
open_item(struct app *a, struct effects *fx)
{
	const struct item *it = &a->shelf.item[a->at];

	if (a->vault.sealed && it->state <= ITEM_FOREIGN) {
		flow_vault_ask(a, VAULT_AGAIN, fx);
		return;
	}
	switch (it->state) {
	case ITEM_VAULT:
		vault_item(a, it, fx);
		return;
	case ITEM_BACKUP:
		flow_age_want(a, it, fx);
		return;
	case ITEM_PENDING:
	case ITEM_REFUSED:
	case ITEM_SIGNED:
	case ITEM_KNOWN:
	case ITEM_FOREIGN:
		flow_review(a, a->at, fx);
		return;
	case ITEM_UNREADABLE:
	case ITEM_SKIPPED:
	case ITEM_WAITING:
	case ITEM_READ:
	case ITEM_STATES:
		flow_go(a, SCREEN_ITEM, fx);
		return;
	}
}

static void
reread(struct app *a, struct effects *fx)
{
	(void)fx;
	a->stale = true;
}

static void
to_address(struct app *a, struct effects *fx)
{
	a->addr.ask.with[0] = '\0';
	flow_go(a, SCREEN_ADDRESS, fx);
	flow_addresses(a, fx);
}

static bool
has_key(const struct app *a)
{
	return a->nfpr > 0;
}

static bool
lacks_key(const struct app *a)
{
	return !has_key(a);
}

static void
say_lacking(struct app *a, struct effects *fx)
{
	(void)fx;
	flow_note(a, STYLE_BANG, "That needs a key. Press k.");
}

static bool
can_lock(const struct app *a)
{
	return a->nfpr > 0 || a->vault.open;
}

static void
to_wallets(struct app *a, struct effects *fx)
{
	a->wallets.at = 0;
	flow_wallets(a, fx);
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
	a->back = SCREEN_HOME;
	flow_go(a, SCREEN_LEAVE, fx);
}

/* What does not fit at the bottom stands in the help. */
static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "look", any, open_item },
	{ 'k', K_NONE, "k", "keys", NULL, keys_go },
	{ 'v', K_NONE, "v", "addresses", has_key, to_address },
	{ 'w', K_NONE, "w", "wallets", has_key, to_wallets },
	{ 'v', 'w', "", NULL, lacks_key, say_lacking },
	{ 's', K_NONE, "s", "settings", NULL, to_settings },
	{ 'l', K_NONE, "l", "lock", can_lock, flow_lock_asked },
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ 'q', K_NONE, "q", "leave", NULL, to_leave },
	{ 'r', K_NONE, "r", "read the sticks again", NULL, reread },
	{ 'i', K_NONE, "i", "about", NULL, to_about },
	{ K_UP, K_NONE, "Up Down", "move", NULL, scroll_up },
	{ K_DOWN, K_NONE, "", NULL, NULL, scroll_down },
	{ K_PGUP, K_NONE, "PgUp PgDn Space", "a page", NULL, scroll_pgup },
	{ K_PGDN, K_SPACE, "", NULL, NULL, scroll_pgdn },
	{ K_HOME, K_NONE, "Home End", "first, last", NULL, scroll_first },
	{ K_END, K_NONE, "", NULL, NULL, scroll_last },
	{ 'g', K_NONE, "g", "air gap: what was tried", airgap_shown,
	    airgap_go },
	{ 'd', K_NONE, "d", "digests of this stick", airgap_shown,
	    medium_go },
	{ 0 }
};

const struct screen home_screen = {
	.title = "files",
	.help = "Every file of every stick stands here, under what became of "
	    "it: to review and sign, refused, signed already, not for the "
	    "keys at hand, not readable, or skipped with the reason.\n\n"
	    "Enter shows what a file does, or why it cannot be read. Looking "
	    "signs nothing. The stick is let go before the first file is "
	    "looked into: you may pull it at any time.",
	.keys = keys,
	.draw = draw,
	.scroll = scroll,
};
