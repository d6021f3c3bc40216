/*
 * What each role is there for works in its jail: a call that its list lacks
 * would end the child by SIGSYS.  (The front's files: media_jail_test.c.)
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/crypto/secp.h"
#include "core/proc/channel.h"
#include "core/proc/memory.h"
#include "core/proc/random.h"
#include "core/proc/sandbox.h"

/* A channel whose other end the test holds, and a file for the clerk. */
static struct channel mine, theirs;
static int sealed = -1, writable = -1;
static struct packet packet;

static int
answer_once(struct channel *c, enum msg m, const int *fd, size_t nfd)
{
	if (channel_wait(c, -1) != 1 ||
	    channel_recv(c, ST_ANY, &packet) != 0)
		return 10;
	packet_end(&packet);
	return channel_send(c, m, span_of(NULL, 0), fd, nfd) == 0 ? 0 : 11;
}

static int
work_of_keeper(void)
{
	struct secret32 k = { { 7 } }, blind;
	struct hash32 digest = { { 9 } };
	struct sig64 sig;
	uint8_t key[32], salt[crypto_pwhash_SALTBYTES] = { 1 };
	uint8_t *locked;

	random_bytes(&blind, sizeof(blind));
	if (secp_init(&blind) != 0 || sandbox_narrow(ROLE_KEEPER) != 0)
		return 1;
	if ((locked = secret_new(70000)) == NULL)
		return 2;
	memset(locked, 1, 70000);
	secret_free(locked);
	if (ecdsa_sign(&k, &digest, &sig) != 0)
		return 3;
	if (schnorr_sign(&k, &digest, &sig) != 0)
		return 4;
	if (crypto_pwhash(key, sizeof(key), "words", 5, salt,
	    crypto_pwhash_OPSLIMIT_MIN, (size_t)8 << 20,
	    crypto_pwhash_ALG_ARGON2ID13) != 0)
		return 5;
	random_bytes(key, sizeof(key));
	return answer_once(&theirs, MSG_KEEPER_OK, NULL, 0);
}

static int
work_of_clerk(void)
{
	struct arena a;
	struct span s;
	uint8_t *p;

	if (arena_map(&a, (size_t)4 << 30) != 0 || secp_init(NULL) != 0 ||
	    sandbox_narrow(ROLE_CLERK) != 0)
		return 1;
	if (memfd_map(sealed, &s) != 0 || s.n != 5 ||
	    memcmp(s.p, "hello", 5) != 0)
		return 2;
	memfd_unmap(s);
	(void)close(sealed);
	if (memfd_map(writable, &s) != ERR_FORM)
		return 3;
	if (memfd_write(writable, span_text("a page")) != 0)
		return 4;
	if ((p = arena_take(&a, (size_t)64 << 20, 1, 16)) == NULL)
		return 5;
	p[(64 << 20) - 1] = 1;
	arena_clear(&a);
	return answer_once(&theirs, MSG_CLERK_OK, NULL, 0);
}

static int
work_of_front(void)
{
	struct winsize w;
	sigset_t set;
	struct span s;
	void *locked;
	int fd;

	if (sandbox_narrow(ROLE_FRONT) != 0)
		return 1;
	if (memfd_new("front", &fd) != 0 ||
	    memfd_write(fd, span_text("x")) != 0 || memfd_seal(fd) != 0 ||
	    memfd_map(fd, &s) != 0)
		return 2;
	memfd_unmap(s);
	if ((locked = secret_new(100)) == NULL)
		return 3;
	secret_free(locked);
	(void)ioctl(STDOUT_FILENO, TIOCGWINSZ, &w);
	(void)sigemptyset(&set);
	(void)sigprocmask(SIG_BLOCK, &set, NULL);
	(void)signal(SIGWINCH, SIG_IGN);
	if (channel_send(&theirs, MSG_STICKS, span_of(NULL, 0), NULL, 0) != 0)
		return 4;
	return isatty(fd) != 0 ? 5 : 0;
}

static int
work_of_mounter(void)
{
	int dir;

	if (sandbox_narrow(ROLE_MOUNTER) != 0)
		return 1;
	if ((dir = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0)
		return 2;
	if (faccessat(dir, ".", R_OK, 0) != 0)
		return 3;
	return answer_once(&theirs, MSG_STICK_LIST, NULL, 0);
}

/* A child is started, waited for and killed; it jails itself further. */
static int
work_of_parent(void)
{
	struct channel a, b;
	int status;
	pid_t pid;

	if (sandbox_narrow(ROLE_PARENT) != 0 ||
	    channel_pair(ROLE_FRONT, ROLE_CLERK, &a, &b) != 0)
		return 1;
	if ((pid = fork()) < 0)
		return 2;
	if (pid == 0)
		_exit(sandbox_begin(ROLE_CLERK) != 0 ? 98 : work_of_clerk());
	if (waitpid(pid, &status, 0) != pid)
		return 3;
	if (!WIFEXITED(status))
		return 4;
	return WEXITSTATUS(status) == 0 ? 0 : 50 + WEXITSTATUS(status);
}

static void
check_work(enum role r, enum role peer, enum msg ask, int (*work)(void))
{
	int status = -1;
	pid_t pid;

	assert_int_equal(channel_pair(ROLE_FRONT, peer, &mine, &theirs), 0);
	if (r == ROLE_FRONT)
		theirs = (struct channel){ theirs.fd, ROLE_FRONT,
		    ROLE_MOUNTER };
	assert_int_equal(memfd_new("sealed", &sealed), 0);
	assert_int_equal(memfd_write(sealed, span_text("hello")), 0);
	assert_int_equal(memfd_seal(sealed), 0);
	assert_int_equal(memfd_new("page", &writable), 0);
	if (ask != MSG_NONE)
		assert_int_equal(channel_send(&mine, ask, span_of(NULL, 0),
		    NULL, 0), 0);
	if ((pid = fork()) == 0)
		_exit(sandbox_begin(r) != 0 ? 99 : work());
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFSIGNALED(status))
		fail_msg("ended by signal %d", WTERMSIG(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	channel_close(&mine);
	channel_close(&theirs);
	(void)close(sealed);
	(void)close(writable);
}

static void
test_keeper(void **state)
{
	(void)state;
	check_work(ROLE_KEEPER, ROLE_KEEPER, MSG_LOCK, work_of_keeper);
}

static void
test_clerk(void **state)
{
	(void)state;
	check_work(ROLE_CLERK, ROLE_CLERK, MSG_FORGET, work_of_clerk);
}

static void
test_front(void **state)
{
	(void)state;
	check_work(ROLE_FRONT, ROLE_FRONT, MSG_NONE, work_of_front);
}

static void
test_mounter(void **state)
{
	(void)state;
	check_work(ROLE_MOUNTER, ROLE_MOUNTER, MSG_STICKS, work_of_mounter);
}

static void
test_parent(void **state)
{
	(void)state;
	check_work(ROLE_PARENT, ROLE_CLERK, MSG_FORGET, work_of_parent);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_keeper),
		cmocka_unit_test(test_clerk),
		cmocka_unit_test(test_front),
		cmocka_unit_test(test_mounter),
		cmocka_unit_test(test_parent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
