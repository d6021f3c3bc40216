/* What the loop does for a child of a key, and for the recovery sheet. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/proc/memory.h"
#include "media/save.h"
#include "tui/loop_vault.h"
#include "tui/sheet.h"

static enum err
text_of(struct loop *l, uint8_t *buf, size_t *n)
{
	struct sheet_ask ask = { .network = l->app.network,
	    .version = l->app.version, .now = time(NULL) };
	struct sink s = sink_to_buf(buf, SHEET_MAX);
	enum err e = sheet_put(l->engine, &ask, &s);

	*n = s.total;
	return e;
}

/* Where a page ends, a line is empty on the screen. */
static enum err
show(struct loop *l)
{
	uint8_t *buf = calloc(1, SHEET_MAX);
	enum err e = ERR_SPACE;
	size_t i, n = 0;
	char *p;

	l->app.age.sheet = NULL;
	if (buf != NULL && (e = text_of(l, buf, &n)) == 0) {
		arena_clear(l->app.arena);
		if ((p = arena_new(l->app.arena, char, n + 1)) == NULL)
			e = ERR_SPACE;
		for (i = 0; e == 0 && i < n; i++)
			p[i] = buf[i] == '\f' ? '\n' : (char)buf[i];
		if (e == 0) {
			p[n] = '\0';
			l->app.age.sheet = p;
		}
	}
	free(buf);
	return e;
}

static enum err
write_sheet(struct loop *l, char name[NAME_MAX + 1], int *fd)
{
	*fd = l->text;
	l->text = -1;
	return save_file(l->dir, SHEET_FILE, *fd, name);
}

static struct event
put(struct loop *l, size_t i)
{
	struct event ev = { .err = ERR_SPACE };
	uint8_t *buf = calloc(1, SHEET_MAX);
	size_t n = 0;

	loop_discard(l);
	if (i >= l->app.nstick)
		ev.err = ERR_GONE;
	else if (buf != NULL && (ev.err = text_of(l, buf, &n)) == 0 &&
	    (ev.err = memfd_new("sheet", &l->text)) == 0 &&
	    (ev.err = memfd_write(l->text, span_of(buf, n))) == 0 &&
	    (ev.err = memfd_seal(l->text)) == 0)
		ev.err = loop_vault_put(l, l->app.stick[i].id, write_sheet,
		    l->app.out.name, &ev.whole);
	free(buf);
	return ev;
}

struct event
loop_do_child(struct loop *l, const struct effect *fx)
{
	struct childing *c = &l->app.child;
	struct event ev = { 0 };

	if (fx->kind == FX_CHILD)
		ev.err = engine_child(l->engine, &c->ask, c->path,
		    sizeof(c->path), l->app.secret->share,
		    sizeof(l->app.secret->share), &ev.why);
	else if (fx->kind == FX_SHEET)
		ev.err = show(l);
	else
		ev = put(l, fx->n);
	if (ev.err == ERR_DEAD)
		return loop_dead(ROLE_KEEPER);
	ev.kind = EV_CHILD;
	ev.n = fx->kind;
	return ev;
}
