/* What an owner types, told apart in one place. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "core/encode/hex.h"
#include "core/keys/restore.h"

#define BIP39 "abandon abandon abandon abandon abandon abandon abandon " \
    "abandon abandon abandon abandon about"
#define MONERO "heels sword dullness otter duties archer poker icing drunk " \
    "putty tonic geyser binocular pledge vague enlist fazed dual fictional " \
    "virtual pigment cousin money movement "
#define SPEND "5eca8e65b51c19d6ae6413d1c8a9f37793d91d42e52b61efdc0938b7b1952901"
#define VIEW "9ed7cd1c7a56242f305a32df94604e4a8cb224f5daa36b96023dc594df65ce0b"

#define POLYSEED "raven tail swear infant grief assist regular lamp duck " \
    "valid someone little harsh puppy airport "

static struct seedkey key;
static struct fault fault;

static int
setup(void **state)
{
	(void)state;
	fault = (struct fault){ 0 };
	return secp_init(NULL) == 0 ? 0 : -1;
}

static enum err
restore(const char *words, const char *passphrase)
{
	return restore_key(span_text(words), span_text(passphrase), &key,
	    &fault);
}

static void
test_each_form(void **state)
{
	char text[65];
	struct fpr fpr;

	(void)state;
	assert_int_equal(restore(BIP39, ""), 0);
	assert_int_equal(key.kind, KEY_BIP32);
	assert_memory_equal(key.fpr.b, "\x73\xc5\xda\x0a", 4);
	assert_int_equal(restore(BIP39, "TREZOR"), 0);
	assert_memory_equal(key.fpr.b, "\xb4\xe3\xf5\xed", 4);
	assert_int_equal(restore(MONERO "duties", ""), 0);
	assert_int_equal(key.kind, KEY_MONERO);
	hex_text(SPAN_OF(key.u.monero.spend.b), text);
	assert_string_equal(text, SPEND);
	hex_text(SPAN_OF(key.u.monero.viewer.view.b), text);
	assert_string_equal(text, VIEW);
	fpr = key.fpr;
	assert_int_equal(restore("\t" SPEND " " VIEW "\n", ""), 0);
	assert_memory_equal(key.fpr.b, fpr.b, sizeof(fpr.b));
	assert_int_equal(restore(SPEND, ""), 0);
	assert_memory_equal(key.fpr.b, fpr.b, sizeof(fpr.b));
	assert_true(key.u.monero.viewer.born == 0);
	assert_int_equal(restore(POLYSEED "language", ""), 0);
	assert_int_equal(key.kind, KEY_MONERO);
	assert_true(key.u.monero.viewer.born == 1638397746);
}

static void
test_says_what_is_wrong(void **state)
{
	(void)state;
	assert_int_equal(restore("abandon abandn abandon abandon abandon "
	    "abandon abandon abandon abandon abandon abandon about", ""),
	    ERR_WORD);
	assert_string_equal(fault.where, "word 2");
	assert_int_equal(restore("", ""), ERR_RANGE);
	assert_int_equal(restore(MONERO "money", ""), ERR_CHECKSUM);
	assert_string_equal(fault.where, "the words: after these 24, the "
	    "last must be word 5 once more");
	assert_int_equal(restore(POLYSEED "lamp", ""), ERR_CHECKSUM);
	assert_string_equal(fault.where, "the polyseed words");
	assert_int_equal(restore(POLYSEED "languages", ""), ERR_WORD);
	assert_string_equal(fault.where, "word 16");
	assert_int_equal(restore(POLYSEED "language", "offset"), ERR_REFUSED);
	assert_int_equal(restore("rate talent swear infant grief assist "
	    "regular lamp duck valid someone little harsh puppy airport "
	    "language", ""), ERR_REFUSED);
	assert_string_equal(fault.where, "polyseed words encrypted with a "
	    "passphrase: decrypt them where they were made");
	assert_int_equal(restore("heels sword dullness otter duties archer "
	    "poker icing drunk putty tonic geyser binocular pledge vague "
	    "enlist fazed dual fictional virtual pigment cousin qqq movement "
	    "duties", ""), ERR_WORD);
	assert_string_equal(fault.where, "word 23");
	assert_int_equal(restore(MONERO "duties", "offset"), ERR_REFUSED);
	assert_int_equal(restore(SPEND " " SPEND, ""), ERR_MISMATCH);
	assert_int_equal(restore(SPEND " 9ed7cd1c7a56242f305a32df94604e4a8cb2"
	    "24f5daa36b96023dc594df65ce0g", ""), ERR_FORM);
	assert_string_equal(fault.where, "the view key");
}

#define SHARE_A "shadow pistol academic always adequate wildlife fancy gross " \
    "oasis cylinder mustang wrist rescue view short owner flip making coding " \
    "armed\n"
#define SHARE_B "shadow pistol academic acid actress prayer class unknown " \
    "daughter sweater depict flip twice unkind craft early superior advocate " \
    "guest smoking\n"
#define CODEX_A "MS12NAMEA320ZYXWVUTSRQPNMLKJHGFEDCAXRPP870HKKQRM\n"
#define CODEX_C "MS12NAMECACDEFGHJKLMNPQRSTUVWXYZ023FTR2GDZMPY6PN"
#define PART_1 "romance wink lottery autumn shop bring dawn tongue range " \
    "crater truth ability miss spice fitness easy legal release recall obey " \
    "exchange recycle dragon room\n"
#define PART_2 "lion misery divide hurry latin fluid camp advance illegal " \
    "lab pyramid unaware eager fringe sick camera series noodle toy crowd " \
    "jeans select depth lounge\n"
#define PART_3 "vault nominee cradle silk own frown throw leg cactus recall " \
    "talent worry gadget surface shy planet purpose coffee drip few seven " \
    "term squeeze educate"
#define WHOLE "silent toe meat possible chair blossom wait occur this worth " \
    "option bag nurse find fish scene bench asthma bike wage world quit " \
    "primary indoor"

static void
test_pieces(void **state)
{
	struct fpr fpr;

	(void)state;
	/* What SLIP-39 shares is the seed of BIP32, as it stands. */
	assert_int_equal(restore(SHARE_A SHARE_B "TREZOR", ""), 0);
	assert_int_equal(key.kind, KEY_BIP32);
	assert_int_equal(key.seed.n, 16);
	assert_int_equal(key.words.n, 0);
	assert_memory_equal(key.seed.b, "\xb4\x3c\xeb\x7e", 4);
	fpr = key.fpr;
	assert_int_equal(restore(SHARE_B SHARE_A, "TREZOR"), 0);
	assert_memory_equal(key.fpr.b, fpr.b, sizeof(fpr.b));
	assert_int_equal(restore(SHARE_B SHARE_A, ""), 0);
	assert_memory_not_equal(key.fpr.b, fpr.b, sizeof(fpr.b));
	assert_int_equal(restore(CODEX_A CODEX_C, ""), 0);
	assert_int_equal(key.seed.n, 16);
	assert_memory_equal(key.seed.b, "\xd1\x80\x8e\x09", 4);
	assert_int_equal(restore("MS12 NAME A320 ZYXW VUTS RQPN MLKJ HGFE "
	    "DCAX RPP8 70HK KQRM\n\n" CODEX_C, ""), 0);
	assert_memory_equal(key.seed.b, "\xd1\x80\x8e\x09", 4);
	assert_int_equal(restore(WHOLE, ""), 0);
	fpr = key.fpr;
	assert_int_equal(restore(PART_1 "xor " PART_2 "XOR " PART_3, ""), 0);
	assert_memory_equal(key.fpr.b, fpr.b, sizeof(fpr.b));
	assert_int_equal(key.words.n, 24);
	/* A second line that does not say xor is a passphrase. */
	assert_int_equal(restore(WHOLE "\noffset", ""), 0);
	fpr = key.fpr;
	assert_int_equal(restore(PART_1 "xor " PART_2 "xor " PART_3
	    "\noffset", ""), 0);
	assert_memory_equal(key.fpr.b, fpr.b, sizeof(fpr.b));
	assert_int_equal(restore(WHOLE, "offset"), 0);
	assert_memory_equal(key.fpr.b, fpr.b, sizeof(fpr.b));
}

