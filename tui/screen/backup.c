#include <stdio.h>

#include "tui/screen/screen.h"
#include "tui/widget/choice.h"

#define SHARES_SLIP39 16
#define SHARES_CODEX32 31
#define NEED_CODEX32 9

enum row { ROW_KEY, ROW_FORM, ROW_GROUPS, ROW_GROUPS_NEED, ROW_GROUP,
    ROW_SHARES, ROW_NEED, ROW_PASS, ROWS };

static const char *const names[ROWS] = {
	[ROW_KEY] = "Key", [ROW_FORM] = "Written as", [ROW_GROUPS] = "Groups",
	[ROW_GROUPS_NEED] = "Groups needed", [ROW_GROUP] = "In group",
	[ROW_SHARES] = "Shares", [ROW_NEED] = "Needed",
	[ROW_PASS] = "Passphrase",
};

/* What is not to be chosen just now is not there. */
static bool
there(const struct backing *b, enum row row)
{
	if (row == ROW_GROUPS || row == ROW_PASS)
		return !b->codex;
	if (row == ROW_GROUPS_NEED || row == ROW_GROUP)
		return !b->codex && b->ask.groups > 1;
	return row != ROW_NEED || b->ask.group[b->at_group].of > 1;
}

static void
value(const struct app *a, enum row row, char *out, size_t cap)
{
	const struct backing *b = &a->backup;
	unsigned need = b->ask.group[b->at_group].need;
	unsigned of = b->ask.group[b->at_group].of;

	if (row == ROW_KEY)
		fpr_text(&a->fpr[b->key], out);
	else if (row == ROW_FORM)
		(void)snprintf(out, cap, "%s", b->codex ?
		    "codex32: letters and figures" : "SLIP-39: words");
	else if (row == ROW_GROUPS && b->ask.groups == 1)
		(void)snprintf(out, cap, "none");
	else if (row == ROW_GROUPS)
		(void)snprintf(out, cap, "%u", b->ask.groups);
	else if (row == ROW_GROUPS_NEED)
		(void)snprintf(out, cap, "%u of %u", b->ask.need,
		    b->ask.groups);
	else if (row == ROW_GROUP)
		(void)snprintf(out, cap, "%u", (unsigned)b->at_group + 1);
	else if (row == ROW_SHARES && of == 1)
		(void)snprintf(out, cap, "one, whole");
	else if (row == ROW_PASS)
		(void)snprintf(out, cap, "%s", b->pass ? "yes, asked for next" :
		    "none");
	else
		(void)snprintf(out, cap, "%u", row == ROW_SHARES ? of : need);
}

/* All groups at a glance. */
static void
draw_groups(const struct app *a, struct canvas *c, int x, int y, int w)
{
	const struct backup_ask *ask = &a->backup.ask;
	char text[256] = "";
	size_t n = 0;
	unsigned g;

	for (g = 0; g < ask->groups && n < sizeof(text) - 24; g++)
		n += (size_t)snprintf(text + n, sizeof(text) - n,
		    "%s%u: %u of %u", g > 0 ? ", " : "Groups ", g + 1,
		    ask->group[g].need, ask->group[g].of);
	(void)canvas_wrap(c, x, y, w, 3, 0, STYLE_DIM, text);
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	int x = 4, y = at.y + 1, w = at.w - 8 < 72 ? at.w - 8 : 72;
	const struct backing *b = &a->backup;
	char text[64];
	int row;

	(void)canvas_text(c, x, y, STYLE_BOLD, "Shares of a key, for paper");
	for (row = 0, y += 2; row < ROWS; row++) {
		if (!there(b, (enum row)row))
			continue;
		value(a, (enum row)row, text, sizeof(text));
		choice_draw(c, y++, b->row == (size_t)row, names[row], text);
	}
	if (there(b, ROW_GROUP))
		draw_groups(a, c, x, y + 1, w);
	y = at.y + at.h - 9;
	(void)canvas_wrap(c, x, y, w, 5, 0, STYLE_PLAIN,
	    "What is shared is the seed of BIP32. A key that came from BIP39 "
	    "words has one of 64 bytes: 59 words a share, the passphrase is "
	    "in it, and devices that want 20 or 33 words do not take it. It "
	    "restores this same wallet and no other.");
	(void)canvas_wrap(c, x, y + 5, w, 3, 0, STYLE_BANG,
	    "Each share is shown when you ask for it, for three minutes. Be "
	    "alone: no camera, no telephone, nobody at the window.");
}

