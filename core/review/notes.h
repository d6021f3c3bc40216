/*
 * notes.h - what the owner noted, put beside the facts that it is about.
 *
 * A note proves nothing, and nothing is allowed by one: it is quoted, marked
 * as a note, and drawn behind the bar that no text of a file can hold.  One
 * that came in a list from a stick says so.  A coin that was marked as not to
 * be spent warns.
 *
 *	source	known attack 8; BIP329 for what labels are of
 *	shapes	labels of a session to .note, .frozen, .name of an intent
 *	units	none
 *	owns	nothing; texts live in the arena given
 *	errors	ERR_SPACE
 *	secrets	none
 *	tests	tests/unit/notes_test.c
 */
#ifndef CORE_REVIEW_NOTES_H
#define CORE_REVIEW_NOTES_H

#include "core/review/session.h"

/* Between intend() and judge(). */
enum err notes_make(const struct session *, struct arena *, struct intent *)
	    must_check;
/* A label as it is shown: in quotes, with none in it. */
const char	*note_quoted(struct arena *, const char *text);

#endif
