#include <stdio.h>

#include "tui/screen/screen.h"
#include "tui/widget/choice.h"

static const unsigned minutes[] = { 1, 2, 5, 10, 20, 30, 60 };

#define MINUTES (sizeof(minutes) / sizeof(minutes[0]))

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	int y = at.y + 2, x = 4;
	char minute[16];

	(void)snprintf(minute, sizeof(minute), "%u min",
	    (a->idle_seconds + 59) / 60);
	choice_draw(c, y, a->row == 0, "Network", network_name(a->network));
	choice_draw(c, y + 2, a->row == 1, "Locks after", minute);
	(void)canvas_wrap(c, x, y + 5, at.w - 8 < 72 ? at.w - 8 : 72, 5, 0,
	    STYLE_DIM, a->row == 0 ?
	    "Paths and addresses belong to one network. Coins on test "
	    "networks have no value; the header says so while one is "
	    "chosen. Files are judged anew when it changes." :
	    "After this time without a key pressed, all keys are wiped from "
	    "memory.");
}

static void
up(struct app *a, struct effects *fx)
{
	(void)fx;
	a->row = 0;
}

static void
down(struct app *a, struct effects *fx)
{
	(void)fx;
	a->row = 1;
}

static void
turn(struct app *a, size_t by)
{
	unsigned now = (a->idle_seconds + 59) / 60;
	size_t i;

	if (a->row == 0) {
		a->network = (enum network)(((size_t)a->network + by) %
		    NET_COUNT);
		a->stale = true;
		return;
	}
	for (i = 0; i + 1 < MINUTES && minutes[i] < now; i++)
		continue;
	if (by != 1 && i > 0)
		i--;
	else if (by == 1 && i + 1 < MINUTES && minutes[i] == now)
		i++;
	a->idle_seconds = minutes[i] * 60;
}

static void
right(struct app *a, struct effects *fx)
{
	(void)fx;
	turn(a, 1);
}

static void
left(struct app *a, struct effects *fx)
{
	(void)fx;
	turn(a, NET_COUNT - 1);
}

static void
back(struct app *a, struct effects *fx)
{
	flow_go(a, a->nfpr > 0 || a->nstick > 0 ? SCREEN_HOME :
	    SCREEN_WELCOME, fx);
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
	.help = "Settings last until the program ends; nothing is stored.",
	.keys = keys,
	.draw = draw,
};
