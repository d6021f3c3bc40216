#include "tests/unit/tui_compare.h"
#include "tui/screen/screen.h"

/* Found, refused in three ways, opened. */
static void
test_opened(void **state)
{
	struct play *p = play_begin(0);

	(void)state;
	p->vault.there = true;
	play_feed(p, (struct event){ .kind = EV_ENGINE, .engine = {
	    .kind = ENGINE_STICKS } });
	compare(p, "welcome-vault");
	play_keys_of(p, "vright");
	compare(p, "lock");
	play_keys_of(p, "<Enter>");
	compare(p, "lock-wrong");
	p->vault.opens = ERR_DAMAGED;
	play_keys_of(p, "right one<Enter>");
	compare(p, "lock-damaged");
	p->vault.opens = ERR_VERSION;
	play_keys_of(p, "right one<Enter>");
	compare(p, "lock-newer");
	p->vault.opens = 0;
	p->vault.torn = true;
	play_keys_of(p, "<Tab>right one<Enter>");
	compare(p, "vault-torn");
	play_end(p);
}

/* Its keys are brought to hand; one is named, one forgotten while the stick
 * is away. */
static void
test_changed(void **state)
{
	struct play *p = play_begin(0);

	(void)state;
	p->vault.there = true;
	play_feed(p, (struct event){ .kind = EV_ENGINE, .engine = {
	    .kind = ENGINE_STICKS } });
	play_keys_of(p, "vright one<Enter>");
	play_keys_of(p, "a");
	assert_int_equal(p->app.screen, SCREEN_HOME);
	assert_int_equal(p->app.nfpr, 2);
	compare(p, "vault-home");
	play_keys_of(p, "k");
	compare(p, "keys-open");
	play_keys_of(p, "<Enter>");
	compare(p, "vault");
	play_keys_of(p, "k");
	compare(p, "vault-none-to-keep");
	play_keys_of(p, "nHouse");
	compare(p, "vault-name");
	play_keys_of(p, "<Enter>");
	compare(p, "vault-stored");
	play_keys_of(p, "f");
	compare(p, "vault-forget");
	p->vault.gone = true;
	play_keys_of(p, "<Esc>");		/* takes the question back */
	assert_int_equal(p->app.screen, SCREEN_VAULT);
	play_keys_of(p, "f");
	assert_int_equal(p->app.vault.nkey, 2);
	play_keys_of(p, "f");
	assert_int_equal(p->app.vault.nkey, 1);
	compare(p, "vault-pending");
	play_keys_of(p, "<Esc>l");
	assert_int_equal(p->locks, 0);
	compare(p, "vault-lock-asks");
	play_keys_of(p, "q");
	compare(p, "vault-leave-asks");
	p->vault.gone = false;
	play_keys_of(p, "<Esc>");
	play_feed(p, (struct event){ .kind = EV_ENGINE, .engine = {
	    .kind = ENGINE_STICKS } });
	assert_false(p->app.vault.dirty);
	play_end(p);
}

/* The row of another one never shows what is in the one that is open. */
static void
test_two(void **state)
{
	struct play *p = play_begin(0);
	char name[] = "main.vault", other[] = "other.vault";
	struct item it = { .name = other, .shown = other };
	struct effects fx = { 0 };

	(void)state;
	p->vault.there = true;
	play_feed(p, (struct event){ .kind = EV_ENGINE, .engine = {
	    .kind = ENGINE_STICKS } });
	play_keys_of(p, "vright one<Enter>a");
	p->app.vault.at.stick = it.stick = p->app.stick[0].id;
	assert_int_equal(p->app.screen, SCREEN_HOME);
	vault_item(&p->app, &it, &fx);
	assert_int_equal(p->app.screen, SCREEN_HOME);
	assert_non_null(strstr(p->app.note, "Another vault is open"));
	it.name = name;
	vault_item(&p->app, &it, &fx);
	assert_int_equal(p->app.screen, SCREEN_VAULT);
	play_end(p);
}

