#include "tui/screen/screen.h"

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	int x = 4, y = at.y + 2;

	(void)canvas_text(c, x, y, STYLE_BOLD, "Leave Coldseal?");
	(void)canvas_text(c, x, y + 2, STYLE_PLAIN, a->nfpr > 0 ?
	    "All keys are wiped from memory. What was written stays on the "
	    "stick." : "No key is loaded.");
	if (a->vault.dirty)
		(void)canvas_text(c, x, y + 6, STYLE_BANG,
		    "The vault has changes that are not stored: plug in its "
		    "stick first.");
	if (a->back == SCREEN_TARGET)
		(void)canvas_text(c, x, y + 4, STYLE_BANG,
		    "The signed answer has not been written yet.");
}

static void
leave(struct app *a, struct effects *fx)
{
	flow_wipe_entry(a, fx);
	flow_effect(fx, FX_SCRUB, 0);
	flow_effect(fx, FX_QUIT, 0);
}

static void
stay(struct app *a, struct effects *fx)
{
	flow_go(a, a->back, fx);
}

static const struct binding keys[] = {
	{ K_ENTER, 'y', "Enter", "leave", NULL, leave },
	{ K_ESC, 'n', "Esc", "stay", NULL, stay },
	{ 0 }
};

const struct screen leave_screen = {
	.title = "leave",
	.help = "",
	.keys = keys,
	.draw = draw,
};
