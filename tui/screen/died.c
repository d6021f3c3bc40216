#include "tui/screen/screen.h"

static const char *
what(enum role r)
{
	switch (r) {
	case ROLE_KEEPER:
		return "The keeper, which held the keys, has ended.";
	case ROLE_CLERK:
		return "The clerk, which reads foreign files, has ended. A "
		    "file may have been made to do that.";
	case ROLE_MOUNTER:
		return "The mounter, which hands over sticks, has ended.";
	case ROLE_PARENT:
	case ROLE_FRONT:
	case ROLE_COUNT:
		break;
	}
	return "A part of the program has ended.";
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	int x = 4, y = at.y + 2, w = at.w - 8 < 72 ? at.w - 8 : 72;

	(void)canvas_text(c, x, y, STYLE_REFUSE, " Coldseal has to stop ");
	y += 2 + canvas_wrap(c, x, y + 2, w, 3, 0, STYLE_PLAIN,
	    what(a->died));
	(void)canvas_wrap(c, x, y + 1, w, 4, 0, STYLE_PLAIN,
	    "Everything else ends with it, and the keys are wiped. Nothing "
	    "more is signed. An answer is on the stick whole or not at all.");
}

static const struct binding keys[] = {
	{ K_ENTER, K_ESC, "Enter", "end", NULL, NULL },
	{ 0 }
};

const struct screen died_screen = {
	.title = "stopped",
	.help = "",
	.keys = keys,
	.draw = draw,
};
