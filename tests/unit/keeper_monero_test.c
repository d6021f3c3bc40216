/* The keeper's answers for a Monero wallet: what a consent lets out, each part
 * checked from outside, and what never leaves. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <cmocka.h>

#include "tests/unit/keeper_ask.h"

#include "core/proc/random.h"

static const char words[] = "heels sword dullness otter duties archer poker "
    "icing drunk putty tonic geyser binocular pledge vague enlist fazed dual "
    "fictional virtual pigment cousin money movement duties";
static const struct hash32 digest_1 = { { 1, 2, 3 } };

/* In the place of the C library's: a source that repeats itself. */
static bool stuck;

ssize_t
getrandom(void *p, size_t n, unsigned flags)
{
	if (!stuck)
		return syscall(SYS_getrandom, p, n, flags);
	memset(p, 7, n);
	return (ssize_t)n;
}

static int
setup(void **state)
{
	struct sink s = fresh();

	(void)state;
	k = (struct keeper){ 0 };
	k.arena = (struct arena){ arena_mem, sizeof(arena_mem), 0 };
	put_block(&s, span_text(words));
	put_block(&s, span_text(""));
	return secp_init(NULL) == 0 && ask(keeper_on_unlock, &s) == 0 ? 0 :
	    -1;
}

static const struct monero_keys *
wallet(void)
{
	return &opened(0)->u.monero;
}

/* A coin that was paid to (account, index): any Hs will do. */
static struct sign_item
coin(enum sign_kind kind, uint32_t account, uint32_t index, uint8_t nr)
{
	struct sign_item it = { .kind = kind, .key = { .fpr = k.key[0].fpr,
	    .path = { .n = 2, .e = { account, index } } } };
	struct scalar x, b, m;
	struct point p;

	hash_to_scalar(span_of(&nr, 1), &x);
	memcpy(it.digest.b, x.b, sizeof(x.b));
	memcpy(b.b, wallet()->spend.b, sizeof(b.b));
	monero_sub_secret(&wallet()->viewer, account, index, &m);
	sc_add(&x, &b, &x);
	sc_add(&x, &m, &x);
	assert_int_equal(ed_base(&x, &p), 0);
	memcpy(it.root.b, p.b, sizeof(p.b));
	return it;
}

static enum err
agree(const struct sign_item *it, size_t n, uint32_t count)
{
	struct plan_row row[8] = { 0 };
	struct plan p = { .row = row, .n = n };
	struct sink s = fresh();
	enum err e;
	size_t i;

	for (i = 0; i < n; i++)
		row[i] = (struct plan_row){ .key = it[i].key,
		    .kind = it[i].kind, .count = count, .coin = it[i].root };
	put_u32le(&s, 0);
	put_u32le(&s, (uint32_t)n);
	put_plan(&s, &p);
	if ((e = ask(keeper_on_plan, &s)) != 0)
		return e;
	s = fresh();
	put_span(&s, SPAN_OF(digest_1.b));
	put_u32le(&s, (uint32_t)n);
	return ask(keeper_on_consent, &s);
}

static enum err
sign(struct sign_item *it, size_t n)
{
	struct sink s = fresh();
	struct reader r;
	enum err e;
	size_t i;

	put_span(&s, SPAN_OF(digest_1.b));
	put_u32le(&s, (uint32_t)n);
	for (i = 0; i < n; i++)
		put_sign_ask(&s, &it[i]);
	if ((e = ask(keeper_on_sign, &s)) != 0)
		return e;
	r = reader_of(span_of(reply_mem, reply_len));
	assert_int_equal(read_u32le(&r), n);
	for (i = 0; i < n; i++)
		read_sign_answer(&r, &it[i]);
	assert_int_equal(reader_done(&r), 0);
	return 0;
}

static struct point
point(const uint8_t b[32])
{
	struct point p;

	memcpy(p.b, b, sizeof(p.b));
	assert_int_equal(ed_decodes(&p), 0);
	return p;
}

