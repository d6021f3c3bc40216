/* The vault's file: what opens it, what does not, and what is said then. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "core/crypto/hash.h"
#include "core/encode/hex.h"
#include "tests/unit/vault_rig.h"

#define WORDS "abandon abandon abandon abandon abandon abandon abandon "	\
	"abandon abandon abandon abandon about"
#define HEX "10000000000000000000000000000000"				\
	"00000000000000000000000000000001"

static int
setup(void **state)
{
	(void)state;
	if (secp_init(NULL) != 0)
		return -1;
	rig_new();
	return 0;
}

static void
seedkey(const char *words, const char *passphrase, struct seedkey *k)
{
	struct fault f;

	assert_int_equal(restore_key(span_text(words), span_text(passphrase),
	    k, &f), 0);
}

static void
test_a_new_one_opens_and_is_empty(void **state)
{
	(void)state;
	rig_begin();
	assert_int_equal(rig_open(RIG_PASS), 0);
	assert_true(rig_vault.open && rig_vault.has_keys);
	assert_int_equal(rig_vault.head.sequence, 2);
	assert_int_equal(rig_vault.state[1], SLOT_OPEN);
	assert_int_equal(rig_vault.state[0], SLOT_WHOLE);
	assert_int_equal(rig_vault.slot, 0);
	assert_int_equal(rig_vault.used, 16);
}

static void
test_what_was_put_is_there_after_it_was_closed(void **state)
{
	uint32_t a, b, c;

	(void)state;
	rig_new();
	a = rig_put(KEPT_LABEL, "one");
	b = rig_put(KEPT_WALLET, "two");
	assert_int_equal(rig_put(KEPT_LABEL, "one"), 0);
	assert_int_equal(vault_drop(&rig_vault, a), 0);
	c = rig_put(KEPT_COIN, "three");
	assert_true(a < b && b < c);
	rig_vault.flags = VAULT_EACH_TIME;
	rig_save();
	vault_close(&rig_vault);
	assert_false(rig_vault.open);
	assert_int_equal(rig_open(RIG_PASS), 0);
	assert_false(rig_has(KEPT_LABEL, "one"));
	assert_true(rig_has(KEPT_WALLET, "two"));
	assert_true(rig_has(KEPT_COIN, "three"));
	assert_int_equal(rig_vault.flags, VAULT_EACH_TIME);
	assert_int_equal(rig_vault.next, c + 1);
}

static void
test_keys_go_in_and_come_out(void **state)
{
	struct seedkey in, out;
	uint32_t id = 0, monero = 0;

	(void)state;
	rig_new();
	seedkey(WORDS, "TREZOR", &in);
	assert_int_equal(vault_keep(&rig_vault, &in, span_text("Main"), &id),
	    0);
	assert_int_equal(vault_keep(&rig_vault, &in, span_text("Other"), &id),
	    ERR_DUPLICATE);
	seedkey(HEX, "", &in);
	in.u.monero.viewer.born = 1700000000;
	assert_int_equal(vault_keep(&rig_vault, &in, span_text("XMR"),
	    &monero), 0);
	rig_save();
	vault_close(&rig_vault);
	assert_int_equal(rig_open(RIG_PASS), 0);
	assert_int_equal(vault_load(&rig_vault, monero, &out), 0);
	assert_int_equal(out.kind, KEY_MONERO);
	assert_memory_equal(&out.u.monero.spend, &in.u.monero.spend, 32);
	assert_memory_equal(out.fpr.b, in.fpr.b, 4);
	assert_int_equal(out.u.monero.viewer.born, 1700000000);
	seedkey(WORDS, "TREZOR", &in);
	assert_int_equal(vault_load(&rig_vault, id, &out), 0);
	assert_int_equal(out.kind, KEY_BIP32);
	assert_memory_equal(&out.u.master.key, &in.u.master.key, 32);
	assert_memory_equal(&out.u.master.chain, &in.u.master.chain, 32);
	assert_memory_equal(out.fpr.b, in.fpr.b, 4);
	assert_int_equal(vault_load(&rig_vault, 99, &out), ERR_MISSING);
}

/* In an open vault's memory keys are sealed; forgotten, they stay so. */
static void
test_no_key_lies_open_in_the_body(void **state)
{
	struct seedkey in, out;
	uint32_t id = 0;

	(void)state;
	rig_new();
	seedkey(WORDS, "", &in);
	assert_int_equal(vault_keep(&rig_vault, &in, span_text("Main"), &id),
	    0);
	assert_null(memmem(rig_body, sizeof(rig_body), &in.u.master.key, 8));
	vault_forget_keys(&rig_vault);
	assert_int_equal(vault_load(&rig_vault, id, &out), ERR_STATE);
	assert_int_equal(vault_keep(&rig_vault, &in, span_text("x"), &id),
	    ERR_STATE);
	assert_int_equal(vault_again(&rig_vault, span_text("wrong one")),
	    ERR_PASSPHRASE);
	assert_int_equal(vault_load(&rig_vault, id, &out), ERR_STATE);
	assert_int_equal(vault_again(&rig_vault, span_text(RIG_PASS)), 0);
	assert_int_equal(vault_load(&rig_vault, id, &out), 0);
}

