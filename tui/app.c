#include <stdarg.h>
#include <stdio.h>

#include "core/base/secret.h"
#include "tui/flow.h"
#include "tui/screen/screen.h"

#define COUNTDOWN_MS 30000	/* of the idle lock */
#define CTRL_C 3

void
app_init(struct app *a, struct secrets *s, struct arena *arena)
{
	*a = (struct app){ .secret = s, .arena = arena, .w = 80, .h = 24,
	    .idle_seconds = 600, .version = "", .sandbox = "",
	    .addr.ask.purpose = 84 };
	wipe(s, sizeof(*s));
}

void
app_end(struct app *a)
{
	shelf_end(&a->shelf);
	wipe(a->secret, sizeof(*a->secret));
	wipe(a, sizeof(*a));
}

void
flow_effect(struct effects *fx, enum effect_kind kind, size_t n)
{
	if (fx->n < EFFECTS_MAX)
		fx->fx[fx->n++] = (struct effect){ kind, n };
}

void
flow_note(struct app *a, enum style s, const char *fmt, ...)
{
	va_list ap;

	a->note_style = s;
	va_start(ap, fmt);
	(void)vsnprintf(a->note, sizeof(a->note), fmt, ap);
	va_end(ap);
}

static bool
shows_secrets(enum screen_id s)
{
	return s == SCREEN_WORDS || s == SCREEN_PASSPHRASE ||
	    s == SCREEN_ECHO || s == SCREEN_LOCK || s == SCREEN_GATHER ||
	    s == SCREEN_QUIZ || s == SCREEN_CODEX;
}

void
flow_go(struct app *a, enum screen_id to, struct effects *fx)
{
	if (a->screen == SCREEN_SHOWN || a->screen == SCREEN_SHARE ||
	    a->screen == SCREEN_CHILD ||
	    (shows_secrets(a->screen) && !shows_secrets(to)))
		flow_effect(fx, FX_SCRUB, 0);
	a->screen = to;
	a->scroll = 0;
	a->note[0] = '\0';
}

/* Screens that others come back to; the rest lie on top of one. */
static bool
remembers(enum screen_id s)
{
	return s != SCREEN_HELP && s != SCREEN_CODES && s != SCREEN_GUIDE &&
	    s != SCREEN_LEAVE;
}

void
flow_help(struct app *a, struct effects *fx)
{
	if (!remembers(a->screen))
		return;
	a->back = a->screen;
	flow_go(a, SCREEN_HELP, fx);
}

void
flow_busy(struct app *a, enum phase p)
{
	if (a->busy.phase == PHASE_IDLE) {
		a->busy = (struct busy){ .since = a->now };
		if (p != PHASE_LIST)	/* nobody asked for that */
			a->note[0] = '\0';
	}
	a->busy.phase = p;
	a->busy.done = a->busy.total = 0;
}

void
flow_idle(struct app *a)
{
	a->busy = (struct busy){ 0 };
}

void
flow_lock(struct app *a, struct effects *fx)
{
	flow_wipe_entry(a, fx);
	flow_idle(a);
	a->review = (struct review){ 0 };
	a->vault = (struct vaulting){ .lost = a->vault.dirty, .look = true };
	a->addr.text[0] = a->addr.path[0] = '\0';
	wipe(&a->age, sizeof(a->age));
	wipe(&a->keyboard.typed, sizeof(a->keyboard.typed));
	wipe(&a->out, sizeof(a->out));
	wipe(&a->qr, sizeof(a->qr));
	a->nfpr = a->nanswered = 0;
	arena_clear(a->arena);
	flow_effect(fx, FX_LOCK, 0);
	flow_effect(fx, FX_CLEAR, 0);
	flow_effect(fx, FX_SCRUB, 0);
	a->stale = true;
	flow_go(a, SCREEN_LOCKED, fx);
}

