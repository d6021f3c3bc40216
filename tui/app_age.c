/* A backup in the age format: made onto a stick; opened from one, and what is
 * in it put back. */
#include <stdio.h>
#include <string.h>

#include "core/base/secret.h"
#include "media/save.h"
#include "tui/screen/screen.h"

void
flow_age(struct app *a, struct effects *fx)
{
	a->age.keys = false;
	a->age.in = (struct collected){ 0 };
	a->age.err = 0;
	flow_go(a, SCREEN_AGE, fx);
	flow_effect(fx, FX_AGE_COUNT, 0);
}

/* One on a stick: its passphrase. */
void
flow_age_want(struct app *a, const struct item *it, struct effects *fx)
{
	const struct stick *st = flow_stick(a, it->stick);
	struct vault_place *p = &a->age.at;

	*p = (struct vault_place){ .stick = it->stick };
	(void)snprintf(p->label, sizeof(p->label), "%s", st != NULL ?
	    st->label : "");
	(void)snprintf(p->name, sizeof(p->name), "%s", it->name);
	(void)snprintf(p->shown, sizeof(p->shown), "%.63s", it->shown);
	flow_vault_ask(a, BACKUP_OPENS, fx);
}

static void
not_done(struct app *a, const struct event *ev, const char *what)
{
	flow_idle(a);
	wipe(a->secret, sizeof(*a->secret));
	flow_entry(a);
	a->entry.in_again = a->entry.show = false;
	if (ev->err == ERR_PASSPHRASE)
		flow_note(a, STYLE_MINUS, "That is not the passphrase of this "
		    "backup. Type it again.");
	else if (ev->err == ERR_MISMATCH)
		flow_note(a, STYLE_REFUSE, "This backup was changed or is "
		    "damaged since it was written. Try another copy of it.");
	else
		flow_note(a, STYLE_MINUS, "%s: %s.", what,
		    ev->why.where[0] != '\0' ? ev->why.where :
		    err_text(ev->err));
}

static void
sealed(struct app *a, const struct event *ev, struct effects *fx)
{
	const char *on = a->vault.at_stick < a->nstick ?
	    a->stick[a->vault.at_stick].label : "the stick";

	if (ev->err == ERR_TOO_LARGE) {
		not_done(a, ev, "Not made: wallets and labels are more than "
		    "one such file holds");
	} else if (ev->err != 0 && ev->why.where[0] == '\0') {
		not_done(a, ev, "");
		flow_note(a, STYLE_MINUS, "Not made: %s",
		    save_advice(ev->err));
	} else if (ev->err != 0) {
		not_done(a, ev, "Not made");
	} else {
		flow_idle(a);
		flow_wipe_entry(a, fx);
		keys_go(a, fx);
		a->stale = true;
		flow_note(a, STYLE_PLUS, "%.100s was written to %s, and read "
		    "back.%s", a->out.name, on, ev->whole ? " It is safe to "
		    "remove the stick." : "");
	}
}

static void
opened(struct app *a, const struct event *ev, struct effects *fx)
{
	if (ev->err != 0) {
		not_done(a, ev, "Not opened");
		return;
	}
	flow_idle(a);
	flow_wipe_entry(a, fx);
	a->age.open = true;
	a->age.cursor = 0;
	a->stale = a->stale || a->age.nfpr > 0;
	flow_effect(fx, FX_KEYS, 0);
	flow_go(a, SCREEN_RESTORE, fx);
}

/* A part of it is the last of the files now: its page. */
static void
taken_out(struct app *a, const struct event *ev, struct effects *fx)
{
	if (ev->err != 0 || a->shelf.n == 0)
		flow_note(a, STYLE_MINUS, "Not shown: %s.", err_text(ev->err));
	else
		flow_review(a, a->shelf.n - 1, fx);
}

void
flow_age_event(struct app *a, const struct event *ev, struct effects *fx)
{
	enum effect_kind what = (enum effect_kind)ev->n;

	if (what == FX_AGE_COUNT)
		a->age.err = ev->err;
	else if (what == FX_AGE_SEAL && a->screen == SCREEN_LOCK)
		sealed(a, ev, fx);
	else if (what == FX_AGE_OPEN && a->screen == SCREEN_LOCK)
		opened(a, ev, fx);
	else if (what == FX_AGE_PART && a->screen == SCREEN_RESTORE)
		taken_out(a, ev, fx);
}
