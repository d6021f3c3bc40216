#include <sodium.h>

#include "core/crypto/ge25519.h"
#include "core/crypto/keccak.h"
#include "tests/vectors.h"

static struct point
point(const char *hex)
{
	struct point p;

	unhex(hex, p.b, sizeof(p.b));
	return p;
}

static struct scalar
scalar(const char *hex)
{
	struct scalar s;

	unhex(hex, s.b, sizeof(s.b));
	return s;
}

static void
same(const struct point *a, const struct point *b)
{
	assert_memory_equal(a->b, b->b, sizeof(a->b));
	assert_true(point_eq(a, b));
}

/* y = p, p + 1 (which is 1), -0, not on the curve, 2^255 - 1. */
static void
test_ed_refuses_what_monero_refuses(void **state)
{
	static const char *const bad[] = {
		"edffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		    "ffffff7f",
		"eeffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		    "ffffff7f",
		"01000000000000000000000000000000000000000000000000000000"
		    "00000080",
		"ecffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		    "ffffffff",
		"02000000000000000000000000000000000000000000000000000000"
		    "00000000",
		"ffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		    "ffffff7f" };
	struct ed_term t[2] = { { sc_one, ed_g } };
	struct point p, out = ed_identity;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		p = t[1].p = point(bad[i]);
		assert_int_equal(ed_decodes(&p), ERR_KEY);
		assert_int_equal(ed_mul(&sc_one, &p, &out), ERR_KEY);
		assert_int_equal(ed_mul8(&p, &out), ERR_KEY);
		assert_int_equal(ed_add(&ed_g, &p, &out), ERR_KEY);
		assert_int_equal(ed_sub(&p, &ed_g, &out), ERR_KEY);
		assert_int_equal(ed_sum(t, 2, &out), ERR_KEY);
		assert_int_equal(ed_sum_public(t, 2, &out), ERR_KEY);
		same(&out, &ed_identity);
	}
}

/* The eight points whose order divides 8: Monero lets them pass. */
static void
test_ed_takes_torsion(void **state)
{
	const struct point t = point("26e8958fc2b227b045c3f489f2ef98f0d5dfac05"
	    "d3c63339b13802886d53fc05");
	struct scalar eight;
	struct point sum = ed_identity, p, q;
	size_t i;

	(void)state;
	sc_of_u64(8, &eight);
	for (i = 0; i < 8; i++) {
		assert_int_equal(ed_decodes(&sum), 0);
		assert_int_equal(ed_mul8(&sum, &p), 0);
		same(&p, &ed_identity);
		assert_int_equal(ed_mul(&eight, &sum, &p), 0);
		same(&p, &ed_identity);
		assert_int_equal(ed_add(&sum, &t, &sum), 0);
		assert_int_equal(ed_sub(&sum, &t, &q), 0);
		assert_true(point_eq(&q, &ed_identity) == (i == 0));
	}
	same(&sum, &ed_identity);
	for (i = 0; i < 8; i++) {
		assert_int_equal(ed_is_key(&sum), ERR_KEY);
		assert_int_equal(ed_add(&sum, &ed_h, &q), 0);
		assert_int_equal(ed_is_key(&q), i == 0 ? ERR_NONE : ERR_KEY);
		assert_int_equal(ed_add(&sum, &t, &sum), 0);
	}
	/* A key with torsion: a multiple of it keeps its torsion. */
	assert_int_equal(ed_add(&ed_g, &t, &q), 0);
	assert_int_equal(ed_mul(&sc_one, &q, &p), 0);
	same(&p, &q);
}

static void
test_ed_zero_gives_the_identity(void **state)
{
	struct ed_term t[3] = { { sc_zero, ed_g }, { sc_one, ed_h },
	    { sc_zero, ed_h } };
	struct point p;

	(void)state;
	assert_int_equal(ed_base(&sc_zero, &p), 0);
	same(&p, &ed_identity);
	assert_int_equal(ed_mul(&sc_zero, &ed_h, &p), 0);
	same(&p, &ed_identity);
	assert_int_equal(ed_commit(&sc_zero, &sc_zero, &p), 0);
	same(&p, &ed_identity);
	assert_int_equal(ed_sum(t, 0, &p), 0);
	same(&p, &ed_identity);
	assert_int_equal(ed_sum_public(t, 3, &p), 0);
	same(&p, &ed_h);
	sc_neg(&sc_one, &t[0].k);
	t[0].p = ed_h;
	assert_int_equal(ed_sum_public(t, 3, &p), 0);
	same(&p, &ed_identity);
	assert_int_equal(ed_sum(t, 3, &p), 0);
	same(&p, &ed_identity);
}

