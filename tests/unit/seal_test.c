/* What seals a vault, by vectors of other programs. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "core/crypto/shield.h"
#include "core/encode/hex.h"

static void
hex_is(const uint8_t *p, size_t n, const char *want)
{
	char text[1024];

	assert_true(2 * n < sizeof(text));
	hex_text(span_of(p, n), text);
	assert_string_equal(text, want);
}

/* Made with the reference implementation, by argon2-cffi. */
static void
test_argon2id(void **state)
{
	uint8_t salt[SEAL_SALT];
	struct secret32 out;
	size_t i;

	(void)state;
	for (i = 0; i < SEAL_SALT; i++)
		salt[i] = (uint8_t)i;
	assert_int_equal(argon2id(span_text("correct horse battery"), salt,
	    (struct cost){ 2, 19456 }, &out), 0);
	hex_is(out.b, 32, "aaecaeb1f79eb8019ba62c34f62fa3e15289f88ff98779ae81"
	    "de07821992ff1f");
	memset(salt, 0, sizeof(salt));
	assert_int_equal(argon2id(span_of(NULL, 0), salt,
	    (struct cost){ 3, 64 }, &out), 0);
	hex_is(out.b, 32, "4006c525a83133979688b6019ef0c5a2fb216dd83386f1d908"
	    "246b040f9a8537");
}

/* More than there can be: an error, and no end of the process. */
static void
test_argon2id_without_memory(void **state)
{
	static const uint8_t salt[SEAL_SALT];
	struct secret32 out;

	(void)state;
	assert_int_equal(argon2id(span_text("x"), salt,
	    (struct cost){ 1, UINT32_MAX }, &out), ERR_SPACE);
}

/* Made with Python's hashlib. */
static void
test_keys_of_a_key(void **state)
{
	struct secret32 key, out;
	struct hash32 h;
	uint8_t i;

	(void)state;
	for (i = 0; i < 32; i++)
		key.b[i] = i;
	key_for(&key, "coldseal vault 1 body", &out);
	hex_is(out.b, 32, "083bde7ba74dc0f330d392f59bdc4aab34240f4ededf83200b"
	    "95d634e96b2309");
	keyed_hash(&key, span_text("coldseal vault 1 body"), &h);
	assert_memory_equal(h.b, out.b, 32);
}

/* draft-irtf-cfrg-xchacha-03, A.3.1 */
static void
test_box(void **state)
{
	static const char text[] = "Ladies and Gentlemen of the class of '99: "
	    "If I could offer you only one tip for the future, sunscreen "
	    "would be it.";
	static const uint8_t label[] = { 0x50, 0x51, 0x52, 0x53, 0xc0, 0xc1,
	    0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7 };
	uint8_t nonce[SEAL_NONCE], box[114 + SEAL_TAG], back[114];
	struct secret32 key;
	uint8_t i;

	(void)state;
	for (i = 0; i < 32; i++)
		key.b[i] = (uint8_t)(0x80 + i);
	for (i = 0; i < SEAL_NONCE; i++)
		nonce[i] = (uint8_t)(0x40 + i);
	assert_int_equal(strlen(text), 114);
	box_close(&key, nonce, SPAN_OF(label), span_text(text), box);
	hex_is(box, 16, "bd6d179d3e83d43b9576579493c0e939");
	hex_is(box + 114, SEAL_TAG, "c0875924c1c7987947deafd8780acf49");
	assert_int_equal(box_open(&key, nonce, SPAN_OF(label), SPAN_OF(box),
	    back), 0);
	assert_memory_equal(back, text, 114);
	for (i = 0; i < sizeof(box); i++) {
		box[i] ^= 1;
		assert_int_equal(box_open(&key, nonce, SPAN_OF(label),
		    SPAN_OF(box), back), ERR_MISMATCH);
		assert_int_equal(back[0] | back[50] | back[113], 0);
		box[i] ^= 1;
	}
	assert_int_equal(box_open(&key, nonce, span_of(label, 11),
	    SPAN_OF(box), back), ERR_MISMATCH);
	nonce[23] ^= 1;
	assert_int_equal(box_open(&key, nonce, SPAN_OF(label), SPAN_OF(box),
	    back), ERR_MISMATCH);
	assert_int_equal(box_open(&key, nonce, SPAN_OF(label), span_of(box,
	    15), back), ERR_MISMATCH);
}

/* What is shielded does not lie there as it is; with one bit of the room, or
 * of the box, another, nothing comes out. */
static void
test_shield(void **state)
{
	static const uint8_t nonce[SEAL_NONCE] = { 5 };
	static struct shield s;
	char text[] = "a seed that is seldom needed", back[sizeof(text)];
	uint8_t box[sizeof(text) + SHIELD_MORE];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(s.room); i++)
		s.room[i] = (uint8_t)(i * i >> 3);
	shield_close(&s, nonce, span_of((uint8_t *)text, sizeof(text)), box);
	assert_null(memmem(box, sizeof(box), text, 8));
	assert_int_equal(shield_open(&s, SPAN_OF(box), (uint8_t *)back), 0);
	assert_memory_equal(back, text, sizeof(text));
	s.room[SHIELD_ROOM - 1] ^= 0x80;
	assert_int_equal(shield_open(&s, SPAN_OF(box), (uint8_t *)back),
	    ERR_MISMATCH);
	s.room[SHIELD_ROOM - 1] ^= 0x80;
	for (i = 0; i < sizeof(box); i++) {
		box[i] ^= 4;
		assert_int_equal(shield_open(&s, SPAN_OF(box),
		    (uint8_t *)back), ERR_MISMATCH);
		box[i] ^= 4;
	}
	assert_int_equal(shield_open(&s, span_of(box, SHIELD_MORE - 1),
	    (uint8_t *)back), ERR_MISMATCH);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_argon2id),
		cmocka_unit_test(test_argon2id_without_memory),
		cmocka_unit_test(test_keys_of_a_key),
		cmocka_unit_test(test_box),
		cmocka_unit_test(test_shield),
	};

	return cmocka_run_group_tests_name("seal", tests, NULL, NULL);
}
