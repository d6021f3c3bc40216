#include <stdio.h>

#include "core/chain/bitcoin/bsms.h"
#include "core/chain/bitcoin/register.h"
#include "core/chain/bitcoin/request.h"

/* BIP341 */
#define NOBODY "50929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9a" \
    "ce803ac0"

static const struct shape {
	const char	*name, *says, *open, *close;
} shapes[] = {
	{ "P2WSH", "native segwit, the usual one", "wsh(sortedmulti(", "))" },
	{ "P2SH-P2WSH", "nested segwit, for old wallets",
	    "sh(wsh(sortedmulti(", ")))" },
	{ "P2TR", "taproot, a script path alone", "tr(" NOBODY
	    ",sortedmulti_a(", "))" },
};

/* A key that came: who sent it, and to which token. */
struct piece {
	struct bsms_record	 r;
};

static bool
of_network(const struct bsms_record *r, enum network net)
{
	return !r->k.extended || r->k.version == (net == NET_MAIN ?
	    XPUB_VERSION_MAIN : XPUB_VERSION_TEST);
}

/* Those of this network, in the order they came; no key twice. */
static enum err
pieces(const struct session *s, struct arena *a, struct piece **out,
    size_t *n)
{
	struct piece *p = arena_new(a, struct piece, s->piece.n);
	size_t i, k;
	enum err e;

	*n = 0;
	*out = p;
	if (p == NULL)
		return ERR_SPACE;
	for (i = 0; i < s->piece.n; i++) {
		if ((e = bsms_record_read(s->piece.v[i], &p[*n].r)) != 0)
			return e;
		if (!of_network(&p[*n].r, s->network))
			continue;
		for (k = 0; k < *n; k++)
			if (memcmp(&p[k].r.k.xpub.key, &p[*n].r.k.xpub.key,
			    sizeof(struct pubkey)) == 0)
				break;
		*n += k == *n;
	}
	return 0;
}

static const struct {
	const char	*name, *says;
	size_t		 token;
} invitations[] = {
	{ "invite-64", "for all: what is sent is sealed with its token", 8 },
	{ "invite-0", "for all: nothing is sealed", 0 },
	{ "invite-128", "one for each signer, sealed for him alone", 16 },
};
#define INVITATIONS (sizeof(invitations) / sizeof(invitations[0]))

static enum err
list_invitations(struct sink *out)
{
	size_t i;

	for (i = 0; i < INVITATIONS; i++) {
		put_text(out, invitations[i].name);
		put_text(out, "||");
		put_text(out, invitations[i].says);
		put_u8(out, '\n');
	}
	return out->err;
}

/* ERR_UNKNOWN: this form is none. */
static enum err
invite(struct session *s, struct job_join *j, struct sink *out)
{
	struct bsms_token t = { 0 };
	char token[BSMS_TOKEN_TEXT];
	enum err e;
	size_t i;

	for (i = 0; i < INVITATIONS; i++)
		if (span_eq(j->form, span_text(invitations[i].name)))
			break;
	if (i == INVITATIONS)
		return ERR_UNKNOWN;
	t.n = invitations[i].token;
	if (t.n > 0)
		memcpy(t.b, j->random, t.n);
	bsms_token_text(&t, token);
	if ((e = session_keep(s, &s->opener, span_text(token))) != 0)
		return e;
	put_text(out, "BSMS 1.0\n");
	put_text(out, token);
	put_u8(out, '\n');
	j->file = "invitation.bsms";
	return out->err;
}

/* A line a key: fingerprint and path|label. */
static enum err
list(const struct piece *p, size_t n, struct sink *out)
{
	size_t i;

	for (i = 0; i < n; i++) {
		struct scan s = { p[i].r.key, 0 };

		put_span(out, scan_until(&s, "]"));
		put_text(out, "]|");
		put_span(out, p[i].r.label);
		put_u8(out, '\n');
	}
	return out->err;
}

/* All keys have branches below them, or none has: BIP129's plain keys. */
static enum err
descriptor_of(const struct piece *p, size_t n, const struct job_join *j,
    struct arena *a, const char **out)
{
	uint8_t *text = arena_new(a, uint8_t, DESC_TEXT_MAX);
	char number[16];
	const struct shape *is;
	struct sink s;
	size_t i;

	if (text == NULL)
		return ERR_SPACE;
	for (is = shapes; is < shapes + 3; is++)
		if (span_eq(j->script, span_text(is->name)))
			break;
	if (is == shapes + 3)
		return ERR_UNKNOWN;
	if (n == 0)
		return ERR_MISSING;
	if (j->need < 1 || j->need > n)
		return ERR_RANGE;
	s = sink_to_buf(text, DESC_TEXT_MAX - 1);
	put_text(&s, is->open);
	(void)snprintf(number, sizeof(number), "%u", j->need);
	put_text(&s, number);
	for (i = 0; i < n; i++) {
		if (p[i].r.k.extended != p[0].r.k.extended)
			return ERR_MISMATCH;
		put_u8(&s, ',');
		put_span(&s, p[i].r.key);
		put_text(&s, p[i].r.k.extended ? "/**" : "");
	}
	put_text(&s, is->close);
	if (s.err != 0)
		return s.err;
	text[s.total] = '\0';
	*out = (const char *)text;
	return 0;
}

