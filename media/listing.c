#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/text.h"
#include "media/listing.h"
#include "media/names.h"

#define FIRST_ENTRIES 64

static enum err
listing_err(int error)
{
	return error == ENOENT || error == ENODEV || error == ENOTDIR ||
	    error == ESTALE || error == ENOMEDIUM ? ERR_GONE : ERR_IO;
}

static const char *
kind_reason(mode_t mode)
{
	if (S_ISDIR(mode))
		return "a folder";
	if (S_ISLNK(mode))
		return "a link";
	if (S_ISFIFO(mode))
		return "a pipe";
	if (S_ISSOCK(mode))
		return "a socket";
	return "a device";
}

/*
 * Why this one is not read, or NULL.  A name that is not one component (only
 * a broken or hostile file system has such) is never handed to the kernel.
 */
static const char *
skip_reason(int dir, const char *name, uint64_t cap, uint64_t *size)
{
	struct stat st;

	*size = 0;
	if (name_check(name) != 0)
		return "its name cannot be used";
	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return listing_err(errno) == ERR_GONE ? "gone" :
		    "cannot be read";
	if (!S_ISREG(st.st_mode))
		return kind_reason(st.st_mode);
	*size = st.st_size < 0 ? 0 : (uint64_t)st.st_size;
	/* "._x" of macOS, and what we did not get to finish ourselves */
	if (name[0] == '.')
		return "hidden";
	if (*size == 0)
		return "empty";
	if (*size > cap)
		return "too large for this machine";
	return NULL;
}

static char *
escaped(const char *name)
{
	struct span s = span_text(name);
	size_t cap = 4 * s.n + 1;
	char *shown = malloc(cap);

	if (shown != NULL && text_escape(s, shown, cap) != 0) {
		free(shown);
		return NULL;
	}
	return shown;
}

static enum err
make_room(struct listing *l, size_t *room)
{
	size_t more = *room == 0 ? FIRST_ENTRIES : 2 * *room;
	struct entry *grown;

	if (l->n < *room)
		return 0;
	grown = reallocarray(l->entry, more, sizeof(*grown));
	if (grown == NULL)
		return ERR_SPACE;
	l->entry = grown;
	*room = more;
	return 0;
}

static enum err
add_entry(struct listing *l, size_t *room, int dir, const char *name,
    uint64_t cap)
{
	struct entry *e;
	enum err err;

	if ((err = make_room(l, room)) != 0)
		return err;
	e = &l->entry[l->n];
	e->name = strdup(name);
	e->shown = escaped(name);
	if (e->name == NULL || e->shown == NULL) {
		free(e->name);
		free(e->shown);
		return ERR_SPACE;
	}
	e->skip = skip_reason(dir, name, cap, &e->size);
	e->candidate = e->skip == NULL;
	l->n++;
	return 0;
}

static enum err
read_entries(DIR *d, uint64_t cap, struct listing *l)
{
	size_t room = 0;
	struct dirent *de;
	enum err e = 0;

	while (e == 0) {
		errno = 0;
		if ((de = readdir(d)) == NULL)
			return errno == 0 ? 0 : listing_err(errno);
		if (strcmp(de->d_name, ".") == 0 ||
		    strcmp(de->d_name, "..") == 0)
			continue;
		if (l->n == LISTING_MAX) {
			l->cut = true;
			return 0;
		}
		e = add_entry(l, &room, dirfd(d), de->d_name, cap);
	}
	return e;
}

/* A folder that was removed can still be opened, and looks empty. */
static bool
is_removed(int dir)
{
	struct stat st;

	return fstat(dir, &st) == 0 && st.st_nlink == 0;
}

static int
by_name(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return strcmp(x->name, y->name);
}

enum err
listing_read(int dir, uint64_t cap, struct listing *out)
{
	struct listing l = { 0 };
	enum err e;
	DIR *d;
	int fd;

	/* Not a dup: that would share, and leave, the place in the folder. */
	fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return listing_err(errno);
	if ((d = fdopendir(fd)) == NULL) {
		(void)close(fd);
		return ERR_SPACE;
	}
	e = read_entries(d, cap, &l);
	if (e == 0 && l.n == 0 && is_removed(fd))
		e = ERR_GONE;
	(void)closedir(d);
	if (e != 0) {
		listing_end(&l);
		return e;
	}
	if (l.n > 1)
		qsort(l.entry, l.n, sizeof(*l.entry), by_name);
	*out = l;
	return 0;
}

void
listing_end(struct listing *l)
{
	size_t i;

	for (i = 0; i < l->n; i++) {
		free(l->entry[i].name);
		free(l->entry[i].shown);
	}
	free(l->entry);
	*l = (struct listing){ 0 };
}
