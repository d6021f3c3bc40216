/* The vault's file: what opens it, what does not, and what is said then. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "core/crypto/hash.h"
#include "tests/unit/vault_rig.h"

static void
test_a_new_one_opens_and_is_empty(void **state)
{
	(void)state;
	vr_begin();
	assert_int_equal(vr_open(RIG_PASS), 0);
	assert_true(vr_vault.open && vr_vault.has_keys);
	assert_int_equal(vr_vault.head.sequence, 2);
	assert_int_equal(vr_vault.state[1], SLOT_OPEN);
	assert_int_equal(vr_vault.state[0], SLOT_WHOLE);
	assert_int_equal(vr_vault.slot, 0);
	assert_int_equal(vr_vault.used, 16);
}

static void
test_what_was_put_is_there_after_it_was_closed(void **state)
{
	uint32_t a, b, c;

	(void)state;
	vr_new();
	a = vr_put(KEPT_LABEL, "one");
	b = vr_put(KEPT_WALLET, "two");
	assert_int_equal(vr_put(KEPT_LABEL, "one"), 0);
	assert_int_equal(vault_drop(&vr_vault, a), 0);
	c = vr_put(KEPT_COIN, "three");
	assert_true(a < b && b < c);
	vr_vault.flags = VAULT_EACH_TIME;
	vr_save();
	vault_close(&vr_vault);
	assert_false(vr_vault.open);
	assert_int_equal(vr_open(RIG_PASS), 0);
	assert_false(vr_has(KEPT_LABEL, "one"));
	assert_true(vr_has(KEPT_WALLET, "two"));
	assert_true(vr_has(KEPT_COIN, "three"));
	assert_int_equal(vr_vault.flags, VAULT_EACH_TIME);
	assert_int_equal(vr_vault.next, c + 1);
}

static void
test_a_wrong_passphrase_is_said_to_be_wrong(void **state)
{
	(void)state;
	vr_new();
	assert_int_equal(vr_open("correct horse batterz"), ERR_PASSPHRASE);
	assert_false(vr_vault.open);
	assert_int_equal(vr_vault.state[0], SLOT_LOCKED);
	assert_int_equal(vr_open(""), ERR_PASSPHRASE);
	assert_int_equal(vr_open(RIG_PASS), 0);
}

/* Any byte of the header, of either slot: the other slot opens.  Of both: it
 * is damaged, whatever the passphrase, and the mark alone makes it no vault. */
static void
test_damage_is_told_from_a_wrong_passphrase(void **state)
{
	size_t i;

	(void)state;
	vr_new();
	for (i = 0; i < VAULT_HEAD; i++) {
		vr_file[i] ^= 0x10;
		vr_file[VAULT_SLOT + i] ^= 0x10;
		assert_int_equal(vr_open(RIG_PASS), i < 16 ? ERR_FORM :
		    ERR_DAMAGED);
		vr_file[i] ^= 0x10;
		vr_file[VAULT_SLOT + i] ^= 0x10;
	}
	vr_file[VAULT_SLOT + 20] ^= 1;
	assert_int_equal(vr_open(RIG_PASS), 0);
	assert_int_equal(vr_vault.head.sequence, 1);
	assert_int_equal(vr_vault.state[1], SLOT_DAMAGED);
	assert_int_equal(vr_vault.slot, 1);
	assert_int_equal(vr_open("wrong wrong"), ERR_PASSPHRASE);
	vr_file[VAULT_SLOT + 20] ^= 1;
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
	vr_new();
	for (i = 0; i < 4; i++) {
		vr_file[VAULT_SLOT + at[i]] ^= 1;
		assert_int_equal(vr_open(RIG_PASS), 0);
		assert_int_equal(vr_vault.head.sequence, 1);
		assert_int_equal(vr_vault.state[1], SLOT_TORN);
		vr_file[at[i]] ^= 1;
		assert_int_equal(vr_open(RIG_PASS), ERR_DAMAGED);
		assert_int_equal(vr_open("wrong wrong"), ERR_PASSPHRASE);
		vr_file[VAULT_SLOT + at[i]] ^= 1;
		vr_file[at[i]] ^= 1;
	}
	assert_int_equal(vr_open(RIG_PASS), 0);
	assert_int_equal(vr_vault.head.sequence, 2);
}

/* A header with other figures and a sum that fits. */
static void
forge(unsigned slot, size_t at, uint32_t value)
{
	uint8_t *head = vr_file + slot * VAULT_SLOT;
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
	vr_new();
	forge(0, 16, 2);
	assert_int_equal(vr_open(RIG_PASS), 0);
	assert_int_equal(vr_vault.state[0], SLOT_NEWER);
	forge(1, 16, 2);
	assert_int_equal(vr_open(RIG_PASS), ERR_VERSION);
	vr_new();
	forge(0, 20, 4096);
	forge(1, 20, 4096);
	assert_int_equal(vr_open(RIG_PASS), ERR_VERSION);
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
	vr_new();
	forge(0, 24, 1);
	forge(1, 28, 4096);
	assert_int_equal(vr_open(RIG_PASS), ERR_RANGE);
	assert_int_equal(vr_vault.state[0], SLOT_COST);
	assert_int_equal(vr_vault.state[1], SLOT_COST);
	/* A cheaper lock that is allowed is another lock: it fits no key. */
	vr_new();
	forge(0, 24, 3);
	forge(1, 24, 3);
	assert_int_equal(vr_open(RIG_PASS), ERR_PASSPHRASE);
}

