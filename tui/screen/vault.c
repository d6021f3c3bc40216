#include <stdio.h>

#include "tui/screen/screen.h"
#include "tui/vault_says.h"

/* --- one that lies on a stick --------------------------------------------- */

bool
vault_found(const struct app *a)
{
	return !a->vault.open && a->vault.nfound > 0;
}

int
vault_line(const struct app *a, struct canvas *c, int x, int y)
{
	const struct vault_place *p = a->vault.found;
	size_t i, n = a->vault.open ? 0 : a->vault.nfound;

	if (n == 1)
		(void)canvas_textf(c, x, y, STYLE_ACCENT,
		    "A vault is there: %s on %s. Press v to open it.",
		    p->shown, p->label);
	for (i = 0; n > 1 && i < n; i++)
		x = canvas_textf(c, x, y, STYLE_ACCENT, "%s%s on %s", i == 0 ?
		    "Vaults are there, v opens one: " : ", ", p[i].shown,
		    p[i].label);
	return n > 0;
}

/* With several, each press of v in the passphrase's stead takes the next. */
void
vault_go(struct app *a, struct effects *fx)
{
	if (a->vault.nfound == 1)
		flow_vault_want(a, &a->vault.found[0], fx);
	else
		flow_go(a, SCREEN_VAULT, fx);
	a->vault.cursor = 0;
}

bool
vault_is_open(const struct app *a, const struct item *it)
{
	return a->vault.open && it->stick == a->vault.at.stick &&
	    strcmp(it->name, a->vault.at.name) == 0;
}

void
vault_item(struct app *a, const struct item *it, struct effects *fx)
{
	const struct stick *st = flow_stick(a, it->stick);
	struct vault_place p = { .stick = it->stick };

	if (a->vault.open && (vault_is_open(a, it) ||
	    flow_stick(a, a->vault.at.stick) == NULL)) {
		flow_go(a, SCREEN_VAULT, fx);
		return;
	}
	if (a->vault.open) {
		flow_note(a, STYLE_BANG, "Another vault is open, %s on %s. "
		    "Lock (l), then open this one.", a->vault.at.shown,
		    a->vault.at.label);
		return;
	}
	(void)snprintf(p.label, sizeof(p.label), "%s", st != NULL ?
	    st->label : "");
	(void)snprintf(p.name, sizeof(p.name), "%s", it->name);
	(void)snprintf(p.shown, sizeof(p.shown), "%.63s", it->shown);
	flow_vault_want(a, &p, fx);
}

/* --- the one that is open ------------------------------------------------- */

static bool
is_open(const struct app *a)
{
	return a->vault.open;
}

static bool
any(const struct app *a)
{
	return a->vault.open ? a->vault.nkey > 0 : a->vault.nfound > 0;
}

static bool
has_keys(const struct app *a)
{
	return a->vault.open && a->vault.nkey > 0;
}

/* Both states whole, or what is odd about one. */
static void
draw_states(const struct app *a, struct canvas *c, int x, int y)
{
	const struct vault_about *v = &a->vault.about;
	const char *odd = vault_odd(v->state[0]);
	char text[160];

	if (odd == NULL)
		odd = vault_odd(v->state[1]);
	(void)snprintf(text, sizeof(text), "Stored %llu times. In the file, "
	    "%s.", (unsigned long long)v->sequence, odd != NULL ? odd : "");
	if (odd != NULL)
		(void)canvas_wrap(c, x, y, c->w - 8, 2, 0, STYLE_BANG, text);
	else if (a->vault.made)
		(void)canvas_text(c, x, y, STYLE_PLUS, "Made just now, written "
		    "to the stick, and read back.");
	else
		(void)canvas_textf(c, x, y, STYLE_DIM, "Stored %llu times. "
		    "The file holds this state and the one before it.",
		    (unsigned long long)v->sequence);
}

static void
draw_key(const struct app *a, struct canvas *c, int x, int y, size_t i)
{
	const struct vault_key *k = &a->vault.key[i];
	bool here = i == a->vault.cursor;
	enum style s = here ? STYLE_SELECT : STYLE_PLAIN;
	char fpr[9];

	fpr_text(&k->fpr, fpr);
	if (here)
		canvas_fill(c, x - 2, y, c->w - 4, s, ' ');
	(void)canvas_text(c, x - 2, y, s, here ? ">" : " ");
	(void)canvas_cut(c, x, y, 34, s, k->name);
	(void)canvas_text(c, x + 36, y, s, fpr);
	(void)canvas_text(c, x + 47, y, s, k->kind == KEY_MONERO ? "Monero" :
	    "Bitcoin");
	(void)canvas_text(c, x + 57, y, here ? s : STYLE_PLUS,
	    flow_vault_at_hand(a, &k->fpr) ? "at hand" : "");
}

