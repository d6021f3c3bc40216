#include "tui/screen/screen.h"

static const char *
advice(enum item_state st)
{
	switch (st) {
	case ITEM_UNREADABLE:
		return "This signer could not make sense of the file. If it "
		    "should be something to sign, export it again from "
		    "the wallet that made it; the place above says where the "
		    "reading ended.";
	case ITEM_SKIPPED:
		return "Only files that hold something to sign are of use "
		    "here. They are read from the top folder of a stick; "
		    "folders, links and devices never are.";
	case ITEM_WAITING:
	case ITEM_READ:
		return "Reading was stopped before this file. Press Esc, then "
		    "r to read the sticks again.";
	case ITEM_PENDING:
	case ITEM_REFUSED:
	case ITEM_SIGNED:
	case ITEM_VAULT:
	case ITEM_BACKUP:
	case ITEM_KNOWN:
	case ITEM_FOREIGN:
	case ITEM_STATES:
		break;
	}
	return "";
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	const struct item *it;
	int x = 4, y = at.y + 2, w = at.w - 8;

	if (a->at >= a->shelf.n)
		return;
	it = &a->shelf.item[a->at];
	y += canvas_wrap(c, x, y, w, at.h / 2, 0, STYLE_BOLD, it->shown) + 1;
	(void)canvas_textf(c, x, y, STYLE_DIM, "%llu bytes",
	    (unsigned long long)it->size);
	y += 2;
	(void)canvas_textf(c, x, y, STYLE_ACCENT, "%s:",
	    item_heading(it->state));
	y += 1 + canvas_wrap(c, x, y + 1, w, 4, 0, STYLE_PLAIN, it->say);
	(void)canvas_wrap(c, x, y + 1, w, 6, 0, STYLE_DIM,
	    advice(it->state));
}

static const struct binding keys[] = {
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ K_ESC, K_ENTER, "Esc", "back", NULL, flow_home },
	{ 0 }
};

const struct screen item_screen = {
	.title = "file",
	.help = "Why this file is not offered for signing. Nothing is wrong "
	    "with your keys or your coins because of it.",
	.keys = keys,
	.draw = draw,
};
