/* Outputs files in, key images out: those of real wallets, and lies. */
#include "tests/unit/monero_desk.h"
#include "tests/unit/monero_sets.h"

#include "core/chain/monero/outputs.h"

static void
must_sign(const char *name, struct span *answer)
{
	enum err e = desk_look(&desk, name);

	if (e != 0)
		fail_msg("%s: %s at %s", name, err_text(e),
		    desk.study.fault.where);
	if (desk.j.verdict == VERDICT_REFUSE) {
		desk_say(&desk);
		fail_msg("%s: refused", name);
	}
	e = desk_sign(&desk, answer);
	if (e != 0)
		fail_msg("%s: %s", name, err_text(e));
}

/* The images alone: the proofs beside them are random. */
static void
check_same_images(struct span ours, struct span theirs)
{
	size_t i;

	assert_int_equal(ours.n, theirs.n);
	assert_memory_equal(ours.p, theirs.p, 4 + 64);
	for (i = 4 + 64; i < ours.n; i += 96)
		assert_memory_equal(ours.p + i, theirs.p + i, 32);
}

static void
test_outputs_answered_as_by_the_wallet(void **state)
{
	static const char *const names[][2] = {
		{ "monero/v0.18.0.0/outputs/all",
		    "monero/v0.18.0.0/key_images/all" },
		{ "monero/v0.18.4.0/outputs/all",
		    "monero/v0.18.4.0/key_images/all" },
		{ "monero/v0.18.5.3/outputs/all",
		    "monero/v0.18.5.3/key_images/all" },
		{ "feather/feather_all_outputs", "feather/feather_keyImages" },
		{ "feather/feather_all82_outputs",
		    "feather/feather_all82_keyImages" },
	};
	struct span answer, theirs;
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		(void)fresh(state);
		must_sign(names[i][0], &answer);
		theirs = desk_load(&desk, names[i][1]);
		check_same_images(desk_plain(&desk, answer),
		    desk_plain(&desk, theirs));
	}
}

/* The plaintext of a real file, to be changed. */
static uint8_t *
plain_of(const char *name, size_t *n)
{
	struct span s = desk_plain(&desk, desk_load(&desk, name));
	uint8_t *p = malloc(s.n + 64);

	assert_non_null(p);
	memcpy(p, s.p, s.n);
	*n = s.n;
	return p;
}

static enum err
look_plain(const uint8_t *p, size_t n)
{
	desk.arena.used = 0;
	return desk_study(&desk, desk_seal(&desk, FRAME_OUTPUTS, false,
	    span_of(p, n)));
}

#define SOME "monero/v0.18.5.3/outputs/first_10"

static void
test_outputs_every_truncation_is_refused(void **state)
{
	size_t n, i;
	uint8_t *p = plain_of(SOME, &n);

	(void)state;
	for (i = 0; i < n; i++)
		assert_int_not_equal(look_plain(p, i), 0);
	assert_int_equal(look_plain(p, n), 0);
	p[n] = 0;
	assert_int_equal(look_plain(p, n + 1), ERR_TRAILING);
	assert_string_equal(desk.study.fault.where, "the end");
	free(p);
}

/* Whatever is flipped: refused, or signed for what are our outputs still. */
static void
test_outputs_flipped_bits_do_no_harm(void **state)
{
	size_t n, i, good = 0, bad = 0;
	uint8_t *p = plain_of(SOME, &n);
	struct span answer;

	(void)state;
	for (i = 0; i < n; i++) {
		p[i] ^= (uint8_t)(1u << i * 5 % 8);
		if (look_plain(p, n) != 0 || desk.j.verdict ==
		    VERDICT_REFUSE) {
			bad++;
		} else {
			good++;
			assert_int_equal(rig_make(&desk.rig, &desk.study,
			    &desk.arena), 0);
			assert_int_equal(rig_answer(&desk.study, 0,
			    &desk.arena, &answer), 0);
		}
		p[i] ^= (uint8_t)(1u << i * 5 % 8);
	}
	/* amounts, flags and global indices are claims */
	print_message("%zu refused, %zu answered\n", bad, good);
	assert_true(bad > 20 * good / 10);
	free(p);
}

