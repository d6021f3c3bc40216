/*
 * The jail of each role.  Every forbidden system call is made raw by a child
 * that has narrowed itself, and must end it by SIGSYS; the same child without
 * the jail must live (the control: it is the jail that killed it).  That each
 * can do its work is in jail_work_test.c.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/proc/sandbox.h"

/* One call and who may make it.  The arguments are such that the call, where
 * it is let through, fails or harms nothing. */
struct probe {
	const char	*name;
	long		 nr, a[6];
	unsigned	 may;		/* set of roles */
};

#define P (1u << ROLE_PARENT)
#define K (1u << ROLE_KEEPER)
#define C (1u << ROLE_CLERK)
#define F (1u << ROLE_FRONT)
#define M (1u << ROLE_MOUNTER)
#define D (1u << ROLE_COUNT)	/* the mounter with real devices */
#define NOBODY 0u
#define CALL(n, who, ...) { #n, SYS_##n, { __VA_ARGS__ }, (who) }
#define AS(label, n, who, ...) { label, SYS_##n, { __VA_ARGS__ }, (who) }
#define BAD (-1L)	/* no descriptor, no address, no process */

static const char nothing[] = "/nonexistent/x";
static char *const no_args[] = { NULL };
#define NOTHING ((long)(uintptr_t)nothing)
#define NO_ARGS ((long)(uintptr_t)no_args)