static void
step(struct app *a, bool on)
{
	struct backing *b = &a->backup;

	do
		b->row = choice_turn(b->row, ROWS, on);
	while (!there(b, (enum row)b->row));
}

static void
down(struct app *a, struct effects *fx)
{
	(void)fx;
	step(a, true);
}

static void
up(struct app *a, struct effects *fx)
{
	(void)fx;
	step(a, false);
}

/* From 1 to n, round and round. */
static uint8_t
number(uint8_t now, unsigned n, bool on)
{
	return (uint8_t)(choice_turn((size_t)now - 1, n, on) + 1);
}

/* One of several would be the whole key on each paper. */
static void
mend(struct backing *b, size_t g)
{
	uint8_t *need = &b->ask.group[g].need, *of = &b->ask.group[g].of;
	uint8_t most = b->codex ? NEED_CODEX32 : SHARES_SLIP39;

	if (!b->codex && *of > SHARES_SLIP39)
		*of = SHARES_SLIP39;
	if (*of == 1)
		*need = 1;
	else if (*need < 2)
		*need = 2;
	if (*need > *of)
		*need = *of;
	if (*need > most)
		*need = most;
}

static void
turn_need(struct backing *b, bool on)
{
	uint8_t *need = &b->ask.group[b->at_group].need;
	unsigned of = b->ask.group[b->at_group].of;
	unsigned most = b->codex && of > NEED_CODEX32 ? NEED_CODEX32 : of;

	do
		*need = number(*need, most, on);
	while (*need < 2);
}

static void
turn(struct app *a, bool on)
{
	struct backing *b = &a->backup;
	size_t g;

	if (b->row == ROW_KEY)
		b->key = choice_turn(b->key, a->nfpr, on);
	else if (b->row == ROW_FORM)
		b->codex = !b->codex;
	else if (b->row == ROW_GROUPS)
		b->ask.groups = number(b->ask.groups, BACKUP_GROUPS, on);
	else if (b->row == ROW_GROUPS_NEED)
		b->ask.need = number(b->ask.need, b->ask.groups, on);
	else if (b->row == ROW_GROUP)
		b->at_group = choice_turn(b->at_group, b->ask.groups, on);
	else if (b->row == ROW_SHARES)
		b->ask.group[b->at_group].of = number(
		    b->ask.group[b->at_group].of, b->codex ? SHARES_CODEX32 :
		    SHARES_SLIP39, on);
	else if (b->row == ROW_NEED)
		turn_need(b, on);
	else
		b->pass = !b->pass;
	if (b->codex || b->at_group >= b->ask.groups)
		b->at_group = 0;
	if (b->ask.need > b->ask.groups)
		b->ask.need = b->ask.groups;
	for (g = 0; g < BACKUP_GROUPS; g++)
		mend(b, g);
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
	struct backing *b = &a->backup;

	if (b->pass && !b->codex)
		flow_pass(a, fx);
	else
		flow_backup_make(a, fx);
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "make them", NULL, make },
	{ K_DOWN, K_NONE, "Up Down", "choose", NULL, down },
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
	    "checked and put together with paper and pencil.\n\nGroups: so "
	    "many of the family's shares and so many of the lawyer's, say. "
	    "Each group has its own shares and threshold, and so many of the "
	    "groups must be complete.\n\nA passphrase of SLIP-39 is asked for "
	    "when the shares are put together. Every passphrase gives a key, "
	    "and none tells that it is the wrong one.\n\nA new key made "
	    "without words (a bare seed) has shares of 20 or 33 words, which "
	    "other devices take.\n\nWhen they are on paper, try them: choose "
	    "the rehearsal under keys.",
	.keys = keys,
	.draw = draw,
};
