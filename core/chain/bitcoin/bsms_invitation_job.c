#include "core/chain/bitcoin/bsms.h"
#include "core/chain/bitcoin/message.h"
#include "core/chain/bitcoin/register.h"
#include "core/chain/bitcoin/request.h"
#include "core/chain/bitcoin/text_job.h"
#include "core/job/table.h"

/* What came of it, anew each time it is looked at. */
struct invited {
	enum network	 network;
	bool		 done, refused, answers;
	struct keyref	 key;
	struct xpub	 xpub;
	const char	*text, *label;	/* of the key; of who it is */
	const char	*body;		/* what is signed: four lines */
	char		 sig[BSMS_SIG_MAX];	/* "" until it is */
};

struct invitation {
	struct bsms_invitation	 in;
	struct invited		*now;
};

static enum sniff
sniff(struct span file)
{
	return bsms_kind(file) == BSMS_INVITATION ? SNIFF_YES : SNIFF_NO;
}

static enum err
parse(struct arena *a, struct span file, const struct pubring *ring,
    const struct pace *pace, void **req, struct fault *f)
{
	struct invitation *q = arena_new(a, struct invitation, 1);
	enum err e;

	(void)ring;
	(void)pace;
	if (q == NULL || (q->now = arena_new(a, struct invited, 1)) == NULL)
		return ERR_SPACE;
	*q->now = (struct invited){ .done = false };
	if ((e = bsms_invitation_read(file, &q->in)) != 0) {
		fault_set(f, 0, "the token, the path or the label");
		return e;
	}
	*req = q;
	return 0;
}

/*
 * Whose key, and where nothing says at which path: BIP48, at the account that
 * comes.  A key that stands in one wallet is not given away to another, or the
 * two could not be told apart by it.
 */
#define ACCOUNTS 16

static bool
whose(const struct invitation *q, const struct pubring *ring,
    enum network net, uint32_t account, struct keyref *out)
{
	const struct path usual = { 4, { HARDENED + 48, HARDENED +
	    (net != NET_MAIN), HARDENED + account, HARDENED + 2 } };

	return text_key(ring, q->in.has_fpr ? &q->in.fpr : NULL,
	    q->in.has_path ? &q->in.path : &usual, out);
}

/* The network is not known yet, nor the wallets: where it matters, all. */
static enum err
want(const void *req, const struct pubring *ring, struct wants *w)
{
	const struct invitation *q = req;
	struct keyref key;
	uint32_t i;
	enum err e;

	w->n = 0;
	for (i = 0; i < (q->in.has_path ? 1 : ACCOUNTS); i++)
		if ((whose(q, ring, NET_MAIN, i, &key) &&
		    (e = wants_add(w, &key)) != 0) ||
		    (whose(q, ring, NET_TEST, i, &key) &&
		    (e = wants_add(w, &key)) != 0))
			return e;
	return 0;
}

/* The first account whose key is in no registered wallet; where the path is
 * given, that one. */
static enum err
choose(const struct invitation *q, struct pubring *ring,
    const struct session *s)
{
	struct invited *v = q->now;
	uint32_t i;
	enum err e;

	for (i = 0; i < ACCOUNTS; i++) {
		(void)whose(q, ring, s->network, i, &v->key);
		if ((e = pubring_xpub(ring, &v->key, &v->xpub)) != 0 ||
		    q->in.has_path || !wallet_with(s, &v->xpub))
			return e;
	}
	return ERR_RANGE;
}

/* The four lines that are signed. */
static enum err
write_body(const struct invitation *q, struct arena *a)
{
	struct invited *v = q->now;
	char token[BSMS_TOKEN_TEXT], path[PATH_TEXT_MAX], fpr[9];
	char xpub[XPUB_TEXT_MAX];
	enum err e;

	bsms_token_text(&q->in.token, token);
	path_text(&v->key.path, path);
	fpr_text(&v->key.fpr, fpr);
	if ((e = xpub_text(&v->xpub, v->network == NET_MAIN ?
	    XPUB_VERSION_MAIN : XPUB_VERSION_TEST, xpub)) != 0)
		return e;
	v->text = arena_text(a, "[%s%s]%s", fpr, path + 1, xpub);
	v->label = q->in.label.n == 0 ? arena_text(a, "Coldseal %s", fpr) :
	    arena_text(a, "%.*s", (int)q->in.label.n,
	    (const char *)q->in.label.p);
	if (v->text == NULL || v->label == NULL)
		return ERR_SPACE;
	v->body = arena_text(a, "BSMS 1.0\n%s\n%s\n%s", token, v->text,
	    v->label);
	return v->body == NULL ? ERR_SPACE : ERR_NONE;
}

static enum err
make_facts(const struct invitation *q, struct arena *a, struct intent *out)
{
	static const char *const seal[] = { "nothing is sealed",
	    "what is sent is sealed with it (standard)",
	    "what is sent is sealed with it (extended)" };
	const struct invited *v = q->now;
	char token[BSMS_TOKEN_TEXT];
	enum err e;

	bsms_token_text(&q->in.token, token);
	if ((e = text_rows(out, a, 4)) != 0 ||
	    (e = text_row(out, "an invitation to a new wallet of several "
	    "signers", KNOWN_CLAIMED, "the file says")) != 0 ||
	    (e = text_row(out, arena_text(a, "token %s: %s", token,
	    seal[q->in.token.n / 8]), KNOWN_CLAIMED, "the file says")) != 0 ||
	    !v->answers)
		return e;
	if ((e = text_row(out, arena_text(a, "your key: %s", v->text),
	    KNOWN_PROVEN, "our key")) != 0)
		return e;
	return text_row(out, arena_text(a, "under the label: %s", v->label),
	    q->in.label.n == 0 ? KNOWN_PROVEN : KNOWN_CLAIMED,
	    q->in.label.n == 0 ? "our key" : "the file says");
}

