/* The keeper's answers, one handler at a time, without its process. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "tests/unit/keeper_ask.h"

#include "core/wire/consent.h"

static const char words[] = "abandon abandon abandon abandon abandon abandon "
    "abandon abandon abandon abandon abandon about";
static const struct fpr fpr_a = { { 0x73, 0xc5, 0xda, 0x0a } };
static const struct hash32 digest_1 = { { 1, 2, 3 } };

static enum err
unlock(const char *w, const char *pass)
{
	struct sink s = fresh();

	put_block(&s, span_text(w));
	put_block(&s, span_text(pass));
	return ask(keeper_on_unlock, &s);
}

static int
setup(void **state)
{
	(void)state;
	k = (struct keeper){ 0 };
	k.arena = (struct arena){ arena_mem, sizeof(arena_mem), 0 };
	return secp_init(NULL) == 0 && unlock(words, "") == 0 ? 0 : -1;
}

static struct keyref
ref_at(uint32_t index)
{
	struct keyref r = { .fpr = fpr_a, .path = { .n = 5, .e = {
	    84 | HARDENED, 1 | HARDENED, 0 | HARDENED, 0, index } } };

	return r;
}

static enum err
send_plan(uint32_t first, uint32_t total, struct plan_row *row, size_t n)
{
	struct plan p = { .n = n, .row = row };
	struct sink s = fresh();

	put_u32le(&s, first);
	put_u32le(&s, total);
	put_plan(&s, &p);
	return ask(keeper_on_plan, &s);
}

static enum err
consent(const struct hash32 *digest, uint32_t rows)
{
	struct sink s = fresh();

	put_span(&s, SPAN_OF(digest->b));
	put_u32le(&s, rows);
	return ask(keeper_on_consent, &s);
}

/* Consent to n signatures with key 0. */
static void
agree(uint32_t n)
{
	struct plan_row row = { .key = ref_at(0), .count = n };

	assert_int_equal(send_plan(0, 1, &row, 1), 0);
	assert_int_equal(keeper_state(&k), KEEPER_OPEN);
	assert_int_equal(consent(&digest_1, 1), 0);
	assert_int_equal(keeper_state(&k), KEEPER_CONSENT);
}

static enum err
sign(const struct hash32 *digest, const struct keyref *ref,
    enum sign_kind kind, size_t n)
{
	static const struct hash32 msg = { { 9, 9 } };
	struct sink s = fresh();
	size_t i;

	put_span(&s, SPAN_OF(digest->b));
	put_u32le(&s, (uint32_t)n);
	for (i = 0; i < n; i++) {
		struct sign_item it = { .key = *ref, .kind = kind,
		    .digest = msg, .root = msg };

		put_sign_ask(&s, &it);
	}
	return ask(keeper_on_sign, &s);
}

static void
test_unlock_tells_the_fingerprint(void **state)
{
	struct sink s = fresh();

	(void)state;
	assert_int_equal(k.nkey, 1);
	assert_int_equal(unlock(words, ""), 0);
	assert_int_equal(k.nkey, 1);		/* the same key is one key */
	assert_int_equal(unlock(words, "TREZOR"), 0);
	assert_memory_equal(reply_mem, "\xb4\xe3\xf5\xed", 4);
	assert_int_equal(k.nkey, 2);
	assert_int_equal(ask(keeper_on_fingerprints, &s), 0);
	assert_memory_equal(reply_mem, "\x02\x73\xc5\xda\x0a\x00\xb4\xe3\xf5"
	    "\xed\x00", 11);
}

static void
test_unlock_names_what_is_wrong(void **state)
{
	(void)state;
	assert_int_equal(unlock("abandon abandn abandon abandon abandon "
	    "abandon abandon abandon abandon abandon abandon about", ""),
	    ERR_WORD);
	assert_string_equal(fault.where, "word 2");
	assert_int_equal(unlock("abandon abandon abandon abandon abandon "
	    "abandon abandon abandon abandon abandon abandon abandon", ""),
	    ERR_CHECKSUM);
	assert_int_equal(unlock("abandon about", ""), ERR_RANGE);
	assert_int_equal(unlock(words, "\xff\xfe"), ERR_FORM);
	assert_string_equal(fault.where, "the passphrase");
	assert_int_equal(k.nkey, 1);
}

/* What was staged for signing is wiped, and cannot be read back. */
static void
test_attack_38_lock_leaves_nothing(void **state)
{
	struct sink s = fresh();
	const uint8_t *p = (const uint8_t *)k.key;
	size_t i;

	(void)state;
	agree(2);
	assert_int_equal(sign(&digest_1, &(struct keyref){ .fpr = fpr_a,
	    .path = ref_at(0).path }, SIGN_ECDSA, 1), 0);
	s = fresh();
	assert_int_equal(ask(keeper_on_lock, &s), 0);
	assert_int_equal(keeper_state(&k), KEEPER_LOCKED);
	for (i = 0; i < sizeof(k.key); i++)
		assert_int_equal(p[i], 0);
	p = (const uint8_t *)&k.branch;
	for (i = 0; i < sizeof(k.branch); i++)
		assert_int_equal(p[i], 0);
}

/* Does it stand anywhere in the keeper's memory? */
static bool
stands(const struct secret32 *b)
{
	return memmem(&k, sizeof(k), b->b, 8) != NULL;
}