/* What it costs, what it asks, whether it is stored. */
static void
draw_facts(const struct app *a, struct canvas *c, int x, int y)
{
	const struct vaulting *v = &a->vault;

	(void)canvas_textf(c, x, y, STYLE_DIM, "%zu wallet%s, %zu label%s, "
	    "%zu coin%s seen, log of %zu line%s; %u KiB left", v->nwallet,
	    v->nwallet == 1 ? "" : "s", v->nlabel, v->nlabel == 1 ? "" : "s",
	    v->ncoin, v->ncoin == 1 ? "" : "s", v->nline, v->nline == 1 ?
	    "" : "s", v->about.room >> 10);
	(void)canvas_textf(c, x, y + 1, STYLE_DIM, "Each try of a passphrase "
	    "takes %u MiB of memory, %u passes over it", v->about.cost.kib >>
	    10, v->about.cost.passes);
	(void)canvas_text(c, x, y + 2, STYLE_DIM, flow_vault_each_time(a) ?
	    "The passphrase is asked each time: its keys leave memory with "
	    "each consent" : "The passphrase is asked once: its keys stay "
	    "until you lock or leave");
	if (v->about.odd.n > 0)
		(void)canvas_textf(c, x, y - 1, STYLE_BANG, "%u thing%s in it "
		    "cannot be read, and %s left out; i shows %s",
		    v->about.odd.n, v->about.odd.n == 1 ? "" : "s",
		    v->about.odd.n == 1 ? "is" : "are",
		    v->about.odd.n == 1 ? "it" : "them");
	if (v->dirty)
		(void)canvas_text(c, x, y + 3, STYLE_BANG,
		    "Changes are in memory alone. Plug in its stick.");
	else
		(void)canvas_text(c, x, y + 3, STYLE_PLUS,
		    "All changes are stored.");
}

static void
draw_open(const struct app *a, struct canvas *c, struct area at)
{
	const struct vaulting *v = &a->vault;
	size_t i, fit = (size_t)at.h - 13;
	size_t from = v->cursor >= fit ? v->cursor - fit + 1 : 0;
	int x = 4, y = at.y + 1;

	(void)canvas_textf(c, x, y, STYLE_BOLD, "%s on %s", v->at.shown,
	    v->at.label);
	draw_states(a, c, x, y + 1);
	(void)canvas_text(c, x, y + 3, STYLE_ACCENT, "Keys in it");
	y += 4;
	if (v->nkey == 0)
		(void)canvas_text(c, x, y, STYLE_PLAIN, a->nfpr > 0 ?
		    "none yet; k keeps one of those at hand" :
		    "none yet; enter the words of one, or make one, then keep "
		    "it here");
	for (i = from; i < v->nkey && i < from + fit; i++)
		draw_key(a, c, x, y++, i);
	draw_facts(a, c, x, at.y + at.h - 6);
}

/* --- which one, where there are several ----------------------------------- */

static void
draw_found(const struct app *a, struct canvas *c, struct area at)
{
	int x = 4, y = at.y + 2;
	size_t i;

	(void)canvas_text(c, x, y, STYLE_BOLD, "Which vault?");
	for (i = 0, y += 2; i < a->vault.nfound; i++, y++) {
		const struct vault_place *p = &a->vault.found[i];
		bool here = i == a->vault.cursor;
		enum style s = here ? STYLE_SELECT : STYLE_PLAIN;

		if (here)
			canvas_fill(c, x - 2, y, at.w - 4, s, ' ');
		(void)canvas_textf(c, x - 2, y, s, "%s %s on %s", here ? ">" :
		    " ", p->shown, p->label);
	}
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	if (a->vault.open)
		draw_open(a, c, at);
	else
		draw_found(a, c, at);
}

static struct scroll
scroll(struct app *a)
{
	size_t n = a->vault.open ? a->vault.nkey : a->vault.nfound;

	return (struct scroll){ &a->vault.cursor, n > 0 ? n - 1 : 0, 5 };
}

/* --- its keys ------------------------------------------------------------- */

