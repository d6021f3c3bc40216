#include "tests/unit/tui_play.h"

static bool
wiped(const void *p, size_t n)
{
	const uint8_t *b = p;
	size_t i;

	for (i = 0; i < n; i++)
		if (b[i] != 0)
			return false;
	return true;
}

static void
test_app_words_then_fingerprint_then_home(void **state)
{
	struct play *p = play_begin(0);
	int i;

	(void)state;
	assert_int_equal(p->app.screen, SCREEN_WELCOME);
	play_keys_of(p, "<Enter>");
	for (i = 0; i < 11; i++)
		play_keys_of(p, "aban ");
	play_keys_of(p, "<Enter>");
	assert_int_equal(p->app.screen, SCREEN_WORDS);
	play_keys_of(p, "a<Enter>");
	assert_int_equal(p->secret.nword, 11);
	play_keys_of(p, "bou<Enter>");
	assert_string_equal(p->secret.words, "abandon abandon abandon abandon"
	    " abandon abandon abandon abandon abandon abandon abandon about");
	play_keys_of(p, "<Enter>");
	assert_int_equal(p->app.screen, SCREEN_FINGERPRINT);
	assert_true(p->scrubs > 0);
	play_keys_of(p, "<Enter>");
	assert_int_equal(p->app.screen, SCREEN_HOME);
	assert_true(wiped(&p->secret, sizeof(p->secret)));
	assert_int_equal(p->app.nfpr, 1);
	assert_int_equal(p->app.shelf.n, 9);
	play_end(p);
}

static void
test_app_a_word_that_begins_others_is_taken_as_typed(void **state)
{
	struct play *p = play_begin(0);

	(void)state;
	play_keys_of(p, "<Enter>act acti ");
	assert_string_equal(p->secret.words, "act action");
	play_keys_of(p, "zz ");
	assert_int_equal(p->secret.nword, 2);
	play_keys_of(p, "<Back><Back><Back>");
	assert_string_equal(p->secret.words, "act");
	play_keys_of(p, "<Back>");
	assert_true(wiped(p->secret.words, sizeof(p->secret.words)));
	play_keys_of(p, "ab<Esc>");
	assert_true(wiped(&p->secret, sizeof(p->secret)));
	assert_int_equal(p->app.screen, SCREEN_WELCOME);
	play_end(p);
}

static void
enter_words(struct play *p)
{
	int i;

	play_keys_of(p, "<Enter>");
	for (i = 0; i < 12; i++)
		play_keys_of(p, "about ");
	play_keys_of(p, "<Enter>");
	assert_int_equal(p->app.screen, SCREEN_FINGERPRINT);
}

static void
test_app_passphrase_after_the_keyboard_test_twice(void **state)
{
	struct play *p = play_begin(0);

	(void)state;
	enter_words(p);
	play_keys_of(p, "p");
	assert_int_equal(p->app.screen, SCREEN_ECHO);
	play_keys_of(p, "zyqwa-ZYQ ;'[]/#@\"|<Enter>");
	assert_int_equal(p->app.screen, SCREEN_PASSPHRASE);
	play_keys_of(p, "one <Enter>one<Enter>");
	assert_int_equal(p->app.screen, SCREEN_PASSPHRASE);
	assert_true(wiped(p->secret.pass, sizeof(p->secret.pass)));
	play_keys_of(p, "o?e <Enter>o?e <Enter>");
	assert_int_equal(p->app.screen, SCREEN_FINGERPRINT);
	assert_true(p->app.entry.with_pass);
	assert_int_equal(p->app.entry.fpr.b[0], 0xb4);
	assert_int_equal(p->app.nfpr, 2);
	play_keys_of(p, "p");
	assert_int_equal(p->app.screen, SCREEN_PASSPHRASE);
	play_keys_of(p, "<Tab>shown<Enter>");
	assert_int_equal(p->app.screen, SCREEN_FINGERPRINT);
	play_keys_of(p, "<Enter>");
	assert_true(wiped(&p->secret, sizeof(p->secret)));
	play_end(p);
}

static void
test_app_idle_locks_and_wipes(void **state)
{
	struct play *p = play_begin(1);

	(void)state;
	play_keys_of(p, "<Enter>");
	assert_int_equal(p->app.screen, SCREEN_REVIEW);
	play_wait(p, 570001);
	assert_int_equal(p->app.screen, SCREEN_REVIEW);
	assert_non_null(strstr(p->app.note, "Locks in 30 s"));
	assert_int_equal(app_timeout(&p->app), 1000);
	play_wait(p, 29998);
	assert_int_equal(p->locks, 0);
	play_wait(p, 1);
	assert_int_equal(p->locks, 1);
	assert_int_equal(p->app.screen, SCREEN_LOCKED);
	assert_int_equal(p->app.nfpr, 0);
	assert_int_equal(p->app.shelf.n, 0);
	assert_null(p->app.review.page);
	play_wait(p, 1000000);
	assert_int_equal(p->locks, 1);
	play_end(p);
}

static void
test_app_half_typed_words_lock_too(void **state)
{
	struct play *p = play_begin(0);

	(void)state;
	play_keys_of(p, "<Enter>about ab");
	play_wait(p, 600000);
	assert_int_equal(p->app.screen, SCREEN_LOCKED);
	assert_true(wiped(&p->secret, sizeof(p->secret)));
	play_end(p);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_app_words_then_fingerprint_then_home),
		cmocka_unit_test(
		    test_app_a_word_that_begins_others_is_taken_as_typed),
		cmocka_unit_test(
		    test_app_passphrase_after_the_keyboard_test_twice),
		cmocka_unit_test(test_app_idle_locks_and_wipes),
		cmocka_unit_test(test_app_half_typed_words_lock_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
