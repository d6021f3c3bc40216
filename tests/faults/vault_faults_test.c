/*
 * A vault's state written while things go wrong: every system call fails once
 * in turn; the stick is pulled before each; and the writing ends at a byte,
 * with the rest as it was.  What opens afterwards is the last whole state,
 * or the new one where it was said to be written.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdbool.h>
#include <errno.h>
#include <cmocka.h>

#include "core/crypto/secp.h"
#include "media/patch.h"
#include "tests/faults/save_rig.h"
#include "tests/faults/stick.h"
#include "tests/unit/vault_rig.h"

static uint8_t before[RIG_FILE];	/* holds "old" */
static uint8_t after[RIG_FILE];		/* of which one slot is new */
static size_t from;			/* where that one is */

/* Two states with "old"; then one more, with "new", not yet on the stick. */
static int
setup(void **state)
{
	uint64_t sequence;

	(void)state;
	if (secp_init(NULL) != 0)
		return -1;
	vr_new();
	vr_put(KEPT_LABEL, "old");
	vr_save();
	vr_save();
	memcpy(before, vr_file, sizeof(before));
	memcpy(after, vr_file, sizeof(after));
	vr_put(KEPT_LABEL, "new");
	assert_int_equal(vault_seal(&vr_vault, &sequence), 0);
	from = vr_vault.slot * VAULT_SLOT;
	memcpy(after + from, vr_image, VAULT_SLOT);
	return 0;
}

/* What opens: the old state whole, or the new one whole. */
static bool
opens_with_new(const uint8_t *file, size_t n)
{
	struct fault f = { 0 };

	assert_int_equal(vault_open(&vr_vault, span_of(file, n),
	    span_text(RIG_PASS), LIMIT_VAULT_MEMORY, &f), 0);
	assert_true(vr_has(KEPT_LABEL, "old"));
	return vr_has(KEPT_LABEL, "new");
}

static bool
stick_opens_with_new(const struct test_stick *s)
{
	int fd = openat(s->dir, "v", O_RDONLY | O_CLOEXEC);
	ssize_t n = read(fd, vr_file, sizeof(vr_file));

	assert_true(fd >= 0 && n == RIG_FILE);
	(void)close(fd);
	return opens_with_new(vr_file, RIG_FILE);
}

static enum err
patch_once(const struct test_stick *s)
{
	int fd = sealed_bytes(after, sizeof(after));
	enum err e = patch_file_with(&rig_calls, s->dir, "v", fd, from,
	    VAULT_SLOT);

	assert_int_equal(close(fd), 0);
	return e;
}

/* Returns false when there was no such call any more. */
static bool
one_fault(int at, bool onward, int error)
{
	struct test_stick s = stick_begin();
	bool met, fresh;
	enum err e;

	stick_put(&s, "v", before, sizeof(before));
	rig_begin(ATOMIC);
	rig.write_max = VAULT_SLOT / 3;
	rig.at = at;
	rig.onward = onward;
	rig.error = error;
	e = patch_once(&s);
	met = rig.seen >= at;
	fresh = stick_opens_with_new(&s);
	if (e == 0)
		assert_true(fresh);
	if (!met)
		assert_int_equal(e, 0);
	else if (rig.trace[at - 1] != 'f')	/* the kernel may not forget */
		assert_int_not_equal(e, 0);
	assert_int_equal(stick_count(&s, ""), 1);
	stick_end(&s);
	return met;
}

static void
test_faults_each_call_fails_once(void **state)
{
	static const int errors[] = { EIO, ENOSPC };
	unsigned runs = 0;
	size_t i;
	int at;

	(void)state;
	for (i = 0; i < 2; i++)
		for (at = 1; one_fault(at, false, errors[i]); at++)
			runs++;
	print_message("%u faults\n", runs);
	assert_true(runs > 2 * 9);
}

static void
test_faults_pulled_before_each_call(void **state)
{
	unsigned runs = 0;
	int at;

	(void)state;
	for (at = 1; one_fault(at, true, ENODEV); at++)
		runs++;
	assert_true(runs > 9);
}

/*
 * Power goes at a byte: what lies before it is new, what lies behind is old.
 * Every byte of the header, then one in 16,384, and the last ones.
 */
static void
test_faults_cut_at_a_byte(void **state)
{
	static uint8_t file[RIG_FILE];
	size_t at, cuts = 0;

	(void)state;
	memcpy(file, before, sizeof(file));
	for (at = 0; at <= VAULT_SLOT; cuts++) {
		memcpy(file + from, after + from, at);
		assert_int_equal(opens_with_new(file, sizeof(file)),
		    at == VAULT_SLOT);
		at += at < VAULT_HEAD + 2 || at > VAULT_SLOT - 18 ? 1 :
		    at + 16384 < VAULT_SLOT - 18 ? 16384 :
		    VAULT_SLOT - 17 - at;
	}
	print_message("%zu cuts\n", cuts);
	assert_true(cuts > VAULT_HEAD + 60);
}

/* Flash does not write in order: any sector may be new while others are old. */
static void
test_faults_sectors_in_any_order(void **state)
{
	static uint8_t file[RIG_FILE];
	size_t at;

	(void)state;
	for (at = 0; at < VAULT_SLOT; at += 65536) {
		memcpy(file, after, sizeof(file));
		memcpy(file + from + at, before + from + at, 512);
		assert_false(opens_with_new(file, sizeof(file)));
	}
}

static void
test_faults_a_link_or_folder_is_no_vault(void **state)
{
	struct test_stick s = stick_begin();
	int fd = sealed_bytes(after, sizeof(after));

	(void)state;
	rig_begin(ATOMIC);
	assert_int_equal(patch_file_with(&rig_calls, s.dir, "v", fd, 0,
	    VAULT_SLOT), ERR_GONE);
	assert_int_equal(stick_count(&s, ""), 0);
	stick_put(&s, "other", before, 100);
	assert_int_equal(symlinkat("other", s.dir, "v"), 0);
	assert_int_not_equal(patch_file_with(&rig_calls, s.dir, "v", fd, 0,
	    VAULT_SLOT), 0);
	assert_true(stick_holds(&s, "other", before, 100));
	assert_int_equal(patch_file_with(&rig_calls, s.dir, "../v", fd, 0,
	    VAULT_SLOT), ERR_FORM);
	assert_int_equal(patch_file_with(&rig_calls, s.dir, "other", fd,
	    VAULT_SLOT, RIG_FILE), ERR_RANGE);
	assert_int_equal(close(fd), 0);
	stick_end(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_faults_each_call_fails_once),
		cmocka_unit_test(test_faults_pulled_before_each_call),
		cmocka_unit_test(test_faults_cut_at_a_byte),
		cmocka_unit_test(test_faults_sectors_in_any_order),
		cmocka_unit_test(test_faults_a_link_or_folder_is_no_vault),
	};

	return cmocka_run_group_tests_name("vault: faults", tests, setup,
	    NULL);
}
