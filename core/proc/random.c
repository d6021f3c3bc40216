#include <errno.h>
#include <sys/random.h>

#include "core/base/secret.h"
#include "core/proc/random.h"

enum err
random_bytes(void *p, size_t n)
{
	uint8_t *at = p;
	size_t left = n;

	while (left > 0) {
		ssize_t got = getrandom(at, left, 0);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0) {
			wipe(p, n);
			return ERR_INTERNAL;
		}
		at += got;
		left -= (size_t)got;
	}
	return 0;
}
