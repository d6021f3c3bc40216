#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/chain/bitcoin/peel.h"

static uint8_t memory[4096];

static enum err
open_text(const char *text, struct peel *p, struct span *bytes, size_t *at)
{
	struct arena a = { memory, sizeof(memory), 0 };

	*p = (struct peel){ 0 };
	return peel(span_text(text), &a, p, bytes, at);
}

/* What comes in goes out: case, lines and all. */
static void
test_texts_come_back_as_they_were(void **state)
{
	static const char *const all[] = {
		"70736274ff0102a0",
		"70736274ff0102a0\n",
		"70736274FF0102A0\r\n",
		"70736274ff\n0102a0abcd\nef\n",
		"70736274FF\r\n0102A0ABCD\r\nEF",
		"cHNidP8BAgOg",
		"cHNidP8BAgOg\n",
		"cHNidP8B\nAgOgAAEC\nAw==\n",
	};
	uint8_t out[256];
	size_t i, at;

	(void)state;
	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		struct sink s = sink_to_buf(out, sizeof(out));
		struct span bytes;
		struct peel p;

		assert_int_equal(open_text(all[i], &p, &bytes, &at), 0);
		assert_memory_equal(bytes.p, "psbt\xff", 5);
		peel_put(&s, bytes, &p);
		assert_int_equal(s.err, 0);
		assert_int_equal(s.total, strlen(all[i]));
		assert_memory_equal(out, all[i], s.total);
	}
}

static void
test_texts_that_are_refused(void **state)
{
	static const struct { const char *text; size_t at; } all[] = {
		{ "70736274ff0", 10 },		/* half a byte */
		{ "70736274ffzz", 10 },
		{ "70736274ff 01", 10 },
		{ "70736274ff01\r02", 12 },	/* no line end */
		{ "cHNidP8BAgO", 0 },		/* no padding */
		{ "cHNidP8B*gOg", 0 },
		{ "hello", 0 },
	};
	struct span bytes;
	struct peel p;
	size_t i, at;

	(void)state;
	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		assert_int_equal(open_text(all[i].text, &p, &bytes, &at),
		    ERR_FORM);
		assert_int_equal(at, all[i].at);
	}
}

static void
test_kinds_by_their_first_bytes(void **state)
{
	static const struct { const char *text; enum peel_kind kind; } all[] = {
		{ "psbt\xff", PEEL_BINARY }, { "psbt", PEEL_NONE },
		{ "psbT\xff", PEEL_NONE }, { "cHNidP8", PEEL_BASE64 },
		{ "chnidp8", PEEL_NONE }, { "70736274FF", PEEL_HEX },
		{ "70736274f", PEEL_NONE }, { "", PEEL_NONE },
		{ " 70736274ff", PEEL_NONE },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		assert_int_equal(peel_kind(span_text(all[i].text)),
		    all[i].kind);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts_come_back_as_they_were),
		cmocka_unit_test(test_texts_that_are_refused),
		cmocka_unit_test(test_kinds_by_their_first_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
