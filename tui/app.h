/*
 * app.h - model and event in, model and effects out.  No input or output.
 *
 *	source	design, section 3
 *	shapes	struct event, struct effects
 *	units	milliseconds
 *	owns	nothing
 *	errors	come as events and are shown
 *	secrets	see model.h
 *	tests	tests/unit/tui_app_test.c, tests/unit/tui_golden_test.c
 */
#ifndef TUI_APP_H
#define TUI_APP_H

#include "tui/canvas.h"
#include "tui/key.h"
#include "tui/model.h"

enum event_kind {
	EV_START,
	EV_KEY,			/* .key */
	EV_SIZE,		/* .w, .h */
	EV_TICK,
	EV_STICKS,		/* .stick, .n, .err */
	EV_STICKS_CHANGED,
	EV_LISTED,		/* .err: mounted and listed, or not */
	EV_IMPORTED,		/* .err for the item at hand; .whole: a vault,
				 * .n: a backup file */
	EV_RELEASED,
	EV_COMPLETED,		/* .n words begin so, .whole */
	EV_CHECKED,		/* .err, .n: the bad word */
	EV_UNLOCKED,		/* .err, .fpr[0] */
	EV_TALLY,		/* .err; the tally is in the model */
	EV_WORDS,		/* .err; the words are in the model */
	EV_QUIZ,		/* .err; what is asked is in the model */
	EV_SAID,		/* .err, .n are left; 0: .fpr[0] is loaded */
	EV_KEYS,		/* .fpr, .n */
	EV_LOCKED,
	EV_ENGINE,		/* .engine, .page */
	EV_SAVED,		/* .err, .whole: the stick is free */
	EV_ADDRESSES,		/* .err; the text is in the model */
	EV_FOUND,		/* .err, .whole: found */
	EV_WALLETS,		/* .err; the lines are in the model */
	EV_JOINED,		/* .err; the keys are in the model */
	EV_WALLET,		/* .err; its addresses are in the model */
	EV_FORMATS,		/* .err; the lines are in the model */
	EV_EXPORTED,		/* .err; what it is stands in the model */
	EV_SHOWN,		/* .err; the text is in the model's .qr */
	EV_MEDIUM,		/* .err, .engine: how far, .whole: all */
	EV_KEYMAP,		/* .err; 0: layout .n is in use */
	EV_STORED,		/* .err, .whole: the stick is free */
	EV_BACKUP, EV_SHARE,	/* .err, .why; the rest is in the model */
	EV_GATHERED,		/* .err, .why; how far: in the model */
	EV_REHEARSED,		/* .err, .why, .tried: it is .fpr[0] */
	EV_AGE,			/* .n: the effect that is answered; .err, .why,
				 * .whole; the rest is in the model */
	EV_CHILD,		/* likewise; .why */
	EV_VAULT		/* .n: the effect that is answered; .err, .why,
				 * .whole: the stick is free; the rest is in
				 * the model */
};

#define EVENTS (EV_VAULT + 1)

struct event {
	enum event_kind		 kind;
	uint64_t		 now;
	uint32_t		 key;
	int			 w, h;
	enum err		 err;
	size_t			 n;
	bool			 whole;
	enum tried		 tried;
	struct fpr		 fpr[FPR_MAX];
	enum key_kind		 key_kind[FPR_MAX];
	const struct stick	*stick;
	struct engine_event	 engine;
	struct fault		 why;
	const struct page	*page;
	const char		*suffix[ANSWERS_MAX];
};

