#include <string.h>

#include "core/base/secret.h"
#include "core/base/sink.h"
#include "core/crypto/aead.h"
#include "core/crypto/kdf.h"
#include "core/encode/base64.h"
#include "core/keys/age.h"

#define FILE_KEY 16
#define SALT 16
#define NONCE 16
#define TAG AEAD_TAG
#define BODY (FILE_KEY + TAG)
#define MAC 32
#define HEAD_MAX 184

static const char label[] = "age-encryption.org/v1/scrypt";

struct head {
	uint8_t		salt[SALT];
	unsigned	cost;
	uint8_t		body[BODY];	/* the file key, sealed */
	uint8_t		mac[MAC];
};

/* RFC 5869 with one block of output. */
static void
hkdf(const uint8_t key[FILE_KEY], struct span salt, const char *info,
    struct secret32 *out)
{
	static const uint8_t none[32];
	uint8_t said[16];
	struct sink s = sink_to_buf(said, sizeof(said));
	struct secret32 prk;

	put_text(&s, info);
	put_u8(&s, 1);
	hmac_sha256(salt.n > 0 ? salt : SPAN_OF(none), span_of(key, FILE_KEY),
	    &prk);
	hmac_sha256(SPAN_OF(prk.b), span_of(said, s.total), out);
	wipe(&prk, sizeof(prk));
}

static enum err
stretch(struct span passphrase, const struct head *h, struct secret32 *out)
{
	uint8_t salt[sizeof(label) - 1 + SALT];
	enum err e;

	memcpy(salt, label, sizeof(label) - 1);
	memcpy(salt + sizeof(label) - 1, h->salt, SALT);
	e = scrypt(passphrase, SPAN_OF(salt), h->cost, out);
	ct_secret(out, sizeof(*out));
	return e;
}

/* Without the padding that the format does not have. */
static void
put_base64(struct sink *s, struct span raw)
{
	static const struct base64_shape line;
	uint8_t text[64];
	struct sink t = sink_to_buf(text, sizeof(text));

	base64_put(&t, raw, &line);
	put_span(s, span_of(text, (raw.n * 8 + 5) / 6));
}

/* All that the header is, up to the end of what its sum is over; public. */
static void
put_head(struct sink *s, const struct head *h)
{
	put_text(s, "age-encryption.org/v1\n-> scrypt ");
	put_base64(s, SPAN_OF(h->salt));
	put_u8(s, ' ');
	if (h->cost >= 10)
		put_u8(s, (uint8_t)('0' + h->cost / 10));
	put_u8(s, (uint8_t)('0' + h->cost % 10));
	put_u8(s, '\n');
	put_base64(s, SPAN_OF(h->body));
	put_text(s, "\n---");
}

static void
sum_head(const struct head *h, const uint8_t key[FILE_KEY],
    struct secret32 *mac)
{
	uint8_t text[HEAD_MAX];
	struct sink s = sink_to_buf(text, sizeof(text));
	struct secret32 k;

	put_head(&s, h);
	hkdf(key, span_of(NULL, 0), "header", &k);
	hmac_sha256(SPAN_OF(k.b), span_of(text, s.total), mac);
	wipe(&k, sizeof(k));
}

/* The only chunk is the last one, number 0. */
static const uint8_t last_chunk[12] = { [11] = 1 };
static const uint8_t wrap_nonce[12];

enum err
age_seal(struct span passphrase, unsigned cost, struct span text,
    fill_random *fill, uint8_t *out, size_t *n)
{
	struct sink s = sink_to_buf(out, text.n + AGE_OVER);
	struct head h = { .cost = cost };
	struct secret32 key, mac;
	uint8_t file_key[FILE_KEY], nonce[NONCE];
	enum err e;

	if (text.n > AGE_TEXT_MAX)
		return ERR_TOO_LARGE;
	fill(file_key, sizeof(file_key));
	fill(h.salt, sizeof(h.salt));
	fill(nonce, sizeof(nonce));
	ct_public(h.salt, sizeof(h.salt));
	ct_public(nonce, sizeof(nonce));
	if ((e = stretch(passphrase, &h, &key)) == 0) {
		aead_close(&key, wrap_nonce, SPAN_OF(file_key), h.body);
		ct_public(h.body, sizeof(h.body));
		sum_head(&h, file_key, &mac);
		ct_public(&mac, sizeof(mac));
		put_head(&s, &h);
		put_u8(&s, ' ');
		put_base64(&s, SPAN_OF(mac.b));
		put_u8(&s, '\n');
		put_span(&s, SPAN_OF(nonce));
		hkdf(file_key, SPAN_OF(nonce), "payload", &key);
		aead_close(&key, last_chunk, text, out + s.total);
		*n = s.total + text.n + TAG;
		ct_public(out, *n);
	}
	wipe(&key, sizeof(key));
	wipe(file_key, sizeof(file_key));
	return e;
}

