/* What a vault holds: keys, public things, the log. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "core/crypto/hash.h"
#include "core/encode/hex.h"
#include "tests/unit/vault_rig.h"

#define HEX "10000000000000000000000000000000"				\
	"00000000000000000000000000000001"

static void
test_keys_go_in_and_come_out(void **state)
{
	struct seedkey in, out;
	uint32_t id = 0, monero = 0;

	(void)state;
	vr_new();
	vr_key(VR_WORDS, "TREZOR", &in);
	assert_int_equal(vault_keep(&vr_vault, &in, span_text("Main"), &id),
	    0);
	assert_int_equal(vault_keep(&vr_vault, &in, span_text("Other"), &id),
	    ERR_DUPLICATE);
	vr_key(HEX, "", &in);
	in.u.monero.viewer.born = 1700000000;
	assert_int_equal(vault_keep(&vr_vault, &in, span_text("XMR"),
	    &monero), 0);
	vr_save();
	vault_close(&vr_vault);
	assert_int_equal(vr_open(RIG_PASS), 0);
	assert_int_equal(vault_load(&vr_vault, monero, &out), 0);
	assert_int_equal(out.kind, KEY_MONERO);
	assert_memory_equal(&out.u.monero.spend, &in.u.monero.spend, 32);
	assert_memory_equal(out.fpr.b, in.fpr.b, 4);
	assert_int_equal(out.u.monero.viewer.born, 1700000000);
	vr_key(VR_WORDS, "TREZOR", &in);
	assert_int_equal(vault_load(&vr_vault, id, &out), 0);
	assert_int_equal(out.kind, KEY_BIP32);
	assert_memory_equal(&out.u.master.key, &in.u.master.key, 32);
	assert_memory_equal(&out.u.master.chain, &in.u.master.chain, 32);
	assert_memory_equal(&out.seed, &in.seed, sizeof(in.seed));
	assert_memory_equal(&out.words, &in.words, sizeof(in.words));
	assert_int_equal(out.words.n, 12);
	assert_int_equal(out.seed.n, 64);
	assert_memory_equal(out.fpr.b, in.fpr.b, 4);
	assert_int_equal(vault_load(&vr_vault, 99, &out), ERR_MISSING);
}

/* In an open vault's memory keys are sealed; forgotten, they stay so. */
static void
test_no_key_lies_open_in_the_body(void **state)
{
	struct seedkey in, out;
	uint32_t id = 0;

	(void)state;
	vr_new();
	vr_key(VR_WORDS, "", &in);
	assert_int_equal(vault_keep(&vr_vault, &in, span_text("Main"), &id),
	    0);
	assert_null(memmem(vr_body, sizeof(vr_body), &in.u.master.key, 8));
	vault_forget_keys(&vr_vault);
	assert_int_equal(vault_load(&vr_vault, id, &out), ERR_STATE);
	assert_int_equal(vault_keep(&vr_vault, &in, span_text("x"), &id),
	    ERR_STATE);
	assert_int_equal(vault_again(&vr_vault, span_text("wrong one")),
	    ERR_PASSPHRASE);
	assert_int_equal(vault_load(&vr_vault, id, &out), ERR_STATE);
	assert_int_equal(vault_again(&vr_vault, span_text(RIG_PASS)), 0);
	assert_int_equal(vault_load(&vr_vault, id, &out), 0);
}

static void
test_a_box_belongs_to_its_number_and_name(void **state)
{
	struct seedkey in, out;
	struct kept k;
	uint32_t id = 0;
	uint8_t *p;

	(void)state;
	vr_new();
	vr_key(VR_WORDS, "", &in);
	assert_int_equal(vault_keep(&vr_vault, &in, span_text("Main"), &id),
	    0);
	assert_int_equal(vault_find(&vr_vault, id, &k), 0);
	p = vr_body + (k.body.p - vr_body);
	p[9] ^= 1;			/* the name */
	assert_int_equal(vault_load(&vr_vault, id, &out), ERR_MISMATCH);
	p[9] ^= 1;
	p[-8] ^= 2;			/* the number */
	assert_int_equal(vault_load(&vr_vault, id ^ 2, &out), ERR_MISMATCH);
	p[-8] ^= 2;
	assert_int_equal(vault_load(&vr_vault, id, &out), 0);
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
	vr_new();
	vr_key(VR_WORDS, "", &in);
	for (i = 0; i < 5; i++)
		assert_int_equal(vault_keep(&vr_vault, &in,
		    span_text(bad[i]), &id), ERR_FORM);
}

static void
test_it_is_full_at_last(void **state)
{
	static uint8_t thing[4000];
	uint32_t id;
	size_t n;
	enum err e;

	(void)state;
	vr_new();
	for (n = 0;; n++) {
		memcpy(thing, &n, sizeof(n));
		thing[8] = 1;
		e = vault_put(&vr_vault, KEPT_WALLET, span_of(thing, 4000),
		    &id);
		if (e != 0)
			break;
	}
	assert_int_equal(e, ERR_SPACE);
	assert_int_equal(n, LIMIT_WALLETS);
	for (n = 0; (e = vault_put(&vr_vault, KEPT_COIN, span_of(thing + n %
	    3000, 200), &id)) == 0; n++)
		memcpy(thing + n % 3000, &n, sizeof(n));
	assert_int_equal(e, ERR_SPACE);
	assert_true(n > 3000);
	vr_save();
	assert_int_equal(vr_open(RIG_PASS), 0);
}