static const struct probe probes[] = {
	/* run something, or run as something else */
	CALL(execve, NOBODY, NOTHING, NO_ARGS, NO_ARGS),
	CALL(execveat, NOBODY, AT_FDCWD, NOTHING, NO_ARGS, NO_ARGS, 0),
	CALL(clone3, NOBODY, 0, 0),
	AS("a thread", clone, NOBODY, CLONE_VM | CLONE_SIGHAND | SIGCHLD |
	    CLONE_NEWUSER | CLONE_FS, 0, 0, 0, 0),
	AS("a user namespace", clone, NOBODY, CLONE_NEWUSER | CLONE_FS, 0, 0,
	    0, 0),
	CALL(unshare, NOBODY, 0),
	CALL(setns, NOBODY, BAD, 0),
	CALL(setuid, NOBODY, 0),
	CALL(setgid, NOBODY, 0),
	CALL(setgroups, P, BAD, 0),
	CALL(capset, P, 0, 0), CALL(setresuid, P, BAD, BAD, BAD),
	CALL(setresgid, P, BAD, BAD, BAD),
	CALL(personality, NOBODY, 0xffffffff),
	CALL(chroot, NOBODY, NOTHING),
	/* look into another process, or stop it */
	CALL(ptrace, NOBODY, BAD, BAD, 0, 0),
	CALL(process_vm_readv, NOBODY, BAD, 0, 0, 0, 0, 0),
	CALL(process_vm_writev, NOBODY, BAD, 0, 0, 0, 0, 0),
	CALL(pidfd_getfd, NOBODY, BAD, 0, 0),
	CALL(kcmp, NOBODY, BAD, BAD, 0, 0, 0),
	CALL(kill, P, 0, 0),
	CALL(tkill, NOBODY, BAD, 0),
	CALL(tgkill, NOBODY, BAD, BAD, 0),
	CALL(rt_sigqueueinfo, NOBODY, BAD, 0, 0),
	CALL(pidfd_send_signal, NOBODY, BAD, 0, 0, 0),
	/* speak to the world */
	CALL(socket, NOBODY, AF_INET, SOCK_STREAM, 0),
	AS("a netlink socket", socket, NOBODY, AF_NETLINK, SOCK_RAW, 0),
	CALL(connect, NOBODY, BAD, 0, 0),
	CALL(bind, NOBODY, BAD, 0, 0),
	CALL(listen, NOBODY, BAD, 0),
	CALL(accept4, NOBODY, BAD, 0, 0, 0),
	CALL(sendto, NOBODY, BAD, 0, 0, 0, 0, 0),
	CALL(recvfrom, NOBODY, BAD, 0, 0, 0, 0, 0),
	CALL(sendmmsg, NOBODY, BAD, 0, 0, 0),
	CALL(recvmmsg, NOBODY, BAD, 0, 0, 0, 0),
	CALL(setsockopt, NOBODY, BAD, 0, 0, 0, 0),
	CALL(socketpair, P, BAD, 0, 0, 0),
	/* the kernel's other doors */
	CALL(mount, NOBODY, 0, 0, 0, 0, 0),
	CALL(umount2, NOBODY, NOTHING, 0),
	CALL(fsopen, D, NOTHING, 0),
	CALL(fsconfig, D, BAD, BAD, 0, 0, 0),
	CALL(fsmount, D, BAD, BAD, BAD),
	CALL(move_mount, NOBODY, BAD, NOTHING, BAD, NOTHING, 0),
	CALL(open_tree, NOBODY, BAD, NOTHING, 0),
	CALL(mount_setattr, NOBODY, BAD, NOTHING, 0, 0, 0),
	CALL(pivot_root, NOBODY, NOTHING, NOTHING),
	CALL(keyctl, NOBODY, BAD, 0, 0, 0, 0),
	CALL(add_key, NOBODY, 0, 0, 0, 0, 0),
	CALL(bpf, NOBODY, BAD, 0, 0),
	CALL(perf_event_open, NOBODY, 0, 0, BAD, BAD, BAD),
	CALL(io_uring_setup, NOBODY, 0, 0),
	CALL(io_uring_enter, NOBODY, BAD, 0, 0, 0, 0, 0),
	CALL(userfaultfd, NOBODY, 0xffffff),
	CALL(init_module, NOBODY, 0, 0, 0),
	CALL(reboot, NOBODY, 0, 0, 0, 0),
	CALL(swapon, NOBODY, NOTHING, 0),
	CALL(quotactl, NOBODY, BAD, 0, 0, 0),
	CALL(seccomp, P, BAD, 0, 0),
	AS("prctl: dumpable again", prctl, P, PR_SET_DUMPABLE, 7, 0, 0, 0),
	AS("prctl: keep rights", prctl, NOBODY, PR_SET_KEEPCAPS, 7, 0, 0, 0),
	CALL(settimeofday, NOBODY, BAD, BAD),
	/* files */
	AS("open a file", openat, F | D, AT_FDCWD, NOTHING, O_RDONLY, 0),
	AS("open a folder", openat, F | M | D, AT_FDCWD, NOTHING, O_RDONLY |
	    O_DIRECTORY, 0),
	AS("open to write", openat, F, AT_FDCWD, NOTHING, O_RDWR, 0),
	AS("make a file", openat, F, AT_FDCWD, NOTHING, O_WRONLY | O_CREAT, 0),
	AS("make one without a name", openat, F, AT_FDCWD, NOTHING,
	    O_RDWR | O_TMPFILE, 0),
	CALL(openat2, NOBODY, BAD, 0, 0, 0),
	CALL(open_by_handle_at, NOBODY, BAD, 0, 0),
	CALL(read, F | M | D, BAD, 0, 0),
	CALL(readv, NOBODY, BAD, 0, 0),
	CALL(pread64, NOBODY, BAD, 0, 0, 0),
	CALL(write, P | F, BAD, 0, 0),
	CALL(writev, F, BAD, 0, 0),
	CALL(pwrite64, P | K | C | F, BAD, 0, 0, 0),
	CALL(sendfile, NOBODY, BAD, BAD, 0, 0),
	CALL(splice, NOBODY, BAD, 0, BAD, 0, 0, 0),
	CALL(copy_file_range, NOBODY, BAD, 0, BAD, 0, 0, 0),
	CALL(ftruncate, NOBODY, BAD, 0),
	CALL(fchmod, NOBODY, BAD, 0),
	CALL(symlinkat, NOBODY, NOTHING, BAD, NOTHING),
	CALL(linkat, F, BAD, NOTHING, BAD, NOTHING, 0),
	CALL(unlinkat, F, BAD, NOTHING, 0),
	CALL(renameat2, F, BAD, NOTHING, BAD, NOTHING, 0),
	CALL(mkdirat, NOBODY, BAD, NOTHING, 0),
	CALL(mknodat, NOBODY, BAD, NOTHING, 0, 0),
	CALL(getdents64, F | D, BAD, 0, 0),
	CALL(chdir, NOBODY, NOTHING),
	CALL(inotify_add_watch, M | D, BAD, NOTHING, 0),
	CALL(memfd_create, F, 0, 0),
	CALL(dup, NOBODY, BAD),
	CALL(dup3, P, BAD, BAD, 0),
	AS("fcntl: seal", fcntl, F, BAD, F_ADD_SEALS, 0),
	AS("fcntl: ask for seals", fcntl, P | K | C | F, BAD, F_GET_SEALS, 0),
	AS("fcntl: whom to signal", fcntl, NOBODY, BAD, F_SETOWN, 0),
	AS("fcntl: lock", fcntl, NOBODY, BAD, F_SETLK, 0),
	/* the terminal */
	AS("ioctl: read settings", ioctl, P | F, BAD, TCGETS, 0),
	AS("ioctl: type as the owner", ioctl, NOBODY, BAD, TIOCSTI, 0),
	AS("ioctl: another discipline", ioctl, NOBODY, BAD, TIOCSETD, 0),
	AS("ioctl: paste on the console", ioctl, NOBODY, BAD, 0x541c, 0),
	AS("ioctl: redirect the console", ioctl, NOBODY, BAD, TIOCCONS, 0),
	AS("ioctl: forget a device", ioctl, D, BAD, BLKFLSBUF, 0),
	AS("ioctl: make a device read-only", ioctl, NOBODY, BAD, BLKROSET, 0),
	AS("ioctl: new partitions", ioctl, NOBODY, BAD, BLKRRPART, 0),
	AS("ioctl: throw sectors away", ioctl, NOBODY, BAD, BLKDISCARD, 0),
	/* TCGETS in the low half only: the kernel would take it for one */
	AS("ioctl: a wide TCGETS", ioctl, NOBODY, BAD,
	    (long)0x100000000 | TCGETS, 0),
	/* memory that can be run */
	AS("mmap to run", mmap, NOBODY, 0, 4096, PROT_READ | PROT_EXEC,
	    MAP_PRIVATE | MAP_ANONYMOUS, BAD, 0),
	AS("mmap to write and run", mmap, NOBODY, 0, 4096, PROT_READ |
	    PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, BAD, 0),
	AS("mprotect to run", mprotect, NOBODY, 0, 0, PROT_EXEC),
	AS("mprotect to read", mprotect, P | K | F, 0, 0, PROT_READ),
	CALL(pkey_mprotect, NOBODY, 0, 0, PROT_READ, BAD),
	CALL(remap_file_pages, NOBODY, 0, 0, 0, 0, 0),
	CALL(mlock, P | K | F, 0, 0),
	CALL(mlockall, NOBODY, 0xff),
	CALL(shmget, NOBODY, BAD, 0, 0),
	CALL(mq_open, NOBODY, NOTHING, 0, 0, 0),
	/* randomness and time */
	CALL(getrandom, P | K | C | F, 0, 0, 0),
	CALL(clock_settime, NOBODY, BAD, 0),
	CALL(timer_create, NOBODY, BAD, 0, 0),
	CALL(setrlimit, NOBODY, BAD, 0),
	CALL(prlimit64, P, BAD, BAD, 0, 0),
};

