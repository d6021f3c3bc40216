#include "tui/screen/screen.h"
#include "tui/widget/choice.h"

#define ROWS 2

static const struct {
	unsigned	 n;
	bool		 bare;
	const char	*name;
} words[] = {
	{ 12, false, "12" }, { 24, false, "24" },
	{ NEW_MONERO, false, "25, a Monero wallet" },
	{ 12, true, "none: shares of 20 words, or codex32" },
	{ 24, true, "none: shares of 33 words, or codex32" },
};

#define WORDS (sizeof(words) / sizeof(words[0]))

static size_t
chosen(const struct app *a)
{
	size_t i = 0;

	while (i + 1 < WORDS && (words[i].n != a->fresh.words ||
	    words[i].bare != a->fresh.bare))
		i++;
	return i;
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	int x = 4, y = at.y + 2, w = at.w - 8 < 72 ? at.w - 8 : 72;
	bool dice = a->fresh.mode == ENTROPY_DICE;

	(void)canvas_text(c, x, y, STYLE_BOLD, "A new key");
	choice_draw(c, y + 2, a->fresh.row == 0, "Words",
	    words[chosen(a)].name);
	choice_draw(c, y + 4, a->fresh.row == 1, "Made of", dice ? "dice only" :
	    "chance mixed with the machine's");
	y += 7 + canvas_wrap(c, x, y + 7, w, 6, 0, STYLE_PLAIN, dice ?
	    "The key is the SHA-256 of your rolls and of nothing else. "
	    "Anybody can work it out again from the rolls, which is how you "
	    "can check this program; and whoever sees the rolls has the key." :
	    "The key is made of this machine's randomness and of dice, coins, "
	    "cards or key presses of yours, hashed together. Either alone "
	    "would do: nobody who knows only one of them knows the key.");
	(void)canvas_wrap(c, x, y + 1, w, 4, 0, STYLE_BANG,
	    a->fresh.bare ?
	    "Have paper and a pen ready. Be alone: no camera, no telephone, "
	    "nobody at the window. The key has no words: its shares are made "
	    "next, and each is shown for a time." :
	    "Have paper and a pen ready. Be alone: no camera, no telephone, "
	    "nobody at the window. The words are shown once.");
}

static void
move(struct app *a, struct effects *fx)
{
	(void)fx;
	a->fresh.row = (a->fresh.row + 1) % ROWS;
}

static void
turn(struct app *a, bool on)
{
	size_t i = choice_turn(chosen(a), WORDS, on);

	if (a->fresh.row == 0) {
		a->fresh.words = words[i].n;
		a->fresh.bare = words[i].bare;
	} else {
		a->fresh.mode = a->fresh.mode == ENTROPY_DICE ?
		    ENTROPY_MIXED : ENTROPY_DICE;
	}
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

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "begin", NULL, flow_gather },
	{ K_UP, K_DOWN, "Up Down", "choose", NULL, move },
	{ K_LEFT, K_NONE, "Left Right", "change", NULL, left },
	{ K_RIGHT, K_SPACE, "Right", NULL, NULL, right },
	{ K_ESC, K_NONE, "Esc", "back", NULL, flow_give_up },
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ 0 }
};

const struct screen new_screen = {
	.title = "new key",
	.help = "Mixed: SHA-256 of 32 bytes from the kernel and of all that "
	    "you throw, draw or press. Yours must be worth 128 bits, so that "
	    "even a kernel that gave nothing would leave a good key.\n\n"
	    "Dice only: SHA-256 of the rolls as you type them, 50 or more for "
	    "12 words, 99 or more for 24 or 25. The README says how to work "
	    "it out on any other machine; do so only with rolls that hold no "
	    "coins.\n\n12 words are 128 bits, which is enough; 24 are 256. "
	    "25 words are a Monero wallet, as all wallets of Monero read "
	    "them; 12 and 24 are for everything else.\n\n"
	    "None: a bare seed of 16 or 32 bytes, which no words give. It is "
	    "for shares that other devices take: SLIP-39 of 20 or 33 words, "
	    "codex32 of 128 or 256 bits.",
	.keys = keys,
	.draw = draw,
};
