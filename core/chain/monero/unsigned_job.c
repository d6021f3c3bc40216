#include "core/chain/monero/unsigned.h"
#include "core/job/table.h"

#define FILE_MAX ((size_t)32 << 20)

static enum sniff
unsigned_sniff(struct span file)
{
	enum frame_kind k = frame_kind(file);

	return k == FRAME_UNSIGNED || k == FRAME_SIGNED ? SNIFF_YES :
	    SNIFF_NO;
}

static enum err
parse(struct arena *a, struct span file, const struct pubring *ring,
    const struct pace *pace, void **req, struct fault *f)
{
	struct unsigned_request *q = arena_new(a, struct unsigned_request, 1);
	enum err e;

	if (q == NULL ||
	    (q->found = arena_new(a, struct unsigned_found, 1)) == NULL)
		return ERR_SPACE;
	if ((e = frame_open(file, FRAME_KINDS, ring, a, &q->frame, f)) != 0 ||
	    (e = unsigned_read(q->frame.plain, q->frame.at, a, pace, &q->set,
	    f)) != 0)
		return e;
	*req = q;
	return 0;
}

static enum err
intend(const void *req, struct pubring *ring, const struct session *s,
    const struct pace *pace, struct arena *a, struct intent *out,
    struct fault *f)
{
	(void)ring;
	if (s->network == NET_SIGNET) {
		fault_set(f, 0, "the network set here");
		return ERR_NETWORK;
	}
	return unsigned_intend(req, s, pace, a, out);
}

static enum err
sign(void *req, struct signatory *who, struct pace *pace, struct arena *a)
{
	return unsigned_sign(req, who, pace, a);
}

/* What was spent, so that it is known when it comes again. */
static enum err
keep_spent(const struct construction *c, struct session *s)
{
	struct session_record rec[SET_SOURCES];
	size_t i;

	for (i = 0; i < c->nsource; i++)
		signed_put(&c->source[i].ring.key[c->source[i].ring.real],
		    &rec[i]);
	return session_learn(s, rec, c->nsource);
}

static enum err
keep(const void *req, struct session *s)
{
	const struct unsigned_request *q = req;
	enum err e = 0;
	size_t i;

	for (i = 0; i < q->set.n && e == 0; i++)
		e = keep_spent(&q->set.tx[i], s);
	return e != 0 ? e : records_keep(&q->set.list, &q->frame.viewer->fpr,
	    q->found->listed, s);
}

static bool
ready(const void *req)
{
	const struct unsigned_request *q = req;

	return q->found->answer.n > 0;
}

static enum err
write(const void *req, struct sink *s)
{
	const struct unsigned_request *q = req;

	if (!ready(req))
		return ERR_STATE;
	put_span(s, q->found->answer);
	return s->err;
}

static enum err
readback(const void *req, struct span answer, struct arena *a)
{
	return unsigned_readback(req, answer, a);
}

static const struct answer answers[] = {
	{ "signed_monero_tx", ready, write, readback },
	{ NULL, NULL, NULL, NULL }
};

const struct job unsigned_job = {
	.name = "monero unsigned set",
	.cap = FILE_MAX,
	.viewers = true,
	.sniff = unsigned_sniff,
	.parse = parse,
	.want = monero_want,
	.intend = intend,
	.learn = monero_learn,
	.sign = sign,
	.keep = keep,
	.answers = answers,
};
