/*
 * flow.h - what the screens may ask of the application.
 *
 *	source	design, section 3
 *	shapes	none of its own
 *	units	none
 *	owns	nothing
 *	errors	shown as a note
 *	secrets	flow_wipe_entry wipes all that was typed
 *	tests	tests/unit/tui_app_test.c
 */
#ifndef TUI_FLOW_H
#define TUI_FLOW_H

#include "tui/app.h"

void	flow_effect(struct effects *, enum effect_kind, size_t n);
void	flow_note(struct app *, enum style, const char *fmt, ...)
	    like_printf(3, 4);
void	flow_go(struct app *, enum screen_id, struct effects *);
void	flow_help(struct app *, struct effects *);
void	flow_lock(struct app *, struct effects *);
void	flow_busy(struct app *, enum phase);
void	flow_idle(struct app *);

/* Sticks and files. */
void	flow_home(struct app *, struct effects *);
void	flow_out(struct app *, struct effects *);	/* home or welcome */
void	flow_read(struct app *, struct effects *);
void	flow_read_event(struct app *, const struct event *, struct effects *);
void	flow_judged(struct app *, const struct event *, struct effects *);
size_t	flow_sort(struct app *, size_t item);
void	flow_judge_next(struct app *, struct effects *);
void	flow_judge(const struct app *, struct item *, const struct page *,
	    const struct hash32 *file);
void	flow_stop(struct app *, struct effects *);
const struct stick *flow_stick(const struct app *, uint32_t id);

/* One file: review, agree, sign, save. */
void	flow_review(struct app *, size_t item, struct effects *);
void	flow_lines(struct app *);
size_t	flow_rows(const struct app *);	/* of the page on the screen */
void	flow_seen(struct app *);	/* the page was moved */
void	flow_accept(struct app *, struct effects *);
void	flow_sign_event(struct app *, const struct event *,
	    struct effects *);
void	flow_save(struct app *, uint32_t stick, struct effects *);
void	flow_target(struct app *);	/* one that can be written to */
void	flow_leave_review(struct app *, struct effects *);

/* Keys. */
void	flow_words(struct app *, struct effects *);
void	flow_unlock(struct app *, struct effects *);
void	flow_unlocked(struct app *, const struct event *, struct effects *);
void	flow_key_event(struct app *, const struct event *, struct effects *);
void	flow_entry(struct app *);	/* lines to type into, empty */
void	flow_wipe_entry(struct app *, struct effects *);

/* Backups: tui/app_backup.c. */
void	flow_backup(struct app *, struct effects *);
void	flow_backup_make(struct app *, struct effects *);
void	flow_forms(struct app *, struct effects *);	/* of pieces */
void	flow_rehearse(struct app *, struct effects *);
void	flow_wiped_out(struct app *, struct effects *);
/* Away from a piece that is half typed, back to those that are there. */
void	flow_leave_piece(struct app *, struct effects *);
/* A passphrase for what this screen has, and back to it. */
void	flow_pass(struct app *, struct effects *);
void	flow_backup_event(struct app *, const struct event *,
	    struct effects *);
void	flow_backup_tick(struct app *, struct effects *);
void	flow_hide(struct app *);	/* the share on the screen */
void	flow_end_backup(struct app *, struct effects *);

/* A backup file: tui/app_age.c. */
void	flow_age(struct app *, struct effects *);
void	flow_age_want(struct app *, const struct item *, struct effects *);
void	flow_age_event(struct app *, const struct event *, struct effects *);

/* A child of a key, the recovery sheet: tui/app_child.c. */
void	flow_child(struct app *, struct effects *);
void	flow_child_event(struct app *, const struct event *,
	    struct effects *);

/* A new key: tui/app_new.c. */
void	flow_new(struct app *, struct effects *);
void	flow_gather(struct app *, struct effects *);
bool	flow_new_monero(const struct app *);	/* is it of 25 words? */
void	flow_feed(struct app *, struct effects *);
void	flow_quiz(struct app *, size_t want, struct effects *);
void	flow_new_event(struct app *, const struct event *, struct effects *);
/* Asked twice. */
void	flow_give_up(struct app *, struct effects *);

void	flow_addresses(struct app *, struct effects *);

/* Registered wallets: tui/app_wallet.c. */
void	flow_wallets(struct app *, struct effects *);
void	flow_join(struct app *, struct effects *);
void	flow_wallet(struct app *, struct effects *);
void	flow_wallet_event(struct app *, const struct event *,
	    struct effects *);
void	flow_wallet_name(const struct app *, char *name, size_t cap);

/* An export: tui/app_export.c. */
void	flow_export(struct app *, struct effects *);
void	flow_export_wallet(struct app *, struct effects *);
void	flow_export_invitation(struct app *, struct effects *);
void	flow_export_joined(struct app *, struct effects *);
void	flow_export_event(struct app *, const struct event *,
	    struct effects *);
void	flow_export_end(struct app *, struct effects *);
void	flow_qr(struct app *, const char *text, size_t n, const char *what,
	    struct effects *);

/* The vault: tui/app_vault.c. */
bool	flow_vault_each_time(const struct app *);
void	flow_vault_ask(struct app *, enum vault_asks, struct effects *);
void	flow_vault_want(struct app *, const struct vault_place *,
	    struct effects *);
void	flow_vault_typed(struct app *, struct effects *);
void	flow_vault_stick(struct app *, enum vault_stick, struct effects *);
void	flow_vault_store(struct app *, struct effects *);
void	flow_vault_change(struct app *, enum effect_kind, size_t n,
	    struct effects *);
void	flow_vault_keep(struct app *, struct effects *);
void	flow_file(struct app *, struct effects *);
void	flow_vault_event(struct app *, const struct event *,
	    struct effects *);
void	flow_vault_log(struct app *, enum err, struct effects *);
/* Agreed to: what it teaches is stored, then it is signed. */
void	flow_agreed(struct app *, struct effects *);
void	flow_make(struct app *, enum effect_kind, struct effects *);
/* A note is typed on something, that has one already or not. */
void	flow_label(struct app *, const char *key, const char *was,
	    struct effects *);
void	flow_noted(struct app *, struct effects *);
/* What the vault's owner has set, from now on. */
void	flow_as_set(struct app *);
/* After an answer was written, a wallet agreed to: the page is still there. */
void	flow_vault_note(struct app *, bool wallet, struct effects *);
/* Are all keys of it at hand?  None of them? */
bool	flow_vault_at_hand(const struct app *, const struct fpr *);
/* Keys and sticks came or went. */
void	flow_vault_keys(struct app *);
void	flow_vault_turn(struct app *, struct effects *);
/* Pressed a second time: yes.  Else it says why it asks. */
bool	flow_sure(struct app *, uint32_t key, const char *why);
void	flow_lock_asked(struct app *, struct effects *);

/* A step of reading the stick that we were started from. */
void	flow_medium(struct app *, const struct event *, struct effects *);
/* A keyboard layout is in use, or is not. */
void	flow_keymap(struct app *, const struct event *);

#endif
