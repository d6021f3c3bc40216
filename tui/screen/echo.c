#include <string.h>

#include "tui/screen/screen.h"

/* Keys that move between the layouts of the world. */
static const char sample[] = "zyqwa-ZYQ ;'[]/#@\"|";

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	const char *got = a->entry.echo.buf;
	int x = 4, y = at.y + 2, w = at.w - 8 < 72 ? at.w - 8 : 72;
	size_t i, n = a->entry.echo.n;
	bool differs = false;

	(void)canvas_text(c, x, y, STYLE_BOLD,
	    "First, does the keyboard arrive as it is printed?");
	(void)canvas_wrap(c, x, y + 2, w, 3, 0, STYLE_PLAIN,
	    "A passphrase typed on the wrong keyboard layout opens a wrong, "
	    "empty wallet. Type this line and look at what arrives:");
	(void)canvas_text(c, x + 2, y + 6, STYLE_ACCENT, sample);
	canvas_fill(c, x + 2, y + 8, (int)sizeof(sample) + 4, STYLE_INPUT,
	    ' ');
	for (i = 0; i < n; i++) {
		bool same = i < strlen(sample) && got[i] == sample[i];

		differs |= !same;
		canvas_put(c, x + 2 + (int)i, y + 8, same ? STYLE_INPUT :
		    STYLE_REFUSE, (unsigned char)got[i] < 0x80 ?
		    (unsigned char)got[i] : '?');
	}
	canvas_cursor(c, x + 2 + (int)n, y + 8);
	if (differs)
		(void)canvas_wrap(c, x, y + 10, w, 3, 0, STYLE_MINUS,
		    keyboard_shown(a) ? "The marked keys arrive as something "
		    "else. Press F2 to choose the keyboard layout." :
		    "The marked keys arrive as something else. Choose the "
		    "keyboard layout of this machine, or keep to the keys "
		    "that arrive right.");
	else if (n == strlen(sample))
		(void)canvas_text(c, x, y + 10, STYLE_PLUS,
		    "Every key arrives as printed. Press Enter.");
}

static bool
text(struct app *a, uint32_t key, struct effects *fx)
{
	(void)fx;
	if (key_is_text(key) && a->entry.echo.n >= sizeof(sample) + 2)
		return true;
	return input_key(&a->entry.echo, key);
}

static void
go_on(struct app *a, struct effects *fx)
{
	a->entry.echo_done = true;
	input_clear(&a->entry.echo);
	flow_go(a, SCREEN_PASSPHRASE, fx);
}

static void
back(struct app *a, struct effects *fx)
{
	input_clear(&a->entry.echo);
	flow_go(a, a->entry.asker, fx);
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "go on", NULL, go_on },
	{ K_F2, K_NONE, "F2", "keyboard", keyboard_shown, keyboard_go },
	{ K_F1, K_NONE, "F1", "help", NULL, flow_help },
	{ K_ESC, K_NONE, "Esc", "back", NULL, back },
	{ 0 }
};

const struct screen echo_screen = {
	.title = "keyboard",
	.help = "Asked once, before the first passphrase. The sample holds "
	    "keys whose place differs between keyboard layouts. What you "
	    "type here is not part of any passphrase.\n\nYou may go on "
	    "without typing it.",
	.keys = keys,
	.draw = draw,
	.text = text,
};
