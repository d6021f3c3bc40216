#include "core/crypto/hash.h"

void
sha256_begin(struct sha256 *h)
{
	(void)crypto_hash_sha256_init(&h->s);
}

void
sha256_put(struct sha256 *h, struct span b)
{
	if (b.n > 0)
		(void)crypto_hash_sha256_update(&h->s, b.p, b.n);
}

void
sha256_end(struct sha256 *h, struct hash32 *out)
{
	(void)crypto_hash_sha256_final(&h->s, out->b);
}

static void
hash_put(struct sink *s, struct span b)
{
	sha256_put(s->hash, b);
}

struct sink
sink_to_sha256(struct sha256 *h)
{
	return (struct sink){ .put = hash_put, .hash = h };
}

void
sha256(struct span b, struct hash32 *out)
{
	struct sha256 h;

	sha256_begin(&h);
	sha256_put(&h, b);
	sha256_end(&h, out);
	wipe(&h, sizeof(h));
}

void
hash256_end(struct sha256 *h, struct hash32 *out)
{
	sha256_end(h, out);
	sha256(SPAN_OF(out->b), out);
}

void
hash256(struct span b, struct hash32 *out)
{
	sha256(b, out);
	sha256(SPAN_OF(out->b), out);
}

void
sha512(struct span b, struct secret64 *out)
{
	crypto_hash_sha512_state s;

	(void)crypto_hash_sha512_init(&s);
	if (b.n > 0)
		(void)crypto_hash_sha512_update(&s, b.p, b.n);
	(void)crypto_hash_sha512_final(&s, out->b);
	wipe(&s, sizeof(s));
}

void
hash160(struct span b, struct hash20 *out)
{
	struct hash32 h;

	sha256(b, &h);
	ripemd160(SPAN_OF(h.b), out);
	wipe(&h, sizeof(h));
}

void
tagged_begin(struct sha256 *h, const char *tag)
{
	struct hash32 t;

	sha256(span_text(tag), &t);
	sha256_begin(h);
	sha256_put(h, SPAN_OF(t.b));
	sha256_put(h, SPAN_OF(t.b));
}