static struct scalar
scalar(const uint8_t b[32])
{
	struct scalar s;

	memcpy(s.b, b, sizeof(s.b));
	assert_int_equal(sc_reduced(&s), 0);
	return s;
}

/* a A + b B */
static struct point
sum(const struct scalar *a, const struct point *pa, const struct scalar *b,
    const struct point *pb)
{
	struct point l, r;

	assert_int_equal(ed_mul(a, pa, &l), 0);
	assert_int_equal(ed_mul(b, pb, &r), 0);
	assert_int_equal(ed_add(&l, &r, &l), 0);
	return l;
}

static void
test_unlocks_a_wallet(void **state)
{
	static const uint8_t public[] = { 0xc1, 0xf7, 0x9c, 0x3b, 0x4e, 0xbe,
	    0xf9, 0xd2 };
	struct sink s = fresh();

	(void)state;
	assert_int_equal(k.nkey, 1);
	assert_int_equal(k.key[0].kind, KEY_MONERO);
	assert_memory_equal(wallet()->viewer.spend_pub.b, public,
	    sizeof(public));
	assert_int_equal(ask(keeper_on_fingerprints, &s), 0);
	assert_int_equal(reply_len, 1 + 5);
	assert_int_equal(reply_mem[5], KEY_MONERO);
}

/* All that review needs, and not the spend key. */
static void
test_viewers_hold_no_spend_key(void **state)
{
	struct sink s = fresh();
	size_t i;

	(void)state;
	assert_int_equal(ask(keeper_on_viewers, &s), 0);
	assert_int_equal(reply_len, 1 + 4 + 3 * 32 + 8);
	assert_memory_equal(reply_mem + 5, wallet()->viewer.view.b, 32);
	for (i = 0; i + 32 <= reply_len; i++)
		assert_memory_not_equal(reply_mem + i, wallet()->spend.b, 32);
}

static void
test_no_extended_key_comes_of_it(void **state)
{
	struct keyref ref = { .fpr = k.key[0].fpr, .path = { .n = 1,
	    .e = { 84 | HARDENED } } };
	struct sink s = fresh();

	(void)state;
	put_u32le(&s, 1);
	put_keyref(&s, &ref);
	assert_int_equal(ask(keeper_on_pubkeys, &s), ERR_NO_KEY);
}

static void
test_key_image_and_its_proof(void **state)
{
	struct sign_item it = coin(SIGN_KEY_IMAGE, 3, 7, 1);
	struct point p, image, hp, left, right;
	struct scalar c, r, again;
	uint8_t said[96];

	(void)state;
	assert_int_equal(agree(&it, 1, 1), 0);
	assert_int_equal(sign(&it, 1), 0);
	assert_int_equal(keeper_state(&k), KEEPER_OPEN);
	p = point(it.root.b);
	image = point(it.image.b);
	c = scalar(it.sig.b);
	r = scalar(it.sig.b + 32);
	assert_int_equal(hash_to_point(&p, &hp), 0);
	left = sum(&r, &ed_g, &c, &p);
	right = sum(&r, &hp, &c, &image);
	memcpy(said, image.b, 32);
	memcpy(said + 32, left.b, 32);
	memcpy(said + 64, right.b, 32);
	hash_to_scalar(SPAN_OF(said), &again);
	assert_memory_equal(again.b, c.b, 32);
}

