#include <stdlib.h>
#include <string.h>

#include <secp256k1.h>
#include <secp256k1_extrakeys.h>
#include <secp256k1_recovery.h>
#include <secp256k1_schnorrsig.h>

#include "core/crypto/hash.h"
#include "core/crypto/secp.h"

/* Written by secp_init alone, before the jail; read-only from then on. */
static secp256k1_context *ctx;

/* A broken promise inside the library: nothing sane can follow, and what it
 * would say could hold a secret. */
static void
broken(const char *text, void *data)
{
	(void)text;
	(void)data;
	abort();
}

enum err
secp_init(const struct secret32 *blind)
{
	if (ctx == NULL)
		ctx = secp256k1_context_create(SECP256K1_CONTEXT_NONE);
	if (ctx == NULL)
		return ERR_SPACE;
	secp256k1_context_set_illegal_callback(ctx, broken, NULL);
	secp256k1_context_set_error_callback(ctx, broken, NULL);
	if (blind != NULL && !secp256k1_context_randomize(ctx, blind->b))
		return ERR_INTERNAL;
	return 0;
}

static enum err
parse(const struct pubkey *p, secp256k1_pubkey *key)
{
	return secp256k1_ec_pubkey_parse(ctx, key, p->b, sizeof(p->b)) ?
	    0 : ERR_KEY;
}

static void
compress(const secp256k1_pubkey *key, struct pubkey *out)
{
	size_t n = sizeof(out->b);

	(void)secp256k1_ec_pubkey_serialize(ctx, out->b, &n, key,
	    SECP256K1_EC_COMPRESSED);
}

enum err
pub_check(const struct pubkey *p)
{
	secp256k1_pubkey key;

	return parse(p, &key);
}

enum err
pub_of_span(struct span s, struct pubkey *out)
{
	secp256k1_pubkey key;

	/* The library would also read the hybrid forms 06 and 07. */
	if (s.n != 33 && (s.n != 65 || s.p[0] != 4))
		return ERR_KEY;
	if (!secp256k1_ec_pubkey_parse(ctx, &key, s.p, s.n))
		return ERR_KEY;
	compress(&key, out);
	return 0;
}

enum err
xonly_check(const struct xonly *x)
{
	secp256k1_xonly_pubkey key;

	return secp256k1_xonly_pubkey_parse(ctx, &key, x->b) ? 0 : ERR_KEY;
}

struct xonly
xonly_of_pub(const struct pubkey *p)
{
	struct xonly x;

	memcpy(x.b, p->b + 1, sizeof(x.b));
	return x;
}

static enum err
create(const struct secret32 *k, secp256k1_pubkey *key)
{
	int ok = secp256k1_ec_pubkey_create(ctx, key, k->b);

	ct_public(&ok, sizeof(ok));
	ct_public(key, sizeof(*key));
	return ok ? 0 : ERR_KEY;
}

enum err
pub_of_secret(const struct secret32 *k, struct pubkey *out)
{
	secp256k1_pubkey key;
	enum err e;

	if ((e = create(k, &key)) == 0)
		compress(&key, out);
	return e;
}

enum err
secret_add(struct secret32 *k, const struct secret32 *tweak)
{
	struct secret32 sum = *k;
	int ok = secp256k1_ec_seckey_tweak_add(ctx, sum.b, tweak->b);

	ct_public(&ok, sizeof(ok));
	if (ok)
		*k = sum;
	wipe(&sum, sizeof(sum));
	return ok ? 0 : ERR_KEY;
}

_Static_assert(sizeof(struct pubpoint) == sizeof(secp256k1_pubkey),
    "the library's own form");

enum err
pub_point(const struct pubkey *p, struct pubpoint *out)
{
	secp256k1_pubkey key;
	enum err e;

	if ((e = parse(p, &key)) == 0)
		memcpy(out->b, key.data, sizeof(out->b));
	return e;
}

enum err
pub_add(const struct pubpoint *p, const struct hash32 *tweak,
    struct pubkey *out)
{
	secp256k1_pubkey key;

	memcpy(key.data, p->b, sizeof(key.data));
	if (!secp256k1_ec_pubkey_tweak_add(ctx, &key, tweak->b))
		return ERR_KEY;
	compress(&key, out);
	return 0;
}