static void
test_things_of_no_type_or_too_long(void **state)
{
	static const uint8_t big[50000];
	uint32_t id;

	(void)state;
	vr_new();
	assert_int_equal(vault_put(&vr_vault, KEPT_NONE, SPAN_OF(big), &id),
	    ERR_VERSION);
	assert_int_equal(vault_put(&vr_vault, KEPT_TYPES, SPAN_OF(big), &id),
	    ERR_VERSION);
	assert_int_equal(vault_put(&vr_vault, KEPT_WALLET, SPAN_OF(big),
	    &id), ERR_RANGE);
	assert_int_equal(vault_put(&vr_vault, KEPT_LABEL, span_of(NULL, 0),
	    &id), ERR_RANGE);
	assert_int_equal(vault_drop(&vr_vault, 77), ERR_MISSING);
}

/* What authenticates and is not in order was not written by this program. */
static void
test_what_is_inside_is_checked_too(void **state)
{
	(void)state;
	vr_new();
	vr_put(KEPT_LABEL, "x");
	vr_body[16] = 77;		/* a type that is not known */
	vr_save();
	vr_save();
	assert_int_equal(vr_open(RIG_PASS), ERR_VERSION);
	vr_new();
	vr_vault.flags = 0x80;
	vr_save();
	assert_int_equal(vr_open(RIG_PASS), ERR_VERSION);
	vr_new();
	vr_put(KEPT_LABEL, "x");
	vr_vault.next = 1;		/* numbers that would come again */
	vr_save();
	assert_int_equal(vr_open(RIG_PASS), ERR_FORM);
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
	vr_new();
	memset(want, '0', 64);
	want[64] = '\0';
	assert_int_equal(vault_log(&vr_vault, span_text("made"), &first), 0);
	vr_put(KEPT_LABEL, "in between");
	assert_int_equal(vault_log(&vr_vault, span_text("signed *"), &id), 0);
	assert_int_equal(vault_log(&vr_vault, span_text("signed *"), &id), 0);
	assert_int_equal(vault_log(&vr_vault, span_text("a\nb"), &id),
	    ERR_FORM);
	assert_int_equal(vault_drop(&vr_vault, first), ERR_REFUSED);
	r = vault_things(&vr_vault);
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
	vault_cut_log(&vr_vault);
	assert_int_equal(vault_log(&vr_vault, span_text("after"), &id), 0);
	assert_int_equal(vault_find(&vr_vault, id, &k), 0);
	assert_memory_equal(k.body.p, "4 ", 2);
	assert_memory_equal(k.body.p + 2, want, 64);
	assert_true(vr_has(KEPT_LABEL, "in between"));
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
	vr_new();
	vr_key(VR_WORDS, "", &in);
	assert_int_equal(vault_keep(&vr_vault, &in, span_text("Main"), &id),
	    0);
	vr_put(KEPT_LABEL, "label");
	vault_list(&vr_vault, &s);
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

/* A name that is a path, hidden, an option, or not plain, is none. */
static void
test_the_file_s_name(void **state)
{
	static const struct {
		const char	*typed, *want;
		enum err	 e;
	} table[] = {
		{ "a", "a.vault", 0 },
		{ "Family_2-b", "Family_2-b.vault", 0 },
		{ "main.vault", "main.vault", 0 },
		{ "a23456789012345678901234567890123",
		    "a23456789012345678901234567890123.vault", 0 },
		{ "a234567890123456789012345678901234", NULL, ERR_RANGE },
		{ "", NULL, ERR_RANGE },
		{ ".vault", NULL, ERR_FORM },
		{ "..", NULL, ERR_FORM }, { "a/b", NULL, ERR_FORM },
		{ "-a", NULL, ERR_FORM }, { "a b", NULL, ERR_FORM },
		{ "a.txt", NULL, ERR_FORM }, { "\xc3\xa4", NULL, ERR_FORM },
		{ "a\n", NULL, ERR_FORM },
	};
	char out[KEPT_FILE_MAX];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		assert_int_equal(kept_file(span_text(table[i].typed), out),
		    table[i].e);
		if (table[i].e == 0)
			assert_string_equal(out, table[i].want);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_keys_go_in_and_come_out),
		cmocka_unit_test(test_no_key_lies_open_in_the_body),
		cmocka_unit_test(test_a_box_belongs_to_its_number_and_name),
		cmocka_unit_test(test_names_are_plain),
		cmocka_unit_test(test_it_is_full_at_last),
		cmocka_unit_test(test_things_of_no_type_or_too_long),
		cmocka_unit_test(test_what_is_inside_is_checked_too),
		cmocka_unit_test(test_lines_of_the_log_hang_together),
		cmocka_unit_test(test_the_list_has_no_box),
		cmocka_unit_test(test_the_file_s_name),
	};

	return cmocka_run_group_tests_name("vault: things", tests, vr_setup,
	    NULL);
}
