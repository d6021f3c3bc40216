#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "core/base/text.h"
#include "media/mounter/folder.h"

/* One mask for all: a folder may also be where another one lies. */
#define WATCHED (IN_CREATE | IN_CLOSE_WRITE | IN_DELETE | IN_MOVED_FROM | \
    IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR | IN_MASK_ADD)

static const char *
last_component(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

/* realpath(3), or for a folder that is not there yet the like of it. */
enum err
folder_init(struct folder *f, const char *dir)
{
	char here[PATH_MAX];
	char *real;
	size_t n;
	int r;

	f->watch = f->parent_watch = -1;
	if ((real = realpath(dir, NULL)) != NULL) {
		r = snprintf(f->path, sizeof(f->path), "%s", real);
		free(real);
	} else if (dir[0] == '/') {
		r = snprintf(f->path, sizeof(f->path), "%s", dir);
	} else {
		if (getcwd(here, sizeof(here)) == NULL)
			return ERR_IO;
		r = snprintf(f->path, sizeof(f->path), "%s/%s", here, dir);
	}
	if (r < 0 || (size_t)r >= sizeof(f->path))
		return ERR_SPACE;
	for (n = (size_t)r; n > 1 && f->path[n - 1] == '/'; n--)
		f->path[n - 1] = '\0';
	return 0;
}

enum err
folder_open(const struct folder *f, int *fd)
{
	int r = open(f->path, O_RDONLY | O_DIRECTORY | O_NOCTTY | O_CLOEXEC);

	if (r >= 0) {
		*fd = r;
		return 0;
	}
	if (errno == ENOTDIR)
		return ERR_FORM;
	return errno == ENOENT || errno == ENODEV || errno == ESTALE ?
	    ERR_GONE : ERR_IO;
}

static bool
is_writable(int fd)
{
	struct statvfs v;

	return fstatvfs(fd, &v) == 0 && (v.f_flag & ST_RDONLY) == 0 &&
	    faccessat(fd, ".", W_OK, 0) == 0;
}

static const char *
advice_for(enum err e)
{
	if (e == ERR_GONE)
		return "This folder is not there.";
	if (e == ERR_FORM)
		return "This is not a folder.";
	return "This folder cannot be opened: look at its permissions.";
}

/* The last component, escaped; one too long for a label ends in "...". */
static void
put_label(const char *path, char *out, size_t cap)
{
	const char *last = last_component(path);
	struct span s = span_text(*last == '\0' ? path : last);

	if (text_escape(s, out, cap) == 0)
		return;
	/* An escape is four bytes at most, so this many always fit. */
	if (s.n > (cap - 8) / 4)
		s.n = (cap - 8) / 4;
	if (text_escape(s, out, cap - 3) == 0)
		memcpy(out + strlen(out), "...", 4);
}

void
folder_look(const struct folder *f, struct stick *st)
{
	int fd = -1;
	enum err e;

	put_label(f->path, st->label, sizeof(st->label));
	st->advice[0] = '\0';
	st->writable = false;
	if ((e = folder_open(f, &fd)) != 0) {
		(void)snprintf(st->advice, sizeof(st->advice), "%s",
		    advice_for(e));
		return;
	}
	st->writable = is_writable(fd);
	(void)close(fd);
}

void
folder_watch(struct folder *f, int inotify)
{
	char up[PATH_MAX];
	size_t n = (size_t)(last_component(f->path) - f->path);
	int now;

	if (inotify < 0)
		return;
	now = inotify_add_watch(inotify, f->path, WATCHED);
	if (f->watch >= 0 && f->watch != now)
		(void)inotify_rm_watch(inotify, f->watch);
	f->watch = now;
	if (f->parent_watch < 0 && n > 0) {
		memcpy(up, f->path, n);
		up[n] = '\0';
		f->parent_watch = inotify_add_watch(inotify, up, WATCHED);
	}
}

static bool
is_about(const struct folder *f, const struct inotify_event *ev)
{
	if ((ev->mask & IN_Q_OVERFLOW) != 0 || ev->wd == f->watch)
		return true;
	return ev->wd == f->parent_watch && ev->len > 0 &&
	    strcmp(ev->name, last_component(f->path)) == 0;
}

bool
folder_changed(const struct folder *f, size_t n, int inotify)
{
	_Alignas(struct inotify_event) char buf[8192];
	const struct inotify_event *ev;
	bool changed = false;
	ssize_t r, at;
	size_t i;

	while ((r = read(inotify, buf, sizeof(buf))) > 0) {
		for (at = 0; at < r; at += (ssize_t)(sizeof(*ev) + ev->len)) {
			ev = (const struct inotify_event *)(const void *)
			    (buf + at);
			for (i = 0; i < n; i++)
				changed = changed || is_about(&f[i], ev);
		}
	}
	return changed;
}
