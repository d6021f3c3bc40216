/*
 * aes.h - rounds of AES on many blocks at once, without tables.
 *
 * Sixty-four bytes lie in eight planes: plane i holds bit i of each.  What the
 * standard looks up in a table is computed: inversion in GF(2^8) as a field
 * over GF(2^4), then the affine map.
 *
 *	source	FIPS 197; tower fields as of Itoh and Tsujii 1988; only what
 *		CryptoNight and Groestl-256 need of it; SP 800-38A, counter
 *		mode with a 128-bit counter
 *	shapes	four blocks as eight words of eight bytes, little-endian
 *	units	bytes
 *	owns	nothing; the caller wipes
 *	errors	none
 *	secrets	constant time in everything
 *	tests	tests/unit/cryptonight_test.c, tests/unit/kdf_test.c, tests/ct
 */
#ifndef CORE_CRYPTO_AES_H
#define CORE_CRYPTO_AES_H

#include <stddef.h>
#include <stdint.h>

#define AES_ROUNDS 10

struct planes { uint64_t b[8]; };

void	planes_of_words(const uint64_t w[8], struct planes *);
void	planes_words(const struct planes *, uint64_t w[8]);
/* SubBytes on each of the 64 bytes. */
void	planes_substitute(struct planes *);
/* One full round on four blocks: the key is added at its end. */
void	aes_round(struct planes *, const struct planes *key);
/* The first ten round keys of AES-256, each for all four blocks. */
void	aes_keys(const uint64_t key[4], struct planes out[AES_ROUNDS]);
/* One full round on one block of two words. */
void	aes_round_one(const uint64_t in[2], const uint64_t key[2],
	    uint64_t out[2]);

/* aes_ctr.c: AES-256 in counter mode; in and out may be the same. */
void	aes256_ctr(const uint8_t key[32], const uint8_t counter[16],
	    const uint8_t *in, size_t n, uint8_t *out);

#endif
