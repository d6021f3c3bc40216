/*
 * save_rig.h - for tests: the system calls of saving, of which any may fail.
 *
 *	source	design, section 9
 *	shapes	rig: what is to go wrong; rig_calls: the table for save
 *	units	calls, counted from 1
 *	owns	nothing
 *	errors	the errno in rig.error
 *	secrets	none
 *	tests	used by tests/faults alone
 */
#ifndef TESTS_FAULTS_SAVE_RIG_H
#define TESTS_FAULTS_SAVE_RIG_H

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "media/save_calls.h"

/* What the file system can do: the three ways to give a name. */
enum ways { ATOMIC, LINKS, NEITHER, WAYS };

static struct {
	enum ways	way;
	int		at;		/* the call to fail, from 1; 0: none */
	bool		onward;		/* and all after it: pulled */
	int		error;
	int		seen;
	char		trace[256];	/* a letter a call */
	size_t		write_max, read_max;
	void		(*meddle)(uint8_t *, ssize_t *);
	void		(*tell)(struct statvfs *);
	int		busy;		/* temporary names already taken */
} rig;

static bool
fails(char letter)
{
	size_t n = strlen(rig.trace);

	if (n + 1 < sizeof(rig.trace)) {
		rig.trace[n] = letter;
		rig.trace[n + 1] = '\0';
	}
	rig.seen++;
	errno = rig.error;
	return rig.at != 0 && (rig.seen == rig.at ||
	    (rig.onward && rig.seen > rig.at));
}

static int
fail_with(int error)
{
	errno = error;
	return -1;
}

static int
rig_fstatvfs(int dir, struct statvfs *v)
{
	if (fails('v') || save_calls_real.fstatvfs(dir, v) != 0)
		return -1;
	if (rig.tell != NULL)
		rig.tell(v);
	return 0;
}

static int
rig_create(int dir, const char *name, int flags, mode_t mode)
{
	assert_int_equal(flags & (O_EXCL | O_CREAT | O_NOFOLLOW), O_EXCL |
	    O_CREAT | O_NOFOLLOW);
	if (fails('c'))
		return -1;
	if (rig.busy > 0) {
		rig.busy--;
		return fail_with(EEXIST);
	}
	return save_calls_real.create(dir, name, flags, mode);
}

static ssize_t
rig_write(int fd, const void *p, size_t n)
{
	if (fails('w'))
		return -1;
	return save_calls_real.write(fd, p, n < rig.write_max ? n :
	    rig.write_max);
}

static int
rig_fsync(int fd)
{
	struct stat st;

	assert_int_equal(fstat(fd, &st), 0);
	return fails(S_ISDIR(st.st_mode) ? 'D' : 's') ? -1 :
	    save_calls_real.fsync(fd);
}

static int
rig_forget(int fd)
{
	return fails('f') ? -1 : save_calls_real.forget(fd);
}

/* As Linux does: what fails to close is closed. */
static int
rig_close(int fd)
{
	int error;
	bool bad = fails('x');

	error = errno;
	assert_int_equal(save_calls_real.close(fd), 0);
	errno = error;
	return bad ? -1 : 0;
}

static int
rig_renameat2(int a, const char *from, int b, const char *to, unsigned flags)
{
	assert_int_equal(flags, RENAME_NOREPLACE);
	if (fails('R'))
		return -1;
	return rig.way != ATOMIC ? fail_with(EINVAL) :
	    save_calls_real.renameat2(a, from, b, to, flags);
}

static int
rig_linkat(int a, const char *from, int b, const char *to, int flags)
{
	if (fails('l'))
		return -1;
	return rig.way != LINKS ? fail_with(EPERM) :
	    save_calls_real.linkat(a, from, b, to, flags);
}

static int
rig_fstatat(int dir, const char *name, struct stat *st, int flags)
{
	return fails('a') ? -1 :
	    save_calls_real.fstatat(dir, name, st, flags);
}

static int
rig_renameat(int a, const char *from, int b, const char *to)
{
	return fails('n') ? -1 : save_calls_real.renameat(a, from, b, to);
}

static int
rig_open(int dir, const char *name, int flags)
{
	assert_int_equal(flags & O_ACCMODE, O_RDONLY);
	return fails('o') ? -1 : save_calls_real.open(dir, name, flags);
}

static int
rig_fstat(int fd, struct stat *st)
{
	return fails('t') ? -1 : save_calls_real.fstat(fd, st);
}

static ssize_t
rig_read(int fd, void *p, size_t n)
{
	ssize_t r;

	if (fails('r'))
		return -1;
	r = save_calls_real.read(fd, p, n < rig.read_max ? n : rig.read_max);
	if (rig.meddle != NULL)
		rig.meddle(p, &r);
	return r;
}

static int
rig_unlinkat(int dir, const char *name, int flags)
{
	return fails('u') ? -1 : save_calls_real.unlinkat(dir, name, flags);
}

static int
rig_edit(int dir, const char *name, int flags)
{
	assert_int_equal(flags & (O_NOFOLLOW | O_CREAT | O_TRUNC),
	    O_NOFOLLOW);
	return fails('e') ? -1 : save_calls_real.edit(dir, name, flags);
}

static off_t
rig_lseek(int fd, off_t at, int whence)
{
	return fails('k') ? -1 : save_calls_real.lseek(fd, at, whence);
}

static const struct save_calls rig_calls = {
	.fstatvfs = rig_fstatvfs, .create = rig_create, .write = rig_write,
	.fsync = rig_fsync, .forget = rig_forget, .close = rig_close,
	.renameat2 = rig_renameat2, .linkat = rig_linkat,
	.fstatat = rig_fstatat, .renameat = rig_renameat, .open = rig_open,
	.fstat = rig_fstat, .read = rig_read, .unlinkat = rig_unlinkat,
	.edit = rig_edit, .lseek = rig_lseek
};

/* Nothing goes wrong yet. */
static void
rig_begin(enum ways way)
{
	memset(&rig, 0, sizeof(rig));
	rig.way = way;
	rig.write_max = rig.read_max = SIZE_MAX;
}

#endif
