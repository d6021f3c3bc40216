#include <stdio.h>

#include "tui/screen/screen.h"

/* A key at hand goes into the vault under a name, or one of it gets another
 * name. */
static size_t
next(const struct app *a, size_t i, bool down)
{
	const struct vaulting *v = &a->vault;
	size_t k, n;

	for (n = 0; n < a->nfpr; n++) {
		i = (i + (down ? 1 : a->nfpr - 1)) % a->nfpr;
		for (k = 0; k < v->nkey; k++)
			if (fpr_eq(&v->key[k].fpr, &a->fpr[i]))
				break;
		if (k == v->nkey)
			return i;
	}
	return a->nfpr;
}

void
flow_vault_keep(struct app *a, struct effects *fx)
{
	struct vaulting *v = &a->vault;

	v->renames = false;
	v->name = input_in(v->typed, sizeof(v->typed));
	input_clear(&v->name);
	v->at_key = a->nfpr > 0 ? next(a, a->nfpr - 1, true) : 0;
	if (v->sealed)
		flow_vault_ask(a, VAULT_AGAIN, fx);
	else if (v->at_key < a->nfpr)
		flow_go(a, SCREEN_KEEP, fx);
	else
		flow_note(a, STYLE_BANG, a->nfpr == 0 ? "No key is at hand. "
		    "Enter the words of one, or make one: home, then k." :
		    "Every key at hand is in the vault already.");
}

static const struct fpr *
whose(const struct app *a)
{
	return a->vault.renames ? &a->vault.key[a->vault.cursor].fpr :
	    &a->fpr[a->vault.at_key];
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	const struct vaulting *v = &a->vault;
	int x = 4, y = at.y + 2, w = at.w - 8 < 72 ? at.w - 8 : 72;
	char fpr[9];

	fpr_text(whose(a), fpr);
	(void)canvas_text(c, x, y, STYLE_BOLD, v->renames ?
	    "Another name for this key" : "Keep this key in the vault");
	canvas_box(c, x, y + 2, 20, 3, "");
	(void)canvas_text(c, x + 6, y + 3, STYLE_BOLD, fpr);
	if (v->renames)
		(void)canvas_cut(c, x + 23, y + 3, w - 23, STYLE_PLAIN,
		    v->key[v->cursor].name);
	(void)canvas_text(c, x, y + 7, STYLE_PLAIN, "Name");
	input_draw(&v->name, c, x + 8, y + 7, 40, false, true);
	(void)canvas_wrap(c, x, y + 10, w, 4, 0, STYLE_DIM, v->renames ?
	    "Plain letters, 64 at most. The key itself stays as it is." :
	    "Plain letters, 64 at most: Savings, Cosigner 2. It is sealed in "
	    "the vault like all else, and shown beside the fingerprint.");
}

static bool
text(struct app *a, uint32_t key, struct effects *fx)
{
	(void)fx;
	if (key_is_text(key) && key > 126)
		return true;
	return input_key(&a->vault.name, key);
}

static void
enter(struct app *a, struct effects *fx)
{
	const struct vaulting *v = &a->vault;

	if (v->name.n == 0)
		flow_note(a, STYLE_BANG, "Type a name for it.");
	else if (v->renames)
		flow_vault_change(a, FX_VAULT_NAME, v->cursor, fx);
	else
		flow_vault_change(a, FX_VAULT_KEEP, v->at_key, fx);
}

static void
down(struct app *a, struct effects *fx)
{
	(void)fx;
	a->vault.at_key = next(a, a->vault.at_key, true);
}

static void
up(struct app *a, struct effects *fx)
{
	(void)fx;
	a->vault.at_key = next(a, a->vault.at_key, false);
}

static bool
several(const struct app *a)
{
	return !a->vault.renames && next(a, a->vault.at_key, true) !=
	    a->vault.at_key;
}

static void
back(struct app *a, struct effects *fx)
{
	flow_go(a, SCREEN_VAULT, fx);
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "store", NULL, enter },
	{ K_DOWN, K_NONE, "Up Down", "another key", several, down },
	{ K_UP, K_NONE, "Up", NULL, several, up },
	{ K_F1, K_NONE, "F1", "help", NULL, flow_help },
	{ K_ESC, K_NONE, "Esc", "back", NULL, back },
	{ 0 }
};

const struct screen keep_screen = {
	.title = "keep",
	.help = "The key goes from the one process that knows it into the "
	    "vault, sealed; its bytes pass nowhere else. The words it came "
	    "from are kept with it, so that backups can be made of it "
	    "later. Keep them on paper all the same: sticks die.",
	.keys = keys,
	.draw = draw,
	.text = text,
};