/* s G + e P + t G is alpha G, and the same on Hp(P). */
static void
test_nonce_and_response(void **state)
{
	struct sign_item it = coin(SIGN_CLSAG_NONCE, 0, 0, 1), resp = it;
	struct point p, image, hp, l;
	struct scalar e, t, s;

	(void)state;
	hash_to_scalar(span_text("e"), &e);
	hash_to_scalar(span_text("t"), &t);
	assert_int_equal(agree(&it, 1, 1), 0);
	assert_int_equal(sign(&it, 1), 0);
	assert_int_equal(keeper_state(&k), KEEPER_CONSENT);
	resp.kind = SIGN_CLSAG_RESPONSE;
	memcpy(resp.digest.b, e.b, 32);
	memcpy(resp.aux.b, t.b, 32);
	assert_int_equal(sign(&resp, 1), 0);
	assert_int_equal(keeper_state(&k), KEEPER_OPEN);
	p = point(it.root.b);
	image = point(it.image.b);
	s = scalar(resp.sig.b);
	sc_add(&s, &t, &s);
	assert_int_equal(hash_to_point(&p, &hp), 0);
	l = sum(&s, &ed_g, &e, &p);
	assert_memory_equal(l.b, it.sig.b, 32);
	l = sum(&s, &hp, &e, &image);
	assert_memory_equal(l.b, it.sig.b + 32, 32);
}

/* A second answer to one nonce would give the key away. */
static void
test_invariant_3_one_answer_a_nonce(void **state)
{
	struct sign_item it[2] = { coin(SIGN_CLSAG_NONCE, 0, 0, 1),
	    coin(SIGN_CLSAG_NONCE, 0, 1, 2) };
	struct sign_item resp = it[0];

	(void)state;
	resp.kind = SIGN_CLSAG_RESPONSE;
	assert_int_equal(agree(it, 2, 1), 0);
	assert_int_equal(sign(it, 2), 0);
	assert_int_equal(k.nnonce, 2);
	assert_int_equal(sign(&resp, 1), 0);
	assert_int_equal(k.nnonce, 1);
	assert_int_equal(sign(&resp, 1), ERR_REFUSED);
	assert_int_equal(keeper_state(&k), KEEPER_OPEN);
	assert_int_equal(k.nnonce, 0);
}

static void
test_invariant_3_one_nonce_a_coin(void **state)
{
	struct sign_item it[2] = { coin(SIGN_CLSAG_NONCE, 0, 0, 1) };

	(void)state;
	it[1] = it[0];
	assert_int_equal(agree(it, 1, 1), 0);
	assert_int_equal(sign(it, 2), ERR_REFUSED);
	assert_int_equal(agree(it, 1, 2), ERR_REFUSED);	/* no such plan */
	assert_int_equal(agree(it, 1, 1), 0);
	assert_int_equal(sign(it, 1), 0);
	assert_int_equal(sign(it, 1), ERR_REFUSED);
	assert_int_equal(k.nnonce, 0);
}

/* A consent names the coin, not its address alone. */
static void
test_invariant_3_another_coin_of_the_address(void **state)
{
	struct sign_item it = coin(SIGN_CLSAG_NONCE, 0, 0, 1);
	struct sign_item other = coin(SIGN_CLSAG_NONCE, 0, 0, 2);

	(void)state;
	assert_int_equal(agree(&it, 1, 1), 0);
	assert_int_equal(sign(&other, 1), ERR_REFUSED);
	assert_int_equal(agree(&it, 1, 1), 0);
	other = it;
	other.kind = SIGN_KEY_IMAGE;
	assert_int_equal(sign(&other, 1), ERR_REFUSED);
}

static void
test_secret_and_coin_must_agree(void **state)
{
	struct sign_item it = coin(SIGN_CLSAG_NONCE, 0, 0, 1), bad = it;

	(void)state;
	bad.digest.b[0] ^= 1;
	assert_int_equal(agree(&it, 1, 1), 0);
	assert_int_equal(sign(&bad, 1), ERR_MISMATCH);
	bad = it;
	memset(bad.digest.b, 0xff, sizeof(bad.digest.b));
	assert_int_equal(agree(&it, 1, 1), 0);
	assert_int_equal(sign(&bad, 1), ERR_KEY);
	bad = it;
	bad.key.path.n = 3;
	assert_int_equal(agree(&bad, 1, 1), 0);
	assert_int_equal(sign(&bad, 1), ERR_NO_KEY);
	assert_int_equal(k.nnonce, 0);
}

