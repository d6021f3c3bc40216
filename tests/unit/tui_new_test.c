/* A new key on the screen: what is asked of the keeper and when, and that
 * nothing of it stays in the front. */
#include "tests/unit/tui_play.h"

#define TEN "1234561234"
#define FIFTY TEN TEN TEN TEN TEN
#define DICE12 "n<Left><Down><Right><Enter>"
#define SHOWN DICE12 FIFTY "<Enter>"
#define RIGHT "act<Enter>abil<Enter>action<Enter>aban<Enter>"

static bool
holds(const struct play *p, const char *what)
{
	const char *s = (const char *)&p->secret;
	size_t i, n = strlen(what);

	for (i = 0; i + n <= sizeof(p->secret); i++)
		if (memcmp(s + i, what, n) == 0)
			return true;
	return false;
}

static bool
empty(const struct play *p)
{
	const uint8_t *s = (const uint8_t *)&p->secret;
	size_t i;

	for (i = 0; i < sizeof(p->secret); i++)
		if (s[i] != 0)
			return false;
	return true;
}

static void
test_from_nothing_to_a_key(void **state)
{
	struct play *p = play_begin(0);

	(void)state;
	play_keys_of(p, DICE12);
	assert_int_equal(p->keeper.begun, 1);
	assert_int_equal(p->app.screen, SCREEN_GATHER);
	play_keys_of(p, FIFTY);
	assert_int_equal(p->keeper.tally.have, 50);
	play_keys_of(p, "<Enter>");
	assert_int_equal(p->app.screen, SCREEN_SHOWN);
	assert_true(holds(p, "ability"));		/* control */
	p->scrubs = 0;
	play_keys_of(p, "<Enter>");
	assert_int_equal(p->app.screen, SCREEN_QUIZ);
	assert_int_equal(p->scrubs, 1);
	assert_false(holds(p, "abil"));
	assert_false(holds(p, "act"));
	play_keys_of(p, RIGHT);
	assert_int_equal(p->keeper.loaded, 1);
	assert_int_equal(p->keeper.shown, 1);
	assert_int_equal(p->app.screen, SCREEN_FINGERPRINT);
	assert_int_equal(p->keeper.ended, 0);
	play_keys_of(p, "p<Enter><Tab>secret<Enter>");
	assert_int_equal(p->app.screen, SCREEN_FINGERPRINT);
	assert_int_equal(p->app.entry.fpr.b[0], 0xb4);
	play_keys_of(p, "<Enter>");
	assert_int_equal(p->keeper.ended, 1);
	assert_int_equal(p->app.screen, SCREEN_HOME);
	assert_true(empty(p));
	play_end(p);
}

/* The list that words are completed from, and what is asked of the keeper. */
static void
test_a_monero_wallet(void **state)
{
	struct play *p = play_begin(0);

	(void)state;
	play_keys_of(p, "n<Left>");
	assert_int_equal(p->app.fresh.words, 12);
	play_keys_of(p, "<Right><Right><Enter>");
	assert_int_equal(p->app.fresh.words, 25);
	assert_int_equal(p->app.entry.list, LIST_MONERO);
	assert_int_equal(p->app.entry.kind, KEY_MONERO);
	play_keys_of(p, FIFTY "<Enter>");
	assert_true(holds(p, "demonstrate"));
	play_keys_of(p, "<Enter>");
	assert_int_equal(p->app.screen, SCREEN_QUIZ);
	assert_int_equal(p->app.fresh.nask, 8);
	assert_false(holds(p, "demons"));
	assert_int_equal(p->app.entry.list, LIST_MONERO);
	play_keys_of(p, "<Tab>");
	assert_int_equal(p->app.fresh.nask, 25);
	play_keys_of(p, "<Esc><Esc>n");
	assert_int_equal(p->app.fresh.words, 24);
	assert_int_equal(p->app.entry.list, LIST_BIP39);
	assert_int_equal(p->app.entry.kind, KEY_BIP32);
	play_end(p);
}

