#include <fcntl.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#include "core/proc/sandbox.h"

/* How the arguments of a call are looked at. */
enum how {
	ANY,
	NOEXEC,			/* third argument without PROT_EXEC */
	SEALS,			/* fcntl: F_ADD_SEALS, F_GET_SEALS */
	DESCRIPTOR,		/* fcntl: F_GETFD, F_SETFD, F_GETFL, F_DUPFD… */
	TERMINAL		/* ioctl on a terminal */
};

struct call {
	int		nr;
	enum how	how;
};

#define CALL(name) { SCMP_SYS(name), ANY }
#define END { 0, (enum how)-1 }

/* What every process of ours needs to speak, to wait and to end. */
static const struct call common[] = {
	CALL(recvmsg), CALL(sendmsg), CALL(poll), CALL(ppoll), CALL(close),
	{ SCMP_SYS(mmap), NOEXEC }, CALL(munmap), CALL(rt_sigreturn),
	CALL(restart_syscall), CALL(exit), CALL(exit_group), CALL(futex),
	END
};

/* Design, section 2.  pwrite64 is for the memfds that the front hands over;
 * brk is malloc's. */
static const struct call clerk[] = {
	CALL(read), CALL(pwrite64), CALL(fstat), CALL(newfstatat),
	{ SCMP_SYS(fcntl), SEALS }, CALL(brk), END
};

/* libsodium's guarded memory and Argon2id. */
static const struct call keeper[] = {
	{ SCMP_SYS(mprotect), NOEXEC }, CALL(mlock), CALL(munlock),
	CALL(madvise), CALL(brk), CALL(getrandom), END
};

static const struct call mounter[] = {
	CALL(openat), CALL(read), CALL(fstat), CALL(newfstatat), CALL(statx),
	CALL(fstatfs), CALL(statfs), CALL(faccessat), CALL(faccessat2),
	CALL(access), CALL(inotify_init1), CALL(inotify_add_watch),
	CALL(inotify_rm_watch), CALL(getdents64), CALL(lseek), CALL(brk),
	CALL(dup), CALL(clock_nanosleep),
	{ SCMP_SYS(fcntl), DESCRIPTOR }, { SCMP_SYS(mprotect), NOEXEC }, END
};

/* Screen, keys, and files below folders that were handed over. */
static const struct call front[] = {
	CALL(read), CALL(readv), CALL(write), CALL(writev), CALL(pread64),
	CALL(pwrite64), CALL(lseek), CALL(openat), CALL(fstat),
	CALL(newfstatat), CALL(stat), CALL(lstat), CALL(statx),
	CALL(fstatfs), CALL(statfs), CALL(access), CALL(faccessat),
	CALL(faccessat2), CALL(readlink), CALL(readlinkat), CALL(getdents64),
	CALL(unlinkat), CALL(linkat), CALL(renameat2), CALL(renameat),
	CALL(fsync), CALL(fdatasync), CALL(fadvise64), CALL(ftruncate),
	CALL(fchmod),
	CALL(dup), CALL(dup2), CALL(dup3), CALL(pipe2), CALL(memfd_create),
	CALL(madvise), CALL(mlock), CALL(munlock), CALL(brk), CALL(mremap),
	{ SCMP_SYS(mprotect), NOEXEC }, CALL(getrandom), CALL(sysinfo),
	CALL(uname), CALL(getpid), CALL(gettid), CALL(getuid), CALL(geteuid),
	CALL(getgid), CALL(getegid), CALL(getpgrp), CALL(getpgid),
	CALL(getppid), CALL(rt_sigaction), CALL(rt_sigprocmask),
	CALL(signalfd4), CALL(timerfd_create), CALL(timerfd_settime),
	CALL(select), CALL(pselect6), CALL(nanosleep), CALL(clock_nanosleep),
	CALL(clock_gettime), CALL(gettimeofday), CALL(times), CALL(umask),
	{ SCMP_SYS(ioctl), TERMINAL }, { SCMP_SYS(fcntl), SEALS },
	{ SCMP_SYS(fcntl), DESCRIPTOR }, END
};

