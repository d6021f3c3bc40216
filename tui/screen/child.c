#include <stdio.h>
#include <string.h>

#include "tui/screen/screen.h"
#include "tui/widget/choice.h"

#define ROWS 4
#define LINE 60				/* of a secret that is no words */

enum { ROW_KEY, ROW_KIND, ROW_SIZE, ROW_INDEX };

static void
draw_words(const char *w, struct canvas *c, int x, int y)
{
	size_t i, n;

	for (i = 0; *w != '\0'; i++, w += n + (w[n] == ' ')) {
		n = strcspn(w, " ");
		(void)canvas_textf(c, x + (int)(i / 6) * 18, y + (int)(i % 6),
		    STYLE_PLAIN, "%2zu %.*s", i + 1, (int)n, w);
	}
}

/* In one piece, for it has no gaps. */
static void
draw_text(const char *s, struct canvas *c, int x, int y)
{
	size_t i;

	for (i = 0; s[i] != '\0'; i++)
		canvas_put(c, x + (int)(i % LINE), y + (int)(i / LINE),
		    STYLE_PLAIN, (unsigned char)s[i]);
}

static void
draw_shown(const struct app *a, struct canvas *c, int x, int y)
{
	const char *s = a->secret->share;

	(void)canvas_textf(c, x, y, STYLE_BOLD, "Child %s", a->child.path);
	(a->child.ask.kind == CHILD_WORDS ? draw_words : draw_text)(s, c, x,
	    y + 2);
	(void)canvas_textf(c, x, y + 12, STYLE_DIM, "Shown for %u s more.",
	    (unsigned)((a->backup.until - a->now + 999) / 1000));
}

static void
draw_rows(const struct app *a, struct canvas *c, int y)
{
	const struct childing *k = &a->child;
	const struct child_form *f = child_form(k->ask.kind);
	char text[32];

	fpr_text(&a->fpr[k->key % FPR_MAX], text);
	choice_draw(c, y, k->row == ROW_KEY, "Key", text);
	choice_draw(c, y + 1, k->row == ROW_KIND, "Kind", f->name);
	(void)snprintf(text, sizeof(text), "%u %s", k->ask.size, f->unit);
	choice_draw(c, y + 2, k->row == ROW_SIZE, "Size", f->most > 0 ? text :
	    "it has one size");
	(void)snprintf(text, sizeof(text), "%u", k->ask.index);
	choice_draw(c, y + 3, k->row == ROW_INDEX, "Number", text);
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	int x = 4, y = at.y + 2, w = at.w - 8 < 72 ? at.w - 8 : 72;

	if (a->backup.shown) {
		draw_shown(a, c, x, y);
		return;
	}
	(void)canvas_text(c, x, y, STYLE_BOLD, "A secret for another device, "
	    "made from a key (BIP85)");
	draw_rows(a, c, y + 2);
	y += 7 + canvas_wrap(c, x, y + 7, w, 4, 0, STYLE_PLAIN,
	    "The key makes it again whenever it is asked for the same kind, "
	    "size and number: write those down. It tells nothing of the key "
	    "or of other children.");
	(void)canvas_wrap(c, x, y + 1, w, 4, 0, STYLE_BANG,
	    "Enter shows it, for three minutes. Be alone: no camera, no "
	    "telephone, nobody at the window.");
}

/* The next of its form's sizes, between its least and its most. */
static uint32_t
resize(const struct child_form *f, uint32_t size, bool on)
{
	if (f->most == 0)
		return 0;
	if (on)
		return size + f->step > f->most ? f->least : size + f->step;
	return size < f->least + f->step ? f->most : size - f->step;
}

static void
turn(struct app *a, bool on)
{
	struct childing *k = &a->child;

	if (a->backup.shown)
		return;
	if (k->row == ROW_KEY && a->nfpr > 0) {
		k->key = choice_turn(k->key, a->nfpr, on);
	} else if (k->row == ROW_KIND) {
		k->ask.kind = (enum child_kind)choice_turn(k->ask.kind,
		    CHILD_KINDS, on);
		k->ask.size = child_form(k->ask.kind)->usual;
	} else if (k->row == ROW_SIZE) {
		k->ask.size = resize(child_form(k->ask.kind), k->ask.size,
		    on);
	} else if (on || k->ask.index > 0) {
		k->ask.index += on ? 1 : UINT32_MAX;
	}
}

static void
left(struct app *a, struct effects *fx)
{
	(void)fx;
	turn(a, false);
}

static void
right(struct app *a, struct effects *fx)
{
	(void)fx;
	turn(a, true);
}

static void
down(struct app *a, struct effects *fx)
{
	(void)fx;
	a->child.row = choice_turn(a->child.row, ROWS, true);
}

static void
up(struct app *a, struct effects *fx)
{
	(void)fx;
	a->child.row = choice_turn(a->child.row, ROWS, false);
}

/* Figures may be typed; whether they are allowed, the keeper says. */
static bool
text(struct app *a, uint32_t key, struct effects *fx)
{
	struct childing *k = &a->child;
	uint32_t *n = k->row == ROW_SIZE && child_form(k->ask.kind)->most > 0 ?
	    &k->ask.size : k->row == ROW_INDEX ? &k->ask.index : NULL;

	(void)fx;
	if (n == NULL || a->backup.shown)
		return false;
	if (key == K_BACKSPACE)
		*n /= 10;
	else if (key >= '0' && key <= '9' && *n < UINT32_MAX / 10)
		*n = *n * 10 + (key - '0');
	else
		return key >= '0' && key <= '9';
	return true;
}

static void
hide(struct app *a, struct effects *fx)
{
	flow_hide(a);
	flow_effect(fx, FX_SCRUB, 0);
}

static void
enter(struct app *a, struct effects *fx)
{
	if (a->backup.shown) {
		hide(a, fx);
		return;
	}
	a->child.ask.fpr = a->fpr[a->child.key % FPR_MAX];
	flow_effect(fx, FX_CHILD, 0);
}

static void
back(struct app *a, struct effects *fx)
{
	hide(a, fx);
	keys_go(a, fx);
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "show or hide", NULL, enter },
	{ K_DOWN, K_NONE, "Up Down", "choose", NULL, down },
	{ K_UP, K_NONE, "Up", NULL, NULL, up },
	{ K_LEFT, K_NONE, "Left Right", "change", NULL, left },
	{ K_RIGHT, K_NONE, "Right", NULL, NULL, right },
	{ K_ESC, K_NONE, "Esc", "back", NULL, back },
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ 0 }
};

const struct screen child_screen = {
	.title = "child",
	.help = "Words are for a wallet of their own, on a telephone or "
	    "another signer; wif is one private key, xprv an extended one; "
	    "hex is for whatever wants bytes; base64 and base85 are "
	    "passwords; dice are rolls of a die with six sides.\n\nFigures "
	    "can be typed where the cursor is on a size or a number; "
	    "Backspace takes one back.\n\nWhoever has the key has all of its "
	    "children; whoever has a child has that child alone.",
	.keys = keys,
	.draw = draw,
	.text = text,
};
