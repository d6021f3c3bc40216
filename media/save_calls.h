/*
 * save_calls.h - every system call by which an answer is saved.
 *
 * One table, so that a test can fail each of them once in turn, cut a write
 * short, or let the stick vanish from any call on.
 *
 *	source	design, section 9 (faults)
 *	shapes	struct save_calls; the real ones in save_calls_real
 *	units	bytes
 *	owns	nothing
 *	errors	as the calls: -1 and errno
 *	secrets	none
 *	tests	tests/faults/save_faults_test.c,
 *		tests/faults/vault_faults_test.c
 */
#ifndef MEDIA_SAVE_CALLS_H
#define MEDIA_SAVE_CALLS_H

#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/types.h>

#include "media/save.h"

struct save_calls {
	int	(*fstatvfs)(int dir, struct statvfs *);
	int	(*create)(int dir, const char *, int flags, mode_t);
	ssize_t	(*write)(int fd, const void *, size_t);
	int	(*fsync)(int fd);
	int	(*forget)(int fd);	/* what the kernel has cached of it */
	int	(*close)(int fd);
	int	(*renameat2)(int, const char *, int, const char *,
		    unsigned flags);
	int	(*linkat)(int, const char *, int, const char *, int flags);
	int	(*fstatat)(int dir, const char *, struct stat *, int flags);
	int	(*renameat)(int, const char *, int, const char *);
	int	(*open)(int dir, const char *, int flags);
	int	(*fstat)(int fd, struct stat *);
	ssize_t	(*read)(int fd, void *, size_t);
	int	(*unlinkat)(int dir, const char *, int flags);
	int	(*edit)(int dir, const char *, int flags);
	off_t	(*lseek)(int fd, off_t, int whence);
};

extern const struct save_calls save_calls_real;

/* What an errno of theirs means. */
enum err save_err(int error) must_check;

enum err save_answer_with(const struct save_calls *, int dir,
	    const char *file, const char *suffix, int memfd,
	    char out[NAME_MAX + 1]) must_check;
enum err save_file_with(const struct save_calls *, int dir, const char *name,
	    int memfd, char out[NAME_MAX + 1]) must_check;
enum err save_check_with(const struct save_calls *, int dir, const char *name,
	    int memfd) must_check;

#endif
