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

static size_t
find_item(const struct play *p, const char *name)
{
	size_t i;

	for (i = 0; i < p->app.shelf.n; i++)
		if (strncmp(p->app.shelf.item[i].name, name,
		    strlen(name)) == 0)
			return i;
	fail_msg("%s is not on the shelf", name);
	return 0;
}

static enum item_state
state_of(const struct play *p, const char *name)
{
	return p->app.shelf.item[find_item(p, name)].state;
}

static void
open_named(struct play *p, const char *name)
{
	p->app.at = find_item(p, name);
	play_keys_of(p, "<Enter>");
}

static void
test_app_nothing_on_a_stick_is_silent(void **state)
{
	struct play *p = play_begin(1);

	(void)state;
	assert_int_equal(p->app.screen, SCREEN_HOME);
	assert_int_equal(p->app.shelf.n, 9);
	assert_int_equal(state_of(p, "torn"), ITEM_UNREADABLE);
	assert_int_equal(state_of(p, "payroll"), ITEM_PENDING);
	assert_int_equal(state_of(p, "warn"), ITEM_PENDING);
	assert_int_equal(state_of(p, "bad"), ITEM_REFUSED);
	assert_int_equal(state_of(p, "foreign"), ITEM_FOREIGN);
	assert_int_equal(state_of(p, "signed"), ITEM_SIGNED);
	assert_int_equal(state_of(p, "notes"), ITEM_SKIPPED);
	assert_int_equal(state_of(p, "photos"), ITEM_SKIPPED);
	assert_string_equal(p->app.shelf.item[find_item(p, "photos")].say,
	    "a folder");
	assert_int_equal(p->app.shelf.item[find_item(p, "warn")].nwarn, 2);
	play_end(p);
}

static void
test_app_the_whole_way_signs(void **state)
{
	struct play *p = play_begin(1);

	(void)state;
	open_named(p, "payroll");
	assert_int_equal(p->app.screen, SCREEN_REVIEW);
	assert_true(p->app.review.seen_end);
	play_keys_of(p, "a");
	assert_int_equal(p->app.screen, SCREEN_AGREE);
	play_keys_of(p, "t080<Enter>");
	assert_int_equal(p->app.screen, SCREEN_DONE);
	assert_int_equal(p->saves, 1);
	assert_true(p->app.review.safe);
	assert_null(p->app.review.page);
	play_keys_of(p, "<Enter>");
	assert_int_equal(p->app.screen, SCREEN_HOME);
	assert_int_equal(state_of(p, "payroll"), ITEM_SIGNED);
	assert_int_equal(state_of(p, "long"), ITEM_PENDING);
	assert_non_null(strstr(p->app.shelf.item[find_item(p, "payroll")].say,
	    "payroll-signed.psbt"));
	play_end(p);
}

/* A view key on its way out: warned of, and nothing stays of it. */
static void
test_app_an_export_is_warned_of_and_forgotten(void **state)
{
	struct play *p = play_begin(1);

	(void)state;
	play_keys_of(p, "ve<Down><Enter>bad<Enter>");
	assert_int_equal(p->app.out.step, EXPORT_ASK);
	play_keys_of(p, "<Esc>e<Down><Enter><Enter>");
	assert_int_equal(p->app.out.step, EXPORT_WARN);
	play_keys_of(p, "q");	/* no code before the warning was read */
	assert_int_equal(p->app.screen, SCREEN_EXPORT);
	play_keys_of(p, "<Enter>q");
	assert_int_equal(p->app.screen, SCREEN_QR);
	play_keys_of(p, "<Esc>");
	assert_int_equal(p->app.screen, SCREEN_EXPORT);
	assert_int_equal(p->discards, 1);
	play_keys_of(p, "<Esc>");
	assert_int_equal(p->app.screen, SCREEN_ADDRESS);
	assert_int_equal(p->discards, 2);
	assert_int_equal(p->app.qr.text[0], 0);
	assert_int_equal(p->exports, 2);
	play_end(p);
}

static void
test_app_wrong_characters_do_not_sign(void **state)
{
	struct play *p = play_begin(1);

	(void)state;
	open_named(p, "payroll");
	play_keys_of(p, "a<Enter>");
	assert_int_equal(p->app.screen, SCREEN_AGREE);
	play_keys_of(p, "t081<Enter>");
	assert_int_equal(p->app.screen, SCREEN_AGREE);
	assert_int_equal(p->saves, 0);
	assert_int_equal(p->app.review.typed.n, 0);
	play_keys_of(p, "t080<Enter>");
	assert_int_equal(p->app.screen, SCREEN_DONE);
	play_end(p);
}

