#include <unistd.h>

#include "core/clerk/state.h"
#include "core/proc/memory.h"

/* One answer: written, read back by a fresh reader, and only then let out. */
static enum err
make_answer(struct clerk *c, const struct answer *a, int fd)
{
	struct sink n = sink_to_count(), s;
	uint8_t *bytes;
	struct span out;
	enum err e;

	if ((e = a->write(c->req, &n)) != 0)
		return e;
	if ((bytes = arena_new(&c->arena, uint8_t, n.total)) == NULL)
		return ERR_SPACE;
	s = sink_to_buf(bytes, n.total);
	if ((e = a->write(c->req, &s)) != 0)
		return e;
	out = span_of(bytes, s.total);
	if (s.total != n.total)
		return ERR_INTERNAL;
	if ((e = a->readback(c->req, out, &c->arena)) != 0)
		return e;
	return memfd_write(fd, out);
}

/* What that took is free for the next. */
static enum err
let_out(struct clerk *c, const struct answer *a, int fd)
{
	size_t used = c->arena.used;
	enum err e = make_answer(c, a, fd);

	arena_back(&c->arena, used);
	return e;
}

static enum err
answers(struct clerk *c, struct packet *p, struct sink *reply)
{
	const struct answer *a;
	size_t n = 0;
	enum err e;
	int fd;

	for (a = c->job->answers; a->suffix != NULL; a++)
		n += a->ready(c->req);
	if (n > p->nfd)
		return ERR_SPACE;
	put_u32le(reply, (uint32_t)n);
	n = 0;
	for (a = c->job->answers; a->suffix != NULL; a++) {
		if (!a->ready(c->req))
			continue;
		fd = packet_take(p, n++);
		e = let_out(c, a, fd);
		(void)close(fd);
		if (e != 0)
			return e;
		put_block(reply, span_text(a->suffix));
	}
	return 0;
}

/* Signs what was agreed, once; whatever happens, the file is done with. */
enum err
clerk_on_make(struct clerk *c, struct packet *p, struct sink *reply,
    struct fault *f)
{
	struct signatory keeper = clerk_signatory(c);
	struct pace pace = clerk_pace(c);
	enum err e;

	c->state = CLERK_WORKING;
	if ((e = c->job->sign(c->req, &keeper, &pace, &c->arena)) != 0)
		fault_set(f, 0, "signing");
	else if ((e = answers(c, p, reply)) != 0)
		fault_set(f, 0, "the answer, read back");
	else if (c->job->keep != NULL &&
	    (e = c->job->keep(c->req, &c->session)) != 0)
		fault_set(f, 0, "what later files need of this one");
	c->state = CLERK_IDLE;
	return e;
}
