#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "core/proc/memory.h"
#include "media/names.h"
#include "media/patch.h"

#define PIECE ((size_t)32 << 10)

struct patch {
	const struct save_calls	*c;
	struct span		 bytes;
	off_t			 from;
};

/* Not through a link, and no device or pipe; never made anew. */
static enum err
open_regular(const struct save_calls *c, int dir, const char *name, int *fd)
{
	struct stat st;
	enum err e = 0;

	if ((*fd = c->edit(dir, name, O_RDWR | O_NOFOLLOW | O_NONBLOCK |
	    O_NOCTTY | O_CLOEXEC)) < 0)
		return save_err(errno);
	if (c->fstat(*fd, &st) != 0)
		e = save_err(errno);
	else if (!S_ISREG(st.st_mode))
		e = ERR_FORM;
	if (e != 0)
		(void)c->close(*fd);
	return e;
}

static enum err
write_all(const struct patch *p, int fd)
{
	size_t at = 0;

	if (p->c->lseek(fd, p->from, SEEK_SET) != p->from)
		return save_err(errno);
	while (at < p->bytes.n) {
		ssize_t r = p->c->write(fd, p->bytes.p + at, p->bytes.n - at);

		if (r < 0 && errno == EINTR)
			continue;
		if (r < 0)
			return save_err(errno);
		if (r == 0)
			return ERR_IO;
		at += (size_t)r;
	}
	while (p->c->fsync(fd) != 0)
		if (errno != EINTR)
			return save_err(errno);
	return 0;
}

static enum err
compare(const struct patch *p, int fd)
{
	uint8_t piece[PIECE];
	size_t at = 0, want;

	(void)p->c->forget(fd);
	if (p->c->lseek(fd, p->from, SEEK_SET) != p->from)
		return save_err(errno);
	while (at < p->bytes.n) {
		want = p->bytes.n - at < PIECE ? p->bytes.n - at : PIECE;
		ssize_t r = p->c->read(fd, piece, want);

		if (r < 0 && errno == EINTR)
			continue;
		if (r < 0)
			return save_err(errno);
		if (r == 0 || (size_t)r > want ||
		    memcmp(piece, p->bytes.p + at, (size_t)r) != 0)
			return ERR_MISMATCH;
		at += (size_t)r;
	}
	return 0;
}

enum err
patch_file_with(const struct save_calls *c, int dir, const char *name,
    int memfd, size_t from, size_t n)
{
	struct patch p = { .c = c, .from = (off_t)from };
	struct span whole;
	enum err e;
	int fd = -1;

	if ((e = name_check(name)) != 0 ||
	    (e = memfd_map(memfd, &whole)) != 0)
		return e;
	if (from > whole.n || n > whole.n - from || n == 0)
		e = ERR_RANGE;
	if (e == 0 && (e = open_regular(c, dir, name, &fd)) == 0) {
		p.bytes = span_of(whole.p + from, n);
		if ((e = write_all(&p, fd)) == 0)
			e = compare(&p, fd);
		/* Linux closes it even when interrupted. */
		if (c->close(fd) != 0 && errno != EINTR && e == 0)
			e = save_err(errno);
	}
	memfd_unmap(whole);
	return e;
}

enum err
patch_file(int dir, const char *name, int memfd, size_t from, size_t n)
{
	return patch_file_with(&save_calls_real, dir, name, memfd, from, n);
}