static void
test_app_no_agreeing_before_the_end_was_seen(void **state)
{
	struct play *p = play_begin(1);
	int i;

	(void)state;
	open_named(p, "long");
	assert_false(p->app.review.seen_end);
	play_keys_of(p, "a");
	assert_int_equal(p->app.screen, SCREEN_REVIEW);
	play_keys_of(p, "<PgDn>a");
	assert_int_equal(p->app.screen, SCREEN_REVIEW);
	for (i = 0; i < 20; i++)
		play_keys_of(p, " ");
	assert_true(p->app.review.seen_end);
	play_keys_of(p, "<Home>a");
	assert_int_equal(p->app.screen, SCREEN_AGREE);
	play_end(p);
}

static void
test_app_what_is_refused_cannot_be_agreed_to(void **state)
{
	static const char *const names[] = { "bad", "foreign", "signed" };
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		struct play *p = play_begin(1);
		uint32_t k;

		open_named(p, names[i]);
		assert_int_equal(p->app.screen, SCREEN_REVIEW);
		play_keys_of(p, "<End>");
		for (k = 1; k < 127; k++) {
			if (k == K_ESC)
				continue;
			play_feed(p, (struct event){ .kind = EV_KEY,
			    .key = k });
			assert_int_not_equal(p->app.screen, SCREEN_AGREE);
			assert_int_not_equal(p->app.screen, SCREEN_ACCEPT);
			p->app.screen = SCREEN_REVIEW;
		}
		assert_int_equal(p->saves, 0);
		play_end(p);
	}
}

static void
test_app_each_warning_by_its_name(void **state)
{
	struct play *p = play_begin(1);

	(void)state;
	open_named(p, "warn");
	play_keys_of(p, "<End>a");
	assert_int_equal(p->app.screen, SCREEN_ACCEPT);
	play_keys_of(p, "<Enter>");
	assert_int_equal(p->app.review.ncode, 0);
	play_keys_of(p, "fee.hig<Enter>");
	assert_int_equal(p->app.review.ncode, 0);
	play_keys_of(p, "h<Enter>");
	assert_int_equal(p->app.review.ncode, 1);
	assert_int_equal(p->app.screen, SCREEN_ACCEPT);
	play_keys_of(p, "<Esc>");
	assert_int_equal(p->app.screen, SCREEN_REVIEW);
	assert_int_equal(p->app.review.ncode, 0);
	play_keys_of(p, "afee.high<Enter>path.gap<Enter>");
	assert_int_equal(p->app.screen, SCREEN_AGREE);
	assert_int_equal(p->app.review.ncode, 2);
	assert_string_equal(p->app.review.code[0], "btc.fee.high");
	assert_string_equal(p->app.review.code[1], "btc.path.gap");
	play_end(p);
}

static void
test_app_two_sticks_are_a_choice(void **state)
{
	struct play *p = play_begin(1);

	(void)state;
	p->nstick = 2;
	play_feed(p, (struct event){ .kind = EV_STICKS_CHANGED });
	open_named(p, "payroll");
	play_keys_of(p, "at080<Enter>");
	assert_int_equal(p->app.screen, SCREEN_TARGET);
	assert_int_equal(p->app.review.target_at, 0);
	play_keys_of(p, "<Down><Enter>");
	assert_int_equal(p->app.screen, SCREEN_DONE);
	assert_int_equal(p->app.review.target, 9);
	play_end(p);
}

static void
test_app_a_failed_save_loses_nothing(void **state)
{
	struct play *p = play_begin(1);
	unsigned forgets;

	(void)state;
	open_named(p, "payroll");
	p->save = ERR_FULL;
	forgets = p->forgets;
	play_keys_of(p, "at080<Enter>");
	assert_int_equal(p->app.screen, SCREEN_TARGET);
	assert_int_equal(p->app.note_style, STYLE_MINUS);
	assert_int_not_equal(p->app.note[0], 0);
	assert_int_equal(p->forgets, forgets);
	p->save = 0;
	play_keys_of(p, "<Enter>");
	assert_int_equal(p->app.screen, SCREEN_DONE);
	play_end(p);
}

