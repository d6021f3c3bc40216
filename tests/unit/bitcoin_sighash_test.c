#include "core/base/reader.h"
#include "core/chain/bitcoin/script.h"
#include "core/chain/bitcoin/sighash.h"
#include "tests/vectors.h"

static uint8_t memory[1 << 22];

static struct span
bytes_of(const char *hex, struct arena *a)
{
	size_t n = strlen(hex) / 2;
	uint8_t *p = arena_new(a, uint8_t, n + 1);

	assert_non_null(p);
	unhex(hex, p, n);
	return span_of(p, n);
}

static void
tx_of(const char *hex, struct arena *a, struct tx *tx)
{
	size_t at = 0;

	assert_int_equal(tx_read(bytes_of(hex, a), true, a, tx, &at), 0);
}

/* [transaction, script, input, kind, digest]; OP_CODESEPARATOR (0xab), which
 * the original algorithm cuts out, cannot stand in a script of one key. */
static void
test_legacy_digests_of_bitcoin_core(void **state)
{
	json_t *all = vectors_json("bitcoinjs/core-sighash.json"), *v;
	size_t i, k, n = 0;

	(void)state;
	json_array_foreach(all, i, v) {
		struct arena a = { memory, sizeof(memory), 0 };
		struct hash32 got;
		struct span code;
		struct tx tx;
		uint8_t want[32];

		if (json_array_size(v) != 5)
			continue;
		code = bytes_of(json_string_value(json_array_get(v, 1)), &a);
		if (code.n > 0 && memchr(code.p, 0xab, code.n) != NULL)
			continue;
		tx_of(json_string_value(json_array_get(v, 0)), &a, &tx);
		unhex(json_string_value(json_array_get(v, 4)), want, 32);
		sighash_legacy(&tx, (size_t)json_integer_value(
		    json_array_get(v, 2)), code, (uint32_t)json_integer_value(
		    json_array_get(v, 3)), &got);
		for (k = 0; k < 32; k++)	/* shown backwards */
			assert_int_equal(got.b[k], want[31 - k]);
		n++;
	}
	json_decref(all);
	assert_true(n > 150);
}

/* The known parts of a BIP143 preimage tell which input it is of. */
static void
check_preimage(const char *hex, const struct tx *tx, struct arena *a)
{
	struct span all = bytes_of(hex, a), outpoint, code;
	struct reader r = reader_of(all);
	struct tx_out coin[8] = { { 0 } };
	struct sighash h;
	struct hash32 want, got;
	uint64_t amount;
	uint32_t type;
	size_t i;

	(void)read_span(&r, 4 + 32 + 32);
	outpoint = read_span(&r, OUTPOINT_SIZE);
	code = read_compact_span(&r);
	amount = read_u64le(&r);
	(void)read_span(&r, 4 + 32 + 4);
	type = read_u32le(&r);
	assert_int_equal(reader_done(&r), 0);
	assert_true(tx->nin <= 8);
	for (i = 0; i < tx->nin; i++)
		if (memcmp(tx->in[i].outpoint, outpoint.p, outpoint.n) == 0)
			break;
	assert_true(i < tx->nin);
	coin[i].amount = amount;
	sighash_begin(&h, tx, coin);
	sighash_segwit(&h, i, code, type, &got);
	hash256(all, &want);
	assert_memory_equal(got.b, want.b, 32);
}

/* After a label, or alone on the line that follows. */
static const char *
hex_after(const char *line, const char *label)
{
	const char *at = strstr(line, label);

	if (at == NULL)
		return NULL;
	at = strrchr(line, ' ');
	return at == NULL || strlen(at + 1) < 64 ? "" : at + 1;
}

static const char *
tx_on(const char *line)
{
	const char *hex = hex_after(line, "unsigned transaction:");

	return hex != NULL ? hex : hex_after(line, "transaction is a ");
}

static void
test_segwit_digests_of_bip143(void **state)
{
	struct arena a = { memory, sizeof(memory), 0 };
	static char line[1 << 14];
	struct tx tx = { 0 };
	bool next = false;
	size_t n = 0;
	const char *hex;
	char path[1024];
	FILE *f;

	(void)state;
	vectors_path("bip143.txt", path, sizeof(path));
	f = fopen(path, "r");
	assert_non_null(f);
	while (fgets(line, sizeof(line), f) != NULL) {
		line[strcspn(line, "\r\n")] = '\0';
		if (next) {
			tx_of(line + strspn(line, " "), &a, &tx);
			next = false;
		} else if ((hex = tx_on(line)) != NULL) {
			next = hex[0] == '\0';
			if (!next)
				tx_of(hex, &a, &tx);
		} else if ((hex = hex_after(line, "preimage")) != NULL &&
		    hex[0] != '\0') {
			check_preimage(hex, &tx, &a);
			n++;
		}
	}
	(void)fclose(f);
	assert_true(n >= 10);
}

static void
check_hash(const json_t *o, const char *name, const struct hash32 *got)
{
	uint8_t want[32];

	unhex(vectors_string(o, name), want, 32);
	assert_memory_equal(got->b, want, 32);
}

static void
check_inputs(const json_t *spending, const struct sighash *h)
{
	json_t *v;
	size_t i;

	json_array_foreach(spending, i, v) {
		json_t *given = json_object_get(v, "given");
		struct hash32 got;

		assert_int_equal(sighash_taproot(h, (size_t)
		    json_integer_value(json_object_get(given, "txinIndex")),
		    (uint32_t)json_integer_value(json_object_get(given,
		    "hashType")), &got), 0);
		check_hash(json_object_get(v, "intermediary"), "sigHash",
		    &got);
	}
	assert_true(i >= 7);
}