enum effect_kind {
	FX_QUIT, FX_SCRUB,
	FX_STICKS,
	FX_CLEAR,		/* the shelf: close and forget all */
	FX_LIST,		/* mount stick .n, add what lies there */
	FX_MOUNT,		/* stick .n again, for the rest of it */
	FX_IMPORT,		/* item .n */
	FX_DROP,		/* close item .n's copy */
	FX_RELEASE,		/* the stick that is held */
	FX_COMPLETE, FX_CHECK_WORDS, FX_UNLOCK, FX_KEYS, FX_LOCK,
	FX_NEW,			/* begin, as chosen */
	FX_FEED, FX_UNFEED,	/* the part at hand; the last one back */
	FX_WORDS,
	FX_QUIZ,		/* .n words */
	FX_SAY,			/* the word typed */
	FX_PASS, FX_END_NEW,
	FX_OPEN,		/* item .n */
	FX_AGREE, FX_MAKE, FX_STOP, FX_FORGET,
	FX_MAKE_WITHOUT,	/* though the vault is not stored */
	FX_SAVE,		/* to stick .n */
	FX_ADDRESSES, FX_FIND,
	FX_WALLETS, FX_WALLET,	/* those registered; addresses of one */
	FX_JOINED,		/* the keys for a new one */
	FX_FORMATS, FX_EXPORT,	/* as asked in the model */
	FX_SHOW,		/* the export's text, for a QR code */
	FX_STORE,		/* the export, to stick .n */
	FX_DISCARD,		/* forget it */
	FX_BACKUP,		/* as asked in the model */
	FX_SHARE,		/* .n, from 0 */
	FX_END_BACKUP,
	FX_GATHER,		/* the share typed, as .n says */
	FX_REHEARSE,		/* words, or what was gathered */
	FX_AGE_COUNT,		/* what would go into a backup file */
	FX_AGE_SEAL,		/* to stick .n */
	FX_AGE_OPEN,		/* the one wanted */
	FX_AGE_PART,		/* part .n of it, last on the shelf */
	FX_AGE_END,
	FX_CHILD,		/* as asked in the model */
	FX_SHEET,		/* its text, in the model */
	FX_SHEET_WRITE,		/* to stick .n */
	FX_KEYMAP,		/* layout .n */
	FX_MEDIUM,		/* read it: .n 0 from the start, 1 on */
	FX_MEDIUM_END,
	FX_VAULT_LOOK,		/* which lie on the sticks */
	FX_VAULT_OPEN, FX_VAULT_AGAIN,	/* the one wanted; the passphrase */
	FX_VAULT_NEW,		/* on stick .n */
	FX_VAULT_PASSWD,
	FX_VAULT_LOAD,		/* key .n of it, or 0: all */
	FX_VAULT_KEEP,		/* key .n at hand, under the name typed */
	FX_VAULT_NAME, FX_VAULT_DROP,	/* key .n of it */
	FX_VAULT_FLAGS,		/* from now on .n */
	FX_VAULT_LEARN,		/* what was learnt: put in, stored */
	FX_VAULT_NOTE,		/* a line of the log */
	FX_VAULT_STORE,		/* where it lies */
	FX_VAULT_COPY,		/* to stick .n */
	FX_VAULT_LOG,		/* its text, in the model */
	FX_VAULT_WRITE,		/* that text, to stick .n */
	FX_VAULT_CLOSE,
	FX_VAULT_THINGS,	/* what is in it, in the model */
	FX_VAULT_FORGET,	/* thing .n of those */
	FX_VAULT_LABELS,	/* for other wallets, to stick .n */
	FX_LABEL,		/* as typed in the model */
	FX_SETTING		/* those of the bits in .n, as in the model */
};

#define EFFECTS (FX_SETTING + 1)

struct effect {
	enum effect_kind kind;
	size_t		 n;
};

#define EFFECTS_MAX 16

struct effects {
	struct effect	 fx[EFFECTS_MAX];
	size_t		 n;
};

void	app_init(struct app *, struct secrets *, struct arena *);
void	app_end(struct app *);		/* wipes; the shelf is empty by then */
void	app_update(struct app *, const struct event *, struct effects *);
void	app_draw(const struct app *, struct canvas *);
#define LONG_MS 500		/* what takes longer says so */
bool	app_is_long(const struct app *);
/* Is there room for a screen?  If not, only that is said. */
bool	app_fits(const struct app *);
/* Milliseconds until a tick is needed, or -1. */
int	app_timeout(const struct app *);

#endif
