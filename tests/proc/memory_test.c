/*
 * Sealed memory cannot change, unsealed memory is not read, secrets lie in
 * locked pages or nowhere.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/proc/memory.h"
#include "core/proc/sandbox.h"

static int
filled(const char *text)
{
	int fd = -1;

	assert_int_equal(memfd_new("test", &fd), 0);
	assert_int_equal(memfd_write(fd, span_text(text)), 0);
	return fd;
}

static void
test_what_was_written_is_mapped(void **state)
{
	struct span s;
	int fd = filled("hello");

	(void)state;
	assert_int_equal(fcntl(fd, F_GETFD), FD_CLOEXEC);
	assert_int_equal(memfd_seal(fd), 0);
	assert_int_equal(memfd_map(fd, &s), 0);
	(void)close(fd);
	assert_int_equal(s.n, 5);
	assert_memory_equal(s.p, "hello", 5);
	memfd_unmap(s);
}

static void
test_seal_holds(void **state)
{
	struct span s;
	int fd = filled("hello");

	(void)state;
	assert_int_equal(memfd_seal(fd), 0);
	assert_int_equal(memfd_map(fd, &s), 0);
	assert_int_equal(pwrite(fd, "J", 1, 0), -1);
	assert_int_equal(errno, EPERM);
	assert_int_equal(memfd_write(fd, span_text("J")), ERR_IO);
	assert_int_equal(ftruncate(fd, 4), -1);
	assert_int_equal(ftruncate(fd, 6), -1);
	assert_int_equal(pwrite(fd, "!", 1, 5), -1);
	assert_int_equal(fallocate(fd, FALLOC_FL_PUNCH_HOLE |
	    FALLOC_FL_KEEP_SIZE, 0, 5), -1);
	assert_ptr_equal(mmap(NULL, 5, PROT_READ | PROT_WRITE, MAP_SHARED, fd,
	    0), MAP_FAILED);
	assert_int_equal(fcntl(fd, F_ADD_SEALS, F_SEAL_FUTURE_WRITE), -1);
	assert_memory_equal(s.p, "hello", 5);
	memfd_unmap(s);
	(void)close(fd);
}

/* A clerk that kept a way to write is found out when the front seals. */
static void
test_a_writable_mapping_makes_the_seal_fail(void **state)
{
	int fd = filled("hello");
	void *p = mmap(NULL, 5, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	struct span s;

	(void)state;
	assert_ptr_not_equal(p, MAP_FAILED);
	assert_int_equal(memfd_seal(fd), ERR_IO);
	assert_int_equal(memfd_map(fd, &s), ERR_FORM);
	(void)munmap(p, 5);
	assert_int_equal(memfd_seal(fd), 0);
	assert_int_equal(memfd_map(fd, &s), 0);
	memfd_unmap(s);
	(void)close(fd);
}

/* Each seal alone is needed. */
static void
test_unsealed_is_refused(void **state)
{
	static const int seal[] = { F_SEAL_WRITE, F_SEAL_GROW, F_SEAL_SHRINK,
	    F_SEAL_SEAL };
	char path[] = "/tmp/memory_test.XXXXXX";
	struct span s = span_text("before");
	size_t i, j;
	int fd;

	(void)state;
	for (i = 0; i < 4; i++) {
		fd = filled("hello");
		for (j = 0; j < 4; j++)
			if (j != i)
				assert_int_equal(fcntl(fd, F_ADD_SEALS,
				    seal[j]), 0);
		assert_int_equal(memfd_map(fd, &s), ERR_FORM);
		(void)close(fd);
	}
	assert_true((fd = mkstemp(path)) >= 0);
	assert_int_equal(write(fd, "x", 1), 1);
	assert_int_equal(memfd_map(fd, &s), ERR_FORM);
	assert_int_equal(memfd_seal(fd), ERR_IO);
	(void)close(fd);
	(void)unlink(path);
	assert_int_equal(memfd_map(-1, &s), ERR_FORM);
	assert_int_equal(s.n, 6);	/* written only on success */
}

static void
test_nothing_in_it(void **state)
{
	struct span s = span_text("before");
	int fd = filled("");

	(void)state;
	assert_int_equal(memfd_seal(fd), 0);
	assert_int_equal(memfd_map(fd, &s), 0);
	assert_int_equal(s.n, 0);
	memfd_unmap(s);
	(void)close(fd);
}

static void
test_writing_where_it_cannot(void **state)
{
	int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);

	(void)state;
	assert_int_equal(memfd_write(fd, span_text("x")), ERR_IO);
	assert_int_equal(memfd_write(-1, span_text("x")), ERR_IO);
	assert_int_equal(memfd_write(-1, span_text("")), 0);
	(void)close(fd);
}

