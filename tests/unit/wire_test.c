/*
 * The table of messages, swept: all 256 types, every pair of roles, every set
 * of states, sizes and counts of descriptors around each limit.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdbool.h>
#include <string.h>
#include <cmocka.h>

#include "core/wire/table.h"

/* Nothing else is a message: the list is written out a second time, so that
 * a row cannot be added, moved or widened unseen. */
static const struct {
	const char *name;
	enum role from, to;
	uint8_t states;
	uint32_t cap;
	uint8_t fds;
} rows[] = {
	{ "COMPLETE", ROLE_FRONT, ROLE_KEEPER, 0xff, 16, 0 },
	{ "CHECK_WORDS", ROLE_FRONT, ROLE_KEEPER, 0xff, 36864, 0 },
	{ "UNLOCK", ROLE_FRONT, ROLE_KEEPER, 3, 36864, 0 },
	{ "LOCK", ROLE_FRONT, ROLE_KEEPER, 0xff, 0, 0 },
	{ "FINGERPRINTS", ROLE_FRONT, ROLE_KEEPER, 0xff, 0, 0 },
	{ "NEW_KEY", ROLE_FRONT, ROLE_KEEPER, 3, 3, 0 },
	{ "FEED", ROLE_FRONT, ROLE_KEEPER, 8, 512, 0 },
	{ "UNFEED", ROLE_FRONT, ROLE_KEEPER, 8, 0, 0 },
	{ "WORDS", ROLE_FRONT, ROLE_KEEPER, 8, 0, 0 },
	{ "QUIZ", ROLE_FRONT, ROLE_KEEPER, 16, 1, 0 },
	{ "ANSWER", ROLE_FRONT, ROLE_KEEPER, 16, 16, 0 },
	{ "PASSPHRASE", ROLE_FRONT, ROLE_KEEPER, 32, 256, 0 },
	{ "END_NEW", ROLE_FRONT, ROLE_KEEPER, 0xff, 0, 0 },
	{ "BACKUP", ROLE_FRONT, ROLE_KEEPER, 2, 512, 0 },
	{ "SHARE", ROLE_FRONT, ROLE_KEEPER, 64, 1, 0 },
	{ "END_BACKUP", ROLE_FRONT, ROLE_KEEPER, 0xff, 0, 0 },
	{ "CHILD", ROLE_FRONT, ROLE_KEEPER, 2, 17, 0 },
	{ "GATHER", ROLE_FRONT, ROLE_KEEPER, 3, 1024, 0 },
	{ "STRETCH", ROLE_FRONT, ROLE_KEEPER, 3, 0, 0 },
	{ "REHEARSE", ROLE_FRONT, ROLE_KEEPER, 3, 36864, 0 },
	{ "AGE_SEAL", ROLE_FRONT, ROLE_KEEPER, 3, 65536, 0 },
	{ "AGE_OPEN", ROLE_FRONT, ROLE_KEEPER, 3, 65536, 0 },
	{ "PLAN", ROLE_FRONT, ROLE_KEEPER, 2, 65536, 0 },
	{ "CONSENT", ROLE_FRONT, ROLE_KEEPER, 2, 36, 0 },
	{ "END_CONSENT", ROLE_FRONT, ROLE_KEEPER, 0xff, 0, 0 },
	{ "VAULT_TRY", ROLE_FRONT, ROLE_KEEPER, 3, 8, 0 },
	{ "VAULT_NEW", ROLE_FRONT, ROLE_KEEPER, 3, 512, 0 },
	{ "VAULT_OPEN", ROLE_FRONT, ROLE_KEEPER, 3, 512, 1 },
	{ "VAULT_AGAIN", ROLE_FRONT, ROLE_KEEPER, 3, 512, 0 },
	{ "VAULT_CLOSE", ROLE_FRONT, ROLE_KEEPER, 0xff, 0, 0 },
	{ "VAULT_LIST", ROLE_FRONT, ROLE_KEEPER, 3, 0, 1 },
	{ "VAULT_KEEP", ROLE_FRONT, ROLE_KEEPER, 2, 128, 0 },
	{ "VAULT_LOAD", ROLE_FRONT, ROLE_KEEPER, 3, 4, 0 },
	{ "VAULT_PUT", ROLE_FRONT, ROLE_KEEPER, 7, 65536, 0 },
	{ "VAULT_DROP", ROLE_FRONT, ROLE_KEEPER, 7, 4, 0 },
	{ "VAULT_LOG", ROLE_FRONT, ROLE_KEEPER, 7, 4096, 0 },
	{ "VAULT_FLAGS", ROLE_FRONT, ROLE_KEEPER, 3, 512, 0 },
	{ "VAULT_PASSWD", ROLE_FRONT, ROLE_KEEPER, 3, 1024, 0 },
	{ "VAULT_SEAL", ROLE_FRONT, ROLE_KEEPER, 7, 0, 1 },
	{ "VAULT_SAVED", ROLE_FRONT, ROLE_KEEPER, 7, 8, 0 },
	{ "KEYS", ROLE_CLERK, ROLE_KEEPER, 0xff, 0, 0 },
	{ "PUBKEYS", ROLE_CLERK, ROLE_KEEPER, 6, 65536, 0 },
	{ "VIEWERS", ROLE_CLERK, ROLE_KEEPER, 6, 0, 0 },
	{ "SIGN", ROLE_CLERK, ROLE_KEEPER, 4, 65536, 0 },
	{ "OPEN", ROLE_FRONT, ROLE_CLERK, 7, 64, 2 },
	{ "AGREE", ROLE_FRONT, ROLE_CLERK, 2, 8192, 0 },
	{ "MAKE", ROLE_FRONT, ROLE_CLERK, 4, 64, 2 },
	{ "FORGET", ROLE_FRONT, ROLE_CLERK, 7, 0, 0 },
	{ "ADDRESSES", ROLE_FRONT, ROLE_CLERK, 3, 256, 1 },
	{ "FIND_ADDRESS", ROLE_FRONT, ROLE_CLERK, 3, 512, 0 },
	{ "EXPORT", ROLE_FRONT, ROLE_CLERK, 3, 256, 1 },
	{ "WALLETS", ROLE_FRONT, ROLE_CLERK, 3, 1, 1 },
	{ "WALLET", ROLE_FRONT, ROLE_CLERK, 3, 64, 1 },
	{ "RECALL", ROLE_FRONT, ROLE_CLERK, 3, 0, 1 },
	{ "LEARNT", ROLE_FRONT, ROLE_CLERK, 7, 0, 1 },
	{ "KEPT", ROLE_FRONT, ROLE_CLERK, 7, 0, 0 },
	{ "JOIN", ROLE_FRONT, ROLE_CLERK, 3, 64, 1 },
	{ "STOP", ROLE_FRONT, ROLE_CLERK, 0xff, 0, 0 },
	{ "PROGRESS", ROLE_CLERK, ROLE_FRONT, 0xff, 8, 0 },
	{ "CLERK_OK", ROLE_CLERK, ROLE_FRONT, 0xff, 8192, 0 },
	{ "CLERK_FAIL", ROLE_CLERK, ROLE_FRONT, 0xff, 256, 0 },
	{ "KEEPER_OK", ROLE_KEEPER, ROLE_FRONT, 0xff, 65536, 0 },
	{ "KEEPER_FAIL", ROLE_KEEPER, ROLE_FRONT, 0xff, 256, 0 },
	{ "KEY_OK", ROLE_KEEPER, ROLE_CLERK, 0xff, 65536, 0 },
	{ "KEY_FAIL", ROLE_KEEPER, ROLE_CLERK, 0xff, 256, 0 },
	{ "STICKS", ROLE_FRONT, ROLE_MOUNTER, 0xff, 0, 0 },
	{ "MOUNT", ROLE_FRONT, ROLE_MOUNTER, 1, 64, 0 },
	{ "RELEASE", ROLE_FRONT, ROLE_MOUNTER, 2, 64, 0 },
	{ "MEDIUM", ROLE_FRONT, ROLE_MOUNTER, 1, 0, 0 },
	{ "STICK_LIST", ROLE_MOUNTER, ROLE_FRONT, 0xff, 16384, 0 },
	{ "STICK_CHANGE", ROLE_MOUNTER, ROLE_FRONT, 0xff, 1024, 0 },
	{ "MOUNTED", ROLE_MOUNTER, ROLE_FRONT, 0xff, 64, 1 },
	{ "RELEASED", ROLE_MOUNTER, ROLE_FRONT, 0xff, 64, 0 },
	{ "MEDIUM_OPEN", ROLE_MOUNTER, ROLE_FRONT, 0xff, 64, 1 },
	{ "MOUNT_FAIL", ROLE_MOUNTER, ROLE_FRONT, 0xff, 512, 0 },
	{ "NEW_CLERK", ROLE_FRONT, ROLE_PARENT, 0xff, 0, 0 },
	{ "CLERK_FRONT", ROLE_PARENT, ROLE_FRONT, 0xff, 0, 1 },
	{ "CLERK_KEEPER", ROLE_PARENT, ROLE_KEEPER, 0xff, 0, 1 },
};

