/* The keeper's answers about a vault, one handler at a time. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "core/keeper/state.h"
#include "core/proc/memory.h"
#include "tests/unit/vault_rig.h"

#define WORDS "abandon abandon abandon abandon abandon abandon "	\
	"abandon abandon abandon abandon abandon about"

static const struct fpr fpr_a = { { 0x73, 0xc5, 0xda, 0x0a } };

static uint8_t body_mem[WIRE_MAX], reply_mem[WIRE_MAX], arena_mem[1 << 16];
static struct keeper k;
static struct fault fault;
static size_t reply_len;

static struct sink
fresh(void)
{
	return sink_to_buf(body_mem, sizeof(body_mem));
}

static enum err
ask(enum msg m, const struct sink *body)
{
	struct sink reply = sink_to_buf(reply_mem, sizeof(reply_mem));
	enum err e;

	fault = (struct fault){ 0 };
	assert_non_null(keeper_handler(m));
	e = keeper_answer(&k, m, span_of(body_mem, body->total), &reply,
	    &fault);
	reply_len = reply.total;
	return e;
}

static enum err
ask_nothing(enum msg m)
{
	struct sink s = fresh();

	return ask(m, &s);
}

static enum err
ask_number(enum msg m, uint32_t n)
{
	struct sink s = fresh();

	put_u32le(&s, n);
	return ask(m, &s);
}

static void
put_cost(struct sink *s)
{
	put_u32le(s, vr_cost.passes);
	put_u32le(s, vr_cost.kib);
}

static enum err
make(const char *passphrase)
{
	struct sink s = fresh();

	put_cost(&s);
	put_block(&s, span_text(passphrase));
	return ask(MSG_VAULT_NEW, &s);
}

static enum err
unlock(const char *words)
{
	struct sink s = fresh();

	put_block(&s, span_text(words));
	put_block(&s, span_text(""));
	return ask(MSG_UNLOCK, &s);
}

static enum err
keep(const struct fpr *fpr, const char *name)
{
	struct sink s = fresh();

	put_span(&s, SPAN_OF(fpr->b));
	put_block(&s, span_text(name));
	return ask(MSG_VAULT_KEEP, &s);
}

static enum err
put(enum kept_type type, const char *text)
{
	struct sink s = fresh();

	put_u8(&s, (uint8_t)type);
	put_block(&s, span_text(text));
	return ask(MSG_VAULT_PUT, &s);
}

/* Sealed into a memfd, which becomes the file. */
static void
store(void)
{
	struct reader r;
	struct span file;
	uint32_t from;
	uint64_t sequence;
	struct sink s;

	assert_int_equal(memfd_new("v", &k.fd), 0);
	assert_int_equal(ask_nothing(MSG_VAULT_SEAL), 0);
	r = reader_of(span_of(reply_mem, reply_len));
	from = read_u32le(&r);
	assert_int_equal(read_u32le(&r), VAULT_SLOT);
	sequence = read_u64le(&r);
	assert_int_equal(reader_done(&r), 0);
	assert_int_equal(memfd_seal(k.fd), 0);
	assert_int_equal(memfd_map(k.fd, &file), 0);
	assert_int_equal(file.n, from + VAULT_SLOT);
	memcpy(vr_file + from, file.p + from, VAULT_SLOT);
	memfd_unmap(file);
	assert_int_equal(close(k.fd), 0);
	k.fd = -1;
	s = fresh();
	put_u64le(&s, sequence);
	assert_int_equal(ask(MSG_VAULT_SAVED, &s), 0);
}

static enum err
open_kib(const char *passphrase, uint32_t kib)
{
	struct sink s = fresh();
	enum err e;

	put_u32le(&s, kib);
	put_block(&s, span_text(passphrase));
	assert_int_equal(memfd_new("v", &k.fd), 0);
	assert_int_equal(memfd_write(k.fd, SPAN_OF(vr_file)), 0);
	assert_int_equal(memfd_seal(k.fd), 0);
	e = ask(MSG_VAULT_OPEN, &s);
	assert_int_equal(close(k.fd), 0);
	k.fd = -1;
	return e;
}

/* With one key in it, and nothing at hand. */
static int
begin(void **state)
{
	(void)state;
	k = (struct keeper){ .fd = -1 };
	k.arena = (struct arena){ arena_mem, sizeof(arena_mem), 0 };
	k.vault.body = vr_body;
	k.vault.image = vr_image;
	k.vault.shield = &k.shield;
	if (secp_init(NULL) != 0 || make(RIG_PASS) != 0 ||
	    unlock(WORDS) != 0 || keep(&fpr_a, "Main") != 0)
		return -1;
	store();
	store();
	keeper_wipe(&k);
	return k.nkey == 0 && !k.vault.open ? 0 : -1;
}

