#include <unistd.h>

#include "core/clerk/state.h"
#include "core/proc/memory.h"
#include "core/review/notes.h"
#include "core/wire/consent.h"

void
clerk_clear(struct clerk *c)
{
	if (c->file.n > 0)
		memfd_unmap(c->file);
	c->file = (struct span){ 0 };
	c->job = NULL;
	c->req = NULL;
	c->page = (struct page){ 0 };
	wipe(&c->digest, sizeof(c->digest));
	arena_clear(&c->arena);
	c->state = CLERK_IDLE;
}

/* The stages of a job in their order, up to the page. */
static enum err
study(struct clerk *c, struct judgement *j, struct fault *f)
{
	const struct pace whole = clerk_pace(c);
	struct pace_part first = { &whole, 0, 150 };
	struct pace_part second = { &whole, 150, PACE_WHOLE };
	const struct pace parsing = pace_of_part(&first);
	const struct pace looking = pace_of_part(&second);
	struct wants *w = arena_new(&c->arena, struct wants, 1);
	struct intent intent = { 0 };
	struct hash32 session;
	enum err e;

	if (w == NULL)
		return ERR_SPACE;
	if ((c->job = job_sniff(c->file)) == NULL) {
		fault_set(f, 0, "the beginning of the file");
		return ERR_UNKNOWN;
	}
	if (c->file.n > c->job->cap) {
		fault_set(f, c->job->cap, "the file's size");
		return ERR_TOO_LARGE;
	}
	c->ring = pubring_in(&c->arena);
	c->ring.opener = c->session.opener.v;
	c->ring.nopener = c->session.opener.n;
	if ((e = clerk_ask_keys(c, &c->ring)) != 0 ||
	    (c->job->viewers && c->nkey > 0 &&
	    (e = clerk_ask_viewers(c, &c->ring)) != 0) ||
	    (e = c->job->parse(&c->arena, c->file, &c->ring, &parsing,
	    &c->req, f)) != 0 ||
	    (e = c->job->want(c->req, &c->ring, w)) != 0 ||
	    (e = clerk_ask_pubkeys(c, w, &c->ring, f)) != 0 ||
	    (e = c->job->intend(c->req, &c->ring, &c->session, &looking,
	    &c->arena, &intent, f)) != 0 ||
	    (e = notes_make(&c->session, &c->arena, &intent)) != 0 ||
	    (e = judge(&intent, &c->arena, j)) != 0)
		return e;
	session_digest(&c->session, &session);
	return page_make(&intent, j, &session, &c->arena, &c->page);
}

/* The page's bytes, out to the front's memfd, and the digest they make. */
static enum err
publish(struct clerk *c, int fd)
{
	struct sink n = sink_to_count(), s;
	struct hash32 *digest = &c->digest;
	size_t used = c->arena.used;
	uint8_t *bytes;
	enum err e;

	page_put(&c->page, &n);
	if ((bytes = arena_new(&c->arena, uint8_t, n.total)) == NULL)
		return ERR_SPACE;
	s = sink_to_buf(bytes, n.total);
	page_put(&c->page, &s);
	if (s.err != 0)
		return s.err;
	if ((e = memfd_write(fd, span_of(bytes, n.total))) != 0)
		return e;
	consent_digest(&c->file_hash, &c->page, span_of(bytes, n.total),
	    digest);
	arena_back(&c->arena, used);
	return 0;
}

/*
 * A sealed file in, a page out.  The memfd for the page stays writable for
 * the front alone to seal: it reads nothing before that.
 */
enum err
clerk_on_open(struct clerk *c, struct packet *p, struct sink *reply,
    struct fault *f)
{
	struct reader r = reader_of(p->body);
	uint8_t network = read_u8(&r);
	struct judgement j = { 0 };
	enum err e;
	int fd;

	clerk_clear(c);
	if ((e = reader_done(&r)) != 0)
		return e;
	if (network >= NET_COUNT || p->nfd != 2)
		return ERR_RANGE;
	c->session.network = (enum network)network;
	c->state = CLERK_WORKING;
	fd = packet_take(p, 0);
	if ((e = memfd_map(fd, &c->file)) == 0)
		sha256(c->file, &c->file_hash);
	(void)close(fd);
	if (e == 0)
		e = study(c, &j, f);
	if (e == 0) {
		fd = packet_take(p, 1);
		e = publish(c, fd);
		(void)close(fd);
	}
	if (e != 0) {
		clerk_clear(c);
		return e;
	}
	c->state = CLERK_PAGE;
	put_span(reply, SPAN_OF(c->digest.b));
	return 0;
}

enum err
clerk_on_forget(struct clerk *c, struct packet *p, struct sink *reply,
    struct fault *f)
{
	(void)p;
	(void)reply;
	(void)f;
	clerk_clear(c);
	return 0;
}

/* Came when nothing was under way: there is nothing to stop. */
enum err
clerk_on_stop(struct clerk *c, struct packet *p, struct sink *reply,
    struct fault *f)
{
	(void)c;
	(void)p;
	(void)reply;
	(void)f;
	return 0;
}