static void
test_a_box_belongs_to_its_number_and_name(void **state)
{
	struct seedkey in, out;
	struct kept k;
	uint32_t id = 0;
	uint8_t *p;

	(void)state;
	rig_new();
	seedkey(WORDS, "", &in);
	assert_int_equal(vault_keep(&rig_vault, &in, span_text("Main"), &id),
	    0);
	assert_int_equal(vault_find(&rig_vault, id, &k), 0);
	p = rig_body + (k.body.p - rig_body);
	p[9] ^= 1;			/* the name */
	assert_int_equal(vault_load(&rig_vault, id, &out), ERR_MISMATCH);
	p[9] ^= 1;
	p[-8] ^= 2;			/* the number */
	assert_int_equal(vault_load(&rig_vault, id ^ 2, &out), ERR_MISMATCH);
	p[-8] ^= 2;
	assert_int_equal(vault_load(&rig_vault, id, &out), 0);
}

static void
test_names_are_plain(void **state)
{
	static const char *const bad[] = { "", "a\nb", "a\033[2Jb", "caf\xc3"
	    "\xa9", "12345678901234567890123456789012345678901234567890123456"
	    "789012345" };
	struct seedkey in;
	uint32_t id;
	size_t i;

	(void)state;
	rig_new();
	seedkey(WORDS, "", &in);
	for (i = 0; i < 5; i++)
		assert_int_equal(vault_keep(&rig_vault, &in,
		    span_text(bad[i]), &id), ERR_FORM);
}

static void
test_a_wrong_passphrase_is_said_to_be_wrong(void **state)
{
	(void)state;
	rig_new();
	assert_int_equal(rig_open("correct horse batterz"), ERR_PASSPHRASE);
	assert_false(rig_vault.open);
	assert_int_equal(rig_vault.state[0], SLOT_LOCKED);
	assert_int_equal(rig_open(""), ERR_PASSPHRASE);
	assert_int_equal(rig_open(RIG_PASS), 0);
}

/* Any byte of the header, of either slot: the other slot opens.  Of both: it
 * is damaged, whatever the passphrase, and the mark alone makes it no vault. */
static void
test_damage_is_told_from_a_wrong_passphrase(void **state)
{
	size_t i;

	(void)state;
	rig_new();
	for (i = 0; i < VAULT_HEAD; i++) {
		rig_file[i] ^= 0x10;
		rig_file[VAULT_SLOT + i] ^= 0x10;
		assert_int_equal(rig_open(RIG_PASS), i < 16 ? ERR_FORM :
		    ERR_DAMAGED);
		rig_file[i] ^= 0x10;
		rig_file[VAULT_SLOT + i] ^= 0x10;
	}
	rig_file[VAULT_SLOT + 20] ^= 1;
	assert_int_equal(rig_open(RIG_PASS), 0);
	assert_int_equal(rig_vault.head.sequence, 1);
	assert_int_equal(rig_vault.state[1], SLOT_DAMAGED);
	assert_int_equal(rig_vault.slot, 1);
	assert_int_equal(rig_open("wrong wrong"), ERR_PASSPHRASE);
	rig_file[VAULT_SLOT + 20] ^= 1;
}

