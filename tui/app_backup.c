/* Backups: shares that are shown one by one, for a time; shares typed in, one
 * after the other; the rehearsal, which says yes or no. */
#include "core/base/secret.h"
#include "tui/screen/screen.h"

void
flow_backup(struct app *a, struct effects *fx)
{
	flow_wipe_entry(a, fx);
	a->backup = (struct backing){ .plan = 1 };
	flow_go(a, SCREEN_BACKUP, fx);
}

void
flow_rehearse(struct app *a, struct effects *fx)
{
	flow_words(a, fx);
	a->entry.rehearse = true;
}

void
flow_hide(struct app *a)
{
	wipe(a->secret->share, sizeof(a->secret->share));
	a->backup.shown = false;
}

void
flow_end_backup(struct app *a, struct effects *fx)
{
	flow_hide(a);
	flow_effect(fx, FX_SCRUB, 0);
	flow_effect(fx, FX_END_BACKUP, 0);
	keys_go(a, fx);
}

/* Time is up: what is on the screen goes. */
void
flow_backup_tick(struct app *a, struct effects *fx)
{
	if (!a->backup.shown || a->now < a->backup.until)
		return;
	flow_hide(a);
	flow_effect(fx, FX_SCRUB, 0);
	flow_note(a, STYLE_BANG, "Time is up. Enter shows it once more.");
}

static void
made(struct app *a, const struct event *ev, struct effects *fx)
{
	if (ev->err != 0) {
		flow_note(a, STYLE_MINUS, "No backup: %s.",
		    ev->why.where[0] != '\0' && ev->err == ERR_REFUSED ?
		    ev->why.where : err_text(ev->err));
		return;
	}
	a->backup.at = 0;
	flow_go(a, SCREEN_SHARE, fx);
}

static void
shared(struct app *a, const struct event *ev)
{
	if (ev->err != 0) {
		flow_note(a, STYLE_MINUS, "Not shown: %s.", err_text(ev->err));
		return;
	}
	a->backup.shown = true;
	a->backup.until = a->now + BACKUP_SHOWN_MS;
}

static void
gathered(struct app *a, const struct event *ev, struct effects *fx)
{
	const struct pieces_count *c = &a->entry.pieces;

	if (ev->err != 0) {
		flow_note(a, STYLE_MINUS, "Not taken: %s%s%s.", ev->why.where,
		    ev->why.where[0] != '\0' ? ": " : "", err_text(ev->err));
		return;
	}
	wipe(a->secret->words, sizeof(a->secret->words));
	a->secret->nword = 0;
	if (c->enough)
		flow_unlock(a, fx);
	else if (c->groups_need > 1)
		flow_note(a, STYLE_PLUS, "Taken. Of this group %u of %u are "
		    "there; %u of %u groups are complete.", c->have, c->need,
		    c->groups_have, c->groups_need);
	else
		flow_note(a, STYLE_PLUS, "Taken: %u of %u. Now the next one.",
		    c->have, c->need);
}

static void
rehearsed(struct app *a, const struct event *ev, struct effects *fx)
{
	char fpr[9];

	if (ev->err != 0) {
		flow_note(a, STYLE_MINUS, "Not tried: %s%s%s.", ev->why.where,
		    ev->why.where[0] != '\0' ? ": " : "", err_text(ev->err));
		return;
	}
	flow_wipe_entry(a, fx);
	keys_go(a, fx);
	fpr_text(&ev->fpr[0], fpr);
	if (ev->whole)
		flow_note(a, STYLE_PLUS, "Yes: what you entered is key %s. "
		    "This backup works.", fpr);
	else
		flow_note(a, STYLE_BANG, "No: it is another key, or one with "
		    "a passphrase. Look for a mixed-up paper.");
}

void
flow_backup_event(struct app *a, const struct event *ev, struct effects *fx)
{
	if (ev->kind == EV_BACKUP && a->screen == SCREEN_BACKUP)
		made(a, ev, fx);
	else if (ev->kind == EV_SHARE && a->screen == SCREEN_SHARE)
		shared(a, ev);
	else if (ev->kind == EV_GATHERED && a->screen == SCREEN_WORDS)
		gathered(a, ev, fx);
	else if (ev->kind == EV_REHEARSED && a->screen == SCREEN_WORDS)
		rehearsed(a, ev, fx);
}
