/* What a vault remembers, told to a fresh clerk: also where somebody put there
 * what nobody can read. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "core/chain/bitcoin/descriptor.h"
#include "core/clerk/state.h"
#include "core/crypto/secp.h"
#include "core/proc/memory.h"
#include "core/wire/kept.h"

#define WALLET "wpkh([73c5da0a/84h/0h/0h]xpub6CatWdiZiodmUeTDp8LT5or8nmbKNc" \
	"uyvz7WyksVFkKB4RHwCD3XyuvPEbvqAQY3rAPshWcMLoP2fMFMKHPJ4ZeZXYVUhLv1" \
	"VMrjPC7PW6V/<0;1>/*)"

static uint8_t labels_mem[1 << 20];
static uint8_t list_mem[1 << 16], memory_mem[1 << 20], arena_mem[4 << 20];
static struct clerk clerk;
static struct sink list;
static struct kept_odd odd;
static char wallet[256];		/* with its checksum */

static int
begin(void **state)
{
	char sum[DESCRIPTOR_SUM + 1];

	(void)state;
	if (descriptor_sum(span_text(WALLET), sum) != 0)
		return -1;
	(void)snprintf(wallet, sizeof(wallet), "%s#%s", WALLET, sum);
	clerk = (struct clerk){ .state = CLERK_IDLE };
	clerk.arena = (struct arena){ arena_mem, sizeof(arena_mem), 0 };
	clerk.memory = (struct arena){ memory_mem, sizeof(memory_mem), 0 };
	clerk.labels = (struct arena){ labels_mem, sizeof(labels_mem), 0 };
	clerk.session.arena = &clerk.memory;
	list = sink_to_buf(list_mem, sizeof(list_mem));
	return 0;
}

static uint32_t
add(enum kept_type type, const uint8_t *body, size_t n)
{
	uint32_t id = (uint32_t)list.total + 1;

	put_kept(&list, type, id, span_of(body, n));
	return id;
}

static uint32_t
add_wallet(const char *chain, const char *name, const char *text)
{
	uint8_t body[1024];
	struct sink s = sink_to_buf(body, sizeof(body));
	struct kept_wallet w = { span_text(chain), NET_MAIN, span_text(name),
	    span_text(text) };

	put_kept_wallet(&s, &w);
	assert_int_equal(s.err, 0);
	return add(KEPT_WALLET, body, s.total);
}

static void
add_coin(uint8_t first, uint64_t amount)
{
	struct kept_coin c = { .key = { first }, .amount = { { amount } } };
	uint8_t body[128];
	struct sink s = sink_to_buf(body, sizeof(body));

	put_kept_coin(&s, &c);
	(void)add(KEPT_COIN, body, s.total);
}

static enum err
recall(void)
{
	uint8_t reply_mem[64];
	struct sink reply = sink_to_buf(reply_mem, sizeof(reply_mem));
	static struct packet p;
	struct fault f = { 0 };
	enum err e;

	p = (struct packet){ .type = MSG_RECALL, .nfd = 1 };
	assert_int_equal(memfd_new("list", &p.fd[0]), 0);
	assert_int_equal(memfd_write(p.fd[0], span_of(list_mem, list.total)),
	    0);
	assert_int_equal(memfd_seal(p.fd[0]), 0);
	if ((e = clerk_on_recall(&clerk, &p, &reply, &f)) != 0)
		return e;
	return read_kept_odd(span_of(reply_mem, reply.total), &odd);
}

static void
test_wallets_and_coins_are_known_again(void **state)
{
	uint8_t key[36] = { 7 };
	const struct session_record *rec;

	(void)state;
	(void)add_wallet("btc", "savings", wallet);
	add_coin(9, 5);
	add_coin(7, 12345);
	assert_int_equal(recall(), 0);
	assert_int_equal(odd.n, 0);
	assert_int_equal(clerk.session.nwallet, 1);
	assert_string_equal(clerk.session.wallet[0].name, "savings");
	assert_string_equal(clerk.session.wallet[0].text, wallet);
	assert_true(clerk.session.wallet[0].kept);
	assert_int_equal(clerk.session.n, 2);
	assert_non_null(rec = session_find(&clerk.session, key));
	assert_int_equal(rec->amount.w[0], 12345);
	assert_int_equal(rec->known, KNOWN_CLAIMED);
}

/* The first amount was a lie, which the second, proven one belied. */
static void
test_of_a_coin_that_is_there_twice_the_later_counts(void **state)
{
	uint8_t key[36] = { 7 };

	(void)state;
	add_coin(7, 1);
	add_coin(9, 5);
	add_coin(7, 12345);
	assert_int_equal(recall(), 0);
	assert_int_equal(clerk.session.n, 2);
	assert_int_equal(session_find(&clerk.session, key)->amount.w[0],
	    12345);
}

