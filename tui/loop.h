/*
 * loop.h - the screen's whole life: wait, update, paint, carry out.
 *
 *	source	design, sections 2 and 3
 *	shapes	an engine and options in, an exit code out
 *	units	seconds
 *	owns	the terminal while it runs
 *	errors	exit code: 0 left, 1 no terminal, 5 a process died
 *	secrets	what is typed lies in locked memory, wiped at the end
 *	tests	tests/e2e
 */
#ifndef TUI_LOOP_H
#define TUI_LOOP_H

#include "core/base/airgap.h"
#include "core/base/keymaps.h"
#include "tui/engine.h"

struct tui_options {
	enum network	 network;
	bool		 have_keys;	/* loaded before the screen opened */
	bool		 has_network;	/* it was said */
	bool		 base;		/* amounts in base units */
	unsigned	 idle;		/* seconds, 0: the default */
	const char	*banner;	/* of a demonstration, or NULL */
	const struct airgap *airgap;	/* of the live image, or NULL */
	const struct keymaps *keymaps;	/* of the live image, or NULL */
	int		 wishes;	/* where one is asked for */
	const char	*vault;		/* a file that is open, or NULL */
	struct vault_about about;	/* of it */
};

int	tui_run(struct engine *, const struct tui_options *);

#endif