static void
test_more_memory_than_there_is(void **state)
{
	struct fault f = { 0 };

	(void)state;
	vr_new();
	assert_int_equal(vault_open(&vr_vault, SPAN_OF(vr_file),
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
	vr_new();
	for (i = 0; i < sizeof(n) / sizeof(n[0]); i++) {
		uint8_t *copy = malloc(n[i] + 1);

		assert_non_null(copy);
		memcpy(copy, vr_file, n[i]);
		want = n[i] >= VAULT_SLOT ? ERR_NONE : n[i] < VAULT_HEAD ?
		    ERR_FORM : ERR_DAMAGED;
		e = vault_open(&vr_vault, span_of(copy, n[i]),
		    span_text(RIG_PASS), LIMIT_VAULT_MEMORY, &f);
		assert_int_equal(e, want);
		if (e == 0)
			assert_int_equal(vr_vault.head.sequence, n[i] ==
			    RIG_FILE ? 2 : 1);
		free(copy);
	}
	assert_int_equal(vault_open(&vr_vault, span_of(vr_file, RIG_FILE +
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
	vr_new();
	vr_key(VR_WORDS, "", &in);
	assert_int_equal(vault_keep(&vr_vault, &in, span_text("Main"), &id),
	    0);
	vr_put(KEPT_LABEL, "label");
	vr_save();
	assert_int_equal(vault_passwd(&vr_vault, span_text("no, not this"),
	    span_text(fresh), more), ERR_PASSPHRASE);
	assert_int_equal(vault_passwd(&vr_vault, span_text(RIG_PASS),
	    span_text("short"), more), ERR_RANGE);
	assert_int_equal(vault_load(&vr_vault, id, &out), 0);
	assert_int_equal(vault_passwd(&vr_vault, span_text(RIG_PASS),
	    span_text(fresh), more), 0);
	/* Half way: either opens its own state. */
	vr_save();
	assert_int_equal(vr_open(RIG_PASS), 0);
	assert_int_equal(vault_load(&vr_vault, id, &out), 0);
	assert_int_equal(vr_vault.state[1 - vr_vault.slot], SLOT_OPEN);
	assert_int_equal(vr_vault.state[vr_vault.slot], SLOT_LOCKED);
	assert_int_equal(vr_open(fresh), 0);
	vr_save();
	assert_int_equal(vr_open(RIG_PASS), ERR_PASSPHRASE);
	assert_int_equal(vr_open(fresh), 0);
	assert_int_equal(vr_vault.head.cost.passes, 3);
	assert_true(vr_has(KEPT_LABEL, "label"));
	assert_int_equal(vault_load(&vr_vault, id, &out), 0);
	assert_memory_equal(&out.u.master.key, &in.u.master.key, 32);
}

/* Until it is said to be there, the same slot is meant: the last complete
 * state is never written over. */
static void
test_a_slot_that_was_not_written_is_meant_again(void **state)
{
	uint64_t one = 0, two = 0;

	(void)state;
	vr_new();
	assert_int_equal(vr_open(RIG_PASS), 0);
	assert_int_equal(vault_seal(&vr_vault, &one), 0);
	assert_int_equal(vr_vault.slot, 0);
	assert_int_equal(vault_seal(&vr_vault, &two), 0);
	assert_int_equal(vr_vault.slot, 0);
	assert_true(two > one);
	assert_int_equal(vault_saved(&vr_vault, one), ERR_STATE);
	assert_int_equal(vault_saved(&vr_vault, two), 0);
	assert_int_equal(vr_vault.slot, 1);
}

/* No nonce comes twice, nor a salt. */
static void
test_every_state_has_a_nonce_of_its_own(void **state)
{
	uint8_t seen[64][SEAL_NONCE];
	uint64_t sequence;
	size_t i, k;

	(void)state;
	vr_new();
	for (i = 0; i < 64; i++) {
		assert_int_equal(vault_seal(&vr_vault, &sequence), 0);
		memcpy(seen[i], vr_image + 56, SEAL_NONCE);
		for (k = 0; k < i; k++)
			assert_memory_not_equal(seen[i], seen[k], SEAL_NONCE);
	}
}

static void
test_the_size_says_nothing(void **state)
{
	uint8_t zero[64] = { 0 };

	(void)state;
	vr_new();
	assert_null(memmem(vr_file + VAULT_HEAD, VAULT_SLOT - VAULT_HEAD,
	    zero, sizeof(zero)));
	vr_put(KEPT_LABEL, "a very plain text that must not be found");
	vr_save();
	assert_null(memmem(vr_file, RIG_FILE, "plain text", 10));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_new_one_opens_and_is_empty),
		cmocka_unit_test(
		    test_what_was_put_is_there_after_it_was_closed),
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
	};

	return cmocka_run_group_tests_name("vault", tests, vr_setup, NULL);
}
