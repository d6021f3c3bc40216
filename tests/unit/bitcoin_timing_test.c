/* Time locks in words, and which of them are odd. */
#include "tests/unit/bitcoin_setup.h"

static void
timing_is(struct request *q, struct span file, const char *text,
    uint64_t trait)
{
	const uint64_t both = TRAIT_BIT(LOCK_FAR) | TRAIT_BIT(LOCK_IDLE);
	uint64_t t = traits_of(with_tx(file, &q->psbt.tx, &d.a));

	assert_string_equal(fact_of(&d.s.intent, FACT_TIMING, 0)->to, text);
	assert_int_equal(t & both, trait);
}

static void
test_attack_17_time_locks(void **state)
{
	struct span file = fixture("sign/wpkh-in2.psbt", &d.a);
	struct request *q = opened(file, &d.a);
	struct tx *tx = &q->psbt.tx;

	(void)state;
	d.session.network = NET_MAIN;
	tx->locktime = 840000;
	timing_is(q, file, "not before block 840000", 0);
	tx->locktime = 980000 + 52560 + 1;
	timing_is(q, file, "not before block 1032561", TRAIT_BIT(LOCK_FAR));
	tx->locktime = 1600000000;
	timing_is(q, file, "not before 2020-09-13 12:26 UTC", 0);
	tx->locktime = 1709210096;
	timing_is(q, file, "not before 2024-02-29 12:34 UTC", 0);
	tx->locktime = 0xffffffff;
	timing_is(q, file, "not before 2106-02-07 06:28 UTC",
	    TRAIT_BIT(LOCK_FAR));
	tx->in[0].sequence = tx->in[1].sequence = SEQUENCE_FINAL;
	tx->locktime = 7;
	timing_is(q, file, "lock time 7 has no force", TRAIT_BIT(LOCK_IDLE));
	tx->locktime = 0;
	tx->in[0].sequence = 10;
	timing_is(q, file, "coin 0: 10 blocks after it was mined", 0);
	tx->in[1].sequence = 10;
	timing_is(q, file, "coins 0 to 1: 10 blocks after it was mined", 0);
	tx->in[0].sequence = 0x00400000 | 120;
	timing_is(q, file, "coin 0: 17 h 4 min after it was mined", 0);
	tx->version = 1;
	assert_int_equal(study(with_tx(file, tx, &d.a)), 0);
	assert_int_equal(timing_count(d.s.req), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_attack_17_time_locks),
	};

	return cmocka_run_group_tests(tests, desk_setup,
	    desk_teardown);
}
