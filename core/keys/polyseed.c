#include "core/base/sink.h"
#include "core/crypto/kdf.h"
#include "core/keys/bip39.h"
#include "core/keys/polyseed.h"
#include "core/keys/wordlist.h"

#define PREFIX 4			/* letters that tell a word */
#define SECRET_BYTES 19			/* 150 bits, six in the last byte */
#define ROUNDS 10000

#define ENCRYPTED 0x10u			/* of the five bits of features */
#define EPOCH 1635768000u		/* noon of 1 November 2021, UTC */
#define MONTH 2629746u			/* seconds, a twelfth of a year */

static const struct wordlist list = { bip39_english_table[0],
    sizeof(bip39_english_table[0]), BIP39_WORDS, PREFIX };

/* Words are coefficients over GF(2^11), modulo x^11 + x^2 + 1; their sum at
 * x is zero.  Monero's number among the coins, which is added to the second,
 * is zero. */
static uint32_t
check(const uint32_t w[POLYSEED_WORDS])
{
	uint32_t sum = 0;
	size_t i;

	for (i = POLYSEED_WORDS; i-- > 0;)
		sum = (sum << 1 ^ (0x805 & (0u - (sum >> 10)))) ^ w[i];
	return sum;
}

/* Ten bits of each word for the secret, most significant first, the last byte
 * short; the eleventh bits in a row for the rest. */
static uint32_t
unpack(const uint32_t w[POLYSEED_WORDS], uint8_t secret[SECRET_BYTES])
{
	uint32_t bits = 0, extra = 0;
	unsigned have = 0;
	size_t i, o = 0;

	for (i = 1; i < POLYSEED_WORDS; i++) {
		extra = extra << 1 | (w[i] & 1);
		bits = bits << 10 | w[i] >> 1;
		for (have += 10; have >= 8; have -= 8)
			secret[o++] = (uint8_t)(bits >> (have - 8));
	}
	secret[o] = (uint8_t)(bits & ((1u << have) - 1));
	wipe(&bits, sizeof(bits));
	return extra;
}

/* The password is the secret, filled up to 32 bytes; the salt says for which
 * coin, birthday and features. */
static void
make_seed(const uint8_t secret[SECRET_BYTES], uint32_t birthday,
    struct secret32 *seed)
{
	static const char label[16] = "POLYSEED key\0\xff\xff\xff";
	uint8_t password[32] = { 0 }, salt[32] = { 0 };
	struct sink s = sink_to_buf(salt, sizeof(salt));

	memcpy(password, secret, SECRET_BYTES);
	put_span(&s, span_of(label, sizeof(label)));
	put_u32le(&s, 0);			/* Monero */
	put_u32le(&s, birthday);
	pbkdf2_sha256(SPAN_OF(password), SPAN_OF(salt), ROUNDS, seed);
	wipe(password, sizeof(password));
}

enum err
polyseed_read(struct span text, struct secret32 *seed, uint64_t *birthday,
    size_t *bad)
{
	uint32_t w[POLYSEED_WORDS], sum, extra = 0;
	uint8_t secret[SECRET_BYTES];
	enum err e;

	e = wordlist_read(&list, text, w, POLYSEED_WORDS, bad);
	if (e == 0) {
		sum = check(w);
		extra = unpack(w, secret);
		ct_public(&sum, sizeof(sum));
		ct_public(&extra, sizeof(extra));
		if (sum != 0)
			e = ERR_CHECKSUM;
		else if ((extra >> 10 & ~ENCRYPTED) != 0)
			e = ERR_VERSION;
		else if (extra >> 10 != 0)
			e = ERR_REFUSED;
	}
	if (e == 0) {
		make_seed(secret, extra, seed);
		*birthday = EPOCH + (uint64_t)extra * MONTH;
	}
	wipe(w, sizeof(w));
	wipe(secret, sizeof(secret));
	return e;
}
