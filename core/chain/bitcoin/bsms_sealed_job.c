#include "core/chain/bitcoin/bsms.h"
#include "core/chain/bitcoin/text_job.h"
#include "core/job/table.h"

/*
 * A sealed file is whatever lies in it, a wallet or a cosigner's key, once one
 * of the tokens that are known here has opened it.
 */
struct sealed {
	const struct job	*job;
	void			*req;
};

static enum sniff
sniff(struct span file)
{
	return bsms_is_sealed(file) ? SNIFF_YES : SNIFF_NO;
}

static enum err
parse(struct arena *a, struct span file, const struct pubring *ring,
    const struct pace *pace, void **req, struct fault *f)
{
	struct sealed *q = arena_new(a, struct sealed, 1);
	struct span record;
	enum err e;

	if (q == NULL)
		return ERR_SPACE;
	e = bsms_open(file, ring != NULL ? ring->opener : NULL, ring != NULL ?
	    ring->nopener : 0, a, &record);
	if (e != 0) {
		fault_set(f, 0, "it is sealed; agree to the invitation whose "
		    "token opens it first");
		return e;
	}
	q->job = bsms_kind(record) == BSMS_WALLET ? &wallet_job :
	    bsms_kind(record) == BSMS_KEY ? &cosigner_job : NULL;
	if (q->job == NULL)
		return ERR_FORM;
	*req = q;
	return q->job->parse(a, record, ring, pace, &q->req, f);
}

static enum err
want(const void *req, const struct pubring *ring, struct wants *w)
{
	const struct sealed *q = req;

	return q->job->want(q->req, ring, w);
}

static enum err
intend(const void *req, struct pubring *ring, const struct session *s,
    const struct pace *pace, struct arena *a, struct intent *out,
    struct fault *f)
{
	const struct sealed *q = req;

	return q->job->intend(q->req, ring, s, pace, a, out, f);
}

static enum err
learn(const void *req, struct session *s)
{
	const struct sealed *q = req;

	return q->job->learn(q->req, s);
}

static enum err
sign(void *req, struct signatory *who, struct pace *pace, struct arena *a)
{
	const struct sealed *q = req;

	return q->job->sign(q->req, who, pace, a);
}

static enum err
tell(const void *req, struct job_tell *t, struct arena *a, struct sink *s)
{
	const struct sealed *q = req;

	return q->job->tell == NULL ? ERR_UNKNOWN : q->job->tell(q->req, t,
	    a, s);
}

const struct job sealed_job = {
	.name = "bitcoin sealed",
	.cap = BSMS_FILE_MAX,
	.sniff = sniff,
	.parse = parse,
	.want = want,
	.intend = intend,
	.learn = learn,
	.sign = sign,
	.answers = text_unanswered,
	.tell = tell,
};
