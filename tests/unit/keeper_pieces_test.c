/* Keys in pieces in the keeper: counted by group, taken back, worked out in
 * parts that can be stopped between; and a bare seed, made for them. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/unit/keeper_shares.h"

#define ROLLS "62535134123665432261551643214261365421546314255361"

/* Not random: what is made of it is compared. */
static void
chance(void *p, size_t n)
{
	memset(p, 7, n);
}

/* Three groups, of which two are needed; what is here is told of each. */
static void
test_groups_are_counted(void **state)
{
	static const uint8_t plan[] = { 2, 3, 2, 3, 1, 1, 2, 2 };
	char text[6][SLIP39_TEXT_MAX];
	uint8_t i;

	(void)state;
	assert_int_equal(backup(&abandon, BACKUP_SLIP39, "pass", plan,
	    sizeof(plan)), 0);
	for (i = 0; i < 6; i++)
		assert_int_equal(share(i, text[i], sizeof(text[i])), 0);
	assert_int_equal(end(), 0);
	assert_int_equal(gather(GATHER_SHARE, text[4]), 0);
	assert_int_equal(reply_len, 16);
	assert_memory_equal(reply_mem, "\x01\x01\x02\x00\x02\x00\x01\x01"
	    "\x02\x03\x00\x00\x00\x00\x01\x02", 16);
	assert_int_equal(gather(GATHER_SHARE, text[3]), 0);
	assert_memory_equal(reply_mem, "\x01\x01\x01\x01\x02\x00\x02\x01"
	    "\x01\x03\x00\x00\x01\x01\x01\x02", 16);
	assert_int_equal(load(keeper_on_rehearse, "", "pass"), ERR_MISSING);
	assert_int_equal(gather(GATHER_BACK, ""), 0);
	assert_memory_equal(reply_mem, "\x01\x01\x02\x00\x02\x00\x01", 7);
	assert_int_equal(gather(GATHER_SHARE, text[1]), 0);
	assert_int_equal(gather(GATHER_SHARE, text[3]), 0);
	assert_int_equal(gather(GATHER_SHARE, text[0]), 0);
	assert_memory_equal(reply_mem, "\x01\x02\x02\x02\x02\x01\x04\x01"
	    "\x00\x03\x02\x02\x01\x01\x01\x02", 16);
	assert_int_equal(gather(GATHER_PART, ABANDON), ERR_MIXED);
	assert_int_equal(gather(GATHER_HOWS, ""), ERR_RANGE);
	assert_int_equal(load(keeper_on_rehearse, "", "wrong"), 0);
	assert_int_equal(reply_mem[0], TRIED_OTHER);
	assert_int_equal(load(keeper_on_unlock, "", "pass"), 0);
	assert_memory_equal(reply_mem, abandon.b, 4);
	for (i = 0; i < 4; i++)
		assert_int_equal(gather(GATHER_BACK, ""), 0);
	assert_int_equal(k.gather.kind, PIECES_NONE);
	assert_int_equal(gather(GATHER_BACK, ""), 0);
}

static enum err
stretch(uint32_t *done, uint32_t *total)
{
	struct sink s = fresh();
	struct reader r;
	enum err e;

	if ((e = ask(keeper_on_stretch, &s)) != 0)
		return e;
	r = reader_of(span_of(reply_mem, reply_len));
	*done = read_u32le(&r);
	*total = read_u32le(&r);
	assert_int_equal(reader_done(&r), 0);
	return 0;
}

/* A share that asks for 64 times the usual work, as somebody else may make
 * it. */
static void
laborious(char text[SLIP39_TEXT_MAX])
{
	struct slip39_plan plan = { 1, 1, { { 1, 1 } } };
	struct slip39_set set;
	struct slip39_stretch st;
	struct seed s = { .n = 16, .b = { 1, 2, 3, 4 } };

	assert_int_equal(slip39_split(&plan, &s, span_text("pw"), chance,
	    &set), 0);
	set.share[0].exponent = 6;
	assert_int_equal(slip39_stretch(&set.share[0], span_text("pw"), false,
	    &s, &st), 0);
	slip39_go(&st, UINT32_MAX);
	set.share[0].value = st.secret;
	slip39_text(&set.share[0], text);
}

/* Work that takes long is done in parts, goes on where it was under the same
 * passphrase, begins anew under another, and gives the same key. */