/* By hand; what waits for the vault's stick would be lost. */
void
flow_lock_asked(struct app *a, struct effects *fx)
{
	if (!a->vault.dirty || flow_sure(a, a->key, "The vault has changes "
	    "that are not stored yet: plug in its stick. The same key again "
	    "locks without them."))
		flow_lock(a, fx);
}

static bool
can_lock(const struct app *a)
{
	return a->nfpr > 0 || a->vault.open || a->entry.line.buf != NULL;
}

static uint64_t
idle_left(const struct app *a)
{
	uint64_t limit = (uint64_t)a->idle_seconds * 1000;
	uint64_t gone = a->now - a->last_key;

	return gone >= limit ? 0 : limit - gone;
}

static void
idle_check(struct app *a, struct effects *fx)
{
	uint64_t left;

	if (!can_lock(a))
		return;
	if (a->busy.phase == PHASE_STRETCH) {	/* it is waited for */
		a->last_key = a->now;
		return;
	}
	left = idle_left(a);
	if (left == 0)
		flow_lock(a, fx);
	else if (left <= COUNTDOWN_MS)
		flow_note(a, STYLE_BANG, "Locks in %u s. Any key stays.",
		    (unsigned)((left + 999) / 1000));
}

int
app_timeout(const struct app *a)
{
	uint64_t t = UINT64_MAX, left, gone;

	if (can_lock(a)) {
		left = idle_left(a);
		t = left > COUNTDOWN_MS ? left - COUNTDOWN_MS : 1000;
	}
	if (a->backup.shown && t > 1000)
		t = 1000;		/* it counts down */
	gone = a->now - a->busy.since;
	if (a->busy.phase != PHASE_IDLE && gone < LONG_MS &&
	    LONG_MS - gone < t)
		t = LONG_MS - gone;
	return t > INT_MAX ? -1 : (int)t;
}

static void
run_binding(struct app *a, uint32_t key, struct effects *fx)
{
	const struct binding *b;

	for (b = screen_table[a->screen]->keys; b->key != K_NONE; b++) {
		if (b->key != key && (b->other == K_NONE || b->other != key))
			continue;
		if (b->when != NULL && !b->when(a))
			continue;
		if (b->run != NULL)
			b->run(a, fx);
		return;
	}
}

static void
on_key(struct app *a, uint32_t key, struct effects *fx)
{
	const struct screen *s = screen_table[a->screen];
	bool asked;

	a->last_key = a->now;
	a->note[0] = '\0';
	a->key = key;
	if (key != K_ESC)
		a->fresh.sure = false;
	asked = a->vault.sure != 0 && a->vault.sure != key;
	if (asked)
		a->vault.sure = 0;
	if (asked && key == K_ESC)
		return;			/* the question is taken back */
	if (a->screen == SCREEN_DIED) {
		flow_effect(fx, FX_QUIT, 0);
	} else if (key == CTRL_C) {
		flow_stop(a, fx);
		if (remembers(a->screen))
			a->back = a->screen;
		flow_go(a, SCREEN_LEAVE, fx);
	} else if (!app_fits(a)) {
		return;
	} else if (a->busy.phase != PHASE_IDLE) {
		if (key == K_ESC)
			flow_stop(a, fx);
	} else if (s->text != NULL && s->text(a, key, fx)) {
		return;
	} else if (key == K_F1 || key == '?') {
		flow_help(a, fx);
	} else {
		run_binding(a, key, fx);
	}
}

static void
on_size(struct app *a, int w, int h)
{
	a->w = w;
	a->h = h;
	if (a->review.page != NULL)
		flow_lines(a);
}

