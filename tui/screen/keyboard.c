#include "tui/screen/screen.h"

#define COLUMN 36

static size_t
rows(const struct area *at)
{
	return at->h > 9 ? (size_t)at->h - 8 : 1;
}

/* Two columns, as many rows as fit, the cursor always among them. */
static void
draw_list(const struct app *a, struct canvas *c, struct area at)
{
	const struct keyboard *k = &a->keyboard;
	size_t n = rows(&at), first = k->at / (2 * n) * (2 * n), i;

	for (i = first; i < a->keymaps->n && i < first + 2 * n; i++) {
		int x = at.x + 2 + (i - first >= n ? COLUMN : 0);
		int y = at.y + 3 + (int)((i - first) % n);
		enum style s = i == k->at ? STYLE_SELECT : STYLE_PLAIN;

		canvas_fill(c, x, y, COLUMN - 2, s, ' ');
		(void)canvas_textf(c, x, y, s, "%s %s",
		    i == k->used ? "*" : " ", a->keymaps->name[i]);
	}
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	int y = at.y + 4 + (int)rows(&at);

	(void)canvas_textf(c, 4, at.y + 1, STYLE_BOLD,
	    "The keys are read as: %s", a->keymaps->name[a->keyboard.used]);
	draw_list(a, c, at);
	(void)canvas_text(c, 4, y, STYLE_PLAIN, "Try it here:");
	input_draw(&a->keyboard.try, c, 18, y, 40, false, true);
}

/* What is typed here is shown, and is no secret. */
static bool
text(struct app *a, uint32_t key, struct effects *fx)
{
	(void)fx;
	return input_key(&a->keyboard.try, key);
}

static struct scroll
scroll(struct app *a)
{
	struct area at = screen_area(a);

	return (struct scroll){ &a->keyboard.at, a->keymaps->n - 1,
	    rows(&at) };
}

void
keyboard_line(const struct app *a, struct canvas *c, int x, int y)
{
	if (a->keymaps != NULL)
		(void)canvas_textf(c, x, y, STYLE_DIM,
		    "Keyboard: %s. Press F2 to choose another.",
		    a->keymaps->name[a->keyboard.used]);
}

bool
keyboard_shown(const struct app *a)
{
	return a->keymaps != NULL;
}

void
keyboard_go(struct app *a, struct effects *fx)
{
	struct keyboard *k = &a->keyboard;

	k->back = a->screen;
	k->at = k->used;
	k->try = input_in(k->typed, sizeof(k->typed));
	flow_go(a, SCREEN_KEYBOARD, fx);
}

static void
choose(struct app *a, struct effects *fx)
{
	input_clear(&a->keyboard.try);
	flow_effect(fx, FX_KEYMAP, a->keyboard.at);
}

void
flow_keymap(struct app *a, const struct event *ev)
{
	if (ev->err == 0)
		a->keyboard.used = ev->n;
	else
		flow_note(a, STYLE_MINUS, "The layout could not be set; "
		    "switch the machine off and on, and try again.");
}

static void
back(struct app *a, struct effects *fx)
{
	input_clear(&a->keyboard.try);
	flow_go(a, a->keyboard.back, fx);
}

static const struct binding keys[] = {
	{ K_UP, K_NONE, "Up Down PgUp PgDn", "move", NULL, scroll_up },
	{ K_DOWN, K_NONE, "Down", NULL, NULL, scroll_down },
	{ K_PGDN, K_NONE, "PgDn", NULL, NULL, scroll_pgdn },
	{ K_PGUP, K_NONE, "PgUp", NULL, NULL, scroll_pgup },
	{ K_HOME, K_NONE, "Home", NULL, NULL, scroll_first },
	{ K_END, K_NONE, "End", NULL, NULL, scroll_last },
	{ K_ENTER, K_NONE, "Enter", "use this one", NULL, choose },
	{ K_F1, K_NONE, "F1", "help", NULL, flow_help },
	{ K_ESC, K_NONE, "Esc", "back", NULL, back },
	{ 0 }
};

const struct screen keyboard_screen = {
	.title = "keyboard",
	.help = "The machine cannot know what is printed on its keys: it "
	    "takes them for American ones until you choose. Move to a layout, "
	    "press Enter, and type on the line below to see what arrives. A "
	    "passphrase typed on the wrong layout opens a wrong, empty "
	    "wallet.\n\nAccents that are typed with two keys work as far as "
	    "Latin-1 has them. Layouts that do not type the letters of "
	    "English words are not offered.",
	.keys = keys,
	.draw = draw,
	.text = text,
	.scroll = scroll,
};
