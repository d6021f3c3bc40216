#include <sodium.h>

#include "core/crypto/kdf.h"

/* HMAC with either hash; which one goes by the bytes that it gives. */
enum width { WIDTH_256 = 32, WIDTH_512 = 64 };

union mac {
	crypto_auth_hmacsha256_state s256;
	crypto_auth_hmacsha512_state s512;
};

static void
mac_begin(union mac *m, enum width w, struct span key)
{
	static const uint8_t none;
	const uint8_t *p = key.n > 0 ? key.p : &none;

	if (w == WIDTH_256)
		(void)crypto_auth_hmacsha256_init(&m->s256, p, key.n);
	else
		(void)crypto_auth_hmacsha512_init(&m->s512, p, key.n);
}

static void
mac_put(union mac *m, enum width w, struct span b)
{
	if (b.n == 0)
		return;
	if (w == WIDTH_256)
		(void)crypto_auth_hmacsha256_update(&m->s256, b.p, b.n);
	else
		(void)crypto_auth_hmacsha512_update(&m->s512, b.p, b.n);
}

static void
mac_end(union mac *m, enum width w, uint8_t *out)
{
	if (w == WIDTH_256)
		(void)crypto_auth_hmacsha256_final(&m->s256, out);
	else
		(void)crypto_auth_hmacsha512_final(&m->s512, out);
}

void
hmac_sha256(struct span key, struct span data, struct secret32 *out)
{
	union mac m;

	mac_begin(&m, WIDTH_256, key);
	mac_put(&m, WIDTH_256, data);
	mac_end(&m, WIDTH_256, out->b);
	wipe(&m, sizeof(m));
}

void
hmac_sha512(struct span key, struct span data, struct secret64 *out)
{
	union mac m;

	mac_begin(&m, WIDTH_512, key);
	mac_put(&m, WIDTH_512, data);
	mac_end(&m, WIDTH_512, out->b);
	wipe(&m, sizeof(m));
}

/*
 * One block of RFC 8018's PBKDF2, as long as the hash.  The state with the
 * key absorbed is made once and copied for each round: two compressions a
 * round instead of four.
 */
static void
pbkdf2(enum width w, struct span password, struct span salt, uint32_t rounds,
    uint8_t *out)
{
	static const uint8_t first[4] = { 0, 0, 0, 1 };
	union mac keyed, m;
	uint8_t u[WIDTH_512], t[WIDTH_512];
	uint32_t r;
	size_t i;

	mac_begin(&keyed, w, password);
	m = keyed;
	mac_put(&m, w, salt);
	mac_put(&m, w, SPAN_OF(first));
	mac_end(&m, w, u);
	memcpy(t, u, w);
	for (r = 1; r < rounds; r++) {
		m = keyed;
		mac_put(&m, w, span_of(u, w));
		mac_end(&m, w, u);
		for (i = 0; i < w; i++)
			t[i] ^= u[i];
	}
	memcpy(out, t, w);
	wipe(&keyed, sizeof(keyed));
	wipe(&m, sizeof(m));
	wipe(u, sizeof(u));
	wipe(t, sizeof(t));
}

void
pbkdf2_sha512(struct span password, struct span salt, uint32_t rounds,
    struct secret64 *out)
{
	pbkdf2(WIDTH_512, password, salt, rounds, out->b);
}

void
pbkdf2_sha256(struct span password, struct span salt, uint32_t rounds,
    struct secret32 *out)
{
	pbkdf2(WIDTH_256, password, salt, rounds, out->b);
}

enum err
scrypt(struct span password, struct span salt, unsigned log_n,
    struct secret32 *out)
{
	return crypto_pwhash_scryptsalsa208sha256_ll(password.p, password.n,
	    salt.p, salt.n, (uint64_t)1 << log_n, 8, 1, out->b,
	    sizeof(out->b)) == 0 ? ERR_NONE : ERR_SPACE;
}