/* The parent starts clerks, and a filter is inherited: so this list holds
 * what a clerk does before it narrows itself, and all that it does after. */
static const struct call parent[] = {
	CALL(socketpair), CALL(clone), CALL(clone3), CALL(fork), CALL(vfork),
	CALL(wait4), CALL(waitid), CALL(kill), CALL(pidfd_open),
	CALL(pidfd_send_signal), CALL(set_robust_list), CALL(rseq),
	CALL(set_tid_address), CALL(rt_sigaction), CALL(rt_sigprocmask),
	CALL(prctl), CALL(seccomp), CALL(prlimit64), CALL(setrlimit),
	CALL(getrandom), CALL(getpid), CALL(getppid), CALL(gettid),
	{ SCMP_SYS(mprotect), NOEXEC }, CALL(madvise), CALL(mlock),
	CALL(munlock), CALL(clock_nanosleep), CALL(clock_gettime),
	CALL(close_range), CALL(dup3), CALL(write),
	{ SCMP_SYS(ioctl), TERMINAL }, { SCMP_SYS(fcntl), DESCRIPTOR }, END
};

static const struct call *const lists[ROLE_COUNT] = {
	[ROLE_PARENT] = parent,
	[ROLE_KEEPER] = keeper,
	[ROLE_CLERK] = clerk,
	[ROLE_FRONT] = front,
	[ROLE_MOUNTER] = mounter,
};

static int
allow_values(scmp_filter_ctx ctx, int nr, unsigned arg, const int *value)
{
	struct scmp_arg_cmp cmp = { .arg = arg, .op = SCMP_CMP_EQ };
	int bad = 0;

	for (; *value >= 0; value++) {
		cmp.datum_a = (scmp_datum_t)*value;
		bad |= seccomp_rule_add_array(ctx, SCMP_ACT_ALLOW, nr, 1,
		    &cmp);
	}
	return bad;
}

static int
allow(scmp_filter_ctx ctx, const struct call *c)
{
	static const int seals[] = { F_ADD_SEALS, F_GET_SEALS, -1 };
	static const int descriptor[] = { F_GETFD, F_SETFD, F_GETFL, F_SETFL,
	    F_DUPFD, F_DUPFD_CLOEXEC, -1 };
	static const int terminal[] = { TCGETS, TCSETS, TCSETSW, TCSETSF,
	    TIOCGWINSZ, TIOCGPGRP, TIOCSPGRP, TCFLSH, TCXONC, FIONREAD, -1 };
	struct scmp_arg_cmp noexec = { .arg = 2, .op = SCMP_CMP_MASKED_EQ,
	    .datum_a = PROT_EXEC, .datum_b = 0 };

	switch (c->how) {
	case NOEXEC:
		return seccomp_rule_add_array(ctx, SCMP_ACT_ALLOW, c->nr, 1,
		    &noexec);
	case SEALS:
		return allow_values(ctx, c->nr, 1, seals);
	case DESCRIPTOR:
		return allow_values(ctx, c->nr, 1, descriptor);
	case TERMINAL:
		return allow_values(ctx, c->nr, 1, terminal);
	case ANY:
		break;
	}
	return seccomp_rule_add_array(ctx, SCMP_ACT_ALLOW, c->nr, 0, NULL);
}

static int
allow_list(scmp_filter_ctx ctx, const struct call *c)
{
	int bad = 0;

	for (; c->how != (enum how)-1; c++)
		bad |= allow(ctx, c);
	return bad;
}

enum err
sandbox_narrow(enum role role)
{
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_KILL_PROCESS);
	int bad;

	if (ctx == NULL || role >= ROLE_COUNT)
		return ERR_INTERNAL;
	bad = allow_list(ctx, common) | allow_list(ctx, lists[role]);
	if (role == ROLE_PARENT)
		bad |= allow_list(ctx, clerk);
	if (bad == 0)
		bad = seccomp_load(ctx);
	seccomp_release(ctx);
	return bad == 0 ? ERR_NONE : ERR_INTERNAL;
}

const char *
sandbox_name(void)
{
	return "seccomp";
}
