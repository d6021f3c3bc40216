/* Every byte of an unsigned set, what is signed and what is read back. */
#include "tests/unit/monero_take.h"

/* The weight that the fee is measured by is that of what is signed. */
static void
test_weight_is_that_of_the_transaction(void **state)
{
	static const char *const names[] = { ONE, MANY, INTEGRATED,
	    "monero/v0.18.5.3/sweep_all/unsigned_monero_tx" };
	const struct unsigned_request *q;
	struct span answer;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		assert_int_equal(desk_look(&desk, names[i]), 0);
		q = desk.study.req;
		assert_int_equal(rig_make(&desk.rig, &desk.study,
		    &desk.arena), 0);
		assert_int_equal(rig_answer(&desk.study, 0, &desk.arena,
		    &answer), 0);
		assert_int_equal(q->found->tx[0].weight,
		    q->found->tx[0].blob.n);
	}
}

static enum err
look_plain(const uint8_t *p, size_t n)
{
	desk.arena.used = 0;
	return desk_study(&desk, desk_seal(&desk, FRAME_UNSIGNED, false,
	    span_of(p, n)));
}

static uint8_t *
plain_of(const char *name, size_t *n)
{
	struct span s;
	uint8_t *p;

	desk.arena.used = 0;
	s = desk_plain(&desk, desk_load(&desk, name));
	assert_non_null(p = malloc(s.n + 1));
	memcpy(p, s.p, s.n);
	*n = s.n;
	return p;
}

static void
test_every_truncation_is_refused(void **state)
{
	size_t n, i;
	uint8_t *p = plain_of(ONE, &n);

	(void)state;
	for (i = 0; i < n; i++)
		assert_int_not_equal(look_plain(p, i), 0);
	p[n] = 0;
	assert_int_equal(look_plain(p, n + 1), ERR_TRAILING);
	free(p);
}

/*
 * A flipped bit is refused, or harms nobody: what can be signed then differs
 * in a decoy, in text or in what only the wallet reads.  The money goes where
 * the page says, or it is not signed: the readback sees to that.
 */
static void
test_flipped_bits_do_no_harm(void **state)
{
	const char *all = getenv("COLDSEAL_LONG");
	size_t n, i, step = all == NULL ? 7 : 1, good = 0, bad = 0;
	uint8_t *p = plain_of(ONE, &n);
	struct span answer;

	(void)state;
	for (i = 0; i < n; i += step) {
		p[i] ^= (uint8_t)(1u << i % 8);
		if (look_plain(p, n) != 0 ||
		    desk.j.verdict == VERDICT_REFUSE) {
			bad++;
		} else {
			good++;
			assert_int_equal(rig_make(&desk.rig, &desk.study,
			    &desk.arena), 0);
			assert_int_equal(rig_answer(&desk.study, 0,
			    &desk.arena, &answer), 0);
		}
		p[i] ^= (uint8_t)(1u << i % 8);
	}
	print_message("%zu refused, %zu signed\n", bad, good);
	assert_true(bad > good);
	free(p);
}

static void
sign_one(struct span *answer)
{
	assert_int_equal(desk_look(&desk, ONE), 0);
	assert_int_equal(rig_make(&desk.rig, &desk.study, &desk.arena), 0);
	assert_int_equal(rig_answer(&desk.study, 0, &desk.arena, answer), 0);
}

/* A fault in the keeper, in memory, on the way: nothing goes out. */
static void
test_a_wrong_signature_never_goes_out(void **state)
{
	struct span answer, plain, sealed;
	uint8_t *p;
	size_t i;

	(void)state;
	assert_int_equal(desk_look(&desk, ONE), 0);
	desk.rig.spoil = true;
	assert_int_not_equal(rig_make(&desk.rig, &desk.study, &desk.arena),
	    0);
	desk.rig.spoil = false;
	sign_one(&answer);
	plain = desk_plain(&desk, answer);
	assert_non_null(p = malloc(plain.n));
	memcpy(p, plain.p, plain.n);
	for (i = 0; i < plain.n; i += 53) {
		p[i] ^= 16;
		sealed = desk_seal(&desk, FRAME_SIGNED, false,
		    span_of(p, plain.n));
		assert_int_not_equal(desk.study.job->answers[0].readback(
		    desk.study.req, sealed, &desk.arena), 0);
		p[i] ^= 16;
	}
	sealed = desk_seal(&desk, FRAME_SIGNED, false, span_of(p, plain.n));
	assert_int_equal(desk.study.job->answers[0].readback(desk.study.req,
	    sealed, &desk.arena), 0);
	free(p);
}

/* The readback's own checks, one by one: its request is changed. */
static void
test_the_readback_compares_with_what_was_agreed(void **state)
{
	const struct unsigned_request *q;
	struct span answer;
	struct tx_found *w;
	uint32_t t;

	(void)state;
	sign_one(&answer);
	q = desk.study.req;
	w = &q->found->tx[0];
	w->fee++;
	assert_int_equal(desk.study.job->answers[0].readback(q, answer,
	    &desk.arena), ERR_MISMATCH);
	w->fee--;
	w->secrets.r.b[0] ^= 1;
	assert_int_equal(desk.study.job->answers[0].readback(q, answer,
	    &desk.arena), ERR_MISMATCH);
	w->secrets.r.b[0] ^= 1;
	t = w->out_order[0];
	w->out_order[0] = w->out_order[1];
	w->out_order[1] = t;
	assert_int_equal(desk.study.job->answers[0].readback(q, answer,
	    &desk.arena), ERR_MISMATCH);
}

/* Two keys out of the plan: the keeper's part would refuse. */
static void
test_nothing_is_asked_beyond_the_plan(void **state)
{
	(void)state;
	assert_int_equal(desk_look(&desk, ONE), 0);
	assert_int_equal(desk.rig.plan.n, 2);
	desk.rig.plan.n = 1;
	assert_int_equal(rig_make(&desk.rig, &desk.study, &desk.arena),
	    ERR_REFUSED);
}

static void
test_signet_has_no_monero(void **state)
{
	(void)state;
	desk.session.network = NET_SIGNET;
	assert_int_equal(desk_look(&desk, ONE), ERR_NETWORK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_weight_is_that_of_the_transaction),
		T(test_every_truncation_is_refused),
		T(test_flipped_bits_do_no_harm),
		T(test_a_wrong_signature_never_goes_out),
		T(test_the_readback_compares_with_what_was_agreed),
		T(test_nothing_is_asked_beyond_the_plan),
		T(test_signet_has_no_monero),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
