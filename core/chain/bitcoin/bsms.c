#include "core/base/text.h"
#include "core/chain/bitcoin/bsms.h"
#include "core/chain/bitcoin/message.h"
#include "core/chain/bitcoin/register.h"
#include "core/encode/base64.h"
#include "core/encode/hex.h"

#define LINES_MAX 6
#define COMPACT_SIZE 65
#define FIRST 27			/* BIP137: a legacy address' key */
#define COMPRESSED 4

static const char version[] = "BSMS 1.0";

/* Lines, and where each ends in the file; empty ones only at the end. */
struct lines {
	struct span	line[LINES_MAX];
	size_t		end[LINES_MAX], n;
};

static bool
lines_of(struct span file, struct lines *l)
{
	struct span line;
	size_t at = 0;
	bool over = false;

	l->n = 0;
	while (wallet_line(file, &at, &line)) {
		if (line.n == 0) {
			over = true;
			continue;
		}
		if (over || l->n == LINES_MAX)
			return false;
		l->end[l->n] = (size_t)(line.p + line.n - file.p);
		l->line[l->n++] = line;
	}
	return l->n > 0 && span_eq(l->line[0], span_text(version));
}

enum err
bsms_token_read(struct span text, struct bsms_token *t)
{
	enum err e;

	*t = (struct bsms_token){ 0 };
	if (span_eq(text, span_text("00")))
		return 0;
	if ((e = hex_bytes(text, t->b, sizeof(t->b), &t->n)) != 0)
		return e;
	return t->n == BSMS_TOKEN_MAX || t->n == BSMS_TOKEN_MAX / 2 ?
	    ERR_NONE : ERR_FORM;
}

void
bsms_token_text(const struct bsms_token *t, char out[BSMS_TOKEN_TEXT])
{
	static const uint8_t none = 0;

	hex_text(t->n == 0 ? span_of(&none, 1) : span_of(t->b, t->n), out);
}

enum bsms_kind
bsms_kind(struct span file)
{
	struct bsms_token t;
	struct lines l;

	if (file.n > BSMS_FILE_MAX || file.n < sizeof(version) - 1 ||
	    memcmp(file.p, version, sizeof(version) - 1) != 0)
		return BSMS_NOT;
	if (!lines_of(file, &l) || l.n < 2 ||
	    bsms_token_read(l.line[1], &t) != 0)
		return BSMS_WALLET;
	return l.n > 2 && l.line[2].p[0] == '[' ? BSMS_KEY : BSMS_INVITATION;
}

static enum err
label_ok(struct span s)
{
	return s.n <= BSMS_LABEL_MAX && text_is_plain(s) ? ERR_NONE :
	    ERR_RANGE;
}

/* "m/48'/0'/0'/2'", or with a fingerprint for m. */
static enum err
read_path(struct span s, struct bsms_invitation *v)
{
	uint8_t text[PATH_TEXT_MAX] = { 'm' };
	uint32_t i;
	size_t n;
	enum err e;

	if (s.n > 8 && s.p[0] != 'm') {
		if ((e = hex_bytes(span_of(s.p, 8), v->fpr.b,
		    sizeof(v->fpr.b), &n)) != 0)
			return e;
		v->has_fpr = true;
		s = span_of(s.p + 8, s.n - 8);
		if (s.n >= sizeof(text))
			return ERR_RANGE;
		memcpy(text + 1, s.p, s.n);
		s = span_of(text, s.n + 1);
	}
	if ((e = path_of_text(s, &v->path)) != 0)
		return e;
	/* The key of a wallet's account, never that of an address. */
	for (i = 0; i < v->path.n; i++)
		if (v->path.e[i] < HARDENED)
			return ERR_RANGE;
	v->has_path = true;
	return v->path.n > 0 ? ERR_NONE : ERR_RANGE;
}

enum err
bsms_invitation_read(struct span file, struct bsms_invitation *v)
{
	struct lines l;
	enum err e;

	*v = (struct bsms_invitation){ .label = span_text("") };
	if (bsms_kind(file) != BSMS_INVITATION || !lines_of(file, &l) ||
	    l.n < 2 || l.n > 4)
		return ERR_FORM;
	if ((e = bsms_token_read(l.line[1], &v->token)) != 0 ||
	    (l.n > 2 && (e = read_path(l.line[2], v)) != 0))
		return e;
	if (l.n > 3)
		v->label = l.line[3];
	return label_ok(v->label);
}

enum err
bsms_record_read(struct span file, struct bsms_record *r)
{
	struct lines l;
	enum err e;

	if (!lines_of(file, &l) || l.n != 5)
		return ERR_FORM;
	*r = (struct bsms_record){ .body = span_of(file.p, l.end[3]),
	    .key = l.line[2], .label = l.line[3], .sig = l.line[4] };
	if ((e = bsms_token_read(l.line[1], &r->token)) != 0 ||
	    (e = label_ok(r->label)) != 0 ||
	    (e = desc_key_read(r->key, false, &r->k)) != 0)
		return e;
	return !r->k.has_origin || r->k.nstep > 0 || r->k.ranged ? ERR_KEY :
	    ERR_NONE;
}

/* Whoever it was meant for by its first byte: the key alone counts. */
enum err
bsms_verify(const struct bsms_record *r)
{
	uint8_t raw[BASE64_BYTES(BSMS_SIG_MAX)];
	struct base64_shape shape;
	struct hash32 digest;
	struct pubkey pub;
	struct sig64 sig;
	enum err e;
	size_t n;

	if (r->sig.n > BSMS_SIG_MAX)
		return ERR_FORM;
	if ((e = base64_bytes(r->sig, raw, sizeof(raw), &n, &shape)) != 0)
		return e;
	if (n != COMPACT_SIZE || raw[0] < FIRST || raw[0] > FIRST + 15)
		return ERR_FORM;
	memcpy(sig.b, raw + 1, sizeof(sig.b));
	message_digest_bip137(r->body, &digest);
	if (ecdsa_recover(&digest, &sig, (raw[0] - FIRST) % 4u, &pub) != 0 ||
	    memcmp(&pub, &r->k.xpub.key, sizeof(pub)) != 0)
		return ERR_MISMATCH;
	return 0;
}

enum err
bsms_sig_text(struct span body, const struct pubkey *key,
    const struct sig64 *sig, char out[BSMS_SIG_MAX])
{
	static const struct base64_shape one_line = { .wrap = 0 };
	struct sink s = sink_to_buf((uint8_t *)out, BSMS_SIG_MAX - 1);
	uint8_t raw[COMPACT_SIZE];
	struct hash32 digest;
	struct pubkey pub;
	uint8_t i;

	message_digest_bip137(body, &digest);
	for (i = 0; i < 4; i++)
		if (ecdsa_recover(&digest, sig, i, &pub) == 0 &&
		    memcmp(&pub, key, sizeof(pub)) == 0)
			break;
	if (i == 4)
		return ERR_MISMATCH;
	raw[0] = (uint8_t)(FIRST + COMPRESSED + i);
	memcpy(raw + 1, sig->b, sizeof(sig->b));
	base64_put(&s, SPAN_OF(raw), &one_line);
	if (s.err != 0)
		return s.err;
	out[s.total] = '\0';
	return 0;
}
