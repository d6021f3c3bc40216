#include <fcntl.h>
#include <linux/fs.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>

#include "core/proc/sandbox.h"

/* Which values of which argument of a call are let through. */
enum how {
	LAST,			/* ends a list */
	ANY,
	NO_EXEC,		/* mmap, mprotect: no memory can be run */
	GET_SEALS,		/* fcntl: ask whether a file is sealed */
	SEAL,			/* fcntl: ask and seal */
	DESCRIPTOR,		/* fcntl: flags, and a second number for it */
	FOLDER,			/* openat: folders, to read */
	TERMINAL,		/* ioctl: settings and size; no TIOCSTI */
	FORK,			/* clone: a process, no thread or namespace */
	BEGIN,			/* prctl: what sandbox_begin() asks for */
	TO_READ,		/* openat: nothing that writes or makes */
	BLOCKS			/* ioctl: forget what is kept of a device */
};

struct call {
	int		nr;
	enum how	how;
};

#define CALL(name) { SCMP_SYS(name), ANY }
#define ONLY(name, how) { SCMP_SYS(name), how }
#define END { 0, LAST }

/* Hear, answer, wait, end.  poll(3) is ppoll on newer architectures; brk is
 * malloc's; the kernel goes on with restart_syscall after a stop. */
static const struct call common[] = {
	CALL(recvmsg), CALL(sendmsg), CALL(poll), CALL(ppoll), CALL(close),
	ONLY(mmap, NO_EXEC), CALL(munmap), CALL(brk), CALL(futex),
	CALL(rt_sigreturn), CALL(restart_syscall), CALL(exit_group), END
};

/* Maps the files it is handed, writes the ones it may.  fstat(3) is either of
 * two calls, by the version of the C library. */
static const struct call clerk[] = {
	CALL(pwrite64), CALL(fstat), CALL(newfstatat),
	ONLY(fcntl, GET_SEALS), CALL(getrandom), END
};

/* libsodium's guarded memory; a vault is read from and written to memory that
 * it is handed. */
static const struct call keeper[] = {
	CALL(pwrite64), CALL(fstat), CALL(newfstatat),
	ONLY(fcntl, GET_SEALS),
	ONLY(mprotect, NO_EXEC), CALL(mlock), CALL(munlock), CALL(madvise),
	CALL(getrandom), END
};

/* It reads what inotify tells it, and can open nothing else to read. */
static const struct call mounter[] = {
	ONLY(openat, FOLDER), CALL(read), CALL(fstat), CALL(newfstatat),
	CALL(fstatfs), CALL(faccessat), CALL(faccessat2),
	CALL(inotify_add_watch), CALL(inotify_rm_watch), END
};

/* The same with real sticks: it reads the kernel's lists and the first bytes
 * of a device, makes mounts, and attaches them nowhere. */
static const struct call devices[] = {
	ONLY(openat, TO_READ), CALL(read), CALL(readlinkat), CALL(getdents64),
	CALL(fsopen), CALL(fsconfig), CALL(fsmount), ONLY(ioctl, BLOCKS),
	CALL(fstat), CALL(newfstatat), CALL(fstatfs), CALL(faccessat),
	CALL(faccessat2), CALL(inotify_add_watch), CALL(inotify_rm_watch),
	CALL(madvise), ONLY(fcntl, DESCRIPTOR), END
};

/* Screen and keys; files below folders that were handed over and those that
 * the owner named; sealed memory; terminfo, locale, /proc/meminfo. */
static const struct call front[] = {
	CALL(read), CALL(write), CALL(writev), CALL(pwrite64), CALL(lseek),
	CALL(openat), CALL(fstat), CALL(newfstatat), CALL(statx),
	CALL(fstatfs), CALL(access), CALL(faccessat), CALL(faccessat2),
	CALL(getdents64), CALL(unlinkat), CALL(linkat), CALL(renameat2),
	CALL(renameat), CALL(fsync), CALL(fadvise64), CALL(memfd_create),
	CALL(madvise), CALL(mremap), ONLY(mprotect, NO_EXEC), CALL(mlock),
	CALL(munlock), CALL(getrandom), CALL(sysinfo), CALL(getuid),
	CALL(geteuid), CALL(getgid), CALL(getegid), CALL(setfsuid),
	CALL(setfsgid), CALL(rt_sigaction),
	CALL(rt_sigprocmask), CALL(signalfd4), CALL(nanosleep),
	CALL(clock_nanosleep), CALL(clock_gettime), CALL(gettimeofday),
	ONLY(ioctl, TERMINAL), ONLY(fcntl, SEAL), ONLY(fcntl, DESCRIPTOR), END
};

/* The parent starts clerks, and a filter is inherited: so this list holds
 * what a clerk does before it narrows itself (users.c too), and what it does
 * after is let through as well.  write and ioctl put the terminal right at
 * the end. */
