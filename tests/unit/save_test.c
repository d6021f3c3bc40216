/*
 * An answer on a stick: media/save.h.  (What happens when system calls fail
 * is in tests/faults.)
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdbool.h>
#include <errno.h>
#include <cmocka.h>

#include <sys/mount.h>
#include <sys/stat.h>

#include "media/save.h"
#include "tests/faults/stick.h"

static const char answer[] = "the answer";

static enum err
save(const struct test_stick *s, const char *file, const char *suffix,
    char out[NAME_MAX + 1])
{
	int fd = sealed_bytes(answer, sizeof(answer));
	enum err e = save_answer(s->dir, file, suffix, fd, out);

	assert_int_equal(close(fd), 0);
	return e;
}

static void
check_saved(const struct test_stick *s, const char *file, const char *suffix,
    const char *want)
{
	char out[NAME_MAX + 1];

	assert_int_equal(save(s, file, suffix, out), 0);
	assert_string_equal(out, want);
	assert_true(stick_holds(s, out, answer, sizeof(answer)));
	assert_int_equal(stick_count(s, ".part"), 0);
}

static void
test_save_one_after_another(void **state)
{
	struct test_stick s = stick_begin();
	struct stat st;

	(void)state;
	stick_put(&s, "x.psbt", "unsigned", 8);
	check_saved(&s, "x.psbt", "-signed.psbt", "x-signed.psbt");
	check_saved(&s, "x.psbt", "-final.txn", "x-final.txn");
	check_saved(&s, "x.psbt", "-signed.psbt", "x-signed-2.psbt");
	check_saved(&s, "x-signed.psbt", "-signed.psbt", "x-signed-3.psbt");
	check_saved(&s, "x-signed.psbt", "-final.txn", "x-final-2.txn");
	assert_true(stick_holds(&s, "x.psbt", "unsigned", 8));
	assert_int_equal(stick_count(&s, ""), 6);
	assert_int_equal(fstatat(s.dir, "x-signed.psbt", &st, 0), 0);
	assert_int_equal(st.st_mode & 0133, 0);
	stick_end(&s);
}

/* Whatever has the name keeps it: nothing is followed, nothing replaced. */
static void
test_save_name_taken_by_something_else(void **state)
{
	struct test_stick s = stick_begin();
	struct stat st;

	(void)state;
	stick_put(&s, "victim", "victim", 6);
	assert_int_equal(symlinkat("victim", s.dir, "x-signed.psbt"), 0);
	assert_int_equal(symlinkat("new", s.dir, "x-signed-2.psbt"), 0);
	assert_int_equal(mkdirat(s.dir, "x-signed-3.psbt", 0755), 0);
	assert_int_equal(mkfifoat(s.dir, "x-signed-4.psbt", 0644), 0);
	check_saved(&s, "x.psbt", "-signed.psbt", "x-signed-5.psbt");
	assert_true(stick_holds(&s, "victim", "victim", 6));
	assert_int_equal(fstatat(s.dir, "new", &st, 0), -1);
	assert_int_equal(stick_count(&s, ""), 6);
	stick_end(&s);
}

/* Known attack 37: the name of a foreign file becomes one of ours. */
static void
test_save_attack_37_hostile_names(void **state)
{
	struct test_stick s = stick_begin();
	char out[NAME_MAX + 1] = "kept", longest[NAME_MAX + 1];

	(void)state;
	memset(longest, 'a', NAME_MAX);
	longest[NAME_MAX] = '\0';
	check_saved(&s, "a\n\x1b[2J:b.psbt", "-signed.psbt",
	    "a__[2J_b-signed.psbt");
	check_saved(&s, "\xff.psbt", "-signed.psbt", "_-signed.psbt");
	assert_int_equal(save(&s, longest, "-signed.psbt", out), 0);
	assert_int_equal(strlen(out), NAME_MAX);
	assert_int_equal(save(&s, longest, "-signed.psbt", out), 0);
	assert_int_equal(strlen(out), NAME_MAX);
	assert_int_equal(stick_count(&s, ""), 4);
	memcpy(out, "kept", 5);
	assert_int_equal(save(&s, "../x.psbt", "-signed.psbt", out), ERR_FORM);
	assert_int_equal(save(&s, "..", "-signed.psbt", out), ERR_FORM);
	assert_int_equal(save(&s, "x.psbt", "/../../x", out), ERR_FORM);
	assert_string_equal(out, "kept");
	assert_int_equal(stick_count(&s, ""), 4);
	stick_end(&s);
}

