/*
 * tui_play.h - the application alone: keys in, a canvas out, and around it a
 * made-up world that carries out its effects.
 *
 *	source	none
 *	shapes	struct play; scripts such as "k<Enter>"
 *	units	milliseconds of a clock that the test sets
 *	owns	what play_begin took, until play_end
 *	errors	asserts
 *	secrets	none: the words are published ones
 *	tests	used by tui_app_test.c and tui_golden_test.c
 */
#ifndef TESTS_UNIT_TUI_PLAY_H
#define TESTS_UNIT_TUI_PLAY_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/tui_pages.h"
#include "tui/app.h"
#include "tui/screen/screen.h"
#include "tests/unit/tui_play_image.h"
#include "tests/unit/tui_play_new.h"
#include "tests/unit/tui_play_vault.h"
#include "tests/unit/tui_play_wallet.h"

#define PLAY_QUEUE 64

struct play {
	struct app	 app;
	struct secrets	 secret;
	struct arena	 lines, pages;
	struct canvas	 canvas;
	struct effect	 queue[PLAY_QUEUE];
	size_t		 head, count;
	bool		 running;	/* effects are carried out in turn */
	uint64_t	 now;
	struct stick	 stick[2];
	size_t		 nstick;
	struct page	 page;
	const char	*typed;		/* what the clerk wants typed */
	enum err	 save, unlock, make;
	size_t		 nkey;
	unsigned	 locks, scrubs, quits, stops, forgets, makes, saves,
			 exports, discards;
	size_t		 many;		/* further files on the first stick */
	unsigned	 mounts, judged_while_held;
	bool		 held;
	enum err	 medium;	/* why it cannot be read */
	size_t		 medium_at;	/* steps */
	bool		 hang;		/* the clerk does not answer */
	struct play_keeper keeper;
	struct play_vault vault;
	bool		 words;		/* each file is a message to sign */
	bool		 wallets;	/* each file is a wallet */
	bool		 none;		/* no wallet is registered */
	size_t		 crowd;		/* further payments in each file */
	unsigned	 did[EFFECTS];	/* how often each was carried out */
};

/* The page of a file, by its name. */
static inline struct page
page_named(struct play *p, const char *name)
{
	struct page page = page_example(&p->pages,
	    strncmp(name, "long", 4) == 0 ? 40 : 2);

	if (p->words)
		return page_words(&p->pages);
	if (p->wallets)
		return page_wallet(&p->pages);
	if (p->crowd > 0)
		page_crowd(&page, &p->pages, p->crowd);
	if (strncmp(name, "warn", 4) == 0) {
		page_finding(&page, &p->pages, "btc.fee.high", LEVEL_WARN,
		    "this transaction: the fee is 5.21 % of what you pay");
		page_finding(&page, &p->pages, "btc.path.gap", LEVEL_WARN,
		    "output 1: a wallet may not look that far for change");
	}
	if (strncmp(name, "bad", 3) == 0)
		page_finding(&page, &p->pages, "btc.change.false",
		    LEVEL_REFUSE, "output 1: it claims to be yours, but your "
		    "key does not give this script");
	if (strncmp(name, "foreign", 7) == 0)
		page_finding(&page, &p->pages, "btc.key.none", LEVEL_REFUSE,
		    "this transaction: no key at hand can sign");
	if (strncmp(name, "signed", 6) == 0)
		page_finding(&page, &p->pages, "btc.input.final",
		    LEVEL_REFUSE, "this transaction: nothing is left");
	return page;
}

static inline void play_feed(struct play *, struct event);

static inline void
play_list_many(struct play *p)
{
	struct listing l = { .n = p->many };
	char names[32];
	size_t i;

	l.entry = calloc(p->many + 1, sizeof(*l.entry));
	assert_non_null(l.entry);
	for (i = 0; i < l.n; i++) {
		(void)snprintf(names, sizeof(names), "z%05zu.psbt", i);
		l.entry[i] = (struct entry){ .name = strdup(names),
		    .shown = strdup(names), .size = 20000 + i,
		    .candidate = true };
	}
	assert_int_equal(shelf_add(&p->app.shelf, p->stick[0].id, &l), 0);
	for (i = 0; i < l.n; i++) {
		free(l.entry[i].name);
		free(l.entry[i].shown);
	}
	free(l.entry);
}