static const struct call parent[] = {
	CALL(socketpair), ONLY(clone, FORK), CALL(wait4), CALL(kill),
	CALL(pidfd_open), CALL(close_range), CALL(dup3), CALL(write),
	ONLY(ioctl, TERMINAL), CALL(rt_sigaction), CALL(rt_sigprocmask),
	CALL(getpid), CALL(getppid), CALL(set_robust_list), CALL(rseq),
	CALL(prlimit64), ONLY(prctl, BEGIN), CALL(seccomp), CALL(getrandom),
	CALL(madvise), CALL(mlock), CALL(munlock), ONLY(mprotect, NO_EXEC),
	CALL(setgroups), CALL(setresgid), CALL(setresuid), CALL(capset),
	END
};

static const struct call *const lists[ROLE_COUNT] = {
	[ROLE_PARENT] = parent,
	[ROLE_KEEPER] = keeper,
	[ROLE_CLERK] = clerk,
	[ROLE_FRONT] = front,
	[ROLE_MOUNTER] = mounter,
};

/* One argument, compared under a mask. */
static int
allow_masked(scmp_filter_ctx ctx, int nr, unsigned arg, uint64_t mask,
    uint64_t value)
{
	struct scmp_arg_cmp cmp = { .arg = arg, .op = SCMP_CMP_MASKED_EQ,
	    .datum_a = mask, .datum_b = value };

	return seccomp_rule_add_array(ctx, SCMP_ACT_ALLOW, nr, 1, &cmp);
}

/* The kernel looks at 32 bits of these; a value with more set is refused. */
static int
allow_values(scmp_filter_ctx ctx, int nr, unsigned arg, const int *value)
{
	int bad = 0;

	for (; *value >= 0; value++)
		bad |= allow_masked(ctx, nr, arg, UINT64_MAX,
		    (uint64_t)*value);
	return bad;
}

static int
allow(scmp_filter_ctx ctx, const struct call *c)
{
	static const int seals[] = { F_GET_SEALS, F_ADD_SEALS, -1 };
	static const int get_seals[] = { F_GET_SEALS, -1 };
	static const int descriptor[] = { F_GETFD, F_SETFD, F_GETFL, F_SETFL,
	    F_DUPFD_CLOEXEC, -1 };
	static const int terminal[] = { TCGETS, TCSETS, TCSETSW, TCSETSF,
	    TIOCGWINSZ, TCFLSH, -1 };
	static const int blocks[] = { BLKFLSBUF, -1 };
	static const int begin[] = { PR_SET_NAME, PR_SET_DUMPABLE,
	    PR_SET_NO_NEW_PRIVS, PR_SET_PDEATHSIG, PR_SET_SECCOMP, -1 };

	switch (c->how) {
	case NO_EXEC:
		return allow_masked(ctx, c->nr, 2, PROT_EXEC, 0);
	case FOLDER:
		return allow_masked(ctx, c->nr, 2, O_ACCMODE | O_CREAT |
		    O_TRUNC | O_DIRECTORY, O_RDONLY | O_DIRECTORY);
	case FORK:
		return allow_masked(ctx, c->nr, 0, ~(uint64_t)(
		    CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID), SIGCHLD);
	case TO_READ:
		return allow_masked(ctx, c->nr, 2, O_ACCMODE | O_CREAT |
		    O_TRUNC | O_APPEND, O_RDONLY);
	case BLOCKS:
		return allow_values(ctx, c->nr, 1, blocks);
	case GET_SEALS:
		return allow_values(ctx, c->nr, 1, get_seals);
	case SEAL:
		return allow_values(ctx, c->nr, 1, seals);
	case DESCRIPTOR:
		return allow_values(ctx, c->nr, 1, descriptor);
	case TERMINAL:
		return allow_values(ctx, c->nr, 1, terminal);
	case BEGIN:
		return allow_values(ctx, c->nr, 0, begin);
	case ANY:
	case LAST:
		break;
	}
	return seccomp_rule_add_array(ctx, SCMP_ACT_ALLOW, c->nr, 0, NULL);
}

static int
allow_list(scmp_filter_ctx ctx, const struct call *c)
{
	int bad = 0;

	for (; c->how != LAST; c++)
		bad |= allow(ctx, c);
	return bad;
}

/* A call by another architecture's numbers (32-bit, x32) ends the process
 * like any other that is not on the list. */
static enum err
narrow(const struct call *list, const struct call *more)
{
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_KILL_PROCESS);
	int bad;

	if (ctx == NULL)
		return ERR_INTERNAL;
	bad = seccomp_attr_set(ctx, SCMP_FLTATR_ACT_BADARCH,
	    SCMP_ACT_KILL_PROCESS);
	bad |= allow_list(ctx, common) | allow_list(ctx, list) |
	    allow_list(ctx, more);
	if (bad == 0)
		bad = seccomp_load(ctx);
	seccomp_release(ctx);
	return bad == 0 ? ERR_NONE : ERR_INTERNAL;
}

enum err
sandbox_narrow(enum role role)
{
	static const struct call none[] = { END };

	if (role >= ROLE_COUNT)
		return ERR_INTERNAL;
	return narrow(lists[role], role == ROLE_PARENT ? clerk : none);
}

enum err
sandbox_narrow_devices(void)
{
	static const struct call none[] = { END };

	return narrow(devices, none);
}

const char *
sandbox_name(void)
{
	return "seccomp";
}
