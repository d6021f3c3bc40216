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
	if (r->err != 0)
		return r->err;
	if (net >= NET_COUNT || a->key >= FPR_MAX || a->to < a->from ||
	    a->to >= HARDENED || a->account >= HARDENED)
		return ERR_RANGE;
	a->net = (enum network)net;
	return 0;
}

/* The accounts asked for: one purpose, or all that the chain's wallets use. */
static enum err
accounts(struct clerk *c, const struct wallet *w, const struct ask *a,
    struct account *out, size_t *n, struct fault *f)
{
	struct wants *want = arena_new(&c->arena, struct wants, 1);
	struct pubring ring = pubring_in(&c->arena);
	struct keyref ref[PURPOSES_MAX];
	enum err e;
	size_t i;

	if (want == NULL)
		return ERR_SPACE;
	if ((e = clerk_ask_keys(c, &ring)) != 0)
		return e;
	if (a->key >= ring.nfpr)
		return ERR_NO_KEY;
	*n = 0;
	for (i = 0; w->purposes[i] != 0 && *n < PURPOSES_MAX; i++) {
		if (a->purpose != 0 && a->purpose != w->purposes[i])
			continue;
		ref[*n].fpr = ring.fpr[a->key];
		if ((e = w->account_path(a->net, w->purposes[i], a->account,
		    &ref[*n].path)) != 0 ||
		    (e = wants_add(want, &ref[*n])) != 0)
			return e;
		out[(*n)++] = (struct account){ .network = a->net,
		    .fpr = ring.fpr[a->key], .purpose = w->purposes[i],
		    .number = a->account };
	}
	if (*n == 0)
		return ERR_RANGE;
	e = clerk_ask_pubkeys(c, want, &ring, f);
	for (i = 0; e == 0 && i < *n; i++)
		e = pubring_xpub(&ring, &ref[i], &out[i].xpub);
	return e;
}

struct line {
	struct path	path;
	char		address[ADDRESS_MAX];
};

static enum err
address_at(const struct wallet *w, const struct account *ac,
    const struct xpub *branch, uint32_t change, uint32_t index,
    struct line *out)
{
	struct xpub x;
	enum err e;

	if ((e = w->account_path(ac->network, ac->purpose, ac->number,
	    &out->path)) != 0 ||
	    (e = xpub_child(branch, index, &x)) != 0)
		return e;
	out->path.e[out->path.n++] = change;
	out->path.e[out->path.n++] = index;
	return w->address(ac->network, ac->purpose, &x.key, out->address);
}

static enum err
list(const struct wallet *w, const struct account *ac, const struct ask *a,
    struct sink *s)
{
	struct xpub branch;
	struct line l;
	char path[PATH_TEXT_MAX];
	enum err e;
	uint32_t i;

	if ((e = xpub_child(&ac->xpub, a->change, &branch)) != 0)
		return e;
	for (i = a->from; i <= a->to; i++) {
		if ((e = address_at(w, ac, &branch, a->change, i, &l)) != 0)
			return e;
		path_text(&l.path, path);
		put_text(s, path);
		put_u8(s, ' ');
		put_text(s, l.address);
		put_u8(s, '\n');
	}
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

enum err
clerk_on_addresses(struct clerk *c, struct packet *p, struct sink *reply,
    struct fault *f)
{
	const struct wallet *w = wallet_find("btc");
	struct reader r = reader_of(p->body);
	struct account ac[PURPOSES_MAX];
	struct sink s;
	struct ask a;
	uint8_t *text;
	enum err e;
	size_t i, n;

	(void)reply;
	clerk_clear(c);
	if ((e = read_ask(&r, &a)) != 0 || (e = reader_done(&r)) != 0)
		return e;
	if (w == NULL || a.to - a.from >= LIMIT_ADDRESSES)
		return ERR_RANGE;
	if ((e = accounts(c, w, &a, ac, &n, f)) != 0)
		return e;
	if ((text = arena_new(&c->arena, uint8_t, TEXT_MAX)) == NULL)
		return ERR_SPACE;
	s = sink_to_buf(text, TEXT_MAX);
	for (i = 0; i < n && e == 0; i++)
		e = list(w, &ac[i], &a, &s);
	return e != 0 ? e : send_text(p, span_of(text, s.total));
}

/* Looks through both branches of one account, from one index up to another,
 * which is not looked at. */
static enum err
search(const struct wallet *w, const struct account *ac, const struct ask *a,
    struct span wanted, struct sink *reply)
{
	char path[PATH_TEXT_MAX];
	struct xpub branch;
	struct line l;
	uint32_t change, i;
	enum err e;

	for (change = 0; change < 2; change++) {
		if ((e = xpub_child(&ac->xpub, change, &branch)) != 0)
			return e;
		for (i = a->from; i < a->to; i++) {
			if ((e = address_at(w, ac, &branch, change, i,
			    &l)) != 0)
				return e;
			if (!span_eq(wanted, span_text(l.address)))
				continue;
			path_text(&l.path, path);
			put_text(reply, path);
			return 0;
		}
	}
	return 0;
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
	const struct wallet *w = wallet_find("btc");
	struct reader r = reader_of(p->body);
	struct account ac[PURPOSES_MAX];
	char text[ADDRESS_MAX];
	struct span wanted;
	struct ask a;
	enum err e;
	size_t n;

	clerk_clear(c);
	if ((e = read_ask(&r, &a)) != 0)
		return e;
	wanted = read_block(&r);
	if ((e = reader_done(&r)) != 0)
		return e;
	if (w == NULL || a.to - a.from > LIMIT_ADDRESSES)
		return ERR_RANGE;
	if ((e = w->recognise(a.net, wanted, &a.purpose, text)) != 0) {
		fault_set(f, 0, "the address");
		return e;
	}
	if ((e = accounts(c, w, &a, ac, &n, f)) != 0)
		return e;
	return search(w, &ac[0], &a, span_text(text), reply);
}

enum err
clerk_on_export(struct clerk *c, struct packet *p, struct sink *reply,
    struct fault *f)
{
	const struct wallet *w = wallet_find("btc");
	const struct export_format *x;
	struct reader r = reader_of(p->body);
	struct account ac[PURPOSES_MAX];
	struct span name;
	struct sink s;
	struct ask a;
	uint8_t *text;
	enum err e;
	size_t n;

	(void)reply;
	clerk_clear(c);
	if ((e = read_ask(&r, &a)) != 0)
		return e;
	name = read_block(&r);
	if ((e = reader_done(&r)) != 0)
		return e;
	if (w == NULL)
		return ERR_UNKNOWN;
	for (x = w->formats; x->name != NULL; x++)
		if (span_eq(name, span_text(x->name)))
			break;
	if (x->name == NULL)
		return ERR_UNKNOWN;
	if ((e = accounts(c, w, &a, ac, &n, f)) != 0)
		return e;
	if ((text = arena_new(&c->arena, uint8_t, TEXT_MAX)) == NULL)
		return ERR_SPACE;
	s = sink_to_buf(text, TEXT_MAX);
	if ((e = x->write(ac, n, &s)) != 0)
		return e;
	return send_text(p, span_of(text, s.total));
}