/* What H is: eight times the point that the hash of G happens to encode. */
static void
test_ed_generators(void **state)
{
	struct hash32 h;
	struct point p, g8;
	struct scalar eight;

	(void)state;
	keccak256(SPAN_OF(ed_g.b), &h);
	memcpy(p.b, h.b, sizeof(p.b));
	assert_int_equal(ed_mul8(&p, &p), 0);
	same(&p, &ed_h);
	assert_int_equal(ed_base(&sc_one, &p), 0);
	same(&p, &ed_g);
	sc_of_u64(8, &eight);
	assert_int_equal(ed_base(&eight, &g8), 0);
	assert_int_equal(ed_mul(&sc_eighth, &g8, &p), 0);
	same(&p, &ed_g);
	assert_int_equal(ed_commit(&sc_eighth, &eight, &p), 0);
}

static void
test_sc_edges(void **state)
{
	struct scalar top, s, t;
	uint8_t wide[64];

	(void)state;
	sc_neg(&sc_one, &top);				/* l - 1 */
	assert_int_equal(sc_reduced(&top), 0);
	s = top;
	s.b[0]++;					/* l */
	assert_int_equal(sc_reduced(&s), ERR_KEY);
	sc_reduce(s.b, &t);
	assert_true(sc_is_zero(&t));
	s.b[0]++;
	sc_reduce(s.b, &t);
	assert_memory_equal(t.b, sc_one.b, 32);
	memset(s.b, 0xff, sizeof(s.b));
	assert_int_equal(sc_reduced(&s), ERR_KEY);
	sc_reduce(s.b, &t);
	memset(wide, 0, sizeof(wide));
	memcpy(wide, s.b, 32);
	sc_reduce_wide(wide, &s);
	assert_memory_equal(s.b, t.b, 32);
	sc_add(&top, &sc_one, &s);
	assert_true(sc_is_zero(&s));
	sc_sub(&sc_zero, &sc_one, &s);
	assert_memory_equal(s.b, top.b, 32);
	sc_neg(&sc_zero, &s);
	assert_true(sc_is_zero(&s));
	sc_mul(&top, &top, &s);
	assert_memory_equal(s.b, sc_one.b, 32);
	sc_muladd(&top, &top, &top, &s);
	assert_true(sc_is_zero(&s));
	sc_invert(&sc_zero, &s);
	assert_true(sc_is_zero(&s));
	sc_of_u64(8, &s);
	sc_invert(&s, &s);
	assert_memory_equal(s.b, sc_eighth.b, 32);
	assert_int_equal(sc_reduced(&sc_zero), 0);
}

static void
test_hash_to_point_known_answers(void **state)
{
	struct point in = point("da66e9ba613919dec28ef367a125bb310d6d83fb9052"
	    "e71034164b6dc4f392d0"), p;
	const struct point want = point("52b3f38753b4e13b74624862e253072cf12f"
	    "745d43fcfafbe8c217701a6e5875");
	struct scalar s;

	(void)state;
	assert_int_equal(hash_to_point(&in, &p), 0);
	same(&p, &want);
	hash_to_scalar(span_of(NULL, 0), &s);
	unhex("4a078e76cd41a3d3b534b83dc6f2ea2de500b653ca82273b7bfad8045d85a4"
	    "00", in.b, 32);
	assert_memory_equal(s.b, in.b, 32);
}

static void
test_hash_to_scalar_vectors(void **state)
{
	json_t *all = vectors_json("monero/hash_to_scalar.json"), *one;
	size_t i;

	(void)state;
	json_array_foreach(all, i, one) {
		const char *in = vectors_string(one, "in");
		const struct scalar want = scalar(vectors_string(one, "out"));
		uint8_t b[1024];
		struct scalar s;

		unhex(in, b, strlen(in) / 2);
		hash_to_scalar(span_of(b, strlen(in) / 2), &s);
		assert_memory_equal(s.b, want.b, 32);
	}
	assert_true(i > 3);
	json_decref(all);
}

static void
map_is(const char *hash, const char *map, const char *times8)
{
	const struct point want = point(map), want8 = point(times8);
	struct hash32 h;
	struct point p;
	struct ge g;

	unhex(hash, h.b, sizeof(h.b));
	assert_int_equal(ge_of_hash(&h, &g), 0);
	ge_point(&g, &p);
	same(&p, &want);
	assert_int_equal(ed_mul8(&p, &p), 0);
	same(&p, &want8);
}

