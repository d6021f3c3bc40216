#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "core/base/secret.h"
#include "core/proc/memory.h"
#include "core/proc/sandbox.h"
#include "tui/loop_vault.h"
#include "tui/term.h"
#include "tui/version.h"

#define EXIT_NO_TERMINAL 1
#define EXIT_DIED 5
#define LINES_ARENA ((size_t)1 << 30)	/* address space; used as needed */
#define FRAME_MS 40
#define FAREWELL_MS 1500	/* the parent ends us after two seconds */

uint64_t
loop_now(void)
{
	struct timespec t = { 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

void
loop_feed(struct loop *l, struct event *ev)
{
	struct effects fx = { 0 };
	size_t i;

	ev->now = loop_now();
	app_update(&l->app, ev, &fx);
	for (i = 0; i < fx.n && l->count < QUEUE_MAX; i++)
		l->queue[(l->head + l->count++) % QUEUE_MAX] = fx.fx[i];
	wipe(ev, sizeof(*ev));
}

void
loop_paint(struct loop *l)
{
	app_draw(&l->app, &l->canvas);
	term_paint(&l->canvas);
	l->painted = loop_now();
}

static void
resize(struct loop *l)
{
	struct event ev = { .kind = EV_SIZE };

	term_size(&ev.w, &ev.h);
	if (ev.w != l->canvas.w || ev.h != l->canvas.h) {
		canvas_end(&l->canvas);
		if (canvas_new(&l->canvas, ev.w, ev.h) != 0) {
			l->quit = true;
			l->code = EXIT_NO_TERMINAL;
			return;
		}
	}
	loop_feed(l, &ev);
}

/* Who carries what out. */
static struct event (*const does[EFFECTS])(struct loop *,
    const struct effect *) = {
	[FX_CLEAR] = loop_do_media,
	[FX_LIST] = loop_do_media,
	[FX_MOUNT] = loop_do_media,
	[FX_IMPORT] = loop_do_media,
	[FX_DROP] = loop_do_media,
	[FX_RELEASE] = loop_do_media,
	[FX_SAVE] = loop_do_media,
	[FX_STICKS] = loop_do_engine,
	[FX_COMPLETE] = loop_do_engine,
	[FX_CHECK_WORDS] = loop_do_engine,
	[FX_UNLOCK] = loop_do_engine,
	[FX_KEYS] = loop_do_engine,
	[FX_LOCK] = loop_do_engine,
	[FX_NEW] = loop_do_engine,
	[FX_FEED] = loop_do_engine,
	[FX_UNFEED] = loop_do_engine,
	[FX_WORDS] = loop_do_engine,
	[FX_QUIZ] = loop_do_engine,
	[FX_SAY] = loop_do_engine,
	[FX_PASS] = loop_do_engine,
	[FX_END_NEW] = loop_do_engine,
	[FX_OPEN] = loop_do_engine,
	[FX_AGREE] = loop_do_engine,
	[FX_MAKE] = loop_do_engine,
	[FX_STOP] = loop_do_engine,
	[FX_FORGET] = loop_do_engine,
	[FX_ADDRESSES] = loop_do_engine,
	[FX_FIND] = loop_do_engine,
	[FX_BACKUP] = loop_do_backup,
	[FX_SHARE] = loop_do_backup,
	[FX_END_BACKUP] = loop_do_backup,
	[FX_GATHER] = loop_do_backup,
	[FX_REHEARSE] = loop_do_backup,
	[FX_AGE_COUNT] = loop_do_age,
	[FX_AGE_SEAL] = loop_do_age,
	[FX_AGE_OPEN] = loop_do_age,
	[FX_AGE_PART] = loop_do_age,
	[FX_AGE_END] = loop_do_age,
	[FX_CHILD] = loop_do_child,
	[FX_SHEET] = loop_do_child,
	[FX_SHEET_WRITE] = loop_do_child,
	[FX_KEYMAP] = loop_do_image,
	[FX_MEDIUM] = loop_do_image,
	[FX_MEDIUM_END] = loop_do_image,
	[FX_WALLETS] = loop_do_wallet,
	[FX_WALLET] = loop_do_wallet,
	[FX_JOINED] = loop_do_wallet,
	[FX_FORMATS] = loop_do_export,
	[FX_EXPORT] = loop_do_export,
	[FX_SHOW] = loop_do_export,
	[FX_STORE] = loop_do_export,
	[FX_DISCARD] = loop_do_export,
	[FX_VAULT_LOOK] = loop_do_vault,
	[FX_VAULT_OPEN] = loop_do_vault,
	[FX_VAULT_AGAIN] = loop_do_vault,
	[FX_VAULT_NEW] = loop_do_vault,
	[FX_VAULT_PASSWD] = loop_do_vault,
	[FX_VAULT_STORE] = loop_do_vault,
	[FX_VAULT_LEARN] = loop_do_vault,
	[FX_MAKE_WITHOUT] = loop_do_engine,
	[FX_VAULT_LOAD] = loop_do_kept,
	[FX_VAULT_KEEP] = loop_do_kept,
	[FX_VAULT_NAME] = loop_do_kept,
	[FX_VAULT_DROP] = loop_do_kept,
	[FX_VAULT_FLAGS] = loop_do_kept,
	[FX_VAULT_NOTE] = loop_do_kept,
	[FX_VAULT_CLOSE] = loop_do_kept,
	[FX_VAULT_COPY] = loop_do_log,
	[FX_VAULT_LOG] = loop_do_log,
	[FX_VAULT_WRITE] = loop_do_log,
	[FX_VAULT_THINGS] = loop_do_things,
	[FX_VAULT_FORGET] = loop_do_things,
	[FX_VAULT_LABELS] = loop_do_things,
	[FX_LABEL] = loop_do_things,
	[FX_SETTING] = loop_do_things,
};

struct event
loop_do(struct loop *l, const struct effect *fx)
{
	if (does[fx->kind] != NULL)
		return does[fx->kind](l, fx);
	if (fx->kind == FX_QUIT)
		l->quit = true;
	if (fx->kind == FX_SCRUB)
		term_scrub();
	return (struct event){ .kind = EV_TICK };
}

/* The screen says so before it begins. */
static bool
is_slow(const struct loop *l, enum effect_kind k)
{
	enum phase p = l->app.busy.phase;

	return k == FX_SAVE || k == FX_STORE || k == FX_FIND ||
	    p == PHASE_VAULT || p == PHASE_KEEP || p == PHASE_STRETCH ||
	    (k == FX_IMPORT && app_is_long(&l->app));
}

static void
one_effect(struct loop *l)
{
	struct effect fx = l->queue[l->head];
	bool deaf = l->app.busy.phase == PHASE_VAULT;
	struct event ev;

	if (is_slow(l, fx.kind))
		loop_paint(l);
	l->head = (l->head + 1) % QUEUE_MAX;
	l->count--;
	l->began = loop_now();
	l->app.busy.slow = false;
	ev = loop_do(l, &fx);
	if (deaf)
		loop_deaf(l);
	if (ev.kind != EV_TICK)
		loop_feed(l, &ev);
}

/* A page is at hand while its event is: the model looks at it, lent. */
/* A few at a time: who floods us must not keep keys and the clock, which may
 * have to lock, from being heard. */
#define EVENTS_A_TURN 64

static void
engine_events(struct loop *l)
{
	size_t n;

	for (n = 0; n < EVENTS_A_TURN; n++) {
		struct event ev = { .kind = EV_ENGINE };
		size_t i;

		ev.engine = engine_next(l->engine);
		if (ev.engine.kind == ENGINE_NONE)
			return;
		ev.page = engine_page(l->engine);
		for (i = 0; i < ANSWERS_MAX; i++) {
			const struct engine_answer *an =
			    engine_answer(l->engine, i);

			ev.suffix[i] = an != NULL ? an->suffix : NULL;
		}
		loop_feed(l, &ev);
		if (l->app.screen == SCREEN_DIED)
			return;
	}
}

static void
keys(struct loop *l)
{
	size_t i;

	for (i = 0; i < KEYS_AT_ONCE && !l->quit; i++) {
		struct event ev = { .kind = EV_KEY, .key = term_key() };

		if (ev.key == K_NONE)
			break;

		loop_feed(l, &ev);
		while (l->count > 0 && l->app.busy.phase == PHASE_IDLE &&
		    !l->quit)
			one_effect(l);
	}
}

static void
signals(struct loop *l, int fd)
{
	struct signalfd_siginfo si;

	while (read(fd, &si, sizeof(si)) == (ssize_t)sizeof(si)) {
		if (si.ssi_signo == SIGWINCH)
			resize(l);
		else
			l->quit = true;
	}
}

static int
patience(const struct loop *l)
{
	return l->count > 0 ? 0 : app_timeout(&l->app);
}

static void
turn(struct loop *l, int sigfd)
{
	struct pollfd p[ENGINE_FDS + 2];
	struct event tick = { .kind = EV_TICK };
	nfds_t n = 2;
	int ready;

	p[0] = (struct pollfd){ .fd = STDIN_FILENO, .events = POLLIN };
	p[1] = (struct pollfd){ .fd = sigfd, .events = POLLIN };
	n += (nfds_t)engine_fds(l->engine, p + 2);
	ready = poll(p, n, patience(l));
	if (p[1].revents != 0)
		signals(l, sigfd);
	if (ready > 0 && (p[0].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0)
		l->quit = true;
	if (p[0].revents & POLLIN)
		keys(l);
	engine_events(l);
	if (l->count > 0 && !l->quit)
		one_effect(l);
	loop_feed(l, &tick);
}

/* A process died: say so before the parent ends us too. */
static void
farewell(struct loop *l)
{
	struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };

	l->code = EXIT_DIED;
	loop_paint(l);
	(void)poll(&p, 1, FAREWELL_MS);
}

static void
run(struct loop *l, int sigfd)
{
	struct event start = { .kind = EV_START };

	resize(l);
	loop_feed(l, &start);
	while (!l->quit && l->app.screen != SCREEN_DIED) {
		if (l->count == 0 || loop_now() - l->painted >= FRAME_MS)
			loop_paint(l);
		turn(l, sigfd);
	}
	if (l->app.screen == SCREEN_DIED)
		farewell(l);
}

/* Curses would install handlers; what is blocked comes by descriptor. */
static int
take_signals(sigset_t *was)
{
	sigset_t set;

	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGWINCH);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGHUP);
	(void)sigaddset(&set, SIGINT);
	(void)sigprocmask(SIG_BLOCK, &set, was);
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static enum err
model(struct loop *l, struct engine *en, struct secrets *s, struct arena *lines,
    const struct tui_options *o)
{
	l->engine = en;
	app_init(&l->app, s, lines);
	l->app.last_key = loop_now();
	l->app.network = o->network;
	l->app.has_network = o->has_network;
	l->app.base = o->base;
	l->app.banner = o->banner;
	l->app.airgap = o->airgap;
	l->app.keymaps = o->keymaps;
	l->wishes = o->wishes;
	l->app.version = COLDSEAL_VERSION;
	l->app.sandbox = sandbox_name();
	if (o->have_keys)
		l->app.screen = SCREEN_HOME;
	l->app.has_idle = o->idle > 0;
	if (o->idle > 0)
		l->app.idle_seconds = o->idle;
	l->dir = l->text = l->medium_fd = l->aged = -1;
	engine_patience(l->engine, loop_go_on, l);
	engine_meanwhile(l->engine, loop_meanwhile, l);
	return o->vault == NULL ? ERR_NONE : loop_vault_begin(l, o->vault,
	    &o->about);
}

int
tui_run(struct engine *en, const struct tui_options *o)
{
	struct secrets *s = secret_new(sizeof(*s));
	struct loop *l = calloc(1, sizeof(*l));
	struct arena lines = { 0 };
	int sigfd = -1, code = EXIT_NO_TERMINAL;
	enum err e = 0;
	sigset_t was;

	if (s != NULL && l != NULL && arena_map(&lines, LINES_ARENA) == 0 &&
	    (sigfd = take_signals(&was)) >= 0 &&
	    (e = model(l, en, s, &lines, o)) == 0 && term_start() == 0) {
		l->app.no_blocks = !term_has_blocks();
		run(l, sigfd);
		term_scrub();
		term_stop();
		loop_let_go(l, NULL);
		loop_clear(l);
		loop_medium_end(l);
		loop_age_end(l);
		app_end(&l->app);
		canvas_end(&l->canvas);
		code = l->code;
	}
	if (e != 0)
		(void)fputs("coldseal: the vault was opened, and its file is "
		    "not there any more\n", stderr);
	else if (code == EXIT_NO_TERMINAL)
		(void)fputs("coldseal: this is no terminal that it can draw "
		    "on; set TERM, or use the commands look and sign\n",
		    stderr);
	if (sigfd >= 0) {
		(void)close(sigfd);
		(void)sigprocmask(SIG_SETMASK, &was, NULL);
	}
	arena_clear(&lines);
	secret_free(s);
	free(l);
	return code;
}
