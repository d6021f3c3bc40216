/*
 * model.h - everything the screens show, in one place.
 *
 * The model changes in app_update() alone, which does no input or output: an
 * event comes in, effects go out, the loop carries them out and answers with
 * further events.
 *
 *	source	design, section 3 (app: pure update)
 *	shapes	struct app
 *	units	milliseconds of a steady clock; columns and rows
 *	owns	the shelf's names; .secret and .arena are the caller's
 *	errors	none
 *	secrets	all that is typed while keys are entered is in .secret, which
 *		the caller keeps in locked memory
 *	tests	tests/unit/tui_app_test.c
 */
#ifndef TUI_MODEL_H
#define TUI_MODEL_H

#include <limits.h>

#include "core/base/airgap.h"
#include "core/base/keymaps.h"
#include "core/proc/medium.h"
#include "tui/aging.h"
#include "tui/backing.h"
#include "tui/childing.h"
#include "tui/engine.h"
#include "tui/shelf.h"
#include "tui/style.h"
#include "tui/vaulting.h"
#include "tui/widget/input.h"

#define WORDS_TEXT_MAX 544
#define PASSPHRASE_BYTES 256
#define ECHO_MAX 64
#define ANSWERS_MAX 2
#define ACCEPT_MAX 64
#define ADDRESSES_TEXT 40960	/* of so many, with notes */
#define ADDRESSES_SHOWN 8	/* fit on 24 rows, two a taproot one */

enum screen_id {
	SCREEN_WELCOME, SCREEN_WORDS, SCREEN_FINGERPRINT, SCREEN_ECHO,
	SCREEN_PASSPHRASE, SCREEN_HOME, SCREEN_ITEM, SCREEN_REVIEW,
	SCREEN_ACCEPT, SCREEN_AGREE, SCREEN_TARGET, SCREEN_DONE,
	SCREEN_ADDRESS, SCREEN_FIND, SCREEN_PAYID, SCREEN_SETTINGS,
	SCREEN_HELP, SCREEN_NEW,
	SCREEN_GATHER, SCREEN_SHOWN, SCREEN_QUIZ, SCREEN_CODES, SCREEN_GUIDE,
	SCREEN_QR, SCREEN_EXPORT, SCREEN_WALLETS, SCREEN_WALLET, SCREEN_JOIN,
	SCREEN_AIRGAP,
	SCREEN_KEYBOARD, SCREEN_MEDIUM, SCREEN_ABOUT, SCREEN_LOCKED,
	SCREEN_LEAVE, SCREEN_KEYS,
	SCREEN_BACKUP, SCREEN_SHARE, SCREEN_FORMS, SCREEN_CODEX,
	SCREEN_PIECES, SCREEN_TRIED,
	SCREEN_NOTE, SCREEN_THINGS, SCREEN_FILE,
	SCREEN_LOCK, SCREEN_VAULT, SCREEN_KEEP, SCREEN_STICK, SCREEN_LOG,
	SCREEN_UNSTORED,
	SCREEN_AGE, SCREEN_RESTORE, SCREEN_CHILD, SCREEN_SHEET,
	SCREEN_DIED, SCREEN_COUNT
};

/* Typed while keys are entered: wiped when sent, and on every way out. */
struct secrets {
	char		words[WORDS_TEXT_MAX];	/* accepted, parted by " " */
	size_t		nword;
	char		line[32];		/* the word being typed */
	char		first[LIST_WORD_MAX + 1];	/* the completion */
	char		pass[PASSPHRASE_BYTES + 1];
	char		again[PASSPHRASE_BYTES + 1];
	char		old[PASSPHRASE_BYTES + 1];	/* of a vault */
	char		echo[ECHO_MAX];
	uint8_t		part[8];		/* of a new key: one event */
	size_t		npart;
	char		share[SHARE_TEXT_MAX];	/* on the screen */
	char		last[4];		/* the event before, as shown */
};

