/*
 * engine.h - the front's side of the channels: what a screen or a command may
 * ask for, without knowing a message.
 *
 * Requests to the keeper and the mounter are short and wait for their answer.
 * Requests to the clerk (open, agree, make) may take long: they begin here
 * and end as an event, so a screen can poll, show progress and stop them.
 *
 * While a stick is held, engine_open is refused: nothing is parsed while a
 * stick is mounted (the first invariant).
 *
 *	source	design, section 2
 *	shapes	struct engine, struct engine_event
 *	units	none
 *	owns	descriptors and mappings of the file at hand
 *	errors	ERR_DEAD: a process died, end; ERR_STATE: not now; others are
 *		the other side's, with their place in the fault
 *	secrets	words and passphrase pass through once, in the caller's
 *		locked buffer
 *	tests	tests/proc, tests/e2e
 */
#ifndef TUI_ENGINE_H
#define TUI_ENGINE_H

#include <limits.h>
#include <poll.h>

#include "core/base/backup.h"
#include "core/base/chance.h"
#include "core/base/keykind.h"
#include "core/base/network.h"
#include "core/base/sink.h"
#include "core/proc/channel.h"
#include "core/review/page.h"
#include "core/wire/bip329.h"
#include "core/wire/kept.h"
#include "core/wire/setting.h"
#include "media/mounter/mounter.h"

#define ENGINE_FDS 4

enum agree_how { AGREE_TYPED, AGREE_DIGEST, AGREE_YES };

enum engine_kind {
	ENGINE_NONE,		/* nothing (more) to tell */
	ENGINE_PROGRESS,	/* .done of .total */
	ENGINE_PAGE,		/* engine_page() has it, .digest names it */
	ENGINE_AGREED,		/* the consent stands; engine_make may follow */
	ENGINE_MADE,		/* .nanswer answers lie in engine_answer() */
	ENGINE_FAIL,		/* .err, .fault; ERR_STOPPED when stopped */
	ENGINE_STICKS,		/* sticks came or went: ask engine_sticks */
	ENGINE_DEAD		/* .role is gone: wipe and end */
};

struct engine_event {
	enum engine_kind kind;
	enum err	 err;
	struct fault	 fault;
	uint32_t	 done, total;
	struct hash32	 digest, file;	/* of the page; of the file */
	size_t		 nanswer;
	enum role	 role;
};

struct engine_answer {
	int		 fd;		/* sealed; the engine's until forget */
	char		 suffix[32];	/* "-signed.psbt" */
};

struct engine;

/* Channels stay the caller's.  One engine a process. */
enum err engine_new(struct channel *keeper, struct channel *clerk,
	    struct channel *mounter, struct channel *parent, struct engine **)
	    must_check;
void	 engine_end(struct engine *);

/* The keeper: short.  words: text as typed; which one is wrong, by its index
 * and in words, stands in the fault. */
enum err engine_complete(struct engine *, enum word_list, const char *prefix,
	    size_t *count, char first[LIST_WORD_MAX + 1], bool *whole)
	    must_check;
enum err engine_check_words(struct engine *, struct span words,
	    struct fault *) must_check;
/* Which words could end these n-1: text, parted by spaces. */
enum err engine_unlock(struct engine *, struct span words,
	    struct span passphrase, struct fpr *, struct fault *) must_check;
/* The keys at hand, FPR_MAX at most. */
struct key_id {
	struct fpr	fpr;
	enum key_kind	kind;
};
enum err engine_fingerprints(struct engine *, struct key_id *, size_t *n)
	    must_check;
/* Wipes the keys and starts a fresh clerk. */
enum err engine_lock(struct engine *) must_check;

/* A new key (core/crypto/entropy.h), of as many bytes as so many words have, or
 * bare: a seed that is written down as shares.  Begun, fed, its words once and
 * never again, some of them asked for, loaded when the last was right (left is
 * 0).
 * engine_end_new gives it up, or its words when it is loaded. */
enum err engine_new_key(struct engine *, enum entropy_mode, unsigned words,
	    bool bare, struct entropy_tally *) must_check;
enum err engine_feed(struct engine *, enum entropy_source, struct span,
	    struct entropy_tally *, struct fault *) must_check;
enum err engine_unfeed(struct engine *, struct entropy_tally *) must_check;
enum err engine_words(struct engine *, char *text, size_t cap, struct fault *)
	    must_check;
