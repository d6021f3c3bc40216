/*
 * folder.h - a folder that stands for an inserted stick.
 *
 * The path is made absolute once, and every look at the folder starts from it
 * anew: a folder that is moved away has been pulled, one that comes back has
 * been plugged in again.
 *
 *	source	design, section 2; inotify(7)
 *	shapes	struct folder, one a --stick
 *	units	none
 *	owns	its watches, in the inotify descriptor it was given
 *	errors	ERR_GONE, ERR_FORM (not a folder), ERR_IO, ERR_SPACE
 *	secrets	none
 *	tests	tests/proc/mounter_test.c
 */
#ifndef MEDIA_MOUNTER_FOLDER_H
#define MEDIA_MOUNTER_FOLDER_H

#include <limits.h>

#include "media/mounter/mounter.h"

struct folder {
	char	path[PATH_MAX];		/* absolute */
	int	watch;			/* on it; -1: none */
	int	parent_watch;		/* on where it lies: it may come back */
};

enum err folder_init(struct folder *, const char *dir) must_check;
/* A fresh descriptor, the caller's. */
enum err folder_open(const struct folder *, int *fd) must_check;
/* How it stands now: writable or not, and why it cannot be read. */
void	 folder_look(const struct folder *, struct stick *);

/* Watches what lies at the path now; to be called again after a change. */
void	 folder_watch(struct folder *, int inotify);
/* Takes all events there are; true: one of them is about these folders. */
bool	 folder_changed(const struct folder *, size_t n, int inotify);

#endif