/* The passphrase is right where the check says so, and then the body is what
 * is wrong: never "wrong passphrase". */
static void
test_a_torn_body(void **state)
{
	static const size_t at[] = { VAULT_HEAD, VAULT_HEAD + 5000,
	    VAULT_SLOT - 17, VAULT_SLOT - 1 };
	size_t i;

	(void)state;
	rig_new();
	for (i = 0; i < 4; i++) {
		rig_file[VAULT_SLOT + at[i]] ^= 1;
		assert_int_equal(rig_open(RIG_PASS), 0);
		assert_int_equal(rig_vault.head.sequence, 1);
		assert_int_equal(rig_vault.state[1], SLOT_TORN);
		rig_file[at[i]] ^= 1;
		assert_int_equal(rig_open(RIG_PASS), ERR_DAMAGED);
		assert_int_equal(rig_open("wrong wrong"), ERR_PASSPHRASE);
		rig_file[VAULT_SLOT + at[i]] ^= 1;
		rig_file[at[i]] ^= 1;
	}
	assert_int_equal(rig_open(RIG_PASS), 0);
	assert_int_equal(rig_vault.head.sequence, 2);
}

/* A header with other figures and a sum that fits. */
static void
forge(unsigned slot, size_t at, uint32_t value)
{
	uint8_t *head = rig_file + slot * VAULT_SLOT;
	struct sink s = sink_to_buf(head + at, 4);
	struct hash32 sum;

	put_u32le(&s, value);
	sha256(span_of(head, 96), &sum);
	memcpy(head + 96, sum.b, 32);
}

static void
test_a_newer_version_is_named(void **state)
{
	(void)state;
	rig_new();
	forge(0, 16, 2);
	assert_int_equal(rig_open(RIG_PASS), 0);
	assert_int_equal(rig_vault.state[0], SLOT_NEWER);
	forge(1, 16, 2);
	assert_int_equal(rig_open(RIG_PASS), ERR_VERSION);
	rig_new();
	forge(0, 20, 4096);
	forge(1, 20, 4096);
	assert_int_equal(rig_open(RIG_PASS), ERR_VERSION);
}

/* Known attack 36: more memory or passes than may be, and fewer. */
static void
test_attack_36_costs_are_bounded(void **state)
{
	static const struct { uint32_t passes, kib; enum err want; } c[] = {
		{ 2, 19456, ERR_NONE }, { 1, 19456, ERR_RANGE },
		{ 0, 19456, ERR_RANGE }, { 2, 19455, ERR_RANGE },
		{ 2, 0, ERR_RANGE }, { 64, 262144, ERR_NONE },
		{ 65, 19456, ERR_RANGE }, { 16, 1048576, ERR_NONE },
		{ 17, 1048576, ERR_RANGE }, { 2, 1048577, ERR_RANGE },
		{ 2, UINT32_MAX, ERR_RANGE }, { UINT32_MAX, 19456, ERR_RANGE },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(c) / sizeof(c[0]); i++) {
		struct cost x = { c[i].passes, c[i].kib };

		assert_int_equal(vault_cost_ok(x), c[i].want);
	}
	rig_new();
	forge(0, 24, 1);
	forge(1, 28, 4096);
	assert_int_equal(rig_open(RIG_PASS), ERR_RANGE);
	assert_int_equal(rig_vault.state[0], SLOT_COST);
	assert_int_equal(rig_vault.state[1], SLOT_COST);
	/* A cheaper lock that is allowed is another lock: it fits no key. */
	rig_new();
	forge(0, 24, 3);
	forge(1, 24, 3);
	assert_int_equal(rig_open(RIG_PASS), ERR_PASSPHRASE);
}

static void
test_more_memory_than_there_is(void **state)
{
	struct fault f = { 0 };

	(void)state;
	rig_new();
	assert_int_equal(vault_open(&rig_vault, SPAN_OF(rig_file),
	    span_text(RIG_PASS), VAULT_KIB_MIN - 1, &f), ERR_SPACE);
	assert_string_equal(f.where, "it takes 19 MiB of memory, and this "
	    "machine has 18 MiB free for it");
}

