#include "core/chain/monero/frame.h"
#include "core/crypto/chacha.h"
#include "core/crypto/keccak.h"
#include "core/encode/base64.h"

#define SEAL 64				/* c || r */
#define MAGIC_MAX 24

/* The byte behind the words is the version that this signer knows. */
static const struct {
	const char	*magic, *what;
	uint8_t		 version;
} kinds[FRAME_KINDS] = {
	[FRAME_OUTPUTS] = { "Monero output export", "outputs file", 4 },
	[FRAME_KEY_IMAGES] = { "Monero key image export", "key image file",
	    3 },
	[FRAME_UNSIGNED] = { "Monero unsigned tx set", "unsigned set", 5 },
	[FRAME_SIGNED] = { "Monero signed tx set", "signed set", 5 },
};

static const char pem_begin[] = "-----BEGIN MoneroAsciiDataV1-----";
static const char pem_end[] = "-----END MoneroAsciiDataV1-----";

static bool
begins(struct span s, const char *with)
{
	size_t n = strlen(with);

	return s.n >= n && memcmp(s.p, with, n) == 0;
}

static struct span
behind(struct span s, size_t n)
{
	return span_of(s.p + n, s.n - n);
}

static enum frame_kind
kind_of_bytes(struct span s)
{
	unsigned k;

	for (k = 0; k < FRAME_KINDS; k++)
		if (begins(s, kinds[k].magic))
			break;
	return (enum frame_kind)k;
}

static bool
is_pem(struct span file)
{
	return begins(file, pem_begin);
}

/* The text between the two lines; ends may be of either kind. */
static enum err
pem_text(struct span file, struct span *text)
{
	struct span s = behind(file, sizeof(pem_begin) - 1);
	size_t end = sizeof(pem_end) - 1;

	while (s.n > 0 && (s.p[s.n - 1] == '\n' || s.p[s.n - 1] == '\r'))
		s.n--;
	if (s.n < end + 1 || memcmp(s.p + s.n - end, pem_end, end) != 0)
		return ERR_FORM;
	s.n -= end;
	while (s.n > 0 && (s.p[0] == '\n' || s.p[0] == '\r'))
		s = behind(s, 1);
	*text = s;
	return 0;
}

enum frame_kind
frame_kind(struct span file)
{
	uint8_t head[2 * MAGIC_MAX];
	struct base64_shape shape;
	struct span text;
	size_t n;

	if (!is_pem(file))
		return kind_of_bytes(file);
	text = behind(file, sizeof(pem_begin) - 1);
	while (text.n > 0 && (text.p[0] == '\n' || text.p[0] == '\r'))
		text = behind(text, 1);
	if (text.n < 32 || base64_bytes(span_of(text.p, 32), head,
	    sizeof(head), &n, &shape) != 0)
		return FRAME_KINDS;
	return kind_of_bytes(span_of(head, n));
}

static enum err
peel(struct span file, struct arena *a, struct span *bytes, struct fault *f)
{
	struct base64_shape shape;
	struct span text;
	uint8_t *p;
	enum err e;
	size_t n;

	*bytes = file;
	if (!is_pem(file))
		return 0;
	if ((e = pem_text(file, &text)) != 0) {
		fault_set(f, file.n, "the last line");
		return e;
	}
	if ((p = arena_new(a, uint8_t, BASE64_BYTES(text.n))) == NULL)
		return ERR_SPACE;
	if ((e = base64_bytes(text, p, BASE64_BYTES(text.n), &n,
	    &shape)) != 0) {
		fault_set(f, sizeof(pem_begin), "the encoding of the file");
		return e;
	}
	*bytes = span_of(p, n);
	return 0;
}

static enum err
check_version(enum frame_kind k, enum frame_kind want, struct span bytes,
    struct fault *f)
{
	size_t at = strlen(kinds[k].magic);

	if (want != FRAME_KINDS && want != k)
		return ERR_MISMATCH;
	if (want == FRAME_KINDS &&
	    (k == FRAME_KEY_IMAGES || k == FRAME_SIGNED)) {
		fault_set(f, 0, "%s", kinds[k].what);
		return ERR_ANSWER;
	}
	if (bytes.n <= at) {
		fault_set(f, bytes.n, "version");
		return ERR_SHORT;
	}
	if (bytes.p[at] == kinds[k].version)
		return 0;
	fault_set(f, at, "%s of version %u", kinds[k].what, bytes.p[at]);
	return bytes.p[at] > kinds[k].version ? ERR_VERSION : ERR_FORM;
}

/* Hs(h || A || R): the challenge of the seal. */
static void
challenge(struct span body, const struct point *view_pub,
    const struct point *r, struct scalar *c)
{
	uint8_t buf[96];
	struct hash32 h;

	keccak256(body, &h);
	memcpy(buf, h.b, 32);
	memcpy(buf + 32, view_pub->b, 32);
	memcpy(buf + 64, r->b, 32);
	hash_to_scalar(SPAN_OF(buf), c);
}