static void
test_app_read_only_source_asks_where_to(void **state)
{
	struct play *p = play_begin(1);

	(void)state;
	p->stick[0].writable = false;
	play_feed(p, (struct event){ .kind = EV_STICKS_CHANGED });
	open_named(p, "payroll");
	play_keys_of(p, "at080<Enter>");
	assert_int_equal(p->app.screen, SCREEN_TARGET);
	play_keys_of(p, "<Enter>");
	assert_int_equal(p->app.screen, SCREEN_TARGET);
	assert_int_equal(p->saves, 0);
	p->nstick = 2;
	play_keys_of(p, "r<Down><Enter>");
	assert_int_equal(p->app.screen, SCREEN_DONE);
	assert_int_equal(p->app.review.target, 9);
	play_end(p);
}

static void
test_app_death_of_any_process_wipes_and_says_so(void **state)
{
	static const enum role roles[] = { ROLE_KEEPER, ROLE_CLERK,
	    ROLE_MOUNTER, ROLE_PARENT };
	size_t i;

	(void)state;
	for (i = 0; i < 4; i++) {
		struct play *p = play_begin(0);

		play_keys_of(p, "<Enter>about ab");
		play_feed(p, (struct event){ .kind = EV_ENGINE,
		    .engine = { .kind = ENGINE_DEAD, .role = roles[i] } });
		assert_int_equal(p->app.screen, SCREEN_DIED);
		assert_int_equal(p->app.died, roles[i]);
		assert_true(wiped(&p->secret, sizeof(p->secret)));
		play_keys_of(p, "x");
		assert_int_equal(p->quits, 1);
		play_end(p);
	}
}

static void
test_app_what_hangs_can_be_stopped(void **state)
{
	struct play *p = play_begin(1);
	size_t i = find_item(p, "payroll");

	(void)state;
	p->hang = true;
	open_named(p, "payroll");
	assert_int_equal(p->app.busy.phase, PHASE_OPEN);
	assert_int_equal(app_timeout(&p->app), 500);
	play_keys_of(p, "ka<Enter>");
	assert_int_equal(p->app.busy.phase, PHASE_OPEN);
	play_keys_of(p, "<Esc>");
	assert_int_equal(p->stops, 1);
	assert_int_equal(p->app.busy.phase, PHASE_IDLE);
	assert_int_equal(p->app.shelf.item[i].state, ITEM_PENDING);
	play_feed(p, (struct event){ .kind = EV_STICKS_CHANGED });
	assert_int_equal(p->app.busy.phase, PHASE_JUDGE);
	play_keys_of(p, "<Esc>");
	assert_int_equal(p->app.busy.phase, PHASE_IDLE);
	assert_int_equal(state_of(p, "payroll"), ITEM_WAITING);
	play_end(p);
}

static void
test_app_signing_stops_and_says_nothing_was_written(void **state)
{
	struct play *p = play_begin(1);

	(void)state;
	open_named(p, "payroll");
	p->hang = true;
	play_keys_of(p, "at080<Enter><Esc>");
	assert_int_equal(p->stops, 1);
	p->hang = false;
	play_feed(p, (struct event){ .kind = EV_ENGINE, .engine = {
	    .kind = ENGINE_FAIL, .err = ERR_STOPPED } });
	assert_int_equal(p->app.screen, SCREEN_HOME);
	assert_non_null(strstr(p->app.note, "nothing was written"));
	assert_int_equal(p->saves, 0);
	play_end(p);
}

/* Wherever the keys lead, Esc, Enter and n lead out again. */
static void
test_app_no_screen_is_a_dead_end(void **state)
{
	static const char *const ways[] = { "?", "?c", "?<C-c>", "?c<C-c>?",
	    "i?", "s?<C-c>", "v", "vf", "vf<F1>c", "q?", "q<C-c>", "k<F1>",
	    "k<C-c>", "l", "<Enter>?c<C-c>", "<End><Enter>?" };
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		struct play *p = play_begin(1);

		play_keys_of(p, ways[i]);
		for (n = 0; n < 6 && p->app.screen != SCREEN_HOME &&
		    p->app.screen != SCREEN_LOCKED; n++)
			play_keys_of(p, "<Esc>");
		assert_true(p->app.screen == SCREEN_HOME ||
		    p->app.screen == SCREEN_LOCKED);
		play_end(p);
	}
}

