/* In place of sandbox.c in builds with sanitizers, whose runtimes need more
 * system calls than any jail of ours allows.  Never in the installed program:
 * the symbol below is what the check of the linked program looks for. */
#include "core/proc/sandbox.h"

extern const char sandbox_is_off[];
const char sandbox_is_off[] = "none: built with sanitizers";

enum err
sandbox_narrow(enum role role)
{
	(void)role;
	return 0;
}

enum err
sandbox_narrow_devices(void)
{
	return 0;
}

const char *
sandbox_name(void)
{
	return sandbox_is_off;
}