static inline void
play_list(struct play *p, size_t stick)
{
	struct entry e[] = {
		{ (char[]){ "payroll.psbt" }, (char[]){ "payroll.psbt" }, 700,
		    true, NULL },
		{ (char[]){ "warn.psbt" }, (char[]){ "warn.psbt" }, 690,
		    true, NULL },
		{ (char[]){ "long.psbt" }, (char[]){ "long.psbt" }, 9000,
		    true, NULL },
		{ (char[]){ "bad.psbt" }, (char[]){ "bad.psbt" }, 701, true,
		    NULL },
		{ (char[]){ "foreign.psbt" }, (char[]){ "foreign.psbt" }, 702,
		    true, NULL },
		{ (char[]){ "signed.psbt" }, (char[]){ "signed.psbt" }, 703,
		    true, NULL },
		{ (char[]){ "notes\x1b.txt" }, (char[]){ "notes\\x1b.txt" },
		    12, true, NULL },
		{ (char[]){ "photos" }, (char[]){ "photos" }, 0, false,
		    "a folder" },
		{ (char[]){ "torn.psbt" }, (char[]){ "torn.psbt" }, 99, true,
		    NULL },
	};
	struct listing l = { .entry = e, .n = stick == 0 ? 9 : 0 };
	struct event ev = { .kind = EV_LISTED };

	ev.err = shelf_add(&p->app.shelf, p->stick[stick].id, &l);
	p->held = true;
	p->mounts++;
	if (stick == 0)
		play_list_many(p);
	shelf_by_size(&p->app.shelf);
	play_feed(p, ev);
}

static inline void
play_open(struct play *p, size_t i)
{
	struct event ev = { .kind = EV_ENGINE };
	const char *name = p->app.shelf.item[i].name;

	p->judged_while_held += p->held;
	if (p->hang)
		return;
	if (strncmp(name, "notes", 5) == 0) {
		ev.engine.kind = ENGINE_FAIL;
		ev.engine.err = ERR_UNKNOWN;
	} else if (strncmp(name, "torn", 4) == 0) {
		ev.engine.kind = ENGINE_FAIL;
		ev.engine.err = ERR_SHORT;
		fault_set(&ev.engine.fault, 98, "input 0: witness utxo");
	} else {
		p->page = page_named(p, name);
		ev.engine.kind = ENGINE_PAGE;
		ev.page = &p->page;
		ev.engine.file.b[0] = (uint8_t)p->app.shelf.item[i].size;
	}
	play_feed(p, ev);
}

static inline void
play_agree(struct play *p)
{
	struct event ev = { .kind = EV_ENGINE,
	    .engine = { .kind = ENGINE_AGREED } };

	if (strcmp(p->app.review.word, p->typed) != 0) {
		ev.engine.kind = ENGINE_FAIL;
		ev.engine.err = ERR_TYPED;
	}
	play_feed(p, ev);
}

static inline void
play_make(struct play *p)
{
	struct event ev = { .kind = EV_ENGINE,
	    .engine = { .kind = ENGINE_MADE, .nanswer = 2 },
	    .suffix = { "-signed.psbt", "-final.txn" } };

	if (p->words) {
		ev.engine.nanswer = 1;
		ev.suffix[0] = "-signed.txt";
	}
	if (p->wallets)
		ev.engine.nanswer = 0;
	if (p->hang)
		return;
	if (p->make != 0) {
		ev.engine.kind = ENGINE_FAIL;
		ev.engine.err = p->make;
	}
	play_feed(p, ev);
}

static inline void
play_save(struct play *p)
{
	struct event ev = { .kind = EV_SAVED, .err = p->save,
	    .whole = true };
	struct review *r = &p->app.review;

	p->saves++;
	if (p->save == 0) {
		(void)snprintf(r->name[0], sizeof(r->name[0]),
		    p->words ? "payroll-signed.txt" : "payroll-signed.psbt");
		(void)snprintf(r->name[1], sizeof(r->name[1]),
		    "payroll-final.txn");
	}
	play_feed(p, ev);
}

/* A list of five words is enough. */
static inline void
play_complete(struct play *p)
{
	static const char *const list[] = { "abandon", "ability", "about",
	    "act", "action" };
	struct event ev = { .kind = EV_COMPLETED };
	size_t i, n = strlen(p->secret.line);

	for (i = 0; i < 5; i++) {
		if (strncmp(list[i], p->secret.line, n) != 0)
			continue;
		if (ev.n++ == 0)
			(void)snprintf(p->secret.first,
			    sizeof(p->secret.first), "%s", list[i]);
		ev.whole |= strlen(list[i]) == n;
	}
	play_feed(p, ev);
}

static inline void
play_unlock(struct play *p)
{
	struct event ev = { .kind = EV_UNLOCKED, .err = p->unlock,
	    .fpr = { { { 0x73, 0xc5, 0xda, 0x0a } } } };

	if (p->secret.pass[0] != '\0')
		ev.fpr[0].b[0] = 0xb4;
	p->nkey += p->unlock == 0;
	play_feed(p, ev);
}