static void
test_every_length_of_file(void **state)
{
	static const size_t n[] = { 0, 1, 15, 16, 127, 128, 129, 4096,
	    VAULT_SLOT - 1, VAULT_SLOT, VAULT_SLOT + 1, VAULT_SLOT + 127,
	    VAULT_SLOT + 128, RIG_FILE - 1, RIG_FILE };
	struct fault f = { 0 };
	enum err e, want;
	size_t i;

	(void)state;
	rig_new();
	for (i = 0; i < sizeof(n) / sizeof(n[0]); i++) {
		uint8_t *copy = malloc(n[i] + 1);

		assert_non_null(copy);
		memcpy(copy, rig_file, n[i]);
		want = n[i] >= VAULT_SLOT ? ERR_NONE : n[i] < VAULT_HEAD ?
		    ERR_FORM : ERR_DAMAGED;
		e = vault_open(&rig_vault, span_of(copy, n[i]),
		    span_text(RIG_PASS), LIMIT_VAULT_MEMORY, &f);
		assert_int_equal(e, want);
		if (e == 0)
			assert_int_equal(rig_vault.head.sequence, n[i] ==
			    RIG_FILE ? 2 : 1);
		free(copy);
	}
	assert_int_equal(vault_open(&rig_vault, span_of(rig_file, RIG_FILE +
	    1), span_text(RIG_PASS), LIMIT_VAULT_MEMORY, &f), ERR_TRAILING);
}

static void
test_the_passphrase_is_changed(void **state)
{
	static const char fresh[] = "another passphrase";
	struct seedkey in, out;
	struct cost more = { 3, VAULT_KIB_MIN };
	uint32_t id = 0;

	(void)state;
	rig_new();
	seedkey(WORDS, "", &in);
	assert_int_equal(vault_keep(&rig_vault, &in, span_text("Main"), &id),
	    0);
	rig_put(KEPT_LABEL, "label");
	rig_save();
	assert_int_equal(vault_passwd(&rig_vault, span_text("no, not this"),
	    span_text(fresh), more), ERR_PASSPHRASE);
	assert_int_equal(vault_passwd(&rig_vault, span_text(RIG_PASS),
	    span_text("short"), more), ERR_RANGE);
	assert_int_equal(vault_load(&rig_vault, id, &out), 0);
	assert_int_equal(vault_passwd(&rig_vault, span_text(RIG_PASS),
	    span_text(fresh), more), 0);
	/* Half way: either opens its own state. */
	rig_save();
	assert_int_equal(rig_open(RIG_PASS), 0);
	assert_int_equal(vault_load(&rig_vault, id, &out), 0);
	assert_int_equal(rig_vault.state[1 - rig_vault.slot], SLOT_OPEN);
	assert_int_equal(rig_vault.state[rig_vault.slot], SLOT_LOCKED);
	assert_int_equal(rig_open(fresh), 0);
	rig_save();
	assert_int_equal(rig_open(RIG_PASS), ERR_PASSPHRASE);
	assert_int_equal(rig_open(fresh), 0);
	assert_int_equal(rig_vault.head.cost.passes, 3);
	assert_true(rig_has(KEPT_LABEL, "label"));
	assert_int_equal(vault_load(&rig_vault, id, &out), 0);
	assert_memory_equal(&out.u.master.key, &in.u.master.key, 32);
}

/* Until it is said to be there, the same slot is meant: the last complete
 * state is never written over. */
static void
test_a_slot_that_was_not_written_is_meant_again(void **state)
{
	uint64_t one = 0, two = 0;

	(void)state;
	rig_new();
	assert_int_equal(rig_open(RIG_PASS), 0);
	assert_int_equal(vault_seal(&rig_vault, &one), 0);
	assert_int_equal(rig_vault.slot, 0);
	assert_int_equal(vault_seal(&rig_vault, &two), 0);
	assert_int_equal(rig_vault.slot, 0);
	assert_true(two > one);
	assert_int_equal(vault_saved(&rig_vault, one), ERR_STATE);
	assert_int_equal(vault_saved(&rig_vault, two), 0);
	assert_int_equal(rig_vault.slot, 1);
}

