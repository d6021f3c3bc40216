#include "core/base/limits.h"
#include "core/chain/bitcoin/intend.h"
#include "core/job/table.h"

static enum sniff
psbt_sniff(struct span file)
{
	return peel_kind(file) == PEEL_NONE ? SNIFF_NO : SNIFF_YES;
}

static enum err
psbt_parse(struct arena *a, struct span file, const struct pubring *ring,
    const struct pace *pace, void **req, struct fault *f)
{
	struct request *q;
	struct wants *w;
	enum err e;

	if ((e = request_open(a, file, pace, &q, f)) != 0)
		return e;
	/* Too many keys are a fault of the file, and have a place in it. */
	if ((w = arena_new(a, struct wants, 1)) == NULL)
		return ERR_SPACE;
	if (ring != NULL && (e = request_want(q, ring, w, f)) != 0)
		return e;
	*req = q;
	return 0;
}

static enum err
psbt_want(const void *req, const struct pubring *ring, struct wants *w)
{
	struct fault f;

	return request_want(req, ring, w, &f);
}

static enum err
psbt_intend(const void *req, struct pubring *ring, const struct session *s,
    const struct pace *pace, struct arena *a, struct intent *out,
    struct fault *f)
{
	return intend_request(req, ring, s, pace, a, out, f);
}

/* Known attack 1: a coin that comes again must have the same amount. */
static enum err
psbt_learn(const void *req, struct session *s)
{
	const struct request *q = req;

	if (q->review->nrecord == 0)
		return 0;
	return session_learn(s, q->review->record, q->review->nrecord);
}

static enum err
psbt_sign(void *req, struct signatory *who, struct pace *pace,
    struct arena *a)
{
	return sign_all(req, who, pace, a);
}

const struct job psbt_job = {
	.name = "bitcoin psbt",
	.cap = LIMIT_FILE,
	.sniff = psbt_sniff,
	.parse = psbt_parse,
	.want = psbt_want,
	.intend = psbt_intend,
	.learn = psbt_learn,
	.sign = psbt_sign,
	.answers = psbt_answers,
};
