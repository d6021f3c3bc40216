/*
 * The one source of randomness, with a kernel that gives less than was asked,
 * or nothing.  This getrandom stands in the place of the C library's, also
 * for the library itself and for libsodium.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <signal.h>
#include <sodium.h>
#include <stdbool.h>
#include <string.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/proc/random.h"
#include "core/proc/sandbox.h"

enum { REAL, SHORT, INTERRUPTED, EMPTY, FAILS, TOO_MUCH };

static int kernel;
static unsigned calls;

ssize_t
getrandom(void *p, size_t n, unsigned flags)
{
	calls++;
	switch (kernel) {
	case SHORT:
		n = n > 5 ? 5 : n;
		break;
	case INTERRUPTED:
		if (calls % 2 == 1) {
			errno = EINTR;
			return -1;
		}
		break;
	case EMPTY:
		return 0;
	case FAILS:
		errno = EIO;
		return -1;
	case TOO_MUCH:
		return (ssize_t)n + 1;
	default:
		break;
	}
	return syscall(SYS_getrandom, p, n, flags);
}

static void
fills(int how)
{
	static uint8_t a[4096 + 2], b[4096 + 2];
	size_t i, same = 0;

	kernel = how;
	calls = 0;
	a[0] = a[4097] = 0xaa;
	random_bytes(a + 1, 4096);
	random_bytes(b + 1, 4096);
	kernel = REAL;
	assert_true(calls >= 2);
	assert_int_equal(a[0], 0xaa);
	assert_int_equal(a[4097], 0xaa);
	assert_memory_not_equal(a + 1, b + 1, 4096);
	for (i = 1; i + 32 <= 4097; i += 32)
		same += memcmp(a + i, a + i + 1, 31) == 0;
	assert_int_equal(same, 0);
}

static void
test_fills_all_of_it(void **state)
{
	(void)state;
	fills(REAL);
	fills(SHORT);
	fills(INTERRUPTED);
	calls = 0;
	random_bytes(NULL, 0);
	assert_int_equal(calls, 0);
}

/* What ended the child: a signal, or 0 when it lived on. */
static int
end_of(int how, bool jailed, bool through_sodium)
{
	uint8_t b[32];
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		kernel = REAL;
		if (jailed && (sandbox_begin(ROLE_KEEPER) != 0 ||
		    sandbox_narrow(ROLE_KEEPER) != 0))
			_exit(1);
		kernel = how;
		if (through_sodium)
			randombytes_buf(b, sizeof(b));
		else
			random_bytes(b, sizeof(b));
		_exit(0);
	}
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFSIGNALED(status))
		return WTERMSIG(status);
	assert_int_equal(WEXITSTATUS(status), 0);
	return 0;
}

/* Known attack 31: without randomness there is no next instruction. */
static void
test_attack_31_none_ends_the_process(void **state)
{
	static const int how[] = { EMPTY, FAILS, TOO_MUCH };
	size_t i;

	(void)state;
	assert_int_equal(end_of(REAL, false, false), 0);	/* control */
	assert_int_equal(end_of(SHORT, true, true), 0);
	for (i = 0; i < 3; i++) {
		assert_int_equal(end_of(how[i], false, false), SIGKILL);
		assert_int_not_equal(end_of(how[i], true, false), 0);
		assert_int_not_equal(end_of(how[i], true, true), 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fills_all_of_it),
		cmocka_unit_test(test_attack_31_none_ends_the_process),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
