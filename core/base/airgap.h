/*
 * airgap.h - what the live image tried, to see that this machine cannot talk.
 *
 * The first process tries for every network, radio and disk before anything
 * else runs, and writes a line for each; here the lines are read and judged.
 *
 *	source	live-build/init/airgap.c, which writes it
 *	shapes	"coldseal-airgap-1", then "ok|bad TAB what TAB outcome" a
 *		line, then "end TAB lines"; printable ASCII
 *	units	lines
 *	owns	nothing; rows point into the text
 *	errors	ERR_FORM: not such a report, or cut short
 *	secrets	none
 *	tests	tests/unit/airgap_test.c
 */
#ifndef CORE_BASE_AIRGAP_H
#define CORE_BASE_AIRGAP_H

#include "core/base/err.h"
#include "core/base/span.h"

#define AIRGAP_ROWS 256
#define AIRGAP_LEAST 64		/* who tried less has proven nothing */
#define AIRGAP_TEXT_MAX 32768

struct airgap_row {
	bool		 ok;
	struct span	 what, outcome;
};

struct airgap {
	struct airgap_row row[AIRGAP_ROWS];
	size_t		 n, bad;
};

enum err airgap_read(struct span text, struct airgap *) must_check;
bool	 airgap_verified(const struct airgap *);

#endif
