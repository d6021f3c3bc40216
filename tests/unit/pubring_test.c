#include "core/keys/pubring.h"
#include "tests/vectors.h"

static struct xprv root;
static uint8_t memory[1 << 21];

static int
setup(void **state)
{
	static const uint8_t seed[16] = { 1, 2, 3 };

	(void)state;
	if (secp_init(NULL) != 0)
		return -1;
	return xprv_of_seed(SPAN_OF(seed), &root) == 0 ? 0 : -1;
}

static struct keyref
ref(const char *at)
{
	struct keyref k = { .fpr = { { 1, 2, 3, 4 } } };

	assert_int_equal(path_of_text(span_text(at), &k.path), 0);
	return k;
}

static struct xpub
true_xpub(const struct keyref *k)
{
	struct xprv x;
	struct xpub p;

	assert_int_equal(xprv_derive(&root, &k->path, &x), 0);
	assert_int_equal(xprv_neuter(&x, &p), 0);
	return p;
}

static enum err
add(struct pubring *r, const char *at)
{
	struct keyref k = ref(at);
	struct xpub p = true_xpub(&k);

	return pubring_add(r, &k, &p);
}

static void
key_is_true(struct pubring *r, const struct keyref *k)
{
	struct xpub want = true_xpub(k), got;
	struct pubkey key;

	assert_int_equal(pubring_key(r, k, &key), 0);
	assert_memory_equal(key.b, want.key.b, 33);
	assert_int_equal(pubring_xpub(r, k, &got), 0);
	assert_memory_equal(got.chain.b, want.chain.b, 32);
	assert_int_equal(got.depth, k->path.n);
}

static void
test_wants_are_hardened_prefixes_once_each(void **state)
{
	static struct wants w;
	struct keyref k = ref("m/84'/0'/0'/0/3"), l = ref("m/84'/0'/0'/1/9");
	struct keyref odd = ref("m/1/2'/3"), top = ref("m/5/6");
	char out[PATH_TEXT_MAX];

	(void)state;
	assert_int_equal(wants_add(&w, &k), 0);
	assert_int_equal(wants_add(&w, &l), 0);
	assert_int_equal(wants_add(&w, &odd), 0);
	assert_int_equal(wants_add(&w, &top), 0);
	assert_int_equal(w.n, 3);
	path_text(&w.ref[0].path, out);
	assert_string_equal(out, "m/84'/0'/0'");
	path_text(&w.ref[1].path, out);
	assert_string_equal(out, "m/1/2'");
	assert_int_equal(w.ref[2].path.n, 0);
	k.fpr.b[0] ^= 1;
	assert_int_equal(wants_add(&w, &k), 0);
	assert_int_equal(w.n, 4);
}

static void
test_wants_end_at_their_limit(void **state)
{
	static struct wants w;
	struct keyref k = ref("m/84'/0'/0'");
	uint32_t i;

	(void)state;
	for (i = 0; i < WANTS_MAX; i++) {
		k.path.e[2] = HARDENED | i;
		assert_int_equal(wants_add(&w, &k), 0);
	}
	assert_int_equal(wants_add(&w, &k), 0);
	k.path.e[2] = HARDENED | i;
	assert_int_equal(wants_add(&w, &k), ERR_RANGE);
	assert_int_equal(w.n, WANTS_MAX);
}

static void
test_ring_knows_the_keys_at_hand(void **state)
{
	struct arena a = { memory, sizeof(memory), 0 };
	struct pubring r = pubring_in(&a);
	struct fpr f = { { 1, 2, 3, 4 } }, g = { { 1, 2, 3, 5 } };

	(void)state;
	assert_false(pubring_ours(&r, &f));
	r.fpr[r.nfpr++] = g;
	r.fpr[r.nfpr++] = f;
	assert_true(pubring_ours(&r, &f));
	assert_true(pubring_ours(&r, &g));
}

