#include "core/chain/monero/clsag.h"
#include "core/crypto/keccak.h"
#include "tests/vectors.h"

static uint8_t memory[1 << 16];
static struct arena scratch = { memory, sizeof(memory), 0 };

struct signed_input {
	struct ring	ring;
	struct point	image, pseudo;
	struct hash32	message;
	struct clsag	sig;
};

static enum err
check(const struct signed_input *in)
{
	return clsag_verify(&in->ring, &in->image, &in->pseudo, &in->message,
	    &in->sig, &scratch);
}

/* What clsag.json and an input of transactions.json have in common. */
static void
read_input(const json_t *j, struct signed_input *in)
{
	const json_t *ring = json_object_get(j, "ring");
	const json_t *s = json_object_get(j, "s");
	size_t i;

	*in = (struct signed_input){ .ring.n = json_array_size(ring) };
	assert_in_range(in->ring.n, 1, RING_MAX);
	assert_int_equal(json_array_size(s), in->ring.n);
	for (i = 0; i < in->ring.n; i++) {
		const json_t *m = json_array_get(ring, i);

		unhex(json_string_value(json_array_get(m, 0)),
		    in->ring.key[i].b, 32);
		unhex(json_string_value(json_array_get(m, 1)),
		    in->ring.commit[i].b, 32);
		unhex(json_string_value(json_array_get(s, i)),
		    in->sig.s[i].b, 32);
	}
	unhex(vectors_string(j, "key_image"), in->image.b, 32);
	unhex(vectors_string(j, "c1"), in->sig.c1.b, 32);
	unhex(vectors_string(j, "D"), in->sig.d8.b, 32);
}

static void
test_vectors(void **state)
{
	json_t *j = vectors_json("monero/clsag.json");
	struct signed_input in;
	size_t i;

	(void)state;
	assert_int_equal(json_array_size(j), 6);
	for (i = 0; i < json_array_size(j); i++) {
		const json_t *v = json_array_get(j, i);

		read_input(v, &in);
		unhex(vectors_string(v, "pseudo_out"), in.pseudo.b, 32);
		unhex(vectors_string(v, "message"), in.message.b, 32);
		assert_int_equal(check(&in),
		    json_is_true(json_object_get(v, "valid")) ? ERR_NONE :
		    ERR_MISMATCH);
	}
	json_decref(j);
}

/* Signatures that the network has accepted. */
static void
test_transactions(void **state)
{
	json_t *j = vectors_json("monero/transactions.json");
	struct signed_input in;
	size_t i, k;

	(void)state;
	assert_int_equal(json_array_size(j), 3);
	for (i = 0; i < json_array_size(j); i++) {
		const json_t *v = json_array_get(j, i);
		const json_t *all = json_object_get(v, "inputs");
		const json_t *z = json_object_get(v, "pseudo_outs");

		assert_true(json_array_size(all) > 0);
		for (k = 0; k < json_array_size(all); k++) {
			read_input(json_array_get(all, k), &in);
			unhex(json_string_value(json_array_get(z, k)),
			    in.pseudo.b, 32);
			unhex(vectors_string(v, "clsag_message"),
			    in.message.b, 32);
			assert_int_equal(check(&in), 0);
			in.message.b[31] ^= 1;
			assert_int_equal(check(&in), ERR_MISMATCH);
		}
	}
	json_decref(j);
}

/* An input as one who has every key would prepare it. */
struct made {
	struct signed_input in;
	struct scalar	x, z, alpha;
	struct clsag_ask ask;
	struct noise	noise;
};

static void
commit_to(struct made *m, uint64_t amount, struct scalar *mask,
    struct point *out)
{
	struct scalar v;

	noise_scalar(&m->noise, mask);
	sc_of_u64(amount, &v);
	assert_int_equal(ed_commit(mask, &v, out), 0);
}