static void
test_a_key_comes_back(void **state)
{
	(void)state;
	assert_int_equal(open_kib(RIG_PASS, LIMIT_VAULT_MEMORY), 0);
	assert_int_equal(keeper_state(&k), KEEPER_LOCKED);
	assert_int_equal(ask_number(MSG_VAULT_LOAD, 0), 0);
	assert_int_equal(keeper_state(&k), KEEPER_OPEN);
	assert_non_null(keeper_find(&k, &fpr_a));
	assert_true(k.key[0].lent);
	assert_int_equal(ask_number(MSG_VAULT_LOAD, 1), 0);
	assert_int_equal(k.nkey, 1);
	assert_int_equal(ask_number(MSG_VAULT_LOAD, 2), ERR_MISSING);
	assert_string_equal(fault.where, "key 2 of the vault");
}

static void
test_errors_are_told_apart(void **state)
{
	(void)state;
	assert_int_equal(open_kib("wrong wrong", LIMIT_VAULT_MEMORY),
	    ERR_PASSPHRASE);
	assert_int_equal(open_kib(RIG_PASS, VAULT_KIB_MIN - 1), ERR_SPACE);
	vr_file[40] ^= 1;
	vr_file[VAULT_SLOT + 40] ^= 1;
	assert_int_equal(open_kib(RIG_PASS, LIMIT_VAULT_MEMORY), ERR_DAMAGED);
	vr_file[40] ^= 1;
	vr_file[VAULT_SLOT + 40] ^= 1;
	assert_int_equal(make("short"), ERR_RANGE);
	assert_non_null(strstr(fault.where, "8 to 256"));
	assert_int_equal(ask_number(MSG_VAULT_LOAD, 0), ERR_STATE);
}

/* What is not sealed may change while it is read. */
static void
test_a_file_that_is_not_sealed(void **state)
{
	struct sink s = fresh();

	(void)state;
	put_u32le(&s, LIMIT_VAULT_MEMORY);
	put_block(&s, span_text(RIG_PASS));
	assert_int_equal(memfd_new("v", &k.fd), 0);
	assert_int_equal(memfd_write(k.fd, SPAN_OF(vr_file)), 0);
	assert_int_equal(ask(MSG_VAULT_OPEN, &s), ERR_FORM);
	assert_int_equal(close(k.fd), 0);
	k.fd = -1;
}

/* Shares of a key that was lent go with it. */
static void
test_closing_takes_shares_that_were_made(void **state)
{
	struct sink s = fresh();

	(void)state;
	assert_int_equal(open_kib(RIG_PASS, LIMIT_VAULT_MEMORY), 0);
	assert_int_equal(ask_number(MSG_VAULT_LOAD, 0), 0);
	put_span(&s, SPAN_OF(fpr_a.b));
	put_u8(&s, BACKUP_CODEX32);
	put_block(&s, span_text(""));
	put_u8(&s, 2);
	put_u8(&s, 3);
	assert_int_equal(ask(MSG_BACKUP, &s), 0);
	assert_int_equal(keeper_state(&k), KEEPER_SHARES);
	assert_int_equal(ask_nothing(MSG_VAULT_CLOSE), 0);
	assert_int_equal(keeper_state(&k), KEEPER_LOCKED);
	s = fresh();
	put_u8(&s, 0);
	assert_int_equal(ask(MSG_SHARE, &s), ERR_RANGE);
}

static void
test_closing_takes_what_was_lent_and_no_more(void **state)
{
	static const char other[] = "legal winner thank year wave sausage "
	    "worth useful legal winner thank yellow";
	struct fpr of_other;

	(void)state;
	assert_int_equal(unlock(other), 0);
	memcpy(of_other.b, reply_mem, sizeof(of_other.b));
	assert_int_equal(open_kib(RIG_PASS, LIMIT_VAULT_MEMORY), 0);
	assert_int_equal(ask_number(MSG_VAULT_LOAD, 0), 0);
	assert_int_equal(k.nkey, 2);
	assert_int_equal(ask_nothing(MSG_VAULT_CLOSE), 0);
	assert_int_equal(k.nkey, 1);
	assert_non_null(keeper_find(&k, &of_other));
	assert_null(keeper_find(&k, &fpr_a));
	assert_false(k.vault.open);
	assert_false(k.key[0].lent);
}

static void
test_a_wrong_passphrase_takes_the_old_vault_too(void **state)
{
	(void)state;
	assert_int_equal(open_kib(RIG_PASS, LIMIT_VAULT_MEMORY), 0);
	assert_int_equal(ask_number(MSG_VAULT_LOAD, 0), 0);
	assert_int_equal(open_kib("wrong wrong", LIMIT_VAULT_MEMORY),
	    ERR_PASSPHRASE);
	assert_int_equal(k.nkey, 0);
	assert_false(k.vault.open);
}