static void
test_ring_derives_what_the_secret_would(void **state)
{
	static const char *const at[] = { "m/84'/0'/0'", "m/84'/0'/0'/0",
	    "m/84'/0'/0'/0/3", "m/84'/0'/0'/0/4", "m/84'/0'/0'/1/4",
	    "m/84'/0'/0'/1/2/3/4/5/6", "m/86'/0'/1'/0/0",
	    "m/86'/0'/1'/0/2147483647" };
	struct arena a = { memory, sizeof(memory), 0 };
	struct pubring r = pubring_in(&a);
	size_t i, k;

	(void)state;
	assert_int_equal(add(&r, "m/86'/0'/1'"), 0);
	assert_int_equal(add(&r, "m/84'/0'/0'"), 0);
	for (k = 0; k < 2; k++)	/* again, from what is remembered */
		for (i = 0; i < sizeof(at) / sizeof(at[0]); i++) {
			struct keyref want = ref(at[i]);

			key_is_true(&r, &want);
		}
	assert_int_equal(r.nbranch, 4);
	arena_clear(&a);
}

static void
test_ring_covers_nothing_else(void **state)
{
	static const char *const at[] = { "m", "m/84'", "m/84'/0'/1'/0/0",
	    "m/84'/0'/0'/0'", "m/84'/0'/0'/0/1'", "m/84/0'/0'/0",
	    "m/0/0" };
	struct arena a = { memory, sizeof(memory), 0 };
	struct pubring r = pubring_in(&a);
	struct keyref k;
	struct pubkey key;
	size_t i;

	(void)state;
	k = ref("m/84'/0'/0'/0/1");
	assert_int_equal(pubring_key(&r, &k, &key), ERR_NO_KEY);
	assert_int_equal(add(&r, "m/84'/0'/0'"), 0);
	for (i = 0; i < sizeof(at) / sizeof(at[0]); i++) {
		k = ref(at[i]);
		assert_int_equal(pubring_key(&r, &k, &key), ERR_NO_KEY);
	}
	k = ref("m/84'/0'/0'/0/1");
	key_is_true(&r, &k);
	k.fpr.b[3] ^= 1;
	assert_int_equal(pubring_key(&r, &k, &key), ERR_NO_KEY);
	k = ref("m/84'/0'/0'/0/1");
	k.path.n = PATH_DEPTH + 1;
	assert_int_equal(pubring_key(&r, &k, &key), ERR_NO_KEY);
	arena_clear(&a);
}

/* The nearest row answers, and the root may be a row. */
static void
test_ring_takes_the_nearest_row(void **state)
{
	struct arena a = { memory, sizeof(memory), 0 };
	struct pubring r = pubring_in(&a);
	struct keyref top = ref("m"), near = ref("m/1/2"), k = ref("m/1/2/3");
	struct keyref side = ref("m/7");
	struct xpub other = true_xpub(&side), want, got;

	(void)state;
	assert_int_equal(add(&r, "m"), 0);
	key_is_true(&r, &top);
	key_is_true(&r, &side);
	key_is_true(&r, &k);
	/* A row with a false key shows which row is taken. */
	assert_int_equal(pubring_add(&r, &near, &other), 0);
	assert_int_equal(xpub_child(&other, 3, &want), 0);
	assert_int_equal(pubring_xpub(&r, &k, &got), 0);
	assert_memory_equal(got.key.b, want.key.b, 33);
	arena_clear(&a);
}

static void
test_ring_same_row_twice(void **state)
{
	struct arena a = { memory, sizeof(memory), 0 };
	struct pubring r = pubring_in(&a);
	struct keyref k = ref("m/84'"), other = ref("m/85'");
	struct xpub p = true_xpub(&other);

	(void)state;
	assert_int_equal(add(&r, "m/84'"), 0);
	assert_int_equal(add(&r, "m/84'"), 0);
	assert_int_equal(r.nrow, 1);
	assert_int_equal(pubring_add(&r, &k, &p), ERR_KEY);
	key_is_true(&r, &k);
	arena_clear(&a);
}

