#include <unistd.h>

#include "core/clerk/state.h"
#include "core/proc/memory.h"

#define TEXT_MAX ((size_t)4 << 20)

/*
 * The wallet whose page is drawn up, told in another form: its addresses, or
 * the text that another program reads.  Not where the page refuses it.
 */
enum err
clerk_on_wallet(struct clerk *c, struct packet *p, struct sink *reply,
    struct fault *f)
{
	struct reader r = reader_of(p->body);
	struct job_tell t = { .form = read_block(&r) };
	struct sink s;
	uint8_t *text;
	enum err e;
	int fd;

	(void)reply;
	t.change = read_u8(&r) != 0;
	t.from = read_u32le(&r);
	t.to = read_u32le(&r);
	if ((e = reader_done(&r)) != 0)
		return e;
	if (c->job == NULL || c->job->tell == NULL) {
		fault_set(f, 0, "a file that describes no wallet");
		return ERR_UNKNOWN;
	}
	if (c->page.verdict == VERDICT_REFUSE)
		return ERR_REFUSED;
	if ((text = arena_new(&c->arena, uint8_t, TEXT_MAX)) == NULL)
		return ERR_SPACE;
	s = sink_to_buf(text, TEXT_MAX);
	if ((e = c->job->tell(c->req, &t, &c->arena, &s)) != 0)
		return e;
	fd = packet_take(p, 0);
	e = fd < 0 ? ERR_FORM : memfd_write(fd, span_of(text, s.total));
	if (fd >= 0)
		(void)close(fd);
	return e;
}
