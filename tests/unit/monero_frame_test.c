/* The sealed frame: what real wallets sealed opens, what is changed does
 * not, and both shapes come back as they came in. */
#include "tests/unit/monero_desk.h"

#include "core/crypto/chacha.h"

static enum err
open_any(struct span file, struct frame *g, struct fault *f)
{
	struct pubring ring = { .viewer = &desk.rig.monero.keys.viewer,
	    .nviewer = 1 };

	memset(f, 0, sizeof(*f));
	return frame_open(file, FRAME_KINDS, &ring, &desk.arena, g, f);
}

#define NOTHING_NEW "monero/v0.18.5.3/outputs/incremental_nothing_new"

/* Bernstein's ChaCha20 with a key and nonce of zeros. */
static void
test_chacha_known_answer(void **state)
{
	static const uint8_t want[8] = { 0x76, 0xb8, 0xe0, 0xad, 0xa0, 0xf1,
	    0x3d, 0x90 };
	const struct secret32 key = { { 0 } };
	const uint8_t nonce[CHACHA_NONCE] = { 0 };
	uint8_t text[8] = { 0 };

	(void)state;
	chacha20_xor(&key, nonce, SPAN_OF(text), text);
	assert_memory_equal(text, want, sizeof(want));
}

static void
test_frame_of_a_real_wallet_opens(void **state)
{
	struct frame g;
	struct fault f;

	(void)state;
	assert_int_equal(open_any(desk_load(&desk, NOTHING_NEW), &g, &f), 0);
	assert_int_equal(g.kind, FRAME_OUTPUTS);
	assert_false(g.pem);
	assert_memory_equal(g.plain.p,
	    desk.rig.monero.keys.viewer.spend_pub.b, 32);
	assert_memory_equal(g.plain.p + 32,
	    desk.rig.monero.keys.viewer.view_pub.b, 32);
	assert_int_equal(g.at, 21 + 8);
}

static void
test_frame_every_truncation_is_refused(void **state)
{
	struct span s = desk_load(&desk, NOTHING_NEW);
	struct frame g;
	struct fault f;
	enum err e;
	size_t i;

	(void)state;
	for (i = 0; i < s.n; i++) {
		e = open_any(span_of(s.p, i), &g, &f);
		assert_int_equal(e, i < 20 ? ERR_UNKNOWN :
		    i < 21 + 8 + 64 ? ERR_SHORT : ERR_NO_KEY);
	}
	assert_int_equal(open_any(s, &g, &f), 0);
}

/* Behind the magic each bit is bound by the seal. */
static void
test_frame_every_flipped_bit_is_refused(void **state)
{
	struct span s = desk_load(&desk, NOTHING_NEW);
	uint8_t copy[1024];
	struct frame g;
	struct fault f;
	size_t i;
	enum err e;

	(void)state;
	assert_true(s.n <= sizeof(copy));
	for (i = 0; i < 8 * s.n; i++) {
		memcpy(copy, s.p, s.n);
		copy[i / 8] ^= (uint8_t)(1u << i % 8);
		desk.arena.used = 2048;
		e = open_any(span_of(copy, s.n), &g, &f);
		if (i / 8 < 20)
			assert_int_equal(e, ERR_UNKNOWN);
		else if (i / 8 == 20)
			assert_int_equal(e, copy[20] > 4 ? ERR_VERSION :
			    ERR_FORM);
		else
			assert_int_equal(e, ERR_NO_KEY);
	}
}

static void
test_frame_versions_say_which_they_are(void **state)
{
	struct span s = desk_load(&desk, NOTHING_NEW);
	uint8_t copy[1024];
	struct frame g;
	struct fault f;

	(void)state;
	memcpy(copy, s.p, s.n);
	copy[20] = 5;
	assert_int_equal(open_any(span_of(copy, s.n), &g, &f), ERR_VERSION);
	assert_string_equal(f.where, "outputs file of version 5");
	assert_int_equal(f.at, 20);
	copy[20] = 3;
	assert_int_equal(open_any(span_of(copy, s.n), &g, &f), ERR_FORM);
	assert_string_equal(f.where, "outputs file of version 3");
}

