/* Backups on the screen: each share when it is asked for and for a time;
 * shares typed in; the rehearsal.  The keeper's answers are played. */
#include "tests/unit/tui_compare.h"

#define WORDS20 "writing industry academic acid corner punish losing punish " \
    "fact genre literary simple reaction vegan tactics findings main already " \
    "carpet density"

static struct play *
with_key(void)
{
	struct play *p = play_begin(1);

	play_keys_of(p, "k");
	return p;
}

static void
answer(struct play *p, enum event_kind kind, enum err e)
{
	play_feed(p, (struct event){ .kind = kind, .err = e });
}

static void
test_shares_are_shown_for_a_time(void **state)
{
	struct play *p = with_key();
	uint64_t now;

	(void)state;
	compare(p, "keys-with-one");
	play_keys_of(p, "<Down><Down><Down><Down><Enter>");
	assert_int_equal(p->app.screen, SCREEN_BACKUP);
	compare(p, "backup");
	play_keys_of(p, "<Enter>");
	assert_int_equal(p->app.backup.ask.group[0].need, 2);
	assert_int_equal(p->app.backup.ask.group[0].of, 3);
	p->app.backup.made = (struct backup_made){ 3, 64, 12 };
	answer(p, EV_BACKUP, 0);
	compare(p, "share-hidden");
	play_keys_of(p, "<Enter>");
	(void)snprintf(p->app.secret->share, SHARE_TEXT_MAX, "%s", WORDS20);
	answer(p, EV_SHARE, 0);
	assert_true(p->app.backup.shown);
	compare(p, "share-shown");
	now = p->app.now;
	p->now = now + BACKUP_SHOWN_MS - 1;
	answer(p, EV_TICK, 0);
	assert_true(p->app.backup.shown);
	p->now = now + BACKUP_SHOWN_MS;
	answer(p, EV_TICK, 0);
	assert_false(p->app.backup.shown);
	assert_int_equal(p->app.secret->share[0], 0);
	play_keys_of(p, "<Enter>");
	answer(p, EV_SHARE, 0);
	play_keys_of(p, "<Enter>");
	assert_int_equal(p->app.backup.at, 1);
	assert_false(p->app.backup.shown);
	play_keys_of(p, "<Esc>");
	assert_int_equal(p->app.screen, SCREEN_KEYS);
	play_end(p);
}

static void
test_refused(void **state)
{
	struct play *p = with_key();

	(void)state;
	play_keys_of(p, "<Down><Down><Down><Down><Enter><Down><Down><Right>"
	    "<Up><Left><Enter>");
	assert_int_equal(p->app.backup.ask.form, BACKUP_CODEX32);
	assert_int_equal(p->app.backup.ask.group[0].need, 0);
	play_feed(p, (struct event){ .kind = EV_BACKUP, .err = ERR_REFUSED,
	    .why = { .where = "a Monero wallet: its words are its backup" } });
	compare(p, "backup-refused");
	play_end(p);
}

static void
test_rehearsal(void **state)
{
	struct play *p = with_key();

	(void)state;
	play_keys_of(p, "<Down><Down><Down><Enter>");
	assert_int_equal(p->app.screen, SCREEN_WORDS);
	assert_true(p->app.entry.rehearse);
	play_keys_of(p, "<F2><F2><F2>");
	assert_true(p->app.entry.rehearse);
	assert_int_equal(p->app.entry.list, LIST_SLIP39);
	compare(p, "words-slip39");
	(void)snprintf(p->app.secret->words, WORDS_TEXT_MAX, "%s", WORDS20);
	p->app.secret->nword = 20;
	compare(p, "words-slip39-20");
	play_keys_of(p, "<Enter>");
	p->app.entry.pieces = (struct pieces_count){ PIECES_SLIP39, 1, 2, 0,
	    1, false };
	answer(p, EV_GATHERED, 0);
	compare(p, "words-slip39-one");
	p->app.secret->nword = 40;
	compare(p, "words-slip39-40");
	p->app.secret->nword = 0;
	play_feed(p, (struct event){ .kind = EV_REHEARSED, .whole = true,
	    .fpr = { { { 0x73, 0xc5, 0xda, 0x0a } } } });
	assert_int_equal(p->app.screen, SCREEN_KEYS);
	compare(p, "rehearsed");
	play_end(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shares_are_shown_for_a_time),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_rehearsal),
	};

	return cmocka_run_group_tests_name("backups on the screen", tests,
	    NULL, NULL);
}
