/* What lies on a stick: media/listing.h. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdbool.h>
#include <errno.h>
#include <time.h>
#include <cmocka.h>

#include <sys/socket.h>
#include <sys/sysmacros.h>
#include <sys/un.h>

#include "media/listing.h"
#include "tests/faults/stick.h"

#define CAP 1000

static const struct entry *
entry_of(const struct listing *l, const char *name)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		if (strcmp(l->entry[i].name, name) == 0)
			return &l->entry[i];
	fail_msg("%s is not listed", name);
	return NULL;
}

static void
check_skipped(const struct listing *l, const char *name, const char *why)
{
	const struct entry *e = entry_of(l, name);

	assert_false(e->candidate);
	assert_string_equal(e->skip, why);
}

static void
make_one_of_each(const struct test_stick *s)
{
	static const char big[CAP + 1];
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	stick_put(s, "b.psbt", big, CAP);
	stick_put(s, "B.psbt", big, 1);
	stick_put(s, "big", big, CAP + 1);
	stick_put(s, "empty", "", 0);
	stick_put(s, "._b.psbt", "x", 1);
	stick_put(s, ".coldseal-01234567.part", "x", 1);
	assert_int_equal(mkdirat(s->dir, "folder", 0755), 0);
	assert_int_equal(mkdirat(s->dir, ".Trashes", 0755), 0);
	stick_put(s, "folder/inside", "x", 1);
	assert_int_equal(symlinkat("b.psbt", s->dir, "link"), 0);
	assert_int_equal(symlinkat("folder", s->dir, "link-to-folder"), 0);
	assert_int_equal(symlinkat("/etc/passwd", s->dir, "passwd"), 0);
	assert_int_equal(symlinkat("nothing", s->dir, "dangling"), 0);
	assert_int_equal(mkfifoat(s->dir, "pipe", 0644), 0);
	(void)snprintf(a.sun_path, sizeof(a.sun_path), "%s/socket", s->path);
	assert_int_equal(bind(fd, (struct sockaddr *)&a, sizeof(a)), 0);
	(void)close(fd);
}

static void
test_listing_names_a_reason(void **state)
{
	struct test_stick s = stick_begin();
	struct listing l = { 0 };

	(void)state;
	make_one_of_each(&s);
	assert_int_equal(listing_read(s.dir, CAP, &l), 0);
	assert_int_equal(l.n, 14);
	assert_false(l.cut);
	assert_true(entry_of(&l, "b.psbt")->candidate);
	assert_null(entry_of(&l, "b.psbt")->skip);
	assert_int_equal(entry_of(&l, "b.psbt")->size, CAP);
	assert_true(entry_of(&l, "B.psbt")->candidate);
	check_skipped(&l, "big", "too large for this machine");
	check_skipped(&l, "empty", "empty");
	check_skipped(&l, "._b.psbt", "hidden");
	check_skipped(&l, ".coldseal-01234567.part", "hidden");
	check_skipped(&l, "folder", "a folder");
	check_skipped(&l, ".Trashes", "a folder");
	check_skipped(&l, "link", "a link");
	check_skipped(&l, "link-to-folder", "a link");
	check_skipped(&l, "passwd", "a link");
	check_skipped(&l, "dangling", "a link");
	check_skipped(&l, "pipe", "a pipe");
	check_skipped(&l, "socket", "a socket");
	listing_end(&l);
	assert_null(l.entry);
	stick_end(&s);
}

static void
test_listing_device(void **state)
{
	struct test_stick s = stick_begin();
	struct listing l = { 0 };

	(void)state;
	if (mknodat(s.dir, "null", S_IFCHR | 0644, makedev(1, 3)) != 0) {
		print_message("skipped: only root can make a device\n");
		stick_end(&s);
		skip();
	}
	assert_int_equal(listing_read(s.dir, CAP, &l), 0);
	check_skipped(&l, "null", "a device");
	listing_end(&l);
	stick_end(&s);
}

static void
test_listing_empty_and_gone(void **state)
{
	struct test_stick s = stick_begin();
	struct listing l = { 0 };
	int fd;

	(void)state;
	assert_int_equal(listing_read(s.dir, CAP, &l), 0);
	assert_int_equal(l.n, 0);
	listing_end(&l);
	l.n = 77;
	assert_int_equal(rmdir(s.path), 0);
	assert_int_equal(listing_read(s.dir, CAP, &l), ERR_GONE);
	fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	assert_int_equal(listing_read(fd, CAP, &l), ERR_GONE);
	assert_int_equal(l.n, 77);
	(void)close(fd);
	stick_end(&s);
}

/* Known attack 8: a name may hold anything but a slash; on screen it holds
 * nothing but printable ASCII. */