/* Where no key is at hand the token is learnt, and that is all: whoever only
 * coordinates needs no key. */
static enum err
intend(const void *req, struct pubring *ring, const struct session *s,
    const struct pace *pace, struct arena *a, struct intent *out,
    struct fault *f)
{
	const struct invitation *q = req;
	struct invited *v = q->now;
	enum err e;

	(void)pace;
	*v = (struct invited){ .network = s->network };
	if ((e = text_intent("bitcoin invitation", "INVITATION", s, out,
	    f)) != 0)
		return e;
	v->answers = whose(q, ring, s->network, 0, &v->key);
	if (v->answers) {
		if ((e = choose(q, ring, s)) != 0) {
			fault_set(f, 0, "the path: the accounts of BIP48 are "
			    "in wallets already");
			return e;
		}
		if ((e = write_body(q, a)) != 0 ||
		    (e = text_plan(&v->key, SIGN_ECDSA, a, out)) != 0)
			return e;
		out->traits = own_path_network(&v->key.path, s->network);
	} else if (ring->nfpr > 0) {
		out->traits = q->in.has_fpr ? TRAIT_BIT(NO_KEY) :
		    TRAIT_BIT(KEY_SEVERAL);
	}
	v->refused = work_refused(out->traits);
	v->done = true;
	return make_facts(q, a, out);
}

static enum err
learn(const void *req, struct session *s)
{
	const struct invitation *q = req;
	char token[BSMS_TOKEN_TEXT];

	if (q->now->refused)
		return ERR_REFUSED;
	bsms_token_text(&q->in.token, token);
	return session_keep(s, &s->opener, span_text(token));
}

static enum err
sign(void *req, struct signatory *who, struct pace *pace, struct arena *a)
{
	const struct invitation *q = req;
	struct invited *v = q->now;
	struct sign_item it = { .kind = SIGN_ECDSA };
	enum err e;

	(void)pace;
	(void)a;
	if (!v->done || v->sig[0] != '\0')
		return ERR_STATE;
	if (v->refused)
		return ERR_REFUSED;
	if (!v->answers)
		return 0;
	it.key = v->key;
	message_digest_bip137(span_text(v->body), &it.digest);
	if ((e = who->sign(who->ctx, &it, 1)) != 0)
		return e;
	return bsms_sig_text(span_text(v->body), &v->xpub.key, &it.sig,
	    v->sig);
}

static bool
is_plain(const void *req)
{
	const struct invitation *q = req;

	return q->now->sig[0] != '\0' && q->in.token.n == 0;
}

static bool
is_sealed(const void *req)
{
	const struct invitation *q = req;

	return q->now->sig[0] != '\0' && q->in.token.n > 0;
}

static enum err
put_plain(const void *req, struct sink *s)
{
	const struct invitation *q = req;

	put_text(s, q->now->body);
	put_u8(s, '\n');
	put_text(s, q->now->sig);
	return s->err;
}

/* The record at its longest: what a path, a label and a key can be. */
#define RECORD_MAX 1024
#define SEAL_ROOM (8 * (size_t)RECORD_MAX)

static enum err
put_sealed(const void *req, struct sink *s)
{
	const struct invitation *q = req;
	uint8_t record[RECORD_MAX], room[SEAL_ROOM];
	struct sink r = sink_to_buf(record, sizeof(record));
	struct arena a = { room, sizeof(room), 0 };
	enum err e;

	if ((e = put_plain(req, &r)) == 0)
		e = bsms_seal(&q->in.token, span_of(record, r.total), &a, s);
	wipe(room, sizeof(room));
	return e;
}

/* As the coordinator reads it. */
static enum err
readback(const void *req, struct span answer, struct arena *a)
{
	const struct invitation *q = req;
	char token[BSMS_TOKEN_TEXT];
	struct bsms_record r;
	struct span record = answer, t;
	enum err e;

	bsms_token_text(&q->in.token, token);
	t = span_text(token);
	if ((q->in.token.n > 0 && (e = bsms_open(answer, &t, 1, a,
	    &record)) != 0) || (e = bsms_record_read(record, &r)) != 0 ||
	    (e = bsms_verify(&r)) != 0)
		return e;
	return span_eq(r.body, span_text(q->now->body)) ? ERR_NONE :
	    ERR_MISMATCH;
}

static const struct answer answers[] = {
	{ "-key.bsms", is_plain, put_plain, readback },
	{ "-key.dat", is_sealed, put_sealed, readback },
	{ .suffix = NULL }
};

const struct job invitation_job = {
	.name = "bitcoin invitation",
	.cap = BSMS_FILE_MAX,
	.sniff = sniff,
	.parse = parse,
	.want = want,
	.intend = intend,
	.learn = learn,
	.sign = sign,
	.answers = answers,
	.join = bsms_join,
};