#define NPROBES (sizeof(probes) / sizeof(probes[0]))

#define DEVICES ROLE_COUNT	/* a sixth jail, of the mounter's */
#define JAILS (ROLE_COUNT + 1)

static const enum role roles[JAILS] = { ROLE_PARENT, ROLE_KEEPER, ROLE_CLERK,
    ROLE_FRONT, ROLE_MOUNTER, DEVICES };

static enum err
narrow(enum role r)
{
	enum err e = sandbox_begin(r == DEVICES ? ROLE_MOUNTER : r);

	if (e != 0)
		return e;
	return r == DEVICES ? sandbox_narrow_devices() : sandbox_narrow(r);
}

/* The status of a child that makes this call, in that jail or in none. */
static int
try(const struct probe *p, enum role r, bool jail)
{
	int status = -1;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		if (jail && narrow(r) != 0)
			_exit(99);
		(void)syscall(p->nr, p->a[0], p->a[1], p->a[2], p->a[3],
		    p->a[4], p->a[5]);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static bool
by_sigsys(int status)
{
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS;
}

static bool
jailed(void)
{
	if (strcmp(sandbox_name(), "seccomp") == 0)
		return true;
	print_message("[  SKIPPED ] %s\n", sandbox_name());
	return false;
}

static void
test_probes_are_harmless_without_a_jail(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < NPROBES; i++)
		if (try(&probes[i], ROLE_CLERK, false) != 0)
			fail_msg("%s", probes[i].name);
}

/* Every probe in every jail: let through or ended, as the table says. */
static void
test_each_jail_holds(void **state)
{
	size_t i, j, refused = 0;

	(void)state;
	if (!jailed())
		skip();
	for (i = 0; i < NPROBES; i++)
		for (j = 0; j < JAILS; j++) {
			int status = try(&probes[i], roles[j], true);
			bool may = (probes[i].may >> roles[j] & 1) != 0;

			if (may ? status != 0 : !by_sigsys(status))
				fail_msg("%s in the jail of %s: status %#x",
				    probes[i].name, role_name(roles[j]),
				    status);
			refused += !may;
		}
	assert_true(refused > NPROBES * 4);
}

/* Any number that is not a call of this architecture, and the numbers of
 * others: x32 has a bit of its own.  (335 and 336 Linux answers itself, before
 * any filter, and by SIGILL but for its own trampoline.) */