static void
load(struct app *a, struct effects *fx)
{
	const struct vaulting *v = &a->vault;

	if (!v->open && v->cursor < v->nfound)
		flow_vault_want(a, &v->found[v->cursor], fx);
	else if (v->sealed)
		flow_vault_ask(a, VAULT_AGAIN, fx);
	else if (v->open && v->cursor < v->nkey)
		flow_effect(fx, FX_VAULT_LOAD, v->key[v->cursor].id);
}

static void
load_all(struct app *a, struct effects *fx)
{
	if (a->vault.sealed)
		flow_vault_ask(a, VAULT_AGAIN, fx);
	else
		flow_effect(fx, FX_VAULT_LOAD, 0);
}

static void
drop(struct app *a, struct effects *fx)
{
	if (a->vault.cursor < a->vault.nkey && flow_sure(a, 'f', "Forget this "
	    "key? It leaves the vault for good; without its words on paper "
	    "it is gone. f again forgets it."))
		flow_vault_change(a, FX_VAULT_DROP, a->vault.cursor, fx);
}

static void
name(struct app *a, struct effects *fx)
{
	struct vaulting *v = &a->vault;

	v->name = input_in(v->typed, sizeof(v->typed));
	input_clear(&v->name);
	v->renames = true;
	flow_go(a, SCREEN_KEEP, fx);
}

static void
passphrase(struct app *a, struct effects *fx)
{
	flow_vault_ask(a, VAULT_OLD, fx);
}

static void
copy(struct app *a, struct effects *fx)
{
	if (a->vault.dirty)
		flow_note(a, STYLE_BANG, "First let the changes be stored: "
		    "plug in its stick.");
	else
		flow_vault_stick(a, VAULT_FOR_COPY, fx);
}

static void
each_time(struct app *a, struct effects *fx)
{
	if (flow_vault_each_time(a))
		flow_vault_ask(a, VAULT_ONCE, fx);
	else if (flow_sure(a, 't', "Each time: after every signature the "
	    "vault's keys leave memory, and its passphrase is needed before "
	    "the next. t again sets it."))
		flow_vault_change(a, FX_VAULT_FLAGS, VAULT_EACH_TIME, fx);
}

static void
inside(struct app *a, struct effects *fx)
{
	a->vault.at_thing = a->vault.nthing = 0;
	flow_go(a, SCREEN_THINGS, fx);
	flow_effect(fx, FX_VAULT_THINGS, 0);
}

static void
to_log(struct app *a, struct effects *fx)
{
	(void)a;
	flow_effect(fx, FX_VAULT_LOG, 0);
}

static void
shut(struct app *a, struct effects *fx)
{
	if (!a->vault.dirty || flow_sure(a, 'x', "The vault has changes that "
	    "are not stored yet: plug in its stick. x again closes it without "
	    "them."))
		flow_effect(fx, FX_VAULT_CLOSE, 0);
}

static void
back(struct app *a, struct effects *fx)
{
	if (a->vault.open)
		flow_home(a, fx);
	else
		flow_out(a, fx);
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "use", any, load },
	{ 'a', K_NONE, "a", "all", has_keys, load_all },
	{ 'k', K_NONE, "k", "keep", is_open, flow_vault_keep },
	{ 'n', K_NONE, "n", "name", has_keys, name },
	{ 'f', K_NONE, "f", "forget", has_keys, drop },
	{ 'i', K_NONE, "i", "inside", is_open, inside },
	{ 'o', K_NONE, "o", "log", is_open, to_log },
	{ K_ESC, K_NONE, "Esc", "back", NULL, back },
	{ '?', K_F1, "?", "more", NULL, flow_help },
	{ 'c', K_NONE, "c", "copy", is_open, copy },
	{ 'p', K_NONE, "p", "passphrase", is_open, passphrase },
	{ 't', K_NONE, "t", "ask each time, or once", is_open, each_time },
	{ 'x', K_NONE, "x", "close the vault", is_open, shut },
	{ K_UP, K_NONE, "Up Down", "move", NULL, scroll_up },
	{ K_DOWN, K_NONE, "", NULL, NULL, scroll_down },
	{ 0 }
};

const struct screen vault_screen = {
	.title = "vault",
	.help = "Enter brings the key under the cursor to hand, a all of "
	    "them. Every change is stored at once and read back; while the "
	    "vault's stick is away, changes wait in memory, and are stored "
	    "when it comes back.\n\n"
	    "The file holds two states and writes the older one, so a stick "
	    "that is pulled at the wrong moment still has the other.",
	.keys = keys,
	.draw = draw,
	.scroll = scroll,
};
