/* A backup file on the screen: made, with a word about keys; opened, and what
 * is in it looked at.  What the loop would answer is played. */
#include "tests/unit/tui_compare.h"

static struct play *
with_key(void)
{
	struct play *p = play_begin(1);

	play_keys_of(p, "k");
	return p;
}

static void
answer(struct play *p, enum effect_kind what, enum err e)
{
	play_feed(p, (struct event){ .kind = EV_AGE, .n = what, .err = e,
	    .whole = true });
}

/* The row of the screen of keys that says so. */
static void
choose(struct play *p, const char *label)
{
	static char now[65536];
	char want[64];
	int i;

	(void)snprintf(want, sizeof(want), "> %s", label);
	for (i = 0; i < 16; i++) {
		app_draw(&p->app, &p->canvas);
		(void)canvas_dump(&p->canvas, now, sizeof(now));
		if (strstr(now, want) != NULL)
			break;
		play_keys_of(p, "<Down>");
	}
	assert_true(i < 16);
	play_keys_of(p, "<Enter>");
}

static void
test_made(void **state)
{
	struct play *p = with_key();

	(void)state;
	choose(p, "A backup file");
	assert_int_equal(p->app.screen, SCREEN_AGE);
	answer(p, FX_AGE_COUNT, 0);
	compare(p, "age-nothing");
	play_keys_of(p, "<Enter>");
	assert_int_equal(p->app.screen, SCREEN_AGE);
	p->app.age.in = (struct collected){ 2, 31, 1 };
	compare(p, "age");
	play_keys_of(p, "<Left>");
	assert_true(p->app.age.keys);
	compare(p, "age-keys");
	play_keys_of(p, "<Enter>");
	assert_int_equal(p->app.screen, SCREEN_STICK);
	compare(p, "age-stick");
	play_keys_of(p, "<Enter>elevenbytes");
	assert_int_equal(p->app.screen, SCREEN_LOCK);
	compare(p, "age-lock");
	play_keys_of(p, "<Enter>");
	assert_int_equal(p->app.busy.phase, PHASE_IDLE);
	assert_int_equal(p->app.entry.pass.n, 11);
	assert_false(p->app.entry.in_again);
	play_keys_of(p, "z<Enter>elevenbytesy<Enter>");
	assert_int_equal(p->app.busy.phase, PHASE_IDLE);
	play_keys_of(p, "twelve bytes<Enter>twelve bytes<Enter>");
	assert_int_equal(p->app.busy.phase, PHASE_VAULT);
	answer(p, FX_AGE_SEAL, ERR_FULL);
	assert_int_equal(p->app.screen, SCREEN_LOCK);
	assert_int_equal(p->app.secret->pass[0], 0);
	compare(p, "age-full");
	play_keys_of(p, "twelve bytes<Enter>twelve bytes<Enter>");
	(void)snprintf(p->app.out.name, sizeof(p->app.out.name), AGE_FILE);
	answer(p, FX_AGE_SEAL, 0);
	assert_int_equal(p->app.screen, SCREEN_KEYS);
	compare(p, "age-made");
	assert_int_equal(p->secret.pass[0], 0);
	play_end(p);
}

static void
wants(struct play *p)
{
	struct item it = { .stick = 1, .name = (char[]){ AGE_FILE },
	    .shown = (char[]){ AGE_FILE } };
	struct effects fx = { 0 };

	flow_age_want(&p->app, &it, &fx);
	assert_int_equal(p->app.screen, SCREEN_LOCK);
	play_keys_of(p, "twelve bytes<Enter>");
}

static void
test_opened(void **state)
{
	struct play *p = with_key();
	struct aging *g = &p->app.age;

	(void)state;
	wants(p);
	assert_int_equal(p->app.busy.phase, PHASE_VAULT);
	answer(p, FX_AGE_OPEN, ERR_PASSPHRASE);
	compare(p, "age-wrong");
	play_keys_of(p, "twelve bytes<Enter>");
	g->nfpr = 1;
	g->fpr[0] = p->app.fpr[0];
	g->had[0] = true;
	g->npart = 4;
	g->part[0] = (struct age_part){ BUNDLE_WALLET, p->app.network,
	    "Family vault", 1, 400 };
	g->part[1] = (struct age_part){ BUNDLE_WALLET, NET_SIGNET,
	    "of another network", 1, 400 };
	g->part[2] = (struct age_part){ BUNDLE_LABELS, 0, "", 3, 200 };
	g->part[3] = (struct age_part){ BUNDLE_OTHER, 0, "", 2, 31 };
	answer(p, FX_AGE_OPEN, 0);
	assert_int_equal(p->app.screen, SCREEN_RESTORE);
	compare(p, "restore");
	play_keys_of(p, "<Down><Enter>");
	compare(p, "restore-network");
	play_keys_of(p, "<Down><Down><Enter>");
	assert_int_equal(p->app.screen, SCREEN_RESTORE);
	play_keys_of(p, "<Esc>");
	assert_int_equal(p->app.screen, SCREEN_KEYS);
	choose(p, "The backup file that is open");
	assert_int_equal(p->app.screen, SCREEN_RESTORE);
	play_end(p);
}

/* Nothing of it is known after a lock. */
static void
test_locked(void **state)
{
	struct play *p = with_key();

	(void)state;
	p->app.age.open = true;
	p->app.age.npart = 3;
	play_keys_of(p, "<Esc>l");
	assert_int_equal(p->app.screen, SCREEN_LOCKED);
	assert_false(p->app.age.open);
	assert_int_equal(p->app.age.npart, 0);
	play_end(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_made),
		cmocka_unit_test(test_opened),
		cmocka_unit_test(test_locked),
	};

	return cmocka_run_group_tests_name("a backup file on the screen",
	    tests, NULL, NULL);
}
