#include <stdio.h>
#include <string.h>

#include "core/base/secret.h"
#include "tui/flow.h"

static bool
right_count(size_t n)
{
	return n >= 12 && n <= 24 && n % 3 == 0;
}

void
flow_wipe_entry(struct app *a, struct effects *fx)
{
	if (a->entry.pieces.kind != PIECES_NONE || a->backup.shown)
		flow_effect(fx, FX_END_BACKUP, 0);
	a->backup.shown = false;
	wipe(a->secret, sizeof(*a->secret));
	a->entry = (struct key_entry){ .echo_done = a->entry.echo_done };
	if (a->fresh.on)
		flow_effect(fx, FX_END_NEW, 0);
	a->fresh.on = a->fresh.sure = false;
}

void
flow_entry(struct app *a)
{
	struct secrets *s = a->secret;

	a->entry.line = input_in(s->line, sizeof(s->line));
	a->entry.pass = input_in(s->pass, sizeof(s->pass));
	a->entry.again = input_in(s->again, sizeof(s->again));
	a->entry.echo = input_in(s->echo, sizeof(s->echo));
	a->entry.codex = input_in(s->words, sizeof(s->words));
}

/* Begin to enter words. */
void
flow_words(struct app *a, struct effects *fx)
{
	flow_wipe_entry(a, fx);
	flow_entry(a);
	a->entry.typed = SCREEN_WORDS;
	flow_go(a, SCREEN_WORDS, fx);
}

void
flow_unlock(struct app *a, struct effects *fx)
{
	if (a->entry.pieces.kind == PIECES_SLIP39)
		flow_busy(a, PHASE_STRETCH);
	flow_effect(fx, a->entry.rehearse ? FX_REHEARSE : a->fresh.on ?
	    FX_PASS : FX_UNLOCK, 0);
}

static void
checked(struct app *a, const struct event *ev, struct effects *fx)
{
	if (ev->err == 0)
		flow_unlock(a, fx);
	else if (ev->err == ERR_CHECKSUM)
		flow_note(a, STYLE_MINUS, a->entry.kind == KEY_BIP32 &&
		    right_count(a->secret->nword) && a->secret->nword < 24 ?
		    "Each is a word, but together they are not right: one is "
		    "wrong or missing." :
		    "Each is a word, but together they are not right: one is "
		    "wrong or misplaced.");
	else
		flow_note(a, STYLE_MINUS, "The words: %s.",
		    err_text(ev->err));
}

static void
not_unlocked(struct app *a, const struct event *ev, struct effects *fx)
{
	if (a->entry.pieces.all > 0 && a->screen == SCREEN_PASSPHRASE)
		flow_go(a, SCREEN_PIECES, fx);
	if (ev->err == ERR_STOPPED)
		flow_note(a, STYLE_BANG, "Stopped. Nothing is lost.");
	else if (ev->err == ERR_SPACE)
		flow_note(a, STYLE_MINUS, "No more keys fit. Lock to begin "
		    "anew.");
	else
		flow_note(a, STYLE_MINUS, "Not unlocked: %s%s%s.",
		    ev->why.where, ev->why.where[0] != '\0' ? ": " : "",
		    err_text(ev->err));
}

void
flow_unlocked(struct app *a, const struct event *ev, struct effects *fx)
{
	if (a->busy.phase == PHASE_STRETCH)
		flow_idle(a);
	if (ev->err != 0) {
		not_unlocked(a, ev, fx);
		return;
	}
	a->entry.fpr = ev->fpr[0];
	a->entry.with_pass = a->entry.pass.n > 0;
	input_clear(&a->entry.pass);
	input_clear(&a->entry.again);
	a->entry.in_again = a->entry.show = false;
	a->stale = true;
	flow_effect(fx, FX_KEYS, 0);
	flow_go(a, SCREEN_FINGERPRINT, fx);
}

static void
keys_known(struct app *a, const struct event *ev, struct effects *fx)
{
	size_t i;

	a->nfpr = ev->n < FPR_MAX ? ev->n : FPR_MAX;
	for (i = 0; i < a->nfpr; i++) {
		a->fpr[i] = ev->fpr[i];
		a->kind[i] = ev->key_kind[i];
	}
	flow_vault_keys(a);
	if (a->screen == SCREEN_WELCOME && a->nfpr > 0)
		flow_home(a, fx);
}

void
flow_key_event(struct app *a, const struct event *ev, struct effects *fx)
{
	if (ev->kind == EV_COMPLETED) {
		a->entry.matches = ev->n;
		a->entry.whole = ev->whole;
	} else if (ev->kind == EV_CHECKED) {
		checked(a, ev, fx);
	} else if (ev->kind == EV_UNLOCKED) {
		flow_unlocked(a, ev, fx);
	} else if (ev->kind == EV_KEYS) {
		keys_known(a, ev, fx);
	} else if (ev->kind == EV_KEYMAP) {
		flow_keymap(a, ev);
	}
}
