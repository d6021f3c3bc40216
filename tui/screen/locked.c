#include "tui/screen/screen.h"

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	int x = 4, y = at.y + 2;

	(void)canvas_text(c, x, y, STYLE_BOLD, "Locked");
	if (a->vault.lost)
		(void)canvas_text(c, x, y + 9, STYLE_BANG,
		    "Changes to the vault that were not stored are lost.");
	(void)vault_line(a, c, x, y + 7);
	(void)canvas_wrap(c, x, y + 2, at.w - 8 < 72 ? at.w - 8 : 72, 5, 0,
	    STYLE_PLAIN,
	    "All keys are wiped from memory, and the process that read files "
	    "was replaced by a fresh one. Nothing that was on the sticks has "
	    "changed. Your words are needed to go on, or the passphrase of "
	    "your vault.");
}

static void
to_leave(struct app *a, struct effects *fx)
{
	a->back = SCREEN_LOCKED;
	flow_go(a, SCREEN_LEAVE, fx);
}

static const struct binding keys[] = {
	{ K_ENTER, 'k', "Enter", "words", NULL, flow_words },
	{ 'n', K_NONE, "n", "new key", NULL, flow_new },
	{ 'v', K_NONE, "v", "open the vault", vault_found, vault_go },
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ 'q', K_NONE, "q", "leave", NULL, to_leave },
	{ 0 }
};

const struct screen locked_screen = {
	.title = "locked",
	.help = "Locking wipes every key, and what was learned from files in "
	    "this session. It happens by itself after a while without a key "
	    "pressed; the settings say after how long.",
	.keys = keys,
	.draw = draw,
};
