#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/proc/memory.h"
#include "core/proc/random.h"
#include "media/names.h"
#include "media/save_calls.h"

#define PIECE ((size_t)32 << 10)
#define TEMP_TRIES 8
#define NAME_TRIES 9999
#define MODE ((mode_t)0644)
#define MODE_PRIVATE ((mode_t)0600)	/* whoever has it may guess at it */

/* What the answer is to be called: after a file, or a name of our own. */
struct wish {
	const char	*name;
	const char	*suffix;	/* NULL: a name of our own */
	mode_t		 mode;		/* where there is such a thing */
};

struct save {
	const struct save_calls	*c;
	int		 dir;
	mode_t		 mode;
	struct span	 bytes;
	char		 temp[32];
	char		 name[NAME_MAX + 1];
	bool		 has_temp;	/* these two lie in the folder now, */
	bool		 has_name;	/* and we put them there */
};

enum err
save_err(int error)
{
	switch (error) {
	case ENOSPC:
	case EDQUOT:
		return ERR_FULL;
	case EROFS:
	case EACCES:
	case EPERM:
		return ERR_READONLY;
	case ENOENT:
	case ENOTDIR:
	case ENODEV:
	case ENXIO:
	case ESTALE:
	case ENOMEDIUM:
		return ERR_GONE;
	case ENAMETOOLONG:
		return ERR_RANGE;
	default:
		return ERR_IO;
	}
}

/* One block more than the bytes may take, since the folder may grow. */
static enum err
check_room(const struct save *s)
{
	struct statvfs v;

	if (s->c->fstatvfs(s->dir, &v) != 0)
		return save_err(errno);
	if ((v.f_flag & ST_RDONLY) != 0)
		return ERR_READONLY;
	/* Some file systems in user space do not tell. */
	if (v.f_blocks == 0 || v.f_frsize == 0)
		return 0;
	return v.f_bavail < s->bytes.n / v.f_frsize + 2 ? ERR_FULL : 0;
}

static enum err
create_temp(struct save *s, int *fd)
{
	unsigned try;
	uint32_t r;

	for (try = 0; try < TEMP_TRIES; try++) {
		random_bytes(&r, sizeof(r));
		(void)snprintf(s->temp, sizeof(s->temp), ".coldseal-%08x.part",
		    r);
		*fd = s->c->create(s->dir, s->temp, O_WRONLY | O_CREAT |
		    O_EXCL | O_NOFOLLOW | O_CLOEXEC, s->mode);
		if (*fd >= 0) {
			s->has_temp = true;
			return 0;
		}
		if (errno != EEXIST && errno != EINTR)
			return save_err(errno);
	}
	return ERR_IO;
}

static enum err
write_all(const struct save *s, int fd)
{
	size_t at = 0;

	while (at < s->bytes.n) {
		ssize_t r = s->c->write(fd, s->bytes.p + at, s->bytes.n - at);

		if (r < 0 && errno == EINTR)
			continue;
		if (r < 0)
			return save_err(errno);
		if (r == 0)
			return ERR_IO;
		at += (size_t)r;
	}
	return 0;
}

static enum err
flush(const struct save *s, int fd)
{
	while (s->c->fsync(fd) != 0)
		if (errno != EINTR)
			return save_err(errno);
	return 0;
}

/*
 * After the bytes are on the stick the kernel is asked to forget them, so
 * that the reading back reads the stick.  Where it cannot, nothing is lost.
 */
static enum err
write_temp(struct save *s)
{
	int fd = -1;
	enum err e;

	if ((e = create_temp(s, &fd)) != 0)
		return e;
	if ((e = write_all(s, fd)) == 0 && (e = flush(s, fd)) == 0)
		(void)s->c->forget(fd);
	/* Linux closes it even when interrupted. */
	if (s->c->close(fd) != 0 && errno != EINTR && e == 0)
		e = save_err(errno);
	return e;
}

/*
 * Where there is neither an atomic rename without replacing nor a second name
 * for a file (FAT of old kernels, some file systems in user space), all that
 * is left is to look first.  Nobody else writes to the owner's stick.
 */
static int
rename_looking(const struct save *s)
{
	struct stat st;

	if (s->c->fstatat(s->dir, s->name, &st, AT_SYMLINK_NOFOLLOW) == 0)
		return EEXIST;
	if (errno != ENOENT)
		return errno;
	return s->c->renameat(s->dir, s->temp, s->dir, s->name) == 0 ? 0 :
	    errno;
}

static bool
not_offered(int error)
{
	return error == EINVAL || error == ENOSYS || error == EOPNOTSUPP;
}

/* 0, or an errno: EEXIST when the name is taken. */
static int
give_name(struct save *s)
{
	int error;

	if (s->c->renameat2(s->dir, s->temp, s->dir, s->name,
	    RENAME_NOREPLACE) == 0) {
		s->has_temp = false;
		s->has_name = true;
		return 0;
	}
	if (!not_offered(errno))
		return errno;
	if (s->c->linkat(s->dir, s->temp, s->dir, s->name, 0) == 0) {
		s->has_name = true;
		if (s->c->unlinkat(s->dir, s->temp, 0) != 0)
			return errno;
		s->has_temp = false;
		return 0;
	}
	if (!not_offered(errno) && errno != EPERM && errno != EMLINK)
		return errno;
	if ((error = rename_looking(s)) == 0) {
		s->has_temp = false;
		s->has_name = true;
	}
	return error;
}

