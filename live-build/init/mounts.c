#include <fcntl.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "live-build/init/init.h"

#define PLAIN (MS_NOSUID | MS_NODEV | MS_NOEXEC)

/* hidepid: a process sees its own user's alone. */
static const struct {
	const char	*type, *at, *options;
	unsigned long	 flags;
} mounts[] = {
	{ "devtmpfs", "/dev", "mode=755", MS_NOSUID | MS_NOEXEC },
	{ "proc", "/proc", "hidepid=2", PLAIN },
	{ "sysfs", "/sys", NULL, PLAIN },
	{ "tmpfs", "/run", "mode=755,size=4m", PLAIN },
};

/* What the kernel's configuration leaves open. */
static const struct {
	const char	*path, *value;
} settings[] = {
	{ "/proc/sys/kernel/kptr_restrict", "2" },
	{ "/proc/sys/kernel/yama/ptrace_scope", "3" },
	{ "/proc/sys/kernel/perf_event_paranoid", "3" },
	{ "/proc/sys/kernel/randomize_va_space", "2" },
	{ "/proc/sys/fs/suid_dumpable", "0" },
	{ "/proc/sys/fs/protected_symlinks", "1" },
	{ "/proc/sys/fs/protected_hardlinks", "1" },
	{ "/proc/sys/fs/protected_fifos", "2" },
	{ "/proc/sys/fs/protected_regular", "2" },
	{ "/proc/sys/vm/mmap_rnd_bits", "32" },
};

static int
setting(const char *path, const char *value)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return -1;
	n = write(fd, value, strlen(value));
	(void)close(fd);
	return n == (ssize_t)strlen(value) ? 0 : -1;
}

/* The root file system itself is the initramfs: read-only once mounted
 * over, except for nobody, since only we could write there. */
int
mounts_make(void)
{
	size_t i;

	(void)umask(022);
	for (i = 0; i < sizeof(mounts) / sizeof(mounts[0]); i++)
		if (mount(mounts[i].type, mounts[i].at, mounts[i].type,
		    mounts[i].flags, mounts[i].options) != 0)
			return -1;
	for (i = 0; i < sizeof(settings) / sizeof(settings[0]); i++)
		if (setting(settings[i].path, settings[i].value) != 0)
			return -1;
	return mount(NULL, "/", NULL, MS_REMOUNT | MS_RDONLY | MS_NOSUID |
	    MS_NODEV, NULL);
}

/* No core file, and as much locked memory as the keeper asks for. */
int
limits_set(void)
{
	const struct rlimit none = { 0, 0 };
	const struct rlimit all = { RLIM_INFINITY, RLIM_INFINITY };

	return setrlimit(RLIMIT_CORE, &none) != 0 ||
	    setrlimit(RLIMIT_MEMLOCK, &all) != 0 ? -1 : 0;
}
