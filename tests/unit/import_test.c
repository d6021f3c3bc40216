/* A foreign file, read once into sealed memory: media/import.h. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdbool.h>
#include <errno.h>
#include <cmocka.h>

#include <sys/socket.h>
#include <sys/sysmacros.h>
#include <sys/un.h>

#include "media/import_calls.h"
#include "tests/faults/stick.h"

#define CAP ((uint64_t)1 << 20)

static void
check_refused(const struct test_stick *s, const char *name, enum err want)
{
	uint64_t size = 77;
	int fd = -77;

	assert_int_equal(import_file(s->dir, name, CAP, &fd, &size), want);
	assert_int_equal(fd, -77);
	assert_int_equal(size, 77);
}

static void
check_imported(const struct test_stick *s, const char *name, uint64_t cap,
    const uint8_t *p, size_t n)
{
	struct span got = { 0 };
	uint64_t size = 0;
	int fd = -1;

	assert_int_equal(import_file(s->dir, name, cap, &fd, &size), 0);
	assert_int_equal(size, n);
	assert_int_equal(memfd_map(fd, &got), 0);
	assert_int_equal(got.n, n);
	assert_memory_equal(got.p, p, n);
	memfd_unmap(got);
	assert_int_equal(pwrite(fd, "x", 1, 0), -1);
	assert_int_equal(errno, EPERM);
	(void)close(fd);
}

static void
test_import_whole_and_sealed(void **state)
{
	struct test_stick s = stick_begin();
	static uint8_t big[300000];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(big); i++)
		big[i] = (uint8_t)(i * 31 + i / 251);
	stick_put(&s, "small", big, 1);
	stick_put(&s, "big", big, sizeof(big));
	check_imported(&s, "small", CAP, big, 1);
	check_imported(&s, "big", CAP, big, sizeof(big));
	check_imported(&s, "big", sizeof(big), big, sizeof(big));
	stick_end(&s);
}

static void
test_import_too_large(void **state)
{
	struct test_stick s = stick_begin();
	uint64_t size;
	int fd;

	(void)state;
	stick_put(&s, "x", "12345", 5);
	assert_int_equal(import_file(s.dir, "x", 4, &fd, &size),
	    ERR_TOO_LARGE);
	/* A sparse file of 8 TiB costs its owner nothing, and us neither. */
	stick_put(&s, "sparse", "", 0);
	fd = openat(s.dir, "sparse", O_WRONLY | O_CLOEXEC);
	assert_int_equal(ftruncate(fd, (off_t)1 << 43), 0);
	(void)close(fd);
	check_refused(&s, "sparse", ERR_TOO_LARGE);
	stick_end(&s);
}

static void
test_import_links_are_not_followed(void **state)
{
	struct test_stick s = stick_begin();

	(void)state;
	stick_put(&s, "file", "x", 1);
	assert_int_equal(mkdirat(s.dir, "folder", 0755), 0);
	assert_int_equal(symlinkat("file", s.dir, "to-file"), 0);
	assert_int_equal(symlinkat("folder", s.dir, "to-folder"), 0);
	assert_int_equal(symlinkat("/etc/passwd", s.dir, "to-passwd"), 0);
	assert_int_equal(symlinkat("nothing", s.dir, "dangling"), 0);
	assert_int_equal(symlinkat("loop", s.dir, "loop"), 0);
	check_refused(&s, "to-file", ERR_FORM);
	check_refused(&s, "to-folder", ERR_FORM);
	check_refused(&s, "to-passwd", ERR_FORM);
	check_refused(&s, "dangling", ERR_FORM);
	check_refused(&s, "loop", ERR_FORM);
	check_refused(&s, "folder", ERR_FORM);
	stick_end(&s);
}

/* Attack 37: a name is one component. */
static void
test_import_attack_37_traversal(void **state)
{
	struct test_stick s = stick_begin();

	(void)state;
	assert_int_equal(mkdirat(s.dir, "folder", 0755), 0);
	stick_put(&s, "folder/x", "x", 1);
	check_refused(&s, "folder/x", ERR_FORM);
	check_refused(&s, "../x", ERR_FORM);
	check_refused(&s, "/etc/passwd", ERR_FORM);
	check_refused(&s, "..", ERR_FORM);
	check_refused(&s, ".", ERR_FORM);
	check_refused(&s, "", ERR_FORM);
	stick_end(&s);
}

/* None of these may make us wait: the test would not end. */
static void
test_import_pipes_sockets_devices(void **state)
{
	struct test_stick s = stick_begin();
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	(void)state;
	assert_int_equal(mkfifoat(s.dir, "pipe", 0644), 0);
	(void)snprintf(a.sun_path, sizeof(a.sun_path), "%s/socket", s.path);
	assert_int_equal(bind(fd, (struct sockaddr *)&a, sizeof(a)), 0);
	check_refused(&s, "pipe", ERR_FORM);
	check_refused(&s, "socket", ERR_FORM);
	if (mknodat(s.dir, "zero", S_IFCHR | 0644, makedev(1, 5)) == 0)
		check_refused(&s, "zero", ERR_FORM);
	else
		print_message("devices: skipped, only root can make one\n");
	(void)close(fd);
	stick_end(&s);
}

