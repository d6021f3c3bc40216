#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/limits.h"
#include "core/review/session.h"

#define MEM ((size_t)1 << 27)

static uint8_t *mem;
static struct arena arena;
static struct session session;

static int
setup(void **state)
{
	(void)state;
	mem = malloc(MEM);
	return mem == NULL ? -1 : 0;
}

static int
fresh(void **state)
{
	(void)state;
	arena = (struct arena){ mem, MEM, 0 };
	session = (struct session){ .arena = &arena };
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	free(mem);
	return 0;
}

static struct session_record
record(uint32_t key, uint64_t amount, enum known known)
{
	struct session_record r = { .amount = num_of(amount),
	    .known = known };
	size_t i;

	for (i = 0; i < 4; i++)
		r.key[i] = (uint8_t)(key >> (24 - 8 * i));
	return r;
}

static uint64_t
amount_of(uint32_t key)
{
	struct session_record r = record(key, 0, KNOWN_UNKNOWN);
	const struct session_record *f = session_find(&session, r.key);

	return f == NULL ? UINT64_MAX : f->amount.w[0];
}

static void
learn(uint32_t key, uint64_t amount, enum known known)
{
	struct session_record r = record(key, amount, known);

	assert_int_equal(session_learn(&session, &r, 1), 0);
}

static void
test_session_knows_nothing_at_first(void **state)
{
	(void)state;
	assert_true(amount_of(0) == UINT64_MAX);
	assert_int_equal(session_learn(&session, NULL, 0), 0);
	assert_int_equal(session.n, 0);
}

/* Known attack 1: the second file cannot overwrite what the first proved. */
static void
test_session_keeps_what_is_known_better(void **state)
{
	(void)state;
	learn(5, 100, KNOWN_CLAIMED);
	learn(5, 200, KNOWN_CLAIMED);
	assert_int_equal(amount_of(5), 100);
	learn(5, 300, KNOWN_PROVEN);
	assert_int_equal(amount_of(5), 300);
	learn(5, 400, KNOWN_PROVEN);
	learn(5, 500, KNOWN_CLAIMED);
	assert_int_equal(amount_of(5), 300);
	assert_int_equal(session.n, 1);
}

static void
test_session_notes_are_renewed_for_the_same_amount_alone(void **state)
{
	struct session_record r = record(5, 100, KNOWN_CLAIMED);
	struct hash32 h[2];

	(void)state;
	learn(5, 100, KNOWN_CLAIMED);
	session_digest(&session, &h[0]);
	r.note[95] = 7;
	assert_int_equal(session_learn(&session, &r, 1), 0);
	assert_int_equal(session_find(&session, r.key)->note[95], 7);
	session_digest(&session, &h[1]);
	assert_memory_not_equal(h[0].b, h[1].b, 32);
	r.note[95] = 8;
	r.amount = num_of(101);
	assert_int_equal(session_learn(&session, &r, 1), 0);
	assert_int_equal(session_find(&session, r.key)->note[95], 7);
}

static void
test_session_many_at_once(void **state)
{
	struct session_record r[] = { record(9, 90, KNOWN_CLAIMED),
	    record(3, 30, KNOWN_PROVEN), record(9, 91, KNOWN_PROVEN),
	    record(3, 31, KNOWN_PROVEN), record(1, 10, KNOWN_CLAIMED),
	    record(9, 92, KNOWN_CLAIMED), record(4, 40, KNOWN_CLAIMED) };

	(void)state;
	learn(4, 44, KNOWN_PROVEN);
	learn(2, 20, KNOWN_CLAIMED);
	assert_int_equal(session_learn(&session, r, 7), 0);
	assert_int_equal(session.n, 5);
	assert_int_equal(amount_of(1), 10);
	assert_int_equal(amount_of(2), 20);
	assert_int_equal(amount_of(3), 30);
	assert_int_equal(amount_of(4), 44);
	assert_int_equal(amount_of(9), 91);
	assert_true(amount_of(0) == UINT64_MAX);
	assert_true(amount_of(10) == UINT64_MAX);
}

static void
assert_sorted(void)
{
	size_t i;

	for (i = 1; i < session.n; i++)
		assert_true(memcmp(session.rec[i - 1].key,
		    session.rec[i].key, 36) < 0);
}

