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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_number_that_nobody_vouches_for),
		cmocka_unit_test(test_the_number_of_a_torn_state_counts),
		cmocka_unit_test(test_a_newer_program_s_state_stays),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
