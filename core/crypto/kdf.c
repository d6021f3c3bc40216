#include <sodium.h>

#include "core/crypto/kdf.h"

static void
mac_begin(crypto_auth_hmacsha512_state *s, struct span key)
{
	static const uint8_t none;

	(void)crypto_auth_hmacsha512_init(s, key.n > 0 ? key.p : &none, key.n);
}

static void
mac_put(crypto_auth_hmacsha512_state *s, struct span b)
{
	if (b.n > 0)
		(void)crypto_auth_hmacsha512_update(s, b.p, b.n);
}

void
hmac_sha512(struct span key, struct span data, struct secret64 *out)
{
	crypto_auth_hmacsha512_state s;

	mac_begin(&s, key);
	mac_put(&s, data);
	(void)crypto_auth_hmacsha512_final(&s, out->b);
	wipe(&s, sizeof(s));
}

/*
 * One block of RFC 8018's PBKDF2 is all that 64 bytes need.  The state with
 * the key absorbed is made once and copied for each round: two compressions
 * a round instead of four.
 */
void
pbkdf2_sha512(struct span password, struct span salt, uint32_t rounds,
    struct secret64 *out)
{
	static const uint8_t first[4] = { 0, 0, 0, 1 };
	crypto_auth_hmacsha512_state keyed, s;
	struct secret64 u, t;
	uint32_t r;
	size_t i;

	mac_begin(&keyed, password);
	s = keyed;
	mac_put(&s, salt);
	mac_put(&s, SPAN_OF(first));
	(void)crypto_auth_hmacsha512_final(&s, u.b);
	t = u;
	for (r = 1; r < rounds; r++) {
		s = keyed;
		mac_put(&s, SPAN_OF(u.b));
		(void)crypto_auth_hmacsha512_final(&s, u.b);
		for (i = 0; i < sizeof(t.b); i++)
			t.b[i] ^= u.b[i];
	}
	*out = t;
	wipe(&keyed, sizeof(keyed));
	wipe(&s, sizeof(s));
	wipe(&u, sizeof(u));
	wipe(&t, sizeof(t));
}