/* Up to a stop, unpadded base64 of exactly so many bytes. */
static struct span
take_base64(struct span s, char stop, uint8_t *out, size_t want)
{
	uint8_t text[48], raw[BASE64_BYTES(48)];
	const size_t len = (want * 8 + 5) / 6;
	struct base64_shape shape;
	size_t n = 0;

	memset(text, '=', sizeof(text));
	if (s.n <= len || s.p[len] != (uint8_t)stop)
		return span_of(NULL, 0);
	memcpy(text, s.p, len);
	if (base64_bytes(span_of(text, (len + 3) / 4 * 4), raw, sizeof(raw),
	    &n, &shape) != 0 || n != want)
		return span_of(NULL, 0);
	memcpy(out, raw, want);
	return span_of(s.p + len + 1, s.n - len - 1);
}

static struct span
take_text(struct span s, const char *text)
{
	size_t n = strlen(text);

	if (s.n < n || memcmp(s.p, text, n) != 0)
		return span_of(NULL, 0);
	return span_of(s.p + n, s.n - n);
}

static struct span
take_cost(struct span s, unsigned *cost)
{
	size_t i;

	*cost = 0;
	if (s.n == 0)
		return s;
	for (i = 0; i < 2 && i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++)
		*cost = *cost * 10 + s.p[i] - '0';
	return take_text(span_of(s.p + i, s.n - i), "\n");
}

/* Each part in turn; what does not fit leaves nothing to the next. */
static enum err
read_head(struct span *file, struct head *h)
{
	struct span s = take_text(*file, "age-encryption.org/v1\n-> scrypt ");
	uint8_t again[HEAD_MAX];
	struct sink t = sink_to_buf(again, sizeof(again));

	s = take_base64(s, ' ', h->salt, sizeof(h->salt));
	s = take_cost(s, &h->cost);
	s = take_base64(s, '\n', h->body, sizeof(h->body));
	s = take_text(s, "--- ");
	s = take_base64(s, '\n', h->mac, sizeof(h->mac));
	if (s.p == NULL || s.n < NONCE + TAG)
		return ERR_FORM;
	put_head(&t, h);
	if (t.err != 0 || memcmp(again, file->p, t.total) != 0)
		return ERR_FORM;
	*file = s;
	return h->cost < AGE_COST_MIN || h->cost > AGE_COST_MAX ? ERR_RANGE :
	    ERR_NONE;
}

static enum err
unwrap(struct span passphrase, const struct head *h,
    uint8_t file_key[FILE_KEY])
{
	struct secret32 key, mac;
	bool same;
	enum err e;

	if ((e = stretch(passphrase, h, &key)) == 0 &&
	    aead_open(&key, wrap_nonce, SPAN_OF(h->body), file_key) != 0)
		e = ERR_PASSPHRASE;
	if (e == 0) {
		sum_head(h, file_key, &mac);
		same = ct_equal(mac.b, h->mac, sizeof(h->mac));
		ct_public(&same, sizeof(same));
		e = same ? ERR_NONE : ERR_MISMATCH;
	}
	wipe(&key, sizeof(key));
	return e;
}

enum err
age_open(struct span passphrase, struct span file, uint8_t *out, size_t *n)
{
	uint8_t file_key[FILE_KEY];
	struct secret32 key;
	struct head h = { 0 };
	enum err e;

	if ((e = read_head(&file, &h)) != 0)
		return e;
	if (file.n - NONCE - TAG > AGE_TEXT_MAX)
		return ERR_TOO_LARGE;
	if ((e = unwrap(passphrase, &h, file_key)) == 0) {
		hkdf(file_key, span_of(file.p, NONCE), "payload", &key);
		e = aead_open(&key, last_chunk, span_of(file.p + NONCE,
		    file.n - NONCE), out);
		*n = file.n - NONCE - TAG;
	}
	wipe(&key, sizeof(key));
	wipe(file_key, sizeof(file_key));
	return e;
}
