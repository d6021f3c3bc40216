/*
 * labels.h - a list of labels from another wallet: read, shown, taken over.
 *
 * Each line is an object of its own; what the standard adds in a later version
 * is passed over and counted.  A list proves nothing about what it names, so
 * its page shows every label that is new, and what it takes the place of.
 *
 *	source	BIP329
 *	shapes	lines of JSON to labels in the arena
 *	units	none
 *	owns	nothing
 *	errors	ERR_FORM, ERR_RANGE (too long, or too many), those of JSON:
 *		the fault names the line
 *	secrets	none
 *	tests	tests/unit/labels_job_test.c
 */
#ifndef CORE_CHAIN_LABELS_LABELS_H
#define CORE_CHAIN_LABELS_LABELS_H

#include "core/base/arena.h"
#include "core/base/err.h"
#include "core/wire/label.h"

#define LABELS_FILE_MAX ((size_t)16 << 20)

struct listed {
	enum label_kind	 kind;
	const char	*key, *text, *origin;
	unsigned	 flags;
};

struct labels_req {
	struct listed	*l;		/* each key once: the last of them */
	size_t		 n;
	size_t		 other;		/* of kinds that are not known */
	size_t		 empty;		/* that say nothing */
	size_t		 twice;		/* that a later line replaces */
};

bool	 labels_sniff(struct span file);
enum err labels_read(struct span file, struct arena *, struct labels_req *,
	    struct fault *) must_check;

#endif
