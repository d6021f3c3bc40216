/*
 * tui_play_new.h - the keeper of the made-up world, as far as it makes keys:
 * it counts, knows twelve words, and asks for them.
 *
 *	source	none
 *	shapes	effects in, events out
 *	units	rolls, thousandths of a bit
 *	owns	nothing
 *	errors	as the keeper's, by the fields of struct play_keeper
 *	secrets	none
 *	tests	used by tui_play.h
 */
#ifndef TESTS_UNIT_TUI_PLAY_NEW_H
#define TESTS_UNIT_TUI_PLAY_NEW_H

#include <stdio.h>
#include <string.h>

#include "tui/app.h"

#define PLAY_WORDS "act action about ability abandon act action about " \
    "ability abandon act action"

/* As wide as words come. */
#define PLAY_WORDS25 "demonstrate match emit possible fonts juggled reduce " \
    "olive kisses karate impel lopped origin unopened tusks oust eels " \
    "unquoted etiquette apricot fugitive upper petals react olive"

#define PLAY_INTEGRATED \
    "4JWx8GV5LY2A63j4sxLfEN12oTKhe3RWMGhrLYwiFdeEV1UwrK2B2pi62c2xJS4N" \
    "ukUvzGhApWiqgBGZrhFZjjkB69FvDvnhdvYJa3cTfj"

struct play_keeper {
	enum err	 feed, judge;	/* what is answered */
	unsigned	 begun, ended, shown, loaded;
	struct entropy_tally tally;
	size_t		 quiz;		/* how many quizzes */
};

static inline void
play_fed(struct play_keeper *k, struct app *a)
{
	static const uint32_t bits[SOURCES] = { 2584, 1000, 5500, 1000 };

	if (a->fresh.mode == ENTROPY_DICE)
		k->tally.have++;
	else
		k->tally.have += bits[a->fresh.source];
	k->tally.events[a->fresh.source]++;
}

static inline struct event
play_tally(struct play_keeper *k, struct app *a, enum effect_kind fx)
{
	struct event ev = { .kind = EV_TALLY };

	if (fx == FX_NEW) {
		k->begun++;
		k->tally = (struct entropy_tally){ .need =
		    a->fresh.mode == ENTROPY_MIXED ? 128000 :
		    a->fresh.words == 12 ? 50 : 99 };
	} else if (fx == FX_UNFEED) {
		k->tally.have -= k->tally.have > 0;
		k->tally.events[SOURCE_DICE] -=
		    k->tally.events[SOURCE_DICE] > 0;
	} else if (k->feed != 0) {
		ev.err = k->feed;
		fault_set(&a->fresh.why, 0, "this card was dealt already");
	} else {
		play_fed(k, a);
	}
	a->secret->npart = 0;
	a->fresh.tally = k->tally;
	return ev;
}

static inline struct event
play_worded(struct play_keeper *k, struct app *a)
{
	struct event ev = { .kind = EV_WORDS, .err = k->judge };

	if (k->judge != 0) {
		fault_set(&a->fresh.why, 0, "dice: they follow a pattern");
	} else if (k->tally.have < k->tally.need) {
		ev.err = ERR_RANGE;
		fault_set(&a->fresh.why, 0, "not enough yet");
	} else {
		k->shown++;
		(void)snprintf(a->secret->words, sizeof(a->secret->words),
		    "%s", a->fresh.words == 12 ? PLAY_WORDS :
		    a->fresh.words == 25 ? PLAY_WORDS25 :
		    PLAY_WORDS " " PLAY_WORDS);
	}
	return ev;
}

/* Every third word from a place that moves on, or all. */
static inline struct event
play_quiz(struct play_keeper *k, struct app *a, size_t want)
{
	size_t i;

	a->fresh.nask = want;
	a->fresh.asked = 0;
	for (i = 0; i < want; i++)
		a->fresh.at[i] = (uint8_t)(want == a->fresh.words ? i :
		    (3 * i + k->quiz) % 12);
	k->quiz++;
	return (struct event){ .kind = EV_QUIZ };
}

static inline struct event
play_said(struct play_keeper *k, struct app *a)
{
	const char *said = a->entry.whole ? a->secret->line :
	    a->secret->first, *right = PLAY_WORDS;
	struct event ev = { .kind = EV_SAID };
	size_t i, n = strlen(said);

	for (i = 0; i < a->fresh.at[a->fresh.asked] % 12u; i++)
		right += strcspn(right, " ") + 1;
	if (strncmp(said, right, n) != 0 || strcspn(right, " ") != n)
		ev.err = ERR_MISMATCH;
	ev.n = a->fresh.nask - a->fresh.asked - 1;
	ev.fpr[0] = (struct fpr){ { 0x73, 0xc5, 0xda, 0x0a } };
	k->loaded += ev.err == 0 && ev.n == 0;
	return ev;
}

static inline struct event
play_new(struct play_keeper *k, struct app *a, const struct effect *fx)
{
	if (fx->kind == FX_WORDS)
		return play_worded(k, a);
	if (fx->kind == FX_QUIZ)
		return play_quiz(k, a, fx->n);
	if (fx->kind == FX_SAY)
		return play_said(k, a);
	if (fx->kind == FX_END_NEW) {
		k->ended++;
		return (struct event){ .kind = EV_TICK };
	}
	return play_tally(k, a, fx->kind);
}

#endif
