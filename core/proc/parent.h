/*
 * parent.h - the small process that stays behind.
 *
 * It starts the four, starts the clerk afresh when the front asks, and ends
 * all of them when one dies.  It reads no file and holds no secret.
 *
 *	source	design, section 2
 *	shapes	struct house: what each role runs, given by tui/main.c
 *	units	none
 *	owns	the children
 *	errors	exit code: the front's, or 5 when a process died
 *	secrets	none
 *	tests	tests/proc/parent_test.c
 */
#ifndef CORE_PROC_PARENT_H
#define CORE_PROC_PARENT_H

#include <sys/types.h>

#include "core/proc/channel.h"

#define EXIT_PROCESS_DIED 5

/* Each runs in its own process and returns its exit code. */
struct house {
	int	(*keeper)(struct channel *front, struct channel *clerk,
		    struct channel *parent);
	int	(*clerk)(struct channel *front, struct channel *keeper);
	int	(*front)(struct channel *keeper, struct channel *clerk,
		    struct channel *mounter, struct channel *parent,
		    void *arg);
	int	(*mounter)(struct channel *front, void *arg);
	void	*arg;		/* the command line, for front and mounter */
	uid_t	users;		/* see core/proc/users.h; 0: one for all */
	bool	devices;	/* the mounter mounts real ones */
};

int	parent_run(const struct house *);

#endif