static long
resident_kib(void)
{
	struct rusage u;

	assert_int_equal(getrusage(RUSAGE_SELF, &u), 0);
	return u.ru_maxrss;
}

/* Gigabytes of address space cost nothing until they are used. */
static void
test_arena_comes_as_it_is_used(void **state)
{
	struct arena a;
	long before = resident_kib();
	uint8_t *p;

	(void)state;
	assert_int_equal(arena_map(&a, (size_t)4 << 30), 0);
	p = arena_take(&a, 1 << 20, 1, 1);
	assert_non_null(p);
	assert_true(resident_kib() - before < 64 << 10);
	assert_int_equal(arena_map(&a, SIZE_MAX), ERR_SPACE);
	assert_int_equal(a.size, (size_t)4 << 30);
	(void)munmap(a.base, a.size);
}

/* What mlock has locked: the VmLck line of /proc/self/status, in KiB. */
static long
locked_kib(void)
{
	char line[128];
	FILE *f = fopen("/proc/self/status", "r");
	long kib = -1;

	assert_non_null(f);
	while (fgets(line, sizeof(line), f) != NULL)
		if (strncmp(line, "VmLck:", 6) == 0)
			kib = strtol(line + 6, NULL, 10);
	(void)fclose(f);
	return kib;
}

static void
test_secrets_are_locked(void **state)
{
	long before = locked_kib();
	void *p = secret_new(10000);

	(void)state;
	assert_non_null(p);
	memset(p, 1, 10000);
	if (strcmp(sandbox_name(), "seccomp") == 0)
		assert_true(locked_kib() - before >= 8);
	secret_free(p);
	assert_int_equal(locked_kib(), before);
	secret_free(NULL);
	assert_int_equal(secret_room(4096), 0);
	assert_int_equal(secret_room(SIZE_MAX / 2), ERR_SPACE);
}

/* One byte past the end, or before the start of its page: a fault. */
static void
test_secrets_have_guards(void **state)
{
	static const long off[] = { 64, -4096 };
	size_t i;
	int status;
	pid_t pid;

	(void)state;
	for (i = 0; i < 2; i++) {
		if ((pid = fork()) == 0) {
			volatile uint8_t *p = secret_new(64);

			(void)signal(SIGSEGV, SIG_DFL);
			if (p != NULL)
				p[off[i]] = 1;
			_exit(0);
		}
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), SIGSEGV);
	}
}

/* Where nothing may be locked, there is no secret: root is above the limit,
 * so the child becomes nobody. */
static void
test_no_lock_no_secret(void **state)
{
	const struct rlimit none = { 0, 0 };
	int status;
	pid_t pid;

	(void)state;
	if (strcmp(sandbox_name(), "seccomp") != 0) {
		print_message("[  SKIPPED ] sanitizers do not lock memory\n");
		skip();
	}
	if ((pid = fork()) == 0) {
		if (setrlimit(RLIMIT_MEMLOCK, &none) != 0 ||
		    (geteuid() == 0 && setuid(65534) != 0))
			_exit(2);
		_exit(secret_new(64) == NULL && secret_room(64) == ERR_SPACE ?
		    0 : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

/* libsodium's own randomness comes from ours. */
static void
test_libsodium_asks_us(void **state)
{
	uint8_t a[32] = { 0 }, b[32] = { 0 };
	int status;
	pid_t pid;

	(void)state;
	if ((pid = fork()) == 0) {
		if (sandbox_begin(ROLE_KEEPER) != 0)
			_exit(1);
		if (strcmp(randombytes_implementation_name(),
		    "getrandom") != 0)
			_exit(2);
		randombytes_buf(a, sizeof(a));
		randombytes_buf(b, sizeof(b));
		_exit(memcmp(a, b, sizeof(a)) != 0 &&
		    randombytes_uniform(1) == 0 ? 0 : 3);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static int
setup(void **state)
{
	(void)state;
	return sodium_init() < 0 ? -1 : 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_was_written_is_mapped),
		cmocka_unit_test(test_seal_holds),
		cmocka_unit_test(test_a_writable_mapping_makes_the_seal_fail),
		cmocka_unit_test(test_unsealed_is_refused),
		cmocka_unit_test(test_nothing_in_it),
		cmocka_unit_test(test_writing_where_it_cannot),
		cmocka_unit_test(test_arena_comes_as_it_is_used),
		cmocka_unit_test(test_secrets_are_locked),
		cmocka_unit_test(test_secrets_have_guards),
		cmocka_unit_test(test_no_lock_no_secret),
		cmocka_unit_test(test_libsodium_asks_us),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