static void
test_hash_to_point_vectors(void **state)
{
	json_t *all = vectors_json("monero/hash_to_point.json"), *list, *one;
	size_t i;

	(void)state;
	list = json_object_get(all, "hash_to_point");
	json_array_foreach(list, i, one) {
		const struct point in = point(vectors_string(one, "in")),
		    want = point(vectors_string(one, "out"));
		struct point p;

		map_is(vectors_string(one, "keccak"),
		    vectors_string(one, "map"), vectors_string(one, "out"));
		assert_int_equal(hash_to_point(&in, &p), 0);
		same(&p, &want);
	}
	assert_true(i > 20);
	list = json_object_get(all, "map_only_edge_inputs");
	json_array_foreach(list, i, one)
		map_is(vectors_string(one, "in"), vectors_string(one, "map"),
		    vectors_string(one, "map_times_8"));
	assert_true(i > 5);
	json_decref(all);
}

/* d = 8aR = 8rA; s = Hs(d || i); the key, its secret, its image. */
static void
derivation(const json_t *v)
{
	const struct scalar a = scalar(vectors_string(v, "a")),
	    b = scalar(vectors_string(v, "b"));
	const struct point r = point(vectors_string(v, "R")),
	    want_d = point(vectors_string(v, "derivation")),
	    want_p = point(vectors_string(v, "one_time_public")),
	    want_i = point(vectors_string(v, "key_image"));
	const unsigned index = (unsigned)json_integer_value(
	    json_object_get(v, "index"));
	uint8_t text[34];
	struct point p;
	struct scalar s;

	assert_int_equal(ed_mul8(&r, &p), 0);
	assert_int_equal(ed_mul(&a, &p, &p), 0);
	same(&p, &want_d);
	memcpy(text, p.b, 32);
	text[32] = (uint8_t)(index & 0x7f);
	text[33] = (uint8_t)(index >> 7);
	if (index > 0x7f)
		text[32] |= 0x80;			/* a varint */
	hash_to_scalar(span_of(text, index > 0x7f ? 34 : 33), &s);
	sc_add(&s, &b, &s);
	assert_int_equal(ed_base(&s, &p), 0);
	same(&p, &want_p);
	assert_int_equal(hash_to_point(&p, &p), 0);
	assert_int_equal(ed_mul(&s, &p, &p), 0);
	same(&p, &want_i);
}

static void
test_ed_derivation_vectors(void **state)
{
	json_t *all = vectors_json("monero/derivations.json"), *one;
	size_t i;

	(void)state;
	json_array_foreach(all, i, one)
		derivation(one);
	assert_true(i > 5);
	json_decref(all);
}

static void
upstream_line(const char *what, const char *a, const char *b, const char *c,
    const char *d)
{
	if (strcmp(what, "hash_to_ec") == 0) {
		struct point p = point(a), want = point(b);

		assert_int_equal(hash_to_point(&p, &p), 0);
		same(&p, &want);
	} else if (strcmp(what, "check_scalar") == 0) {
		struct scalar s = scalar(a);

		assert_int_equal(sc_reduced(&s) == 0, strcmp(b, "true") == 0);
	} else if (strcmp(what, "generate_key_derivation") == 0) {
		struct point p = point(a), want = point(d);
		struct scalar s = scalar(b);

		assert_string_equal(c, "true");
		assert_int_equal(ed_mul8(&p, &p), 0);
		assert_int_equal(ed_mul(&s, &p, &p), 0);
		same(&p, &want);
	} else {
		fail_msg("a line of %s", what);
	}
}

static void
test_ed_upstream(void **state)
{
	char path[1024], line[1024], w[5][128];
	size_t n = 0;
	FILE *f;

	(void)state;
	vectors_path("monero/upstream/crypto-tests-excerpt.txt", path,
	    sizeof(path));
	assert_non_null(f = fopen(path, "r"));
	while (fgets(line, sizeof(line), f) != NULL) {
		if (sscanf(line, "%127s %127s %127s %127s %127s", w[0], w[1],
		    w[2], w[3], w[4]) < 3)
			continue;
		upstream_line(w[0], w[1], w[2], w[3], w[4]);
		n++;
	}
	(void)fclose(f);
	assert_true(n > 10);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ed_refuses_what_monero_refuses),
		cmocka_unit_test(test_ed_takes_torsion),
		cmocka_unit_test(test_ed_zero_gives_the_identity),
		cmocka_unit_test(test_ed_generators),
		cmocka_unit_test(test_sc_edges),
		cmocka_unit_test(test_hash_to_point_known_answers),
		cmocka_unit_test(test_hash_to_scalar_vectors),
		cmocka_unit_test(test_hash_to_point_vectors),
		cmocka_unit_test(test_ed_derivation_vectors),
		cmocka_unit_test(test_ed_upstream),
	};

	return sodium_init() < 0 ? 1 :
	    cmocka_run_group_tests_name("ed25519", tests, NULL, NULL);
}
