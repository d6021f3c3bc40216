/*
 * loop_vault.h - the vault's part of the loop, shared by its files.
 *
 *	source	design, section 8; core/vault/vault.h
 *	shapes	events
 *	units	bytes
 *	owns	nothing
 *	errors	as enum err
 *	secrets	none of its own
 *	tests	tests/e2e/vault_screen.py
 */
#ifndef TUI_LOOP_VAULT_H
#define TUI_LOOP_VAULT_H

#include "tui/loop_state.h"

#define VAULT_HALF ((size_t)LIMIT_VAULT)

/* Puts something into the folder that is held, under a name; *fd is what must
 * stand there when the stick is mounted anew, the caller's to close. */
typedef enum err loop_writes(struct loop *, char name[NAME_MAX + 1], int *fd);
enum err loop_vault_put(struct loop *, uint32_t stick, loop_writes *,
	    char name[NAME_MAX + 1], bool *free_again) must_check;
/* A file of a stick, which is free again afterwards. */
enum err loop_read(struct loop *, uint32_t stick, const char *name,
	    uint64_t cap, int *fd) must_check;
/* What is in it, as the screens show it, and whether it is stored. */
enum err loop_vault_list(struct loop *) must_check;
/* Where the vault that is open lies now: its stick may have been away. */
enum err loop_vault_find(struct loop *, bool write, uint32_t *stick, int *fd)
	    must_check;
enum err loop_vault_store(struct loop *, bool *free_again) must_check;

/* The one that lies there is open since before the screen was. */
enum err loop_vault_begin(struct loop *, const char *path,
	    const struct vault_about *) must_check;

struct event loop_do_vault(struct loop *, const struct effect *);
struct event loop_do_kept(struct loop *, const struct effect *);
struct event loop_do_log(struct loop *, const struct effect *);
struct event loop_do_things(struct loop *, const struct effect *);

#endif