/* Chosen among two; asked each time; copied; its log; another passphrase. */
static void
test_set(void **state)
{
	struct play *p = play_begin(0);

	(void)state;
	p->vault.there = p->vault.several = true;
	play_feed(p, (struct event){ .kind = EV_ENGINE, .engine = {
	    .kind = ENGINE_STICKS } });
	compare(p, "welcome-vaults");
	play_keys_of(p, "v<Down>");
	compare(p, "vaults");
	play_keys_of(p, "<Enter>right one<Enter>t");
	compare(p, "vault-each-time");
	play_keys_of(p, "t");
	assert_int_equal(p->app.vault.about.flags, VAULT_EACH_TIME);
	compare(p, "vault-each-time-on");
	play_keys_of(p, "c");
	compare(p, "vault-copy");
	play_keys_of(p, "<Enter>");
	compare(p, "vault-copied");
	play_keys_of(p, "o");
	compare(p, "vault-log");
	play_keys_of(p, "e<Enter>");
	compare(p, "vault-log-written");
	play_keys_of(p, "<Esc>pright one<Enter>");
	compare(p, "lock-fresh");
	play_keys_of(p, "right one<Enter>right two<Enter>");
	compare(p, "lock-differ");
	play_keys_of(p, "right one<Enter>right one<Enter>");
	assert_int_equal(p->app.screen, SCREEN_VAULT);
	compare(p, "vault-passed");
	play_keys_of(p, "x");
	assert_int_equal(p->vault.closed, 1);
	compare(p, "keys");
	play_end(p);
}

/* What is in it besides keys: a note changed, a wallet forgotten, labels
 * written out, a setting kept. */
static void
test_inside(void **state)
{
	struct play *p = play_begin(0);

	(void)state;
	p->vault.there = true;
	play_feed(p, (struct event){ .kind = EV_ENGINE, .engine = {
	    .kind = ENGINE_STICKS } });
	play_keys_of(p, "vright one<Enter>i<Down>");
	compare(p, "things");
	play_keys_of(p, "n<Back><Back><Back><Back>Flat 3");
	compare(p, "note");
	play_keys_of(p, "<Enter>");
	assert_string_equal(p->vault.label, "Flat 3");
	compare(p, "things-noted");
	play_keys_of(p, "<Up>f");
	assert_int_equal(p->vault.forgets, 0);
	compare(p, "things-forget");
	play_keys_of(p, "f");
	assert_int_equal(p->vault.forgets, 1);
	play_keys_of(p, "e");
	compare(p, "labels-where");
	play_keys_of(p, "<Enter>");
	compare(p, "labels-written");
	play_keys_of(p, "<Esc><Esc>s<Down><Right><Down><Down><Right>");
	assert_int_equal(p->vault.sets, 0);
	compare(p, "settings-vault");
	play_keys_of(p, "<Esc>");
	assert_int_equal(p->vault.sets, 2);
	assert_int_equal(p->app.idle_seconds, 1200);
	play_end(p);
}

/* Made on a stick of choice; the key at hand goes in. */
static void
test_made(void **state)
{
	struct play *p = play_begin(1);

	(void)state;
	play_keys_of(p, "k<Down><Down>");
	compare(p, "keys-make");
	play_keys_of(p, "<Enter>");
	compare(p, "vault-where");
	play_keys_of(p, "nmy vault<Enter>");
	assert_int_equal(p->app.screen, SCREEN_FILE);
	compare(p, "vault-file");
	play_keys_of(p, "<Esc>nCold-2<Enter>");
	assert_string_equal(p->app.vault.file, "Cold-2.vault");
	compare(p, "vault-where-named");
	play_keys_of(p, "<Enter>short<Enter>");	/* no work is begun for it */
	assert_int_equal(p->app.screen, SCREEN_LOCK);
	assert_int_equal(p->app.busy.phase, PHASE_IDLE);
	assert_false(p->app.entry.in_again);
	assert_non_null(strstr(p->app.note, "8 bytes are the least"));
	play_keys_of(p, " one");
	compare(p, "lock-new");
	play_keys_of(p, "<Enter>short one<Enter>");
	compare(p, "keep");
	play_keys_of(p, "<Esc>");	/* what was made is still said */
	compare(p, "vault-made");
	play_keys_of(p, "k<Enter>Savings<Enter>");
	compare(p, "vault-new");
	assert_int_equal(p->vault.stores, 1);
	play_keys_of(p, "<Esc><Down><Enter>at080<Enter>");
	compare(p, "vault-done");
	assert_int_equal(p->vault.notes, 1);
	play_end(p);
}