static void
test_wrong_begins_the_questions_anew(void **state)
{
	struct play *p = play_begin(0);

	(void)state;
	play_keys_of(p, SHOWN "<Enter>act<Enter>abo<Enter>");
	assert_int_equal(p->app.screen, SCREEN_QUIZ);
	assert_int_equal(p->keeper.quiz, 2);
	assert_int_equal(p->app.fresh.asked, 0);
	assert_int_equal(p->keeper.loaded, 0);
	play_keys_of(p, "<Tab>");
	assert_int_equal(p->app.fresh.nask, 12);
	play_keys_of(p, "xyz<Enter>");		/* no word: not even asked */
	assert_int_equal(p->keeper.quiz, 3);
	play_keys_of(p, "<Back><Back><Back>act<Enter>");
	assert_int_equal(p->app.fresh.asked, 1);
	play_end(p);
}

static void
test_every_way_out_wipes(void **state)
{
	static const char *const way[] = {
		DICE12 TEN "<Esc><Esc>", SHOWN "<Esc><Esc>",
		SHOWN "<Enter>ab<Esc><Esc>", SHOWN "<C-c><Enter>",
		SHOWN "<Enter>" RIGHT "<Enter>", SHOWN "<Enter>" RIGHT "w",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(way) / sizeof(way[0]); i++) {
		struct play *p = play_begin(0);

		play_keys_of(p, way[i]);
		assert_true(empty(p));
		assert_int_equal(p->keeper.ended, 1);
		assert_true(p->scrubs > 0);
		assert_false(p->app.fresh.on);
		play_end(p);
	}
}

static void
test_one_escape_is_not_enough(void **state)
{
	struct play *p = play_begin(0);

	(void)state;
	play_keys_of(p, SHOWN "<Esc><Tab><Esc>");
	assert_int_equal(p->app.screen, SCREEN_SHOWN);
	assert_int_equal(p->keeper.ended, 0);
	assert_true(holds(p, "ability"));
	play_keys_of(p, "<Esc>");
	assert_int_equal(p->app.screen, SCREEN_WELCOME);
	play_end(p);
}

static void
test_left_alone_it_locks(void **state)
{
	struct play *p = play_begin(0);

	(void)state;
	play_keys_of(p, SHOWN);
	play_wait(p, 601000);
	assert_int_equal(p->app.screen, SCREEN_LOCKED);
	assert_int_equal(p->keeper.ended, 1);
	assert_int_equal(p->locks, 1);
	assert_true(empty(p));
	play_end(p);
}

/* A part goes to the keeper whole, with the time since the one before. */
static void
test_what_is_fed(void **state)
{
	struct play *p = play_begin(0);

	(void)state;
	play_keys_of(p, "n<Enter>9");
	assert_int_equal(p->keeper.tally.have, 0);
	play_keys_of(p, "6<Tab>H<Tab>a");
	assert_int_equal(p->keeper.tally.have, 3584);
	play_keys_of(p, "s<Back>");
	assert_int_equal(p->keeper.tally.events[SOURCE_CARDS], 1);
	play_keys_of(p, "<Tab>q");
	play_wait(p, 300);
	play_keys_of(p, "w");
	assert_int_equal(p->secret.part[0], 'w');
	assert_int_equal(p->secret.part[4] | p->secret.part[5] << 8, 300);
	assert_int_equal(p->keeper.tally.events[SOURCE_KEYS], 2);
	play_end(p);
}

static void
test_refused_begins_anew(void **state)
{
	struct play *p = play_begin(0);

	(void)state;
	p->keeper.judge = ERR_REFUSED;
	play_keys_of(p, SHOWN);
	assert_int_equal(p->app.screen, SCREEN_GATHER);
	assert_int_equal(p->app.fresh.tally.have, 0);
	assert_int_equal(p->keeper.shown, 0);
	play_end(p);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_from_nothing_to_a_key),
		cmocka_unit_test(test_a_monero_wallet),
		cmocka_unit_test(test_wrong_begins_the_questions_anew),
		cmocka_unit_test(test_every_way_out_wipes),
		cmocka_unit_test(test_one_escape_is_not_enough),
		cmocka_unit_test(test_left_alone_it_locks),
		cmocka_unit_test(test_what_is_fed),
		cmocka_unit_test(test_refused_begins_anew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