/* The descriptor record: what is not a sound wallet is not handed out. */
static enum err
record_of(const struct session *s, const char *text, bool ranged,
    struct arena *a, struct sink *out)
{
	struct wallet_review v = { .network = s->network };
	struct wallet_req q = { .review = &v };
	char first[ADDRESS_TEXT_MAX];
	struct pubring nobody = pubring_in(a);
	const char *tidy, *why;
	size_t at;
	enum err e;

	if ((e = wallet_tidy(span_text(text), false, a, &tidy)) != 0 ||
	    (e = descriptor_read(span_text(tidy), a, &q.d, &at)) != 0)
		return e;
	if (work_refused(wallet_judge(&q.d, &nobody, s->network, &why) &
	    ~TRAIT_BIT(NO_KEY)))
		return ERR_DUPLICATE;
	if ((e = wallet_address(&q, 0, 0, a, first)) != 0)
		return e;
	put_text(out, "BSMS 1.0\n");
	put_text(out, text);
	put_text(out, ranged ? "\n/0/*,/1/*\n" :
	    "\nNo path restrictions\n");
	put_text(out, first);
	put_u8(out, '\n');
	return out->err;
}

/* "plain", and for every signer that has a token what he can open. */
static enum err
forms(const struct piece *p, size_t n, struct sink *out)
{
	char fpr[9];
	size_t i;

	for (i = 0; i < n; i++) {
		fpr_text(&p[i].r.k.origin.fpr, fpr);
		if (p[i].r.token.n == 0)
			continue;
		put_text(out, fpr);
		put_text(out, "||sealed, for ");
		put_span(out, p[i].r.label);
		put_u8(out, '\n');
	}
	put_text(out, "plain||not sealed, for everybody\n");
	return out->err;
}

/* What its coordinator reads out to the others: who can spend, the first
 * address, which is the record's last line. */
static enum err
told(const struct job_join *j, size_t n, struct span record, struct sink *out)
{
	char text[64];
	size_t at = record.n - 1;

	while (at > 0 && record.p[at - 1] != '\n')
		at--;
	(void)snprintf(text, sizeof(text), "any %u of %zu can spend, ",
	    j->need, n);
	put_text(out, text);
	put_span(out, j->script);
	put_text(out, "\nfirst address: ");
	put_span(out, span_of(record.p + at, record.n - at));
	return out->err;
}

static enum err
make(const struct session *s, struct job_join *j, const struct piece *p,
    size_t n, struct arena *a, struct sink *out)
{
	uint8_t *room = arena_new(a, uint8_t, BSMS_FILE_MAX);
	struct sink plain;
	const char *text;
	char fpr[9];
	enum err e;
	size_t i;

	if (room == NULL)
		return ERR_SPACE;
	plain = sink_to_buf(room, BSMS_FILE_MAX);
	if ((e = descriptor_of(p, n, j, a, &text)) != 0 ||
	    (e = record_of(s, text, p[0].r.k.extended, a, &plain)) != 0)
		return e;
	if (span_eq(j->form, span_text("#")))
		return told(j, n, span_of(room, plain.total), out);
	j->file = "wallet.bsms";
	if (span_eq(j->form, span_text("plain"))) {
		put_span(out, span_of(room, plain.total));
		return out->err;
	}
	for (i = 0; i < n; i++) {
		fpr_text(&p[i].r.k.origin.fpr, fpr);
		if (p[i].r.token.n > 0 && span_eq(j->form, span_text(fpr)))
			break;
	}
	if (i == n)
		return ERR_UNKNOWN;
	j->file = arena_text(a, "wallet-%s.dat", fpr);
	return j->file == NULL ? ERR_SPACE : bsms_seal(&p[i].r.token,
	    span_of(room, plain.total), a, out);
}

enum err
bsms_join(struct session *s, struct job_join *j, struct arena *a,
    struct sink *out)
{
	struct piece *p;
	size_t n;
	enum err e;

	j->file = "";
	if (span_eq(j->form, span_text("!")))
		return list_invitations(out);
	if ((e = invite(s, j, out)) != ERR_UNKNOWN)
		return e;
	if ((e = pieces(s, a, &p, &n)) != 0)
		return e;
	if (span_eq(j->form, span_text("=")))
		return list(p, n, out);
	if (span_eq(j->form, span_text("?")))
		return forms(p, n, out);
	return make(s, j, p, n, a, out);
}
