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

#define KEY { { { 0x73, 0xc5, 0xda, 0x0a } } }
#define CODEX "ms12namea320zyxwvutsrqpnmlkjhgfedcaxrpp870hkkqrm"

/* Does that stand on the screen? */
static bool
reads(struct play *p, const char *text)
{
	static char now[65536];

	app_draw(&p->app, &p->canvas);
	(void)canvas_dump(&p->canvas, now, sizeof(now));
	return strstr(now, text) != NULL;
}

/* Was it asked for, since it was last looked for? */
static bool
effect(struct play *p, enum effect_kind kind)
{
	bool did = p->did[kind] > 0;

	p->did[kind] = 0;
	return did;
}

/* The row of that name of the screen of keys, chosen. */
static void
choose(struct play *p, const char *row)
{
	char want[64];
	int i;

	(void)snprintf(want, sizeof(want), "> %s", row);
	for (i = 0; i < 16 && !reads(p, want); i++)
		play_keys_of(p, "<Down>");
	assert_true(reads(p, want));
	play_keys_of(p, "<Enter>");
}

static void
test_shares_are_shown_for_a_time(void **state)
{
	struct play *p = with_key();
	uint64_t now;

	(void)state;
	compare(p, "keys-with-one");
	choose(p, "Shares of a key");
	assert_int_equal(p->app.screen, SCREEN_BACKUP);
	compare(p, "backup");
	play_keys_of(p, "<Enter>");
	assert_int_equal(p->app.backup.ask.groups, 1);
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

/* Groups, each with its shares; one of several is never offered. */
static void
test_groups_are_chosen(void **state)
{
	struct play *p = with_key();
	const struct backup_ask *ask = &p->app.backup.ask;

	(void)state;
	choose(p, "Shares of a key");
	play_keys_of(p, "<Down><Down><Right><Right>");	/* three groups */
	play_keys_of(p, "<Down><Right>");		/* two of them */
	play_keys_of(p, "<Down><Right>");		/* in group 2 */
	play_keys_of(p, "<Down><Left><Left>");		/* one share */
	assert_int_equal(ask->group[1].need, 1);
	compare(p, "backup-groups");
	play_keys_of(p, "<Right>");
	assert_int_equal(ask->group[1].need, 2);
	play_keys_of(p, "<Down><Right>");
	assert_int_equal(ask->group[1].need, 2);
	play_keys_of(p, "<Up><Left><Up><Right><Down><Right><Right><Down>"
	    "<Right>");
	play_keys_of(p, "<Enter>");
	assert_int_equal(ask->form, BACKUP_SLIP39);
	assert_int_equal(ask->groups, 3);
	assert_int_equal(ask->need, 2);
	assert_memory_equal(ask->group, "\x02\x03\x01\x01\x03\x05", 6);
	p->app.backup.made = (struct backup_made){ 9, 64, 12 };
	answer(p, EV_BACKUP, 0);
	p->app.backup.at = 5;
	compare(p, "share-of-group");
	play_end(p);
}

static void
test_a_passphrase_for_shares(void **state)
{
	struct play *p = with_key();

	(void)state;
	choose(p, "Shares of a key");
	play_keys_of(p, "<Up><Right><Enter>");
	assert_int_equal(p->app.screen, SCREEN_ECHO);
	play_keys_of(p, "<Enter>");
	assert_int_equal(p->app.screen, SCREEN_PASSPHRASE);
	play_keys_of(p, "abc<Enter>abd<Enter>");
	assert_int_equal(p->app.screen, SCREEN_PASSPHRASE);
	play_keys_of(p, "abc<Enter>abc");
	compare(p, "backup-passphrase");
	play_keys_of(p, "<Enter>");
	assert_true(effect(p, FX_BACKUP));
	assert_string_equal(p->app.secret->pass, "abc");
	p->app.backup.made = (struct backup_made){ 3, 64, 12 };
	answer(p, EV_BACKUP, 0);
	assert_int_equal(p->app.screen, SCREEN_SHARE);
	assert_string_equal(p->app.secret->pass, "");
	play_end(p);
}

static void
test_refused(void **state)
{
	struct play *p = with_key();

	(void)state;
	choose(p, "Shares of a key");
	play_keys_of(p, "<Down><Right><Down><Left><Left><Enter>");
	assert_int_equal(p->app.backup.ask.form, BACKUP_CODEX32);
	assert_int_equal(p->app.backup.ask.group[0].need, 0);
	play_feed(p, (struct event){ .kind = EV_BACKUP, .err = ERR_REFUSED,
	    .why = { .where = "a Monero wallet: its words are its backup" } });
	compare(p, "backup-refused");
	play_end(p);
}

static void
taken(struct play *p, struct pieces_count n)
{
	p->app.entry.pieces = n;
	answer(p, EV_GATHERED, 0);
}

static void
test_rehearsal(void **state)
{
	struct play *p = with_key();

	(void)state;
	choose(p, "Rehearse a backup");
	assert_int_equal(p->app.screen, SCREEN_FORMS);
	compare(p, "rehearse-forms");
	choose(p, "A share of SLIP-39");
	assert_true(p->app.entry.rehearse);
	assert_int_equal(p->app.entry.list, LIST_SLIP39);
	compare(p, "words-slip39");
	(void)snprintf(p->app.secret->words, WORDS_TEXT_MAX, "%s", WORDS20);
	p->app.secret->nword = 20;
	compare(p, "words-slip39-20");
	play_keys_of(p, "<Enter>");
	assert_true(effect(p, FX_GATHER));
	play_feed(p, (struct event){ .kind = EV_GATHERED,
	    .err = ERR_CHECKSUM, .why = { .where = "share 1" } });
	assert_int_equal(p->app.secret->nword, 20);	/* nothing is lost */
	compare(p, "words-slip39-wrong");
	taken(p, (struct pieces_count){ .kind = PIECES_SLIP39, .have = 1,
	    .need = 2, .groups_need = 1, .all = 1, .groups = 1,
	    .group = { { 1, 2 } } });
	assert_int_equal(p->app.secret->words[0], 0);
	compare(p, "pieces-one");
	play_keys_of(p, "<Enter>");
	compare(p, "words-slip39-one");
	p->app.secret->nword = 40;
	compare(p, "words-slip39-40");
	p->app.secret->nword = 0;
	taken(p, (struct pieces_count){ .kind = PIECES_SLIP39, .have = 2,
	    .need = 2, .groups_need = 1, .groups_have = 1, .enough = true,
	    .all = 2, .groups = 1, .group = { { 2, 2 } } });
	compare(p, "pieces-enough");
	play_keys_of(p, "<Enter>");
	assert_true(effect(p, FX_REHEARSE));
	play_feed(p, (struct event){ .kind = EV_REHEARSED });
	assert_int_equal(p->app.screen, SCREEN_TRIED);
	compare(p, "rehearsed-no");
	play_keys_of(p, "<Esc>");		/* no piece is lost */
	assert_int_equal(p->app.screen, SCREEN_PIECES);
	play_keys_of(p, "p<Enter><Tab>secret<Enter>");
	assert_string_equal(p->app.secret->pass, "secret");
	play_feed(p, (struct event){ .kind = EV_REHEARSED,
	    .tried = TRIED_IN_VAULT, .fpr = KEY });
	assert_int_equal(p->app.screen, SCREEN_TRIED);
	compare(p, "rehearsed");
	play_keys_of(p, "<Enter>");
	assert_int_equal(p->app.screen, SCREEN_KEYS);
	assert_false(p->app.entry.rehearse);
	play_end(p);
}

/* Words that are right, of a key that has a passphrase. */
static void
test_rehearsal_asks_for_the_passphrase(void **state)
{
	struct play *p = with_key();

	(void)state;
	choose(p, "Rehearse a backup");
	choose(p, "The words of your key");
	compare(p, "rehearse-words");
	(void)snprintf(p->app.secret->words, WORDS_TEXT_MAX, "%s", WORDS20);
	p->app.secret->nword = 12;
	play_keys_of(p, "<Enter>");
	answer(p, EV_CHECKED, 0);
	assert_true(effect(p, FX_REHEARSE));
	play_feed(p, (struct event){ .kind = EV_REHEARSED,
	    .tried = TRIED_WORDS, .fpr = KEY });
	compare(p, "rehearsed-words");
	play_keys_of(p, "p<Enter><Tab>secret");
	compare(p, "rehearse-passphrase");
	play_keys_of(p, "<Enter>");
	assert_true(effect(p, FX_REHEARSE));
	assert_true(p->app.secret->words[0] != '\0');
	play_feed(p, (struct event){ .kind = EV_REHEARSED,
	    .tried = TRIED_WORDS, .fpr = KEY });
	assert_int_equal(p->app.secret->pass[0], 0);
	compare(p, "rehearsed-passphrase");
	play_keys_of(p, "p<Esc>");
	assert_int_equal(p->app.screen, SCREEN_TRIED);
	play_keys_of(p, "<Esc>");
	assert_int_equal(p->app.screen, SCREEN_KEYS);
	assert_int_equal(p->app.secret->words[0], 0);
	play_end(p);
}

/* What is here of each group; the last taken back; long work, stopped. */
static void
test_pieces_of_groups(void **state)
{
	struct play *p = with_key();
	struct pieces_count n = { .kind = PIECES_SLIP39, .have = 2, .need = 3,
	    .groups_need = 2, .groups_have = 1, .all = 4, .groups = 4,
	    .last = 0, .exponent = 15,
	    .group = { { 2, 3 }, { 1, 2 }, { 1, 1 } } };

	(void)state;
	choose(p, "Enter shares of a key");
	choose(p, "A share of SLIP-39");
	taken(p, n);
	compare(p, "pieces-groups");
	play_keys_of(p, "<Back>");
	assert_true(effect(p, FX_GATHER));
	n.all = 3;
	n.group[0].have = 1;
	p->app.entry.pieces = n;
	play_feed(p, (struct event){ .kind = EV_GATHERED,
	    .n = GATHER_BACK });
	assert_true(reads(p, "Taken back"));
	n.all = 5;
	n.enough = true;
	n.group[0].have = 3;
	n.groups_have = 2;
	taken(p, n);
	p->hang = true;
	play_keys_of(p, "<Enter>");
	assert_int_equal(p->app.busy.phase, PHASE_STRETCH);
	p->now += 20000;
	p->app.busy.done = 1000;
	p->app.busy.total = 10000;
	answer(p, EV_TICK, 0);
	compare(p, "pieces-at-work");
	play_keys_of(p, "<Esc>");
	assert_true(p->app.busy.stopping);
	answer(p, EV_UNLOCKED, ERR_STOPPED);
	assert_int_equal(p->app.busy.phase, PHASE_IDLE);
	assert_int_equal(p->app.screen, SCREEN_PIECES);
	assert_true(reads(p, "Stopped. Nothing is lost."));
	play_keys_of(p, "<Esc>");
	assert_int_equal(p->app.screen, SCREEN_PIECES);
	play_keys_of(p, "<Esc>");
	assert_true(effect(p, FX_END_BACKUP));
	assert_int_equal(p->app.entry.pieces.all, 0);
	play_end(p);
}

static void
test_codex32_is_typed(void **state)
{
	struct play *p = with_key();

	(void)state;
	choose(p, "Enter shares of a key");
	choose(p, "codex32");
	play_keys_of(p, CODEX);
	compare(p, "codex");
	play_keys_of(p, "<Tab>");
	compare(p, "codex-seen");
	play_keys_of(p, "<Enter>");
	assert_true(effect(p, FX_GATHER));
	assert_string_equal(p->app.secret->words, CODEX);
	play_feed(p, (struct event){ .kind = EV_GATHERED, .err = ERR_CHECKSUM,
	    .why = { .where = "codex32 share 1" } });
	assert_string_equal(p->app.secret->words, CODEX);
	taken(p, (struct pieces_count){ .kind = PIECES_CODEX32, .have = 1,
	    .need = 2, .all = 1 });
	play_keys_of(p, "<Enter>");
	assert_int_equal(p->app.screen, SCREEN_CODEX);
	play_keys_of(p, "MS1 2");
	assert_string_equal(p->app.secret->words, "ms12");
	play_keys_of(p, "<Esc>");
	assert_int_equal(p->app.screen, SCREEN_PIECES);
	assert_string_equal(p->app.secret->words, "");
	play_end(p);
}

static void
test_parts_of_seed_xor(void **state)
{
	struct play *p = with_key();

	(void)state;
	choose(p, "Enter shares of a key");
	choose(p, "A part of Seed XOR");
	compare(p, "words-xor");
	taken(p, (struct pieces_count){ .kind = PIECES_XOR, .have = 2,
	    .enough = true, .all = 2 });
	compare(p, "pieces-xor");
	play_keys_of(p, "n");
	assert_int_equal(p->app.screen, SCREEN_WORDS);
	play_end(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shares_are_shown_for_a_time),
		cmocka_unit_test(test_groups_are_chosen),
		cmocka_unit_test(test_a_passphrase_for_shares),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_rehearsal),
		cmocka_unit_test(test_rehearsal_asks_for_the_passphrase),
		cmocka_unit_test(test_pieces_of_groups),
		cmocka_unit_test(test_codex32_is_typed),
		cmocka_unit_test(test_parts_of_seed_xor),
	};

	return cmocka_run_group_tests_name("backups on the screen", tests,
	    NULL, NULL);
}