static void
test_import_gone(void **state)
{
	struct test_stick s = stick_begin();

	(void)state;
	check_refused(&s, "nothing", ERR_GONE);
	assert_int_equal(rmdir(s.path), 0);
	check_refused(&s, "nothing", ERR_GONE);
	stick_end(&s);
}

static void
test_import_path(void **state)
{
	struct test_stick s = stick_begin();
	char path[128];
	uint64_t size = 0;
	int fd = -1;

	(void)state;
	stick_put(&s, "x", "12345", 5);
	(void)snprintf(path, sizeof(path), "%s/x", s.path);
	assert_int_equal(import_path(path, CAP, &fd, &size), 0);
	assert_int_equal(size, 5);
	(void)close(fd);
	assert_int_equal(import_path(s.path, CAP, &fd, &size), ERR_FORM);
	(void)snprintf(path, sizeof(path), "%s/x/y", s.path);
	assert_int_equal(import_path(path, CAP, &fd, &size), ERR_GONE);
	assert_int_equal(import_path("/dev/zero", CAP, &fd, &size), ERR_FORM);
	stick_end(&s);
}

/*
 * Known attacks 21 and 52: a file that is not the same from one moment to the
 * next.  The calls below do to it what another program, or the stick, might.
 */
static struct {
	const struct test_stick	*stick;
	void			(*strike)(void);
	int			 reads;		/* strike before this one */
	int			 looks;		/* or after this fstatat */
	int			 error;		/* read fails with it */
} foe;

static int
foe_fstatat(int dir, const char *name, struct stat *st, int flags)
{
	int r = import_calls_real.fstatat(dir, name, st, flags);

	if (foe.looks-- == 1)
		foe.strike();
	return r;
}

static ssize_t
foe_read(int fd, void *p, size_t n)
{
	if (foe.reads-- == 1) {
		if (foe.strike == NULL) {
			errno = foe.error;
			return -1;
		}
		foe.strike();
	}
	/* Never all at once: an import must cope with short reads. */
	return import_calls_real.read(fd, p, n > 1000 ? 1000 : n);
}

/* A stick whose times and sizes cannot be believed: the second look tells
 * what the first did, but for so much more in size. */
static struct {
	struct stat	first;
	int		looks;
	off_t		more;
} liar;

static int
liar_fstat(int fd, struct stat *st)
{
	if (liar.looks++ == 0) {
		assert_int_equal(import_calls_real.fstat(fd, &liar.first), 0);
		*st = liar.first;
		return 0;
	}
	*st = liar.first;
	st->st_size += liar.more;
	return 0;
}

static enum err
import_under_attack(const struct test_stick *s, void (*strike)(void),
    int looks, int reads, int error)
{
	struct import_calls c = import_calls_real;
	uint64_t size = 0;
	int fd = -1;
	enum err e;

	c.fstatat = foe_fstatat;
	c.read = foe_read;
	foe.stick = s;
	foe.strike = strike;
	foe.looks = looks;
	foe.reads = reads;
	foe.error = error;
	e = import_with(&c, s->dir, "x", CAP, &fd, &size);
	if (fd >= 0)
		(void)close(fd);
	return e;
}

static void
strike_grow(void)
{
	int fd = openat(foe.stick->dir, "x", O_WRONLY | O_APPEND | O_CLOEXEC);

	assert_int_equal(write(fd, "more", 4), 4);
	(void)close(fd);
}

static void
strike_shrink(void)
{
	int fd = openat(foe.stick->dir, "x", O_WRONLY | O_CLOEXEC);

	assert_int_equal(ftruncate(fd, 2), 0);
	(void)close(fd);
}

/* The same length, other bytes: only the times tell. */
static void
strike_rewrite(void)
{
	struct timespec t[2] = { { .tv_nsec = UTIME_OMIT },
	    { .tv_sec = 1000 } };
	int fd = openat(foe.stick->dir, "x", O_WRONLY | O_CLOEXEC);

	assert_int_equal(pwrite(fd, "z", 1, 2999), 1);
	assert_int_equal(futimens(fd, t), 0);
	(void)close(fd);
}

static void
strike_swap(void)
{
	stick_put(foe.stick, "y", "other", 5);
	assert_int_equal(renameat(foe.stick->dir, "y", foe.stick->dir, "x"),
	    0);
}

static void
strike_link(void)
{
	assert_int_equal(unlinkat(foe.stick->dir, "x", 0), 0);
	assert_int_equal(symlinkat("/etc/passwd", foe.stick->dir, "x"), 0);
}

static void
strike_pipe(void)
{
	assert_int_equal(unlinkat(foe.stick->dir, "x", 0), 0);
	assert_int_equal(mkfifoat(foe.stick->dir, "x", 0644), 0);
}

static void
strike_remove(void)
{
	assert_int_equal(unlinkat(foe.stick->dir, "x", 0), 0);
}

