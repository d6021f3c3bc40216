/*
 * Saving while things go wrong: every system call of the save path fails once
 * in turn, with every plausible errno and in every way of giving the file its
 * name; and the stick is pulled before each of them.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdbool.h>
#include <errno.h>
#include <cmocka.h>

#include "tests/faults/save_rig.h"
#include "tests/faults/stick.h"

#define SIZE 100000u			/* several pieces when read back */

static const char unsigned_text[] = "the unsigned file, as it was";

static uint8_t bytes[SIZE];

static enum err
save_once(const struct test_stick *s, char out[NAME_MAX + 1])
{
	int fd = sealed_bytes(bytes, sizeof(bytes));
	enum err e;

	memcpy(out, "none", 5);
	e = save_answer_with(&rig_calls, s->dir, "x.psbt", "-signed.psbt",
	    fd, out);
	assert_int_equal(close(fd), 0);
	return e;
}

/* The unsigned file as it was; a whole answer or none; nothing half. */
static void
check_stick(const struct test_stick *s, enum err e, const char *out,
    bool pulled)
{
	bool there = stick_count(s, "-signed.psbt") == 1;
	size_t parts = stick_count(s, ".part");

	assert_true(stick_holds(s, "x.psbt", unsigned_text,
	    sizeof(unsigned_text)));
	if (there)
		assert_true(stick_holds(s, "x-signed.psbt", bytes, SIZE));
	if (e == 0) {
		assert_true(there);
		assert_string_equal(out, "x-signed.psbt");
	} else {
		assert_string_equal(out, "none");
		assert_true(strlen(save_advice(e)) > 60);
		assert_non_null(strstr(save_advice(e), "Nothing is lost"));
	}
	if (!pulled) {
		assert_int_equal(there, e == 0);
		assert_int_equal(parts, 0);
	}
	assert_int_equal(stick_count(s, ""), 1 + there + parts);
}

/* Forgetting what is cached, and closing what was read back, may fail. */
static bool
may_fail(int at)
{
	char c = rig.trace[at - 1];

	return c == 'f' || (c == 'x' && strchr(rig.trace, 'r') != NULL &&
	    strchr(rig.trace, 'r') < rig.trace + at);
}

static const struct {
	int		error;
	enum err	want;
} faults[] = {
	{ ENOSPC, ERR_FULL },
	{ EDQUOT, ERR_FULL },
	{ EIO, ERR_IO },
	{ EROFS, ERR_READONLY },
	{ EACCES, ERR_READONLY },
	{ ENODEV, ERR_GONE },
	{ ENOENT, ERR_GONE },
	{ ESTALE, ERR_GONE },
};

/* Returns false when there was no such call any more. */
static bool
one_fault(enum ways way, int at, size_t fault)
{
	struct test_stick s = stick_begin();
	char out[NAME_MAX + 1];
	bool met;
	enum err e;

	stick_put(&s, "x.psbt", unsigned_text, sizeof(unsigned_text));
	rig_begin(way);
	rig.at = at;
	rig.error = faults[fault].error;
	e = save_once(&s, out);
	met = rig.seen >= at;
	if (!met || may_fail(at) ||
	    (rig.trace[at - 1] == 'a' && rig.error == ENOENT))
		assert_int_equal(e, 0);
	else
		assert_int_equal(e, faults[fault].want);
	check_stick(&s, e, out, false);
	stick_end(&s);
	return met;
}

static void
test_faults_each_call_fails_once(void **state)
{
	unsigned way, runs = 0;
	size_t f;
	int at;

	(void)state;
	for (way = 0; way < WAYS; way++)
		for (f = 0; f < sizeof(faults) / sizeof(faults[0]); f++)
			for (at = 1; one_fault((enum ways)way, at, f); at++)
				runs++;
	print_message("%u faults\n", runs);
	assert_true(runs > 3 * 8 * 12);
}

