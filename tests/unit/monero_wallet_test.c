/* Addresses and the view-only details of a known Monero wallet, as Monero's
 * own wallets and Feather show them; heights and dates. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <string.h>

#include "core/chain/monero/height.h"
#include "core/job/wallet.h"
#include "core/keys/restore.h"

static const char words[] = "heels sword dullness otter duties archer poker "
    "icing drunk putty tonic geyser binocular pledge vague enlist fazed dual "
    "fictional virtual pigment cousin money movement duties";
#define PRIMARY "48ySJ4aJWoacEiDwUUK6KJSqgmqm939ZDWwLsA6sHH8Ud2ziuvgxsEjbxuq" \
    "kxNN6wpjCQkS7jaUXCiRnQb4KQnKn9pfAv5w"
#define SUB_0_1 "83x6C7q3sVsPRDFvqUXdLtEiRve7RAuqVJDFJRxuZGZPD43Uh6K87VRKg3f" \
    "D54Bdz3gDpHkewubJoYmShRnMaZsFPgbygu4"
#define SUB_1_0 "8C4BjWtqLVZMWT6oJaLn4C42E2uzsxx6RGBa9Ct2vqdvN3DgfMuCkuKCXk6" \
    "MdPHADa8f6gwdgmJf27gAQwFfH3ZRGatD46A"
#define VIEW "9ed7cd1c7a56242f305a32df94604e4a8cb224f5daa36b96023dc594df65ce0b"

static struct seedkey key;
static const struct wallet *w;
static char seen[8][ADDRESS_MAX], paths[8][PATH_TEXT_MAX];
static size_t nseen;

static int
setup(void **state)
{
	struct fault f = { 0 };

	(void)state;
	w = wallet_find("xmr");
	return w != NULL && restore_key(span_text(words), span_text(""),
	    &key, &f) == 0 ? 0 : -1;
}

static struct account
account(enum network net, uint32_t number, const char *with)
{
	return (struct account){ .network = net, .number = number,
	    .viewer = &key.u.monero.viewer, .with = span_text(with) };
}

static enum err
see(void *ctx, const struct path *p, const char *address)
{
	(void)ctx;
	path_text(p, paths[nseen]);
	memcpy(seen[nseen], address, strlen(address) + 1);
	return ++nseen == 8 ? ERR_STOPPED : ERR_NONE;
}

static enum err
list(struct account ac, uint32_t from, uint32_t to)
{
	struct visit v = { .see = see };

	nseen = 0;
	return w->addresses(&ac, 0, from, to, &v);
}

static void
test_addresses(void **state)
{
	(void)state;
	assert_int_equal(list(account(NET_MAIN, 0, ""), 0, 1), 0);
	assert_int_equal(nseen, 2);
	assert_string_equal(seen[0], PRIMARY);
	assert_string_equal(seen[1], SUB_0_1);
	assert_string_equal(paths[1], "m/0/1");
	assert_int_equal(list(account(NET_REGTEST, 1, ""), 0, 0), 0);
	assert_string_equal(seen[0], SUB_1_0);
	assert_int_equal(list(account(NET_MAIN, 0, ""), 0, 100), ERR_STOPPED);
	assert_int_equal(list(account(NET_STAGENET, 0, ""), 0, 1), 0);
	assert_int_equal(seen[0][0], '5');
	assert_int_equal(seen[1][0], '7');
}

static void
test_integrated(void **state)
{
	char out[ADDRESS_MAX];
	uint32_t purpose = 9;

	(void)state;
	assert_int_equal(list(account(NET_MAIN, 0, "0123456789abcdef"), 0, 9),
	    0);
	assert_int_equal(nseen, 1);
	assert_int_equal(strlen(seen[0]), 106);
	assert_int_equal(w->recognise(NET_MAIN, span_text(seen[0]), &purpose,
	    out), 0);
	assert_int_equal(purpose, 0);
	assert_string_equal(out, PRIMARY);
	assert_int_equal(list(account(NET_MAIN, 0, "0123"), 0, 0), ERR_FORM);
	assert_int_equal(list(account(NET_MAIN, 0, "0123456789abcdeg"), 0, 0),
	    ERR_FORM);
	assert_int_equal(list(account(NET_MAIN, 0, "0123456789abcdef"), 1, 1),
	    ERR_RANGE);
	assert_int_equal(list(account(NET_MAIN, 2, "0123456789abcdef"), 0, 0),
	    ERR_RANGE);
}

static void
test_recognise_says_what_is_wrong(void **state)
{
	char out[ADDRESS_MAX], bad[] = PRIMARY;
	uint32_t purpose;

	(void)state;
	assert_int_equal(w->recognise(NET_MAIN, span_text("83x6 C7q3sVsPRDFvqU"
	    "XdLtEiRve7RAuqVJDFJRxuZGZPD43Uh6K87VRKg3fD54Bdz3gDpHkewubJoYmShR"
	    "nMaZsFPgbygu4 "), &purpose, out), 0);
	assert_string_equal(out, SUB_0_1);
	bad[20] = bad[20] == 'a' ? 'b' : 'a';
	assert_int_equal(w->recognise(NET_MAIN, span_text(bad), &purpose,
	    out), ERR_CHECKSUM);
	assert_int_equal(w->recognise(NET_STAGENET, span_text(PRIMARY),
	    &purpose, out), ERR_NETWORK);
	assert_int_equal(w->recognise(NET_MAIN, span_text("bc1q"), &purpose,
	    out), ERR_FORM);
}

static void
export(const char *name, const char *with, const char *expect)
{
	const struct export_format *x = w->formats;
	struct account ac = account(NET_MAIN, 3, with);
	static uint8_t mem[1024];
	struct sink s = sink_to_buf(mem, sizeof(mem));

	while (strcmp(x->name, name) != 0)
		x++;
	assert_non_null(x->warning);
	assert_int_equal(x->write(&ac, 1, &s), 0);
	assert_int_equal(s.total, strlen(expect));
	assert_memory_equal(mem, expect, s.total);
}

/* Feather 2.8.1's own texts, but for the wallet's name. */
static void
test_view_only_details(void **state)
{
	(void)state;
	export("monero-view", "1", "Secret view key: " VIEW "\nAddress: "
	    PRIMARY "\nRestore height: 1  (2014-04-18)\n"
	    "Wallet name: coldseal\n");
	export("monero-view-json", "1", "{\"primaryAddress\":\"" PRIMARY
	    "\",\"privateViewKey\":\"" VIEW "\",\"restoreHeight\":1,"
	    "\"version\":0,\"walletName\":\"coldseal\"}\n");
}

