#include "core/chain/monero/bpp_parts.h"
#include "core/crypto/hash.h"
#include "tests/vectors.h"

static uint8_t memory[BPP_SCRATCH];
static struct arena scratch = { memory, sizeof(memory), 0 };

static void
points(const json_t *j, struct point *out, size_t n)
{
	size_t i;

	assert_int_equal(json_array_size(j), n);
	for (i = 0; i < n; i++)
		unhex(json_string_value(json_array_get(j, i)), out[i].b, 32);
}

static size_t
read_proof(const json_t *j, struct bpp *p)
{
	const json_t *l = json_object_get(j, "L"), *r = json_object_get(j, "R");

	*p = (struct bpp){ .rounds = json_array_size(l) };
	assert_in_range(p->rounds, 6, BPP_ROUNDS);
	unhex(vectors_string(j, "A"), p->a.b, 32);
	unhex(vectors_string(j, "A1"), p->a1.b, 32);
	unhex(vectors_string(j, "B"), p->b.b, 32);
	unhex(vectors_string(j, "r1"), p->r1.b, 32);
	unhex(vectors_string(j, "s1"), p->s1.b, 32);
	unhex(vectors_string(j, "d1"), p->d1.b, 32);
	points(l, p->l, p->rounds);
	points(r, p->r, p->rounds);
	return p->rounds;
}

static void
test_vectors(void **state)
{
	json_t *j = vectors_json("monero/bulletproofs_plus.json");
	struct point commit[BPP_AMOUNTS];
	struct bpp p;
	size_t i, n;

	(void)state;
	assert_int_equal(json_array_size(j), 10);
	for (i = 0; i < json_array_size(j); i++) {
		const json_t *v = json_array_get(j, i);

		n = json_array_size(json_object_get(v, "commitments"));
		points(json_object_get(v, "commitments"), commit, n);
		(void)read_proof(json_object_get(v, "proof"), &p);
		assert_int_equal(bpp_verify(&p, commit, n, &scratch),
		    json_is_true(json_object_get(v, "valid")) ? ERR_NONE :
		    ERR_MISMATCH);
	}
	json_decref(j);
}

/* Proofs that the network has accepted. */
static void
test_transactions(void **state)
{
	json_t *j = vectors_json("monero/transactions.json");
	struct point commit[BPP_AMOUNTS];
	struct bpp p;
	size_t i, n;

	(void)state;
	assert_int_equal(json_array_size(j), 3);
	for (i = 0; i < json_array_size(j); i++) {
		const json_t *v = json_array_get(j, i);

		n = json_array_size(json_object_get(v, "commitments"));
		points(json_object_get(v, "commitments"), commit, n);
		(void)read_proof(json_object_get(v, "range_proof"), &p);
		assert_int_equal(bpp_verify(&p, commit, n, &scratch), 0);
		commit[0] = commit[1];
		assert_int_equal(bpp_verify(&p, commit, n, &scratch),
		    ERR_MISMATCH);
	}
	json_decref(j);
}

/* The hash over all 2048: gen(0), gen(1) .. are H_0, G_0, H_1 .. */
static void
test_generators(void **state)
{
	static const char all[] =
	    "c389e342df70ff1bfd4f04b0c03880c31df06ec39b1c8fdcdf72f29a8890048c";
	static struct ge g[1024], h[1024];
	static struct point p[2048];
	struct hash32 got, want;
	size_t i;

	(void)state;
	assert_int_equal(bpp_generators(1024, g, h), 0);
	for (i = 0; i < 1024; i++) {
		ge_point(&h[i], &p[2 * i]);
		ge_point(&g[i], &p[2 * i + 1]);
	}
	sha256(span_of(p, sizeof(p)), &got);
	unhex(all, want.b, 32);
	assert_memory_equal(got.b, want.b, 32);
}

static void
noise_of(uint8_t seed, struct noise *n)
{
	struct secret32 s = { { seed } };

	noise_begin(n, &s, span_text("secret"), span_text("message"));
}

struct made {
	uint64_t	amount[BPP_AMOUNTS];
	struct scalar	mask[BPP_AMOUNTS];
	struct point	commit[BPP_AMOUNTS];
	struct bpp	p;
};