/* With the master key in the open, and without, the parent of what signs. */
static void
test_between_requests_keys_lie_shielded(void **state)
{
	struct keyref ref = ref_at(0), up = ref;
	struct xprv master, branch, x;

	(void)state;
	memset(&k.shield, 0x5a, sizeof(k.shield));
	k.nkey = 0;
	assert_int_equal(unlock(words, ""), 0);
	up.path.n--;
	master = opened(0)->u.master;
	assert_int_equal(keeper_derive(&k, &up, &branch), 0);
	assert_int_equal(keeper_derive(&k, &ref, &x), 0);
	assert_true(stands(&master.key) && stands(&branch.key)); /* control */
	keeper_shut(&k);
	agree(2);
	assert_int_equal(sign(&digest_1, &ref, SIGN_ECDSA, 1), 0);
	assert_int_equal(keeper_state(&k), KEEPER_CONSENT);
	assert_true(k.branch.held);
	assert_false(stands(&master.key) || stands(&master.chain));
	assert_false(stands(&branch.key) || stands(&branch.chain));
	assert_false(stands(&x.key));
	assert_int_equal(sign(&digest_1, &ref, SIGN_ECDSA, 1), 0);
	k.key[0].box[SHIELD_MORE] ^= 1;
	assert_int_equal(keeper_derive(&k, &ref, &x), ERR_MISMATCH);
}

static void
test_invariant_3_signs_what_the_plan_names(void **state)
{
	struct keyref ref = ref_at(0);

	(void)state;
	agree(2);
	assert_int_equal(sign(&digest_1, &ref, SIGN_ECDSA, 1), 0);
	assert_int_equal(reply_len, 4 + SIGN_ANSWER);
	assert_int_equal(keeper_state(&k), KEEPER_CONSENT);
	assert_int_equal(sign(&digest_1, &ref, SIGN_ECDSA, 1), 0);
	assert_int_equal(keeper_state(&k), KEEPER_OPEN);	/* used up */
}

static void
test_invariant_3_nothing_more(void **state)
{
	struct keyref ref = ref_at(0);

	(void)state;
	agree(1);
	assert_int_equal(sign(&digest_1, &ref, SIGN_ECDSA, 2), ERR_REFUSED);
	assert_string_equal(fault.where, "signature 1");
	assert_int_equal(keeper_state(&k), KEEPER_OPEN);
	assert_int_equal(sign(&digest_1, &ref, SIGN_ECDSA, 1), ERR_REFUSED);
}

static void
test_invariant_3_nothing_else(void **state)
{
	struct keyref other = ref_at(1), ref = ref_at(0);
	static const struct hash32 digest_2 = { { 1, 2, 4 } };

	(void)state;
	agree(1);
	assert_int_equal(sign(&digest_1, &other, SIGN_ECDSA, 1), ERR_REFUSED);
	agree(1);
	assert_int_equal(sign(&digest_2, &ref, SIGN_ECDSA, 1), ERR_REFUSED);
	assert_int_equal(keeper_state(&k), KEEPER_OPEN);
	agree(1);
	assert_int_equal(sign(&digest_1, &ref, (enum sign_kind)SIGN_KINDS, 1),
	    ERR_RANGE);
	agree(1);	/* the same key, another kind of signature */
	assert_int_equal(sign(&digest_1, &ref, SIGN_SCHNORR, 1), ERR_REFUSED);
}

static void
test_plan_in_parts_and_in_order(void **state)
{
	struct plan_row row[3] = { { .key = ref_at(0), .count = 1 },
	    { .key = ref_at(1), .count = 1 },
	    { .key = ref_at(2), .count = 1 } };
	struct plan_row foreign = { .key = ref_at(0), .count = 1 };

	(void)state;
	assert_int_equal(send_plan(0, 3, row, 2), 0);
	assert_int_equal(consent(&digest_1, 3), ERR_STATE);
	assert_int_equal(send_plan(2, 3, row + 2, 1), 0);
	assert_int_equal(consent(&digest_1, 3), 0);
	assert_int_equal(send_plan(0, 3, row, 2), 0);
	assert_int_equal(send_plan(2, 3, row, 1), ERR_FORM);
	assert_int_equal(consent(&digest_1, 3), ERR_STATE);
	foreign.key.fpr.b[0] ^= 1;
	assert_int_equal(send_plan(0, 1, &foreign, 1), ERR_NO_KEY);
	assert_int_equal(send_plan(0, PLAN_MAX + 1, row, 1),
	    ERR_RANGE);
}

static void
test_requests_cut_short_are_refused(void **state)
{
	struct keyref ref = ref_at(0);
	struct sink s;
	size_t n, len;

	(void)state;
	agree(1);
	assert_int_equal(sign(&digest_1, &ref, SIGN_ECDSA, 1), 0);
	len = 32 + 4 + 4 + 1 + 5 * 4 + 1 + 96;
	for (n = 0; n < len; n++) {
		agree(1);
		(void)sign(&digest_1, &ref, SIGN_ECDSA, 1);
		agree(1);
		s = fresh();
		put_span(&s, SPAN_OF(digest_1.b));
		put_u32le(&s, 1);
		put_sign_ask(&s, &(struct sign_item){ .key = ref });
		s.total = n;
		assert_int_not_equal(ask(keeper_on_sign, &s), 0);
		assert_int_equal(keeper_state(&k), KEEPER_OPEN);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(fn) cmocka_unit_test_setup(fn, setup)
		T(test_unlock_tells_the_fingerprint),
		T(test_unlock_names_what_is_wrong),
		T(test_attack_38_lock_leaves_nothing),
		T(test_between_requests_keys_lie_shielded),
		T(test_invariant_3_signs_what_the_plan_names),
		T(test_invariant_3_nothing_more),
		T(test_invariant_3_nothing_else),
		T(test_plan_in_parts_and_in_order),
		T(test_requests_cut_short_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
