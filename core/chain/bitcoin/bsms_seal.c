#include "core/chain/bitcoin/bsms.h"
#include "core/crypto/aes.h"
#include "core/crypto/kdf.h"
#include "core/encode/hex.h"

#define MAC_SIZE 32
#define COUNTER_SIZE 16
#define ROUNDS 2048
#define SHORTEST (MAC_SIZE + 40)	/* no record is shorter */

static const char password[] = "No SPOF";

struct keys {
	struct secret32	 seal, mac;
};

static void
keys_of(const struct bsms_token *t, struct keys *k)
{
	struct secret64 long_key;
	struct hash32 h;

	pbkdf2_sha512(span_text(password), span_of(t->b, t->n), ROUNDS,
	    &long_key);
	memcpy(k->seal.b, long_key.b, sizeof(k->seal.b));
	sha256(SPAN_OF(k->seal.b), &h);
	memcpy(k->mac.b, h.b, sizeof(h.b));
	wipe(&h, sizeof(h));
	wipe(&long_key, sizeof(long_key));
}

/* Over the token's text and the record. */
static enum err
mac_of(const struct keys *k, const struct bsms_token *t, struct span record,
    struct arena *a, struct secret32 *out)
{
	uint8_t *p = arena_new(a, uint8_t, BSMS_TOKEN_TEXT + record.n);
	char text[BSMS_TOKEN_TEXT];
	size_t n;

	if (p == NULL)
		return ERR_SPACE;
	bsms_token_text(t, text);
	n = strlen(text);
	memcpy(p, text, n);
	memcpy(p + n, record.p, record.n);
	hmac_sha256(SPAN_OF(k->mac.b), span_of(p, n + record.n), out);
	return 0;
}

static struct span
without_end(struct span s)
{
	while (s.n > 0 && (s.p[s.n - 1] == '\n' || s.p[s.n - 1] == '\r' ||
	    s.p[s.n - 1] == ' '))
		s.n--;
	return s;
}

static bool
is_hex(uint8_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
	    (c >= 'A' && c <= 'F');
}

/* Nothing but hexadecimal; not that of a transaction or a PSBT, which begin
 * as no MAC but one in four thousand million does. */
bool
bsms_is_sealed(struct span file)
{
	static const char *const others[] = { "70736274", "01000000",
	    "02000000", "03000000" };
	struct span s = without_end(file);
	size_t i;

	if (s.n < 2 * SHORTEST || s.n > BSMS_FILE_MAX || s.n % 2 != 0)
		return false;
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (memcmp(s.p, others[i], 8) == 0)
			return false;
	for (i = 0; i < s.n; i++)
		if (!is_hex(s.p[i]))
			return false;
	return true;
}

enum err
bsms_seal(const struct bsms_token *t, struct span record, struct arena *a,
    struct sink *s)
{
	uint8_t *b = arena_new(a, uint8_t, record.n);
	char *text = arena_new(a, char, 2 * (MAC_SIZE + record.n) + 1);
	struct secret32 mac;
	struct keys k;
	enum err e;

	if (b == NULL || text == NULL)
		return ERR_SPACE;
	keys_of(t, &k);
	if ((e = mac_of(&k, t, record, a, &mac)) == 0) {
		aes256_ctr(k.seal.b, mac.b, record.p, record.n, b);
		hex_text(SPAN_OF(mac.b), text);
		hex_text(span_of(b, record.n), text + 2 * MAC_SIZE);
		put_text(s, text);
		e = s->err;
	}
	wipe(&k, sizeof(k));
	return e;
}

static enum err
open_with(const struct bsms_token *t, struct span sealed, struct arena *a,
    struct span *record)
{
	size_t n = sealed.n - MAC_SIZE;
	uint8_t *b = arena_new(a, uint8_t, n);
	struct secret32 mac;
	struct keys k;
	enum err e;

	if (b == NULL)
		return ERR_SPACE;
	keys_of(t, &k);
	aes256_ctr(k.seal.b, sealed.p, sealed.p + MAC_SIZE, n, b);
	*record = span_of(b, n);
	e = mac_of(&k, t, *record, a, &mac);
	wipe(&k, sizeof(k));
	if (e != 0)
		return e;
	return memcmp(mac.b, sealed.p, MAC_SIZE) == 0 ? ERR_NONE :
	    ERR_CHECKSUM;
}

enum err
bsms_open(struct span file, const struct span *token, size_t n,
    struct arena *a, struct span *record)
{
	struct span s = without_end(file);
	uint8_t *b = arena_new(a, uint8_t, s.n / 2);
	struct bsms_token t;
	size_t i, len, used;
	enum err e;

	if (b == NULL)
		return ERR_SPACE;
	if ((e = hex_bytes(s, b, s.n / 2, &len)) != 0)
		return e;
	used = a->used;
	for (i = 0; i < n; i++) {
		if (bsms_token_read(token[i], &t) != 0 || t.n == 0)
			continue;
		a->used = used;
		e = open_with(&t, span_of(b, len), a, record);
		if (e != ERR_CHECKSUM)
			return e;
	}
	return ERR_CHECKSUM;
}
