/* The vault: its passphrase, what is done with it, where it is stored. */
#include <stdio.h>
#include <string.h>

#include "core/base/secret.h"
#include "media/save.h"
#include "tui/flow.h"
#include "tui/vault_says.h"

bool
flow_vault_each_time(const struct app *a)
{
	return (a->vault.about.flags & VAULT_EACH_TIME) != 0;
}

/* A passphrase is to be typed. */
void
flow_vault_ask(struct app *a, enum vault_asks what, struct effects *fx)
{
	flow_wipe_entry(a, fx);
	flow_entry(a);
	a->vault.asks = what;
	flow_go(a, SCREEN_LOCK, fx);
}

void
flow_vault_want(struct app *a, const struct vault_place *p,
    struct effects *fx)
{
	a->vault.at = *p;
	flow_vault_ask(a, VAULT_OPENS, fx);
}

/* It was typed: for what?  .at_stick is the one of a new vault. */
void
flow_vault_typed(struct app *a, struct effects *fx)
{
	static const enum effect_kind what[] = {
		[VAULT_OPENS] = FX_VAULT_OPEN,
		[VAULT_AGAIN] = FX_VAULT_AGAIN,
		[VAULT_NEW] = FX_VAULT_NEW,
		[VAULT_FRESH] = FX_VAULT_PASSWD,
		[VAULT_ONCE] = FX_VAULT_FLAGS,
		[BACKUP_OPENS] = FX_AGE_OPEN,
		[BACKUP_NEW] = FX_AGE_SEAL,
	};
	struct secrets *s = a->secret;

	if (a->vault.asks == VAULT_OLD) {
		memcpy(s->old, s->pass, sizeof(s->old));
		input_clear(&a->entry.pass);
		a->entry.show = false;
		a->vault.asks = VAULT_FRESH;
		return;
	}
	flow_busy(a, PHASE_VAULT);
	flow_effect(fx, what[a->vault.asks], a->vault.asks == VAULT_NEW ?
	    a->vault.at_stick : 0);
}

void
flow_vault_stick(struct app *a, enum vault_stick what, struct effects *fx)
{
	a->vault.stick = what;
	a->vault.at_stick = 0;
	flow_go(a, SCREEN_STICK, fx);
	flow_effect(fx, FX_STICKS, 0);
}

void
flow_vault_store(struct app *a, struct effects *fx)
{
	flow_busy(a, PHASE_KEEP);
	flow_effect(fx, FX_VAULT_STORE, 0);
}

/* A change, carried out and then stored. */
void
flow_vault_change(struct app *a, enum effect_kind what, size_t n,
    struct effects *fx)
{
	flow_busy(a, PHASE_KEEP);
	flow_effect(fx, what, n);
}

/* The same key once more says so. */
bool
flow_sure(struct app *a, uint32_t key, const char *why)
{
	if (a->vault.sure == key) {
		a->vault.sure = 0;
		return true;
	}
	a->vault.sure = key;
	flow_note(a, STYLE_BANG, "%s", why);
	return false;
}

bool
flow_vault_at_hand(const struct app *a, const struct fpr *fpr)
{
	size_t i;

	for (i = 0; i < a->nfpr; i++)
		if (fpr_eq(&a->fpr[i], fpr))
			return true;
	return false;
}

/* Asked each time: the keys that were lent left with the consent. */
void
flow_vault_keys(struct app *a)
{
	struct vaulting *v = &a->vault;
	size_t i, here = 0;

	for (i = 0; i < v->nkey; i++)
		here += flow_vault_at_hand(a, &v->key[i].fpr);
	if (!v->open || !v->lent || here > 0 || !flow_vault_each_time(a))
		return;
	v->lent = false;
	v->sealed = true;
}

void
flow_make(struct app *a, enum effect_kind what, struct effects *fx)
{
	flow_busy(a, PHASE_MAKE);
	flow_effect(fx, what, 0);
}

void
flow_agreed(struct app *a, struct effects *fx)
{
	if (a->vault.open)
		flow_vault_change(a, FX_VAULT_LEARN, 0, fx);
	else
		flow_make(a, FX_MAKE, fx);
}

void
flow_vault_note(struct app *a, bool wallet, struct effects *fx)
{
	if (a->vault.open)
		flow_vault_change(a, FX_VAULT_NOTE, wallet, fx);
}

/* The screens on which a vault is looked for, and on which one that waits for
 * its stick is stored. */