static bool
seal_fits(struct span body, const uint8_t *seal, const struct viewer *v)
{
	struct scalar c, r, again;
	struct point left, right;

	memcpy(c.b, seal, 32);
	memcpy(r.b, seal + 32, 32);
	if (sc_reduced(&c) != 0 || sc_reduced(&r) != 0 || sc_is_zero(&c) ||
	    ed_base(&r, &left) != 0 ||
	    ed_mul(&c, &v->view_pub, &right) != 0 ||
	    ed_add(&left, &right, &left) != 0 || point_eq(&left, &ed_identity))
		return false;
	challenge(body, &v->view_pub, &left, &again);
	return memcmp(again.b, c.b, sizeof(c.b)) == 0;
}

static enum err
decrypt(struct span body, struct arena *a, struct frame *out)
{
	struct span sealed = behind(body, CHACHA_NONCE);
	uint8_t *p = arena_new(a, uint8_t, sealed.n + 1);

	if (p == NULL)
		return ERR_SPACE;
	chacha20_xor(&out->viewer->file_key, body.p, sealed, p);
	out->plain = span_of(p, sealed.n);
	return 0;
}

static enum err
find_viewer(struct span body, const struct pubring *ring, struct frame *out,
    struct fault *f)
{
	size_t i, n = ring == NULL ? 0 : ring->nviewer;

	for (i = 0; i < n; i++)
		if (seal_fits(body, body.p + body.n, &ring->viewer[i])) {
			out->viewer = &ring->viewer[i];
			return 0;
		}
	fault_set(f, out->at - CHACHA_NONCE, n == 0 ?
	    "no Monero wallet is open here" :
	    "the seal: another wallet's, or the file is damaged");
	return ERR_NO_KEY;
}

enum err
frame_open(struct span file, enum frame_kind want, const struct pubring *ring,
    struct arena *a, struct frame *out, struct fault *f)
{
	struct frame g = { .pem = is_pem(file) };
	struct span bytes, body;
	enum err e;

	if ((e = peel(file, a, &bytes, f)) != 0)
		return e;
	if ((g.kind = kind_of_bytes(bytes)) == FRAME_KINDS) {
		fault_set(f, 0, "the beginning of the file");
		return ERR_UNKNOWN;
	}
	if ((e = check_version(g.kind, want, bytes, f)) != 0)
		return e;
	body = behind(bytes, strlen(kinds[g.kind].magic) + 1);
	if (body.n < CHACHA_NONCE + SEAL) {
		fault_set(f, bytes.n, "the seal");
		return ERR_SHORT;
	}
	body.n -= SEAL;
	g.at = bytes.n - SEAL - body.n + CHACHA_NONCE;
	if ((e = find_viewer(body, ring, &g, f)) != 0 ||
	    (e = decrypt(body, a, &g)) != 0)
		return e;
	*out = g;
	return 0;
}

/* R = kG, c = Hs(h || A || R), r = k - c a. */
static enum err
put_seal(const struct viewer *v, struct span body, struct noise *n,
    struct sink *s)
{
	struct scalar k, c, r, a;
	struct point p;
	enum err e;

	noise_scalar(n, &k);
	if ((e = ed_base(&k, &p)) == 0) {
		challenge(body, &v->view_pub, &p, &c);
		memcpy(a.b, v->view.b, sizeof(a.b));
		sc_mul(&c, &a, &r);
		sc_sub(&k, &r, &r);
		put_span(s, SPAN_OF(c.b));
		put_span(s, SPAN_OF(r.b));
		wipe(&a, sizeof(a));
	}
	wipe(&k, sizeof(k));
	return e;
}

static enum err
to_pem(struct span bytes, struct arena *a, struct span *file)
{
	static const struct base64_shape shape = { .wrap = 64,
	    .newline = true };
	size_t cap = bytes.n / 3 * 4 + bytes.n / 40 + 256;
	uint8_t *p = arena_new(a, uint8_t, cap);
	struct sink s;

	if (p == NULL)
		return ERR_SPACE;
	s = sink_to_buf(p, cap);
	put_text(&s, pem_begin);
	put_u8(&s, '\n');
	base64_put(&s, bytes, &shape);
	put_text(&s, pem_end);
	put_u8(&s, '\n');
	*file = span_of(p, s.total);
	return s.err;
}

enum err
frame_seal(const struct frame *like, enum frame_kind k, struct span plain,
    struct noise *n, struct arena *a, struct span *file)
{
	size_t magic = strlen(kinds[k].magic) + 1;
	size_t size = magic + CHACHA_NONCE + plain.n + SEAL;
	uint8_t *p = arena_new(a, uint8_t, size), *iv;
	struct sink s;
	enum err e;

	if (p == NULL)
		return ERR_SPACE;
	s = sink_to_buf(p, size);
	put_text(&s, kinds[k].magic);
	put_u8(&s, kinds[k].version);
	iv = p + magic;
	noise_bytes(n, iv, CHACHA_NONCE);
	chacha20_xor(&like->viewer->file_key, iv, plain, iv + CHACHA_NONCE);
	s = sink_to_buf(iv + CHACHA_NONCE + plain.n, SEAL);
	if ((e = put_seal(like->viewer, span_of(iv, CHACHA_NONCE + plain.n),
	    n, &s)) != 0 || (e = s.err) != 0)
		return e;
	*file = span_of(p, size);
	return like->pem ? to_pem(*file, a, file) : ERR_NONE;
}
