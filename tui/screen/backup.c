#include "tui/screen/screen.h"

#define ROWS 3

static const struct {
	uint8_t		 need, of;
	const char	*name;
} plans[] = {
	{ 1, 1, "one, whole" }, { 2, 3, "2 of 3" }, { 3, 5, "3 of 5" },
	{ 2, 2, "2 of 2" }, { 2, 4, "2 of 4" }, { 3, 4, "3 of 4" },
	{ 4, 7, "4 of 7" },
};

#define PLANS (sizeof(plans) / sizeof(plans[0]))

static void
draw_row(const struct app *a, struct canvas *c, int y, size_t row,
    const char *name, const char *value)
{
	bool here = a->backup.row == row;
	enum style s = here ? STYLE_SELECT : STYLE_PLAIN;

	canvas_fill(c, 2, y, 60, s, ' ');
	(void)canvas_textf(c, 2, y, s, "%s %-12s < %s >", here ? ">" : " ",
	    name, value);
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	int x = 4, y = at.y + 2, w = at.w - 8 < 72 ? at.w - 8 : 72;
	char fpr[9];

	fpr_text(&a->fpr[a->backup.key], fpr);
	(void)canvas_text(c, x, y, STYLE_BOLD, "Shares of a key, for paper");
	draw_row(a, c, y + 2, 0, "Key", fpr);
	draw_row(a, c, y + 4, 1, "Shares", plans[a->backup.plan].name);
	draw_row(a, c, y + 6, 2, "Written as", a->backup.codex ?
	    "codex32: letters and figures" : "SLIP-39: words");
	y += 9 + canvas_wrap(c, x, y + 9, w, 5, 0, STYLE_PLAIN,
	    "What is shared is the seed of BIP32. A key that came from BIP39 "
	    "words has one of 64 bytes: 59 words a share, the passphrase is "
	    "in it, and devices that want 20 or 33 words do not take it. It "
	    "restores this same wallet and no other.");
	(void)canvas_wrap(c, x, y + 1, w, 4, 0, STYLE_BANG,
	    "Each share is shown when you ask for it, for three minutes. Be "
	    "alone: no camera, no telephone, nobody at the window.");
}

static void
move(struct app *a, struct effects *fx)
{
	(void)fx;
	a->backup.row = (a->backup.row + 1) % ROWS;
}

static void
up(struct app *a, struct effects *fx)
{
	(void)fx;
	a->backup.row = (a->backup.row + ROWS - 1) % ROWS;
}

static void
turn(struct app *a, bool on)
{
	struct backing *b = &a->backup;

	if (b->row == 0)
		b->key = (b->key + (on ? 1 : a->nfpr - 1)) % a->nfpr;
	else if (b->row == 1)
		b->plan = (b->plan + (on ? 1 : PLANS - 1)) % PLANS;
	else
		b->codex = !b->codex;
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
make(struct app *a, struct effects *fx)
{
	struct backup_ask *ask = &a->backup.ask;

	*ask = (struct backup_ask){ .fpr = a->fpr[a->backup.key],
	    .form = a->backup.codex ? BACKUP_CODEX32 : BACKUP_SLIP39,
	    .need = 1, .groups = 1 };
	ask->group[0].need = plans[a->backup.plan].need;
	ask->group[0].of = plans[a->backup.plan].of;
	if (a->backup.codex && ask->group[0].of == 1)
		ask->group[0].need = 0;		/* the seed itself */
	flow_effect(fx, FX_BACKUP, 0);
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "make them", NULL, make },
	{ K_DOWN, K_NONE, "Up Down", "choose", NULL, move },
	{ K_UP, K_NONE, "Up", NULL, NULL, up },
	{ K_LEFT, K_NONE, "Left Right", "change", NULL, left },
	{ K_RIGHT, K_SPACE, "Right", NULL, NULL, right },
	{ K_ESC, K_NONE, "Esc", "back", NULL, keys_go },
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ 0 }
};

const struct screen backup_screen = {
	.title = "shares",
	.help = "Any so many of the shares give the key again; fewer give "
	    "nothing at all. Keep them in different places.\n\nSLIP-39 is "
	    "read by many programs and devices; codex32 (BIP93) can be "
	    "checked and put together with paper and pencil.\n\nOther plans, "
	    "and groups: coldseal backup make. When they are on paper, try "
	    "them: choose the rehearsal under keys.",
	.keys = keys,
	.draw = draw,
};