static void
test_frame_without_its_wallet_is_refused(void **state)
{
	struct span s = desk_load(&desk, NOTHING_NEW);
	struct rig_monero other;
	struct pubring ring = { .viewer = &other.keys.viewer, .nviewer = 1 };
	struct fault f = { 0 };
	struct frame g;

	(void)state;
	assert_int_equal(rig_monero_wallet(&other, "d8db38bffc91543271e872c8"
	    "ce36a1543ef8e5ff9f26068a9ca89f24f2984004", RIG_FILE_KEY), 0);
	assert_int_equal(frame_open(s, FRAME_KINDS, &ring, &desk.arena, &g,
	    &f), ERR_NO_KEY);
	ring.nviewer = 0;
	assert_int_equal(frame_open(s, FRAME_KINDS, &ring, &desk.arena, &g,
	    &f), ERR_NO_KEY);
	assert_string_equal(f.where, "no Monero wallet is open here");
	assert_int_equal(frame_open(s, FRAME_KINDS, NULL, &desk.arena, &g,
	    &f), ERR_NO_KEY);
}

/* Both shapes, every length around the lines' ends. */
static void
test_frame_goes_both_ways_in_both_shapes(void **state)
{
	static const uint8_t text[200] = { 1, 2, 3 };
	struct span file;
	struct frame g;
	struct fault f;
	size_t n;

	(void)state;
	for (n = 0; n < 2 * sizeof(text); n++) {
		file = desk_seal(&desk, FRAME_UNSIGNED, n % 2 == 1,
		    span_of(text, n / 2));
		assert_int_equal(frame_kind(file), FRAME_UNSIGNED);
		assert_int_equal(open_any(file, &g, &f), 0);
		assert_int_equal(g.kind, FRAME_UNSIGNED);
		assert_int_equal(g.pem, n % 2 == 1);
		assert_true(span_eq(g.plain, span_of(text, n / 2)));
	}
}

/* As wallets with export-format ascii write it, and with other line ends. */
static void
test_frame_in_text_form(void **state)
{
	struct span file = desk_seal(&desk, FRAME_OUTPUTS, true,
	    span_text("hello"));
	uint8_t crlf[4096];
	struct frame g;
	struct fault f;
	size_t i, n = 0;

	(void)state;
	assert_memory_equal(file.p, "-----BEGIN MoneroAsciiDataV1-----\n", 34);
	assert_memory_equal(file.p + file.n - 32,
	    "-----END MoneroAsciiDataV1-----\n", 32);
	assert_int_equal(file.p[34 + 64], '\n');
	for (i = 0; i < file.n; i++) {
		if (file.p[i] == '\n')
			crlf[n++] = '\r';
		crlf[n++] = file.p[i];
	}
	assert_int_equal(open_any(span_of(crlf, n), &g, &f), 0);
	assert_true(span_eq(g.plain, span_text("hello")));
	for (i = 0; i < file.n - 1; i++)
		assert_int_not_equal(open_any(span_of(file.p, i), &g, &f), 0);
	/* Without the line end at the very end it is whole. */
	assert_int_equal(open_any(span_of(file.p, i), &g, &f), 0);
	crlf[40] = '!';
	assert_int_equal(open_any(span_of(crlf, n), &g, &f), ERR_FORM);
}

static void
test_frame_never_repeats_its_nonce(void **state)
{
	struct span a = desk_seal(&desk, FRAME_OUTPUTS, false,
	    span_text("hello"));
	struct span b = desk_seal(&desk, FRAME_OUTPUTS, false,
	    span_text("hello"));

	(void)state;
	assert_memory_not_equal(a.p + 21, b.p + 21, 8);
	assert_memory_not_equal(a.p + 21 + 8, b.p + 21 + 8, 5);
}

#define T(f) cmocka_unit_test_setup(f, fresh)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_chacha_known_answer),
		T(test_frame_of_a_real_wallet_opens),
		T(test_frame_every_truncation_is_refused),
		T(test_frame_every_flipped_bit_is_refused),
		T(test_frame_versions_say_which_they_are),
		T(test_frame_without_its_wallet_is_refused),
		T(test_frame_goes_both_ways_in_both_shapes),
		T(test_frame_in_text_form),
		T(test_frame_never_repeats_its_nonce),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
