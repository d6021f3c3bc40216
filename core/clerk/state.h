/*
 * state.h - what the clerk has on its desk, and the table of what it answers.
 *
 *	source	design, section 2
 *	shapes	struct clerk, in locked memory
 *	units	none
 *	owns	the mapping of the file at hand, its arenas
 *	errors	replies
 *	secrets	view keys while a file needs them; all of it is locked
 *	tests	tests/proc, tests/e2e
 */
#ifndef CORE_CLERK_STATE_H
#define CORE_CLERK_STATE_H

#include "core/base/pace.h"
#include "core/job/job.h"
#include "core/keys/restore.h"
#include "core/proc/channel.h"
#include "core/review/page.h"
#include "core/wire/kept.h"

struct key_row {			/* a key at hand */
	struct fpr	fpr;
	enum key_kind	kind;
};

struct clerk {
	struct channel		*front, *keeper;
	struct arena		 arena;		/* of the file at hand */
	struct arena		 memory;	/* of the session */
	struct arena		 labels;	/* of the vault, as told last */
	struct session		 session;
	uint8_t			 state;		/* CLERK_… */

	struct span		 file;
	struct hash32		 file_hash;
	const struct job	*job;
	void			*req;
	struct pubring		 ring;
	struct page		 page;
	struct hash32		 digest;
	bool			 stop;		/* the owner asked */
	uint32_t		 told;		/* of the work under way */

	struct key_row		 key[FPR_MAX];	/* as the front counts them */
	size_t			 nkey;
	struct viewer		 viewer[FPR_MAX];	/* view keys */
	struct viewer		 old_viewer[FPR_MAX];
	size_t			 nviewer;

	struct packet		 ask;		/* to and from the keeper */
	struct packet		 poke;		/* from the front, while busy */
};

/* An answer: body written to reply, or an error and where. */
typedef enum err clerk_on(struct clerk *, struct packet *, struct sink *reply,
	    struct fault *);

clerk_on clerk_on_open, clerk_on_agree, clerk_on_make, clerk_on_forget,
    clerk_on_addresses, clerk_on_find_address, clerk_on_export,
    clerk_on_wallets, clerk_on_wallet, clerk_on_recall, clerk_on_learnt,
    clerk_on_kept, clerk_on_join, clerk_on_stop;

/* A wallet that is registered, by whichever job knows such. */
enum err clerk_recall(struct clerk *, const struct session_wallet *,
	    const struct job **, void **req) must_check;
/* A list of addresses, each the last word of a line, with the notes on them
 * behind: "m/84'/0'/0'/0/1 bc1q... \"Rent\"". */
#define NOTE_ROOM 4200			/* of the longest, quoted */
enum err clerk_note_lines(struct clerk *, struct span text,
	    struct span *noted) must_check;
/* Labels and settings of what a vault remembers; odd: not readable. */
enum err clerk_recall_notes(struct clerk *, struct span list,
	    struct kept_odd *odd) must_check;
/* Clears the desk: what the file at hand needed. */
void	 clerk_clear(struct clerk *);

/* A pace for work that begins: tells the front and hears its STOP. */
struct pace clerk_pace(struct clerk *);

/* Asks the keeper; the reply lies in c->ask until the next question. */
enum err clerk_ask(struct clerk *, enum msg, struct span body,
	    struct fault *) must_check;
/* The keys at hand, and the public keys at these prefixes, into the ring. */
enum err clerk_ask_keys(struct clerk *, struct pubring *) must_check;
/* View keys, for a job that cannot review without. */
enum err clerk_ask_viewers(struct clerk *, struct pubring *) must_check;
enum err clerk_ask_pubkeys(struct clerk *, const struct wants *,
	    struct pubring *, struct fault *) must_check;
/* A signatory that asks the keeper under the consent of the page at hand. */
struct signatory clerk_signatory(struct clerk *);

#endif
