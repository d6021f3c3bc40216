#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/proc/random.h"
#include "core/proc/sandbox.h"

/* libsodium asks for randomness (guard canaries): it gets ours, and the
 * program keeps one source. */
static const char *
source_name(void)
{
	return "getrandom";
}

static void
source_fill(void *p, size_t n)
{
	random_bytes(p, n);
}

static uint32_t
source_word(void)
{
	uint32_t v;

	source_fill(&v, sizeof(v));
	return v;
}

static struct randombytes_implementation source = {
	.implementation_name = source_name,
	.random = source_word,
	.buf = source_fill,
};

/* As much locked memory as we may ask for ourselves. */
static int
raise_memlock(void)
{
	struct rlimit r;

	if (getrlimit(RLIMIT_MEMLOCK, &r) != 0)
		return -1;
	r.rlim_cur = r.rlim_max;
	return setrlimit(RLIMIT_MEMLOCK, &r);
}

/*
 * No debugger and no core file may see what a process holds; nothing that it
 * ran could gain rights; it ends with the parent.  The front is told rather
 * than killed, for it has a terminal to restore and a file to finish.  Each
 * child draws a canary of its own, so the parent leaves libsodium alone.
 */
enum err
sandbox_begin(enum role role)
{
	static const char *const names[ROLE_COUNT] = { "coldseal",
	    "cs-keeper", "cs-clerk", "cs-front", "cs-mounter" };
	const struct rlimit none = { 0, 0 };

	if (role >= ROLE_COUNT ||
	    prctl(PR_SET_NAME, names[role]) != 0 ||
	    prctl(PR_SET_DUMPABLE, 0) != 0 ||
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	    setrlimit(RLIMIT_CORE, &none) != 0)
		return ERR_INTERNAL;
	if (role == ROLE_PARENT)
		return raise_memlock() == 0 ? ERR_NONE : ERR_INTERNAL;
	if (prctl(PR_SET_PDEATHSIG, role == ROLE_FRONT ? SIGTERM :
	    SIGKILL) != 0 ||
	    randombytes_set_implementation(&source) != 0 || sodium_init() < 0)
		return ERR_INTERNAL;
	return 0;
}

/* What stands on standard input may be the words, and a file that standard
 * output names could be written to: neither is for those who only speak. */
enum err
sandbox_detach(int null)
{
	int fd;

	for (fd = 0; fd < 3; fd++)
		if (dup3(null, fd, O_CLOEXEC) != fd)
			return ERR_INTERNAL;
	return close(null) == 0 ? ERR_NONE : ERR_INTERNAL;
}