static void
consent_to_one(void)
{
	static const uint8_t digest[32] = { 1 };
	struct plan_row row = { .key = { .fpr = fpr_a, .path = { .n = 1,
	    .e = { HARDENED } } }, .count = 1 };
	struct plan p = { .n = 1, .row = &row };
	struct sink s = fresh();

	put_u32le(&s, 0);
	put_u32le(&s, 1);
	put_plan(&s, &p);
	assert_int_equal(ask(MSG_PLAN, &s), 0);
	s = fresh();
	put_span(&s, SPAN_OF(digest));
	put_u32le(&s, 1);
	assert_int_equal(ask(MSG_CONSENT, &s), 0);
	assert_int_equal(keeper_state(&k), KEEPER_CONSENT);
}

static enum err
set_flags(uint32_t flags, const char *passphrase)
{
	struct sink s = fresh();

	put_u32le(&s, flags);
	put_block(&s, span_text(passphrase));
	return ask(MSG_VAULT_FLAGS, &s);
}

/* Asked each time: with the consent the keys go, sealed until the passphrase
 * comes again; the log can still be written. */
static void
test_each_time_keys_go_with_the_consent(void **state)
{
	struct sink s;

	(void)state;
	assert_int_equal(open_kib(RIG_PASS, LIMIT_VAULT_MEMORY), 0);
	assert_int_equal(set_flags(VAULT_EACH_TIME, ""), 0);
	assert_int_equal(ask_number(MSG_VAULT_LOAD, 0), 0);
	consent_to_one();
	assert_int_equal(ask_nothing(MSG_END_CONSENT), 0);
	assert_int_equal(k.nkey, 0);
	assert_int_equal(ask_number(MSG_VAULT_LOAD, 0), ERR_STATE);
	memcpy(body_mem, "a line", 6);
	s = fresh();
	s.total = 6;
	assert_int_equal(ask(MSG_VAULT_LOG, &s), 0);
	store();
	s = fresh();
	put_block(&s, span_text("wrong wrong"));
	assert_int_equal(ask(MSG_VAULT_AGAIN, &s), ERR_PASSPHRASE);
	assert_int_equal(ask_number(MSG_VAULT_LOAD, 0), ERR_STATE);
	s = fresh();
	put_block(&s, span_text(RIG_PASS));
	assert_int_equal(ask(MSG_VAULT_AGAIN, &s), 0);
	assert_int_equal(ask_number(MSG_VAULT_LOAD, 0), 0);
	assert_int_equal(k.nkey, 1);
}

static void
test_without_that_they_stay(void **state)
{
	(void)state;
	assert_int_equal(open_kib(RIG_PASS, LIMIT_VAULT_MEMORY), 0);
	assert_int_equal(ask_number(MSG_VAULT_LOAD, 0), 0);
	consent_to_one();
	assert_int_equal(ask_nothing(MSG_END_CONSENT), 0);
	assert_int_equal(k.nkey, 1);
}

/* Bytes that claim to be a key, or a line of the log, are not taken. */
static void
test_only_public_things_are_put(void **state)
{
	(void)state;
	assert_int_equal(put(KEPT_LABEL, "x"), ERR_STATE);
	assert_int_equal(open_kib(RIG_PASS, LIMIT_VAULT_MEMORY), 0);
	assert_int_equal(put(KEPT_KEY, "x"), ERR_REFUSED);
	assert_int_equal(put(KEPT_LOG, "x"), ERR_REFUSED);
	assert_int_equal(put(KEPT_NONE, "x"), ERR_VERSION);
	assert_int_equal(put(KEPT_TYPES, "x"), ERR_VERSION);
	assert_int_equal(put(KEPT_LABEL, "x"), 0);
	assert_int_equal(ask_number(MSG_VAULT_DROP, 2), 0);
	assert_int_equal(ask_number(MSG_VAULT_DROP, 2), ERR_MISSING);
}

/* Nobody but the front may ask, whatever the state; and nothing that goes out
 * holds the key: not the list, not the sealed state. */
static void
test_a_clerk_cannot_ask(void **state)
{
	unsigned m, s;

	(void)state;
	for (m = MSG_VAULT_TRY; m <= MSG_VAULT_SAVED; m++)
		for (s = 1; s <= 0x80; s <<= 1)
			assert_int_equal(msg_allowed(m, ROLE_CLERK,
			    ROLE_KEEPER, (uint8_t)s, 0, msg_table[m].fds),
			    ERR_STATE);
}