static void
test_strange_numbers(void **state)
{
	static const long strange[] = { 380, 400, 500, 999, 0x40000000,
	    0x40000000 | 1, 0x7fffffff };
	struct probe p = { .name = "strange" };
	size_t i, j;

	(void)state;
	if (!jailed())
		skip();
	for (i = 0; i < sizeof(strange) / sizeof(strange[0]); i++)
		for (j = 0; j < JAILS; j++) {
			p.nr = strange[i];
			if (!by_sigsys(try(&p, roles[j], true)))
				fail_msg("%ld in the jail of %s", p.nr,
				    role_name(roles[j]));
		}
}

/* mov $20, %eax (getpid by its 32-bit number); int $0x80; ret */
static const uint8_t int80[] = { 0xb8, 20, 0, 0, 0, 0xcd, 0x80, 0xc3 };

static int
by_32_bits(enum role r, bool jail)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE |
	    MAP_ANONYMOUS, -1, 0);
	void (*run)(void);
	int status = -1;
	pid_t pid;

	assert_ptr_not_equal(p, MAP_FAILED);
	memcpy(p, int80, sizeof(int80));
	memcpy(&run, &p, sizeof(run));
	assert_int_equal(mprotect(p, 4096, PROT_READ | PROT_EXEC), 0);
	if ((pid = fork()) == 0) {
		(void)signal(SIGSEGV, SIG_DFL);
		if (jail && narrow(r) != 0)
			_exit(99);
		run();
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	(void)munmap(p, 4096);
	return status;
}

/* 32-bit calls go by other numbers: 11 is execve there, munmap here. */
static void
test_numbers_of_32_bits(void **state)
{
	struct utsname u;
	size_t j;

	(void)state;
	if (!jailed())
		skip();
	if (uname(&u) != 0 || strcmp(u.machine, "x86_64") != 0 ||
	    by_32_bits(ROLE_CLERK, false) != 0) {
		print_message("[  SKIPPED ] no 32-bit calls here\n");
		skip();
	}
	for (j = 0; j < JAILS; j++)
		assert_true(by_sigsys(by_32_bits(roles[j], true)));
}

/* A clerk started by the narrowed parent is under both filters. */
static int
clerk_of_parent(long nr)
{
	int status = -1;
	pid_t pid;

	if (sandbox_begin(ROLE_PARENT) != 0 ||
	    sandbox_narrow(ROLE_PARENT) != 0)
		return 1;
	if ((pid = fork()) == 0) {
		if (sandbox_begin(ROLE_CLERK) != 0 ||
		    sandbox_narrow(ROLE_CLERK) != 0)
			_exit(2);
		(void)syscall(nr, -1L, 0L, 0L, 0L, 0L, 0L);
		_exit(3);
	}
	return waitpid(pid, &status, 0) == pid && by_sigsys(status) ? 0 : 4;
}

static void
test_a_later_clerk_is_no_freer(void **state)
{
	static const long calls[] = { SYS_kill, SYS_clone, SYS_socketpair,
	    SYS_write, SYS_mlock, SYS_prctl, SYS_execve, SYS_openat };
	int status;
	size_t i;
	pid_t pid;

	(void)state;
	if (!jailed())
		skip();
	for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		if ((pid = fork()) == 0)
			_exit(clerk_of_parent(calls[i]));
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_int_equal(status, 0);
	}
}

/* Narrowing cannot be taken back, nor asked for with a role that is none. */
static void
test_begin_and_narrow(void **state)
{
	int status;
	pid_t pid;

	(void)state;
	assert_int_equal(sandbox_begin(ROLE_COUNT), ERR_INTERNAL);
	if (strcmp(sandbox_name(), "seccomp") == 0)
		assert_int_equal(sandbox_narrow(ROLE_COUNT), ERR_INTERNAL);
	if ((pid = fork()) == 0) {
		int sig = 0;

		if (sandbox_begin(ROLE_KEEPER) != 0)
			_exit(1);
		if (prctl(PR_GET_DUMPABLE) != 0)
			_exit(2);
		if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1)
			_exit(3);
		if (prctl(PR_GET_PDEATHSIG, &sig) != 0 || sig != SIGKILL)
			_exit(4);
		if (sandbox_begin(ROLE_FRONT) != 0 ||
		    prctl(PR_GET_PDEATHSIG, &sig) != 0 || sig != SIGTERM)
			_exit(5);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_probes_are_harmless_without_a_jail),
		cmocka_unit_test(test_each_jail_holds),
		cmocka_unit_test(test_strange_numbers),
		cmocka_unit_test(test_numbers_of_32_bits),
		cmocka_unit_test(test_a_later_clerk_is_no_freer),
		cmocka_unit_test(test_begin_and_narrow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