static void
test_long_work_in_parts(void **state)
{
	struct seedkey at_once;
	struct fault f = { 0 };
	char text[SLIP39_TEXT_MAX + 8];
	uint32_t done = 0, total = 0;

	(void)state;
	laborious(text);
	assert_int_equal(restore_key(span_text(text), span_text("pw"),
	    &at_once, &f), 0);
	assert_int_equal(stretch(&done, &total), ERR_STATE);
	assert_int_equal(gather(GATHER_SHARE, text), 0);
	assert_int_equal(reply_mem[7], 6);
	assert_int_equal(load(keeper_on_unlock, "", "pw"), ERR_UNFINISHED);
	assert_int_equal(k.nkey, 1);
	assert_int_equal(stretch(&done, &total), 0);
	assert_int_equal(total, 10000 << 6);
	assert_true(done > 0 && done < total);
	assert_int_equal(load(keeper_on_unlock, "", "pw"), ERR_UNFINISHED);
	assert_int_equal(k.gather.stretch.done, done);
	assert_int_equal(load(keeper_on_unlock, "", "px"), ERR_UNFINISHED);
	assert_int_equal(k.gather.stretch.done, 0);
	assert_int_equal(load(keeper_on_unlock, "", "pw"), ERR_UNFINISHED);
	while (stretch(&done, &total) == 0 && done < total)
		continue;
	assert_int_equal(load(keeper_on_unlock, "", ""), 0);
	assert_memory_equal(reply_mem, at_once.fpr.b, 4);
	assert_int_equal(stretch(&done, &total), ERR_STATE);
	assert_int_equal(k.gather.kind, PIECES_SLIP39);
	assert_int_equal(end(), 0);
}

/* From a file, whose last line is the passphrase: it goes by itself. */
static void
test_long_work_of_a_file(void **state)
{
	char text[SLIP39_TEXT_MAX + 8];
	uint32_t done = 0, total = 0;

	(void)state;
	laborious(text);
	(void)snprintf(text + strlen(text), 8, "\npw\n");
	assert_int_equal(load(keeper_on_rehearse, text, ""), ERR_UNFINISHED);
	while (stretch(&done, &total) == 0 && done < total)
		continue;
	assert_int_equal(load(keeper_on_rehearse, "", ""), 0);
	assert_int_equal(reply_mem[0], TRIED_OTHER);
	assert_int_equal(k.gather.kind, PIECES_NONE);
}

/* A seed that no words give is at hand when it is made, and its shares have
 * twenty words. */
static void
test_bare_seed(void **state)
{
	static const uint8_t plan[] = { 1, 1, 2, 3 };
	char text[SLIP39_TEXT_MAX];
	struct sink s = fresh();
	struct fpr fpr;
	size_t i, n;

	(void)state;
	put_span(&s, span_of((const uint8_t *)"\x01\x19\x01", 3));
	assert_int_equal(ask(keeper_on_new_key, &s), ERR_RANGE);
	s = fresh();
	put_u8(&s, ENTROPY_DICE);
	put_u8(&s, 12);
	put_u8(&s, true);
	assert_int_equal(ask(keeper_on_new_key, &s), 0);
	s = fresh();
	put_u8(&s, SOURCE_DICE);
	put_text(&s, ROLLS);
	assert_int_equal(ask(keeper_on_feed, &s), 0);
	s = fresh();
	assert_int_equal(ask(keeper_on_words, &s), 0);
	assert_int_equal(reply_len, 4);
	memcpy(fpr.b, reply_mem, 4);
	assert_int_equal(k.nkey, 2);
	assert_int_equal(k.made.stage, MAKING_NONE);
	assert_int_equal(keeper_state(&k), KEEPER_OPEN);
	assert_int_equal(backup(&fpr, BACKUP_SLIP39, "", plan, 4), 0);
	assert_memory_equal(reply_mem, "\x03\x10\x00", 3);
	assert_int_equal(share(0, text, sizeof(text)), 0);
	for (i = n = 0; text[i] != '\0'; i++)
		n += text[i] == ' ';
	assert_int_equal(n, 19);
}

int
main(void)
{
#define T(fn) cmocka_unit_test_setup(fn, setup)
	const struct CMUnitTest tests[] = {
		T(test_groups_are_counted),
		T(test_long_work_in_parts),
		T(test_long_work_of_a_file),
		T(test_bare_seed),
	};

	return cmocka_run_group_tests_name("keeper, pieces", tests, NULL,
	    NULL);
}
