#include <unistd.h>

#include "core/base/limits.h"
#include "core/clerk/state.h"
#include "core/job/wallet.h"
#include "core/proc/memory.h"

#define PURPOSES_MAX 8

/* What the front asked for, as it lies in the message. */
struct ask {
	enum network	 net;
	uint32_t	 key, purpose, account, from, to;
	bool		 change;
	struct span	 with;
};

static enum err
read_ask(struct reader *r, struct ask *a)
{
	uint8_t net = read_u8(r);

	a->key = read_u32le(r);
	a->purpose = read_u32le(r);
	a->account = read_u32le(r);
	a->change = read_u8(r) != 0;
	a->from = read_u32le(r);
	a->to = read_u32le(r);
	a->with = read_block(r);
	if (r->err != 0)
		return r->err;
	if (net >= NET_COUNT || a->key >= FPR_MAX || a->to < a->from ||
	    a->to >= HARDENED || a->account >= HARDENED)
		return ERR_RANGE;
	a->net = (enum network)net;
	return 0;
}

/* One whose keys are derived from extended public ones. */
static enum err
extended(struct clerk *c, const struct wallet *w, const struct ask *a,
    struct pubring *ring, struct account *out, size_t *n, struct fault *f)
{
	struct wants *want = arena_new(&c->arena, struct wants, 1);
	struct keyref ref[PURPOSES_MAX];
	enum err e;
	size_t i;

	if (want == NULL)
		return ERR_SPACE;
	for (i = 0; w->purposes[i] != 0 && *n < PURPOSES_MAX; i++) {
		if (a->purpose != 0 && a->purpose != w->purposes[i])
			continue;
		ref[*n].fpr = out[0].fpr;
		if ((e = w->account_path(a->net, w->purposes[i], a->account,
		    &ref[*n].path)) != 0 ||
		    (e = wants_add(want, &ref[*n])) != 0)
			return e;
		out[*n] = out[0];
		out[(*n)++].purpose = w->purposes[i];
	}
	if (*n == 0)
		return ERR_RANGE;
	e = clerk_ask_pubkeys(c, want, ring, f);
	for (i = 0; e == 0 && i < *n; i++)
		e = pubring_xpub(ring, &ref[i], &out[i].xpub);
	return e;
}

/* One that a view key shows. */
static enum err
viewed(struct clerk *c, struct pubring *ring, struct account *out, size_t *n)
{
	enum err e = clerk_ask_viewers(c, ring);
	size_t i;

	for (i = 0; e == 0 && i < ring->nviewer; i++) {
		if (!fpr_eq(&ring->viewer[i].fpr, &out[0].fpr))
			continue;
		out[0].viewer = &ring->viewer[i];
		*n = 1;
		return 0;
	}
	return e != 0 ? e : ERR_NO_KEY;
}

/* The key that is meant says whose chain's wallet is: its accounts, of one
 * purpose or of all. */
static enum err
accounts(struct clerk *c, const struct wallet **w, const struct ask *a,
    struct account *out, size_t *n, struct fault *f)
{
	struct pubring ring = pubring_in(&c->arena);
	enum err e;

	*n = 0;
	if ((e = clerk_ask_keys(c, &ring)) != 0)
		return e;
	if (a->key >= c->nkey)
		return ERR_NO_KEY;
	if ((*w = wallet_of_kind(c->key[a->key].kind)) == NULL)
		return ERR_UNKNOWN;
	out[0] = (struct account){ .network = a->net, .number = a->account,
	    .fpr = c->key[a->key].fpr, .with = a->with };
	return (*w)->purposes != NULL ? extended(c, *w, a, &ring, out, n, f) :
	    viewed(c, &ring, out, n);
}

/* "path address", a line each. */
static enum err
put_line(void *ctx, const struct path *path, const char *address)
{
	struct sink *s = ctx;
	char text[PATH_TEXT_MAX];

	path_text(path, text);
	put_text(s, text);
	put_u8(s, ' ');
	put_text(s, address);
	put_u8(s, '\n');
	return s->err;
}

static enum err
send_text(struct packet *p, struct span text)
{
	int fd = packet_take(p, 0);
	enum err e = fd < 0 ? ERR_FORM : memfd_write(fd, text);

	if (fd >= 0)
		(void)close(fd);
	return e;
}

#define TEXT_MAX ((size_t)8 << 20)
#define FORMATS_MAX 2048

enum err
clerk_on_addresses(struct clerk *c, struct packet *p, struct sink *reply,
    struct fault *f)
{
	struct reader r = reader_of(p->body);
	struct account ac[PURPOSES_MAX];
	const struct wallet *w;
	struct sink s;
	struct visit line = { .see = put_line, .ctx = &s };
	struct span noted;
	struct ask a;
	uint8_t *text;
	enum err e;
	size_t i, n;

