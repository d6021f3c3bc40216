#include "tests/unit/tui_compare.h"

/* Keys, then the screen as it must stand there. */
struct golden {
	const char	*name;
	const char	*keys;
	size_t		 nkey;
	int		 w, h;
	bool		 two_sticks;
};

#define WORD4 "about aban act abili"
#define WORDS12 WORD4 " " WORD4 " " WORD4 " "
#define WORDS25 WORDS12 WORDS12 "act "

#define TEN "1234561234"
#define FIFTY TEN TEN TEN TEN TEN
#define DICE12 "n<Left><Down><Right><Enter>"

static const struct golden all[] = {
	{ "welcome", "", 0, 80, 24, false },
	{ "words", "<Enter>about aban <Tab>ac", 0, 80, 24, false },
	{ "words-hidden", "<Enter>about aban abz", 0, 80, 24, false },
	{ "words-enough", "<Enter>" WORDS12, 0, 80, 24, false },
	{ "words-monero", "<Enter><F2>", 0, 80, 24, false },
	{ "words-monero-hidden", "<Enter><F2>about aban ab", 0, 80, 24,
	    false },
	{ "fingerprint-monero", "<Enter><F2>" WORDS25, 0, 80, 24, false },
	{ "fingerprint", "<Enter>" WORDS12 "<Enter>", 0, 80, 24, false },
	{ "echo", "<Enter>" WORDS12 "<Enter>pzyqwa-YZQ", 0, 80, 24, false },
	{ "passphrase", "<Enter>" WORDS12 "<Enter>p<Enter>secret<Enter>sec",
	    0, 80, 24, false },
	{ "passphrase-shown", "<Enter>" WORDS12 "<Enter>p<Enter><Tab>secret",
	    0, 80, 24, false },
	{ "fingerprint-passphrase", "<Enter>" WORDS12
	    "<Enter>p<Enter><Tab>x<Enter>", 0, 80, 24, false },
	{ "new", "n", 0, 80, 24, false },
	{ "new-monero", "n<Right>", 0, 80, 24, false },
	{ "new-dice", "n<Left><Down><Right>", 0, 80, 24, false },
	{ "gather", "n<Enter>123<Tab>ht<Tab>astdk", 0, 80, 24, false },
	{ "gather-wrong", "n<Enter>7", 0, 80, 24, false },
	{ "gather-dice", DICE12 TEN "4", 0, 80, 24, false },
	{ "gather-few", DICE12 TEN "<Enter>", 0, 80, 24, false },
	{ "gather-enough", DICE12 FIFTY, 0, 80, 24, false },
	{ "shown", DICE12 FIFTY "<Enter>", 0, 80, 24, false },
	{ "shown-24", "n<Enter>" FIFTY "<Enter>", 0, 80, 24, false },
	{ "shown-25", "n<Right><Enter>" FIFTY "<Enter>", 0, 80, 24, false },
	{ "shown-hidden", DICE12 FIFTY "<Enter><Tab>", 0, 80, 24, false },
	{ "shown-give-up", DICE12 FIFTY "<Enter><Esc>", 0, 80, 24, false },
	{ "quiz", DICE12 FIFTY "<Enter><Enter>ab", 0, 80, 24, false },
	{ "quiz-wrong", DICE12 FIFTY "<Enter><Enter>abo<Enter>", 0, 80, 24,
	    false },
	{ "quiz-all", DICE12 FIFTY "<Enter><Enter><Tab>act<Enter>", 0, 80, 24,
	    false },
	{ "fingerprint-new", DICE12 FIFTY "<Enter><Enter>act<Enter>"
	    "abil<Enter>action<Enter>aban<Enter>", 0, 80, 24, false },
	{ "home", "", 1, 80, 24, false },
	{ "home-no-key", "h", 0, 80, 24, false },
	{ "home-wide", "<End>", 2, 110, 30, true },
	{ "item-unknown", "<End><Up><Enter>", 1, 80, 24, false },
	{ "item-damaged", "<End><Up><Up><Enter>", 1, 80, 24, false },
	{ "item-skipped", "<End><Enter>", 1, 80, 24, false },
	{ "review", "<Down><Enter>", 1, 80, 24, false },
	{ "review-wide", "<Down><Enter>", 1, 110, 30, false },
	{ "review-long", "<Enter>", 1, 80, 24, false },
	{ "review-long-end", "<Enter><End>", 1, 80, 24, false },
	{ "review-warn", "<Down><Down><Enter><End>", 1, 80, 24, false },
	{ "review-refused", "<Down><Down><Down><Enter><End>", 1, 80, 24,
	    false },
	{ "accept", "<Down><Down><Enter><End>afee.h", 1, 80, 24, false },
	{ "agree", "<Down><Enter>at0", 1, 80, 24, false },
	{ "agree-wrong", "<Down><Enter>axxxx<Enter>", 1, 80, 24, false },
	{ "target", "<Down><Enter>at080<Enter>", 1, 80, 24, true },
	{ "done", "<Down><Enter>at080<Enter>", 1, 80, 24, false },
	{ "addresses", "v", 1, 80, 24, false },
	{ "addresses-monero", "vx", 2, 80, 24, false },
	{ "payid", "vxi0123", 2, 80, 24, false },
	{ "integrated", "vxi0123456789abcdef<Enter>", 2, 80, 24, false },
	{ "integrated-not", "vxi0123<Enter>", 2, 80, 24, false },
	{ "find", "vfbcrt1q<Enter>", 1, 80, 24, false },
	{ "find-not", "vfother<Enter>", 1, 80, 24, false },
	{ "find-further", "vfother<Enter><Enter>", 1, 80, 24, false },
	{ "qr", "v<Down><Enter>", 1, 80, 24, false },
	{ "qr-wide", "v<Down><Enter>", 1, 110, 30, false },
	{ "export", "ve<Down>", 1, 80, 24, false },
	{ "export-asks", "ve<Down><Enter>3100000", 1, 80, 24, false },
	{ "export-bad", "ve<Down><Enter>bad<Enter>", 1, 80, 24, false },
	{ "export-warns", "ve<Down><Enter><Enter>", 1, 80, 24, false },
	{ "export-where", "ve<Down><Enter><Enter><Enter>", 1, 80, 24, false },
	{ "export-qr", "ve<Down><Enter><Enter><Enter>q", 1, 80, 24, false },
	{ "export-done", "ve<Enter><Enter>", 1, 80, 24, false },
	{ "wallets", "w<Down>", 1, 80, 24, false },
	{ "wallets-one", "w<Enter><PgDn><Down>", 1, 80, 24, false },
	{ "wallets-change", "w<Enter>c", 1, 80, 24, false },
	{ "invite", "wi", 1, 80, 24, false },
	{ "join", "wjmt", 1, 80, 24, false },
	{ "join-for", "wj<Enter>", 1, 80, 24, false },
	{ "wallets-no-change", "w<Down><Enter>c", 1, 80, 24, false },
	{ "wallets-qr", "w<Enter><Enter>", 1, 80, 24, false },
	{ "wallets-export", "w<Enter>e", 1, 80, 24, false },
	{ "wallets-written", "w<Enter>e<Enter><Enter>", 1, 80, 24,
	    false },
	{ "settings", "s<Down>", 1, 80, 24, false },
	{ "help", "?", 1, 80, 24, false },
	{ "help-review", "<Down><Enter>?", 1, 80, 24, false },
	{ "codes", "?c<PgDn>", 1, 80, 24, false },
	{ "guide", "?m", 1, 80, 24, false },
	{ "guide-end", "?m<PgDn>", 1, 80, 24, false },
	{ "about", "i", 1, 80, 24, false },
	{ "locked", "l", 1, 80, 24, false },
	{ "leave", "q", 1, 80, 24, false },
	{ "small", "", 1, 60, 20, false },
};