/* The answer is what was agreed, or nothing. */
static void
test_outputs_wrong_answers_do_not_go_out(void **state)
{
	struct span answer, file;
	size_t i;

	(void)state;
	assert_int_equal(desk_look(&desk, SOME), 0);
	file = desk.file;
	desk.rig.spoil = true;
	assert_int_equal(rig_make(&desk.rig, &desk.study, &desk.arena),
	    ERR_MISMATCH);
	desk.rig.spoil = false;
	assert_int_equal(desk_study(&desk, file), 0);
	assert_int_equal(rig_make(&desk.rig, &desk.study, &desk.arena), 0);
	assert_int_equal(rig_make(&desk.rig, &desk.study, &desk.arena),
	    ERR_STATE);
	assert_int_equal(rig_answer(&desk.study, 0, &desk.arena, &answer), 0);
	for (i = 0; i < answer.n; i += 61) {
		uint8_t copy[4096];

		memcpy(copy, answer.p, answer.n);
		copy[i] ^= 4;
		assert_int_not_equal(desk.study.job->answers[0].readback(
		    desk.study.req, span_of(copy, answer.n), &desk.arena), 0);
	}
	desk.rig.fail = ERR_DEAD;
	assert_int_equal(desk_study(&desk, file), 0);
	assert_int_equal(rig_make(&desk.rig, &desk.study, &desk.arena),
	    ERR_DEAD);
	desk.rig.fail = 0;
}

static enum err
stop(void *ctx, uint32_t done, uint32_t total)
{
	(void)ctx;
	(void)done;
	(void)total;
	return ERR_STOPPED;
}

static void
test_outputs_can_be_stopped_and_want_their_room(void **state)
{
	struct span file;
	size_t size;

	(void)state;
	desk.arena.used = 0;
	file = desk_load(&desk, SOME);
	desk.rig.pace = (struct pace){ .tick = stop };
	assert_int_equal(desk_study(&desk, file), ERR_STOPPED);
	desk.rig.pace = (struct pace){ 0 };
	for (size = desk.arena.used; size < 4 << 20; size += 9973) {
		desk.arena.used = file.n + 1;
		desk.arena.size = size;
		if (desk_study(&desk, file) == 0)
			break;
	}
	desk.arena.size = DESK_ARENA;
	assert_true(size < 4 << 20);
}

/* Ten thousand records: as many rows as accounts, in linear time. */
static void
test_outputs_ten_thousand(void **state)
{
	const size_t many = 10000;
	struct span s, one;
	uint8_t *p = malloc(128 + 200 * many);
	struct sink k;
	size_t i;

	(void)state;
	desk.arena.used = 0;
	s = desk_plain(&desk, desk_load(&desk, SOME));
	one = span_of(s.p + 64 + 4, (s.n - 64 - 4) / 10);
	assert_non_null(p);
	k = sink_to_buf(p, 128 + 200 * many);
	put_span(&k, span_of(s.p, 64));
	put_varint(&k, 3);
	put_varint(&k, 0);
	put_varint(&k, many);
	put_varint(&k, many);
	for (i = 0; i < many; i++)
		put_span(&k, one);
	assert_int_equal(k.err, 0);
	assert_int_equal(look_plain(p, k.total), 0);
	assert_int_equal(desk.j.verdict, VERDICT_REFUSE);
	assert_true(desk_found(&desk, "xmr.outputs.duplicate"));
	assert_true(desk.study.intent.nfact < 10);
	free(p);
}

/* As many outputs, each another one of ours: R = G, so that d = 8A. */
static size_t
many_outputs(size_t many, uint8_t *p, size_t cap)
{
	const struct viewer *v = &desk.rig.monero.keys.viewer;
	struct sink k = sink_to_buf(p, cap);
	struct scalar s, a;
	struct point d, key;
	size_t i;

	memcpy(a.b, v->view.b, sizeof(a.b));
	assert_int_equal(derive(&a, &ed_g, &d), 0);
	put_span(&k, SPAN_OF(v->spend_pub.b));
	put_span(&k, SPAN_OF(v->view_pub.b));
	put_varint(&k, 3);
	put_varint(&k, 0);
	put_varint(&k, many);
	put_varint(&k, many);
	for (i = 0; i < many; i++) {
		derive_scalar(&d, i, &s);
		assert_int_equal(ed_base(&s, &key), 0);
		assert_int_equal(ed_add(&key, &v->spend_pub, &key), 0);
		put_varint(&k, 1);
		put_span(&k, SPAN_OF(key.b));
		put_varint(&k, i);
		put_varint(&k, 1000 + i);
		put_span(&k, SPAN_OF(ed_g.b));
		put_u8(&k, RECORD_RCT);
		put_varint(&k, 1000000 + i);
		put_varint(&k, 0);
		put_varint(&k, 0);
		put_varint(&k, 0);
	}
	assert_int_equal(k.err, 0);
	return k.total;
}