static void
make_ring(struct made *m, size_t n, size_t real)
{
	struct secret32 seed = { { (uint8_t)n, (uint8_t)real } };
	struct scalar x, mask;
	struct point hp;
	size_t i;

	memset(m, 0, sizeof(*m));
	noise_begin(&m->noise, &seed, span_text("x"), span_text("m"));
	m->in.ring = (struct ring){ .n = n, .real = real };
	for (i = 0; i < n; i++) {
		noise_scalar(&m->noise, &x);
		assert_int_equal(ed_base(&x, &m->in.ring.key[i]), 0);
		commit_to(m, i == real ? 7000 : i, &mask,
		    &m->in.ring.commit[i]);
		if (i == real) {
			m->x = x;
			m->z = mask;
		}
	}
	commit_to(m, 7000, &mask, &m->in.pseudo);
	sc_sub(&m->z, &mask, &m->z);
	noise_scalar(&m->noise, &m->alpha);
	noise_bytes(&m->noise, m->in.message.b, 32);
	assert_int_equal(hash_to_point(&m->in.ring.key[real], &hp), 0);
	assert_int_equal(ed_mul(&m->x, &hp, &m->in.image), 0);
	m->ask = (struct clsag_ask){ .ring = &m->in.ring,
	    .image = m->in.image, .pseudo = m->in.pseudo,
	    .message = m->in.message, .z = m->z };
	assert_int_equal(ed_base(&m->alpha, &m->ask.nonce_g), 0);
	assert_int_equal(ed_mul(&m->alpha, &hp, &m->ask.nonce_hp), 0);
}

/* The keeper's part: alpha - e x - t. */
static void
respond(struct made *m, const struct scalar *e, const struct scalar *t)
{
	struct scalar *s = &m->in.sig.s[m->in.ring.real], k;

	sc_mul(e, &m->x, &k);
	sc_sub(&m->alpha, &k, &k);
	sc_sub(&k, t, s);
}

static void
make(struct made *m, size_t n, size_t real)
{
	struct scalar e, t;

	make_ring(m, n, real);
	assert_int_equal(clsag_prepare(&m->ask, &m->noise, &scratch,
	    &m->in.sig, &e, &t), 0);
	assert_true(sc_is_zero(&m->in.sig.s[real]));
	assert_int_equal(scratch.used, 0);
	respond(m, &e, &t);
}

static void
test_every_place(void **state)
{
	static const size_t sizes[] = { 1, 2, 3, 11, RING_MAX };
	struct made m;
	size_t i, real;

	(void)state;
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		for (real = 0; real < sizes[i]; real++) {
			make(&m, sizes[i], real);
			assert_int_equal(check(&m.in), 0);
		}
}

/* Without the real response nothing verifies, nor with another one. */
static void
test_needs_the_response(void **state)
{
	struct scalar one = sc_one;
	struct made m;

	(void)state;
	make(&m, 4, 2);
	assert_int_equal(check(&m.in), 0);
	sc_add(&m.in.sig.s[2], &one, &m.in.sig.s[2]);
	assert_int_equal(check(&m.in), ERR_MISMATCH);
	m.in.sig.s[2] = sc_zero;
	assert_int_equal(check(&m.in), ERR_MISMATCH);
}

/* An amount that is not the real one's: z then is no difference of masks. */
static void
test_other_amount(void **state)
{
	struct made m;
	struct scalar e, t;

	(void)state;
	make_ring(&m, 3, 1);
	assert_int_equal(ed_add(&m.in.pseudo, &ed_h, &m.in.pseudo), 0);
	m.ask.pseudo = m.in.pseudo;
	assert_int_equal(clsag_prepare(&m.ask, &m.noise, &scratch, &m.in.sig,
	    &e, &t), 0);
	respond(&m, &e, &t);
	assert_int_equal(check(&m.in), ERR_MISMATCH);
}

static void
flip_all(struct made *m, void *from, size_t n, size_t *mismatches)
{
	uint8_t *b = from;
	size_t i;

	for (i = 0; i < n; i++) {
		enum err e;

		b[i] ^= (uint8_t)(1 << i % 8);
		e = check(&m->in);
		assert_true(e == ERR_MISMATCH || e == ERR_KEY);
		*mismatches += e == ERR_MISMATCH;
		b[i] ^= (uint8_t)(1 << i % 8);
	}
}

