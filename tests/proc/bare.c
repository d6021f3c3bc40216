/* The control of the search through memory: shields of glass, linked in place
 * of core/crypto/shield.c into a program that only the tests start. */
#include "core/crypto/shield.h"

#include <string.h>

void
shield_close(const struct shield *s, const uint8_t nonce[SEAL_NONCE],
    struct span in, uint8_t *out)
{
	(void)s;
	memcpy(out, nonce, SEAL_NONCE);
	memcpy(out + SEAL_NONCE, in.p, in.n);
	memset(out + SEAL_NONCE + in.n, 0, SEAL_TAG);
}

enum err
shield_open(const struct shield *s, struct span box, void *out)
{
	(void)s;
	memcpy(out, box.p + SEAL_NONCE, box.n - SHIELD_MORE);
	return 0;
}