/* Images of coins that a transaction will make: so many, and images alone. */
static void
test_images_without_a_name(void **state)
{
	struct sign_item open = coin(SIGN_KEY_IMAGE, 0, 0, 1), it = open;
	struct sign_item other = coin(SIGN_KEY_IMAGE, 0, 0, 2);

	(void)state;
	memset(open.root.b, 0, sizeof(open.root.b));
	assert_int_equal(agree(&open, 1, 2), 0);
	assert_int_equal(sign(&it, 1), 0);
	assert_int_equal(sign(&other, 1), 0);
	assert_int_equal(sign(&it, 1), ERR_REFUSED);
	open.kind = SIGN_CLSAG_NONCE;
	assert_int_equal(agree(&open, 1, 2), ERR_REFUSED);
}

static void
test_kinds_of_another_chain(void **state)
{
	struct sign_item it = coin(SIGN_SCHNORR, 0, 0, 1);

	(void)state;
	memset(it.root.b, 0, sizeof(it.root.b));
	assert_int_equal(agree(&it, 1, 1), ERR_REFUSED);
	it.kind = SIGN_CLSAG_RESPONSE;
	assert_int_equal(agree(&it, 1, 1), ERR_REFUSED);
}

/* Two answers to one nonce give the key away, whatever made it come twice:
 * attack 26. */
static void
test_attack_26_a_stuck_source_repeats_no_nonce(void **state)
{
	struct sign_item first = coin(SIGN_CLSAG_NONCE, 0, 0, 1);
	struct sign_item again = first;
	uint8_t a[8] = { 0 }, b[8] = { 0 };

	(void)state;
	stuck = true;
	random_bytes(a, sizeof(a));
	random_bytes(b, sizeof(b));
	assert_int_equal(agree(&first, 1, 1), 0);
	assert_int_equal(sign(&first, 1), 0);
	assert_int_equal(agree(&again, 1, 1), 0);
	assert_int_equal(sign(&again, 1), 0);
	stuck = false;
	assert_memory_equal(a, b, sizeof(a));	/* the control */
	assert_memory_equal(first.image.b, again.image.b, 32);
	assert_memory_not_equal(first.sig.b, again.sig.b, 32);
}

/* Nothing that was staged stays: attack 38. */
static void
test_attack_38_consent_ends_without_a_trace(void **state)
{
	struct sign_item it = coin(SIGN_CLSAG_NONCE, 0, 0, 1);
	const uint8_t *p = (const uint8_t *)k.nonce;
	struct sink s = fresh();
	size_t i;

	(void)state;
	assert_int_equal(agree(&it, 1, 1), 0);
	assert_int_equal(sign(&it, 1), 0);
	s = fresh();
	assert_int_equal(ask(keeper_on_end_consent, &s), 0);
	for (i = 0; i < sizeof(k.nonce); i++)
		assert_int_equal(p[i], 0);
	assert_int_equal(ask(keeper_on_lock, &s), 0);
	p = (const uint8_t *)k.key;
	for (i = 0; i < sizeof(k.key); i++)
		assert_int_equal(p[i], 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(fn) cmocka_unit_test_setup(fn, setup)
		T(test_unlocks_a_wallet),
		T(test_viewers_hold_no_spend_key),
		T(test_no_extended_key_comes_of_it),
		T(test_key_image_and_its_proof),
		T(test_nonce_and_response),
		T(test_invariant_3_one_answer_a_nonce),
		T(test_invariant_3_one_nonce_a_coin),
		T(test_invariant_3_another_coin_of_the_address),
		T(test_secret_and_coin_must_agree),
		T(test_images_without_a_name),
		T(test_kinds_of_another_chain),
		T(test_attack_26_a_stuck_source_repeats_no_nonce),
		T(test_attack_38_consent_ends_without_a_trace),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