/* A clerk that was taken over has it keep what would stop every later one:
 * bytes that are no wallet, a wallet that is no descriptor, of a chain that
 * nobody knows, half a coin.  All else is recalled. */
static void
test_what_nobody_can_read_stops_nothing(void **state)
{
	uint8_t key[36] = { 7 };
	uint32_t id[4];
	size_t i;

	(void)state;
	id[0] = add(KEPT_WALLET, (const uint8_t *)"xyz", 3);
	id[1] = add_wallet("btc", "evil", "wsh(multi(2,nothing))");
	id[2] = add_wallet("doge", "evil", wallet);
	id[3] = add(KEPT_COIN, (const uint8_t *)"half a coin", 11);
	(void)add_wallet("btc", "savings", wallet);
	add_coin(7, 12345);
	assert_int_equal(recall(), 0);
	assert_int_equal(odd.n, 4);
	assert_int_equal(kept_odd_ids(&odd), 4);
	for (i = 0; i < 4; i++)
		assert_int_equal(odd.id[i], id[i]);
	assert_int_equal(clerk.session.nwallet, 1);
	assert_string_equal(clerk.session.wallet[0].name, "savings");
	assert_int_equal(clerk.session.n, 1);
	assert_non_null(session_find(&clerk.session, key));
}

/* Of the list itself nothing is left out. */
static void
test_a_list_that_is_none_is_refused(void **state)
{
	(void)state;
	add_coin(7, 12345);
	list.total--;
	assert_int_equal(recall(), ERR_SHORT);
	assert_int_equal(clerk.session.n, 0);
}

/* How many things the clerk tells that are not in the vault yet. */
static size_t
told(void)
{
	uint8_t none[8];
	struct sink reply = sink_to_buf(none, sizeof(none));
	static struct packet p;
	struct fault f = { 0 };
	struct span got;
	struct reader r;
	struct kept k;
	size_t n = 0;
	int fd;

	assert_int_equal(memfd_new("told", &fd), 0);
	p = (struct packet){ .type = MSG_LEARNT, .nfd = 1 };
	assert_true((p.fd[0] = dup(fd)) >= 0);
	assert_int_equal(clerk_on_learnt(&clerk, &p, &reply, &f), 0);
	if (lseek(fd, 0, SEEK_END) > 0) {
		assert_int_equal(memfd_seal(fd), 0);
		assert_int_equal(memfd_map(fd, &got), 0);
		for (r = reader_of(got); read_kept(&r, &k);)
			n++;
		assert_int_equal(reader_done(&r), 0);
		memfd_unmap(got);
	}
	assert_int_equal(close(fd), 0);
	return n;
}

static void
kept(void)
{
	struct sink reply = sink_to_count();
	struct fault f = { 0 };

	assert_int_equal(clerk_on_kept(&clerk, NULL, &reply, &f), 0);
}

static void
learn_coin(uint8_t first)
{
	const struct session_record rec = { .key = { first },
	    .amount = { { 5 } }, .known = KNOWN_PROVEN };

	assert_int_equal(session_learn(&clerk.session, &rec, 1), 0);
}

/* A vault that could not be written: what was told is told again.  What comes
 * between telling and storing is not taken for stored. */
static void
test_told_until_it_is_stored(void **state)
{
	const struct session_wallet w = { .chain = "btc", .name = "",
	    .text = "x" };

	(void)state;
	add_coin(7, 12345);
	assert_int_equal(recall(), 0);
	assert_int_equal(told(), 0);
	learn_coin(1);
	learn_coin(2);
	assert_int_equal(session_add_wallet(&clerk.session, &w), 0);
	assert_int_equal(told(), 3);
	assert_int_equal(told(), 3);
	learn_coin(3);
	kept();
	assert_int_equal(told(), 1);
	kept();
	assert_int_equal(told(), 0);
}

static int
curve(void **state)
{
	(void)state;
	return secp_init(NULL) != 0 ? -1 : 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(
		    test_wallets_and_coins_are_known_again, begin),
		cmocka_unit_test_setup(
		    test_of_a_coin_that_is_there_twice_the_later_counts,
		    begin),
		cmocka_unit_test_setup(
		    test_what_nobody_can_read_stops_nothing, begin),
		cmocka_unit_test_setup(test_a_list_that_is_none_is_refused,
		    begin),
		cmocka_unit_test_setup(test_told_until_it_is_stored, begin),
	};

	return cmocka_run_group_tests(tests, curve, NULL);
}
