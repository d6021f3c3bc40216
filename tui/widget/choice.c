#include "tui/widget/choice.h"

#define WIDE 60

void
choice_draw(struct canvas *c, int y, bool here, const char *name,
    const char *value)
{
	enum style s = here ? STYLE_SELECT : STYLE_PLAIN;

	canvas_fill(c, 2, y, WIDE, s, ' ');
	(void)canvas_textf(c, 2, y, s, "%s %-13s < %s >", here ? ">" : " ",
	    name, value);
}

size_t
choice_turn(size_t now, size_t n, bool on)
{
	return (now + (on ? 1 : n - 1)) % n;
}