static inline void
play_keys(struct play *p)
{
	struct event ev = { .kind = EV_KEYS, .n = p->nkey,
	    .fpr = { { { 0x73, 0xc5, 0xda, 0x0a } },
	    { { 0xb4, 0xc5, 0xda, 0x0a } } },
	    .key_kind = { KEY_BIP32, KEY_MONERO } };

	play_feed(p, ev);
}

static inline void
play_addresses(struct play *p)
{
	struct event ev = { .kind = EV_ADDRESSES };
	struct addresses *d = &p->app.addr;
	bool whole = d->ask.with[0] != '\0';
	size_t i, n = 0;

	ev.err = whole && strlen(d->ask.with) != 16 ? ERR_FORM : ERR_NONE;
	for (i = 0; i < (whole ? 1 : ADDRESSES_SHOWN); i++)
		n += (size_t)snprintf(d->text + n, sizeof(d->text) - n,
		    "m/84'/1'/0'/%d/%zu %s\n", d->ask.change, d->ask.from + i,
		    whole ? PLAY_INTEGRATED : pay_to);
	play_feed(p, ev);
}

/* Two formats; the second asks for something and comes with a warning. */
static inline void
play_export(struct play *p, const struct effect *fx)
{
	struct exporting *x = &p->app.out;
	struct event ev = { .kind = EV_TICK };

	if (fx->kind == FX_FORMATS) {
		ev.kind = EV_FORMATS;
		(void)snprintf(x->formats, sizeof(x->formats),
		    "descriptors||for most wallets\n"
		    "view|Restore height|to paste\n");
	} else if (fx->kind == FX_EXPORT) {
		bool view = strcmp(x->format, "view") == 0;

		ev.kind = EV_EXPORTED;
		ev.err = strcmp(x->typed, "bad") == 0 ? ERR_FORM : ERR_NONE;
		(void)snprintf(x->about.file, sizeof(x->about.file),
		    "coldseal-%s.txt", x->format);
		(void)snprintf(x->about.warning, sizeof(x->about.warning),
		    "%s", view ? "It shows what comes in." : "");
		p->exports++;
	} else if (fx->kind == FX_SHOW) {
		ev.kind = EV_SHOWN;
		(void)snprintf(p->app.qr.text, sizeof(p->app.qr.text),
		    "{\"address\":\"x\"}");
	} else if (fx->kind == FX_STORE) {
		ev.kind = EV_STORED;
		ev.whole = true;
		(void)snprintf(x->name, sizeof(x->name), "%s",
		    x->about.file);
	} else {
		p->discards++;
	}
	play_feed(p, ev);
}

static inline void
play_effect(struct play *p, const struct effect *fx)
{
	struct event ev = { .kind = EV_TICK };

	if (fx->kind >= FX_VAULT_LOOK && fx->kind <= FX_SETTING)
		ev = play_vault(&p->vault, &p->app, &p->nkey, fx);
	switch ((int)fx->kind) {
	case FX_QUIT: p->quits++; return;
	case FX_SCRUB: p->scrubs++; return;
	case FX_STOP: p->stops++; return;
	case FX_FORGET: p->forgets++; return;
	case FX_CLEAR: shelf_end(&p->app.shelf); return;
	case FX_DROP: return;
	case FX_LIST: play_list(p, fx->n); return;
	case FX_OPEN: play_open(p, fx->n); return;
	case FX_AGREE: play_agree(p); return;
	case FX_MAKE_WITHOUT: case FX_MAKE: p->makes++; play_make(p); return;
	case FX_SAVE: play_save(p); return;
	case FX_COMPLETE: play_complete(p); return;
	case FX_UNLOCK: if (p->hang) return; /* FALLTHROUGH */
	case FX_PASS: play_unlock(p); return;
	case FX_NEW: case FX_FEED: case FX_UNFEED: case FX_WORDS:
	case FX_QUIZ: case FX_SAY: case FX_END_NEW:
		ev = play_new(&p->keeper, &p->app, fx);
		break;
	case FX_FORMATS: case FX_EXPORT: case FX_SHOW: case FX_STORE:
	case FX_DISCARD: play_export(p, fx); return;
	case FX_WALLETS: case FX_WALLET: case FX_JOINED:
		ev = play_wallet(&p->app, fx, p->none);
		break;
	case FX_KEYS: play_keys(p); return;
	case FX_KEYMAP: case FX_MEDIUM: case FX_MEDIUM_END:
		ev = play_image(&p->app, p->medium, &p->medium_at, fx);
		break;
	case FX_ADDRESSES: play_addresses(p); return;
	case FX_STICKS:
		ev = (struct event){ .kind = EV_STICKS, .stick = p->stick,
		    .n = p->nstick };
		break;
	case FX_MOUNT: p->held = true; p->mounts++; ev.kind = EV_LISTED; break;
	case FX_IMPORT: ev.kind = EV_IMPORTED; break;
	case FX_RELEASE: p->held = false; ev.kind = EV_RELEASED; break;
	case FX_CHECK_WORDS: ev.kind = EV_CHECKED; break;
	case FX_LOCK: p->locks++; p->nkey = 0; ev.kind = EV_LOCKED; break;
	case FX_FIND:
		ev.kind = EV_FOUND;
		ev.whole = strcmp(p->app.addr.typed, "other") != 0;
		(void)snprintf(p->app.addr.path, PATH_TEXT_MAX,
		    "m/84'/1'/0'/0/4");
		break;
	}
	play_feed(p, ev);
}

