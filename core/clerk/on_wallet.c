#include <unistd.h>

#include "core/clerk/state.h"
#include "core/proc/memory.h"
#include "core/proc/random.h"

#define TEXT_MAX ((size_t)4 << 20)

static enum err
send_text(struct packet *p, struct span text)
{
	int fd = packet_take(p, 0);
	enum err e = fd < 0 ? ERR_FORM : memfd_write(fd, text);

	if (fd >= 0)
		(void)close(fd);
	return e;
}

enum err
clerk_recall(struct clerk *c, const struct session_wallet *w,
    const struct job **job, void **req)
{
	enum err e = ERR_UNKNOWN;
	size_t i;

	for (i = 0; job_table[i] != NULL && e == ERR_UNKNOWN; i++) {
		*job = job_table[i];
		if ((*job)->recall != NULL)
			e = (*job)->recall(w, &c->arena, req);
	}
	return e;
}

/* Number `which' of those of this network, from 0. */
static const struct session_wallet *
kept(const struct session *s, uint8_t network, uint32_t which)
{
	size_t i;

	for (i = 0; i < s->nwallet; i++)
		if (s->wallet[i].network == (enum network)network &&
		    which-- == 0)
			return &s->wallet[i];
	return NULL;
}

/* Those that are registered, a line each: what it is|name. */
enum err
clerk_on_wallets(struct clerk *c, struct packet *p, struct sink *reply,
    struct fault *f)
{
	struct reader r = reader_of(p->body);
	uint8_t *text, network = read_u8(&r);
	const struct session_wallet *w;
	const struct job *job;
	struct job_tell t = { .form = span_text("=") };
	struct sink s;
	uint32_t i;
	size_t used;
	enum err e;
	void *req;

	(void)reply;
	(void)f;
	if ((e = reader_done(&r)) != 0)
		return e;
	if ((text = arena_new(&c->arena, uint8_t, TEXT_MAX)) == NULL)
		return ERR_SPACE;
	s = sink_to_buf(text, TEXT_MAX);
	for (i = 0; (w = kept(&c->session, network, i)) != NULL; i++) {
		used = c->arena.used;
		if ((e = clerk_recall(c, w, &job, &req)) != 0 ||
		    (e = job->tell(req, &t, &c->arena, &s)) != 0)
			return e;
		c->arena.used = used;
	}
	return send_text(p, span_of(text, s.total));
}

/*
 * A wallet told in another form: its addresses, or the text that another
 * program reads.  The one whose page is drawn up, unless the page refuses it;
 * or one that is registered, by its number from 1.
 */
enum err
clerk_on_wallet(struct clerk *c, struct packet *p, struct sink *reply,
    struct fault *f)
{
	struct reader r = reader_of(p->body);
	uint8_t network = read_u8(&r);
	uint32_t which = read_u32le(&r);
	struct job_tell t = { .form = read_block(&r) };
	const struct job *job = c->job;
	const struct session_wallet *w;
	struct span told;
	void *req = c->req;
	uint8_t *text;
	struct sink s;
	enum err e;

	t.change = read_u8(&r) != 0;
	t.from = read_u32le(&r);
	t.to = read_u32le(&r);
	if ((e = reader_done(&r)) != 0)
		return e;
	if (which > 0 && (w = kept(&c->session, network, which - 1)) == NULL)
		return ERR_RANGE;
	if (which > 0 && (e = clerk_recall(c, w, &job, &req)) != 0)
		return e;
	if (job == NULL || job->tell == NULL) {
		fault_set(f, 0, "a file that describes no wallet");
		return ERR_UNKNOWN;
	}
	if (which == 0 && c->page.verdict == VERDICT_REFUSE)
		return ERR_REFUSED;
	if ((text = arena_new(&c->arena, uint8_t, TEXT_MAX)) == NULL)
		return ERR_SPACE;
	s = sink_to_buf(text, TEXT_MAX);
	if ((e = job->tell(req, &t, &c->arena, &s)) != 0)
		return e;
	told = span_of(text, s.total);
	if (t.form.n == 0 && (e = clerk_note_lines(c, told, &told)) != 0)
		return e;
	put_block(reply, span_text(t.file));
	put_block(reply, span_text(""));
	return send_text(p, told);
}

/* A wallet of several signers is made, by the job that knows how. */
enum err
clerk_on_join(struct clerk *c, struct packet *p, struct sink *reply,
    struct fault *f)
{
	struct reader r = reader_of(p->body);
	uint8_t *text, random[16], network = read_u8(&r);
	struct job_join j = { .form = read_block(&r), .random = random };
	const struct job *const *job;
	struct sink s;
	enum err e;

	(void)f;
	j.script = read_block(&r);
	j.need = read_u32le(&r);
	if ((e = reader_done(&r)) != 0)
		return e;
	if (network >= NET_COUNT)
		return ERR_RANGE;
	for (job = job_table; *job != NULL && (*job)->join == NULL; job++)
		continue;
	if (*job == NULL)
		return ERR_UNKNOWN;
	if ((text = arena_new(&c->arena, uint8_t, TEXT_MAX)) == NULL)
		return ERR_SPACE;
	s = sink_to_buf(text, TEXT_MAX);
	c->session.network = (enum network)network;
	random_bytes(random, sizeof(random));
	e = (*job)->join(&c->session, &j, &c->arena, &s);
	wipe(random, sizeof(random));
	if (e != 0)
		return e;
	put_block(reply, span_text(j.file));
	put_block(reply, span_text(""));
	return send_text(p, span_of(text, s.total));
}