/* No nonce comes twice, nor a salt. */
static void
test_every_state_has_a_nonce_of_its_own(void **state)
{
	uint8_t seen[64][SEAL_NONCE];
	uint64_t sequence;
	size_t i, k;

	(void)state;
	rig_new();
	for (i = 0; i < 64; i++) {
		assert_int_equal(vault_seal(&rig_vault, &sequence), 0);
		memcpy(seen[i], rig_image + 56, SEAL_NONCE);
		for (k = 0; k < i; k++)
			assert_memory_not_equal(seen[i], seen[k], SEAL_NONCE);
	}
}

static void
test_the_size_says_nothing(void **state)
{
	uint8_t zero[64] = { 0 };

	(void)state;
	rig_new();
	assert_null(memmem(rig_file + VAULT_HEAD, VAULT_SLOT - VAULT_HEAD,
	    zero, sizeof(zero)));
	rig_put(KEPT_LABEL, "a very plain text that must not be found");
	rig_save();
	assert_null(memmem(rig_file, RIG_FILE, "plain text", 10));
}

static void
test_it_is_full_at_last(void **state)
{
	static uint8_t thing[4000];
	uint32_t id;
	size_t n;
	enum err e;

	(void)state;
	rig_new();
	for (n = 0;; n++) {
		memcpy(thing, &n, sizeof(n));
		thing[8] = 1;
		e = vault_put(&rig_vault, KEPT_WALLET, span_of(thing, 4000),
		    &id);
		if (e != 0)
			break;
	}
	assert_int_equal(e, ERR_SPACE);
	assert_int_equal(n, LIMIT_WALLETS);
	for (n = 0; (e = vault_put(&rig_vault, KEPT_COIN, span_of(thing + n %
	    3000, 200), &id)) == 0; n++)
		memcpy(thing + n % 3000, &n, sizeof(n));
	assert_int_equal(e, ERR_SPACE);
	assert_true(n > 3000);
	rig_save();
	assert_int_equal(rig_open(RIG_PASS), 0);
}

static void
test_things_of_no_type_or_too_long(void **state)
{
	static const uint8_t big[50000];
	uint32_t id;

	(void)state;
	rig_new();
	assert_int_equal(vault_put(&rig_vault, KEPT_NONE, SPAN_OF(big), &id),
	    ERR_VERSION);
	assert_int_equal(vault_put(&rig_vault, KEPT_TYPES, SPAN_OF(big), &id),
	    ERR_VERSION);
	assert_int_equal(vault_put(&rig_vault, KEPT_WALLET, SPAN_OF(big),
	    &id), ERR_RANGE);
	assert_int_equal(vault_put(&rig_vault, KEPT_LABEL, span_of(NULL, 0),
	    &id), ERR_RANGE);
	assert_int_equal(vault_drop(&rig_vault, 77), ERR_MISSING);
}

/* What authenticates and is not in order was not written by this program. */
static void
test_what_is_inside_is_checked_too(void **state)
{
	(void)state;
	rig_new();
	rig_put(KEPT_LABEL, "x");
	rig_body[16] = 77;		/* a type that is not known */
	rig_save();
	rig_save();
	assert_int_equal(rig_open(RIG_PASS), ERR_VERSION);
	rig_new();
	rig_vault.flags = 0x80;
	rig_save();
	assert_int_equal(rig_open(RIG_PASS), ERR_VERSION);
	rig_new();
	rig_put(KEPT_LABEL, "x");
	rig_vault.next = 1;		/* numbers that would come again */
	rig_save();
	assert_int_equal(rig_open(RIG_PASS), ERR_FORM);
}

static void
line_digest(struct span line, char out[65])
{
	struct sha256 h;
	struct hash32 d;

	sha256_begin(&h);
	sha256_put(&h, line);
	sha256_put(&h, span_text("\n"));
	sha256_end(&h, &d);
	hex_text(SPAN_OF(d.b), out);
}