/* Born in September 2023, as polyseed words may say: a week before that, and
 * what the owner says goes before it. */
static void
test_view_only_details_of_a_birthday(void **state)
{
	(void)state;
	key.u.monero.viewer.born = 1693622412;
	export("monero-view", "", "Secret view key: " VIEW "\nAddress: "
	    PRIMARY "\nRestore height: 2962068  (2023-08-26)\n"
	    "Wallet name: coldseal\n");
	export("monero-view", "5", "Secret view key: " VIEW "\nAddress: "
	    PRIMARY "\nRestore height: 5  (2014-04-18)\n"
	    "Wallet name: coldseal\n");
	key.u.monero.viewer.born = 0;
	export("monero-view", "", "Secret view key: " VIEW "\nAddress: "
	    PRIMARY "\nRestore height: 0  (2014-04-18)\n"
	    "Wallet name: coldseal\n");
}

static uint64_t
height(const char *text)
{
	uint64_t h = 77;

	assert_int_equal(height_of_text(span_text(text), &h), 0);
	return h;
}

/* Blocks of known days (block 2689608 was the fork of 2022-08-13, 3000000
 * came on 2023-10-17): early enough, and not by more than two weeks. */
static void
test_heights(void **state)
{
	static const struct {
		const char *date;
		uint64_t block;
	} known[] = { { "2016-03-23", 1009827 }, { "2022-08-13", 2689608 },
	    { "2023-10-17", 3000000 } };
	static const char *const bad[] = { "2023-13-01", "2023-02-29",
	    "2013-01-01", "500000001", "999999999" };
	char date[HEIGHT_DATE_MAX];
	uint64_t h;
	size_t i;

	(void)state;
	assert_int_equal(height(""), 0);
	assert_int_equal(height("3100000"), 3100000);
	assert_int_equal(height("2014-04-20"), 0);
	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		h = height(known[i].date);
		assert_true(h < known[i].block);
		assert_true(h + 14 * 1440 > known[i].block);
	}
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(height_of_text(span_text(bad[i]), &h),
		    ERR_RANGE);
	assert_int_equal(height_of_text(span_text("2023-1-1"), &h), ERR_FORM);
	assert_int_equal(height_of_text(span_text("12a"), &h), ERR_FORM);
	height_date(1, date);
	assert_string_equal(date, "2014-04-18");
	height_date(2689608, date);
	assert_string_equal(date, "2022-08-12");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_integrated),
		cmocka_unit_test(test_recognise_says_what_is_wrong),
		cmocka_unit_test(test_view_only_details),
		cmocka_unit_test(test_view_only_details_of_a_birthday),
		cmocka_unit_test(test_heights),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
