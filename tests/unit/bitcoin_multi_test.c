/* Scripts of several keys or conditions, walked and recognised. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/chain/bitcoin/multi.h"
#include "core/encode/hex.h"

/* m, n keys of 33 bytes, n, CHECKMULTISIG. */
static struct span
bare(uint8_t m, size_t keys, uint8_t n)
{
	static uint8_t b[1024];
	size_t i, at = 0;

	b[at++] = m;
	for (i = 0; i < keys; i++) {
		b[at++] = 33;
		memset(b + at, (int)i + 2, 33);
		at += 33;
	}
	if (n > 16)
		b[at++] = 1;
	b[at++] = (uint8_t)(n > 16 ? n : n == 0 ? 0 : OP_NUM_1 - 1 + n);
	b[at++] = OP_MULTISIG;
	return span_of(b, at);
}

static struct span
leaf(size_t keys, const char *tail)
{
	static uint8_t b[40000];
	size_t i, n, at = 0;

	for (i = 0; i < keys; i++) {
		b[at++] = 32;
		memset(b + at, (int)(i & 0x7f) + 1, 32);
		at += 32;
		b[at++] = i == 0 ? OP_SIG : OP_SIGADD;
	}
	assert_int_equal(hex_bytes(span_text(tail), b + at, sizeof(b) - at,
	    &n), 0);
	return span_of(b, at + n);
}

/* Known attack 20. */
static void
test_bare_counts(void **state)
{
	struct multi m;

	(void)state;
	assert_true(multi_read(bare(0x52, 3, 3), &m));
	assert_int_equal(m.m, 2);
	assert_int_equal(m.n, 3);
	assert_int_equal(multi_key(&m, 2).p[0], 4);
	assert_true(multi_read(bare(0x51, 20, 20), &m));
	assert_int_equal(m.n, 20);
	assert_false(multi_read(bare(0x00, 3, 3), &m));
	assert_false(multi_read(bare(0x54, 3, 3), &m));
	assert_false(multi_read(bare(0x52, 3, 4), &m));
	assert_false(multi_read(bare(0x52, 3, 2), &m));
	assert_false(multi_read(bare(0x51, 0, 0), &m));
	assert_false(multi_read(bare(0x51, 21, 21), &m));
}

static void
test_bare_form(void **state)
{
	struct span s = bare(0x52, 3, 3);
	uint8_t b[256];
	struct multi m;
	size_t i;

	(void)state;
	for (i = 0; i < s.n; i++)
		assert_false(multi_read(span_of(s.p, i), &m));
	memcpy(b, s.p, s.n);
	b[s.n] = 0x75;		/* ... DROP: something after its end */
	assert_false(multi_read(span_of(b, s.n + 1), &m));
	b[s.n - 1] = 0xaf;	/* CHECKMULTISIGVERIFY */
	assert_false(multi_read(span_of(b, s.n), &m));
}

static void
test_leaf_forms(void **state)
{
	struct multi m;

	(void)state;
	assert_true(multi_leaf_read(leaf(1, ""), &m));
	assert_int_equal(m.m, 1);
	assert_true(multi_leaf_read(leaf(3, "529c"), &m));
	assert_int_equal(m.m, 2);
	assert_int_equal(m.n, 3);
	assert_int_equal(multi_key(&m, 2).p[31], 3);
	assert_true(multi_leaf_read(leaf(200, "02c8009c"), &m));
	assert_int_equal(m.m, 200);
	assert_true(multi_leaf_read(leaf(999, "01119c"), &m));
	assert_false(multi_leaf_read(leaf(1000, "01119c"), &m));
	assert_false(multi_leaf_read(leaf(3, ""), &m));
	assert_false(multi_leaf_read(leaf(3, "009c"), &m));
	assert_false(multi_leaf_read(leaf(3, "549c"), &m));
	assert_false(multi_leaf_read(leaf(3, "529c51"), &m));
	assert_false(multi_leaf_read(leaf(3, "01029c"), &m)); /* not short */
	assert_false(multi_leaf_read(leaf(3, "0211009c"), &m));
	assert_false(multi_leaf_read(leaf(3, "529d"), &m));
	assert_false(multi_leaf_read(leaf(0, "529c"), &m));
}

/* A key counts where it is pushed, not where its bytes happen to stand. */
static void
test_a_key_is_found_where_it_is_pushed(void **state)
{
	struct span s = bare(0x52, 3, 3);
	uint8_t key[33], data[80] = { 36, 0, 33 }, hash[22] = { 20 };
	struct hash20 h;

	(void)state;
	memset(key, 3, sizeof(key));
	assert_true(script_holds(s, SPAN_OF(key)));
	assert_false(script_holds(s, span_of(key, 32)));
	memcpy(data + 3, key, sizeof(key));
	data[36] = 0x75;
	assert_false(script_holds(span_of(data, 38), SPAN_OF(key)));
	hash160(SPAN_OF(key), &h);
	memcpy(hash + 1, h.b, sizeof(h.b));
	hash[21] = 0x88;
	assert_true(script_holds(SPAN_OF(hash), SPAN_OF(key)));
	assert_false(script_holds(span_of(hash, 20), SPAN_OF(key)));
}

static void
test_what_a_signature_would_not_bind(void **state)
{
	static const uint8_t cut[] = { 0x51, 0x05, 1, 2 };
	static const uint8_t separator[] = { 0xab, 0x51 };
	static const uint8_t pushed[] = { 0x02, 0xab, 0x50, 0x51 };
	static const uint8_t reserved[] = { 0x51, 0x50 };
	static const uint8_t success[] = { 0xbb };
	static uint8_t big[CODE_SIZE_MAX + 1];

	(void)state;
	memset(big, 0x61, sizeof(big));
	assert_false(script_sane((struct span){ 0 }, false));
	assert_false(script_sane(SPAN_OF(cut), false));
	assert_false(script_sane(SPAN_OF(separator), false));
	assert_false(script_sane(SPAN_OF(separator), true));
	assert_true(script_sane(SPAN_OF(pushed), true));
	assert_true(script_sane(SPAN_OF(reserved), false));
	assert_false(script_sane(SPAN_OF(reserved), true));
	assert_false(script_sane(SPAN_OF(success), true));
	assert_true(script_sane(span_of(big, CODE_SIZE_MAX), false));
	assert_false(script_sane(SPAN_OF(big), false));
	assert_string_equal(opcode_name(0xba), "CHECKSIGADD");
	assert_string_equal(opcode_name(0x60), "16");
	assert_null(opcode_name(0xbb));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bare_counts),
		cmocka_unit_test(test_bare_form),
		cmocka_unit_test(test_leaf_forms),
		cmocka_unit_test(test_a_key_is_found_where_it_is_pushed),
		cmocka_unit_test(test_what_a_signature_would_not_bind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
