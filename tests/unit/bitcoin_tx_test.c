#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/chain/bitcoin/tx.h"
#include "core/encode/hex.h"

static uint8_t memory[1 << 16];

/* The first transaction of the main chain's block 0 (public). */
static const char genesis[] =
    "01000000010000000000000000000000000000000000000000000000000000000000"
    "000000ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32"
    "303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e6420"
    "6261696c6f757420666f722062616e6b73ffffffff0100f2052a0100000043410467"
    "8afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc"
    "3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000";
static const char genesis_name[] =
    "3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a";

/* One input, one output, a witness of two items. */
static const char witness[] =
    "020000000001"
    "01aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    "0300000000fdffffff01e803000000000000015102020102010300000000";

static struct span
bytes(const char *hex)
{
	static uint8_t p[1024];
	size_t n;

	assert_int_equal(hex_bytes(span_text(hex), p, sizeof(p), &n), 0);
	return span_of(p, n);
}

static enum err
read(struct span s, bool witness_ok, struct tx *tx)
{
	struct arena a = { memory, sizeof(memory), 0 };
	size_t at;

	return tx_read(s, witness_ok, &a, tx, &at);
}

static void
test_genesis_has_its_name(void **state)
{
	struct hash32 name;
	struct tx_out out;
	struct tx tx;
	char hex[65];

	(void)state;
	assert_int_equal(read(bytes(genesis), false, &tx), 0);
	assert_int_equal(tx.nin, 1);
	assert_int_equal(tx.nout, 1);
	tx_name(&tx, false, &name);
	hex_text(SPAN_OF(name.b), hex);
	assert_string_equal(hex, genesis_name);
	assert_int_equal(tx_output(bytes(genesis), 0, &out, &name), 0);
	hex_text(SPAN_OF(name.b), hex);
	assert_string_equal(hex, genesis_name);
	assert_int_equal(out.amount, 5000000000);
	assert_int_equal(out.script.n, 67);
	assert_int_equal(tx_output(bytes(genesis), 1, &out, &name),
	    ERR_MISSING);
}

static void
test_it_is_written_as_it_was_read(void **state)
{
	uint8_t out[1024];
	struct sink s = sink_to_buf(out, sizeof(out));
	struct tx tx;

	(void)state;
	assert_int_equal(read(bytes(genesis), false, &tx), 0);
	tx_put(&s, &tx, false);
	assert_int_equal(s.total, bytes(genesis).n);
	assert_memory_equal(out, bytes(genesis).p, s.total);
}

static void
test_a_witness_is_no_part_of_the_name(void **state)
{
	struct hash32 a, b;
	struct tx_out out;
	struct span item[2];
	struct tx tx;
	size_t n;

	(void)state;
	assert_int_equal(read(bytes(witness), true, &tx), 0);
	assert_int_equal(tx.in[0].witness.n, 6);
	assert_int_equal(outpoint_index(tx.in[0].outpoint), 3);
	assert_int_equal(witness_read(tx.in[0].witness, item, 2, &n), 0);
	assert_int_equal(n, 2);
	assert_int_equal(item[0].n, 2);
	assert_int_equal(item[1].p[0], 3);
	tx_name(&tx, true, &a);
	assert_int_equal(tx_output(bytes(witness), 0, &out, &b), 0);
	assert_memory_equal(a.b, b.b, 32);
	/* Where none may be, its marker reads as: no inputs. */
	assert_int_not_equal(read(bytes(witness), false, &tx), 0);
}

static void
test_forms_that_are_refused(void **state)
{
	static const struct { const char *hex; enum err err; } all[] = {
		{ "", ERR_SHORT },
		{ "0200000000", ERR_SHORT },
		{ "02000000000000000000", 0 },
		{ "0200000000000000000000", ERR_TRAILING },
		{ "02000000fd000000000000", ERR_FORM },
		{ "02000000feffffffff", ERR_RANGE },
		/* a witness flag that does not exist, an empty witness */
		{ "0200000000020000000000", ERR_VERSION },
		{ "02000000000100000000000000", ERR_FORM },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		struct tx tx;

		assert_int_equal(read(bytes(all[i].hex), true, &tx),
		    all[i].err);
		assert_int_equal(tx_check(bytes(all[i].hex)), all[i].err);
	}
}

static void
test_every_truncation_fails(void **state)
{
	const char *const all[] = { genesis, witness };
	struct hash32 name;
	struct tx_out out;
	struct tx tx;
	size_t i, n;

	(void)state;
	for (i = 0; i < 2; i++)
		for (n = 0; n < bytes(all[i]).n; n++) {
			uint8_t *p = malloc(n > 0 ? n : 1);

			assert_non_null(p);
			memcpy(p, bytes(all[i]).p, n);
			assert_int_not_equal(read(span_of(p, n), true, &tx),
			    0);
			assert_int_not_equal(tx_output(span_of(p, n), 0, &out,
			    &name), 0);
			free(p);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_genesis_has_its_name),
		cmocka_unit_test(test_it_is_written_as_it_was_read),
		cmocka_unit_test(test_a_witness_is_no_part_of_the_name),
		cmocka_unit_test(test_forms_that_are_refused),
		cmocka_unit_test(test_every_truncation_fails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