static void
make(struct made *m, size_t n, uint8_t seed)
{
	static const uint64_t edge[] = { 0, UINT64_MAX, 1,
	    (uint64_t)1 << 63, 1000000000000 };
	struct noise noise;
	struct scalar v;
	size_t i;

	noise_of(seed, &noise);
	for (i = 0; i < n; i++) {
		m->amount[i] = edge[(i + seed) % 5];
		noise_scalar(&noise, &m->mask[i]);
		if (i == 3)			/* zero is a mask, too */
			m->mask[i] = sc_zero;
		sc_of_u64(m->amount[i], &v);
		assert_int_equal(ed_commit(&m->mask[i], &v, &m->commit[i]), 0);
	}
	assert_int_equal(bpp_prove(m->amount, m->mask, n, &noise, &scratch,
	    &m->p), 0);
	noise_end(&noise);
}

static void
test_own_proofs(void **state)
{
	static const size_t sizes[] = { 1, 2, 3, 4, 5, 8, 16 };
	struct made m;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		size_t n = sizes[i];

		make(&m, n, (uint8_t)i);
		assert_int_equal(m.p.rounds, bpp_rounds(n));
		assert_int_equal(bpp_verify(&m.p, m.commit, n, &scratch), 0);
		assert_int_equal(scratch.used, 0);
	}
}

/* The proof is about these commitments and no others. */
static void
test_other_commitments(void **state)
{
	struct made m, other;

	(void)state;
	make(&m, 2, 1);
	make(&other, 2, 9);
	assert_int_equal(bpp_verify(&m.p, other.commit, 2, &scratch),
	    ERR_MISMATCH);
	m.commit[1] = ed_g;
	assert_int_equal(bpp_verify(&m.p, m.commit, 2, &scratch),
	    ERR_MISMATCH);
}

/* 2^64 is one more than fits: the mask of the high bit opens it, the proof
 * is about its low 64 bits and does not verify. */
static void
test_too_large(void **state)
{
	struct scalar v, two32;
	struct made m;

	(void)state;
	make(&m, 1, 0);
	assert_int_equal(m.amount[0], 0);
	sc_of_u64((uint64_t)1 << 32, &two32);
	sc_mul(&two32, &two32, &v);
	assert_int_equal(ed_commit(&m.mask[0], &v, &m.commit[0]), 0);
	assert_int_equal(bpp_verify(&m.p, m.commit, 1, &scratch),
	    ERR_MISMATCH);
}

/* Every byte of a proof matters; the control is that it was good. */
static void
test_every_byte(void **state)
{
	struct made m;
	struct bpp bad;
	size_t i, count = 0;
	enum err e;

	(void)state;
	make(&m, 1, 3);
	assert_int_equal(bpp_verify(&m.p, m.commit, 1, &scratch), 0);
	for (i = 0; i < sizeof(bad); i++) {
		size_t l = offsetof(struct bpp, l) + 32 * m.p.rounds;
		size_t r = offsetof(struct bpp, r) + 32 * m.p.rounds;

		if ((i >= l && i < offsetof(struct bpp, r)) || i >= r)
			continue;		/* rounds it does not have */
		bad = m.p;
		((uint8_t *)&bad)[i] ^= (uint8_t)(1 << i % 8);
		e = bpp_verify(&bad, m.commit, 1, &scratch);
		assert_true(e == ERR_MISMATCH || e == ERR_KEY ||
		    e == ERR_RANGE);
		count += e == ERR_MISMATCH;
	}
	assert_true(count > 150);
}

static void
test_refusals(void **state)
{
	struct arena small = { memory, 1000, 0 };
	struct noise noise;
	struct made m;
	struct bpp bad;

	(void)state;
	make(&m, 2, 4);
	assert_int_equal(bpp_verify(&m.p, m.commit, 0, &scratch), ERR_RANGE);
	assert_int_equal(bpp_verify(&m.p, m.commit, 1, &scratch), ERR_RANGE);
	assert_int_equal(bpp_verify(&m.p, m.commit, 3, &scratch), ERR_RANGE);
	assert_int_equal(bpp_verify(&m.p, m.commit, 17, &scratch), ERR_RANGE);
	assert_int_equal(bpp_verify(&m.p, m.commit, 2, &small), ERR_SPACE);
	bad = m.p;
	memset(bad.r1.b, 0xff, 32);
	assert_int_equal(bpp_verify(&bad, m.commit, 2, &scratch), ERR_KEY);
	bad = m.p;
	memset(bad.l[0].b, 0xff, 32);
	assert_int_equal(bpp_verify(&bad, m.commit, 2, &scratch), ERR_KEY);
	noise_of(4, &noise);
	assert_int_equal(bpp_prove(m.amount, m.mask, 0, &noise, &scratch,
	    &bad), ERR_RANGE);
	assert_int_equal(bpp_prove(m.amount, m.mask, 17, &noise, &scratch,
	    &bad), ERR_RANGE);
	assert_int_equal(bpp_prove(m.amount, m.mask, 2, &noise, &small,
	    &bad), ERR_SPACE);
}

