#include <grp.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/proc/users.h"

/* What is more than a user may do.  Mounting, and having the kernel forget
 * what it kept of a device, is SYS_ADMIN's. */
#define STARTS (1U << CAP_SETUID | 1U << CAP_SETGID | 1U << CAP_KILL)
#define MOUNTS (1U << CAP_SYS_ADMIN | 1U << CAP_DAC_READ_SEARCH)

/* Nobody can give what he has not: the parent has the mounter's rights until
 * that is started. */
static uint32_t
keeps(enum role role, bool devices)
{
	if (role == ROLE_PARENT)
		return devices ? STARTS | MOUNTS : STARTS;
	return role == ROLE_MOUNTER && devices ? MOUNTS : 0;
}

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
users_become(uid_t first, enum role role, bool devices)
{
	uint32_t set = keeps(role, devices);
	uid_t u = first + (uid_t)role;

	if (first == 0)
		return 0;
	if (role >= ROLE_COUNT || setgroups(0, NULL) != 0 ||
	    (set != 0 && prctl(PR_SET_KEEPCAPS, 1) != 0) ||
	    setresgid(u, u, u) != 0 || setresuid(u, u, u) != 0 ||
	    keep_only(set) != 0)
		return ERR_INTERNAL;
	return 0;
}

enum err
users_started(uid_t first)
{
	return first == 0 || keep_only(STARTS) == 0 ? ERR_NONE : ERR_INTERNAL;
}