/* Every byte of a signature and of what it signs matters. */
static void
test_every_byte(void **state)
{
	size_t mismatches = 0;
	struct made m;

	(void)state;
	make(&m, 3, 0);
	flip_all(&m, m.in.sig.s, 3 * 32, &mismatches);
	flip_all(&m, &m.in.sig.c1, 32, &mismatches);
	flip_all(&m, &m.in.sig.d8, 32, &mismatches);
	flip_all(&m, m.in.ring.key, 3 * 32, &mismatches);
	flip_all(&m, m.in.ring.commit, 3 * 32, &mismatches);
	flip_all(&m, &m.in.image, 32, &mismatches);
	flip_all(&m, &m.in.pseudo, 32, &mismatches);
	flip_all(&m, &m.in.message, 32, &mismatches);
	assert_true(mismatches > 250);
	assert_int_equal(check(&m.in), 0);
}

/* What nobody made: any bytes at all, and any points and scalars. */
static void
test_garbage(void **state)
{
	struct signed_input in;
	struct made m;
	size_t i, j;
	enum err e;

	(void)state;
	for (i = 0; i < 40; i++) {
		make_ring(&m, 3, i % 3);
		in = m.in;
		for (j = 0; j < 3; j++)
			noise_scalar(&m.noise, &in.sig.s[j]);
		noise_scalar(&m.noise, &in.sig.c1);
		in.sig.d8 = in.ring.key[0];
		assert_int_equal(check(&in), ERR_MISMATCH);
		noise_bytes(&m.noise, &in, sizeof(in));
		in.ring.n = 1 + i % RING_MAX;
		e = check(&in);
		assert_true(e == ERR_KEY || e == ERR_MISMATCH);
	}
}

/* An image plus a point of order two would be spent once more. */
static void
test_torsion(void **state)
{
	struct point two = { { 0 } };
	struct made m;

	(void)state;
	memset(two.b, 0xff, 32);		/* y = -1 */
	two.b[0] = 0xec;
	two.b[31] = 0x7f;
	make(&m, 2, 1);
	assert_int_equal(check(&m.in), 0);
	assert_int_equal(ed_add(&m.in.image, &two, &m.in.image), 0);
	assert_int_equal(check(&m.in), ERR_MISMATCH);
	m.in.image = ed_identity;
	assert_int_equal(check(&m.in), ERR_MISMATCH);
	m.in.image = m.ask.image;
	m.in.sig.d8 = two;
	assert_int_equal(check(&m.in), ERR_MISMATCH);
}

static void
test_refusals(void **state)
{
	struct arena small = { memory, 100, 0 };
	struct scalar e, t;
	struct clsag out;
	struct made m;

	(void)state;
	make_ring(&m, 2, 1);
	m.in.ring.real = 2;
	assert_int_equal(clsag_prepare(&m.ask, &m.noise, &scratch, &out, &e,
	    &t), ERR_RANGE);
	m.in.ring.real = 1;
	m.in.ring.n = 0;
	assert_int_equal(clsag_prepare(&m.ask, &m.noise, &scratch, &out, &e,
	    &t), ERR_RANGE);
	assert_int_equal(check(&m.in), ERR_RANGE);
	m.in.ring.n = RING_MAX + 1;
	assert_int_equal(clsag_prepare(&m.ask, &m.noise, &scratch, &out, &e,
	    &t), ERR_RANGE);
	assert_int_equal(check(&m.in), ERR_RANGE);
	m.in.ring.n = 2;
	assert_int_equal(clsag_prepare(&m.ask, &m.noise, &small, &out, &e,
	    &t), ERR_SPACE);
	memset(m.in.ring.commit[0].b, 0xff, 32);
	assert_int_equal(clsag_prepare(&m.ask, &m.noise, &scratch, &out, &e,
	    &t), ERR_KEY);
	make(&m, 2, 1);
	memset(m.in.sig.s[0].b, 0xff, 32);
	assert_int_equal(check(&m.in), ERR_KEY);
}

/* Nothing of z or of the real place stays behind. */
static void
test_wiped(void **state)
{
	struct made m;
	size_t i, left = 0;

	(void)state;
	make(&m, 4, 3);
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
		cmocka_unit_test(test_every_place),
		cmocka_unit_test(test_needs_the_response),
		cmocka_unit_test(test_other_amount),
		cmocka_unit_test(test_every_byte),
		cmocka_unit_test(test_garbage),
		cmocka_unit_test(test_torsion),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_wiped),
	};

	return cmocka_run_group_tests(t, NULL, NULL);
}