/* What nobody made: any bytes at all, and any points and scalars. */
static void
test_garbage(void **state)
{
	struct noise noise;
	struct scalar k;
	struct point commit, *p;
	struct bpp bad;
	size_t i, j;
	enum err e;

	(void)state;
	noise_of(8, &noise);
	for (i = 0; i < 40; i++) {
		noise_bytes(&noise, &bad, sizeof(bad));
		noise_bytes(&noise, commit.b, sizeof(commit.b));
		bad.rounds = 6;
		e = bpp_verify(&bad, &commit, 1, &scratch);
		assert_true(e == ERR_KEY || e == ERR_MISMATCH);
		for (j = 0; j < 16; j++) {
			p = j == 0 ? &commit : j == 1 ? &bad.a : j == 2 ?
			    &bad.a1 : j == 3 ? &bad.b : j < 10 ?
			    &bad.l[j - 4] : &bad.r[j - 10];
			noise_scalar(&noise, &k);
			assert_int_equal(ed_base(&k, p), 0);
		}
		noise_scalar(&noise, &bad.r1);
		noise_scalar(&noise, &bad.s1);
		noise_scalar(&noise, &bad.d1);
		assert_int_equal(bpp_verify(&bad, &commit, 1, &scratch),
		    ERR_MISMATCH);
	}
}

/* The identity everywhere and zeros: a sum that is nothing, yet no proof. */
static void
test_identities(void **state)
{
	struct point commit = ed_identity;
	struct bpp p = { .a = ed_identity, .a1 = ed_identity,
	    .b = ed_identity, .rounds = 6 };
	size_t i;

	(void)state;
	for (i = 0; i < p.rounds; i++)
		p.l[i] = p.r[i] = ed_identity;
	assert_int_equal(bpp_verify(&p, &commit, 1, &scratch), ERR_MISMATCH);
}

/* The same noise gives the same proof, other noise another one. */
static void
test_noise(void **state)
{
	struct made a, b;
	struct noise noise;

	(void)state;
	make(&a, 1, 5);
	make(&b, 1, 5);
	assert_memory_equal(&a.p, &b.p, sizeof(a.p));
	noise_of(6, &noise);
	assert_int_equal(bpp_prove(a.amount, a.mask, 1, &noise, &scratch,
	    &b.p), 0);
	assert_memory_not_equal(a.p.a.b, b.p.a.b, 32);
	assert_memory_not_equal(a.p.l[0].b, b.p.l[0].b, 32);
	assert_memory_not_equal(a.p.b.b, b.p.b.b, 32);
}

/* Nothing of amounts or masks stays behind. */
static void
test_wiped(void **state)
{
	struct made m;
	size_t i, left = 0;

	(void)state;
	make(&m, 2, 7);
	for (i = 0; i < sizeof(memory); i++)
		left += memory[i] != 0;
	assert_int_equal(left, 0);
}

int
main(void)
{
	const struct CMUnitTest t[] = {
		cmocka_unit_test(test_vectors),
		cmocka_unit_test(test_transactions),
		cmocka_unit_test(test_generators),
		cmocka_unit_test(test_own_proofs),
		cmocka_unit_test(test_other_commitments),
		cmocka_unit_test(test_too_large),
		cmocka_unit_test(test_every_byte),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_garbage),
		cmocka_unit_test(test_identities),
		cmocka_unit_test(test_noise),
		cmocka_unit_test(test_wiped),
	};

	return cmocka_run_group_tests(t, NULL, NULL);
}