/* Of a bare one, which has no words: it is at hand. */
enum err engine_bare(struct engine *, struct fpr *, struct fault *) must_check;
/* Places from 0. */
enum err engine_quiz(struct engine *, unsigned want, uint8_t *at, size_t cap,
	    size_t *n) must_check;
enum err engine_say(struct engine *, struct span word, size_t *left,
	    struct fpr *) must_check;
enum err engine_passphrase(struct engine *, struct span, struct fpr *)
	    must_check;
enum err engine_end_new(struct engine *) must_check;

/* Backups (core/keeper/on_backup.c): shares are made and then shown one by one
 * until engine_end_backup; a child is shown at once. */
#define BACKUP_GROUPS 16
struct backup_ask {
	struct fpr	 fpr;
	enum backup_form form;
	uint8_t		 need, groups;		/* of groups, for SLIP-39 */
	struct {
		uint8_t	need, of;
	} group[BACKUP_GROUPS];
};
struct backup_made {
	uint8_t		 n;			/* shares */
	uint8_t		 seed, words;		/* bytes; 0: not from words */
};
struct share {
	uint8_t		 group, member;		/* from 0 */
	char		 text[SHARE_TEXT_MAX];
};
enum err engine_backup(struct engine *, const struct backup_ask *,
	    struct span passphrase, struct backup_made *, struct fault *)
	    must_check;
enum err engine_share(struct engine *, unsigned i, struct share *) must_check;
enum err engine_end_backup(struct engine *) must_check;
struct child_ask {
	struct fpr	 fpr;
	enum child_kind	 kind;
	uint32_t	 size, sides, index;
};
enum err engine_child(struct engine *, const struct child_ask *, char *path,
	    size_t path_cap, char *text, size_t cap, struct fault *)
	    must_check;
/* A piece of a key that comes in several, or the last one taken back.
 * engine_unlock and engine_rehearse with no words then take what was gathered;
 * it stays until engine_end_backup. */
enum err engine_gather(struct engine *, enum gather_how, struct span piece,
	    struct pieces_count *, struct fault *) must_check;
/* Shares of SLIP-39 may ask for minutes of work.  Between two parts of it the
 * front's go_on (engine_patience) is asked, and sees how far it is; false ends
 * it: ERR_STOPPED, and the pieces are still there.  total 0: nothing runs. */
struct engine_work {
	uint32_t	done, total;
};
struct engine_work engine_work(const struct engine *);
/* Is it a key at hand, or of the vault that is open?  Which is told only of
 * one that is. */
enum err engine_rehearse(struct engine *, struct span words,
	    struct span passphrase, enum tried *, struct fpr *, struct fault *)
	    must_check;

/* --- the vault: one open at a time, in the keeper ------------------------- */

struct vault_cost {
	uint32_t	 passes, kib;
};

struct vault_about {
	bool		 open;
	bool		 has_keys;	/* no: the passphrase again */
	uint32_t	 flags;			/* VAULT_EACH_TIME */
	uint64_t	 sequence;		/* of the state that is open */
	struct vault_cost cost;
	uint32_t	 room;			/* bytes left in it */
	struct kept_odd	 odd;			/* what the clerk could not
						 * read */
	enum slot_state	 state[2];		/* of the file's two states */
};

/* What a new one shall cost here: as much memory as there is to spare, up to
 * 1 GiB, and about two seconds.  Takes some itself. */
enum err engine_vault_cost(struct engine *, struct vault_cost *) must_check;
/* An empty one, in memory only until it is stored. */
enum err engine_vault_new(struct engine *, struct span passphrase,
	    const struct vault_cost *, struct vault_about *, struct fault *)
	    must_check;
/* file: a sealed memfd of it, lent.  ERR_FORM (no vault), ERR_PASSPHRASE,
 * ERR_DAMAGED, ERR_VERSION, ERR_SPACE (memory).  What it remembers is told to
 * the clerk; no key is at hand yet. */
enum err engine_vault_open(struct engine *, int file, struct span passphrase,
	    struct vault_about *, struct fault *) must_check;
/* Its keys are sealed until the passphrase comes again (each time). */
enum err engine_vault_again(struct engine *, struct span passphrase,
	    struct vault_about *) must_check;
