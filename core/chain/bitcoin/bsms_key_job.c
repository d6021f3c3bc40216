#include "core/chain/bitcoin/bsms.h"
#include "core/chain/bitcoin/request.h"
#include "core/chain/bitcoin/text_job.h"
#include "core/job/table.h"

struct cosigner {
	struct bsms_record	 r;
	struct span		 file;
	bool			*refused;
};

static enum sniff
sniff(struct span file)
{
	return bsms_kind(file) == BSMS_KEY ? SNIFF_YES : SNIFF_NO;
}

static enum err
parse(struct arena *a, struct span file, const struct pubring *ring,
    const struct pace *pace, void **req, struct fault *f)
{
	struct cosigner *q = arena_new(a, struct cosigner, 1);
	enum err e;

	(void)ring;
	(void)pace;
	if (q == NULL || (q->refused = arena_new(a, bool, 1)) == NULL)
		return ERR_SPACE;
	*q->refused = true;
	q->file = file;
	if ((e = bsms_record_read(file, &q->r)) != 0) {
		fault_set(f, 0, "the key record");
		return e;
	}
	*req = q;
	return 0;
}

static enum err
want(const void *req, const struct pubring *ring, struct wants *w)
{
	const struct cosigner *q = req;

	w->n = 0;
	return pubring_ours(ring, &q->r.k.origin.fpr) ?
	    wants_add(w, &q->r.k.origin) : ERR_NONE;
}

/* Is it an answer to an invitation that is known here?  Without a token there
 * is nothing to compare. */
static bool
was_asked(const struct cosigner *q, const struct session *s)
{
	char token[BSMS_TOKEN_TEXT];
	size_t i;

	bsms_token_text(&q->r.token, token);
	for (i = 0; i < s->opener.n; i++)
		if (span_eq(s->opener.v[i], span_text(token)))
			return true;
	return q->r.token.n == 0;
}

static uint64_t
judge_key(const struct cosigner *q, struct pubring *ring,
    const struct session *s)
{
	const struct desc_key *k = &q->r.k;
	uint64_t t = 0;
	struct xpub ours;

	if (bsms_verify(&q->r) != 0)
		t |= TRAIT_BIT(SIG_FALSE);
	if (!was_asked(q, s))
		t |= TRAIT_BIT(TOKEN_UNKNOWN);
	if (k->extended && k->version != (s->network == NET_MAIN ?
	    XPUB_VERSION_MAIN : XPUB_VERSION_TEST))
		t |= TRAIT_BIT(XPUB_NETWORK);
	if (pubring_ours(ring, &k->origin.fpr) &&
	    (pubring_xpub(ring, &k->origin, &ours) != 0 ||
	    memcmp(&ours.key, &k->xpub.key, sizeof(ours.key)) != 0))
		t |= TRAIT_BIT(XPUB_FALSE);
	return t;
}

static enum err
make_facts(const struct cosigner *q, bool ours, struct arena *a,
    struct intent *out)
{
	char token[BSMS_TOKEN_TEXT];
	enum err e;

	bsms_token_text(&q->r.token, token);
	if ((e = text_rows(out, a, 3)) != 0 ||
	    (e = text_row(out, arena_text(a, "a key for a new wallet, from: "
	    "%.*s", (int)q->r.label.n, (const char *)q->r.label.p),
	    KNOWN_CLAIMED, "the file says")) != 0 ||
	    (e = text_row(out, arena_text(a, "%.*s%s", (int)q->r.key.n,
	    (const char *)q->r.key.p, ours ? " (yours)" : ""), KNOWN_PROVEN,
	    ours ? "our key" : "it signed this")) != 0)
		return e;
	return text_row(out, arena_text(a, "in answer to token %s", token),
	    KNOWN_PROVEN, "it signed this");
}

static enum err
intend(const void *req, struct pubring *ring, const struct session *s,
    const struct pace *pace, struct arena *a, struct intent *out,
    struct fault *f)
{
	const struct cosigner *q = req;
	enum err e;

	(void)pace;
	if ((e = text_intent("bitcoin cosigner", "COSIGNER", s, out, f)) != 0)
		return e;
	if ((e = make_facts(q, pubring_ours(ring, &q->r.k.origin.fpr), a,
	    out)) != 0)
		return e;
	out->traits = judge_key(q, ring, s);
	if ((out->traits & TRAIT_BIT(SIG_FALSE)) != 0)
		out->fact[1].known = out->fact[2].known = KNOWN_CLAIMED;
	*q->refused = work_refused(out->traits);
	return 0;
}

/* The record as it came: bsms_join reads it again. */
static enum err
learn(const void *req, struct session *s)
{
	const struct cosigner *q = req;

	return *q->refused ? ERR_REFUSED : session_keep(s, &s->piece,
	    q->file);
}

static enum err
sign(void *req, struct signatory *who, struct pace *pace, struct arena *a)
{
	const struct cosigner *q = req;

	(void)who;
	(void)pace;
	(void)a;
	return *q->refused ? ERR_REFUSED : ERR_NONE;
}

const struct job cosigner_job = {
	.name = "bitcoin cosigner",
	.cap = BSMS_FILE_MAX,
	.sniff = sniff,
	.parse = parse,
	.want = want,
	.intend = intend,
	.learn = learn,
	.sign = sign,
	.answers = text_unanswered,
};
