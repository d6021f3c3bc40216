#include "tui/screen/screen.h"

/* What is in the vault besides keys: to be changed, forgotten, taken along. */
static const char *
kind_of(const struct vault_thing *t)
{
	return t->type == KEPT_WALLET ? "wallet" : t->type == KEPT_LABEL ?
	    "label" : t->type == KEPT_SETTING ? "setting" :
	    t->type == KEPT_COIN ? "coins" : "log";
}

/* The last two rows say all of the one under the cursor. */
#define WHOLE 3

static void
draw_thing(const struct vault_thing *t, struct canvas *c, int y, bool here)
{
	enum style s = here ? STYLE_SELECT : t->odd ? STYLE_BANG :
	    STYLE_PLAIN;
	int x = 13, w = c->w - x - 2, key = w / 2;

	if (here)
		canvas_fill(c, 2, y, c->w - 4, s, ' ');
	(void)canvas_textf(c, 2, y, here ? s : STYLE_DIM, "%s %s", here ? ">" :
	    " ", kind_of(t));
	if (t->key[0] == '\0' || t->type == KEPT_WALLET) {
		(void)canvas_cut(c, x, y, w, s, t->text);
		return;
	}
	(void)canvas_cut(c, x, y, key - 1, s, t->key);
	(void)canvas_cut(c, x + key, y, w - key, s, t->text);
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	const struct vaulting *v = &a->vault;
	int y = at.y + 3, end = at.y + at.h - WHOLE - 1;
	size_t i, fit = end > y ? (size_t)(end - y) : 1;
	size_t from = v->at_thing >= fit ? v->at_thing - fit + 1 : 0;

	(void)canvas_textf(c, 2, at.y + 1, STYLE_BOLD, "In %s besides its "
	    "keys: %zu", v->at.shown, v->nthing);
	if (v->nthing == 0)
		(void)canvas_text(c, 4, y, STYLE_PLAIN, "nothing yet");
	for (i = from; i < v->nthing && i < from + fit; i++)
		draw_thing(&v->thing[i], c, y++, i == v->at_thing);
	if (v->at_thing >= v->nthing)
		return;
	(void)canvas_wrap(c, 4, at.y + at.h - WHOLE, at.w - 8, 1, 0,
	    STYLE_DIM, v->thing[v->at_thing].key);
	(void)canvas_wrap(c, 4, at.y + at.h - WHOLE + 1, at.w - 8, 2, 0,
	    STYLE_DIM, v->thing[v->at_thing].text);
}

static struct scroll
scroll(struct app *a)
{
	size_t n = a->vault.nthing;

	return (struct scroll){ &a->vault.at_thing, n > 0 ? n - 1 : 0, 10 };
}

static const struct vault_thing *
here(const struct app *a)
{
	return a->vault.at_thing < a->vault.nthing ?
	    &a->vault.thing[a->vault.at_thing] : NULL;
}

static bool
has_label(const struct app *a)
{
	const struct vault_thing *t = here(a);

	return t != NULL && t->key[0] != '\0' && (t->type == KEPT_LABEL ||
	    t->type == KEPT_WALLET);
}

static bool
any(const struct app *a)
{
	return here(a) != NULL;
}

static bool
labels(const struct app *a)
{
	return a->vault.nlabel > 0;
}

static void
note(struct app *a, struct effects *fx)
{
	const struct vault_thing *t = here(a);

	if (t != NULL)
		flow_label(a, t->key, t->text, fx);
}

static void
forget(struct app *a, struct effects *fx)
{
	static const char *const why[KEPT_TYPES] = {
		[KEPT_WALLET] = "Forget this wallet? Its change is proven no "
		    "longer, until you register it again. f again forgets "
		    "it.",
		[KEPT_LABEL] = "Forget this label? f again forgets it.",
		[KEPT_SETTING] = "Forget this setting? f again forgets it.",
		[KEPT_COIN] = "Forget all coins that were seen? An amount "
		    "that a file lies about is then not noticed by them. f "
		    "again forgets them.",
		[KEPT_LOG] = "Forget all lines of the log but the last? "
		    "Write it to a stick first. f again forgets them.",
	};

	const struct vault_thing *t = here(a);

	if (t != NULL && flow_sure(a, 'f', t->odd ? "Take it out? A newer "
	    "Coldseal may be able to read it. f again takes it out." :
	    why[t->type]))
		flow_vault_change(a, FX_VAULT_FORGET, a->vault.at_thing, fx);
}

static void
export(struct app *a, struct effects *fx)
{
	flow_vault_stick(a, VAULT_FOR_LABELS, fx);
}

static void
back(struct app *a, struct effects *fx)
{
	a->vault.thing = NULL;
	a->vault.nthing = 0;
	flow_go(a, SCREEN_VAULT, fx);
}

static const struct binding keys[] = {
	{ 'n', K_ENTER, "n", "note or name", has_label, note },
	{ 'f', K_NONE, "f", "forget", any, forget },
	{ 'e', K_NONE, "e", "labels to a stick", labels, export },
	SCROLL_KEYS,
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ K_ESC, K_NONE, "Esc", "back", NULL, back },
	{ 0 }
};

const struct screen things_screen = {
	.title = "inside",
	.help = "Wallets that you registered, labels, coins whose amounts "
	    "were seen, the log. What is forgotten here is gone from the "
	    "vault once it is stored.\n\nLabels come in as a file from a "
	    "stick, as other wallets write them (BIP329, .jsonl): open it "
	    "among the files, read it, agree. e writes them for other wallets.",
	.keys = keys,
	.draw = draw,
	.scroll = scroll,
};
