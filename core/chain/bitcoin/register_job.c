#include <stdio.h>

#include "core/chain/bitcoin/descriptor.h"
#include "core/chain/bitcoin/register.h"
#include "core/chain/bitcoin/request.h"
#include "core/chain/bitcoin/text_job.h"
#include "core/job/table.h"

static enum sniff
sniff(struct span file)
{
	return wallet_sniff(file) ? SNIFF_YES : SNIFF_NO;
}

/* A wallet receives on one branch and gets change on another. */
#define BRANCHES 2

/* A name it has, if only its checksum. */
static enum err
settle(struct wallet_req *q, struct arena *a)
{
	char sum[DESCRIPTOR_SUM + 1];
	enum err e;

	if ((e = descriptor_sum(q->d.text, sum)) != 0)
		return e;
	q->text = arena_text(a, "%s#%s", q->file.text, sum);
	if (q->text == NULL)
		return ERR_SPACE;
	return q->file.name[0] != '\0' ? ERR_NONE :
	    wallet_name(span_text(sum), &q->file);
}

#define NEAR_BEFORE 14
#define NEAR_AFTER 14

/* Its characters are all of a descriptor's set where `at' is not 0. */
static void
point_at(struct span text, size_t at, struct fault *f)
{
	size_t from = at < NEAR_BEFORE ? 0 : at - NEAR_BEFORE;
	size_t end = text.n < at + NEAR_AFTER ? text.n : at + NEAR_AFTER;

	if (at == 0 || at > text.n)
		fault_set(f, 0, "the descriptor");
	else
		fault_set(f, 0, "the descriptor, at its character %zu, near "
		    "%.*s", at, (int)(end - from),
		    (const char *)text.p + from);
}

static enum err
parse(struct arena *a, struct span file, const struct pubring *ring,
    const struct pace *pace, void **req, struct fault *f)
{
	struct wallet_req *q = arena_new(a, struct wallet_req, 1);
	size_t at;
	enum err e;

	(void)ring;
	(void)pace;
	if (q == NULL ||
	    (q->review = arena_new(a, struct wallet_review, 1)) == NULL)
		return ERR_SPACE;
	*q->review = (struct wallet_review){ .done = false };
	if ((e = wallet_file_read(file, a, &q->file, f)) != 0)
		return e;
	if ((e = descriptor_read(span_text(q->file.text), a, &q->d,
	    &at)) != 0) {
		point_at(span_text(q->file.text), at, f);
		return e;
	}
	if (q->d.nbranch > BRANCHES) {
		fault_set(f, 0, "the branches of the descriptor");
		return ERR_RANGE;
	}
	*req = q;
	return settle(q, a);
}

static enum err
want(const void *req, const struct pubring *ring, struct wants *w)
{
	const struct wallet_req *q = req;
	enum err e;
	size_t i;

	w->n = 0;
	for (i = 0; i < q->d.nkey; i++) {
		const struct desc_key *k = &q->d.key[i];

		if (k->has_origin && pubring_ours(ring, &k->origin.fpr) &&
		    (e = wants_add(w, &k->origin)) != 0)
			return e;
	}
	return 0;
}

static void
note_keys(const struct wallet_req *q, const struct pubring *ring,
    struct intent *out)
{
	size_t i, k;

	for (i = 0; i < ring->nfpr; i++)
		for (k = 0; k < q->d.nkey; k++)
			if (q->d.key[k].has_origin && fpr_eq(&ring->fpr[i],
			    &q->d.key[k].origin.fpr)) {
				out->fpr[out->nfpr++] = ring->fpr[i];
				break;
			}
}

static enum err
intend(const void *req, struct pubring *ring, const struct session *s,
    const struct pace *pace, struct arena *a, struct intent *out,
    struct fault *f)
{
	const struct wallet_req *q = req;
	struct wallet_review *v = q->review;
	const char *why = "";
	bool same;
	enum err e;

	(void)pace;
	*v = (struct wallet_review){ .network = s->network };
	if ((e = text_intent("bitcoin wallet", "WALLET", s, out, f)) != 0)
		return e;
	v->traits = wallet_judge(&q->d, ring, s->network, &why);
	if ((e = wallet_facts(q, ring, a, out)) != 0 ||
	    (e = wallet_first(q, a, &same)) != 0)
		return e;
	if (!same)
		v->traits |= TRAIT_BIT(WALLET_FIRST);
	v->traits |= wallet_clash(q, ring, s);
	out->fact[1].why = why;		/* of the script */
	out->fact[1].traits = v->traits & TRAIT_BIT(WALLET_UNSAFE);
	out->traits = v->traits & ~out->fact[1].traits;
	note_keys(q, ring, out);
	v->refused = work_refused(v->traits);
	v->done = true;
	return 0;
}

/* From here on coins and change of it are recognised. */
static enum err
learn(const void *req, struct session *s)
{
	const struct wallet_req *q = req;
	struct session_wallet w = { .chain = "btc",
	    .network = q->review->network, .name = q->file.name,
	    .text = q->text };

	return q->review->refused ? ERR_REFUSED : session_add_wallet(s, &w);
}

/* There is nothing to sign. */
static enum err
sign(void *req, struct signatory *who, struct pace *pace, struct arena *a)
{
	const struct wallet_req *q = req;

	(void)who;
	(void)pace;
	(void)a;
	if (!q->review->done)
		return ERR_STATE;
	return q->review->refused ? ERR_REFUSED : ERR_NONE;
}

/* The session keeps it as a file that we would read. */
static enum err
recall(const struct session_wallet *w, struct arena *a, void **req)
{
	struct fault f = { 0 };
	struct wallet_req *q;
	enum err e;

	if (strcmp(w->chain, "btc") != 0)
		return ERR_UNKNOWN;
	if ((e = parse(a, span_text(w->text), NULL, NULL, req, &f)) != 0)
		return e;
	q = *req;
	q->review->network = w->network;
	(void)snprintf(q->file.name, sizeof(q->file.name), "%s", w->name);
	return 0;
}

const struct job wallet_job = {
	.name = "bitcoin wallet",
	.cap = WALLET_FILE_MAX,
	.sniff = sniff,
	.parse = parse,
	.want = want,
	.intend = intend,
	.learn = learn,
	.sign = sign,
	.answers = text_unanswered,
	.tell = wallet_tell,
	.recall = recall,
};