static void
test_import_attacks_21_52_changing_file(void **state)
{
	static const struct {
		void		(*strike)(void);
		int		 looks, reads, error;
		enum err	 want;
	} row[] = {
		{ NULL, 0, 0, 0, ERR_NONE },
		{ NULL, 0, 2, EINTR, ERR_NONE },
		{ strike_grow, 0, 1, 0, ERR_CHANGED },
		{ strike_grow, 0, 3, 0, ERR_CHANGED },
		{ strike_grow, 0, 4, 0, ERR_CHANGED },
		{ strike_shrink, 0, 1, 0, ERR_CHANGED },
		{ strike_shrink, 0, 2, 0, ERR_CHANGED },
		{ strike_shrink, 0, 4, 0, ERR_CHANGED },
		{ strike_rewrite, 0, 1, 0, ERR_CHANGED },
		{ strike_rewrite, 0, 4, 0, ERR_CHANGED },
		{ strike_swap, 1, 0, 0, ERR_CHANGED },
		{ strike_link, 1, 0, 0, ERR_FORM },
		{ strike_pipe, 1, 0, 0, ERR_FORM },
		{ strike_remove, 1, 0, 0, ERR_GONE },
		{ NULL, 0, 2, EIO, ERR_IO },
		{ NULL, 0, 2, ENODEV, ERR_GONE },
	};
	uint8_t bytes[3000];
	size_t i;

	(void)state;
	memset(bytes, 'a', sizeof(bytes));
	for (i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct test_stick s = stick_begin();

		stick_put(&s, "x", bytes, sizeof(bytes));
		assert_int_equal(import_under_attack(&s, row[i].strike,
		    row[i].looks, row[i].reads, row[i].error), row[i].want);
		stick_end(&s);
	}
}

/* Each of the checks has to hold without the others. */
static void
test_import_attack_52_lying_stick(void **state)
{
	static const struct {
		void		(*strike)(void);
		int		 reads;
		off_t		 more;
		enum err	 want;
	} row[] = {
		{ NULL, 0, 0, ERR_NONE },
		{ strike_grow, 1, 0, ERR_CHANGED },
		{ strike_grow, 4, 0, ERR_CHANGED },
		{ strike_shrink, 2, 0, ERR_CHANGED },
		{ NULL, 0, 1, ERR_CHANGED },
	};
	struct import_calls c = import_calls_real;
	uint8_t bytes[3000] = { 1 };
	uint64_t size = 0;
	size_t i;
	int fd;

	(void)state;
	c.read = foe_read;
	c.fstat = liar_fstat;
	for (i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct test_stick s = stick_begin();

		stick_put(&s, "x", bytes, sizeof(bytes));
		memset(&foe, 0, sizeof(foe));
		memset(&liar, 0, sizeof(liar));
		foe.stick = &s;
		foe.strike = row[i].strike;
		foe.reads = row[i].reads;
		liar.more = row[i].more;
		fd = -1;
		assert_int_equal(import_with(&c, s.dir, "x", CAP, &fd, &size),
		    row[i].want);
		if (fd >= 0)
			(void)close(fd);
		stick_end(&s);
	}
}

static unsigned endless_reads;

static ssize_t
endless_read(int fd, void *p, size_t n)
{
	(void)fd;
	memset(p, 'x', n);
	endless_reads++;
	return (ssize_t)n;
}

/* A file without an end takes no more memory than it said. */
static void
test_import_endless(void **state)
{
	struct test_stick s = stick_begin();
	struct import_calls c = import_calls_real;
	uint64_t size;
	int fd;

	(void)state;
	stick_put(&s, "x", "12345", 5);
	c.read = endless_read;
	assert_int_equal(import_with(&c, s.dir, "x", CAP, &fd, &size),
	    ERR_CHANGED);
	assert_int_equal(endless_reads, 1);
	stick_end(&s);
}

static void
test_import_budget(void **state)
{
	const uint64_t gib = (uint64_t)1 << 20;		/* in KiB */
	uint64_t now = import_budget();

	(void)state;
	assert_int_equal(import_budget_of(2 * gib, 2 * gib), IMPORT_CAP);
	assert_int_equal(import_budget_of(64 * gib, 60 * gib), IMPORT_CAP);
	assert_int_equal(import_budget_of(gib, gib), IMPORT_CAP / 2);
	assert_int_equal(import_budget_of(gib / 2, gib / 2), IMPORT_CAP / 4);
	assert_int_equal(import_budget_of(2 * gib, 100 * 1024),
	    (uint64_t)25 << 20);
	assert_int_equal(import_budget_of(gib, 0), 0);
	assert_true(now > 0 && now <= IMPORT_CAP);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_import_whole_and_sealed),
		cmocka_unit_test(test_import_too_large),
		cmocka_unit_test(test_import_links_are_not_followed),
		cmocka_unit_test(test_import_attack_37_traversal),
		cmocka_unit_test(test_import_pipes_sockets_devices),
		cmocka_unit_test(test_import_gone),
		cmocka_unit_test(test_import_path),
		cmocka_unit_test(test_import_attacks_21_52_changing_file),
		cmocka_unit_test(test_import_attack_52_lying_stick),
		cmocka_unit_test(test_import_endless),
		cmocka_unit_test(test_import_budget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