/* A key being made.  The keeper counts, judges and asks. */
#define QUIZ_MAX 25
#define NEW_MONERO 25		/* so many words are a Monero wallet's */
struct fresh {
	bool		 on;		/* the keeper has something of it */
	bool		 sure;		/* Esc was pressed once */
	enum entropy_mode mode;
	enum entropy_source source;
	unsigned	 words;
	bool		 bare;		/* a seed that has none */
	size_t		 row;		/* of the choices */
	struct entropy_tally tally;
	uint64_t	 pressed;	/* the last key, by the clock */
	struct fault	 why;		/* the keeper's words for a refusal */
	uint8_t		 at[QUIZ_MAX];
	size_t		 nask, asked;
};

struct key_entry {
	struct input	 line, pass, again, echo, codex;
	size_t		 matches;
	bool		 whole;		/* what is typed is a word itself */
	bool		 show, in_again, with_pass, echo_done;
	bool		 rehearse;	/* tried, and not loaded */
	enum tried	 tried;		/* .fpr, with or without .with_pass */
	enum screen_id	 asker;		/* of the passphrase */
	enum screen_id	 typed;		/* the screen that takes pieces */
	struct pieces_count pieces;	/* shares the keeper has */
	size_t		 form;		/* of the words: their screen knows */
	enum word_list	 list;		/* that they are of */
	enum key_kind	 kind;		/* that they give */
	struct fpr	 fpr;		/* what came of it */
};

/* Which file is being read, judged, shown, signed. */
enum phase {
	PHASE_IDLE,
	PHASE_LIST, PHASE_IMPORT, PHASE_RELEASE, PHASE_JUDGE,
	PHASE_OPEN,		/* for review */
	PHASE_AGREE, PHASE_MAKE, PHASE_SAVE,
	PHASE_VAULT,		/* Argon2id */
	PHASE_KEEP,		/* the vault is written */
	PHASE_TEXT,		/* addresses */
	PHASE_STRETCH,		/* SLIP-39's work, in parts */
	PHASE_MEDIUM		/* the stick we were started from is read */
};

struct busy {
	enum phase	 phase;
	uint64_t	 since;
	size_t		 stick;		/* index while reading */
	size_t		 at, first;	/* item; first of this batch */
	size_t		 batch;		/* read, not yet judged */
	size_t		 kept;		/* copies in memory, judged */
	uint32_t	 done, total;
	bool		 stopping;
	bool		 slow;		/* the stick lets us wait */
};

struct review {
	size_t		 item;
	struct hash32	 hash;		/* of the file */
	struct page	 shown;		/* the engine's, in the unit set */
	const struct page *page;	/* that; NULL: none */
	struct page_line *line;
	size_t		 nline, top;
	bool		 seen_end;
	size_t		 warn;		/* the finding to accept now */
	const char	*code[ACCEPT_MAX];	/* accepted */
	size_t		 ncode;
	const char	*prompt;
	char		 word[32];
	struct input	 typed;
	size_t		 nanswer;
	char		 suffix[ANSWERS_MAX][32];
	char		 name[ANSWERS_MAX][NAME_MAX + 1];	/* "": to do */
	char		 file[256];	/* shown */
	uint32_t	 target;	/* stick */
	size_t		 target_at;
	bool		 safe;		/* the stick was released */
};

/* Files answered in this session, known again by their content. */
#define ANSWERED_MAX 64
struct answered {
	struct hash32	 file;
	char		 as[NAME_MAX + 1];	/* "": nothing was written */
};

struct addresses {
	struct address_ask ask;
	char		 text[ADDRESSES_TEXT];	/* one line an address */
	enum err	 err;
	char		 typed[128];
	struct input	 find;
	bool		 searched, found;
	uint32_t	 upto;		/* indices searched, or to be */
	char		 path[PATH_TEXT_MAX];
	uint32_t	 key;		/* whose path that is */
	size_t		 at;		/* the line under the cursor */
};

/* Those of several keys or conditions that are registered. */
#define WALLETS_TEXT_MAX 32768

