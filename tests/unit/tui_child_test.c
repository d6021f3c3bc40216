/* A child of a key: chosen, shown for a time, gone; the recovery sheet: shown,
 * moved through, written. */
#include "tests/unit/tui_compare.h"

static const char words[] = "girl mad pet galaxy egg matter matrix prison "
    "refuse sense ordinary nose";

/* The row of the screen of keys that says so. */
static struct play *
at(const char *label)
{
	static char now[65536];
	struct play *p = play_begin(1);
	char want[64];
	int i;

	play_keys_of(p, "k");
	(void)snprintf(want, sizeof(want), "> %s", label);
	for (i = 0; i < 20; i++) {
		app_draw(&p->app, &p->canvas);
		(void)canvas_dump(&p->canvas, now, sizeof(now));
		if (strstr(now, want) != NULL)
			break;
		play_keys_of(p, "<Down>");
	}
	assert_true(i < 20);
	play_keys_of(p, "<Enter>");
	return p;
}

static void
answer(struct play *p, enum effect_kind what, enum err e)
{
	play_feed(p, (struct event){ .kind = EV_CHILD, .n = what, .err = e,
	    .whole = true });
}

static void
born(struct play *p, const char *text)
{
	play_keys_of(p, "<Enter>");
	(void)snprintf(p->app.secret->share, SHARE_TEXT_MAX, "%s", text);
	(void)snprintf(p->app.child.path, PATH_TEXT_MAX,
	    "m/83696968'/39'/0'/12'/7'");
	answer(p, FX_CHILD, 0);
	assert_true(p->app.backup.shown);
}

static void
test_a_child_is_shown_for_a_time(void **state)
{
	struct play *p = at("A child of a key");
	struct child_ask *ask = &p->app.child.ask;
	unsigned scrubs;

	(void)state;
	assert_int_equal(p->app.screen, SCREEN_CHILD);
	compare(p, "child");
	play_keys_of(p, "<Down><Down><Right><Down>7");
	assert_int_equal(ask->size, 12);
	assert_int_equal(ask->index, 7);
	born(p, words);
	compare(p, "child-words");
	p->now = p->app.now + BACKUP_SHOWN_MS;
	play_feed(p, (struct event){ .kind = EV_TICK });
	assert_false(p->app.backup.shown);
	assert_int_equal(p->app.secret->share[0], 0);
	born(p, words);
	scrubs = p->scrubs;
	play_keys_of(p, "<Esc>");
	assert_true(p->scrubs > scrubs);
	assert_int_equal(p->app.screen, SCREEN_KEYS);
	assert_int_equal(p->app.secret->share[0], 0);
	assert_false(p->app.backup.shown);
	play_end(p);
}

static void
test_sizes(void **state)
{
	struct play *p = at("A child of a key");
	struct child_ask *ask = &p->app.child.ask;

	(void)state;
	play_keys_of(p, "<Down><Right>");
	assert_int_equal(ask->kind, CHILD_WIF);
	assert_int_equal(ask->size, 0);
	play_keys_of(p, "<Down><Right>5");
	assert_int_equal(ask->size, 0);
	play_keys_of(p, "<Up><Right><Right><Down><Right>");
	assert_int_equal(ask->kind, CHILD_HEX);
	assert_int_equal(ask->size, 33);
	play_keys_of(p, "<Left><Left>");
	assert_int_equal(ask->size, 31);
	play_keys_of(p, "<Back><Back>99<Enter>");
	assert_int_equal(ask->size, 99);
	answer(p, FX_CHILD, ERR_RANGE);
	assert_false(p->app.backup.shown);
	play_keys_of(p, "<Up><Right><Down>");
	assert_int_equal(ask->kind, CHILD_BASE64);
	born(p, "aVery+long/password/that+is+not+broken+at+any+place+but+the+"
	    "end+of+a+line+of+it+ok");
	compare(p, "child-text");
	play_keys_of(p, "<Enter>");
	assert_int_equal(p->app.secret->share[0], 0);
	play_end(p);
}

static void
test_sheet(void **state)
{
	static const char text[] = "RECOVERY SHEET\n\nKey 73c5da0a, BIP32\n"
	    "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n"
	    "19\n20\nthe last line\n";
	struct play *p = at("A recovery sheet");

	(void)state;
	p->app.age.sheet = text;
	answer(p, FX_SHEET, 0);
	assert_int_equal(p->app.screen, SCREEN_SHEET);
	compare(p, "sheet");
	play_keys_of(p, "<End>");
	compare(p, "sheet-end");
	play_keys_of(p, "e");
	assert_int_equal(p->app.screen, SCREEN_STICK);
	play_keys_of(p, "<Enter>");
	(void)snprintf(p->app.out.name, sizeof(p->app.out.name), SHEET_FILE);
	answer(p, FX_SHEET_WRITE, 0);
	assert_int_equal(p->app.screen, SCREEN_SHEET);
	play_keys_of(p, "<Esc>");
	assert_int_equal(p->app.screen, SCREEN_KEYS);
	assert_null(p->app.age.sheet);
	play_end(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_child_is_shown_for_a_time),
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_sheet),
	};

	return cmocka_run_group_tests_name("children and the sheet", tests,
	    NULL, NULL);
}