/* BIP341: what an internal key is tweaked with. */
static void
tap_tweak(const uint8_t internal[32], const struct hash32 *root,
    struct hash32 *out)
{
	struct sha256 h;

	tagged_begin(&h, "TapTweak");
	sha256_put(&h, span_of(internal, 32));
	if (root != NULL)
		sha256_put(&h, SPAN_OF(root->b));
	sha256_end(&h, out);
}

enum err
tap_output(const struct xonly *internal, const struct hash32 *root,
    struct xonly *out, uint8_t *parity)
{
	secp256k1_xonly_pubkey in, x;
	secp256k1_pubkey key;
	struct hash32 t;
	int odd;

	if (!secp256k1_xonly_pubkey_parse(ctx, &in, internal->b))
		return ERR_KEY;
	tap_tweak(internal->b, root, &t);
	if (!secp256k1_xonly_pubkey_tweak_add(ctx, &key, &in, t.b) ||
	    !secp256k1_xonly_pubkey_from_pubkey(ctx, &x, &odd, &key))
		return ERR_KEY;
	(void)secp256k1_xonly_pubkey_serialize(ctx, out->b, &x);
	*parity = (uint8_t)odd;
	return 0;
}

/* BIP341's taproot_tweak_seckey.  Which sign the public key has is public. */
static int
tweak_secret(struct secret32 *k, const struct pubkey *p,
    const struct hash32 *root)
{
	struct hash32 t;

	tap_tweak(p->b + 1, root, &t);
	if (p->b[0] == 3 && !secp256k1_ec_seckey_negate(ctx, k->b))
		return 0;
	return secp256k1_ec_seckey_tweak_add(ctx, k->b, t.b);
}

enum err
tap_secret(struct secret32 *k, const struct hash32 *root)
{
	struct secret32 sum = *k;
	struct pubkey p;
	enum err e;
	int ok;

	if ((e = pub_of_secret(k, &p)) == 0) {
		ok = tweak_secret(&sum, &p, root);
		ct_public(&ok, sizeof(ok));
		if (ok)
			*k = sum;
		else
			e = ERR_KEY;
	}
	wipe(&sum, sizeof(sum));
	return e;
}

enum err
ecdsa_sign(const struct secret32 *k, const struct hash32 *digest,
    struct sig64 *out)
{
	secp256k1_ecdsa_signature sig;
	uint8_t extra[32] = { 0 }, rs[64];
	uint32_t try = 0;
	int ok;

	do {
		ok = secp256k1_ecdsa_sign(ctx, &sig, digest->b, k->b,
		    secp256k1_nonce_function_rfc6979, try > 0 ? extra : NULL);
		ct_public(&ok, sizeof(ok));
		if (!ok)
			return ERR_KEY;
		/* A signature that is thrown away for its R never leaves;
		 * how often that happens says nothing about the key. */
		ct_public(&sig, sizeof(sig));
		(void)secp256k1_ecdsa_signature_serialize_compact(ctx, rs,
		    &sig);
		try++;
		extra[0] = (uint8_t)try;
		extra[1] = (uint8_t)(try >> 8);
		extra[2] = (uint8_t)(try >> 16);
		extra[3] = (uint8_t)(try >> 24);
	} while (rs[0] >= 0x80);
	memcpy(out->b, rs, sizeof(out->b));
	return 0;
}

static enum err
verify(const secp256k1_pubkey *key, const struct hash32 *digest,
    const struct sig64 *s)
{
	secp256k1_ecdsa_signature sig;

	/* secp256k1_ecdsa_verify takes low S only. */
	if (!secp256k1_ecdsa_signature_parse_compact(ctx, &sig, s->b) ||
	    !secp256k1_ecdsa_verify(ctx, &sig, digest->b, key))
		return ERR_MISMATCH;
	return 0;
}

enum err
ecdsa_verify(const struct pubkey *p, const struct hash32 *digest,
    const struct sig64 *s)
{
	secp256k1_pubkey key;
	enum err e;

	if ((e = parse(p, &key)) != 0)
		return e;
	return verify(&key, digest, s);
}

enum err
ecdsa_sign_sure(const struct secret32 *k, const struct hash32 *digest,
    struct sig64 *out)
{
	secp256k1_pubkey key;
	enum err e;

