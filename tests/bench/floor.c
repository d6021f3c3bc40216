/*
 * floor KIND N [two]: what no signer can do without, and nothing else.
 *
 * For each of N inputs, with the library alone: the child's private key from
 * its parent's, its public key, a signature (ECDSA ground for a low R, or
 * BIP340 with the tweaked key), and its verification.  No file, no review, no
 * digest of a transaction, one process.  Prints the microseconds it took.
 *
 * "two": and what a second party must do that does not believe the first:
 * derive the public key for itself, and verify for itself.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <secp256k1.h>
#include <secp256k1_extrakeys.h>
#include <secp256k1_schnorrsig.h>
#include <sodium.h>

static secp256k1_context *ctx;
static uint8_t parent[32] = { 1 }, chain[32] = { 2 }, parent_pub[33];
static uint8_t last[32];		/* the child's tweak */
static secp256k1_pubkey parent_point;
static int two;

static void
must(int ok)
{
	if (!ok)
		exit(1);
}

static void
compress(const secp256k1_pubkey *p, uint8_t out[33])
{
	size_t n = 33;

	must(secp256k1_ec_pubkey_serialize(ctx, out, &n, p,
	    SECP256K1_EC_COMPRESSED));
}

static void
tweak_of(uint32_t i, uint8_t out[64])
{
	crypto_auth_hmacsha512_state s;
	uint8_t data[37];

	memcpy(data, parent_pub, 33);
	data[33] = (uint8_t)(i >> 24);
	data[34] = (uint8_t)(i >> 16);
	data[35] = (uint8_t)(i >> 8);
	data[36] = (uint8_t)i;
	(void)crypto_auth_hmacsha512_init(&s, chain, 32);
	(void)crypto_auth_hmacsha512_update(&s, data, sizeof(data));
	(void)crypto_auth_hmacsha512_final(&s, out);
}

static void
child(uint32_t i, uint8_t key[32])
{
	uint8_t out[64];

	tweak_of(i, out);
	memcpy(last, out, sizeof(last));
	memcpy(key, parent, 32);
	must(secp256k1_ec_seckey_tweak_add(ctx, key, out));
	if (two)		/* who hashes for himself */
		tweak_of(i, out);
}

/* The second party's key: from the parent's public one alone. */
static void
other(const uint8_t tweak[32], secp256k1_pubkey *out)
{
	*out = parent_point;
	must(secp256k1_ec_pubkey_tweak_add(ctx, out, tweak));
}

static void
ecdsa(const uint8_t key[32], const uint8_t digest[32])
{
	secp256k1_ecdsa_signature sig;
	secp256k1_pubkey pub;
	uint8_t rs[64], extra[32] = { 0 }, c[33];

	must(secp256k1_ec_pubkey_create(ctx, &pub, key));
	compress(&pub, c);
	do {
		must(secp256k1_ecdsa_sign(ctx, &sig, digest, key,
		    secp256k1_nonce_function_rfc6979,
		    extra[0] > 0 ? extra : NULL));
		(void)secp256k1_ecdsa_signature_serialize_compact(ctx, rs,
		    &sig);
		extra[0]++;
	} while (rs[0] >= 0x80);
	must(secp256k1_ecdsa_verify(ctx, &sig, digest, &pub));
	if (two) {
		other(last, &pub);
		must(secp256k1_ecdsa_verify(ctx, &sig, digest, &pub));
	}
}

static void
schnorr(const uint8_t key[32], const uint8_t digest[32])
{
	static const uint8_t aux[32];
	secp256k1_xonly_pubkey x;
	secp256k1_keypair pair;
	secp256k1_pubkey pub;
	uint8_t tag[32], tweak[32], sig[64], in[32];
	crypto_hash_sha256_state s;

	must(secp256k1_keypair_create(ctx, &pair, key));
	must(secp256k1_keypair_xonly_pub(ctx, &x, NULL, &pair));
	must(secp256k1_xonly_pubkey_serialize(ctx, in, &x));
	(void)crypto_hash_sha256(tag, (const uint8_t *)"TapTweak", 8);
	(void)crypto_hash_sha256_init(&s);
	(void)crypto_hash_sha256_update(&s, tag, 32);
	(void)crypto_hash_sha256_update(&s, tag, 32);
	(void)crypto_hash_sha256_update(&s, in, 32);
	(void)crypto_hash_sha256_final(&s, tweak);
	must(secp256k1_keypair_xonly_tweak_add(ctx, &pair, tweak));
	must(secp256k1_keypair_xonly_pub(ctx, &x, NULL, &pair));
	must(secp256k1_schnorrsig_sign32(ctx, sig, digest, &pair, aux));
	must(secp256k1_schnorrsig_verify(ctx, sig, digest, 32, &x));
	if (!two)
		return;
	other(last, &pub);
	must(secp256k1_xonly_pubkey_from_pubkey(ctx, &x, NULL, &pub));
	must(secp256k1_xonly_pubkey_tweak_add(ctx, &pub, &x, tweak));
	must(secp256k1_xonly_pubkey_from_pubkey(ctx, &x, NULL, &pub));
	must(secp256k1_schnorrsig_verify(ctx, sig, digest, 32, &x));
}

static double
now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

int
main(int argc, char **argv)
{
	uint8_t key[32], digest[32] = { 3 };
	uint32_t i, n;
	double from;

	if (argc < 3)
		return 1;
	two = argc > 3;
	n = (uint32_t)strtoul(argv[2], NULL, 10);
	ctx = secp256k1_context_create(SECP256K1_CONTEXT_NONE);
	must(ctx != NULL && sodium_init() >= 0);
	must(secp256k1_ec_pubkey_create(ctx, &parent_point, parent));
	compress(&parent_point, parent_pub);
	from = now();
	for (i = 0; i < n; i++) {
		memcpy(digest, &i, sizeof(i));
		child(i, key);
		if (strcmp(argv[1], "tr") == 0)
			schnorr(key, digest);
		else
			ecdsa(key, digest);
	}
	printf("%.0f\n", now() - from);
	return 0;
}
