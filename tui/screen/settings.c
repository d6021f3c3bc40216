#include <stdio.h>

#include "tui/screen/screen.h"
#include "tui/widget/choice.h"

/* What stands in the rows; without a vault the last has no effect. */
static const enum setting rows[] = { SETTING_NETWORK, SETTING_IDLE,
    SETTING_UNIT, SETTING_GAP };
#define ROWS (sizeof(rows) / sizeof(rows[0]))

static const uint32_t minutes[] = { 1, 2, 5, 10, 20, 30, 60 };
static const uint32_t gaps[] = { 20, 50, 100, 200, 500, 1000 };

static size_t
nrows(const struct app *a)
{
	return a->vault.open ? ROWS : ROWS - 1;
}

static uint32_t
now(const struct app *a, enum setting s)
{
	switch (s) {
	case SETTING_NETWORK:
		return (uint32_t)a->network;
	case SETTING_IDLE:
		return (a->idle_seconds + 59) / 60;
	case SETTING_UNIT:
		return a->base ? UNIT_BASE : UNIT_COIN;
	case SETTING_GAP:
	case SETTINGS:
		break;
	}
	return a->vault.settings.value[SETTING_GAP];
}

static void
draw_row(const struct app *a, struct canvas *c, int y, size_t i)
{
	static const char *const names[ROWS] = { "Network", "Locks after",
	    "Amounts in", "Far index" };
	static const char *const units[] = { "BTC, XMR", "sat, piconero" };
	uint32_t v = now(a, rows[i]);
	char text[32];

	if (rows[i] == SETTING_IDLE)
		(void)snprintf(text, sizeof(text), "%u min", v);
	else if (rows[i] == SETTING_GAP)
		(void)snprintf(text, sizeof(text), "%u beyond", v);
	choice_draw(c, y, a->row == i, names[i], rows[i] == SETTING_NETWORK ?
	    network_name(a->network) : rows[i] == SETTING_UNIT ?
	    units[v == UNIT_BASE] : text);
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	static const char *const about[ROWS] = {
		"Paths and addresses belong to one network. Coins on test "
		"networks have no value; the header says so while one is "
		"chosen. Files are judged anew when it changes.",
		"After this time without a key pressed, all keys are wiped "
		"from memory.",
		"How amounts are drawn on a page: what is agreed to is the "
		"same.",
		"Change whose index lies further beyond those of the inputs "
		"warns: a wallet may not look that far." };
	int y = at.y + 2, x = 4;
	size_t i;

	for (i = 0; i < nrows(a); i++)
		draw_row(a, c, y + 2 * (int)i, i);
	y += 2 * (int)nrows(a) + 1;
	y += canvas_wrap(c, x, y, at.w - 8 < 72 ? at.w - 8 : 72, 5, 0,
	    STYLE_DIM, about[a->row < ROWS ? a->row : 0]);
	(void)canvas_text(c, x, y + 1, STYLE_DIM, a->vault.open ?
	    "What you change is kept in the vault, and set when it is opened."
	    : "They last until the program ends; an open vault keeps them.");
}

static void
up(struct app *a, struct effects *fx)
{
	(void)fx;
	a->row -= a->row > 0;
}

static void
down(struct app *a, struct effects *fx)
{
	(void)fx;
	a->row += a->row + 1 < nrows(a);
}

/* The next of some steps, or the one before. */
static uint32_t
step(const uint32_t *v, size_t n, uint32_t from, bool on)
{
	size_t i;

	for (i = 0; i + 1 < n && v[i] < from; i++)
		continue;
	if (!on && i > 0)
		i--;
	else if (on && i + 1 < n && v[i] == from)
		i++;
	return v[i];
}

/* What was said at the start of the program is so until its end: what is
 * chosen here comes after it. */
static void
turn(struct app *a, bool on)
{
	enum setting s = rows[a->row < nrows(a) ? a->row : 0];
	struct settings *kept = &a->vault.settings;

	if (s == SETTING_NETWORK)
		a->network = (enum network)(((size_t)a->network + (on ? 1 :
		    NET_COUNT - 1)) % NET_COUNT);
	else if (s == SETTING_IDLE)
		a->idle_seconds = 60 * step(minutes, sizeof(minutes) /
		    sizeof(minutes[0]), now(a, s), on);
	else if (s == SETTING_UNIT)
		a->base = !a->base;
	else
		kept->value[s] = step(gaps, sizeof(gaps) / sizeof(gaps[0]),
		    now(a, s), on);
	a->stale = a->stale || s != SETTING_IDLE;
	kept->value[s] = now(a, s);
	kept->turned[s] = true;
}

static void
right(struct app *a, struct effects *fx)
{
	(void)fx;
	turn(a, true);
}

static void
left(struct app *a, struct effects *fx)
{
	(void)fx;
	turn(a, false);
}

/* What was changed goes into the vault that is open. */
static void
back(struct app *a, struct effects *fx)
{
	struct settings *s = &a->vault.settings;
	size_t i, turned = 0;

	flow_go(a, a->nfpr > 0 || a->nstick > 0 || a->vault.open ?
	    SCREEN_HOME : SCREEN_WELCOME, fx);
	for (i = 0; i < SETTINGS; i++) {
		turned |= s->turned[i] ? (size_t)1 << i : 0;
		s->turned[i] = false;
	}
	if (turned == 0 || !a->vault.open)
		return;
	flow_effect(fx, FX_SETTING, turned);
	flow_vault_store(a, fx);
}

static const struct binding keys[] = {
	{ K_UP, K_NONE, "Up Down", "choose", NULL, up },
	{ K_DOWN, K_NONE, "Down", NULL, NULL, down },
	{ K_RIGHT, K_SPACE, "Left Right", "change", NULL, right },
	{ K_LEFT, K_NONE, "Left", NULL, NULL, left },
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ K_ESC, K_ENTER, "Esc", "back", NULL, back },
	{ 0 }
};

const struct screen settings_screen = {
	.title = "settings",
	.help = "With a vault open, what you change is kept in it, and set "
	    "again when it is opened; without one, it lasts until the program "
	    "ends. What was said on the command line goes before what the "
	    "vault keeps.\n\nNo setting lifts a refusal.",
	.keys = keys,
	.draw = draw,
};
