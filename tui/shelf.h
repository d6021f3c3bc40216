/*
 * shelf.h - every file of the sticks at hand, and what became of it.
 *
 * Nothing is silent: a file is to be signed, refused, signed already, not for
 * the keys at hand, unreadable, or skipped with the reason.
 *
 *	source	design, section 8
 *	shapes	an array of items
 *	units	bytes
 *	owns	names; descriptors are opened and closed by the loop alone
 *	errors	ERR_SPACE
 *	secrets	none
 *	tests	tests/unit/tui_app_test.c
 */
#ifndef TUI_SHELF_H
#define TUI_SHELF_H

#include "core/review/page.h"
#include "media/listing.h"

/* In the order in which they are listed. */
enum item_state {
	ITEM_PENDING,		/* ours to sign */
	ITEM_REFUSED,
	ITEM_SIGNED,		/* signed already */
	ITEM_VAULT,		/* not looked into: the keeper opens it */
	ITEM_BACKUP,		/* likewise */
	ITEM_KNOWN,		/* a wallet that is registered, labels taken */
	ITEM_FOREIGN,		/* not for the keys at hand */
	ITEM_UNREADABLE,
	ITEM_SKIPPED,
	ITEM_WAITING,		/* not yet read */
	ITEM_READ,		/* in memory, not yet judged */
	ITEM_STATES
};

struct item {
	uint32_t	 stick;
	char		*name;		/* as on the stick */
	char		*shown;		/* escaped */
	uint64_t	 size;
	int		 fd;		/* sealed copy, or -1 */
	bool		 dropped;	/* read again when it is looked at */
	enum item_state	 state;
	enum verdict	 verdict;
	size_t		 nwarn;
	char		 say[FAULT_TEXT_MAX];	/* what it does, or why not */
};

struct shelf {
	struct item	*item;
	size_t		 n, cap;
};

/* All of a listing, candidates waiting and the others skipped. */
enum err shelf_add(struct shelf *, uint32_t stick, const struct listing *)
	    must_check;
/* Frees; the descriptors must be closed already. */
void	 shelf_end(struct shelf *);
void	 shelf_by_size(struct shelf *);
void	 shelf_by_state(struct shelf *);
size_t	 shelf_count(const struct shelf *, enum item_state);

/* What a page says about a file, or what a fault says. */
void	 item_judge(struct item *, const struct page *);
void	 item_fail(struct item *, enum err, const struct fault *);
const char *item_heading(enum item_state);

#endif