	if ((e = create(k, &key)) != 0 ||
	    (e = ecdsa_sign(k, digest, out)) != 0)
		return e;
	return verify(&key, digest, out);
}

enum err
ecdsa_recover(const struct hash32 *digest, const struct sig64 *s,
    unsigned number, struct pubkey *out)
{
	secp256k1_ecdsa_recoverable_signature sig;
	secp256k1_pubkey key;

	if (number > 3)
		return ERR_RANGE;
	if (!secp256k1_ecdsa_recoverable_signature_parse_compact(ctx, &sig,
	    s->b, (int)number) ||
	    !secp256k1_ecdsa_recover(ctx, &key, &sig, digest->b))
		return ERR_MISMATCH;
	compress(&key, out);
	return 0;
}

/* 0 when r or s is no number of the group: there is nothing to write. */
size_t
ecdsa_to_der(const struct sig64 *s, uint8_t out[SIG_DER_MAX])
{
	secp256k1_ecdsa_signature sig;
	size_t n = SIG_DER_MAX;

	if (!secp256k1_ecdsa_signature_parse_compact(ctx, &sig, s->b) ||
	    !secp256k1_ecdsa_signature_serialize_der(ctx, out, &n, &sig))
		return 0;
	return n;
}

/*
 * The library reads some numbers that BIP66 forbids (it turns a number out of
 * range into zero): only what comes out again byte for byte is taken.
 */
enum err
ecdsa_of_der(struct span der, struct sig64 *out)
{
	static const uint8_t zero[32];
	secp256k1_ecdsa_signature sig;
	uint8_t again[SIG_DER_MAX], rs[64];
	size_t n = sizeof(again);

	if (der.n == 0 ||
	    !secp256k1_ecdsa_signature_parse_der(ctx, &sig, der.p, der.n) ||
	    !secp256k1_ecdsa_signature_serialize_der(ctx, again, &n, &sig) ||
	    !span_eq(der, span_of(again, n)))
		return ERR_FORM;
	(void)secp256k1_ecdsa_signature_serialize_compact(ctx, rs, &sig);
	if (memcmp(rs, zero, 32) == 0 || memcmp(rs + 32, zero, 32) == 0)
		return ERR_FORM;
	memcpy(out->b, rs, sizeof(out->b));
	return 0;
}

/* By way of the whole point: the library's own short cut branches on the sign
 * of Y, which is public but still marked. */
static int
signer_of(const secp256k1_keypair *pair, struct xonly *out)
{
	secp256k1_pubkey key;
	struct pubkey whole;

	if (!secp256k1_keypair_pub(ctx, &key, pair))
		return 0;
	ct_public(&key, sizeof(key));
	compress(&key, &whole);
	*out = xonly_of_pub(&whole);
	return 1;
}

enum err
schnorr_sign_as(const struct secret32 *k, const struct hash32 *digest,
    struct sig64 *out, struct xonly *signer)
{
	static const uint8_t aux[32];
	secp256k1_keypair pair;
	uint8_t sig[64];
	int ok = secp256k1_keypair_create(ctx, &pair, k->b);

	ct_public(&ok, sizeof(ok));
	if (ok)
		ok = signer_of(&pair, signer);
	if (ok)
		ok = secp256k1_schnorrsig_sign32(ctx, sig, digest->b, &pair,
		    aux);
	wipe(&pair, sizeof(pair));
	ct_public(&ok, sizeof(ok));
	if (!ok)
		return ERR_KEY;
	ct_public(sig, sizeof(sig));
	memcpy(out->b, sig, sizeof(out->b));
	return 0;
}

enum err
schnorr_sign(const struct secret32 *k, const struct hash32 *digest,
    struct sig64 *out)
{
	struct xonly signer;

	return schnorr_sign_as(k, digest, out, &signer);
}

enum err
schnorr_verify(const struct xonly *x, const struct hash32 *digest,
    const struct sig64 *sig)
{
	secp256k1_xonly_pubkey key;

	if (!secp256k1_xonly_pubkey_parse(ctx, &key, x->b))
		return ERR_KEY;
	if (!secp256k1_schnorrsig_verify(ctx, sig->b, digest->b,
	    sizeof(digest->b), &key))
		return ERR_MISMATCH;
	return 0;
}
