/*
 * Listing, importing and saving, all within the front's jail: a system call
 * that its list lacks would end the child by SIGSYS.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdbool.h>
#include <errno.h>
#include <cmocka.h>

#include <sys/wait.h>

#include "core/proc/medium.h"
#include "core/proc/sandbox.h"
#include "media/import.h"
#include "media/listing.h"
#include "media/save_calls.h"
#include "tests/faults/stick.h"

#define FILES 2000

static int
no_atomic_rename(int a, const char *from, int b, const char *to,
    unsigned flags)
{
	if (save_calls_real.renameat2(a, from, b, "", flags) != 0)
		errno = EINVAL;
	(void)to;
	return -1;
}

static int
no_second_name(int a, const char *from, int b, const char *to, int flags)
{
	if (save_calls_real.linkat(a, from, b, "", flags) != 0)
		errno = EPERM;
	(void)to;
	return -1;
}

/* Each returns an exit code: 0, or which step failed. */
static int
in_jail_read(const struct test_stick *s)
{
	struct listing l = { 0 };
	uint64_t size = 0;
	int fd = -1;

	if (import_budget() == 0)
		return 1;
	if (listing_read(s->dir, import_budget(), &l) != 0)
		return 2;
	if (l.n != FILES)
		return 3;
	if (import_file(s->dir, l.entry[0].name, import_budget(), &fd,
	    &size) != 0)
		return 4;
	listing_end(&l);
	(void)close(fd);
	return import_file(s->dir, "nothing", 10, &fd, &size) == ERR_GONE ?
	    0 : 5;
}

static int
in_jail_save(const struct test_stick *s)
{
	struct save_calls c = save_calls_real;
	char out[NAME_MAX + 1];
	int fd = -1;

	if (memfd_new("answer", &fd) != 0 ||
	    memfd_write(fd, span_of("answer", 6)) != 0 ||
	    memfd_seal(fd) != 0)
		return 6;
	if (save_answer_with(&c, s->dir, "x.psbt", "-signed.psbt", fd,
	    out) != 0)
		return 7;
	c.renameat2 = no_atomic_rename;
	if (save_answer_with(&c, s->dir, "x.psbt", "-signed.psbt", fd,
	    out) != 0)
		return 8;
	c.linkat = no_second_name;
	if (save_answer_with(&c, s->dir, "x.psbt", "-signed.psbt", fd,
	    out) != 0)
		return 9;
	return strcmp(out, "x-signed-3.psbt") == 0 ? 0 : 10;
}

/* The raw bytes of a device; here those of a file. */
static int
in_jail_medium(const struct test_stick *s)
{
	static uint8_t step[MEDIUM_STEP];
	struct medium m;
	int fd = openat(s->dir, "medium", O_RDONLY | O_CLOEXEC);

	if (fd < 0 || medium_begin(&m, fd) != 0)
		return 11;
	while (!medium_done(&m))
		if (medium_step(&m, step) != 0)
			return 12;
	return m.digest[MEDIUM_KERNEL].b[0] == 0x6e ? 0 : 13;
}

static void
check_in_jail(const struct test_stick *s,
    int (*run)(const struct test_stick *))
{
	int status = -1;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		if (sandbox_begin(ROLE_FRONT) != 0 ||
		    sandbox_narrow(ROLE_FRONT) != 0)
			_exit(99);
		_exit(run(s));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFSIGNALED(status))
		fail_msg("ended by signal %d", WTERMSIG(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void
test_front_reads_a_stick_in_jail(void **state)
{
	struct test_stick s = stick_begin();
	char name[32];
	unsigned i;

	(void)state;
	for (i = 0; i < FILES; i++) {
		(void)snprintf(name, sizeof(name), "%u.psbt", i);
		stick_put(&s, name, "x", 1);
	}
	check_in_jail(&s, in_jail_read);
	stick_end(&s);
}

static void
test_front_saves_in_jail(void **state)
{
	struct test_stick s = stick_begin();

	(void)state;
	check_in_jail(&s, in_jail_save);
	assert_int_equal(stick_count(&s, ".psbt"), 3);
	assert_int_equal(stick_count(&s, ".part"), 0);
	stick_end(&s);
}

/* SHA-256 of one zero begins with 6e. */
static void
test_front_hashes_the_medium_in_jail(void **state)
{
	static uint8_t b[40 * 2048];
	struct test_stick s = stick_begin();

	(void)state;
	memcpy(b + 32768, "\1CD001\1", 7);
	b[32768 + 80] = 40;
	memcpy(b + 32768 + 883, "coldseal-medium1", 16);
	b[32768 + 899 + 8] = b[32768 + 899 + 24] = 1;
	stick_put(&s, "medium", b, sizeof(b));
	check_in_jail(&s, in_jail_medium);
	stick_end(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_front_reads_a_stick_in_jail),
		cmocka_unit_test(test_front_saves_in_jail),
		cmocka_unit_test(test_front_hashes_the_medium_in_jail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