static inline void
play_feed(struct play *p, struct event ev)
{
	struct effects fx = { 0 };
	struct effect now;
	size_t i;

	ev.now = p->now;
	app_update(&p->app, &ev, &fx);
	for (i = 0; i < fx.n; i++) {
		assert_true(p->count < PLAY_QUEUE);
		p->queue[(p->head + p->count++) % PLAY_QUEUE] = fx.fx[i];
	}
	if (p->running)
		return;
	p->running = true;
	while (p->count > 0) {
		now = p->queue[p->head];
		p->head = (p->head + 1) % PLAY_QUEUE;
		p->count--;
		p->did[now.kind]++;
		play_effect(p, &now);
	}
	p->running = false;
}

static inline uint32_t
play_named(const char **s)
{
	static const struct { const char *name; uint32_t key; } k[] = {
		{ "<Enter>", K_ENTER }, { "<Esc>", K_ESC },
		{ "<Tab>", K_TAB }, { "<Up>", K_UP }, { "<Down>", K_DOWN },
		{ "<PgDn>", K_PGDN }, { "<PgUp>", K_PGUP },
		{ "<Home>", K_HOME }, { "<End>", K_END }, { "<F1>", K_F1 },
		{ "<F2>", K_F2 },
		{ "<Left>", K_LEFT }, { "<Right>", K_RIGHT },
		{ "<Back>", K_BACKSPACE }, { "<C-c>", 3 },
	};
	size_t i;

	for (i = 0; i < sizeof(k) / sizeof(k[0]); i++) {
		if (strncmp(*s, k[i].name, strlen(k[i].name)) != 0)
			continue;
		*s += strlen(k[i].name);
		return k[i].key;
	}
	return (uint32_t)(unsigned char)*(*s)++;
}

static inline void
play_keys_of(struct play *p, const char *script)
{
	while (*script != '\0') {
		struct event ev = { .kind = EV_KEY };

		ev.key = play_named(&script);
		play_feed(p, ev);
	}
}

static inline void
play_wait(struct play *p, uint64_t ms)
{
	p->now += ms;
	play_feed(p, (struct event){ .kind = EV_TICK });
}

static inline void
play_size(struct play *p, int w, int h)
{
	canvas_end(&p->canvas);
	assert_int_equal(canvas_new(&p->canvas, w, h), 0);
	play_feed(p, (struct event){ .kind = EV_SIZE, .w = w, .h = h });
}

static inline struct play *
play_begin(size_t nkey)
{
	struct play *p = calloc(1, sizeof(*p));

	assert_non_null(p);
	p->now = 1000;
	p->lines.size = p->pages.size = 8u << 20;
	p->lines.base = malloc(p->lines.size);
	p->pages.base = malloc(p->pages.size);
	assert_non_null(p->lines.base);
	assert_non_null(p->pages.base);
	p->stick[0] = (struct stick){ .id = 7, .writable = true,
	    .label = "DEMO" };
	p->stick[1] = (struct stick){ .id = 9, .writable = true,
	    .label = "SPARE" };
	p->nstick = 1;
	p->nkey = nkey;
	p->typed = "t080";
	app_init(&p->app, &p->secret, &p->lines);
	p->app.network = NET_REGTEST;
	p->app.version = "0.0";
	p->app.sandbox = "seccomp";
	assert_int_equal(canvas_new(&p->canvas, 80, 24), 0);
	play_feed(p, (struct event){ .kind = EV_START });
	return p;
}

static inline void
play_end(struct play *p)
{
	app_end(&p->app);
	canvas_end(&p->canvas);
	free(p->lines.base);
	free(p->pages.base);
	free(p);
}

#endif