/* Agreed to while the vault's stick is away: nothing is signed until it is
 * back, or until the owner goes without, by name. */
static void
test_nothing_is_signed_before_it_is_stored(void **state)
{
	struct play *p = play_begin(0);

	(void)state;
	p->vault.there = true;
	play_feed(p, (struct event){ .kind = EV_ENGINE, .engine = {
	    .kind = ENGINE_STICKS } });
	play_keys_of(p, "vright one<Enter>a");
	p->vault.gone = true;
	play_keys_of(p, "<Down><Enter>at080<Enter>");
	assert_int_equal(p->app.screen, SCREEN_UNSTORED);
	assert_int_equal(p->makes, 0);
	compare(p, "unstored");
	play_keys_of(p, "<Enter>");
	assert_int_equal(p->app.screen, SCREEN_UNSTORED);
	assert_int_equal(p->vault.learns, 2);
	play_keys_of(p, "yes<Enter>");
	compare(p, "unstored-not-its-name");
	assert_int_equal(p->makes, 0);
	play_keys_of(p, "<Esc>");
	assert_int_equal(p->app.screen, SCREEN_HOME);
	compare(p, "unstored-refused");
	play_keys_of(p, "<Enter>at080<Enter>unstored<Enter>");
	assert_int_equal(p->makes, 1);
	p->vault.gone = false;
	play_keys_of(p, "<Esc>");
	play_end(p);
}

/* That its keys leave with each consent is taken back by the passphrase. */
static void
test_asked_once_again(void **state)
{
	struct play *p = play_begin(0);

	(void)state;
	p->vault.there = true;
	play_feed(p, (struct event){ .kind = EV_ENGINE, .engine = {
	    .kind = ENGINE_STICKS } });
	play_keys_of(p, "vright one<Enter>ttt");
	assert_int_equal(p->app.vault.about.flags, VAULT_EACH_TIME);
	compare(p, "lock-once");
	play_keys_of(p, "wrong one<Enter>");
	assert_int_equal(p->app.vault.about.flags, VAULT_EACH_TIME);
	play_keys_of(p, "right one<Enter>");
	assert_int_equal(p->app.vault.about.flags, 0);
	assert_int_equal(p->app.screen, SCREEN_VAULT);
	play_end(p);
}

/* What the clerk could not read is told, and goes when the owner says so. */
static void
test_odd(void **state)
{
	struct play *p = play_begin(0);

	(void)state;
	p->vault.there = p->vault.odd = true;
	play_feed(p, (struct event){ .kind = EV_ENGINE, .engine = {
	    .kind = ENGINE_STICKS } });
	play_keys_of(p, "vright one<Enter>");
	compare(p, "vault-odd");
	play_keys_of(p, "i<End>nf");
	assert_int_equal(p->app.screen, SCREEN_THINGS);
	assert_int_equal(p->vault.forgets, 0);
	compare(p, "things-odd");
	play_keys_of(p, "f");
	assert_int_equal(p->vault.forgets, 1);
	assert_int_equal(p->app.vault.nthing, 4);
	play_end(p);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_opened),
		cmocka_unit_test(test_changed),
		cmocka_unit_test(test_two),
		cmocka_unit_test(test_set),
		cmocka_unit_test(test_inside),
		cmocka_unit_test(test_made),
		cmocka_unit_test(test_nothing_is_signed_before_it_is_stored),
		cmocka_unit_test(test_asked_once_again),
		cmocka_unit_test(test_odd),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