#define NROWS (sizeof(rows) / sizeof(rows[0]))

static void
test_the_rows_are_these(void **state)
{
	size_t i;

	(void)state;
	assert_int_equal(MSG_COUNT, NROWS + 1);
	for (i = 0; i < NROWS; i++) {
		const struct msg_row *r = &msg_table[i + 1];

		assert_string_equal(r->name, rows[i].name);
		assert_int_equal(r->from, rows[i].from);
		assert_int_equal(r->to, rows[i].to);
		assert_int_equal(r->states, rows[i].states);
		assert_int_equal(r->cap, rows[i].cap);
		assert_int_equal(r->fds, rows[i].fds);
		assert_true(r->fds <= WIRE_FDS);
	}
}

/* What the copy above says of one message. */
static enum err
expected(unsigned type, unsigned from, unsigned to, unsigned st, size_t body,
    size_t fds)
{
	if (type == 0 || type > NROWS || rows[type - 1].from != from ||
	    rows[type - 1].to != to || (rows[type - 1].states & st) == 0 ||
	    rows[type - 1].fds != fds)
		return ERR_STATE;
	return body > rows[type - 1].cap || body >= WIRE_MAX ? ERR_TOO_LARGE :
	    ERR_NONE;
}

/* 256 types x 6 x 6 roles x 256 sets of states, and each count of fds. */
static void
test_sweep_of_types_roles_and_states(void **state)
{
	unsigned type, from, to, st, allowed = 0;
	size_t fds;

	(void)state;
	for (type = 0; type < 256; type++)
		for (from = 0; from <= ROLE_COUNT; from++)
			for (to = 0; to <= ROLE_COUNT; to++)
				for (st = 0; st < 256; st++)
					for (fds = 0; fds <= WIRE_FDS; fds++) {
		enum err e = msg_allowed(type, (enum role)from, (enum role)to,
		    (uint8_t)st, 0, fds);

		if (e != expected(type, from, to, st, 0, fds))
			fail_msg("%u %u>%u in %u with %zu", type, from, to,
			    st, fds);
		allowed += e == 0;
	}
	assert_true(allowed > 0);
	/* A type that only looks like one after losing its high bits. */
	assert_int_equal(msg_allowed(256 + MSG_LOCK, ROLE_FRONT, ROLE_KEEPER,
	    ST_ANY, 0, 0), ERR_STATE);
}

