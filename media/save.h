/*
 * save.h - an answer, written so that there is never half of one.
 *
 * Free space first; temporary name; write; fsync; rename that replaces
 * nothing; fsync of the folder; open again, read back, compare.  Pulled at any
 * moment, the stick holds the whole answer or none, and the unsigned file as
 * it was.
 *
 *	source	design, section 8; renameat2(2), fsync(2)
 *	shapes	folder descriptor, wished name, bytes in a sealed memfd
 *	units	bytes
 *	owns	nothing
 *	errors	ERR_FULL, ERR_READONLY, ERR_GONE, ERR_IO, ERR_MISMATCH (read
 *		back differs), ERR_RANGE (no free name)
 *	secrets	none
 *	tests	tests/unit/save_test.c: each system call fails once in turn
 */
#ifndef MEDIA_SAVE_H
#define MEDIA_SAVE_H

#include <limits.h>

#include "core/base/err.h"

/* file: the name of what is answered, suffix: of the answer.  The name that
 * it got is written to out. */
enum err save_answer(int dir, const char *file, const char *suffix, int memfd,
	    char out[NAME_MAX + 1]) must_check;
/* A file under a name of our own (exports); -2, -3 when it is taken. */
enum err save_file(int dir, const char *name, int memfd,
	    char out[NAME_MAX + 1]) must_check;
/* The same, for its owner alone where the stick knows owners: vaults. */
enum err save_private(int dir, const char *name, int memfd,
	    char out[NAME_MAX + 1]) must_check;
/* Once more, after the stick was let go and mounted anew. */
enum err save_check(int dir, const char *name, int memfd) must_check;
/* Takes away what save gave that name: the check has failed. */
void	 save_undo(int dir, const char *name);
/* One sentence for the owner: what happened, that nothing is lost, what to
 * do. */
const char *save_advice(enum err);

#endif
