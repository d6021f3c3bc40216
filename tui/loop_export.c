#include <string.h>
#include <unistd.h>

#include "core/proc/memory.h"
#include "media/save.h"
#include "tui/loop_state.h"

struct event
loop_answer(enum event_kind kind, enum err e)
{
	if (e == ERR_DEAD)
		return loop_dead(ROLE_CLERK);
	return (struct event){ .kind = kind, .err = e };
}

void
loop_discard(struct loop *l)
{
	if (l->text >= 0)
		(void)close(l->text);
	l->text = -1;
}

/* The whole of a sealed text without the end of its last line, or nothing. */
static enum err
copy_text(int fd, char *out, size_t cap)
{
	struct span s;
	enum err e;

	out[0] = '\0';
	if ((e = memfd_map(fd, &s)) != 0)
		return e;
	if (s.n >= cap)
		e = ERR_TOO_LARGE;
	else if (s.n > 0)
		memcpy(out, s.p, s.n);
	if (e == 0)
		out[s.n] = '\0';
	if (e == 0 && s.n > 0 && out[s.n - 1] == '\n')
		out[s.n - 1] = '\0';
	memfd_unmap(s);
	return e;
}

/* Of the registered wallet at hand, or of the one that is to be made. */
static enum err
told(struct loop *l, const char *form, int *fd)
{
	struct exporting *x = &l->app.out;
	const struct wallets *w = &l->app.wallets;
	const struct wallet_ask q = { .network = l->app.network,
	    .which = w->which, .form = form };
	const struct join_ask j = { .network = l->app.network,
	    .form = x->of == OF_INVITATION && form[0] == '?' ? "!" : form,
	    .script = w->script_name != NULL ? w->script_name : "",
	    .need = w->need };

	return x->of == OF_WALLET ?
	    engine_wallet(l->engine, &q, &x->about, fd) :
	    engine_join(l->engine, &j, &x->about, fd);
}

static enum err
formats(struct loop *l)
{
	struct exporting *x = &l->app.out;
	enum err e;
	int fd;

	e = x->of != OF_KEY ? told(l, "?", &fd) :
	    engine_formats(l->engine, &l->app.addr.ask, &fd);
	if (e != 0)
		return e;
	e = copy_text(fd, x->formats, sizeof(x->formats));
	(void)close(fd);
	return e;
}

/* All purposes of the account that the address screen shows. */
static enum err
export(struct loop *l)
{
	struct exporting *x = &l->app.out;
	struct address_ask q = l->app.addr.ask;

	loop_discard(l);
	if (x->of != OF_KEY)
		return told(l, x->format, &l->text);
	q.purpose = 0;
	_Static_assert(sizeof(q.with) >= sizeof(x->typed), "what was typed");
	memcpy(q.with, x->typed, sizeof(x->typed));
	return engine_export(l->engine, &q, x->format, &x->about, &l->text);
}

static enum err
write_text(struct loop *l)
{
	return save_file(l->dir, l->app.out.about.file, l->text,
	    l->app.out.name);
}

static struct event
store(struct loop *l, size_t i)
{
	const struct written w = { l->text, l->app.out.name };

	if (l->text < 0)
		return loop_answer(EV_STORED, ERR_STATE);
	return loop_put(l, i, EV_STORED, write_text, &w, 1);
}

struct event
loop_do_export(struct loop *l, const struct effect *fx)
{
	struct qr_shown *qr = &l->app.qr;

	if (fx->kind == FX_FORMATS)
		return loop_answer(EV_FORMATS, formats(l));
	if (fx->kind == FX_EXPORT)
		return loop_answer(EV_EXPORTED, export(l));
	if (fx->kind == FX_SHOW)
		return loop_answer(EV_SHOWN, l->text < 0 ? ERR_STATE :
		    copy_text(l->text, qr->text, sizeof(qr->text)));
	if (fx->kind == FX_STORE)
		return store(l, fx->n);
	loop_discard(l);
	return (struct event){ .kind = EV_TICK };
}