static void
wrong(const char *text, const char *passphrase, enum err want,
    const char *where)
{
	fault = (struct fault){ 0 };
	assert_int_equal(restore(text, passphrase), want);
	assert_string_equal(fault.where, where);
}

static void
test_pieces_that_do_not_fit(void **state)
{
	(void)state;
	wrong(SHARE_A, "", ERR_MISSING, "1 of 2 shares are here");
	wrong(SHARE_A SHARE_A, "", ERR_DUPLICATE,
	    "share 2: it is there already");
	wrong(SHARE_A "duckling enlarge academic academic agency result "
	    "length solution fridge kidney coal piece deal husband erode "
	    "duke ajar critical decision keyboard", "", ERR_MIXED,
	    "share 2: it does not belong to those before");
	wrong(SHARE_A "shadow pistol academic acid actress prayer class "
	    "unknown daughtr sweater depict flip twice unkind craft early "
	    "superior advocate guest smoking", "", ERR_WORD,
	    "share 2, word 9");
	wrong(SHARE_A SHARE_B "one\ntwo", "", ERR_TRAILING,
	    "a line too many, after the passphrase");
	wrong(SHARE_A SHARE_B "one", "two", ERR_TRAILING,
	    "a line too many, after the passphrase");
	wrong(SHARE_A SHARE_B "\xc3\xa4", "", ERR_FORM,
	    "the passphrase of SLIP-39: letters, figures and signs of plain "
	    "ASCII");
	wrong(CODEX_A CODEX_C, "x", ERR_REFUSED,
	    "a passphrase, for codex32, which has none");
	wrong("ms10fauxsxxxxxxxxxxxxxxxxxxxxxxxxxxve740yyge2ghq", "",
	    ERR_CHECKSUM, "codex32 share 1");
	wrong(PART_1 "xor " PART_2 "xor " PART_1, "", ERR_DUPLICATE,
	    "the parts of Seed XOR");
	wrong(PART_1 "xor abandon abandon abandon abandon abandon abandon "
	    "abandon abandon abandon abandon abandon abandon", "",
	    ERR_CHECKSUM, "part 2");
	wrong(WHOLE "\none\ntwo", "", ERR_TRAILING,
	    "a line too many, after the passphrase");
}