static void
test_lines_of_the_log_hang_together(void **state)
{
	struct reader r;
	struct kept k;
	uint32_t id, first = 0;
	char want[65], hex[65];
	size_t n = 0;

	(void)state;
	rig_new();
	memset(want, '0', 64);
	want[64] = '\0';
	assert_int_equal(vault_log(&rig_vault, span_text("made"), &first), 0);
	rig_put(KEPT_LABEL, "in between");
	assert_int_equal(vault_log(&rig_vault, span_text("signed *"), &id), 0);
	assert_int_equal(vault_log(&rig_vault, span_text("signed *"), &id), 0);
	assert_int_equal(vault_log(&rig_vault, span_text("a\nb"), &id),
	    ERR_FORM);
	assert_int_equal(vault_drop(&rig_vault, first), ERR_REFUSED);
	r = vault_things(&rig_vault);
	while (read_kept(&r, &k)) {
		if (k.type != KEPT_LOG)
			continue;
		assert_int_equal(k.body.p[0], '1' + n++);
		memcpy(hex, k.body.p + 2, 64);
		hex[64] = '\0';
		assert_string_equal(hex, want);
		line_digest(k.body, want);
	}
	assert_int_equal(n, 3);
	vault_cut_log(&rig_vault);
	assert_int_equal(vault_log(&rig_vault, span_text("after"), &id), 0);
	assert_int_equal(vault_find(&rig_vault, id, &k), 0);
	assert_memory_equal(k.body.p, "4 ", 2);
	assert_memory_equal(k.body.p + 2, want, 64);
	assert_true(rig_has(KEPT_LABEL, "in between"));
}

static void
test_the_list_has_no_box(void **state)
{
	static uint8_t out[VAULT_SLOT];
	struct sink s = sink_to_buf(out, sizeof(out));
	struct seedkey in;
	struct kept_key about;
	struct reader r;
	struct kept k;
	uint32_t id;

	(void)state;
	rig_new();
	seedkey(WORDS, "", &in);
	assert_int_equal(vault_keep(&rig_vault, &in, span_text("Main"), &id),
	    0);
	rig_put(KEPT_LABEL, "label");
	vault_list(&rig_vault, &s);
	r = reader_of(span_of(out, s.total));
	assert_true(read_kept(&r, &k));
	assert_int_equal(k.type, KEPT_KEY);
	assert_int_equal(read_kept_key(k.body, &about), 0);
	assert_memory_equal(about.fpr, in.fpr.b, 4);
	assert_true(span_eq(about.name, span_text("Main")));
	assert_true(read_kept(&r, &k));
	assert_int_equal(k.type, KEPT_LABEL);
	assert_false(read_kept(&r, &k));
	assert_int_equal(s.total, 9 + 5 + 4 + 4 + 9 + 5);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_new_one_opens_and_is_empty),
		cmocka_unit_test(
		    test_what_was_put_is_there_after_it_was_closed),
		cmocka_unit_test(test_keys_go_in_and_come_out),
		cmocka_unit_test(test_no_key_lies_open_in_the_body),
		cmocka_unit_test(test_a_box_belongs_to_its_number_and_name),
		cmocka_unit_test(test_names_are_plain),
		cmocka_unit_test(test_a_wrong_passphrase_is_said_to_be_wrong),
		cmocka_unit_test(test_damage_is_told_from_a_wrong_passphrase),
		cmocka_unit_test(test_a_torn_body),
		cmocka_unit_test(test_a_newer_version_is_named),
		cmocka_unit_test(test_attack_36_costs_are_bounded),
		cmocka_unit_test(test_more_memory_than_there_is),
		cmocka_unit_test(test_every_length_of_file),
		cmocka_unit_test(test_the_passphrase_is_changed),
		cmocka_unit_test(
		    test_a_slot_that_was_not_written_is_meant_again),
		cmocka_unit_test(test_every_state_has_a_nonce_of_its_own),
		cmocka_unit_test(test_the_size_says_nothing),
		cmocka_unit_test(test_it_is_full_at_last),
		cmocka_unit_test(test_things_of_no_type_or_too_long),
		cmocka_unit_test(test_what_is_inside_is_checked_too),
		cmocka_unit_test(test_lines_of_the_log_hang_together),
		cmocka_unit_test(test_the_list_has_no_box),
	};

	return cmocka_run_group_tests_name("vault", tests, setup, NULL);
}
