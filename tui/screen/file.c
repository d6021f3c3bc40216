#include "tui/screen/screen.h"

/* How the file of a new vault is called. */
void
flow_file(struct app *a, struct effects *fx)
{
	struct vaulting *v = &a->vault;

	v->name = input_in(v->typed, sizeof(v->typed));
	input_clear(&v->name);
	flow_go(a, SCREEN_FILE, fx);
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	int x = 4, y = at.y + 2, w = at.w - 8 < 72 ? at.w - 8 : 72;

	(void)canvas_text(c, x, y, STYLE_BOLD, "How shall the vault's file be "
	    "called?");
	(void)canvas_text(c, x, y + 3, STYLE_PLAIN, "Name");
	input_draw(&a->vault.name, c, x + 8, y + 3, 40, false, true);
	(void)canvas_wrap(c, x, y + 6, w, 4, 0, STYLE_DIM, "Letters, digits, "
	    "- and _; .vault is put behind. Who finds the stick reads the "
	    "name. One that is taken gets a number; nothing is overwritten.");
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
back(struct app *a, struct effects *fx)
{
	flow_go(a, SCREEN_STICK, fx);
	flow_effect(fx, FX_STICKS, 0);
}

static void
enter(struct app *a, struct effects *fx)
{
	struct vaulting *v = &a->vault;
	enum err e = kept_file(span_text(v->typed), v->file);

	if (e == 0)
		back(a, fx);
	else
		flow_note(a, STYLE_BANG, e == ERR_RANGE ? "Type a name of at "
		    "most %d letters." : "Letters, digits, - and _ only, and "
		    "a letter or digit first; at most %d.",
		    KEPT_FILE_MAX - (int)sizeof(".vault"));
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "take it", NULL, enter },
	{ K_F1, K_NONE, "F1", "help", NULL, flow_help },
	{ K_ESC, K_NONE, "Esc", "back", NULL, back },
	{ 0 }
};

const struct screen file_screen = {
	.title = "name",
	.help = "The name says nothing of what is in the vault, and need not: "
	    "a vault is known by its first bytes, whatever it is called. With "
	    "several vaults names of their own tell them apart.",
	.keys = keys,
	.draw = draw,
	.text = text,
};