	(void)reply;
	clerk_clear(c);
	if ((e = read_ask(&r, &a)) != 0 || (e = reader_done(&r)) != 0)
		return e;
	if (a.to - a.from >= LIMIT_ADDRESSES)
		return ERR_RANGE;
	if ((e = accounts(c, &w, &a, ac, &n, f)) != 0)
		return e;
	if ((text = arena_new(&c->arena, uint8_t, TEXT_MAX)) == NULL)
		return ERR_SPACE;
	s = sink_to_buf(text, TEXT_MAX);
	for (i = 0; i < n && e == 0; i++)
		e = w->addresses(&ac[i], a.change, a.from, a.to, &line);
	if (e == 0)
		e = clerk_note_lines(c, span_of(text, s.total), &noted);
	return e != 0 ? e : send_text(p, noted);
}

struct wanted {
	struct span	 text;
	struct sink	*reply;
};

/* Stops at the one that is looked for. */
static enum err
compare(void *ctx, const struct path *path, const char *address)
{
	struct wanted *w = ctx;
	char text[PATH_TEXT_MAX];

	if (!span_eq(w->text, span_text(address)))
		return 0;
	path_text(path, text);
	put_text(w->reply, text);
	return ERR_STOPPED;
}

/* Looks through every branch of one account, from one index up to another,
 * which is not looked at. */
static enum err
search(const struct wallet *w, const struct account *ac, const struct ask *a,
    struct span text, struct sink *reply)
{
	struct wanted wanted = { .text = text, .reply = reply };
	struct visit v = { .see = compare, .ctx = &wanted };
	enum err e = 0;
	uint32_t b;

	for (b = 0; b < w->branches && e == 0 && a->to > a->from; b++)
		e = w->addresses(ac, b, a->from, a->to - 1, &v);
	return e == ERR_STOPPED ? ERR_NONE : e;
}

/*
 * Is this address ours?  The text is read first, so that a mistyped one is
 * named as such; then only the kind of account that makes such addresses is
 * looked through.  Known attack 24.  An empty answer: not found.
 */
enum err
clerk_on_find_address(struct clerk *c, struct packet *p, struct sink *reply,
    struct fault *f)
{
	struct reader r = reader_of(p->body);
	struct account ac[PURPOSES_MAX];
	const struct wallet *w;
	char text[ADDRESS_MAX];
	uint32_t purpose = 0;
	struct span wanted;
	struct ask a;
	enum err e;
	size_t i, n;

	clerk_clear(c);
	if ((e = read_ask(&r, &a)) != 0)
		return e;
	wanted = read_block(&r);
	if ((e = reader_done(&r)) != 0)
		return e;
	if (a.to - a.from > LIMIT_ADDRESSES)
		return ERR_RANGE;
	if ((e = accounts(c, &w, &a, ac, &n, f)) != 0)
		return e;
	if ((e = w->recognise(a.net, wanted, &purpose, text)) != 0) {
		fault_set(f, 0, "the address");
		return e;
	}
	for (i = 0; i < n; i++)
		if (ac[i].purpose == purpose)
			return search(w, &ac[i], &a, span_text(text), reply);
	return 0;
}

/* What there is to export: a line a format, name|what it asks|who reads it. */
static enum err
send_formats(struct clerk *c, const struct wallet *w, struct packet *p)
{
	const struct export_format *x;
	uint8_t *text = arena_new(&c->arena, uint8_t, FORMATS_MAX);
	struct sink s;

	if (text == NULL)
		return ERR_SPACE;
	s = sink_to_buf(text, FORMATS_MAX);
	for (x = w->formats; x->name != NULL; x++) {
		put_text(&s, x->name);
		put_u8(&s, '|');
		put_text(&s, x->asks != NULL ? x->asks : "");
		put_u8(&s, '|');
		put_text(&s, x->says);
		put_u8(&s, '\n');
	}
	return s.err != 0 ? s.err : send_text(p, span_of(text, s.total));
}

/* Without a format's name: which there are. */
enum err
clerk_on_export(struct clerk *c, struct packet *p, struct sink *reply,
    struct fault *f)
{
	const struct export_format *x;
	const struct wallet *w;
	struct reader r = reader_of(p->body);
	struct account ac[PURPOSES_MAX];
	struct span name;
	struct sink s;
	struct ask a;
	uint8_t *text;
	enum err e;
	size_t n;

	clerk_clear(c);
	if ((e = read_ask(&r, &a)) != 0)
		return e;
	name = read_block(&r);
	if ((e = reader_done(&r)) != 0)
		return e;
	if ((e = accounts(c, &w, &a, ac, &n, f)) != 0)
		return e;
	if (name.n == 0)
		return send_formats(c, w, p);
	for (x = w->formats; x->name != NULL; x++)
		if (span_eq(name, span_text(x->name)))
			break;
	if (x->name == NULL)
		return ERR_UNKNOWN;
	if ((text = arena_new(&c->arena, uint8_t, TEXT_MAX)) == NULL)
		return ERR_SPACE;
	put_block(reply, span_text(x->file));
	put_block(reply, span_text(x->warning != NULL ? x->warning : ""));
	s = sink_to_buf(text, TEXT_MAX);
	if ((e = x->write(ac, n, &s)) != 0)
		return e;
	return send_text(p, span_of(text, s.total));
}