void
flow_vault_turn(struct app *a, struct effects *fx)
{
	struct vaulting *v = &a->vault;
	enum screen_id s = a->screen;

	if (a->busy.phase != PHASE_IDLE)
		return;
	if (v->look && !v->open && (s == SCREEN_WELCOME ||
	    s == SCREEN_LOCKED || s == SCREEN_KEYS)) {
		v->look = false;
		flow_effect(fx, FX_VAULT_LOOK, 0);
	}
	if (v->retry && v->dirty && v->open && (s == SCREEN_HOME ||
	    s == SCREEN_VAULT || s == SCREEN_KEYS || s == SCREEN_DONE)) {
		v->retry = false;
		v->again = true;	/* what stands below may stay */
		a->busy = (struct busy){ .since = a->now,
		    .phase = PHASE_KEEP };
		flow_effect(fx, FX_VAULT_STORE, 0);
	}
}

/* --- what came of it ------------------------------------------------------ */

static void
stored(struct app *a, const struct event *ev)
{
	struct vaulting *v = &a->vault;
	bool known = v->again && ev->err != 0 && ev->err == v->why;

	flow_idle(a);
	v->again = false;
	v->why = ev->err;
	if (known)
		return;
	if (ev->err != 0)
		flow_note(a, STYLE_BANG, "The vault has changes that are in "
		    "memory alone: %s.%s", vault_unstored(ev->err), ev->err ==
		    ERR_GONE ? " Plug it in, and they are stored." : "");
	else if (v->passed)
		flow_note(a, STYLE_PLUS, "The passphrase is changed, and the "
		    "vault stored on %s.%s Copies on other sticks still open "
		    "with the old one: make them anew.", v->at.label,
		    ev->whole ? " It is safe to remove the stick." : "");
	else
		flow_note(a, STYLE_PLUS, "The vault is stored on %s, and read "
		    "back.%s", v->at.label, ev->whole ? " It is safe to "
		    "remove the stick." : "");
	v->passed = v->passed && ev->err != 0;
}

/* Nothing is signed until it is stored, or until the owner goes without. */
static void
learnt(struct app *a, const struct event *ev, struct effects *fx)
{
	if (ev->err == 0) {
		flow_make(a, FX_MAKE, fx);
		return;
	}
	flow_idle(a);
	a->vault.why = ev->err;
	a->review.typed = input_in(a->review.word, sizeof(a->review.word));
	input_clear(&a->review.typed);
	flow_go(a, SCREEN_UNSTORED, fx);
}

static void
not_opened(struct app *a, const struct event *ev)
{
	char text[FAULT_TEXT_MAX];

	flow_idle(a);
	wipe(a->secret, sizeof(*a->secret));
	flow_entry(a);
	a->entry.in_again = a->entry.show = false;
	if (a->vault.asks == VAULT_FRESH)
		a->vault.asks = VAULT_OLD;
	if (ev->err == ERR_PASSPHRASE) {
		flow_note(a, STYLE_MINUS, "That is not the passphrase of this "
		    "vault. Nothing has changed: type it again.");
	} else if (ev->err == ERR_DAMAGED) {
		flow_note(a, STYLE_REFUSE, "The vault is damaged: neither of "
		    "its two states is whole. Try a copy of it.");
	} else if (ev->err == ERR_VERSION) {
		flow_note(a, STYLE_REFUSE, "This vault was written by a newer "
		    "version of Coldseal. Open it with that one.");
	} else if (ev->n == FX_VAULT_NEW && ev->why.where[0] == '\0') {
		flow_note(a, STYLE_MINUS, "No vault was made: %s",
		    save_advice(ev->err));
	} else {
		vault_why(ev->err, &ev->why, text);
		flow_note(a, STYLE_MINUS, "Not done: %s.", text);
	}
}

static void
opened(struct app *a, const struct event *ev, struct effects *fx)
{
	struct vaulting *v = &a->vault;

	flow_idle(a);
	flow_wipe_entry(a, fx);
	v->cursor = v->at_key = 0;
	v->dirty = v->lost = v->sealed = v->lent = false;
	v->made = ev->n == FX_VAULT_NEW;
	v->why = 0;
	flow_as_set(a);
	flow_effect(fx, FX_KEYS, 0);
	if (ev->n == FX_VAULT_NEW && a->nfpr > 0)
		flow_vault_keep(a, fx);
	else
		flow_go(a, SCREEN_VAULT, fx);
	if (ev->n == FX_VAULT_NEW)
		flow_note(a, STYLE_PLUS, "The vault %s was written to %s, and "
		    "read back.%s", v->at.shown, v->at.label, ev->whole ?
		    " It is safe to remove the stick." : "");
}