/* The numbers 0 to 65535 in a scattered order, so many a file. */
static void
scattered(size_t each)
{
	static struct session_record r[1000];
	uint32_t k = 0;
	size_t i, n;

	for (i = 0; i < 65536; i += n) {
		for (n = 0; n < each && i + n < 65536; n++) {
			r[n] = record(k, k, KNOWN_PROVEN);
			k = (k * 4005 + 12345) % 65536;
		}
		assert_int_equal(session_learn(&session, r, n), 0);
	}
	assert_int_equal(session.n, 65536);
	assert_sorted();
	for (k = 0; k < 65536; k++)
		assert_int_equal(amount_of(k), k);
}

static void
test_session_does_not_depend_on_the_order(void **state)
{
	struct hash32 a, b;

	scattered(1000);
	session_digest(&session, &a);
	(void)fresh(state);
	scattered(317);
	session_digest(&session, &b);
	assert_memory_equal(a.b, b.b, sizeof(a.b));
}

static void
test_session_memory_stays_within_twice_its_records(void **state)
{
	(void)state;
	scattered(100);
	assert_true(arena.used < 5 * 65536 * sizeof(struct session_record));
	assert_true(session.cap <= 2 * 65536 + 100);
}

static void
test_session_without_room_is_left_as_it_was(void **state)
{
	struct session_record r[4] = { record(1, 1, KNOWN_PROVEN),
	    record(2, 2, KNOWN_PROVEN), record(3, 3, KNOWN_PROVEN),
	    record(4, 4, KNOWN_PROVEN) };
	struct hash32 before, after;
	size_t room;

	(void)state;
	learn(9, 9, KNOWN_CLAIMED);
	session_digest(&session, &before);
	for (room = 0; room < 4 * sizeof(r[0]); room += 4) {
		arena.size = arena.used + room;
		if (session_learn(&session, r, 4) == 0)
			break;
		session_digest(&session, &after);
		assert_memory_equal(before.b, after.b, sizeof(after.b));
		assert_int_equal(session.n, 1);
	}
	assert_true(room > 0);
	arena.size = MEM;
	assert_int_equal(session_learn(&session, r, 4), 0);
	assert_int_equal(session.n, 5);
}

static void
test_session_digest_covers_key_amount_and_mark(void **state)
{
	struct hash32 h[5];
	size_t i, k;

	session_digest(&session, &h[0]);
	learn(1, 1, KNOWN_CLAIMED);
	session_digest(&session, &h[1]);
	(void)fresh(state);
	learn(2, 1, KNOWN_CLAIMED);
	session_digest(&session, &h[2]);
	(void)fresh(state);
	learn(1, 2, KNOWN_CLAIMED);
	session_digest(&session, &h[3]);
	(void)fresh(state);
	learn(1, 1, KNOWN_PROVEN);
	session_digest(&session, &h[4]);
	for (i = 0; i < 5; i++)
		for (k = 0; k < i; k++)
			assert_memory_not_equal(h[i].b, h[k].b, 32);
}

/* A wallet is one text on one network; each part of it is relied on. */
static void
test_session_wallets(void **state)
{
	struct session_wallet w = { .chain = "btc",
	    .network = NET_REGTEST, .name = "name", .text = "text" };
	char text[32];
	struct hash32 h[4];
	size_t i, k;

	(void)state;
	session_digest(&session, &h[0]);
	assert_int_equal(session_add_wallet(&session, &w), 0);
	w.name = "another name";
	assert_int_equal(session_add_wallet(&session, &w), 0);
	assert_int_equal(session.nwallet, 1);
	assert_string_equal(session.wallet[0].name, "name");
	session_digest(&session, &h[1]);
	session.wallet[0].network = NET_MAIN;
	session_digest(&session, &h[2]);
	session.wallet[0].text = "texts";
	session_digest(&session, &h[3]);
	for (i = 0; i < 4; i++)
		for (k = 0; k < i; k++)
			assert_memory_not_equal(h[i].b, h[k].b, 32);
	w.text = text;
	for (i = 1; i < LIMIT_WALLETS; i++) {
		(void)snprintf(text, sizeof(text), "%zu", i);
		assert_int_equal(session_add_wallet(&session, &w), 0);
	}
	w.text = "one more";
	assert_int_equal(session_add_wallet(&session, &w), ERR_RANGE);
	assert_int_equal(session.nwallet, LIMIT_WALLETS);
}

#define T(f) cmocka_unit_test_setup(f, fresh)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_session_knows_nothing_at_first),
		T(test_session_keeps_what_is_known_better),
		T(test_session_notes_are_renewed_for_the_same_amount_alone),
		T(test_session_many_at_once),
		T(test_session_does_not_depend_on_the_order),
		T(test_session_memory_stays_within_twice_its_records),
		T(test_session_without_room_is_left_as_it_was),
		T(test_session_digest_covers_key_amount_and_mark),
		T(test_session_wallets),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
