/* The stages of a job under hostile input: cut short, with bits flipped, with
 * too little memory.  Known attack 34. */
#include "tests/unit/rig_psbt.h"

#define ARENA ((size_t)32 << 20)

static const char *const small[] = {
	"sign/tr-no-change.psbt",
	"sign/wpkh-in1-no-prevtx.psbt",
	"sign/shwpkh-in1-no-prevtx.psbt",
	"attack/mixed-ownership.psbt",
	"forms/wpkh.b64.psbt",
};

#define SMALL (sizeof(small) / sizeof(small[0]))

struct desk {
	struct arena	a, files;
	struct rig	rig;
};

/* A copy of exactly its size, so that a sanitizer sees one byte past it. */
static uint8_t *
exact_copy(struct span s)
{
	uint8_t *p = malloc(s.n > 0 ? s.n : 1);

	assert_non_null(p);
	if (s.n > 0)
		memcpy(p, s.p, s.n);
	return p;
}

/* All stages, as far as they go; what is signed must read back. */
static enum err
whole(struct desk *d, struct span file, struct arena *a)
{
	struct session session = { .network = NET_REGTEST };
	struct study s;
	struct span out;
	enum err e;
	size_t i;

	arena_clear(a);
	if ((e = rig_study(&d->rig, file, &session, a, &s)) != 0 ||
	    (e = rig_make(&d->rig, &s, a)) != 0)
		return e;
	for (i = 0; s.job->answers[i].suffix != NULL; i++)
		if ((e = rig_answer(&s, i, a, &out)) != 0)
			return e;
	return 0;
}

static void
test_good_files_go_through(void **state)
{
	struct desk *d = *state;
	size_t i;

	for (i = 0; i < SMALL; i++)
		assert_int_equal(whole(d, fixture(small[i], &d->files),
		    &d->a), 0);
}

static void
test_every_truncation_is_refused(void **state)
{
	struct desk *d = *state;
	size_t i, n;

	for (i = 0; i < SMALL; i++) {
		struct span f = fixture(small[i], &d->files);
		bool binary = f.p[0] == 'p';

		for (n = 0; n < f.n; n++) {
			uint8_t *p = exact_copy(span_of(f.p, n));
			enum err e = whole(d, span_of(p, n), &d->a);

			free(p);
			/* Text may lose its last line end. */
			if (binary || n + 1 < f.n)
				assert_int_not_equal(e, 0);
			assert_int_not_equal(e, ERR_INTERNAL);
		}
	}
}

/* Either it is refused, or what is signed reads back: whole() says so. */
static void
test_every_flipped_bit_is_harmless(void **state)
{
	struct desk *d = *state;
	size_t i, bit, signed_all = 0;

	for (i = 0; i < SMALL; i++) {
		struct span f = fixture(small[i], &d->files);
		uint8_t *p = exact_copy(f);

		for (bit = 0; bit < 8 * f.n; bit++) {
			enum err e;

			p[bit / 8] ^= (uint8_t)(1 << bit % 8);
			e = whole(d, span_of(p, f.n), &d->a);
			p[bit / 8] ^= (uint8_t)(1 << bit % 8);
			assert_int_not_equal(e, ERR_INTERNAL);
			assert_int_not_equal(e, ERR_MISMATCH);
			signed_all += e == 0;
		}
		free(p);
	}
	assert_true(signed_all > 0);
}

static void
test_every_arena_size_to_parse(void **state)
{
	struct desk *d = *state;
	struct span f = fixture(small[0], &d->files);
	const struct job *j = job_sniff(f);
	size_t n, failed = 0;
	enum err e = ERR_SPACE;

	assert_non_null(j);
	for (n = 0; e != 0; n++) {
		struct arena a = { d->a.base, n, 0 };
		struct fault fault = { 0 };
		void *req = NULL;

		e = j->parse(&a, f, NULL, NULL, &req, &fault);
		assert_true(e == 0 ? req != NULL : e == ERR_SPACE);
		failed += e != 0;
		assert_true(n < ARENA);
	}
	assert_true(failed > 0);
}

/* All the way: from nothing to enough, in small steps. */
static void
sweep(struct desk *d, struct span f, size_t step)
{
	size_t n, failed = 0;
	enum err e = ERR_SPACE;

	for (n = 0; e != 0; n += step) {
		struct arena a = { d->a.base, n, 0 };

		e = whole(d, f, &a);
		assert_true(e == 0 || e == ERR_SPACE);
		failed += e != 0;
		assert_true(n < ARENA);
	}
	assert_true(failed > 0);
}

static void
test_arena_sizes_to_an_answer(void **state)
{
	struct desk *d = *state;

	sweep(d, fixture(small[1], &d->files), 61);
}

/* Coins of several keys or conditions, version 2, a text: what only these
 * need memory for. */
static void
test_arena_sizes_of_other_kinds(void **state)
{
	static const char *const others[] = { "policy/wsh-sm23-AB.psbt",
	    "policy/sh-sm23-A-partial.psbt", "policy/tr-key-or-ma-script.psbt",
	    "policy/tr-sma23-AB.psbt", "attack/v2-plain.psbt" };
	static const char text[] = "a message\nm/84'/1'/0'/0/0\np2sh-p2wpkh\n";
	struct desk *d = *state;
	size_t i;

	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		arena_clear(&d->files);
		sweep(d, fixture(others[i], &d->files), 223);
	}
	sweep(d, span_text(text), 61);
}

