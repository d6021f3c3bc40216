/*
 * secp.h - the curve secp256k1: a thin contract over libsecp256k1.
 *
 *	source	BIP340, BIP341, BIP32, RFC 6979, BIP62 (low S)
 *	shapes	pubkey: 33 bytes compressed; xonly: 32 bytes; sig64: r ‖ s
 *	units	bytes
 *	owns	one library context a process, made by secp_init
 *	errors	ERR_KEY: not a key, or the result would not be one;
 *		ERR_FORM: not a strict DER signature; ERR_MISMATCH: a
 *		signature does not verify
 *	secrets	secret32; constant time (libsecp256k1); blinded by secp_init
 *	tests	tests/unit/secp_test.c, tests/ct
 */
#ifndef CORE_CRYPTO_SECP_H
#define CORE_CRYPTO_SECP_H

#include "core/base/err.h"
#include "core/base/secret.h"
#include "core/base/span.h"

struct pubkey { uint8_t b[33]; };
struct xonly { uint8_t b[32]; };
struct sig64 { uint8_t b[64]; };
/* A public key read once (that takes a square root) and used often. */
struct pubpoint { uint8_t b[64]; };

#define SIG_DER_MAX 72

/* Once a process, before the jail: makes the context; a blinding of 32 random
 * bytes may be given (NULL where no secret will pass). */
enum err secp_init(const struct secret32 *blind) must_check;

enum err pub_check(const struct pubkey *) must_check;	/* on the curve? */
/* 33 or 65 bytes; 65 (uncompressed, 04) is checked and compressed. */
enum err pub_of_span(struct span, struct pubkey *) must_check;
enum err xonly_check(const struct xonly *) must_check;
struct xonly xonly_of_pub(const struct pubkey *);

enum err pub_of_secret(const struct secret32 *, struct pubkey *) must_check;
enum err secret_add(struct secret32 *, const struct secret32 *tweak)
	    must_check;
enum err pub_point(const struct pubkey *, struct pubpoint *) must_check;
enum err pub_add(const struct pubpoint *, const struct hash32 *tweak,
	    struct pubkey *out) must_check;

/* Taproot: output key of an internal key; root NULL means no scripts. */
enum err tap_output(const struct xonly *internal, const struct hash32 *root,
	    struct xonly *out, uint8_t *parity) must_check;
/* The secret that signs for that output key. */
enum err tap_secret(struct secret32 *, const struct hash32 *root) must_check;

/* RFC 6979, low S; ground for a low R with a little-endian counter as extra
 * data from the second try, which is Bitcoin Core's way, so that the bytes
 * are Core's. */
enum err ecdsa_sign(const struct secret32 *, const struct hash32 *digest,
	    struct sig64 *) must_check;
/* The same, verified with the key that the secret gives. */
enum err ecdsa_sign_sure(const struct secret32 *, const struct hash32 *digest,
	    struct sig64 *) must_check;
enum err ecdsa_verify(const struct pubkey *, const struct hash32 *digest,
	    const struct sig64 *) must_check;	/* low S demanded */
/* The key that made a signature, by the number (0 to 3) that tells the up to
 * four apart for which it holds; public. */
enum err ecdsa_recover(const struct hash32 *digest, const struct sig64 *,
	    unsigned number, struct pubkey *) must_check;
size_t	 ecdsa_to_der(const struct sig64 *, uint8_t out[SIG_DER_MAX]);
enum err ecdsa_of_der(struct span, struct sig64 *) must_check;

/* BIP340 with auxiliary randomness of 32 zero bytes: fixed and announced, so
 * that a second machine makes the same bytes. */
enum err schnorr_sign(const struct secret32 *, const struct hash32 *digest,
	    struct sig64 *) must_check;
/* The same, and the key that it can be verified with, found on the way. */
enum err schnorr_sign_as(const struct secret32 *, const struct hash32 *digest,
	    struct sig64 *, struct xonly *signer) must_check;
enum err schnorr_verify(const struct xonly *, const struct hash32 *digest,
	    const struct sig64 *) must_check;

#endif
