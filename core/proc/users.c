#include <grp.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/proc/users.h"

/* What is more than a user may do, by role. */
static const uint32_t keeps[ROLE_COUNT] = {
	[ROLE_PARENT] = 1U << CAP_SETUID | 1U << CAP_SETGID | 1U << CAP_KILL,
};

static int
keep_only(uint32_t set)
{
	struct __user_cap_header_struct head = {
		.version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2] = {
		{ .effective = set, .permitted = set } };

	return (int)syscall(SYS_capset, &head, data);
}

/* Of the children only the clerk is started by a parent that is narrowed
 * already: it keeps nothing, and asks for no more than is let through. */
enum err
users_become(uid_t first, enum role role)
{
	uid_t u = first + (uid_t)role;

	if (first == 0)
		return 0;
	if (role >= ROLE_COUNT || setgroups(0, NULL) != 0 ||
	    (keeps[role] != 0 && prctl(PR_SET_KEEPCAPS, 1) != 0) ||
	    setresgid(u, u, u) != 0 || setresuid(u, u, u) != 0 ||
	    keep_only(keeps[role]) != 0)
		return ERR_INTERNAL;
	return 0;
}
