/* A new key: chosen, gathered, shown, asked for, named. */
#include <stdio.h>

#include "core/base/secret.h"
#include "tui/flow.h"

void
flow_new(struct app *a, struct effects *fx)
{
	flow_wipe_entry(a, fx);
	flow_entry(a);
	a->fresh = (struct fresh){ .words = 24 };
	flow_go(a, SCREEN_NEW, fx);
}

bool
flow_new_monero(const struct app *a)
{
	return a->fresh.words == NEW_MONERO;
}

/* As chosen, from nothing. */
void
flow_gather(struct app *a, struct effects *fx)
{
	a->fresh.on = true;
	a->fresh.source = SOURCE_DICE;
	a->entry.list = flow_new_monero(a) ? LIST_MONERO : LIST_BIP39;
	a->entry.kind = flow_new_monero(a) ? KEY_MONERO : KEY_BIP32;
	a->fresh.pressed = a->now;
	flow_effect(fx, FX_NEW, 0);
	flow_go(a, SCREEN_GATHER, fx);
}

void
flow_feed(struct app *a, struct effects *fx)
{
	(void)a;
	flow_effect(fx, FX_FEED, 0);
}

void
flow_give_up(struct app *a, struct effects *fx)
{
	if (a->fresh.on && !a->fresh.sure) {
		a->fresh.sure = true;
		flow_note(a, STYLE_BANG, a->screen == SCREEN_GATHER ?
		    "Esc again wipes what you have gathered." :
		    "Esc again wipes this new key. Its words are worth "
		    "nothing then: destroy the paper.");
		return;
	}
	flow_wipe_entry(a, fx);
	flow_go(a, a->nfpr > 0 ? SCREEN_HOME : SCREEN_WELCOME, fx);
}

void
flow_quiz(struct app *a, size_t want, struct effects *fx)
{
	wipe(a->secret, sizeof(*a->secret));
	a->secret->nword = a->fresh.words;
	flow_entry(a);
	flow_effect(fx, FX_QUIZ, want);
}

static void
tallied(struct app *a, const struct event *ev, struct effects *fx)
{
	if (ev->err != 0 && a->fresh.tally.need == 0) {
		a->fresh.on = false;	/* not even begun */
		flow_go(a, SCREEN_NEW, fx);
	}
	if (ev->err != 0) {
		wipe(a->secret->last, sizeof(a->secret->last));
		flow_note(a, STYLE_MINUS, "Not taken: %s.",
		    a->fresh.why.where[0] != '\0' ? a->fresh.why.where :
		    err_text(ev->err));
	}
}

/* It has no words, and nothing but its shares gives it again. */
static void
bare(struct app *a, const struct event *ev, struct effects *fx)
{
	size_t at = a->nfpr < FPR_MAX ? a->nfpr++ : FPR_MAX - 1;

	a->fpr[at] = ev->fpr[0];
	a->kind[at] = KEY_BIP32;
	a->stale = true;
	flow_backup(a, fx);
	a->backup.key = at;
	flow_effect(fx, FX_KEYS, 0);
	flow_note(a, STYLE_BANG, "This key is nowhere but in memory yet. Make "
	    "its shares now, and try them before any coins go there.");
}

static void
worded(struct app *a, const struct event *ev, struct effects *fx)
{
	wipe(a->secret->last, sizeof(a->secret->last));
	if (ev->err == 0 && a->fresh.bare) {
		bare(a, ev, fx);
		return;
	}
	if (ev->err == 0) {
		a->secret->nword = a->fresh.words;
		flow_go(a, SCREEN_SHOWN, fx);
		return;
	}
	if (ev->err == ERR_REFUSED) {
		a->fresh.tally = (struct entropy_tally){
		    .need = a->fresh.tally.need };
		flow_note(a, STYLE_REFUSE, "Refused: %s. A fair source does "
		    "not do that. All of it is wiped: begin anew.",
		    a->fresh.why.where);
		return;
	}
	flow_note(a, STYLE_BANG, "No key yet: %s.", a->fresh.why.where);
}

static void
said(struct app *a, const struct event *ev, struct effects *fx)
{
	struct event named = { .kind = EV_UNLOCKED, .fpr = { ev->fpr[0] } };
	size_t wrong = a->fresh.asked < a->fresh.nask ?
	    a->fresh.at[a->fresh.asked] + 1u : 0;

	if (ev->err == 0 && ev->n == 0) {
		flow_unlocked(a, &named, fx);
	} else if (ev->err == 0) {
		a->fresh.asked = a->fresh.nask - ev->n;
	} else {
		flow_effect(fx, FX_QUIZ, a->fresh.nask);
		flow_note(a, STYLE_MINUS, "That is not word %zu. Look at "
		    "your paper again; the questions begin anew.", wrong);
	}
	input_clear(&a->entry.line);
	wipe(a->secret->first, sizeof(a->secret->first));
	a->entry.matches = 0;
	a->entry.whole = false;
}

void
flow_new_event(struct app *a, const struct event *ev, struct effects *fx)
{
	if (!a->fresh.on)
		return;
	if (ev->kind == EV_TALLY)
		tallied(a, ev, fx);
	else if (ev->kind == EV_WORDS)
		worded(a, ev, fx);
	else if (ev->kind == EV_SAID)
		said(a, ev, fx);
	else if (ev->err != 0)
		flow_note(a, STYLE_MINUS, "No question: %s.",
		    err_text(ev->err));
	else if (a->screen != SCREEN_QUIZ)
		flow_go(a, SCREEN_QUIZ, fx);
}