static void
test_save_every_name_taken(void **state)
{
	struct test_stick s = stick_begin();
	char out[NAME_MAX + 1], name[64];
	unsigned i;

	(void)state;
	stick_put(&s, "x-signed.psbt", "o", 1);
	for (i = 2; i < 9999; i++) {
		(void)snprintf(name, sizeof(name), "x-signed-%u.psbt", i);
		stick_put(&s, name, "o", 1);
	}
	check_saved(&s, "x.psbt", "-signed.psbt", "x-signed-9999.psbt");
	assert_int_equal(save(&s, "x.psbt", "-signed.psbt", out), ERR_RANGE);
	assert_int_equal(stick_count(&s, ""), 9999);
	assert_int_equal(stick_count(&s, ".part"), 0);
	stick_end(&s);
}

static void
test_save_file_of_our_own(void **state)
{
	struct test_stick s = stick_begin();
	int fd = sealed_bytes(answer, sizeof(answer));
	char out[NAME_MAX + 1];
	struct stat st;

	(void)state;
	(void)umask(022);
	assert_int_equal(save_file(s.dir, "addresses.txt", fd, out), 0);
	assert_string_equal(out, "addresses.txt");
	assert_int_equal(save_file(s.dir, "addresses.txt", fd, out), 0);
	assert_string_equal(out, "addresses-2.txt");
	assert_true(stick_holds(&s, out, answer, sizeof(answer)));
	assert_int_equal(fstatat(s.dir, out, &st, 0), 0);
	assert_int_equal(st.st_mode & 0077, 0044);
	assert_int_equal(save_private(s.dir, "addresses.txt", fd, out), 0);
	assert_string_equal(out, "addresses-3.txt");
	assert_true(stick_holds(&s, out, answer, sizeof(answer)));
	assert_int_equal(fstatat(s.dir, out, &st, 0), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(save_file(s.dir, "a/b", fd, out), ERR_FORM);
	(void)close(fd);
	stick_end(&s);
}

/* Bytes that could still change are not saved. */
static void
test_save_only_what_is_sealed(void **state)
{
	struct test_stick s = stick_begin();
	char out[NAME_MAX + 1];
	int fd = -1;

	(void)state;
	assert_int_equal(memfd_new("test", &fd), 0);
	assert_int_equal(memfd_write(fd, span_of("x", 1)), 0);
	assert_int_equal(save_answer(s.dir, "x.psbt", "-signed.psbt", fd, out),
	    ERR_FORM);
	assert_int_equal(stick_count(&s, ""), 0);
	(void)close(fd);
	stick_end(&s);
}

static void
test_save_vanished(void **state)
{
	struct test_stick s = stick_begin();
	char out[NAME_MAX + 1];

	(void)state;
	assert_int_equal(rmdir(s.path), 0);
	assert_int_equal(save(&s, "x.psbt", "-signed.psbt", out), ERR_GONE);
	stick_end(&s);
}

/* A small file system of its own, where we are allowed to mount one. */
static bool
mount_small(struct test_stick *s, const char *options)
{
	if (mount("tmpfs", s->path, "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC,
	    options) != 0)
		return false;
	(void)close(s->dir);
	s->dir = open(s->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(s->dir >= 0);
	return true;
}

/* It lives on in our descriptor alone: a test that fails leaves no mount. */
static void
detach_small(const struct test_stick *s)
{
	assert_int_equal(umount2(s->path, MNT_DETACH), 0);
}

static void
skip_unmounted(struct test_stick *s)
{
	print_message("skipped: not allowed to mount a tmpfs here\n");
	stick_end(s);
	skip();
}

/* Fill it in steps of a page: at some point the answer does not fit. */
static void
test_save_full(void **state)
{
	static const char page[4096];
	struct test_stick s = stick_begin();
	char out[NAME_MAX + 1], name[32];
	unsigned i;
	enum err e = 0;

	(void)state;
	if (!mount_small(&s, "size=64k"))
		skip_unmounted(&s);
	detach_small(&s);
	stick_put(&s, "x.psbt", "unsigned", 8);
	for (i = 0; i < 32 && e == 0; i++) {
		(void)snprintf(name, sizeof(name), "fill%u", i);
		stick_put(&s, name, page, sizeof(page));
		e = save(&s, "x.psbt", "-signed.psbt", out);
	}
	assert_int_equal(e, ERR_FULL);
	assert_int_equal(stick_count(&s, ".part"), 0);
	assert_int_equal(stick_count(&s, ".psbt"), i);
	assert_true(stick_holds(&s, "x.psbt", "unsigned", 8));
	/* Room is made, as the advice says, and it goes on. */
	assert_int_equal(unlinkat(s.dir, "fill0", 0), 0);
	assert_int_equal(unlinkat(s.dir, "fill1", 0), 0);
	assert_int_equal(save(&s, "x.psbt", "-signed.psbt", out), 0);
	stick_end(&s);
}

static void
test_save_no_inodes(void **state)
{
	struct test_stick s = stick_begin();
	char out[NAME_MAX + 1];

	(void)state;
	if (!mount_small(&s, "size=1m,nr_inodes=3"))
		skip_unmounted(&s);
	detach_small(&s);
	stick_put(&s, "x.psbt", "unsigned", 8);
	stick_put(&s, "y", "y", 1);
	assert_int_equal(save(&s, "x.psbt", "-signed.psbt", out), ERR_FULL);
	assert_int_equal(stick_count(&s, ""), 2);
	stick_end(&s);
}

static void
test_save_read_only(void **state)
{
	struct test_stick s = stick_begin();
	char out[NAME_MAX + 1];

	(void)state;
	if (!mount_small(&s, "size=64k"))
		skip_unmounted(&s);
	stick_put(&s, "x.psbt", "unsigned", 8);
	assert_int_equal(mount(NULL, s.path, NULL, MS_REMOUNT | MS_RDONLY,
	    NULL), 0);
	detach_small(&s);
	assert_int_equal(save(&s, "x.psbt", "-signed.psbt", out),
	    ERR_READONLY);
	assert_int_equal(stick_count(&s, ""), 1);
	assert_true(stick_holds(&s, "x.psbt", "unsigned", 8));
	stick_end(&s);
}

/* Nothing may be made in the folder.  Permissions do not bind root, who
 * becomes somebody else for it. */
static void
test_save_no_permission(void **state)
{
	struct test_stick s = stick_begin();
	char out[NAME_MAX + 1];
	uid_t me = geteuid();
	enum err e;

	(void)state;
	assert_int_equal(fchmod(s.dir, 0555), 0);
	if (me == 0)
		assert_int_equal(seteuid(65534), 0);
	e = save(&s, "x.psbt", "-signed.psbt", out);
	assert_int_equal(seteuid(me), 0);
	assert_int_equal(e, ERR_READONLY);
	assert_int_equal(stick_count(&s, ""), 0);
	assert_int_equal(fchmod(s.dir, 0755), 0);
	stick_end(&s);
}

/* What a stick gives back after it was let go and mounted anew. */
static void
test_save_check_and_undo(void **state)
{
	struct test_stick s = stick_begin();
	int fd = sealed_bytes(answer, sizeof(answer));
	char out[NAME_MAX + 1];

	(void)state;
	stick_put(&s, "x.psbt", "unsigned", 8);
	assert_int_equal(save(&s, "x.psbt", "-signed.psbt", out), 0);
	assert_int_equal(save_check(s.dir, out, fd), 0);
	assert_int_equal(save_check(s.dir, "gone.psbt", fd), ERR_GONE);
	assert_int_equal(save_check(s.dir, "a/b", fd), ERR_FORM);
	stick_put(&s, "short.psbt", answer, sizeof(answer) - 1);
	assert_int_equal(save_check(s.dir, "short.psbt", fd), ERR_MISMATCH);
	stick_put(&s, "other.psbt", "the ansver", sizeof(answer));
	assert_int_equal(save_check(s.dir, "other.psbt", fd), ERR_MISMATCH);
	assert_int_equal(symlinkat(out, s.dir, "link.psbt"), 0);
	assert_int_not_equal(save_check(s.dir, "link.psbt", fd), 0);
	save_undo(s.dir, out);
	assert_int_equal(save_check(s.dir, out, fd), ERR_GONE);
	save_undo(s.dir, "../x");	/* no name of one component */
	assert_true(stick_holds(&s, "x.psbt", "unsigned", 8));
	assert_int_equal(close(fd), 0);
	stick_end(&s);
}

/* Every sentence says that nothing is lost, and no two are alike. */
static void
test_save_advice(void **state)
{
	static const enum err told[] = { ERR_FULL, ERR_READONLY, ERR_GONE,
	    ERR_IO, ERR_MISMATCH, ERR_RANGE, ERR_STATE, ERR_FORM,
	    ERR_STOPPED, ERR_INTERNAL };
	size_t i, j, n = sizeof(told) / sizeof(told[0]);

	(void)state;
	for (i = 0; i < n; i++) {
		assert_non_null(strstr(save_advice(told[i]),
		    "Nothing is lost"));
		for (j = 0; j < i; j++)
			assert_string_not_equal(save_advice(told[i]),
			    save_advice(told[j]));
	}
	assert_non_null(strstr(save_advice(ERR_NONE), "read back"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_save_one_after_another),
		cmocka_unit_test(test_save_name_taken_by_something_else),
		cmocka_unit_test(test_save_attack_37_hostile_names),
		cmocka_unit_test(test_save_every_name_taken),
		cmocka_unit_test(test_save_file_of_our_own),
		cmocka_unit_test(test_save_only_what_is_sealed),
		cmocka_unit_test(test_save_vanished),
		cmocka_unit_test(test_save_full),
		cmocka_unit_test(test_save_no_inodes),
		cmocka_unit_test(test_save_read_only),
		cmocka_unit_test(test_save_no_permission),
		cmocka_unit_test(test_save_check_and_undo),
		cmocka_unit_test(test_save_advice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