static bool
one_pull(enum ways way, int at, int error)
{
	struct test_stick s = stick_begin();
	char out[NAME_MAX + 1];
	bool met;
	enum err e;

	stick_put(&s, "x.psbt", unsigned_text, sizeof(unsigned_text));
	rig_begin(way);
	rig.write_max = SIZE / 3;
	rig.at = at;
	rig.onward = true;
	rig.error = error;
	e = save_once(&s, out);
	met = rig.seen >= at;
	if (!met)
		assert_int_equal(e, 0);
	else if (!may_fail(at))
		assert_int_equal(e, error == EIO ? ERR_IO : ERR_GONE);
	check_stick(&s, e, out, true);
	stick_end(&s);
	return met;
}

static void
test_faults_pulled_before_each_call(void **state)
{
	static const int errors[] = { ENODEV, EIO, ENOENT };
	unsigned way;
	size_t i;
	int at;

	(void)state;
	for (way = 0; way < WAYS; way++)
		for (i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
			for (at = 1; one_pull((enum ways)way, at, errors[i]);
			    at++)
				continue;
}

/* A signal may come at any call: the answer is whole, or it is told. */
static void
test_faults_interrupted(void **state)
{
	char out[NAME_MAX + 1];
	bool met = true;
	enum err e;
	int at;

	(void)state;
	for (at = 1; met; at++) {
		struct test_stick s = stick_begin();

		stick_put(&s, "x.psbt", unsigned_text,
		    sizeof(unsigned_text));
		rig_begin(ATOMIC);
		rig.at = at;
		rig.error = EINTR;
		e = save_once(&s, out);
		met = rig.seen >= at;
		if (!met || strchr("cwsfxDr", rig.trace[at - 1]) != NULL)
			assert_int_equal(e, 0);
		check_stick(&s, e, out, false);
		stick_end(&s);
	}
}

/*
 * The order is what makes it safe: the bytes are on the stick before they get
 * their name, and the name is before anything is read back.
 */
static void
test_faults_order_of_calls(void **state)
{
	static const char *const want[WAYS] = {
		"vcwsfxRDotrrrrrx", "vcwsfxRluDotrrrrrx", "vcwsfxRlanDotrrrrrx"
	};
	char out[NAME_MAX + 1];
	unsigned way;

	(void)state;
	for (way = 0; way < WAYS; way++) {
		struct test_stick s = stick_begin();

		stick_put(&s, "x.psbt", unsigned_text,
		    sizeof(unsigned_text));
		rig_begin((enum ways)way);
		assert_int_equal(save_once(&s, out), 0);
		assert_string_equal(rig.trace, want[way]);
		check_stick(&s, 0, out, false);
		stick_end(&s);
	}
}

static void
test_faults_name_taken_on_every_file_system(void **state)
{
	char out[NAME_MAX + 1];
	unsigned way;

	(void)state;
	for (way = 0; way < WAYS; way++) {
		struct test_stick s = stick_begin();

		stick_put(&s, "x-signed.psbt", "older", 5);
		stick_put(&s, "x-signed-2.psbt", "old", 3);
		rig_begin((enum ways)way);
		assert_int_equal(save_once(&s, out), 0);
		assert_string_equal(out, "x-signed-3.psbt");
		assert_true(stick_holds(&s, "x-signed.psbt", "older", 5));
		assert_true(stick_holds(&s, "x-signed-2.psbt", "old", 3));
		assert_true(stick_holds(&s, out, bytes, SIZE));
		assert_int_equal(stick_count(&s, ""), 3);
		stick_end(&s);
	}
}

static void
test_faults_short_writes_and_reads(void **state)
{
	struct test_stick s = stick_begin();
	char out[NAME_MAX + 1];

	(void)state;
	stick_put(&s, "x.psbt", unsigned_text, sizeof(unsigned_text));
	rig_begin(ATOMIC);
	rig.write_max = 777;
	rig.read_max = 333;
	assert_int_equal(save_once(&s, out), 0);
	check_stick(&s, 0, out, false);
	assert_int_equal(unlinkat(s.dir, out, 0), 0);
	/* A write that takes nothing would otherwise go on for ever. */
	rig_begin(ATOMIC);
	rig.write_max = 0;
	assert_int_equal(save_once(&s, out), ERR_IO);
	check_stick(&s, ERR_IO, out, false);
	stick_end(&s);
}

static void
test_faults_temporary_name_taken(void **state)
{
	struct test_stick s = stick_begin();
	char out[NAME_MAX + 1];

	(void)state;
	stick_put(&s, "x.psbt", unsigned_text, sizeof(unsigned_text));
	rig_begin(ATOMIC);
	rig.busy = 1000;
	assert_int_equal(save_once(&s, out), ERR_IO);
	check_stick(&s, ERR_IO, out, false);
	rig_begin(ATOMIC);
	rig.busy = 3;
	assert_int_equal(save_once(&s, out), 0);
	check_stick(&s, 0, out, false);
	stick_end(&s);
}

static void
meddle_flip(uint8_t *p, ssize_t *n)
{
	if (*n > 0)
		p[*n - 1] ^= 1;
}

static void
meddle_end_early(uint8_t *p, ssize_t *n)
{
	(void)p;
	if (strlen(rig.trace) > 12)
		*n = 0;
}

static void
meddle_go_on(uint8_t *p, ssize_t *n)
{
	if (*n == 0) {
		p[0] = 0;
		*n = 1;
	}
}

/* Known attack 52: the stick gives back something else than it was given. */
static void
test_faults_attack_52_read_back_differs(void **state)
{
	static void (*const meddle[])(uint8_t *, ssize_t *) = {
		meddle_flip, meddle_end_early, meddle_go_on
	};
	struct test_stick s = stick_begin();
	char out[NAME_MAX + 1];
	unsigned way;
	size_t i;

	(void)state;
	stick_put(&s, "x.psbt", unsigned_text, sizeof(unsigned_text));
	for (way = 0; way < WAYS; way++) {
		for (i = 0; i < sizeof(meddle) / sizeof(meddle[0]); i++) {
			rig_begin((enum ways)way);
			rig.meddle = meddle[i];
			assert_int_equal(save_once(&s, out), ERR_MISMATCH);
			check_stick(&s, ERR_MISMATCH, out, false);
		}
	}
	stick_end(&s);
}

static void
tell_full(struct statvfs *v)
{
	v->f_bavail = SIZE / v->f_frsize + 1;
}

static void
tell_just_enough(struct statvfs *v)
{
	v->f_bavail = SIZE / v->f_frsize + 2;
}

static void
tell_read_only(struct statvfs *v)
{
	v->f_flag |= ST_RDONLY;
}

static void
tell_nothing(struct statvfs *v)
{
	memset(v, 0, sizeof(*v));
}

/* Free space first: what cannot end well is not begun. */
static void
test_faults_room_is_looked_for_first(void **state)
{
	static const struct {
		void		(*tell)(struct statvfs *);
		enum err	 want;
	} row[] = {
		{ tell_full, ERR_FULL },
		{ tell_read_only, ERR_READONLY },
		{ tell_just_enough, ERR_NONE },
		{ tell_nothing, ERR_NONE },
	};
	char out[NAME_MAX + 1];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct test_stick s = stick_begin();

		stick_put(&s, "x.psbt", unsigned_text,
		    sizeof(unsigned_text));
		rig_begin(ATOMIC);
		rig.tell = row[i].tell;
		assert_int_equal(save_once(&s, out), row[i].want);
		check_stick(&s, row[i].want, out, false);
		if (row[i].want != 0)
			assert_null(strchr(rig.trace, 'c'));
		stick_end(&s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_faults_each_call_fails_once),
		cmocka_unit_test(test_faults_pulled_before_each_call),
		cmocka_unit_test(test_faults_interrupted),
		cmocka_unit_test(test_faults_order_of_calls),
		cmocka_unit_test(test_faults_name_taken_on_every_file_system),
		cmocka_unit_test(test_faults_short_writes_and_reads),
		cmocka_unit_test(test_faults_temporary_name_taken),
		cmocka_unit_test(test_faults_room_is_looked_for_first),
		cmocka_unit_test(test_faults_attack_52_read_back_differs),
	};
	size_t i;

	for (i = 0; i < SIZE; i++)
		bytes[i] = (uint8_t)(i * 7 + i / 255);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
