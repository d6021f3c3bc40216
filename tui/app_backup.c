/* Backups: shares that are shown one by one, for a time; pieces typed in, one
 * after the other; the rehearsal, which says yes or no. */
#include "core/base/secret.h"
#include "tui/screen/screen.h"

void
flow_backup(struct app *a, struct effects *fx)
{
	struct backup_ask *ask = &a->backup.ask;
	size_t g;

	flow_wipe_entry(a, fx);
	flow_entry(a);
	a->backup = (struct backing){ .ask = { .need = 1, .groups = 1 } };
	for (g = 0; g < BACKUP_GROUPS; g++) {
		ask->group[g].need = 2;
		ask->group[g].of = 3;
	}
	flow_go(a, SCREEN_BACKUP, fx);
}

/* codex32 knows no groups, and needs no share for the seed as it stands. */
void
flow_backup_make(struct app *a, struct effects *fx)
{
	struct backup_ask *ask = &a->backup.ask;

	ask->fpr = a->fpr[a->backup.key];
	ask->form = a->backup.codex ? BACKUP_CODEX32 : BACKUP_SLIP39;
	if (a->backup.codex)
		ask->groups = 1;
	if (a->backup.codex && ask->group[0].of == 1)
		ask->group[0].need = 0;
	flow_effect(fx, FX_BACKUP, 0);
}

void
flow_forms(struct app *a, struct effects *fx)
{
	flow_wipe_entry(a, fx);
	a->menu = 0;
	flow_go(a, SCREEN_FORMS, fx);
}

void
flow_rehearse(struct app *a, struct effects *fx)
{
	flow_forms(a, fx);
	a->entry.rehearse = true;
}

/* What was typed is wiped; a rehearsal began where keys are. */
void
flow_wiped_out(struct app *a, struct effects *fx)
{
	bool rehearsed = a->entry.rehearse;

	flow_wipe_entry(a, fx);
	if (rehearsed)
		keys_go(a, fx);
	else
		flow_out(a, fx);
}

void
flow_leave_piece(struct app *a, struct effects *fx)
{
	if (a->entry.pieces.all == 0) {
		flow_wiped_out(a, fx);
		return;
	}
	wipe(a->secret->words, sizeof(a->secret->words));
	a->secret->nword = 0;
	input_clear(&a->entry.line);
	input_clear(&a->entry.codex);
	flow_go(a, SCREEN_PIECES, fx);
}

void
flow_pass(struct app *a, struct effects *fx)
{
	input_clear(&a->entry.pass);
	input_clear(&a->entry.again);
	input_clear(&a->entry.echo);
	a->entry.in_again = a->entry.show = false;
	a->entry.asker = a->screen;
	flow_go(a, a->entry.echo_done ? SCREEN_PASSPHRASE : SCREEN_ECHO, fx);
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
not(struct app *a, const char *what, const struct event *ev)
{
	flow_note(a, STYLE_MINUS, "%s: %s%s%s.", what, ev->why.where,
	    ev->why.where[0] != '\0' ? ": " : "", err_text(ev->err));
}

static void
made(struct app *a, const struct event *ev, struct effects *fx)
{
	input_clear(&a->entry.pass);
	input_clear(&a->entry.again);
	if (ev->err != 0) {
		flow_go(a, SCREEN_BACKUP, fx);
		if (ev->why.where[0] != '\0')
			flow_note(a, STYLE_MINUS, "No backup: %s.",
			    ev->why.where);
		else
			flow_note(a, STYLE_MINUS, "No backup: %s.",
			    err_text(ev->err));
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

/* What was wrong stays as it was typed, to be mended. */
static void
gathered(struct app *a, const struct event *ev, struct effects *fx)
{
	if (ev->err != 0) {
		not(a, "Not taken", ev);
		return;
	}
	if (a->entry.pieces.all > 0)
		a->entry.kind = KEY_BIP32;
	wipe(a->secret->words, sizeof(a->secret->words));
	a->secret->nword = 0;
	input_clear(&a->entry.codex);
	a->entry.show = false;
	flow_go(a, a->entry.pieces.all > 0 ? SCREEN_PIECES : a->entry.typed,
	    fx);
	flow_note(a, STYLE_PLUS, ev->n == GATHER_BACK ? "Taken back." :
	    "Taken: number %u.", a->entry.pieces.all);
}

static void
rehearsed(struct app *a, const struct event *ev, struct effects *fx)
{
	struct key_entry *e = &a->entry;

	flow_idle(a);
	e->with_pass = e->pass.n > 0;
	input_clear(&e->pass);
	input_clear(&e->again);
	e->in_again = e->show = false;
	if (ev->err == 0) {
		e->tried = ev->tried;
		e->fpr = ev->fpr[0];
		flow_go(a, SCREEN_TRIED, fx);
		return;
	}
	flow_go(a, e->pieces.all == 0 ? SCREEN_WORDS : SCREEN_PIECES, fx);
	if (ev->err == ERR_STOPPED)
		flow_note(a, STYLE_BANG, "Stopped. Nothing is lost.");
	else
		not(a, "Not tried", ev);
}

void
flow_backup_event(struct app *a, const struct event *ev, struct effects *fx)
{
	if (ev->kind == EV_BACKUP)
		made(a, ev, fx);
	else if (ev->kind == EV_SHARE && a->screen == SCREEN_SHARE)
		shared(a, ev);
	else if (ev->kind == EV_GATHERED && a->entry.line.buf != NULL)
		gathered(a, ev, fx);
	else if (ev->kind == EV_REHEARSED && a->entry.rehearse)
		rehearsed(a, ev, fx);
}