static void
test_sizes_around_each_cap(void **state)
{
	size_t i, j;

	(void)state;
	for (i = 0; i < NROWS; i++) {
		const size_t sizes[] = { 0, 1, rows[i].cap,
		    (size_t)rows[i].cap + 1, WIRE_MAX - 1, WIRE_MAX,
		    WIRE_MAX + 1, SIZE_MAX };

		for (j = 0; j < sizeof(sizes) / sizeof(sizes[0]); j++)
			assert_int_equal(msg_allowed((unsigned)i + 1,
			    rows[i].from, rows[i].to, ST_ANY, sizes[j],
			    rows[i].fds), expected((unsigned)i + 1,
			    rows[i].from, rows[i].to, ST_ANY, sizes[j],
			    rows[i].fds));
	}
}

/* What the promise rests on, said once more without the list. */
static void
test_who_may_speak_to_the_keeper(void **state)
{
	static const char *const from_clerk[] = { "KEYS", "PUBKEYS",
	    "VIEWERS", "SIGN" };
	static const char *const with_fd[] = { "VAULT_OPEN", "VAULT_LIST",
	    "VAULT_SEAL", "CLERK_KEEPER" };
	size_t i, n = 0, fds = 0;

	(void)state;
	for (i = 1; i < MSG_COUNT; i++) {
		const struct msg_row *r = &msg_table[i];

		assert_true(r->from != r->to);
		if (r->to != ROLE_KEEPER)
			continue;
		/* Nobody hands it a file but a vault's. */
		if (r->fds > 0)
			assert_string_equal(r->name, with_fd[fds++]);
		assert_true(r->from != ROLE_MOUNTER);
		if (r->from == ROLE_CLERK)
			assert_string_equal(r->name, from_clerk[n++]);
	}
	assert_int_equal(n, 4);
	assert_int_equal(fds, 4);
	assert_int_equal(msg_table[MSG_SIGN].states, KEEPER_CONSENT);
}

static void
test_roles_have_names(void **state)
{
	size_t i, j;

	(void)state;
	for (i = 0; i < ROLE_COUNT; i++)
		for (j = 0; j < i; j++)
			assert_string_not_equal(role_name((enum role)i),
			    role_name((enum role)j));
	assert_string_equal(role_name(ROLE_KEEPER), "keeper");
	assert_string_equal(role_name(ROLE_COUNT), "nobody");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_rows_are_these),
		cmocka_unit_test(test_sweep_of_types_roles_and_states),
		cmocka_unit_test(test_sizes_around_each_cap),
		cmocka_unit_test(test_who_may_speak_to_the_keeper),
		cmocka_unit_test(test_roles_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
