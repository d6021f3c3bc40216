/* A vault's file in the hands of somebody who writes to the stick, and what a
 * clerk that was taken over has it keep. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "core/crypto/hash.h"
#include "tests/unit/vault_rig.h"

static int
setup(void **state)
{
	(void)state;
	return secp_init(NULL) != 0 ? -1 : 0;
}

/* Its digest anew, which needs no key. */
static void
sum(uint8_t *head)
{
	struct hash32 h;

	sha256(span_of(head, 96), &h);
	memcpy(head + 96, h.b, sizeof(h.b));
}

/* A header with the last number there is costs an Argon2, and nothing more:
 * the vault is written to as before. */
static void
test_a_number_that_nobody_vouches_for(void **state)
{
	uint64_t sequence = 0;

	(void)state;
	vr_new();
	memset(vr_file + 32, 0xff, 8);
	sum(vr_file);
	assert_int_equal(vr_open(RIG_PASS), 0);
	assert_int_equal(vr_vault.state[0], SLOT_LOCKED);
	assert_int_equal(vr_vault.state[1], SLOT_OPEN);
	assert_int_equal(vr_vault.head.sequence, 2);
	assert_int_equal(vault_seal(&vr_vault, &sequence), 0);
	assert_int_equal(sequence, 3);
	assert_int_equal(vr_vault.slot, 0);
}

/* The newer state was torn: its number is not given a second time. */
static void
test_the_number_of_a_torn_state_counts(void **state)
{
	uint64_t sequence = 0;

	(void)state;
	vr_new();
	vr_file[VAULT_SLOT + 5000] ^= 1;
	assert_int_equal(vr_open(RIG_PASS), 0);
	assert_int_equal(vr_vault.state[1], SLOT_TORN);
	assert_int_equal(vr_vault.head.sequence, 1);
	assert_int_equal(vault_seal(&vr_vault, &sequence), 0);
	assert_int_equal(sequence, 3);
}

/* A newer program wrote the newer state: it is not overwritten by one that
 * cannot read it. */
static void
test_a_newer_program_s_state_stays(void **state)
{
	uint64_t sequence = 0;

	(void)state;
	vr_new();
	vr_file[VAULT_SLOT + 16] = VAULT_VERSION + 1;
	sum(vr_file + VAULT_SLOT);
	assert_int_equal(vr_open(RIG_PASS), 0);
	assert_int_equal(vr_vault.state[1], SLOT_NEWER);
	assert_int_equal(vr_vault.slot, 1);
	assert_int_equal(vault_seal(&vr_vault, &sequence), ERR_VERSION);
	vr_new();
	assert_int_equal(vault_seal(&vr_vault, &sequence), 0);
}

/* Whole is said of the older state when it opens, and not before. */
static void
test_the_older_state_is_looked_into(void **state)
{
	(void)state;
	vr_new();
	assert_int_equal(vr_open(RIG_PASS), 0);
	assert_int_equal(vr_vault.state[0], SLOT_WHOLE);
	vr_file[5000] ^= 1;
	assert_int_equal(vr_open(RIG_PASS), 0);
	assert_int_equal(vr_vault.state[0], SLOT_DAMAGED);
	vr_file[5000] ^= 1;
	vr_file[80] ^= 1;
	sum(vr_file);
	assert_int_equal(vr_open(RIG_PASS), 0);
	assert_int_equal(vr_vault.state[0], SLOT_DAMAGED);
	vr_file[40] ^= 1;
	sum(vr_file);
	assert_int_equal(vr_open(RIG_PASS), 0);
	assert_int_equal(vr_vault.state[0], SLOT_LOCKED);
}

/* Closed, nothing of it is left: not even what it listed. */
static void
test_nothing_is_left_of_a_closed_one(void **state)
{
	size_t i, left = 0;

	(void)state;
	vr_new();
	(void)vr_put(KEPT_LABEL, "a name that somebody might look for");
	vr_save();
	vault_close(&vr_vault);
	for (i = 0; i < VAULT_BODY; i++)
		left += vr_body[i] != 0;
	for (i = 0; i < VAULT_SLOT; i++)
		left += vr_image[i] != 0;
	assert_int_equal(left, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_number_that_nobody_vouches_for),
		cmocka_unit_test(test_the_number_of_a_torn_state_counts),
		cmocka_unit_test(test_a_newer_program_s_state_stays),
		cmocka_unit_test(test_the_older_state_is_looked_into),
		cmocka_unit_test(test_nothing_is_left_of_a_closed_one),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