/* The stick may be pulled at any time: what was read can still be signed. */
static void
test_app_a_pulled_stick_leaves_what_was_read(void **state)
{
	struct play *p = play_begin(1);

	(void)state;
	p->nstick = 0;
	play_feed(p, (struct event){ .kind = EV_STICKS_CHANGED });
	assert_int_equal(p->app.nstick, 0);
	assert_int_equal(p->app.shelf.n, 9);
	assert_int_equal(state_of(p, "payroll"), ITEM_PENDING);
	assert_int_equal(state_of(p, "photos"), ITEM_SKIPPED);
	open_named(p, "payroll");
	play_keys_of(p, "at080<Enter>");
	assert_int_equal(p->app.screen, SCREEN_TARGET);
	p->nstick = 2;
	play_feed(p, (struct event){ .kind = EV_ENGINE,
	    .engine = { .kind = ENGINE_STICKS } });
	play_keys_of(p, "<Enter>");
	assert_int_equal(p->app.screen, SCREEN_DONE);
	play_end(p);
}

/* More files than are held at once: read in parts, each let go before it is
 * judged, and what is too much to keep is read again when looked at. */
static void
test_app_many_files_come_in_parts(void **state)
{
	struct play *p = play_begin(1);
	size_t i, n = p->app.shelf.n, kept = 0;

	(void)state;
	p->many = 1500;
	play_feed(p, (struct event){ .kind = EV_STICKS_CHANGED });
	assert_int_equal(p->app.shelf.n, n + 1500);
	assert_int_equal(p->app.busy.phase, PHASE_IDLE);
	assert_int_equal(shelf_count(&p->app.shelf, ITEM_WAITING), 0);
	assert_int_equal(shelf_count(&p->app.shelf, ITEM_READ), 0);
	assert_int_equal(shelf_count(&p->app.shelf, ITEM_PENDING), 1503);
	for (i = 0; i < p->app.shelf.n; i++)
		kept += !p->app.shelf.item[i].dropped;
	assert_in_range(kept, 500, 510);
	assert_true(p->mounts > 3);
	assert_int_equal(p->judged_while_held, 0);
	play_end(p);
}

/* Any keys in any order: no fault, no way to a signature without typing. */
static void
test_app_random_keys_never_sign(void **state)
{
	static const char some[] = "<Enter>|<Esc>|<Down>|<Up>|<PgDn>|<End>|a|"
	    "k|v|s|r|c|f|p|n|x|<Tab>| |h|i|?|<F1>|<Home>|<Right>|<Left>|"
	    "<Back>|b|";
	struct play *p = play_begin(1);
	uint32_t seed = 1;
	int i;

	(void)state;
	for (i = 0; i < 60000; i++) {
		const char *s = some;
		uint32_t skip;

		seed = seed * 1664525u + 1013904223u;
		for (skip = (seed >> 16) % 29; skip > 0; skip--) {
			s = strchr(s, '|') + 1;
			if (*s == '\0')
				s = some;
		}
		play_feed(p, (struct event){ .kind = EV_KEY,
		    .key = play_named(&s) });
		if (i % 500 == 0)
			play_size(p, 60 + (int)(seed >> 24) / 2,
			    18 + (int)(seed >> 20 & 31));
		app_draw(&p->app, &p->canvas);
		arena_clear(&p->pages);
		if (p->app.review.page != NULL)
			play_keys_of(p, "<Esc><Esc><Esc>");
	}
	assert_int_equal(p->saves, 0);
	play_end(p);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_app_nothing_on_a_stick_is_silent),
		cmocka_unit_test(test_app_the_whole_way_signs),
		cmocka_unit_test(
		    test_app_an_export_is_warned_of_and_forgotten),
		cmocka_unit_test(test_app_wrong_characters_do_not_sign),
		cmocka_unit_test(test_app_no_agreeing_before_the_end_was_seen),
		cmocka_unit_test(test_app_what_is_refused_cannot_be_agreed_to),
		cmocka_unit_test(test_app_each_warning_by_its_name),
		cmocka_unit_test(test_app_two_sticks_are_a_choice),
		cmocka_unit_test(test_app_a_failed_save_loses_nothing),
		cmocka_unit_test(test_app_read_only_source_asks_where_to),
		cmocka_unit_test(
		    test_app_death_of_any_process_wipes_and_says_so),
		cmocka_unit_test(test_app_what_hangs_can_be_stopped),
		cmocka_unit_test(
		    test_app_signing_stops_and_says_nothing_was_written),
		cmocka_unit_test(test_app_no_screen_is_a_dead_end),
		cmocka_unit_test(test_app_a_pulled_stick_leaves_what_was_read),
		cmocka_unit_test(test_app_many_files_come_in_parts),
		cmocka_unit_test(test_app_random_keys_never_sign),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