static void
test_golden_screens(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		const struct golden *g = &all[i];
		struct play *p = play_begin(g->nkey);

		p->nstick = g->two_sticks ? 2 : 1;
		if (g->two_sticks)
			play_feed(p, (struct event){
			    .kind = EV_STICKS_CHANGED });
		play_size(p, g->w, g->h);
		play_keys_of(p, g->keys);
		compare(p, g->name);
		play_end(p);
	}
}

/* A message to sign: read, agreed to by the word, written as a text. */
static void
test_golden_of_a_message(void **state)
{
	struct play *p = play_begin(1);

	(void)state;
	p->words = true;
	p->typed = "agree";
	play_keys_of(p, "r");
	compare(p, "message-home");
	play_keys_of(p, "<Enter>");
	compare(p, "message-review");
	play_keys_of(p, "aagree");
	compare(p, "message-agree");
	play_keys_of(p, "<Enter>");
	compare(p, "message-done");
	play_end(p);
}

/* None is registered: how one would be. */
static void
test_golden_of_no_wallet(void **state)
{
	struct play *p = play_begin(1);

	(void)state;
	p->none = true;
	play_keys_of(p, "w");
	compare(p, "wallets-none");
	play_keys_of(p, "j");
	compare(p, "join-none");
	play_keys_of(p, "<Enter><Esc>");
	play_keys_of(p, "<Enter><Esc>");
	assert_int_equal(p->app.screen, SCREEN_HOME);
	play_end(p);
}

/* A wallet: agreed to by the word, and known from then on. */
static void
test_golden_of_a_wallet(void **state)
{
	struct play *p = play_begin(1);

	(void)state;
	p->wallets = true;
	p->typed = "agree";
	play_keys_of(p, "r");
	compare(p, "wallet-home");
	play_keys_of(p, "<Enter>");
	compare(p, "wallet-review");
	play_keys_of(p, "aagree<Enter>");
	compare(p, "wallet-known");
	assert_int_equal(shelf_count(&p->app.shelf, ITEM_KNOWN), 1);
	assert_int_equal(p->app.nanswered, 1);
	play_end(p);
}

