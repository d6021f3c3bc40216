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
 * round instead of four.  u: the last round's; t: the sum of all so far.
 */
static void
first_round(enum width w, const union mac *keyed, struct span salt,
    uint8_t *u, uint8_t *t)
{
	static const uint8_t first[4] = { 0, 0, 0, 1 };
	union mac m = *keyed;

	mac_put(&m, w, salt);
	mac_put(&m, w, SPAN_OF(first));
	mac_end(&m, w, u);
	memcpy(t, u, w);
	wipe(&m, sizeof(m));
}

static void
more_rounds(enum width w, const union mac *keyed, uint32_t n, uint8_t *u,
    uint8_t *t)
{
	union mac m;
	size_t i;

	while (n-- > 0) {
		m = *keyed;
		mac_put(&m, w, span_of(u, w));
		mac_end(&m, w, u);
		for (i = 0; i < w; i++)
			t[i] ^= u[i];
	}
	wipe(&m, sizeof(m));
}

static void
pbkdf2(enum width w, struct span password, struct span salt, uint32_t rounds,
    uint8_t *out)
{
	union mac keyed;
	uint8_t u[WIDTH_512], t[WIDTH_512];

	mac_begin(&keyed, w, password);
	first_round(w, &keyed, salt, u, t);
	more_rounds(w, &keyed, rounds - 1, u, t);
	memcpy(out, t, w);
	wipe(&keyed, sizeof(keyed));
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

void
pbkdf2_begin(struct pbkdf2 *p, struct span password, struct span salt,
    uint32_t rounds)
{
	union mac keyed;

	_Static_assert(sizeof(keyed.s256) <= PBKDF2_STATE, "a state");
	mac_begin(&keyed, WIDTH_256, password);
	memcpy(p->state, &keyed.s256, sizeof(keyed.s256));
	first_round(WIDTH_256, &keyed, salt, p->last.b, p->sum.b);
	p->left = rounds - 1;
	wipe(&keyed, sizeof(keyed));
}

void
pbkdf2_go(struct pbkdf2 *p, uint32_t rounds)
{
	uint32_t n = rounds < p->left ? rounds : p->left;
	union mac keyed;

	memcpy(&keyed.s256, p->state, sizeof(keyed.s256));
	more_rounds(WIDTH_256, &keyed, n, p->last.b, p->sum.b);
	p->left -= n;
	wipe(&keyed, sizeof(keyed));
}

enum err
scrypt(struct span password, struct span salt, unsigned log_n,
    struct secret32 *out)
{
	return crypto_pwhash_scryptsalsa208sha256_ll(password.p, password.n,
	    salt.p, salt.n, (uint64_t)1 << log_n, 8, 1, out->b,
	    sizeof(out->b)) == 0 ? ERR_NONE : ERR_SPACE;
}
