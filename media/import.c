#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/proc/memory.h"
#include "media/import_calls.h"
#include "media/names.h"

#define PIECE ((size_t)32 << 10)
#define FULL_CAP_KIB ((uint64_t)2 << 20)	/* from 2 GiB of RAM up */
#define BLIND_BUDGET ((uint64_t)4 << 20)	/* when /proc is not there */

static int
real_openat(int dir, const char *name, int flags)
{
	return openat(dir, name, flags);
}

const struct import_calls import_calls_real = {
	.fstatat = fstatat, .openat = real_openat, .fstat = fstat, .read = read
};

static enum err
import_err(int error)
{
	switch (error) {
	case ENOENT:
	case ENOTDIR:
	case ENODEV:
	case ESTALE:
	case ENOMEDIUM:
		return ERR_GONE;
	case ELOOP:		/* became a link after we looked */
	case ENXIO:		/* a socket, or a pipe nobody reads */
	case ENAMETOOLONG:
		return ERR_FORM;
	case EFBIG:
	case EOVERFLOW:
		return ERR_TOO_LARGE;
	default:
		return ERR_IO;
	}
}

static bool
same_file(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino &&
	    a->st_size == b->st_size &&
	    a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
	    a->st_mtim.tv_nsec == b->st_mtim.tv_nsec &&
	    a->st_ctim.tv_sec == b->st_ctim.tv_sec &&
	    a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

/*
 * Looks before it opens: to open a device can already do something.  What is
 * opened is then checked again, since the name may mean another file by now.
 */
static enum err
open_regular(const struct import_calls *c, int dir, const char *name,
    int *fd, struct stat *st)
{
	struct stat seen;
	int f;

	if (c->fstatat(dir, name, &seen, AT_SYMLINK_NOFOLLOW) != 0)
		return import_err(errno);
	if (!S_ISREG(seen.st_mode))
		return ERR_FORM;
	f = c->openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK |
	    O_NOCTTY | O_CLOEXEC);
	if (f < 0)
		return import_err(errno);
	if (c->fstat(f, st) != 0) {
		int error = errno;

		(void)close(f);
		return import_err(error);
	}
	if (!S_ISREG(st->st_mode) || st->st_ino != seen.st_ino ||
	    st->st_dev != seen.st_dev) {
		(void)close(f);
		return S_ISREG(st->st_mode) ? ERR_CHANGED : ERR_FORM;
	}
	*fd = f;
	return 0;
}

static enum err
put_piece(int mem, const uint8_t *p, size_t n, uint64_t at)
{
	while (n > 0) {
		ssize_t r = pwrite(mem, p, n, (off_t)at);

		if (r < 0 && errno == EINTR)
			continue;
		if (r <= 0)
			return ERR_SPACE;
		p += r;
		n -= (size_t)r;
		at += (uint64_t)r;
	}
	return 0;
}

/* Exactly want bytes, then the end: one more or one less is a change. */
static enum err
copy(const struct import_calls *c, int fd, int mem, uint64_t want)
{
	uint8_t piece[PIECE];
	uint64_t at = 0;
	enum err e;

	for (;;) {
		ssize_t r = c->read(fd, piece, sizeof(piece));

		if (r < 0 && errno == EINTR)
			continue;
		if (r < 0)
			return import_err(errno);
		if (r == 0)
			return at == want ? 0 : ERR_CHANGED;
		if ((uint64_t)r > want - at)
			return ERR_CHANGED;
		if ((e = put_piece(mem, piece, (size_t)r, at)) != 0)
			return e;
		at += (uint64_t)r;
		if (c->go_on != NULL && !c->go_on(c->go_on_arg))
			return ERR_STOPPED;
	}
}

static enum err
read_once(const struct import_calls *c, int fd, const struct stat *st,
    int *memfd)
{
	struct stat after;
	enum err e;
	int mem = -1;

	if ((e = memfd_new("coldseal-file", &mem)) != 0)
		return e;
	if ((e = copy(c, fd, mem, (uint64_t)st->st_size)) == 0) {
		if (c->fstat(fd, &after) != 0)
			e = import_err(errno);
		else if (!same_file(st, &after))
			e = ERR_CHANGED;
		else
			e = memfd_seal(mem);
	}
	if (e != 0) {
		(void)close(mem);
		return e;
	}
	*memfd = mem;
	return 0;
}

enum err
import_with(const struct import_calls *c, int dir, const char *name,
    uint64_t cap, int *memfd, uint64_t *size)
{
	struct stat st;
	enum err e;
	int fd = -1;

	if ((e = open_regular(c, dir, name, &fd, &st)) != 0)
		return e;
	if (st.st_size < 0 || (uint64_t)st.st_size > cap)
		e = ERR_TOO_LARGE;
	else
		e = read_once(c, fd, &st, memfd);
	(void)close(fd);
	if (e == 0)
		*size = (uint64_t)st.st_size;
	return e;
}

enum err
import_file(int dir, const char *name, uint64_t cap, int *memfd,
    uint64_t *size)
{
	enum err e = name_check(name);

	return e != 0 ? e :
	    import_with(&import_calls_real, dir, name, cap, memfd, size);
}

bool
import_peek(int dir, const char *name, uint64_t at, uint8_t *out, size_t n)
{
	struct stat st;
	ssize_t got = -1;
	int fd = -1;

	if (name_check(name) != 0 ||
	    open_regular(&import_calls_real, dir, name, &fd, &st) != 0)
		return false;
	if (lseek(fd, (off_t)at, SEEK_SET) == (off_t)at)
		do
			got = import_calls_real.read(fd, out, n);
		while (got < 0 && errno == EINTR);
	(void)close(fd);
	return got >= 0 && (size_t)got == n;
}

enum err
import_path(const char *path, uint64_t cap, int *memfd, uint64_t *size)
{
	return import_with(&import_calls_real, AT_FDCWD, path, cap, memfd,
	    size);
}

/* "MemTotal:  1998 kB": the figure of a line of /proc/meminfo, or 0. */
static uint64_t
meminfo_figure(const char *text, const char *label)
{
	const char *at = strstr(text, label);

	return at == NULL ? 0 : strtoull(at + strlen(label), NULL, 10);
}

uint64_t
import_budget_of(uint64_t total_kib, uint64_t free_kib)
{
	uint64_t cap = IMPORT_CAP;

	if (total_kib < FULL_CAP_KIB)
		cap = total_kib * (IMPORT_CAP / FULL_CAP_KIB);
	return free_kib / 4 < cap / 1024 ? free_kib * 256 : cap;
}

static bool
meminfo(uint64_t *total, uint64_t *left)
{
	char text[4096];
	ssize_t n = -1;
	int fd;

	fd = open("/proc/meminfo", O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		n = read(fd, text, sizeof(text) - 1);
		(void)close(fd);
	}
	if (n <= 0)
		return false;
	text[n] = '\0';
	*total = meminfo_figure(text, "MemTotal:");
	*left = meminfo_figure(text, "MemAvailable:");
	return *total != 0;
}

uint64_t
import_budget(void)
{
	uint64_t total, left;

	return meminfo(&total, &left) ? import_budget_of(total, left) :
	    BLIND_BUDGET;
}

uint64_t
import_free_kib(void)
{
	uint64_t total, left;

	return meminfo(&total, &left) ? left : 0;
}
