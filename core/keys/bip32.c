#include <string.h>

#include "core/crypto/hash.h"
#include "core/crypto/kdf.h"
#include "core/encode/base58.h"
#include "core/keys/bip32.h"

static void
put_be32(uint8_t out[4], uint32_t v)
{
	out[0] = (uint8_t)(v >> 24);
	out[1] = (uint8_t)(v >> 16);
	out[2] = (uint8_t)(v >> 8);
	out[3] = (uint8_t)v;
}

static uint32_t
be32(const uint8_t p[4])
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	    (uint32_t)p[2] << 8 | (uint32_t)p[3];
}

struct fpr
fpr_of_pub(const struct pubkey *p)
{
	struct hash20 h;
	struct fpr f;

	hash160(SPAN_OF(p->b), &h);
	memcpy(f.b, h.b, sizeof(f.b));
	return f;
}

enum err
xprv_of_seed(struct span seed, struct xprv *out)
{
	struct xprv x = { 0 };
	struct secret64 i;
	struct pubkey p;
	enum err e;

	if (seed.n < 16 || seed.n > 64)
		return ERR_RANGE;
	hmac_sha512(span_text("Bitcoin seed"), seed, &i);
	memcpy(x.key.b, i.b, 32);
	memcpy(x.chain.b, i.b + 32, 32);
	if ((e = pub_of_secret(&x.key, &p)) == 0)
		*out = x;
	wipe(&i, sizeof(i));
	wipe(&x, sizeof(x));
	return e;
}

enum err
xprv_child_of(const struct xprv *up, const struct pubkey *p, uint32_t index,
    struct xprv *out)
{
	struct xprv x = { .index = index, .depth = (uint8_t)(up->depth + 1) };
	struct secret64 i;
	struct secret32 left;
	uint8_t data[37] = { 0 };
	enum err e;

	if (up->depth == UINT8_MAX)
		return ERR_RANGE;
	if (index >= HARDENED)
		memcpy(data + 1, up->key.b, 32);
	else
		memcpy(data, p->b, 33);
	put_be32(data + 33, index);
	hmac_sha512(SPAN_OF(up->chain.b), SPAN_OF(data), &i);
	memcpy(left.b, i.b, 32);
	memcpy(x.chain.b, i.b + 32, 32);
	x.key = up->key;
	x.parent = fpr_of_pub(p);
	if ((e = secret_add(&x.key, &left)) == 0)
		*out = x;
	wipe(data, sizeof(data));
	wipe(&left, sizeof(left));
	wipe(&i, sizeof(i));
	wipe(&x, sizeof(x));
	return e;
}

enum err
xprv_child(const struct xprv *up, uint32_t index, struct xprv *out)
{
	struct pubkey p;
	enum err e;

	if ((e = pub_of_secret(&up->key, &p)) != 0)
		return e;
	return xprv_child_of(up, &p, index, out);
}

enum err
xprv_derive(const struct xprv *up, const struct path *path, struct xprv *out)
{
	struct xprv x = *up;
	enum err e = 0;
	uint32_t i;

	for (i = 0; i < path->n && e == 0; i++)
		e = xprv_child(&x, path->e[i], &x);
	if (e == 0)
		*out = x;
	wipe(&x, sizeof(x));
	return e;
}

enum err
xprv_neuter(const struct xprv *x, struct xpub *out)
{
	struct xpub p = { .parent = x->parent, .index = x->index,
	    .depth = x->depth };
	enum err e;

	if ((e = pub_of_secret(&x->key, &p.key)) != 0)
		return e;
	/* Below a hardened step the chain code is public. */
	memcpy(p.chain.b, x->chain.b, sizeof(p.chain.b));
	ct_public(&p.chain, sizeof(p.chain));
	*out = p;
	return 0;
}

enum err
xpub_child(const struct xpub *up, uint32_t index, struct xpub *out)
{
	struct pubpoint p;
	enum err e;

	if ((e = pub_point(&up->key, &p)) != 0)
		return e;
	return xpub_child_of(up, &p, index, out);
}

enum err
xpub_child_of(const struct xpub *up, const struct pubpoint *p, uint32_t index,
    struct xpub *out)
{
	struct xpub x = { .index = index, .depth = (uint8_t)(up->depth + 1) };
	struct secret64 i;
	struct hash32 left;
	uint8_t data[37];
	enum err e;

	if (index >= HARDENED || up->depth == UINT8_MAX)
		return ERR_RANGE;
	memcpy(data, up->key.b, 33);
	put_be32(data + 33, index);
	hmac_sha512(SPAN_OF(up->chain.b), SPAN_OF(data), &i);
	memcpy(left.b, i.b, 32);
	memcpy(x.chain.b, i.b + 32, 32);
	if ((e = pub_add(p, &left, &x.key)) != 0)
		return e;
	x.parent = fpr_of_pub(&up->key);
	*out = x;
	return 0;
}

void
xpub_bytes(const struct xpub *x, uint32_t version, uint8_t out[XPUB_SIZE])
{
	put_be32(out, version);
	out[4] = x->depth;
	memcpy(out + 5, x->parent.b, 4);
	put_be32(out + 9, x->index);
	memcpy(out + 13, x->chain.b, 32);
	memcpy(out + 45, x->key.b, 33);
}

enum err
xpub_of_bytes(struct span s, uint32_t *version, struct xpub *out)
{
	struct xpub x = { 0 };
	enum err e;

	if (s.n != XPUB_SIZE)
		return ERR_FORM;
	x.depth = s.p[4];
	memcpy(x.parent.b, s.p + 5, 4);
	x.index = be32(s.p + 9);
	memcpy(x.chain.b, s.p + 13, 32);
	memcpy(x.key.b, s.p + 45, 33);
	if (x.depth == 0 && (x.index != 0 || be32(x.parent.b) != 0))
		return ERR_FORM;
	if ((e = pub_check(&x.key)) != 0)
		return e;
	*version = be32(s.p);
	*out = x;
	return 0;
}

enum err
xpub_text(const struct xpub *x, uint32_t version, char out[XPUB_TEXT_MAX])
{
	uint8_t b[XPUB_SIZE];

	xpub_bytes(x, version, b);
	return base58check_text(SPAN_OF(b), out, XPUB_TEXT_MAX);
}

void
put_xpub(struct sink *s, const struct xpub *x)
{
	uint8_t b[XPUB_SIZE];

	xpub_bytes(x, 0, b);
	put_span(s, SPAN_OF(b));
}

void
read_xpub(struct reader *r, struct xpub *out)
{
	struct span s = read_span(r, XPUB_SIZE);
	struct xpub x = { 0 };
	uint32_t version = 0;
	enum err e;

	if (s.n == XPUB_SIZE) {
		e = xpub_of_bytes(s, &version, &x);
		if (e == 0 && version != 0)
			e = ERR_VERSION;
		if (e != 0) {
			reader_fail(r, e);
			x = (struct xpub){ 0 };
		}
	}
	*out = x;
}