static void
test_no_key_goes_out(void **state)
{
	static uint8_t all[RIG_FILE + VAULT_SLOT];
	const struct seedkey *whole;
	struct span list;
	struct secret32 key;

	(void)state;
	assert_int_equal(open_kib(RIG_PASS, LIMIT_VAULT_MEMORY), 0);
	assert_int_equal(ask_number(MSG_VAULT_LOAD, 0), 0);
	assert_int_equal(keeper_open(&k, &k.key[0], &whole), 0);
	key = whole->u.master.key;
	assert_int_equal(memfd_new("v", &k.fd), 0);
	assert_int_equal(ask_nothing(MSG_VAULT_LIST), 0);
	assert_int_equal(memfd_seal(k.fd), 0);
	assert_int_equal(memfd_map(k.fd, &list), 0);
	assert_int_equal(list.n, 9 + 5 + 4 + 4);
	memcpy(all, list.p, list.n);
	memfd_unmap(list);
	assert_int_equal(close(k.fd), 0);
	k.fd = -1;
	store();
	memcpy(all + VAULT_SLOT, vr_file, RIG_FILE);
	assert_null(memmem(all, sizeof(all), key.b, 8));
	assert_null(memmem(vr_body, sizeof(vr_body), key.b, 8));
}

static void
test_costs_out_of_bounds(void **state)
{
	struct sink s = fresh();

	(void)state;
	put_u32le(&s, 1);
	put_u32le(&s, VAULT_KIB_MIN);
	assert_int_equal(ask(MSG_VAULT_TRY, &s), ERR_RANGE);
	s = fresh();
	put_u32le(&s, 64);
	put_u32le(&s, 1048576);
	assert_int_equal(ask(MSG_VAULT_TRY, &s), ERR_RANGE);
	s = fresh();
	put_cost(&s);
	assert_int_equal(ask(MSG_VAULT_TRY, &s), 0);
	assert_int_equal(reply_len, 0);
}

static void
test_locking_closes_it(void **state)
{
	(void)state;
	assert_int_equal(open_kib(RIG_PASS, LIMIT_VAULT_MEMORY), 0);
	assert_int_equal(ask_number(MSG_VAULT_LOAD, 0), 0);
	assert_int_equal(ask_nothing(MSG_LOCK), 0);
	assert_false(k.vault.open);
	assert_int_equal(k.nkey, 0);
	assert_int_equal(vr_body[16], 0);
	assert_int_equal(ask_nothing(MSG_VAULT_SEAL), ERR_STATE);
	assert_int_equal(ask_nothing(MSG_VAULT_LIST), ERR_STATE);
}

/* Of a key that stands in it, though it was not taken out; and no more. */
static void
test_a_key_in_it_is_rehearsed(void **state)
{
	static const char other[] = "legal winner thank year wave sausage "
	    "worth useful legal winner thank yellow";
	struct sink s = fresh();

	(void)state;
	put_block(&s, span_text(WORDS));
	put_block(&s, span_text(""));
	assert_int_equal(ask(MSG_REHEARSE, &s), ERR_NO_KEY);
	assert_int_equal(open_kib(RIG_PASS, LIMIT_VAULT_MEMORY), 0);
	assert_int_equal(k.nkey, 0);
	s = fresh();
	put_block(&s, span_text(WORDS));
	put_block(&s, span_text(""));
	assert_int_equal(ask(MSG_REHEARSE, &s), 0);
	assert_int_equal(reply_len, 5);
	assert_int_equal(reply_mem[0], TRIED_IN_VAULT);
	assert_memory_equal(reply_mem + 1, fpr_a.b, 4);
	assert_int_equal(k.nkey, 0);
	s = fresh();
	put_block(&s, span_text(other));
	put_block(&s, span_text(""));
	assert_int_equal(ask(MSG_REHEARSE, &s), 0);
	assert_int_equal(reply_len, 1);
	assert_int_equal(reply_mem[0], TRIED_OTHER);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_a_key_comes_back, begin),
		cmocka_unit_test_setup(test_errors_are_told_apart, begin),
		cmocka_unit_test_setup(test_a_file_that_is_not_sealed, begin),
		cmocka_unit_test_setup(
		    test_closing_takes_what_was_lent_and_no_more, begin),
		cmocka_unit_test_setup(
		    test_closing_takes_shares_that_were_made, begin),
		cmocka_unit_test_setup(
		    test_a_wrong_passphrase_takes_the_old_vault_too, begin),
		cmocka_unit_test_setup(
		    test_each_time_keys_go_with_the_consent, begin),
		cmocka_unit_test_setup(test_without_that_they_stay, begin),
		cmocka_unit_test_setup(test_only_public_things_are_put, begin),
		cmocka_unit_test_setup(test_a_clerk_cannot_ask, begin),
		cmocka_unit_test_setup(test_no_key_goes_out, begin),
		cmocka_unit_test_setup(test_costs_out_of_bounds, begin),
		cmocka_unit_test_setup(test_locking_closes_it, begin),
		cmocka_unit_test_setup(test_a_key_in_it_is_rehearsed, begin),
	};

	return cmocka_run_group_tests_name("keeper: vault", tests, NULL,
	    NULL);
}
