#include "core/crypto/shield.h"

#include <string.h>

#include <sodium.h>

static void
room_key(const struct shield *s, struct secret32 *key)
{
	(void)crypto_generichash(key->b, sizeof(key->b), s->room,
	    sizeof(s->room), NULL, 0);
}

void
shield_close(const struct shield *s, const uint8_t nonce[SEAL_NONCE],
    struct span in, uint8_t *out)
{
	struct secret32 key;

	room_key(s, &key);
	memcpy(out, nonce, SEAL_NONCE);
	box_close(&key, nonce, span_text("shield"), in, out + SEAL_NONCE);
	wipe(&key, sizeof(key));
}

enum err
shield_open(const struct shield *s, struct span box, void *out)
{
	struct secret32 key;
	enum err e;

	if (box.n < SHIELD_MORE)
		return ERR_MISMATCH;
	room_key(s, &key);
	e = box_open(&key, box.p, span_text("shield"),
	    span_of(box.p + SEAL_NONCE, box.n - SEAL_NONCE), out);
	wipe(&key, sizeof(key));
	return e;
}