enum err engine_vault_close(struct engine *) must_check;
/* All that is public: a list (core/wire/kept.h) in a sealed memfd, now the
 * caller's. */
enum err engine_vault_list(struct engine *, int *fd) must_check;
/* A key of the vault, or with the number 0 all: at hand from now on. */
enum err engine_vault_load(struct engine *, uint32_t id, struct fault *)
	    must_check;
/* A key at hand goes into the vault, under a name. */
enum err engine_vault_keep(struct engine *, const struct fpr *,
	    struct span name, struct fault *) must_check;
/* Labels and settings (core/wire/kept.h). */
/* The clerk told again what the vault remembers; odd: things not readable. */
enum err engine_recall(struct engine *, struct kept_odd *) must_check;
/* A label that stands in the place of the one under its key; without a text it
 * takes that away.  The second reads what was typed, and tells the clerk. */
enum err engine_label_put(struct engine *, struct span body, struct fault *)
	    must_check;
enum err engine_label(struct engine *, const char *typed, const char *said,
	    struct fault *) must_check;
/* A setting by name; an empty value: as usual again. */
enum err engine_setting(struct engine *, const char *name, const char *value,
	    struct fault *) must_check;
/* Those of the vault that is open; without one, the usual. */
enum err engine_settings(struct engine *, struct settings *) must_check;
/* One thing of it, all coins, or the log but for its last line: what the clerk
 * knew of it it forgets, too. */
enum err engine_vault_forget(struct engine *, enum kept_type, uint32_t id,
	    struct fault *) must_check;
/* All labels as BIP329 says them, in a sealed memfd; how many. */
enum err engine_labels(struct engine *, size_t *n, int *fd) must_check;
enum err engine_vault_put(struct engine *, enum kept_type, struct span,
	    struct fault *) must_check;
enum err engine_vault_drop(struct engine *, uint32_t id, struct fault *)
	    must_check;
/* All lines of the log but the last. */
enum err engine_vault_cut_log(struct engine *) must_check;
/* The passphrase is needed to have it asked for less often. */
enum err engine_vault_flags(struct engine *, uint32_t flags,
	    struct span passphrase, struct vault_about *) must_check;
enum err engine_vault_passwd(struct engine *, struct span old,
	    struct span passphrase, const struct vault_cost *,
	    struct vault_about *, struct fault *) must_check;
/* What the clerk has learnt since (wallets agreed to, coins seen) goes in, all
 * or nothing; n: how much of it is new.  Then it is stored, and said whether
 * it was: if not, it is taken out again, and learnt anew the next time.  With a
 * vault open engine_make is refused until that was said, or until the owner
 * goes without (vault.unstored). */
enum err engine_vault_learn(struct engine *, size_t *n, struct fault *)
	    must_check;
enum err engine_vault_learnt(struct engine *, bool stored) must_check;
void	 engine_vault_without(struct engine *);
/* One line of the log about the page at hand: after it was agreed to, or after
 * its answers were made.  what: "sign", "register". */
enum err engine_vault_note(struct engine *, const char *what,
	    struct fault *) must_check;

/* Changes are in memory until they are stored.  Into the older of the file's
 * two states, where both begin as they were left (ERR_MISMATCH: another program
 * has written there since): */
enum err engine_vault_store(struct engine *, int dir, const char *name)
	    must_check;
/* ... or both states: a changed passphrase; a new file (as media/save.h). */
enum err engine_vault_store_both(struct engine *, int dir, const char *name)
	    must_check;
enum err engine_vault_store_new(struct engine *, int dir, const char *name,
	    char out[NAME_MAX + 1]) must_check;
/* The keys of it are gone since a consent has ended: engine_vault_again. */
bool	 engine_vault_asks(const struct engine *);
/* Nothing was changed since it was opened or stored. */
bool	 engine_vault_clean(const struct engine *);

/* A file in the age format, in a sealed memfd, now the caller's: this text, and
 * before it the keys at hand if that is asked for.  Opened, its keys are at
 * hand (FPR_MAX at most), and the text is what else was in it. */
enum err engine_age_seal(struct engine *, bool keys, struct span passphrase,
	    struct span text, int *fd, struct fault *) must_check;
enum err engine_age_open(struct engine *, struct span passphrase,
	    struct span file, struct fpr *, size_t *n, int *fd,
	    struct fault *) must_check;

