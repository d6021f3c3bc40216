/*
 * children.h - the four processes, as their parent holds them.
 *
 * Every child starts from the parent's untouched state, keeps its own ends of
 * the channels and no other descriptor; only the front keeps the terminal.
 *
 *	source	design, section 2; fork(2), close_range(2), pidfd_open(2)
 *	shapes	struct children: channel ends by role, pids, statuses
 *	units	milliseconds
 *	owns	the children, and the parent's ends of the channels
 *	errors	ERR_INTERNAL: could not start
 *	secrets	none
 *	tests	tests/proc/children_test.c
 */
#ifndef CORE_PROC_CHILDREN_H
#define CORE_PROC_CHILDREN_H

#include <sys/types.h>

#include "core/proc/parent.h"

struct children {
	const struct house	*house;
	/* end[a][b] is what a holds towards b. */
	struct channel		 end[ROLE_COUNT][ROLE_COUNT];
	pid_t			 pid[ROLE_COUNT];	/* 0: none */
	int			 pidfd[ROLE_COUNT];	/* -1: none */
	int			 status[ROLE_COUNT];	/* of waitpid */
	int			 null;			/* /dev/null */
};

enum err children_start(struct children *, const struct house *) must_check;
/* Ends the clerk, starts one that has seen nothing, and hands its channels to
 * the keeper and to the front. */
enum err children_new_clerk(struct children *) must_check;

/* True when it has ended within ms, or never started; its status is kept. */
bool	 child_reap(struct children *, enum role, int ms);
/* Waits so long, then kills it. */
void	 child_end(struct children *, enum role, int ms);

#endif
