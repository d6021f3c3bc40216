/* Outputs files in, key images out: those of real wallets, and lies. */
#include "tests/unit/monero_load.h"

#include "core/chain/monero/outputs.h"

static struct desk desk;

static int
setup(void **state)
{
	(void)state;
	return desk_open(&desk);
}

static int
teardown(void **state)
{
	(void)state;
	desk_close(&desk);
	return 0;
}

static int
fresh(void **state)
{
	(void)state;
	desk_forget(&desk);
	return 0;
}

static void
must_sign(const char *name, struct span *answer)
{
	enum err e = desk_look(&desk, name);

	if (e != 0)
		fail_msg("%s: %s at %s", name, err_text(e),
		    desk.study.fault.where);
	if (desk.j.verdict == VERDICT_REFUSE) {
		desk_say(&desk);
		fail_msg("%s: refused", name);
	}
	e = desk_sign(&desk, answer);
	if (e != 0)
		fail_msg("%s: %s", name, err_text(e));
}

/* The images alone: the proofs beside them are random. */
static void
check_same_images(struct span ours, struct span theirs)
{
	size_t i;

	assert_int_equal(ours.n, theirs.n);
	assert_memory_equal(ours.p, theirs.p, 4 + 64);
	for (i = 4 + 64; i < ours.n; i += 96)
		assert_memory_equal(ours.p + i, theirs.p + i, 32);
}

static void
test_outputs_answered_as_by_the_wallet(void **state)
{
	static const char *const names[][2] = {
		{ "monero/v0.18.0.0/outputs/all",
		    "monero/v0.18.0.0/key_images/all" },
		{ "monero/v0.18.4.0/outputs/all",
		    "monero/v0.18.4.0/key_images/all" },
		{ "monero/v0.18.5.3/outputs/all",
		    "monero/v0.18.5.3/key_images/all" },
		{ "feather/feather_all_outputs", "feather/feather_keyImages" },
		{ "feather/feather_all82_outputs",
		    "feather/feather_all82_keyImages" },
	};
	struct span answer, theirs;
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		(void)fresh(state);
		must_sign(names[i][0], &answer);
		theirs = desk_load(&desk, names[i][1]);
		check_same_images(desk_plain(&desk, answer),
		    desk_plain(&desk, theirs));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_outputs_answered_as_by_the_wallet,
		    fresh),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