/* The text of such a file: the wallets that are known, as descriptors and as
 * BSMS records, and a vault's labels (core/wire/bundle.h).  ERR_TOO_LARGE. */
struct collected {
	size_t		 wallets, labels, records;
};
enum err engine_collect(struct engine *, bool vault, struct sink *,
	    struct collected *) must_check;

/* The mounter: short, unless a stick is slow.  While it lets us wait, go_on is
 * asked a few times a second; false gives that stick up: ERR_STOPPED. */
void	 engine_patience(struct engine *, bool (*go_on)(void *), void *arg);
/* A few times a second while the keeper works, so that a screen can say for how
 * long; it may ask nothing of the engine. */
void	 engine_meanwhile(struct engine *, void (*tick)(void *), void *arg);
enum err engine_sticks(struct engine *, struct stick *, size_t cap, size_t *n)
	    must_check;
enum err engine_mount(struct engine *, uint32_t id, bool write, int *dir,
	    struct fault *) must_check;
enum err engine_release(struct engine *, uint32_t id) must_check;
/* The medium that the live image was started from, to read; the caller's. */
enum err engine_medium(struct engine *, int *fd, struct fault *) must_check;

/* The clerk: begin, then poll.  file: a sealed memfd, lent. */
enum err engine_open(struct engine *, int file, enum network) must_check;
enum err engine_agree(struct engine *, enum agree_how, const char *typed,
	    const char *const *codes, size_t ncodes) must_check;
enum err engine_make(struct engine *) must_check;
void	 engine_stop(struct engine *);
enum err engine_forget(struct engine *) must_check;

/* After ENGINE_PAGE, until the next open or forget. */
const struct page *engine_page(const struct engine *);
const struct engine_answer *engine_answer(const struct engine *, size_t i);

/* Addresses and exports: text in a sealed memfd, now the caller's. */
struct address_ask {
	enum network	 network;
	uint32_t	 key;		/* which fingerprint, from 0 */
	uint32_t	 purpose;	/* 44, 49, 84, 86 */
	uint32_t	 account;
	bool		 change;
	uint32_t	 from, to;	/* indices, both included */
	char		 with[32];	/* Monero: a payment id, or a height */
};
enum err engine_addresses(struct engine *, const struct address_ask *,
	    int *fd) must_check;
/* Looks a typed address up, from index .from up to .to, in both branches; the
 * path in text. */
enum err engine_find_address(struct engine *, const struct address_ask *,
	    const char *address, bool *found, char path[PATH_TEXT_MAX])
	    must_check;
/* The name that it has on a stick, and what its owner must know first. */
struct export_about {
	char		 file[64];
	char		 warning[384];
};
enum err engine_export(struct engine *, const struct address_ask *,
	    const char *format, struct export_about *, int *fd) must_check;
/* The registered wallets of a network: a line each, "what it is|name". */
enum err engine_wallets(struct engine *, enum network, int *fd) must_check;
/* Of one of them, or of the wallet whose page was last drawn up: addresses
 * (form ""), which forms there are ("?", lines as those of engine_formats), or
 * the wallet in one of them. */
struct wallet_ask {
	enum network	 network;
	uint32_t	 which;		/* from 1; 0: the page's */
	const char	*form;
	bool		 change;
	uint32_t	 from, to;
};
enum err engine_wallet(struct engine *, const struct wallet_ask *,
	    struct export_about *, int *fd) must_check;
/* A wallet of several signers (core/job/job.h, struct job_join): "=", "?" and
 * "!" for lists, an invitation, or one of its forms. */
struct join_ask {
	enum network	 network;
	const char	*form, *script;
	uint32_t	 need;
};
enum err engine_join(struct engine *, const struct join_ask *,
	    struct export_about *, int *fd) must_check;
/* Which there are for this key: a line a format, "name|what .with means (or
 * nothing)|who reads it". */
enum err engine_formats(struct engine *, const struct address_ask *, int *fd)
	    must_check;

/* Fill p (ENGINE_FDS of them) for poll; after it, take events until NONE. */
size_t	 engine_fds(const struct engine *, struct pollfd *p);
struct engine_event engine_next(struct engine *);
/* Wait for the event that ends what was begun; progress is passed by. */
struct engine_event engine_wait(struct engine *);

#endif