static void
test_taproot_digests_of_bip341(void **state)
{
	struct arena a = { memory, sizeof(memory), 0 };
	json_t *all = vectors_json("bip341.json"), *v, *given, *o, *mid;
	struct tx_out coin[16] = { { 0 } };
	struct sighash h;
	struct tx tx;
	size_t i;

	(void)state;
	v = json_array_get(json_object_get(all, "keyPathSpending"), 0);
	given = json_object_get(v, "given");
	mid = json_object_get(v, "intermediary");
	tx_of(vectors_string(given, "rawUnsignedTx"), &a, &tx);
	json_array_foreach(json_object_get(given, "utxosSpent"), i, o) {
		assert_true(i < 16);
		coin[i].amount = (uint64_t)json_integer_value(
		    json_object_get(o, "amountSats"));
		coin[i].script = bytes_of(vectors_string(o, "scriptPubKey"),
		    &a);
	}
	assert_int_equal(i, tx.nin);
	sighash_begin(&h, &tx, coin);
	check_hash(mid, "hashAmounts", &h.amounts);
	check_hash(mid, "hashOutputs", &h.outputs);
	check_hash(mid, "hashPrevouts", &h.prevouts);
	check_hash(mid, "hashScriptPubkeys", &h.scripts);
	check_hash(mid, "hashSequences", &h.sequences);
	check_inputs(json_object_get(v, "inputSpending"), &h);
	json_decref(all);
}

static void
test_kinds_that_do_not_exist(void **state)
{
	static const uint32_t plain[] = { 0, 4, 0x80, 0x84, 0x101, 0x41 };
	static const uint32_t tap[] = { 4, 0x80, 0x84, 0x100, 0x41 };
	static const uint32_t good[] = { 1, 2, 3, 0x81, 0x82, 0x83 };
	size_t i;

	(void)state;
	for (i = 0; i < 6; i++)
		assert_false(sighash_known(plain[i], false));
	for (i = 0; i < 5; i++)
		assert_false(sighash_known(tap[i], true));
	for (i = 0; i < 6; i++) {
		assert_true(sighash_known(good[i], false));
		assert_true(sighash_known(good[i], true));
	}
	assert_true(sighash_known(SIGHASH_DEFAULT, true));
}

/* Known attack 9: SINGLE without its output. */
static void
test_single_without_output(void **state)
{
	static const uint8_t outpoint[36] = { 1 };
	struct tx_in in[2] = { { .outpoint = outpoint },
	    { .outpoint = outpoint } };
	struct tx_out out = { 1, { 0 } }, coin[2] = { { 0 } };
	struct tx tx = { 2, 0, 2, 1, in, &out };
	struct hash32 got, one = { { 1 } };
	struct sighash h;

	(void)state;
	sighash_legacy(&tx, 1, (struct span){ 0 }, SIGHASH_SINGLE, &got);
	assert_memory_equal(got.b, one.b, 32);
	sighash_begin(&h, &tx, coin);
	assert_int_equal(sighash_taproot(&h, 1, SIGHASH_SINGLE, &got),
	    ERR_RANGE);
	assert_int_equal(sighash_taproot(&h, 0, SIGHASH_SINGLE, &got), 0);
	assert_int_equal(sighash_taproot(&h, 0, 0x80, &got), ERR_RANGE);
}

/* The quick way is the slow way's digest, in whatever order it is asked. */
static void
test_legacy_digests_in_a_row(void **state)
{
	static const size_t sizes[] = { 1, 2, 100, 101, 102, 201, 300 };
	static uint8_t outpoint[300][OUTPOINT_SIZE];
	static struct tx_in in[300];
	static struct tx_out coin[300];
	static const uint8_t script[25] = { 0x76, 0xa9, 20 };
	struct tx_out out[2] = { { 1, { 0 } }, { 2, SPAN_OF(script) } };
	struct tx tx = { 2, 7, 0, 2, in, out };
	struct hash32 quick, slow;
	struct sighash h;
	size_t i, k, s;

	(void)state;
	for (i = 0; i < 300; i++) {
		memcpy(outpoint[i], &i, sizeof(i));
		in[i].outpoint = outpoint[i];
		in[i].sequence = (uint32_t)(i * 77);
	}
	for (s = 0; s < sizeof(sizes) / sizeof(sizes[0]); s++) {
		tx.nin = sizes[s];
		sighash_begin(&h, &tx, coin);
		for (k = 0; k < 2 * tx.nin; k++) {
			i = k < tx.nin ? k : k * 31 % tx.nin;
			sighash_legacy_all(&h, i, SPAN_OF(script), &quick);
			sighash_legacy(&tx, i, SPAN_OF(script), SIGHASH_ALL,
			    &slow);
			assert_memory_equal(quick.b, slow.b, 32);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_legacy_digests_of_bitcoin_core),
		cmocka_unit_test(test_legacy_digests_in_a_row),
		cmocka_unit_test(test_segwit_digests_of_bip143),
		cmocka_unit_test(test_taproot_digests_of_bip341),
		cmocka_unit_test(test_kinds_that_do_not_exist),
		cmocka_unit_test(test_single_without_output),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
