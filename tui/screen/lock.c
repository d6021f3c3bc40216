#include <stdio.h>

#include "core/base/passphrase.h"
#include "core/base/secret.h"
#include "tui/screen/screen.h"

/* The passphrase of a vault or a backup: once for one that is, twice for one
 * that will be. */
static bool
is_new(const struct app *a)
{
	return a->vault.asks == VAULT_NEW || a->vault.asks == VAULT_FRESH ||
	    a->vault.asks == BACKUP_NEW;
}

static bool
twice(const struct app *a)
{
	return is_new(a) && !a->entry.show;
}

static const char *
heading(const struct app *a)
{
	static const char *const text[] = {
		[VAULT_OPENS] = "The passphrase of the vault",
		[VAULT_AGAIN] = "The passphrase of the vault, for its keys",
		[VAULT_NEW] = "A passphrase for the new vault",
		[VAULT_OLD] = "Another passphrase: first the one of now",
		[VAULT_FRESH] = "Another passphrase: the new one",
		[VAULT_ONCE] = "To be asked once from now on",
		[BACKUP_OPENS] = "The passphrase of the backup",
		[BACKUP_NEW] = "A passphrase for the backup",
	};

	return text[a->vault.asks];
}

static const char *
about(const struct app *a)
{
	enum vault_asks what = a->vault.asks;

	if (what == VAULT_NEW || what == VAULT_FRESH)
		return "Whoever finds the stick can try passphrases, at a cost "
		    "for each. Six words drawn with dice are beyond anybody; "
		    "a sentence from a book, a name or a date is not. If you "
		    "forget it, nobody can open the vault: your words on "
		    "paper are what is left then.";
	if (what == BACKUP_NEW)
		return a->age.keys ? "Whoever finds the file can try "
		    "passphrases for ever, and has the coins with the right "
		    "one. Six words drawn with dice are beyond anybody. Write "
		    "it down, and keep it elsewhere than the file." :
		    "Whoever finds the file can try passphrases for ever. "
		    "Write it down: who comes after you needs it, too.";
	if (what == BACKUP_OPENS)
		return "Keys that are in it come to hand; wallets and labels "
		    "wait until you look at them. Blanks count, also at the "
		    "end.";
	if (what == VAULT_AGAIN)
		return "This vault is asked each time: its keys left memory "
		    "when the last consent ended.";
	if (what == VAULT_ONCE)
		return "That keys leave memory after each signature is your "
		    "setting; only the passphrase takes it back.";
	return what == VAULT_OLD ? "Blanks count, also at the end." :
	    "It is asked for once; the keys are then in memory until you "
	    "lock, leave, or are away. Blanks count, also at the end.";
}

static size_t
least(const struct app *a)
{
	return a->vault.asks == BACKUP_NEW && a->age.keys ?
	    PASSPHRASE_LEAST_KEYS : PASSPHRASE_LEAST;
}

static bool
too_short(const struct app *a)
{
	return is_new(a) && passphrase_worth(a->entry.pass.n, least(a)) ==
	    PASSPHRASE_TOO_SHORT;
}

static void
remark(const struct app *a, struct canvas *c, int x, int y)
{
	size_t n = a->entry.pass.n;
	enum passphrase_worth w = passphrase_worth(n, least(a));

	if (n == 0 || !is_new(a))
		return;
	x = canvas_textf(c, x, y, w <= PASSPHRASE_SHORT ? STYLE_BANG :
	    STYLE_DIM, "%zu bytes: %s", n, passphrase_says(w));
	if (w == PASSPHRASE_TOO_SHORT)
		(void)canvas_textf(c, x, y, STYLE_BANG,
		    ", %zu are the least", least(a));
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	const struct key_entry *e = &a->entry;
	const struct vault_place *p = a->vault.asks == BACKUP_OPENS ?
	    &a->age.at : &a->vault.at;
	int x = 4, y = at.y + 2, w = at.w - 8 < 72 ? at.w - 8 : 72;

	(void)canvas_text(c, x, y, STYLE_BOLD, heading(a));
	if (p->shown[0] != '\0' && a->vault.asks != VAULT_NEW &&
	    a->vault.asks != BACKUP_NEW)
		(void)canvas_textf(c, x, y + 1, STYLE_DIM, "%s on %s",
		    p->shown, p->label);
	(void)canvas_text(c, x, y + 3, STYLE_PLAIN, "Passphrase");
	input_draw(&e->pass, c, x + 16, y + 3, w - 16, !e->show,
	    !e->in_again);
	if (twice(a)) {
		(void)canvas_text(c, x, y + 5, STYLE_PLAIN, "Once more");
		input_draw(&e->again, c, x + 16, y + 5, w - 16, true,
		    e->in_again);
	}
	remark(a, c, x + 16, y + 7);
	(void)canvas_wrap(c, x, y + 9, w, 5, 0, STYLE_DIM, about(a));
}

static void
enter(struct app *a, struct effects *fx)
{
	struct key_entry *e = &a->entry;

	if (e->pass.n == 0) {
		flow_note(a, STYLE_BANG, "Nothing was typed.");
	} else if (too_short(a)) {
		flow_note(a, STYLE_BANG, "Too short: %zu bytes are the least. "
		    "Go on typing.", least(a));
	} else if (!twice(a)) {
		flow_vault_typed(a, fx);
	} else if (typed_twice(a)) {
		flow_vault_typed(a, fx);
	}
}

static void
back(struct app *a, struct effects *fx)
{
	flow_wipe_entry(a, fx);
	if (a->vault.asks == VAULT_OLD || a->vault.asks == VAULT_FRESH ||
	    a->vault.asks == VAULT_ONCE)
		flow_go(a, SCREEN_VAULT, fx);
	else if (a->vault.asks == VAULT_NEW)
		flow_go(a, SCREEN_KEYS, fx);
	else if (a->vault.asks == BACKUP_NEW)
		flow_go(a, SCREEN_AGE, fx);
	else
		flow_out(a, fx);
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "go on", NULL, enter },
	{ K_TAB, K_NONE, "Tab", "show or hide", NULL, typed_show },
	{ K_F1, K_NONE, "F1", "help", NULL, flow_help },
	{ K_ESC, K_NONE, "Esc", "back", NULL, back },
	{ 0 }
};

const struct screen lock_screen = {
	.title = "vault",
	.help = "The passphrase of a vault is not one of BIP39: a wrong one "
	    "opens nothing, and that is said.\n\nTrying one takes memory and "
	    "some seconds of work, here and for a thief. How much was "
	    "measured when the vault was made, by what that machine could "
	    "do; it stays when the passphrase is changed.",
	.keys = keys,
	.draw = draw,
	.text = typed_text,
};