static void
test_check_needs_no_passphrase(void **state)
{
	(void)state;
	assert_int_equal(restore_check(span_text(BIP39), &fault), 0);
	assert_int_equal(restore_check(span_text(MONERO "duties"), &fault),
	    0);
	assert_int_equal(restore_check(span_text(SPEND), &fault), 0);
	assert_int_equal(restore_check(span_text(MONERO "money"), &fault),
	    ERR_CHECKSUM);
	assert_int_equal(restore_check(span_text("abandon abandn"), &fault),
	    ERR_WORD);
	assert_int_equal(fault.at, 1);
	assert_string_equal(fault.where, "word 2");
	assert_int_equal(restore_check(span_text(POLYSEED "language"),
	    &fault), 0);
	assert_int_equal(restore_check(span_text("abandon"), &fault),
	    ERR_RANGE);
}

static void
test_completion_of_each_list(void **state)
{
	const char *first;
	bool whole;

	(void)state;
	assert_int_equal(restore_complete(LIST_BIP39, span_text("aban"),
	    &first, &whole), 1);
	assert_string_equal(first, "abandon");
	assert_false(whole);
	assert_int_equal(restore_complete(LIST_MONERO, span_text("hee"),
	    &first, &whole), 1);
	assert_string_equal(first, "heels");
	assert_int_equal(restore_complete(LIST_MONERO, span_text("heels"),
	    &first, &whole), 1);
	assert_true(whole);
	assert_int_equal(restore_complete(LIST_MONERO, span_text("abandon"),
	    &first, &whole), 0);
	assert_string_equal(first, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(fn) cmocka_unit_test_setup(fn, setup)
		T(test_each_form),
		T(test_pieces),
		T(test_pieces_that_do_not_fit),
		T(test_says_what_is_wrong),
		T(test_check_needs_no_passphrase),
		T(test_completion_of_each_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
