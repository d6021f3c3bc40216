/*
 * tui_play_vault.h - the vault of the made-up world: one lies on the first
 * stick, two keys are in it, its passphrase is "right one"; another, damaged,
 * and one that is too new have names that say so.
 *
 *	source	none
 *	shapes	effects in, events out
 *	units	none
 *	owns	nothing
 *	errors	as the keeper's, by what is typed; .gone: its stick is away
 *	secrets	none
 *	tests	used by tui_play.h
 */
#ifndef TESTS_UNIT_TUI_PLAY_VAULT_H
#define TESTS_UNIT_TUI_PLAY_VAULT_H

#include <stdio.h>
#include <string.h>

#include "core/base/secret.h"
#include "tui/app.h"

#define PLAY_CHAIN "00000000000000000000000000000000" \
    "00000000000000000000000000000000"

struct play_vault {
	bool		 there;		/* one lies on a stick */
	bool		 several, gone, torn;
	unsigned	 learns;
	enum err	 opens;		/* what the keeper says to it */
	unsigned	 loads, stores, notes, closed;
	struct vault_key key[2];
	size_t		 nkey;
	uint32_t	 flags;
	struct vault_thing thing[5];
	bool		 odd;		/* one cannot be read */
	char		 label[64];
	unsigned	 forgets, sets;
};

static inline void
play_places(const struct play_vault *p, struct vaulting *v)
{
	v->nfound = p->there ? 1 + p->several : 0;
	v->found[0] = (struct vault_place){ 1, "STICK", "main.vault",
	    "main.vault" };
	v->found[1] = (struct vault_place){ 2, "BLUE", "old", "old" };
}

static inline enum err
play_opened(struct play_vault *p, struct app *a)
{
	struct vaulting *v = &a->vault;

	if (p->opens != 0)
		return p->opens;
	if (strcmp(a->secret->pass, "right one") != 0)
		return ERR_PASSPHRASE;
	p->key[0] = (struct vault_key){ .id = 1,
	    .fpr = { { 0x73, 0xc5, 0xda, 0x0a } }, .name = "Savings" };
	p->key[1] = (struct vault_key){ .id = 2, .kind = KEY_MONERO,
	    .fpr = { { 0xb4, 0xc5, 0xda, 0x0a } }, .name = "Family" };
	p->nkey = 2;
	v->open = true;
	v->about = (struct vault_about){ .open = true, .has_keys = true,
	    .sequence = 12, .cost = { 2, 1048576 }, .room = 1000000,
	    .state = { SLOT_OPEN, p->torn ? SLOT_TORN : SLOT_WHOLE } };
	v->about.odd.n = p->odd;
	v->nwallet = 1;
	settings_usual(&v->settings);
	(void)snprintf(p->label, sizeof(p->label), "Rent");
	v->ncoin = 14;
	v->nline = 2;
	return 0;
}

static inline enum err
play_made(struct play_vault *p, struct app *a)
{
	struct vaulting *v = &a->vault;

	if (strlen(a->secret->pass) < 8)
		return ERR_RANGE;
	p->nkey = 0;
	v->open = true;
	v->at = (struct vault_place){ 1, "STICK", VAULT_FILE, VAULT_FILE };
	v->about = (struct vault_about){ .open = true, .sequence = 2,
	    .cost = { 2, 1048576 }, .room = 1048000,
	    .state = { SLOT_OPEN, SLOT_WHOLE } };
	return 0;
}

static inline enum err
play_kept(struct play_vault *p, struct app *a, const struct effect *fx)
{
	struct vaulting *v = &a->vault;

	if (fx->kind == FX_VAULT_KEEP) {
		p->key[p->nkey] = (struct vault_key){ .id = 7,
		    .fpr = a->fpr[fx->n] };
		(void)snprintf(p->key[p->nkey++].name, KEPT_NAME_MAX, "%.60s",
		    v->typed);
	} else if (fx->kind == FX_VAULT_NAME) {
		(void)snprintf(p->key[fx->n].name, KEPT_NAME_MAX, "%.60s",
		    v->typed);
	} else if (fx->kind == FX_VAULT_DROP) {
		p->key[0] = p->key[1];
		p->nkey--;
	} else if (fx->kind == FX_VAULT_FLAGS) {
		if (fx->n == 0 && strcmp(a->secret->pass, "right one") != 0)
			return ERR_PASSPHRASE;
		v->about.flags = (uint32_t)fx->n;
	}
	p->notes += fx->kind == FX_VAULT_NOTE;
	v->dirty = true;
	return 0;
}

