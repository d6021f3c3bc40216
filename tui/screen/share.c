#include <stdio.h>
#include <string.h>

#include "tui/screen/screen.h"

#define GROUPS 12			/* of four characters, a line */

static const char *
next_word(const char *w, size_t *n)
{
	*n = strcspn(w, " ");
	return w + *n + (w[*n] == ' ');
}

static void
draw_words(const struct app *a, struct canvas *c, int x, int y)
{
	const char *w = a->secret->share, *next;
	size_t i, n, all = 1;

	for (i = 0; w[i] != '\0'; i++)
		all += w[i] == ' ';
	for (i = 0; i < all; i++, w = next) {
		size_t rows = (all + 3) / 4;

		next = next_word(w, &n);
		(void)canvas_textf(c, x + (int)(i / rows) * 18,
		    y + (int)(i % rows), STYLE_PLAIN, "%2zu %.*s", i + 1,
		    (int)n, w);
	}
}

static void
draw_text(const struct app *a, struct canvas *c, int x, int y)
{
	const char *s = a->secret->share;
	size_t i;

	for (i = 0; s[i] != '\0'; i++)
		canvas_put(c, x + (int)(i / 4 % GROUPS * 5 + i % 4),
		    y + 2 * (int)(i / (4 * GROUPS)), STYLE_PLAIN,
		    (unsigned char)s[i]);
}

/* They come group after group. */
static void
which(const struct backing *b, char *out, size_t cap)
{
	const struct backup_ask *a = &b->ask;
	size_t at = b->at;
	unsigned g = 0;

	while (g + 1 < a->groups && at >= a->group[g].of)
		at -= a->group[g++].of;
	if (!b->codex && a->groups > 1)
		(void)snprintf(out, cap, "group %u of %u (%u needed), share "
		    "%zu of %u (%u needed)", g + 1, a->groups, a->need,
		    at + 1, a->group[g].of, a->group[g].need);
	else if (b->made.n > 1)
		(void)snprintf(out, cap, "share %zu of %u (%u needed)",
		    at + 1, b->made.n, a->group[0].need);
	else
		(void)snprintf(out, cap, "share 1 of 1, the whole");
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	const struct backing *b = &a->backup;
	int x = 4, y = at.y + 1, w = at.w - 8 < 72 ? at.w - 8 : 72;
	char fpr[9], text[128];

	fpr_text(&b->ask.fpr, fpr);
	which(b, text, sizeof(text));
	(void)canvas_textf(c, x, y, STYLE_BOLD, "Key %s: %s", fpr, text);
	if (b->shown) {
		(b->codex ? draw_text : draw_words)(a, c, x, y + 2);
		(void)canvas_textf(c, x, y + 18, STYLE_DIM,
		    "Shown for %u s more.", (unsigned)((b->until - a->now +
		    999) / 1000));
		return;
	}
	y += 2 + canvas_wrap(c, x, y + 2, w, 4, 0, STYLE_PLAIN,
	    "It is secret. Enter shows it, for three minutes; Enter again "
	    "takes it off the screen and goes on to the next.");
	if (b->made.n > 1)
		y += 1 + canvas_wrap(c, x, y + 1, w, 3, 0, STYLE_PLAIN,
		    "Write on it which share it is, how many are needed, and "
		    "the fingerprint. Not two on one paper.");
	if (b->made.words > 0)
		(void)canvas_wrap(c, x, y + 1, w, 4, 0, STYLE_BANG,
		    "This key came from BIP39 words. The share holds the seed "
		    "that the words and the passphrase give; the words cannot "
		    "be had from it again. Keep them, too.");
}

static void
go_on(struct app *a, struct effects *fx)
{
	struct backing *b = &a->backup;

	if (!b->shown) {
		flow_effect(fx, FX_SHARE, b->at);
		return;
	}
	flow_hide(a);
	flow_effect(fx, FX_SCRUB, 0);
	if (++b->at < b->made.n)
		return;
	flow_end_backup(a, fx);
	flow_note(a, STYLE_PLUS, "All are on paper. Try them before you need "
	    "them: the rehearsal below.");
}

static void
hide(struct app *a, struct effects *fx)
{
	flow_hide(a);
	flow_effect(fx, FX_SCRUB, 0);
}

static bool
is_shown(const struct app *a)
{
	return a->backup.shown;
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "show, or it is on paper", NULL, go_on },
	{ K_TAB, K_NONE, "Tab", "hide", is_shown, hide },
	{ K_ESC, K_NONE, "Esc", "wipe them all", NULL, flow_end_backup },
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ 0 }
};

const struct screen share_screen = {
	.title = "share",
	.help = "The shares are made anew each time: those of two splittings "
	    "do not go together. If you stop in the middle, destroy what you "
	    "have written and begin again.\n\nA share alone tells nothing of "
	    "the key. As many as are needed tell all.",
	.keys = keys,
	.draw = draw,
};
