#include <signal.h>
#include <sodium.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "core/proc/random.h"
#include "core/proc/sandbox.h"

/* libsodium asks for randomness (guard canaries): it gets ours, and the
 * program keeps one source.  A buffer that cannot be filled ends it. */
static const char *
source_name(void)
{
	return "getrandom";
}

static void
source_fill(void *p, size_t n)
{
	if (random_bytes(p, n) != 0)
		raise(SIGKILL);
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

/* No debugger and no core file may see what a process holds; nothing that it
 * ran could gain rights; it ends with the parent. */
enum err
sandbox_begin(enum role role)
{
	static const char *const names[ROLE_COUNT] = { "coldseal",
	    "cs-keeper", "cs-clerk", "cs-front", "cs-mounter" };
	const struct rlimit none = { 0, 0 };

	if (role >= ROLE_COUNT || randombytes_set_implementation(&source) != 0 ||
	    sodium_init() < 0)
		return ERR_INTERNAL;
	if (prctl(PR_SET_NAME, names[role]) != 0 ||
	    prctl(PR_SET_DUMPABLE, 0) != 0 ||
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	    setrlimit(RLIMIT_CORE, &none) != 0)
		return ERR_INTERNAL;
	if (role != ROLE_PARENT && role != ROLE_FRONT &&
	    prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
		return ERR_INTERNAL;
	return 0;
}
