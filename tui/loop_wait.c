#include "tui/loop_state.h"
#include "tui/term.h"

#define SLOW_MS 3000		/* a stick in good health takes less */
#define LOOK_MS 100
#define PATIENCE_MS 20000	/* for what shows nothing to be stopped */

/* What is typed while the passphrase is at work was not meant for what comes
 * after it: dropped, but for Esc, which is heard as in every other wait. */
void
loop_deaf(struct loop *l)
{
	unsigned n;
	uint32_t k;

	for (n = 0; n < KEYS_AT_ONCE && (k = term_key()) != K_NONE; n++) {
		struct event ev = { .kind = EV_KEY, .key = k };

		if (k == K_ESC)
			loop_feed(l, &ev);
	}
}

/* The clock of what cannot be stopped; nothing else can happen behind its
 * back. */
void
loop_meanwhile(void *arg)
{
	struct loop *l = arg;

	if (l->app.busy.phase != PHASE_VAULT)
		return;
	loop_deaf(l);
	l->app.now = loop_now();
	loop_paint(l);
}

/* What is written is never given up halfway: pulling the stick does that. */
bool
loop_go_on(void *arg)
{
	struct loop *l = arg;
	struct engine_work work = engine_work(l->engine);
	struct event tick = { .kind = EV_TICK };
	uint64_t now = loop_now();
	unsigned n;
	uint32_t k;

	if (now - l->painted < LOOK_MS)
		return true;
	if (work.total > 0 && l->app.busy.phase != PHASE_STRETCH)
		return false;		/* locked meanwhile */
	l->app.busy.slow = work.total == 0 && now - l->began >= SLOW_MS;
	l->app.busy.done = work.done;
	l->app.busy.total = work.total;
	loop_feed(l, &tick);
	for (n = 0; n < KEYS_AT_ONCE && (k = term_key()) != K_NONE; n++) {
		struct event ev = { .kind = EV_KEY, .key = k };

		loop_feed(l, &ev);
	}
	loop_paint(l);
	if (l->app.busy.phase == PHASE_IDLE)
		return now - l->began < PATIENCE_MS;
	return l->app.busy.phase == PHASE_SAVE || !l->app.busy.stopping;
}
