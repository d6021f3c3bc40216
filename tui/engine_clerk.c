#include <string.h>
#include <unistd.h>

#include "core/proc/memory.h"
#include "core/wire/consent.h"
#include "tui/engine_state.h"

/* The first invariant: nothing is parsed while a stick is mounted. */
enum err
engine_open(struct engine *e, int file, enum network net)
{
	uint8_t body = (uint8_t)net;
	struct span bytes;
	enum err err;
	int fd[2];

	if (e->held || e->asked != MSG_NONE)
		return ERR_STATE;
	engine_drop_answers(e);
	engine_drop_page(e);
	e->owes = false;
	if ((err = memfd_map(file, &bytes)) != 0)
		return err;
	sha256(bytes, &e->file_hash);
	memfd_unmap(bytes);
	if ((err = memfd_new("page", &e->page_fd)) != 0)
		return err;
	fd[0] = file;
	fd[1] = e->page_fd;
	if ((err = channel_send(e->clerk, MSG_OPEN, span_of(&body, 1), fd,
	    2)) == 0)
		e->asked = MSG_OPEN;
	return err;
}

enum err
engine_agree(struct engine *e, enum agree_how how, const char *typed,
    const char *const *codes, size_t ncodes)
{
	uint8_t list[6144], body[8000];
	struct sink l = sink_to_buf(list, sizeof(list));
	struct sink s = sink_to_buf(body, sizeof(body));
	enum err err;
	size_t i;

	if (e->asked != MSG_NONE || !e->has_page)
		return ERR_STATE;
	for (i = 0; i < ncodes; i++)
		put_block(&l, span_text(codes[i]));
	put_u8(&s, (uint8_t)how);
	put_block(&s, span_text(typed));
	put_block(&s, span_of(list, l.total));
	if (l.err != 0 || s.err != 0)
		return ERR_SPACE;
	if ((err = channel_send(e->clerk, MSG_AGREE, span_of(body, s.total),
	    NULL, 0)) == 0)
		e->asked = MSG_AGREE;
	return err;
}

/* Not before what was agreed to is in the vault: power that is cut in between
 * would have signed, and forgotten what. */
enum err
engine_make(struct engine *e)
{
	int fd[ENGINE_ANSWERS];
	enum err err = 0;
	size_t i;

	if (e->asked != MSG_NONE || e->owes)
		return ERR_STATE;
	engine_drop_answers(e);
	for (i = 0; i < ENGINE_ANSWERS; i++) {
		if ((err = memfd_new("answer", &e->answer[i].fd)) != 0)
			return err;
		fd[i] = e->answer[i].fd;
	}
	if ((err = channel_send(e->clerk, MSG_MAKE, span_of(NULL, 0), fd,
	    ENGINE_ANSWERS)) == 0)
		e->asked = MSG_MAKE;
	return err;
}

enum err
engine_forget(struct engine *e)
{
	struct fault f = { 0 };
	enum err err;

	engine_drop_answers(e);
	engine_drop_page(e);
	e->owes = false;
	if ((err = engine_ask_keeper(e, MSG_END_CONSENT, span_of(NULL, 0),
	    &f)) != 0)
		return err;
	return engine_ask_clerk(e, MSG_FORGET, span_of(NULL, 0), NULL, 0);
}

/* Sealed by us, then read: what we show cannot change any more. */
static enum err
take_page(struct engine *e)
{
	struct hash32 ours;
	enum err err;

	if (e->packet.body.n != sizeof(e->digest.b))
		return ERR_FORM;
	memcpy(e->digest.b, e->packet.body.p, sizeof(e->digest.b));
	if ((err = memfd_seal(e->page_fd)) != 0 ||
	    (err = memfd_map(e->page_fd, &e->page_bytes)) != 0 ||
	    (err = page_read(e->page_bytes, &e->arena, &e->page)) != 0)
		return err;
	consent_digest(&e->file_hash, &e->page, e->page_bytes, &ours);
	if (!span_eq(SPAN_OF(ours.b), SPAN_OF(e->digest.b)))
		return ERR_MISMATCH;
	e->has_page = true;
	return 0;
}

#define PLAN_PART 700		/* rows a message: below WIRE_MAX */

static enum err
carry_plan(struct engine *e, struct fault *f)
{
	const struct plan *p = &e->page.plan;
	enum err err = 0;
	size_t i;

	for (i = 0; i < p->n && err == 0; i += PLAN_PART) {
		struct sink s = sink_to_buf(e->body, sizeof(e->body) - 1);
		struct plan part = { .row = p->row + i,
		    .n = p->n - i < PLAN_PART ? p->n - i : PLAN_PART };

		put_u32le(&s, (uint32_t)i);
		put_u32le(&s, (uint32_t)p->n);
		put_plan(&s, &part);
		if (s.err != 0)
			return ERR_TOO_LARGE;
		err = engine_ask_keeper(e, MSG_PLAN, span_of(e->body, s.total),
		    f);
	}
	return err;
}

/* The clerk says agreed; we say it to the keeper, in our own words: the
 * digest made from what was shown here, and the plan that was shown here. */
