/*
 * page.h - what the owner reads and agrees to.
 *
 * The clerk draws a page up from an intent and its judgement, as bytes; those
 * bytes are what the consent names.  Whoever shows it (screen, command line)
 * reads the same bytes, bounds-checked, and draws lines from them here: a pure
 * function, so that two machines show the same.
 *
 *	source	design, sections 2 and 6
 *	shapes	struct page <-> bytes; page -> lines of at most width columns
 *	units	base units; columns
 *	owns	nothing; all in the arena given
 *	errors	ERR_FORM, ERR_SHORT, ERR_RANGE for bytes that are no page;
 *		ERR_SPACE
 *	secrets	none
 *	tests	tests/unit/page_test.c, tests/golden
 */
#ifndef CORE_REVIEW_PAGE_H
#define CORE_REVIEW_PAGE_H

#include "core/base/arena.h"
#include "core/base/sink.h"
#include "core/review/rules.h"

struct page_row {
	char		 mark;		/* '-' '+' '!' ' ' */
	enum fact_kind	 kind;
	bool		 ours;
	bool		 has_amount;
	struct num	 amount;
	enum known	 known;
	uint32_t	 index;		/* of the input or output */
	uint32_t	 part;		/* which transaction of a set */
	struct fpr	 fpr;		/* of .path, unless that is "" */
	const char	*to, *path, *ref, *how;
	const char	*note;		/* the owner's, quoted; "" or NULL */
};

struct page {
	const char	*job, *title, *ledger, *network, *unit, *coin;
	const char	*rate;	/* "54.5 sat/vB, 0.03 % of the payment" */
	unsigned	 decimals;
	enum verdict	 verdict;
	struct fpr	 fpr[FPR_MAX];
	const char	*name[FPR_MAX];	/* the owner's for them, as .note */
	size_t		 nfpr;
	struct page_row	*row;
	size_t		 nrow;
	struct finding	*finding;
	size_t		 nfinding;
	struct total	 total[TOTAL_KINDS];
	struct plan	 plan;
	struct hash32	 session;	/* session_digest */
	/* Row whose address' last four characters are typed to agree; or
	 * nrow: the word "agree" is typed. */
	size_t		 agree_row;
};

/* Draw up, from what was found. */
enum err page_make(const struct intent *, const struct judgement *,
	    const struct hash32 *session, struct arena *, struct page *)
	    must_check;
void	 page_put(const struct page *, struct sink *);
enum err page_read(struct span, struct arena *, struct page *) must_check;

/* What follows from the rest: page_make() writes it down, and page_read()
 * refuses a page that says anything else. */
char	 page_mark(const struct page_row *);
uint32_t page_parts(const struct page *);	/* transactions; 1 or more */
size_t	 page_agree_row(const struct page *);

/* Refused now, and not any more once another file was answered. */
bool	 page_waits(const struct page *);

/* What must be typed to agree, and the sentence that asks for it. */
enum err page_agree_word(const struct page *, char out[16]) must_check;
enum err page_agree_prompt(const struct page *, struct arena *,
	    const char **) must_check;

/* As it is shown to who counts in base units; the bytes that were agreed to
 * say nothing of that. */
void	 page_in_base(struct page *);

enum line_kind {
	LINE_HEAD,		/* file, network, fingerprint */
	LINE_BEFORE,		/* --- */
	LINE_AFTER,		/* +++ */
	LINE_HUNK,		/* @@ pay @@ */
	LINE_MINUS, LINE_PLUS, LINE_BANG, LINE_CONTEXT,
	LINE_RULE,
	LINE_TOTAL,		/* leaves you … */
	LINE_NOTE, LINE_WARN, LINE_REFUSE
};

struct page_line {
	enum line_kind	 kind;
	enum known	 known;		/* of the right margin, if any */
	unsigned	 margin;	/* column where it begins, or 0 */
	size_t		 row;		/* it is drawn of, or ROW_NONE */
	const char	*text;		/* UTF-8 */
};

#define PAGE_WIDTH 80
#define ROW_NONE SIZE_MAX

/* title: the file's name, already escaped.  width: 80 or more. */
enum err page_lines(const struct page *, const char *title, unsigned width,
	    struct arena *, struct page_line **, size_t *n) must_check;

const char	*known_name(enum known);
const char	*fact_name(enum fact_kind);

#endif