static void
test_outputs_many_make_few_rows_and_one_plan(void **state)
{
	const char *asked = getenv("COLDSEAL_RECORDS");
	const size_t many = asked == NULL ? 2000 : strtoul(asked, NULL, 10);
	uint8_t *p = malloc(128 + 120 * many);
	size_t n;

	(void)state;
	assert_non_null(p);
	n = many_outputs(many, p, 128 + 120 * many);
	assert_int_equal(look_plain(p, n), 0);
	assert_int_equal(desk.j.verdict, VERDICT_ALLOW);
	assert_int_equal(desk.study.intent.nfact, 2);
	assert_int_equal(desk.study.intent.plan.n, many);
	free(p);
}

/* A file in text form is answered in text form. */
static void
test_outputs_in_text_form(void **state)
{
	struct span s, answer;

	(void)state;
	desk.arena.used = 0;
	s = desk_plain(&desk, desk_load(&desk, SOME));
	assert_int_equal(desk_study(&desk, desk_seal(&desk, FRAME_OUTPUTS,
	    true, s)), 0);
	assert_int_equal(desk_sign(&desk, &answer), 0);
	assert_memory_equal(answer.p, "-----BEGIN", 10);
}

/* What was learnt of another numbering is not mixed in. */
static void
test_outputs_of_another_numbering_are_refused(void **state)
{
	struct span answer;

	(void)state;
	must_sign("monero/v0.18.5.3/outputs/all", &answer);
	assert_int_equal(desk_look(&desk, "monero/v0.18.4.0/outputs/all"), 0);
	assert_int_equal(desk.j.verdict, VERDICT_REFUSE);
	assert_true(desk_found(&desk, "xmr.outputs.other"));
	must_sign("monero/v0.18.5.3/outputs/all_after_spend", &answer);
}

/* Attack 43: the same key under a second number, in a second file. */
static void
test_attack_43_a_key_of_an_earlier_file_again(void **state)
{
	struct outputs o;
	struct span answer, s;
	struct fault f;
	struct sink k;
	uint8_t *p;

	(void)state;
	must_sign("monero/v0.18.5.3/outputs/all", &answer);
	desk.arena.used = 0;
	s = desk_plain(&desk, desk_load(&desk,
	    "monero/v0.18.5.3/outputs/all"));
	assert_int_equal(outputs_read(s, 0, &desk.arena, NULL, &o, &f), 0);
	o.list.offset = o.list.n;
	o.list.total = o.list.n + 1;
	o.list.n = 1;
	assert_non_null(p = arena_new(&desk.arena, uint8_t, 4096));
	k = sink_to_buf(p, 4096);
	put_span(&k, SPAN_OF(o.spend.b));
	put_span(&k, SPAN_OF(o.view.b));
	sets_records(&k, &o.list);
	assert_int_equal(desk_study(&desk, desk_seal(&desk, FRAME_OUTPUTS,
	    false, span_of(p, k.total))), 0);
	assert_true(desk_found(&desk, "xmr.outputs.duplicate"));
	assert_int_equal(desk.j.verdict, VERDICT_REFUSE);
}

#define T(f) cmocka_unit_test_setup(f, fresh)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_outputs_answered_as_by_the_wallet),
		T(test_outputs_every_truncation_is_refused),
		T(test_outputs_flipped_bits_do_no_harm),
		T(test_outputs_wrong_answers_do_not_go_out),
		T(test_outputs_can_be_stopped_and_want_their_room),
		T(test_outputs_ten_thousand),
		T(test_outputs_many_make_few_rows_and_one_plan),
		T(test_outputs_in_text_form),
		T(test_outputs_of_another_numbering_are_refused),
		T(test_attack_43_a_key_of_an_earlier_file_again),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
