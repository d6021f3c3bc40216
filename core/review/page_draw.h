/*
 * page_draw.h - lines under construction, shared by the page's two halves.
 *
 *	source	design, section 6
 *	shapes	a growing list of lines
 *	units	columns
 *	owns	nothing; all in the arena
 *	errors	sticky in .err: ERR_SPACE
 *	secrets	none
 *	tests	tests/unit/page_test.c
 */
#ifndef CORE_REVIEW_PAGE_DRAW_H
#define CORE_REVIEW_PAGE_DRAW_H

#include "core/review/page.h"

#define INDENT 4		/* of what goes on below */

struct draw {
	struct arena		*arena;
	struct page_line	*line;
	size_t			 n, cap;
	size_t			 width;
	int			 numbers, amounts, paths;	/* columns */
	size_t			 row;	/* of the page, being drawn */
	enum err		 err;
};

size_t	 draw_columns(const char *);
/* What is longer than a line goes on below, INDENT columns in. */
void	 draw_line(struct draw *, enum line_kind, const char *text);
void	 draw_margin(struct draw *, enum line_kind, const char *left,
	    enum known, const char *margin);
/* first stands before the first line, next before the others. */
void	 draw_wrapped(struct draw *, enum line_kind, const char *first,
	    const char *next, const char *text);

/* The hunks: spend, pay, data, change, fee, time. */
void	 draw_rows(struct draw *, const struct page *);

#endif