/* What the keeper refuses, or the owner stops, ends without an answer. */
static void
test_a_refusing_signatory_leaves_nothing(void **state)
{
	static const enum err errs[] = { ERR_REFUSED, ERR_DEAD, ERR_STOPPED };
	struct session session = { .network = NET_REGTEST };
	struct desk *d = *state;
	struct span f = fixture(small[1], &d->files);
	struct study s;
	size_t i;

	for (i = 0; i < 3; i++) {
		arena_clear(&d->a);
		assert_int_equal(rig_study(&d->rig, f, &session, &d->a, &s),
		    0);
		d->rig.fail = errs[i];
		assert_int_equal(rig_make(&d->rig, &s, &d->a), errs[i]);
		d->rig.fail = 0;
		assert_false(s.job->answers[0].ready(s.req));
		assert_false(s.job->answers[1].ready(s.req));
	}
}

static enum err
stop(void *ctx, uint32_t done, uint32_t total)
{
	uint32_t *ticks = ctx;

	assert_true(done <= total);
	return ++*ticks == 2 ? ERR_STOPPED : ERR_NONE;
}

static void
test_the_owner_can_stop_between_batches(void **state)
{
	struct session session = { .network = NET_REGTEST };
	struct desk *d = *state;
	struct signatory who = { .sign = rig_sign, .ctx = &d->rig };
	uint32_t ticks = 0;
	struct pace pace = { stop, &ticks };
	struct study s;

	arena_clear(&d->a);
	assert_int_equal(rig_study(&d->rig, fixture("sign/tr-in1000.psbt",
	    &d->files), &session, &d->a, &s), 0);
	assert_int_equal(s.job->sign(s.req, &who, &pace, &d->a),
	    ERR_STOPPED);
	assert_int_equal(d->rig.asked, 2 * SIGN_BATCH);
	assert_false(s.job->answers[0].ready(s.req));
}

struct ticks { uint32_t n, stop, last; };

static enum err
stop_at(void *ctx, uint32_t done, uint32_t total)
{
	struct ticks *t = ctx;

	assert_true(done <= total && total > 0);
	t->last = done;
	return t->n++ == t->stop ? ERR_STOPPED : ERR_NONE;
}

/* Wherever that is, and nothing but that comes of it. */
static void
test_the_owner_can_stop_at_each_tick_of_reading(void **state)
{
	struct session session = { .network = NET_REGTEST };
	struct desk *d = *state;
	struct span f = fixture("sign/tr-in1000.psbt", &d->files);
	struct ticks t = { 0, 0, 0 };
	struct study s;
	enum err e;

	for (;; t = (struct ticks){ 0, t.stop + 7, 0 }) {
		arena_clear(&d->a);
		d->rig.pace = (struct pace){ stop_at, &t };
		e = rig_study(&d->rig, f, &session, &d->a, &s);
		if (e == 0)
			break;
		assert_int_equal(e, ERR_STOPPED);
		assert_int_equal(t.n, t.stop + 1);
	}
	d->rig.pace = (struct pace){ NULL, NULL };
	assert_true(t.stop > 20 && t.n <= t.stop);
}

/* Known attack 10: 32 bytes that may be anybody's digest are no file. */
static void
test_attack_10_bare_digest_is_no_file(void **state)
{
	uint8_t digest[32];
	char hex[65];

	(void)state;
	memset(digest, 0x5a, sizeof(digest));
	memset(hex, 'a', sizeof(hex) - 1);
	assert_null(job_sniff(SPAN_OF(digest)));
	assert_null(job_sniff(span_of(hex, 64)));
	assert_null(job_sniff(span_of(NULL, 0)));
}

static int
setup(void **state)
{
	static struct desk d;

	d.a.base = malloc(ARENA);
	d.files.base = malloc(ARENA);
	d.a.size = d.files.size = ARENA;
	*state = &d;
	return d.a.base == NULL || d.files.base == NULL ||
	    secp_init(NULL) != 0 || rig_add(&d.rig, WORDS_A, "") != 0;
}

static int
teardown(void **state)
{
	struct desk *d = *state;

	free(d->a.base);
	free(d->files.base);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good_files_go_through),
		cmocka_unit_test(test_every_truncation_is_refused),
		cmocka_unit_test(test_every_flipped_bit_is_harmless),
		cmocka_unit_test(test_every_arena_size_to_parse),
		cmocka_unit_test(test_arena_sizes_to_an_answer),
		cmocka_unit_test(test_arena_sizes_of_other_kinds),
		cmocka_unit_test(test_a_refusing_signatory_leaves_nothing),
		cmocka_unit_test(test_the_owner_can_stop_between_batches),
		cmocka_unit_test(
		    test_the_owner_can_stop_at_each_tick_of_reading),
		cmocka_unit_test(test_attack_10_bare_digest_is_no_file),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
