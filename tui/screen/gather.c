#include <string.h>

#include "core/base/secret.h"
#include "tui/screen/screen.h"

static const struct {
	const char	*name, *unit, *how;
	const char	*first, *second;	/* keys of an event, or NULL */
} source[SOURCES] = {
	[SOURCE_DICE] = { "dice", "rolls", "1 to 6", "123456", NULL },
	[SOURCE_COINS] = { "coins", "throws", "h or t", "HT", NULL },
	[SOURCE_CARDS] = { "cards", "cards",
	    "rank and suit: as, td, 9h, kc", "A23456789TJQK", "SHDC" },
	[SOURCE_KEYS] = { "key presses", "presses",
	    "any keys, out of rhythm", NULL, NULL },
};

static bool
dice_only(const struct app *a)
{
	return a->fresh.mode == ENTROPY_DICE;
}

static void
draw_count(const struct app *a, struct canvas *c, int x, int y)
{
	const struct entropy_tally *t = &a->fresh.tally;
	int w = 56, done = t->need == 0 ? 0 :
	    (int)((uint64_t)t->have * (uint64_t)w / t->need);

	if (dice_only(a))
		(void)canvas_textf(c, x, y, STYLE_BOLD, "%u of %u rolls",
		    t->have, t->need);
	else
		(void)canvas_textf(c, x, y, STYLE_BOLD, "%u of %u bits",
		    t->have / 1000, t->need / 1000);
	if (t->have >= t->need && t->need > 0)
		(void)canvas_text(c, x + 24, y, STYLE_PLUS,
		    "enough: press Enter, or go on");
	canvas_fill(c, x, y + 1, w, STYLE_DIM, 0x2500);
	canvas_fill(c, x, y + 1, done < w ? done : w, STYLE_PLUS, '#');
}

static int
draw_sources(const struct app *a, struct canvas *c, int x, int y)
{
	int s;

	if (dice_only(a)) {
		(void)canvas_text(c, x, y, STYLE_PLAIN,
		    "Roll, and type what the die shows: 1 to 6.");
		return y + 2;
	}
	for (s = 0; s < SOURCES; s++, y++) {
		bool here = a->fresh.source == (enum entropy_source)s;
		enum style st = here ? STYLE_SELECT : STYLE_PLAIN;

		canvas_fill(c, x - 2, y, 72, st, ' ');
		(void)canvas_textf(c, x - 2, y, st, "%s %-12s %4u %-8s %s",
		    here ? ">" : " ", source[s].name,
		    a->fresh.tally.events[s], source[s].unit, source[s].how);
	}
	return y + 1;
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	int x = 4, y = at.y + 2, w = at.w - 8 < 72 ? at.w - 8 : 72;

	(void)canvas_text(c, x, y, STYLE_BOLD, dice_only(a) ?
	    "Your dice make the key" :
	    "Your part of the key: use one of these, or several");
	y = draw_sources(a, c, x, y + 2);
	draw_count(a, c, x, y);
	if (a->secret->last[0] != '\0')
		(void)canvas_textf(c, x, y + 3, STYLE_PLAIN, "The last: %s",
		    a->secret->last);
	canvas_cursor(c, x, y + 3);
	(void)canvas_wrap(c, x, y + 5, w, 4, 0, STYLE_BANG,
	    "Nobody but you may see this: no camera, no telephone, nobody "
	    "behind you. Type what came, never what you choose: people are "
	    "bad at chance.");
}

static uint32_t
upper(uint32_t key)
{
	return key >= 'a' && key <= 'z' ? key - 'a' + 'A' : key;
}

static bool
is_face(const char *faces, uint32_t key)
{
	return key < 128 && strchr(faces, (int)key) != NULL;
}

/* A face is typed whole, in one or two keys, before it goes to the keeper. */
static bool
face(struct app *a, uint32_t key, struct effects *fx)
{
	struct secrets *s = a->secret;
	const char *want = source[a->fresh.source].first;

	if (s->npart == 1)
		want = source[a->fresh.source].second;
	if (!is_face(want, upper(key))) {
		flow_note(a, STYLE_BANG, "For %s: %s.%s",
		    source[a->fresh.source].name,
		    source[a->fresh.source].how, dice_only(a) ? "" :
		    " Tab takes another source.");
		return true;
	}
	if (s->npart == 0)
		wipe(s->last, sizeof(s->last));
	s->last[s->npart] = (char)upper(key);
	s->part[s->npart++] = (uint8_t)upper(key);
	if (s->npart == 2 || source[a->fresh.source].second == NULL)
		flow_feed(a, fx);
	return true;
}

/* Which key, and how long after the one before it. */
static bool
press(struct app *a, uint32_t key, struct effects *fx)
{
	struct secrets *s = a->secret;
	uint64_t ms = a->now - a->fresh.pressed;

	a->fresh.pressed = a->now;
	ms = ms < 0xffff ? ms : 0xffff;
	s->part[0] = (uint8_t)key;
	s->part[1] = (uint8_t)(key >> 8);
	s->part[2] = (uint8_t)(key >> 16);
	s->part[3] = (uint8_t)(key >> 24);
	s->part[4] = (uint8_t)ms;
	s->part[5] = (uint8_t)(ms >> 8);
	s->npart = 6;
	flow_feed(a, fx);
	return true;
}

static bool
text(struct app *a, uint32_t key, struct effects *fx)
{
	struct secrets *s = a->secret;

	if (key == K_BACKSPACE) {
		wipe(s->last, sizeof(s->last));
		if (s->npart == 0)
			flow_effect(fx, FX_UNFEED, 0);
		s->npart = 0;
		return true;
	}
	if (!key_is_text(key))
		return false;
	if (a->fresh.source == SOURCE_KEYS)
		return press(a, key, fx);
	return key == '?' ? false : face(a, key, fx);
}

static void
another(struct app *a, struct effects *fx)
{
	(void)fx;
	a->fresh.source = (a->fresh.source + 1) % SOURCES;
	a->fresh.pressed = a->now;
	a->secret->npart = 0;
	wipe(a->secret->last, sizeof(a->secret->last));
}

static void
finish(struct app *a, struct effects *fx)
{
	a->secret->npart = 0;
	flow_effect(fx, FX_WORDS, 0);
}

static bool
mixed(const struct app *a)
{
	return !dice_only(a);
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "make the key", NULL, finish },
	{ K_TAB, K_NONE, "Tab", "other source", mixed, another },
	{ K_BACKSPACE, K_NONE, "Backspace", "undo", NULL, NULL },
	{ K_ESC, K_NONE, "Esc", "wipe", NULL, flow_give_up },
	{ K_F1, '?', "F1", "help", NULL, flow_help },
	{ 0 }
};

const struct screen gather_screen = {
	.title = "new key",
	.help = "Counted: a roll 2.58 bits, a coin 1, a card as much as the "
	    "cards left in the deck make it (5.7 at first), a key press 1, "
	    "for its moment alone.\n\nDice and coins: each throw for itself. "
	    "Cards: shuffle well, deal from the top, do not put back; after "
	    "the 52nd shuffle again. Key presses: another key each time, with "
	    "uneven pauses; a key held down does not count.\n\nWhat no fair "
	    "source gives is refused: faces that never come, one that comes "
	    "far too often, a pattern. A fair one is refused by mistake less "
	    "than three times in a million.",
	.keys = keys,
	.draw = draw,
	.text = text,
};