/* Rows in any order, past every growth, all found again. */
static void
test_ring_grows(void **state)
{
	struct arena a = { memory, sizeof(memory), 0 };
	struct pubring r = pubring_in(&a);
	struct keyref k = ref("m/84'/0'/0'"), hit = ref("m/84'/0'/0'/5");
	struct xpub p = true_xpub(&k), want, got;
	uint32_t i, odd;

	(void)state;
	assert_int_equal(xpub_child(&p, 5, &want), 0);
	for (i = 0; i < WANTS_MAX; i++) {
		odd = i * 167 % WANTS_MAX;
		k.path.e[1] = HARDENED | odd;
		assert_int_equal(pubring_add(&r, &k, &p), 0);
	}
	assert_int_equal(r.nrow, WANTS_MAX);
	for (i = 0; i < WANTS_MAX; i++) {
		hit.path.e[1] = HARDENED | i;
		assert_int_equal(pubring_xpub(&r, &hit, &got), 0);
		assert_memory_equal(got.key.b, want.key.b, 33);
	}
	for (i = 1; i < r.nrow; i++)
		assert_true(keyref_cmp(&r.row[i - 1].ref, &r.row[i].ref) < 0);
	arena_clear(&a);
}

/* Without room to remember, keys are derived all the same; without room for
 * a row, that is said. */
static void
test_ring_in_arenas_of_all_sizes(void **state)
{
	struct keyref k = ref("m/84'/0'/0'/0/3");
	size_t n, said = 0, worked = 0;

	(void)state;
	for (n = 0; n < 200000; n += 977) {
		struct arena a = { memory, n, 0 };
		struct pubring r = pubring_in(&a);
		struct pubkey key;
		enum err e = add(&r, "m/84'/0'/0'");

		if (e != 0) {
			assert_int_equal(e, ERR_SPACE);
			assert_int_equal(pubring_key(&r, &k, &key),
			    ERR_NO_KEY);
			said++;
			continue;
		}
		key_is_true(&r, &k);
		worked += r.branch == NULL ? 1 : 1000;
		arena_clear(&a);
	}
	assert_true(said > 0 && worked % 1000 > 0 && worked > 1000);
}

/* More branches than are remembered: none is mistaken for another. */
static void
test_ring_many_branches(void **state)
{
	struct arena a = { memory, sizeof(memory), 0 };
	struct pubring r = pubring_in(&a);
	struct keyref k = ref("m/84'/0'/0'/0/3");
	struct xpub row, branch, want;
	struct pubkey got;
	uint32_t i;

	(void)state;
	assert_int_equal(add(&r, "m/84'/0'/0'"), 0);
	row = r.row[0].xpub;
	for (i = 0; i < 3000; i++) {
		k.path.e[3] = i;
		assert_int_equal(xpub_child(&row, i, &branch), 0);
		assert_int_equal(xpub_child(&branch, 3, &want), 0);
		assert_int_equal(pubring_key(&r, &k, &got), 0);
		assert_memory_equal(got.b, want.key.b, 33);
	}
	assert_true(r.nbranch <= r.cap_branch);
	arena_clear(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wants_are_hardened_prefixes_once_each),
		cmocka_unit_test(test_wants_end_at_their_limit),
		cmocka_unit_test(test_ring_knows_the_keys_at_hand),
		cmocka_unit_test(test_ring_derives_what_the_secret_would),
		cmocka_unit_test(test_ring_covers_nothing_else),
		cmocka_unit_test(test_ring_takes_the_nearest_row),
		cmocka_unit_test(test_ring_same_row_twice),
		cmocka_unit_test(test_ring_grows),
		cmocka_unit_test(test_ring_in_arenas_of_all_sizes),
		cmocka_unit_test(test_ring_many_branches),
	};

	return cmocka_run_group_tests_name("pubring", tests, setup, NULL);
}
