/*
 * stick.h - for tests: a temporary folder in the part of a stick.
 *
 *	source	design, section 9
 *	shapes	struct test_stick: path and descriptor
 *	units	bytes
 *	owns	the folder, until stick_end removes it with all in it
 *	errors	a cmocka assertion
 *	secrets	none
 *	tests	used by tests/unit, tests/faults and tests/proc
 */
#ifndef TESTS_FAULTS_STICK_H
#define TESTS_FAULTS_STICK_H

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/proc/memory.h"

struct test_stick {
	char	path[64];
	int	dir;
};

static inline int
stick_remove_one(const char *path, const struct stat *st, int flag,
    struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

static inline struct test_stick
stick_begin(void)
{
	struct test_stick s = { "/tmp/coldseal-stick-XXXXXX", -1 };

	assert_non_null(mkdtemp(s.path));
	s.dir = open(s.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(s.dir >= 0);
	return s;
}

static inline void
stick_end(struct test_stick *s)
{
	(void)close(s->dir);
	(void)nftw(s->path, stick_remove_one, 16, FTW_DEPTH | FTW_PHYS);
	s->dir = -1;
}

static inline void
stick_put(const struct test_stick *s, const char *name, const void *p,
    size_t n)
{
	int fd = openat(s->dir, name, O_WRONLY | O_CREAT | O_TRUNC |
	    O_NOFOLLOW | O_CLOEXEC, 0644);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, p, n), n);
	assert_int_equal(close(fd), 0);
}

static inline bool
stick_holds(const struct test_stick *s, const char *name, const void *p,
    size_t n)
{
	int fd = openat(s->dir, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	uint8_t *got = malloc(n + 1);
	ssize_t r;
	bool same;

	assert_non_null(got);
	r = fd < 0 ? -1 : read(fd, got, n + 1);
	same = r == (ssize_t)n && memcmp(got, p, n) == 0;
	if (fd >= 0)
		(void)close(fd);
	free(got);
	return same;
}

/* How many names have this ending ("" counts all). */
static inline size_t
stick_count(const struct test_stick *s, const char *ending)
{
	int fd = openat(s->dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = fdopendir(fd);
	struct dirent *e;
	size_t n = 0, len, want = strlen(ending);

	assert_non_null(d);
	while ((e = readdir(d)) != NULL) {
		len = strlen(e->d_name);
		if (strcmp(e->d_name, ".") != 0 &&
		    strcmp(e->d_name, "..") != 0 && len >= want &&
		    strcmp(e->d_name + len - want, ending) == 0)
			n++;
	}
	(void)closedir(d);
	return n;
}

static inline int
sealed_bytes(const void *p, size_t n)
{
	int fd = -1;

	assert_int_equal(memfd_new("test", &fd), 0);
	assert_int_equal(memfd_write(fd, span_of(p, n)), 0);
	assert_int_equal(memfd_seal(fd), 0);
	return fd;
}

#endif