/* Its label and its wallet, its coins, its log. */
static inline void
play_things(struct play_vault *p, struct app *a, const struct effect *fx)
{
	struct vaulting *v = &a->vault;

	if (fx->kind == FX_VAULT_FORGET)
		p->forgets++;
	for (size_t i = 0; fx->kind == FX_SETTING && i < SETTINGS; i++)
		p->sets += (unsigned)(fx->n >> i & 1);
	if (fx->kind == FX_LABEL)
		(void)snprintf(p->label, sizeof(p->label), "%.60s",
		    a->noting.typed);
	p->thing[0] = (struct vault_thing){ KEPT_WALLET, 3, "wallet ad4kq7z5",
	    "Savings of three", false };
	p->thing[1] = (struct vault_thing){ KEPT_LABEL, 4,
	    "addr bc1qr508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", p->label,
	    false };
	p->thing[2] = (struct vault_thing){ KEPT_COIN, 0, "",
	    "14 seen, with their amounts", false };
	p->thing[3] = (struct vault_thing){ KEPT_LOG, 0, "", "2 lines",
	    false };
	p->thing[4] = (struct vault_thing){ KEPT_WALLET, 9, "", "number 9: it "
	    "cannot be read, and is left out", true };
	p->odd = p->odd && fx->kind != FX_VAULT_FORGET;
	v->about.odd.n = p->odd;
	v->thing = p->thing;
	v->nthing = 4 + p->odd;
	v->nlabel = 1;
	settings_usual(&v->settings);
	v->dirty = fx->kind != FX_VAULT_THINGS &&
	    fx->kind != FX_VAULT_LABELS;
}

static inline enum err
play_stored(struct play_vault *p, struct app *a)
{
	p->stores++;
	a->vault.dirty = p->gone;
	return p->gone ? ERR_GONE : ERR_NONE;
}

/* *nkey: how many are at hand from now on. */
static inline struct event
play_vault(struct play_vault *p, struct app *a, size_t *nkey,
    const struct effect *fx)
{
	struct event ev = { .kind = EV_VAULT, .n = fx->kind, .whole = true };
	struct vaulting *v = &a->vault;
	size_t i;

	if (fx->kind == FX_VAULT_LOOK) {
		play_places(p, v);
		return ev;
	}
	if (fx->kind == FX_VAULT_OPEN || fx->kind == FX_VAULT_AGAIN ||
	    fx->kind == FX_VAULT_PASSWD) {
		ev.err = play_opened(p, a);
	} else if (fx->kind == FX_VAULT_NEW) {
		ev.err = play_made(p, a);
	} else if (fx->kind == FX_VAULT_STORE) {
		ev.err = play_stored(p, a);
	} else if (fx->kind == FX_VAULT_LEARN) {
		p->learns++;
		ev.err = p->gone ? ERR_GONE : ERR_NONE;
	} else if (fx->kind == FX_VAULT_LOAD) {
		*nkey = fx->n == 0 ? 2 : 1;
		p->loads++;
	} else if (fx->kind == FX_VAULT_LOG) {
		v->log = "1 " PLAY_CHAIN " 2026-11-21T10:00:00Z sign main "
		    "file=00ff paid=60000 sat fee=141 sat verdict=allow "
		    "answer=11ee\n";
	} else if (fx->kind == FX_VAULT_COPY || fx->kind == FX_VAULT_WRITE) {
		ev.err = p->gone ? ERR_GONE : ERR_NONE;
		(void)snprintf(a->out.name, sizeof(a->out.name), "%s",
		    fx->kind == FX_VAULT_COPY ? v->at.name : VAULT_LOG_FILE);
	} else if (fx->kind == FX_VAULT_LABELS) {
		(void)snprintf(a->out.name, sizeof(a->out.name), BIP329_FILE);
	} else if (fx->kind > FX_VAULT_CLOSE) {
		play_things(p, a, fx);
	} else if (fx->kind == FX_VAULT_CLOSE) {
		p->closed++;
		*nkey = 0;
	} else {
		ev.err = play_kept(p, a, fx);
	}
	for (i = 0; v->open && i < p->nkey; i++)
		v->key[i] = p->key[i];
	v->nkey = p->nkey;
	if (fx->kind >= FX_VAULT_OPEN && fx->kind <= FX_VAULT_PASSWD)
		wipe(a->secret, sizeof(*a->secret));
	return ev;
}

#endif