/* The payment that is asked about is there whole, however many there are. */
static void
test_golden_of_many_payments(void **state)
{
	struct play *p = play_begin(1);

	(void)state;
	p->crowd = 40;
	play_keys_of(p, "r<Down><Enter><End>a");
	compare(p, "agree-many");
	play_end(p);
}

/* What no key leads to. */
static void
test_golden_refused(void **state)
{
	struct play *p = play_begin(0);

	(void)state;
	p->keeper.judge = ERR_REFUSED;
	play_keys_of(p, DICE12 FIFTY "<Enter>");
	compare(p, "gather-refused");
	play_end(p);
	p = play_begin(0);
	p->keeper.feed = ERR_DUPLICATE;
	play_keys_of(p, "n<Enter><Tab><Tab>as");
	compare(p, "gather-dealt");
	play_end(p);
}

static void
test_golden_events(void **state)
{
	struct play *p = play_begin(1);

	(void)state;
	p->hang = true;
	play_keys_of(p, "<Enter>");
	p->now += 600;
	play_feed(p, (struct event){ .kind = EV_ENGINE, .engine = {
	    .kind = ENGINE_PROGRESS, .done = 300, .total = 1000 } });
	compare(p, "progress");
	play_keys_of(p, "<Esc>");
	p->hang = false;
	p->save = ERR_FULL;
	play_keys_of(p, "<Down><Enter>at080<Enter>");
	compare(p, "save-failed");
	play_feed(p, (struct event){ .kind = EV_ENGINE, .engine = {
	    .kind = ENGINE_DEAD, .role = ROLE_CLERK } });
	compare(p, "died");
	play_end(p);
}

/* On the live image: what was tried, and one thing of it that talks. */
static void
test_golden_airgap(void **state)
{
	static struct airgap report;
	struct play *p = play_begin(0);
	size_t i;

	(void)state;
	for (i = 0; i < AIRGAP_LEAST; i++)
		report.row[i] = (struct airgap_row){ true,
		    span_text("socket family 2, IPv4"),
		    span_text("does not exist") };
	report.n = AIRGAP_LEAST;
	p->app.airgap = &report;
	play_keys_of(p, "<Esc><Esc>");
	compare(p, "home-airgap");
	play_keys_of(p, "g<PgDn>");
	compare(p, "airgap");
	report.row[20].ok = false;
	report.row[20].outcome = span_text("EXISTS");
	report.bad = 1;
	compare(p, "airgap-bad");
	play_keys_of(p, "<Esc>");
	compare(p, "home-airgap-bad");
	play_end(p);
}

/* On the live image: the list of keyboard layouts, one that is taken, one
 * that cannot be, and back to where it was asked for. */
static void
test_golden_keyboard(void **state)
{
	static const struct keymaps keymaps = { { "American",
	    "American, Dvorak", "Belgian", "French", "German", "Swiss" }, 6 };
	struct play *p = play_begin(0);

	(void)state;
	p->app.keymaps = &keymaps;
	compare(p, "welcome-keyboard");
	play_keys_of(p, "<F2><End><Up><Enter>yz?");
	compare(p, "keyboard");
	assert_int_equal(p->app.keyboard.used, 4);
	play_keys_of(p, "<Up><Up><Enter>");
	compare(p, "keyboard-failed");
	assert_int_equal(p->app.keyboard.used, 4);
	play_keys_of(p, "<Esc><Enter>" WORDS12 "<Enter>pzxqw");
	compare(p, "echo-keyboard");
	play_keys_of(p, "<F2><Esc>zy");
	assert_int_equal(p->app.screen, SCREEN_ECHO);
	play_end(p);
}

/* On the live image: the stick that it came from, read; one that is not
 * there, one that is too short. */
static void
test_golden_medium(void **state)
{
	static struct airgap report;
	struct play *p = play_begin(0);

	(void)state;
	p->app.version = "0.0.0";
	play_keys_of(p, "d");
	assert_int_equal(p->app.screen, SCREEN_WELCOME);
	p->app.airgap = &report;
	play_keys_of(p, "d");
	compare(p, "medium");
	assert_int_equal(p->medium_at, 3);
	p->medium = ERR_GONE;
	play_keys_of(p, "r");
	compare(p, "medium-gone");
	p->medium = ERR_SHORT;
	play_keys_of(p, "r");
	compare(p, "medium-short");
	play_keys_of(p, "<Esc>");
	assert_int_equal(p->app.screen, SCREEN_WELCOME);
	play_end(p);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_golden_screens),
		cmocka_unit_test(test_golden_refused),
		cmocka_unit_test(test_golden_of_a_message),
		cmocka_unit_test(test_golden_of_a_wallet),
		cmocka_unit_test(test_golden_of_no_wallet),
		cmocka_unit_test(test_golden_of_many_payments),
		cmocka_unit_test(test_golden_events),
		cmocka_unit_test(test_golden_airgap),
		cmocka_unit_test(test_golden_keyboard),
		cmocka_unit_test(test_golden_medium),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