static enum err
wished_name(const struct wish *w, unsigned n, char out[NAME_MAX + 1])
{
	return w->suffix == NULL ? name_numbered(w->name, n, out) :
	    name_answer(w->name, w->suffix, n, out);
}

static enum err
settle(struct save *s, const struct wish *w)
{
	unsigned n;
	enum err e;
	int error;

	for (n = 1; n <= NAME_TRIES; n++) {
		if ((e = wished_name(w, n, s->name)) != 0)
			return e;
		if ((error = give_name(s)) == 0) {
			e = flush(s, s->dir);
			/* Not every file system can flush a folder. */
			return e == ERR_IO && errno == EINVAL ? 0 : e;
		}
		if (error != EEXIST)
			return save_err(error);
	}
	return ERR_RANGE;
}

static enum err
compare(const struct save *s, int fd)
{
	uint8_t piece[PIECE];
	size_t at = 0;

	for (;;) {
		ssize_t r = s->c->read(fd, piece, sizeof(piece));

		if (r < 0 && errno == EINTR)
			continue;
		if (r < 0)
			return save_err(errno);
		if (r == 0)
			return at == s->bytes.n ? 0 : ERR_MISMATCH;
		if ((size_t)r > s->bytes.n - at ||
		    memcmp(piece, s->bytes.p + at, (size_t)r) != 0)
			return ERR_MISMATCH;
		at += (size_t)r;
	}
}

static enum err
read_back(const struct save *s)
{
	struct stat st;
	enum err e;
	int fd;

	fd = s->c->open(s->dir, s->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK |
	    O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return save_err(errno);
	if (s->c->fstat(fd, &st) != 0)
		e = save_err(errno);
	else if (!S_ISREG(st.st_mode) || st.st_size < 0 ||
	    (uint64_t)st.st_size != s->bytes.n)
		e = ERR_MISMATCH;
	else
		e = compare(s, fd);
	(void)s->c->close(fd);
	return e;
}

/* All or nothing: whatever failed, what we put there goes again. */
static void
take_away(struct save *s)
{
	if (s->has_temp)
		(void)s->c->unlinkat(s->dir, s->temp, 0);
	if (s->has_name)
		(void)s->c->unlinkat(s->dir, s->name, 0);
	(void)s->c->fsync(s->dir);
}

static enum err
save_with(const struct save_calls *c, int dir, const struct wish *w,
    int memfd, char out[NAME_MAX + 1])
{
	struct save s = { .c = c, .dir = dir, .mode = w->mode };
	enum err e;

	/* A name that cannot be is told before anything is written. */
	if ((e = wished_name(w, 1, s.name)) != 0 ||
	    (e = memfd_map(memfd, &s.bytes)) != 0)
		return e;
	if (s.bytes.n == 0)
		e = ERR_INTERNAL;
	if (e == 0 && (e = check_room(&s)) == 0 &&
	    (e = write_temp(&s)) == 0 && (e = settle(&s, w)) == 0)
		e = read_back(&s);
	if (e != 0)
		take_away(&s);
	else
		memcpy(out, s.name, sizeof(s.name));
	memfd_unmap(s.bytes);
	return e;
}

enum err
save_check_with(const struct save_calls *c, int dir, const char *name,
    int memfd)
{
	struct save s = { .c = c, .dir = dir };
	enum err e;

	if ((e = name_check(name)) != 0 ||
	    (e = memfd_map(memfd, &s.bytes)) != 0)
		return e;
	(void)snprintf(s.name, sizeof(s.name), "%s", name);
	e = read_back(&s);
	memfd_unmap(s.bytes);
	return e;
}

enum err
save_check(int dir, const char *name, int memfd)
{
	return save_check_with(&save_calls_real, dir, name, memfd);
}

void
save_undo(int dir, const char *name)
{
	struct save s = { .c = &save_calls_real, .dir = dir,
	    .has_name = name_check(name) == 0 };

	(void)snprintf(s.name, sizeof(s.name), "%s", name);
	take_away(&s);
}

enum err
save_answer_with(const struct save_calls *c, int dir, const char *file,
    const char *suffix, int memfd, char out[NAME_MAX + 1])
{
	return save_with(c, dir, &(struct wish){ file, suffix, MODE },
	    memfd, out);
}

enum err
save_file_with(const struct save_calls *c, int dir, const char *name,
    int memfd, char out[NAME_MAX + 1])
{
	return save_with(c, dir, &(struct wish){ name, NULL, MODE },
	    memfd, out);
}

enum err
save_answer(int dir, const char *file, const char *suffix, int memfd,
    char out[NAME_MAX + 1])
{
	return save_answer_with(&save_calls_real, dir, file, suffix, memfd,
	    out);
}

enum err
save_file(int dir, const char *name, int memfd, char out[NAME_MAX + 1])
{
	return save_file_with(&save_calls_real, dir, name, memfd, out);
}

enum err
save_private(int dir, const char *name, int memfd, char out[NAME_MAX + 1])
{
	return save_with(&save_calls_real, dir, &(struct wish){ name, NULL,
	    MODE_PRIVATE }, memfd, out);
}
