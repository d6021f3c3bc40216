#include <errno.h>
#include <signal.h>
#include <sys/random.h>

#include "core/base/secret.h"
#include "core/proc/random.h"

/* The jail lets no signal be sent, and ends who tries: either will do. */
static _Noreturn void
no_randomness(void)
{
	(void)raise(SIGKILL);
	__builtin_trap();
}

void
random_bytes(void *p, size_t n)
{
	uint8_t *at = p;
	size_t left = n;

	while (left > 0) {
		ssize_t got = getrandom(at, left, 0);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0 || (size_t)got > left)
			no_randomness();
		at += got;
		left -= (size_t)got;
	}
}