static void
test_listing_attack_8_hostile_names(void **state)
{
	static const struct { const char *name, *shown; } row[] = {
		{ "\n", "\\x0a" },
		{ "\x1b[2J.psbt", "\\x1b[2J.psbt" },
		{ " ", "\\x20" },
		{ "a\\x0a", "a\\\\x0a" },
		{ "\xe2\x80\xae" "tbsp.exe", "\\xe2\\x80\\xaetbsp.exe" },
		{ "\xff\xfe", "\\xff\\xfe" },
		{ "...", "..." },
		{ "-rf", "-rf" },
		{ "%s%n", "%s%n" },
	};
	struct test_stick s = stick_begin();
	struct listing l = { 0 };
	char longest[256];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		stick_put(&s, row[i].name, "x", 1);
	memset(longest, 1, 255);
	longest[255] = '\0';
	stick_put(&s, longest, "x", 1);
	assert_int_equal(listing_read(s.dir, CAP, &l), 0);
	assert_int_equal(l.n, sizeof(row) / sizeof(row[0]) + 1);
	for (i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		assert_string_equal(entry_of(&l, row[i].name)->shown,
		    row[i].shown);
	assert_int_equal(strlen(entry_of(&l, longest)->shown), 4 * 255);
	assert_true(entry_of(&l, longest)->candidate);
	listing_end(&l);
	stick_end(&s);
}

static void
put_many(const struct test_stick *s, size_t from, size_t to)
{
	char name[32];
	size_t i;

	for (i = from; i < to; i++) {
		/* Not in order: 7919 is prime to the number of files. */
		(void)snprintf(name, sizeof(name), "%05zu.psbt",
		    i * 7919 % to);
		stick_put(s, name, "x", 1);
	}
}

static void
test_listing_ten_thousand_files(void **state)
{
	struct test_stick s = stick_begin();
	struct listing l = { 0 };
	struct timespec a, b;
	char name[32];
	size_t i;

	(void)state;
	put_many(&s, 0, 10000);
	(void)clock_gettime(CLOCK_MONOTONIC, &a);
	assert_int_equal(listing_read(s.dir, CAP, &l), 0);
	(void)clock_gettime(CLOCK_MONOTONIC, &b);
	assert_int_equal(l.n, 10000);
	assert_false(l.cut);
	for (i = 0; i < l.n; i++) {
		(void)snprintf(name, sizeof(name), "%05zu.psbt", i);
		assert_string_equal(l.entry[i].name, name);
		assert_true(l.entry[i].candidate);
	}
	listing_end(&l);
	/* Told, not asserted: the machine may be busy with something else. */
	print_message("10000 files in %ld ms\n",
	    (long)(b.tv_sec - a.tv_sec) * 1000 +
	    (b.tv_nsec - a.tv_nsec) / 1000000);
	stick_end(&s);
}

static void
test_listing_is_cut_and_says_so(void **state)
{
	struct test_stick s = stick_begin();
	struct listing l = { 0 };

	(void)state;
	put_many(&s, 0, LISTING_MAX);
	assert_int_equal(listing_read(s.dir, CAP, &l), 0);
	assert_int_equal(l.n, LISTING_MAX);
	assert_false(l.cut);
	listing_end(&l);
	stick_put(&s, "one more", "x", 1);
	assert_int_equal(listing_read(s.dir, CAP, &l), 0);
	assert_int_equal(l.n, LISTING_MAX);
	assert_true(l.cut);
	listing_end(&l);
	stick_end(&s);
}

/* Reading twice from one descriptor must give the same. */
static void
test_listing_twice(void **state)
{
	struct test_stick s = stick_begin();
	struct listing l = { 0 };

	(void)state;
	stick_put(&s, "b", "x", 1);
	stick_put(&s, "a", "x", 1);
	assert_int_equal(listing_read(s.dir, CAP, &l), 0);
	listing_end(&l);
	assert_int_equal(listing_read(s.dir, CAP, &l), 0);
	assert_int_equal(l.n, 2);
	assert_string_equal(l.entry[0].name, "a");
	listing_end(&l);
	stick_end(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_listing_names_a_reason),
		cmocka_unit_test(test_listing_device),
		cmocka_unit_test(test_listing_empty_and_gone),
		cmocka_unit_test(test_listing_attack_8_hostile_names),
		cmocka_unit_test(test_listing_ten_thousand_files),
		cmocka_unit_test(test_listing_is_cut_and_says_so),
		cmocka_unit_test(test_listing_twice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