static enum err
carry_consent(struct engine *e, struct fault *f)
{
	uint8_t body[sizeof(struct hash32) + 4];
	struct sink s = sink_to_buf(body, sizeof(body));
	struct hash32 ours;
	enum err err;

	consent_digest(&e->file_hash, &e->page, e->page_bytes, &ours);
	if (!span_eq(e->packet.body, SPAN_OF(ours.b)))
		return ERR_MISMATCH;
	if (e->page.plan.n == 0)	/* nothing that the keeper is to do */
		return 0;
	if ((err = carry_plan(e, f)) != 0)
		return err;
	put_span(&s, SPAN_OF(ours.b));
	put_u32le(&s, (uint32_t)e->page.plan.n);
	return engine_ask_keeper(e, MSG_CONSENT, span_of(body, s.total), f);
}

static struct engine_event
finished(struct engine *e)
{
	struct engine_event ev = { .kind = ENGINE_FAIL };
	enum msg asked = e->asked;

	e->asked = MSG_NONE;
	if (e->packet.type == MSG_CLERK_FAIL) {
		ev.err = packet_failure(&e->packet, &ev.fault);
	} else if (asked == MSG_OPEN) {
		ev.err = take_page(e);
		ev.kind = ENGINE_PAGE;
		ev.digest = e->digest;
		ev.file = e->file_hash;
	} else if (asked == MSG_AGREE) {
		ev.err = carry_consent(e, &ev.fault);
		ev.kind = ENGINE_AGREED;
		if (ev.err == 0 && e->page.plan.n == 0) {
			e->registered++;
			e->listed += e->page.nrow;
		}
		e->owes = ev.err == 0 && e->vault;
	} else if (asked == MSG_MAKE) {
		ev.err = engine_take_answers(e);
		ev.kind = ENGINE_MADE;
		ev.nanswer = e->nanswer;
	} else {
		ev.err = ERR_STATE;
	}
	if (ev.err != 0) {
		ev.kind = ENGINE_FAIL;
		if (asked == MSG_OPEN)
			engine_drop_page(e);
		if (asked == MSG_MAKE)
			engine_drop_answers(e);
	}
	return ev;
}

size_t
engine_fds(const struct engine *e, struct pollfd *p)
{
	p[0] = (struct pollfd){ .fd = e->clerk->fd, .events = POLLIN };
	p[1] = (struct pollfd){ .fd = e->keeper->fd, .events = POLLIN };
	p[2] = (struct pollfd){ .fd = e->mounter->fd, .events = POLLIN };
	p[3] = (struct pollfd){ .fd = e->parent->fd, .events = POLLIN };
	return ENGINE_FDS;
}

static struct engine_event
dead(enum role role)
{
	return (struct engine_event){ .kind = ENGINE_DEAD, .err = ERR_DEAD,
	    .role = role };
}

static struct engine_event
from_clerk(struct engine *e)
{
	struct engine_event ev = { .kind = ENGINE_PROGRESS };
	enum err err;

	packet_end(&e->packet);
	if ((err = channel_recv(e->clerk, ST_ANY, &e->packet)) != 0)
		return dead(ROLE_CLERK);
	if (e->asked == MSG_NONE) {	/* it speaks only when asked */
		packet_end(&e->packet);
		return dead(ROLE_CLERK);
	}
	if (e->packet.type == MSG_PROGRESS) {
		struct reader r = reader_of(e->packet.body);

		ev.done = read_u32le(&r);
		ev.total = read_u32le(&r);
		if (reader_done(&r) != 0)
			ev = dead(ROLE_CLERK);
	} else {
		ev = finished(e);
		if (ev.err == ERR_DEAD)
			ev = dead(ROLE_KEEPER);
	}
	packet_end(&e->packet);
	return ev;
}

static struct engine_event
from_mounter(struct engine *e)
{
	packet_end(&e->packet);
	if (e->late != MSG_NONE) {
		if (engine_settle(e) == ERR_DEAD)
			return dead(ROLE_MOUNTER);
		return (struct engine_event){ .kind = ENGINE_STICKS };
	}
	if (channel_recv(e->mounter, ST_ANY, &e->packet) == ERR_DEAD)
		return dead(ROLE_MOUNTER);
	packet_end(&e->packet);
	return (struct engine_event){ .kind = ENGINE_STICKS };
}

/* Never waits.  The keeper and the parent speak only when asked: anything to
 * read there, out of turn, is the end of them. */
struct engine_event
engine_next(struct engine *e)
{
	if (channel_wait(e->keeper, 0) == 1)
		return dead(ROLE_KEEPER);
	if (channel_wait(e->parent, 0) == 1)
		return dead(ROLE_PARENT);
	if (channel_wait(e->clerk, 0) == 1)
		return from_clerk(e);
	if (e->sticks_changed) {
		e->sticks_changed = false;
		return (struct engine_event){ .kind = ENGINE_STICKS };
	}
	if (channel_wait(e->mounter, 0) == 1)
		return from_mounter(e);
	return (struct engine_event){ .kind = ENGINE_NONE };
}

struct engine_event
engine_wait(struct engine *e)
{
	struct pollfd p[ENGINE_FDS];
	struct engine_event ev;

	for (;;) {
		ev = engine_next(e);
		if (ev.kind == ENGINE_NONE)
			(void)poll(p, engine_fds(e, p), -1);
		else if (ev.kind != ENGINE_PROGRESS &&
		    ev.kind != ENGINE_STICKS)
			return ev;
	}
}
