#include <string.h>
#include <unistd.h>

#include "core/base/text.h"
#include "core/proc/memory.h"
#include "tui/engine_state.h"

static void
put_ask(struct sink *s, const struct address_ask *a)
{
	put_u8(s, (uint8_t)a->network);
	put_u32le(s, a->key);
	put_u32le(s, a->purpose);
	put_u32le(s, a->account);
	put_u8(s, a->change);
	put_u32le(s, a->from);
	put_u32le(s, a->to);
	put_block(s, span_text(a->with));
}

/* Lines of printable text: it goes to a terminal as it is, and whoever wrote
 * it has read foreign files. */
static enum err
only_lines(int fd)
{
	enum err err = memfd_seal(fd);
	struct span text;
	size_t i, from = 0;

	if (err != 0 || (err = memfd_map(fd, &text)) != 0)
		return err;
	for (i = 0; i < text.n && err == 0; i++) {
		if (text.p[i] != '\n')
			continue;
		if (!text_is_printable(span_of(text.p + from, i - from)))
			err = ERR_FORM;
		from = i + 1;
	}
	if (err == 0 && !text_is_printable(span_of(text.p + from,
	    text.n - from)))
		err = ERR_FORM;
	memfd_unmap(text);
	return err;
}

static enum err
take_text(struct reader *r, char *out, size_t cap)
{
	struct span s = read_block(r);

	if (r->err != 0)
		return r->err;
	if (s.n >= cap || !text_is_printable(s))
		return ERR_FORM;
	memset(out, 0, cap);
	if (s.n > 0)
		memcpy(out, s.p, s.n);
	return 0;
}

/* A question whose answer is text in a memfd that we made and then seal; what
 * is said about it comes in the reply. */
static enum err
ask_text(struct engine *e, enum msg m, struct span body,
    struct export_about *about, int *out)
{
	struct reader r;
	enum err err;
	int fd;

	if ((err = memfd_new("text", &fd)) != 0)
		return err;
	if ((err = engine_ask_clerk(e, m, body, &fd, 1)) == 0)
		err = only_lines(fd);
	r = reader_of(e->packet.body);
	if (err == 0 && about != NULL &&
	    (err = take_text(&r, about->file, sizeof(about->file))) == 0)
		err = take_text(&r, about->warning, sizeof(about->warning));
	if (err == 0)
		err = reader_done(&r);
	packet_end(&e->packet);
	if (err != 0) {
		(void)close(fd);
		return err;
	}
	*out = fd;
	return 0;
}

enum err
engine_addresses(struct engine *e, const struct address_ask *a, int *fd)
{
	uint8_t body[128];
	struct sink s = sink_to_buf(body, sizeof(body));

	put_ask(&s, a);
	return ask_text(e, MSG_ADDRESSES, span_of(body, s.total), NULL, fd);
}

enum err
engine_wallets(struct engine *e, enum network net, int *fd)
{
	uint8_t n = (uint8_t)net;

	return ask_text(e, MSG_WALLETS, span_of(&n, 1), NULL, fd);
}

enum err
engine_wallet(struct engine *e, const struct wallet_ask *a,
    struct export_about *about, int *fd)
{
	uint8_t body[64];
	struct sink s = sink_to_buf(body, sizeof(body));

	put_u8(&s, (uint8_t)a->network);
	put_u32le(&s, a->which);
	put_block(&s, span_text(a->form));
	put_u8(&s, a->change);
	put_u32le(&s, a->from);
	put_u32le(&s, a->to);
	if (s.err != 0)
		return s.err;
	return ask_text(e, MSG_WALLET, span_of(body, s.total), about, fd);
}

enum err
engine_join(struct engine *e, const struct join_ask *a,
    struct export_about *about, int *fd)
{
	uint8_t body[64];
	struct sink s = sink_to_buf(body, sizeof(body));

	put_u8(&s, (uint8_t)a->network);
	put_block(&s, span_text(a->form));
	put_block(&s, span_text(a->script));
	put_u32le(&s, a->need);
	if (s.err != 0)
		return s.err;
	return ask_text(e, MSG_JOIN, span_of(body, s.total), about, fd);
}

enum err
engine_export(struct engine *e, const struct address_ask *a,
    const char *format, struct export_about *about, int *fd)
{
	uint8_t body[256];
	struct sink s = sink_to_buf(body, sizeof(body));

	put_ask(&s, a);
	put_block(&s, span_text(format));
	if (s.err != 0)
		return s.err;
	return ask_text(e, MSG_EXPORT, span_of(body, s.total), about, fd);
}

enum err
engine_formats(struct engine *e, const struct address_ask *a, int *fd)
{
	uint8_t body[128];
	struct sink s = sink_to_buf(body, sizeof(body));

	put_ask(&s, a);
	put_block(&s, span_text(""));
	if (s.err != 0)
		return s.err;
	return ask_text(e, MSG_EXPORT, span_of(body, s.total), NULL, fd);
}

enum err
engine_find_address(struct engine *e, const struct address_ask *a,
    const char *address, bool *found, char path[PATH_TEXT_MAX])
{
	uint8_t body[512];
	struct sink s = sink_to_buf(body, sizeof(body));
	struct span text;
	enum err err;

	put_ask(&s, a);
	put_block(&s, span_text(address));
	if (s.err != 0)
		return s.err;
	if ((err = engine_ask_clerk(e, MSG_FIND_ADDRESS,
	    span_of(body, s.total), NULL, 0)) != 0)
		return err;
	text = e->packet.body;
	*found = text.n > 0;
	if (text.n >= PATH_TEXT_MAX || !text_is_printable(text))
		return ERR_FORM;
	memset(path, 0, PATH_TEXT_MAX);
	if (text.n > 0)
		memcpy(path, text.p, text.n);
	packet_end(&e->packet);
	return 0;
}
