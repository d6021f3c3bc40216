/*
 * loop_state.h - what the loop holds, shared by its files.
 *
 *	source	design, section 3
 *	shapes	struct loop
 *	units	bytes
 *	owns	the descriptor of the stick that is held; the shelf's copies
 *	errors	as events
 *	secrets	none of its own
 *	tests	tests/e2e
 */
#ifndef TUI_LOOP_STATE_H
#define TUI_LOOP_STATE_H

#include "tui/app.h"
#include "tui/loop.h"

#define QUEUE_MAX 64
#define KEYS_AT_ONCE 256	/* then signals and the others are heard */
#define VAULT_HEAD_SHOWN 128	/* of a vault: public, never alike twice */

struct loop {
	struct engine	*engine;
	struct app	 app;
	struct stick	 found[STICKS_MAX];	/* for the event at hand */
	struct canvas	 canvas;
	struct effect	 queue[QUEUE_MAX];
	size_t		 head, count;
	bool		 held;		/* a stick is mounted for us */
	uint32_t	 held_id;
	int		 dir;
	char		 here[PATH_MAX];	/* the folder of VAULT_HERE */
	char		 here_name[NAME_MAX + 1];	/* its file, or "" */
	int		 text;		/* an export, or -1 */
	int		 aged;		/* what was in a backup file, or -1 */
	int		 medium_fd;	/* being read, or -1 */
	struct medium	 medium;
	uint8_t		 step[MEDIUM_STEP];
	uint8_t		 head_known[2][VAULT_HEAD_SHOWN];	/* its halves */
	bool		 half_written;	/* one of them, perhaps */
	int		 wishes;	/* to the first process, or -1 */
	uint64_t	 left;		/* bytes of memory for copies */
	bool		 quit;
	int		 code;
	uint64_t	 painted;	/* when it last was */
	uint64_t	 began;		/* what is being done, by the clock */
};

uint64_t loop_now(void);
void	 loop_feed(struct loop *, struct event *);
void	 loop_paint(struct loop *);
/* While a stick lets us wait: the screen is drawn and keys are heard.  False:
 * the owner gives it up.  arg: the loop. */
bool	 loop_go_on(void *arg);
/* While the keeper works: the clock of the screen goes on.  arg: the loop. */
void	 loop_meanwhile(void *arg);
void	 loop_deaf(struct loop *);

/* Carries one effect out; the event that answers it, or EV_TICK for none. */
struct event loop_do(struct loop *, const struct effect *);
struct event loop_do_media(struct loop *, const struct effect *);
struct event loop_do_engine(struct loop *, const struct effect *);
struct event loop_do_new(struct loop *, const struct effect *);
struct event loop_do_wallet(struct loop *, const struct effect *);
struct event loop_do_backup(struct loop *, const struct effect *);
struct event loop_do_export(struct loop *, const struct effect *);
/* Whole lines of a sealed text, as many as there is room for; closed. */
enum err loop_lines(int fd, char *to, size_t cap) must_check;
struct event loop_answer(enum event_kind, enum err);	/* of the clerk */
/* Mounts the app's stick .n for us; loop_let_go() ends it. */
enum err loop_hold(struct loop *, size_t n, bool write, struct fault *)
	    must_check;
enum err loop_hold_id(struct loop *, uint32_t id, bool write, struct fault *)
	    must_check;
/* What write puts on the stick, and the names that it gives. */
struct written {
	int	 fd;		/* sealed */
	char	*name;
};
/* Written; let go, so that the kernel knows nothing of it any more; mounted
 * again to be read, and compared; let go again (.whole). */
struct event loop_put(struct loop *, size_t stick, enum event_kind,
	    enum err (*write)(struct loop *), const struct written *, size_t n);
struct event loop_dead(enum role);
/* Keyboard layouts and the medium of the live image. */
struct event loop_do_image(struct loop *, const struct effect *);
void	 loop_medium_end(struct loop *);
void	 loop_discard(struct loop *);	/* the export at hand */
void	 loop_let_go(struct loop *, bool *free_again);
void	 loop_clear(struct loop *);
bool	 loop_is_vault(int fd);
bool	 loop_is_age(int fd);
void	 loop_age_end(struct loop *);
struct event loop_do_age(struct loop *, const struct effect *);
struct event loop_do_child(struct loop *, const struct effect *);
/* Item i from its stick, once more; the stick is free again afterwards. */
enum err loop_fetch(struct loop *, size_t i) must_check;

#endif
