/*
 * engine_state.h - the inside of the engine, shared by its files.
 *
 *	source	design, section 2
 *	shapes	struct engine
 *	units	none
 *	owns	descriptors and mappings of the file at hand
 *	errors	as engine.h
 *	secrets	packets, in locked memory, wiped when read
 *	tests	tests/e2e
 */
#ifndef TUI_ENGINE_STATE_H
#define TUI_ENGINE_STATE_H

#include "tui/engine.h"

#define ENGINE_ANSWERS 2
#define VAULT_HEAD 128		/* public, never alike twice */

struct engine {
	struct channel		*keeper, *clerk, *mounter, *parent;
	bool			 held;		/* a stick is mounted for us */
	bool			(*go_on)(void *);
	void			*go_on_arg;
	void			(*meanwhile)(void *);
	void			*meanwhile_arg;
	struct engine_work	 work;
	enum msg		 late;		/* the mounter owes this */
	uint32_t		 late_id;
	enum msg		 asked;		/* the clerk is busy with */
	bool			 sticks_changed;
	int			 file, page_fd;
	struct span		 page_bytes;
	struct arena		 arena;		/* of the page */
	struct page		 page;
	bool			 has_page;
	struct hash32		 file_hash, digest;
	struct engine_answer	 answer[ENGINE_ANSWERS];
	size_t			 nanswer;
	bool			 vault;		/* one is open, */
	bool			 changed;	/* and not as it was stored; */
	bool			 each_time;	/* asks for each consent */
	size_t			 listed;	/* labels on such pages */
	size_t			 registered;	/* pages agreed to that sign
						 * nothing, not yet learnt of */
	uint8_t			 head[2][VAULT_HEAD];	/* of its halves */
	bool			 half;		/* one was written, perhaps */
	bool			 owes;		/* what was agreed to is to be
						 * stored before it is signed */
	bool			 taught;	/* it is in memory: these
						 * numbers of the vault */
	uint32_t		 taught_from, taught_to;
	bool			 taught_label;	/* some of it */
	bool			 was_changed;	/* before that */
	uint8_t			 named[1024];	/* the wallets that it is, for
						 * the log */
	size_t			 nnamed;
	struct packet		 packet;
	uint8_t			 body[WIRE_MAX];	/* part of a plan */
};

void	 engine_drop_answers(struct engine *);
void	 engine_drop_page(struct engine *);
/* What the clerk's reply to MAKE holds: names, and memfds to seal. */
enum err engine_take_answers(struct engine *) must_check;
/* Waits for the clerk's reply to a short question. */
enum err engine_ask_clerk(struct engine *, enum msg, struct span body,
	    const int *fd, size_t nfd) must_check;
/* The parent ends the old clerk and hands over a fresh one, which knows
 * nothing. */
enum err engine_new_clerk(struct engine *) must_check;
/* The heads of a vault's file that was opened. */
void	 engine_vault_seen(struct engine *, int file);
/* A label beside the one of its key, if there is one: the later one counts.
 * Tidied, those before from that a later one replaces are gone. */
enum err engine_label_add(struct engine *, struct span body, uint32_t *id,
	    struct fault *) must_check;
enum err engine_label_tidy(struct engine *, uint32_t from) must_check;
/* A public thing goes into the vault; its number, or 0: it was there. */
enum err engine_put_thing(struct engine *, enum kept_type, struct span,
	    uint32_t *id, struct fault *) must_check;
/* A line of the log about the vault itself; what such a line says of a thing
 * that is going out of it. */
#define ENGINE_TRAIL_MAX 256
enum err engine_trail(struct engine *, const char *what) must_check;
enum err engine_trail_of(struct engine *, uint32_t id,
	    char out[ENGINE_TRAIL_MAX]) must_check;
void	 engine_put_when(struct sink *);
/* Its name, and the checksum of its descriptor: wallet="Family"#qc24e3wd */
enum err engine_put_wallet(struct sink *, struct span kept_wallet) must_check;
/* Out of it, and nothing said. */
enum err engine_take_out(struct engine *, uint32_t id, struct fault *)
	    must_check;
/* What was given up has been answered after all. */
enum err engine_settle(struct engine *) must_check;
enum err engine_ask_keeper(struct engine *, enum msg, struct span body,
	    struct fault *) must_check;
/* The same with a descriptor, unless it is -1. */
enum err engine_ask_keeper_fd(struct engine *, enum msg, struct span body,
	    int fd, struct fault *) must_check;

/* Two texts, through one locked buffer that is wiped when they are sent. */
enum err engine_send_words(struct engine *, enum msg, struct span words,
	    struct span passphrase, struct fault *) must_check;
/* Where err says that it takes long: part after part, for as long as the front
 * likes to wait, and then the answer to m. */
enum err engine_finish(struct engine *, enum msg m, enum err err,
	    struct fault *) must_check;

#endif