static void
unsealed(struct app *a, struct effects *fx)
{
	flow_idle(a);
	flow_wipe_entry(a, fx);
	a->vault.sealed = false;
	a->vault.lent = true;
	a->stale = true;
	flow_effect(fx, FX_KEYS, 0);
	flow_home(a, fx);
}

static void
loaded(struct app *a, const struct event *ev, struct effects *fx)
{
	char text[FAULT_TEXT_MAX];

	flow_idle(a);
	if (ev->err == 0) {
		a->vault.lent = true;
		a->stale = true;
		flow_effect(fx, FX_KEYS, 0);
		flow_home(a, fx);
		return;
	}
	vault_why(ev->err, &ev->why, text);
	flow_note(a, STYLE_MINUS, ev->err == ERR_SPACE ? "No more keys fit. "
	    "Lock to begin anew." : "Not loaded: %s.", text);
}

static void
written(struct app *a, const struct event *ev, struct effects *fx)
{
	bool copy = ev->n == FX_VAULT_COPY;

	flow_idle(a);
	if (ev->err != 0) {
		flow_note(a, STYLE_MINUS, "%s", copy && (ev->err == ERR_GONE ||
		    ev->err == ERR_MISMATCH) ? "Not copied: plug in the stick "
		    "of the vault beside the other." : save_advice(ev->err));
		flow_effect(fx, FX_STICKS, 0);
		return;
	}
	flow_go(a, copy ? SCREEN_VAULT : ev->n == FX_VAULT_LABELS ?
	    SCREEN_THINGS : SCREEN_LOG, fx);
	flow_note(a, STYLE_PLUS, "%.100s was written, and read back.%s",
	    a->out.name, ev->whole ? " It is safe to remove the stick." : "");
}

static void
closed(struct app *a, struct effects *fx)
{
	flow_idle(a);
	a->vault = (struct vaulting){ .look = true };
	a->stale = true;
	flow_effect(fx, FX_KEYS, 0);
	flow_go(a, SCREEN_KEYS, fx);
}

/* Not kept, forgotten, named: it stays as it was. */
static void
not_changed(struct app *a, const struct event *ev)
{
	char text[FAULT_TEXT_MAX];

	flow_idle(a);
	vault_why(ev->err, &ev->why, text);
	flow_note(a, STYLE_MINUS, ev->err == ERR_DUPLICATE ? "That key is in "
	    "the vault already." : "Not done: %s.", text);
}

static void
changed(struct app *a, const struct event *ev, struct effects *fx)
{
	struct vaulting *v = &a->vault;

	if (ev->err != 0) {
		not_changed(a, ev);
		return;
	}
	v->cursor = v->cursor < v->nkey ? v->cursor : 0;
	v->passed = v->passed || ev->n == FX_VAULT_PASSWD;
	if (ev->n == FX_VAULT_FLAGS && v->about.has_keys)
		v->sealed = false;
	if (a->screen == SCREEN_LOCK)
		flow_wipe_entry(a, fx);
	v->made = false;
	if (ev->n == FX_VAULT_THINGS)
		flow_idle(a);
	if (ev->n == FX_VAULT_THINGS || ev->n == FX_SETTING)
		return;
	a->stale = a->stale || ev->n == FX_VAULT_FORGET;
	if (ev->n == FX_LABEL) {
		flow_noted(a, fx);
		return;
	}
	if (a->screen == SCREEN_KEEP || a->screen == SCREEN_LOCK)
		flow_go(a, SCREEN_VAULT, fx);
	flow_vault_store(a, fx);
}

void
flow_vault_event(struct app *a, const struct event *ev, struct effects *fx)
{
	enum effect_kind what = (enum effect_kind)ev->n;

	if (what == FX_VAULT_STORE)
		stored(a, ev);
	else if (what == FX_VAULT_LEARN)
		learnt(a, ev, fx);
	else if (what == FX_VAULT_LOAD)
		loaded(a, ev, fx);
	else if (what == FX_VAULT_COPY || what == FX_VAULT_WRITE ||
	    what == FX_VAULT_LABELS)
		written(a, ev, fx);
	else if (what == FX_VAULT_LOG)
		flow_vault_log(a, ev->err, fx);
	else if (what == FX_VAULT_CLOSE)
		closed(a, fx);
	else if (ev->err != 0 && a->screen == SCREEN_LOCK)
		not_opened(a, ev);
	else if (what == FX_VAULT_OPEN || what == FX_VAULT_NEW)
		opened(a, ev, fx);
	else if (what == FX_VAULT_AGAIN)
		unsealed(a, fx);
	else if (what != FX_VAULT_LOOK)
		changed(a, ev, fx);
}
