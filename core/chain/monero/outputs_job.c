#include "core/chain/monero/outputs.h"
#include "core/job/table.h"

#define FILE_MAX ((size_t)32 << 20)

static enum sniff
outputs_sniff(struct span file)
{
	enum frame_kind k = frame_kind(file);

	return k == FRAME_OUTPUTS || k == FRAME_KEY_IMAGES ? SNIFF_YES :
	    SNIFF_NO;
}

static enum err
parse(struct arena *a, struct span file, const struct pubring *ring,
    const struct pace *pace, void **req, struct fault *f)
{
	struct outputs_request *q = arena_new(a, struct outputs_request, 1);
	enum err e;

	if (q == NULL ||
	    (q->found = arena_new(a, struct outputs_found, 1)) == NULL)
		return ERR_SPACE;
	if ((e = frame_open(file, FRAME_KINDS, ring, a, &q->frame, f)) != 0 ||
	    (e = outputs_read(q->frame.plain, q->frame.at, a, pace, &q->file,
	    f)) != 0)
		return e;
	*req = q;
	return 0;
}

/* View keys are all it takes. */
enum err
monero_want(const void *req, const struct pubring *ring, struct wants *w)
{
	(void)req;
	(void)ring;
	(void)w;
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
	return outputs_intend(req, s, pace, a, out);
}

/* Without the images there is nothing to remember yet. */
enum err
monero_learn(const void *req, struct session *s)
{
	(void)req;
	(void)s;
	return 0;
}

static enum err
sign(void *req, struct signatory *who, struct pace *pace, struct arena *a)
{
	return outputs_sign(req, who, pace, a);
}

static enum err
keep(const void *req, struct session *s)
{
	const struct outputs_request *q = req;

	return records_keep(&q->file.list, &q->frame.viewer->fpr,
	    q->found->ask, s);
}

static bool
ready(const void *req)
{
	const struct outputs_request *q = req;

	return q->found->answer.n > 0;
}

static enum err
write(const void *req, struct sink *s)
{
	const struct outputs_request *q = req;

	if (!ready(req))
		return ERR_STATE;
	put_span(s, q->found->answer);
	return s->err;
}

static enum err
readback(const void *req, struct span answer, struct arena *a)
{
	return outputs_readback(req, answer, a);
}

static const struct answer answers[] = {
	{ "_keyImages", ready, write, readback },
	{ NULL, NULL, NULL, NULL }
};

const struct job outputs_job = {
	.name = "monero outputs",
	.cap = FILE_MAX,
	.viewers = true,
	.sniff = outputs_sniff,
	.parse = parse,
	.want = monero_want,
	.intend = intend,
	.learn = monero_learn,
	.sign = sign,
	.keep = keep,
	.answers = answers,
};