struct wallets {
	char		 list[WALLETS_TEXT_MAX];	/* "what|name" */
	enum err	 err;
	size_t		 at;		/* in the list */
	uint32_t	 which;		/* is shown, from 1 */
	bool		 change;
	uint32_t	 from;
	char		 text[ADDRESSES_TEXT];	/* one line an address */
	size_t		 line;		/* under the cursor */
	/* One that is made of the keys that came: a line each, "what|label". */
	char		 keys[16384];
	enum err	 keys_err;
	uint32_t	 need;		/* signatures */
	size_t		 script;	/* its screen knows */
	const char	*script_name;
};

/* A wallet for watching, on its way out.  The text may hold a view key: it is
 * in a sealed memfd of the loop's, and in .qr while it is shown so. */
#define FORMATS_TEXT_MAX 2048

enum export_step { EXPORT_CHOOSE, EXPORT_ASK, EXPORT_WARN, EXPORT_WHERE,
    EXPORT_DONE };

enum export_of { OF_KEY, OF_WALLET, OF_INVITATION, OF_JOINED };

struct exporting {
	enum export_step step;
	enum export_of	 of;
	char		 formats[FORMATS_TEXT_MAX];	/* a line a format */
	size_t		 at;			/* the format; the stick */
	char		 format[32];
	char		 asks[64];
	char		 typed[32];
	struct input	 with;
	struct export_about about;
	enum err	 err;
	char		 name[NAME_MAX + 1];	/* that it got */
	bool		 safe;
};

/* A text as a QR code; ESC leads back. */
struct qr_shown {
	char		 text[1024];
	char		 what[PATH_TEXT_MAX];
	enum screen_id	 back;
};

/* The layout in use, the one under the cursor, and what is typed to try. */
struct keyboard {
	size_t		 used, at;
	enum screen_id	 back;
	char		 typed[ECHO_MAX];
	struct input	 try;
};

/* That stick: its digests once it was read, or why it could not be. */
struct medium_shown {
	bool		 read;
	enum err	 err;
	char		 why[128];	/* the mounter's sentence, or "" */
	uint64_t	 bytes;
	struct hash32	 digest[MEDIUM_PARTS];
	enum screen_id	 back;
};

/* A note that is being typed, and what it is on. */
struct noting {
	char		 key[LABEL_KEY_MAX + 1];
	char		 typed[LABEL_RAW_MAX + 1];
	struct input	 text;
	enum screen_id	 back;
};

struct app {
	enum screen_id	 screen, back;	/* back: from help */
	const char	*version, *sandbox, *banner;
	const struct airgap *airgap;	/* of the live image, or NULL */
	const struct keymaps *keymaps;	/* of the live image, or NULL */
	struct keyboard	 keyboard;
	struct medium_shown medium;
	enum network	 network;
	bool		 has_network, has_idle;	/* said at the start */
	bool		 base;		/* amounts in base units */
	unsigned	 idle_seconds;	/* until it locks by itself */
	uint64_t	 now, last_key;
	uint32_t	 key;		/* the last one */
	int		 w, h;
	struct fpr	 fpr[FPR_MAX];
	enum key_kind	 kind[FPR_MAX];	/* of each */
	size_t		 nfpr;
	struct stick	 stick[STICKS_MAX];
	size_t		 nstick;
	bool		 stale;		/* the sticks are to be read again */
	char		 cursor[NAME_MAX + 1];	/* name under the cursor */
	struct shelf	 shelf;
	size_t		 at;		/* home: the item under the cursor */
	size_t		 scroll;	/* help, codes, item */
	size_t		 row;		/* settings */
	struct busy	 busy;
	struct review	 review;
	struct answered	 answered[ANSWERED_MAX];
	size_t		 nanswered;	/* ever; the oldest are forgotten */
	struct key_entry entry;
	struct fresh	 fresh;
	struct addresses addr;
	struct exporting out;
	struct wallets	 wallets;
	struct vaulting	 vault;
	struct backing	 backup;
	struct aging	 age;
	struct childing	 child;
	struct noting	 noting;
	size_t		 menu;		/* keys: the row under the cursor */
	struct qr_shown	 qr;
	bool		 no_blocks;	/* the terminal draws no half blocks */
	struct secrets	*secret;
	struct arena	*arena;		/* of the page's lines */
	enum role	 died;
	char		 note[256];
	enum style	 note_style;
};

#endif