static void
on_engine(struct app *a, const struct event *ev, struct effects *fx)
{
	const struct engine_event *e = &ev->engine;

	if (e->kind == ENGINE_DEAD) {
		a->died = e->role;
		flow_wipe_entry(a, fx);
		flow_idle(a);
		flow_go(a, SCREEN_DIED, fx);
	} else if (e->kind == ENGINE_STICKS) {
		a->stale = a->vault.look = a->vault.retry = true;
		if (a->screen == SCREEN_TARGET || a->screen == SCREEN_STICK)
			flow_effect(fx, FX_STICKS, 0);
	} else if (e->kind == ENGINE_PROGRESS) {
		a->busy.done = e->done;
		a->busy.total = e->total;
	} else if (a->busy.phase == PHASE_JUDGE) {
		flow_judged(a, ev, fx);
	} else if (a->busy.phase != PHASE_IDLE) {
		flow_sign_event(a, ev, fx);
	}
}

static void
on_start(struct app *a, const struct event *ev, struct effects *fx)
{
	(void)ev;
	a->stale = a->vault.look = true;
	flow_effect(fx, FX_KEYS, 0);
}

static void
on_press(struct app *a, const struct event *ev, struct effects *fx)
{
	on_key(a, ev->key, fx);
}

static void
on_resize(struct app *a, const struct event *ev, struct effects *fx)
{
	(void)fx;
	on_size(a, ev->w, ev->h);
}

/* Who hears of what; a tick nobody. */
static void (*const hears[EVENTS])(struct app *, const struct event *,
    struct effects *) = {
	[EV_START] = on_start,
	[EV_KEY] = on_press,
	[EV_SIZE] = on_resize,
	[EV_STICKS] = flow_read_event,
	[EV_STICKS_CHANGED] = flow_read_event,
	[EV_LISTED] = flow_read_event,
	[EV_IMPORTED] = flow_read_event,
	[EV_RELEASED] = flow_read_event,
	[EV_COMPLETED] = flow_key_event,
	[EV_CHECKED] = flow_key_event,
	[EV_UNLOCKED] = flow_key_event,
	[EV_TALLY] = flow_new_event,
	[EV_WORDS] = flow_new_event,
	[EV_QUIZ] = flow_new_event,
	[EV_SAID] = flow_new_event,
	[EV_KEYS] = flow_key_event,
	[EV_LOCKED] = flow_key_event,
	[EV_ENGINE] = on_engine,
	[EV_SAVED] = flow_sign_event,
	[EV_ADDRESSES] = flow_sign_event,
	[EV_FOUND] = flow_sign_event,
	[EV_WALLETS] = flow_wallet_event,
	[EV_WALLET] = flow_wallet_event,
	[EV_JOINED] = flow_wallet_event,
	[EV_KEYMAP] = flow_key_event,
	[EV_MEDIUM] = flow_medium,
	[EV_FORMATS] = flow_export_event,
	[EV_EXPORTED] = flow_export_event,
	[EV_SHOWN] = flow_export_event,
	[EV_STORED] = flow_export_event,
	[EV_BACKUP] = flow_backup_event,
	[EV_SHARE] = flow_backup_event,
	[EV_GATHERED] = flow_backup_event,
	[EV_REHEARSED] = flow_backup_event,
	[EV_AGE] = flow_age_event,
	[EV_CHILD] = flow_child_event,
	[EV_VAULT] = flow_vault_event,
};

void
app_update(struct app *a, const struct event *ev, struct effects *fx)
{
	fx->n = 0;
	a->now = ev->now;
	if (ev->kind == EV_START)
		a->last_key = ev->now;
	if (ev->kind != EV_KEY)
		idle_check(a, fx);
	flow_backup_tick(a, fx);
	if (a->screen == SCREEN_DIED && ev->kind != EV_KEY)
		return;
	if (hears[ev->kind] != NULL)
		hears[ev->kind](a, ev, fx);
	if (ev->kind != EV_LOCKED)
		flow_vault_turn(a, fx);
	if (a->screen == SCREEN_HOME && a->stale &&
	    a->busy.phase == PHASE_IDLE && ev->kind != EV_LOCKED)
		flow_read(a, fx);
}
