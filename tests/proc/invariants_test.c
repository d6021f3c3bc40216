/*
 * The first and the fourth invariant, in a whole house: nothing is parsed
 * while a stick is mounted; nothing leaves that was not read back by the same
 * reader and compared.  (The second and third: evil_test.c, keeper_test.c,
 * secrets.)  The job table is this test's own: its only format makes answers
 * that are right, that differ on reading back, or that change between
 * measuring and writing, as the file's first byte says.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/job/job.h"
#include "tests/proc/house.h"

struct odd { char what; struct fpr fpr; };

static enum sniff
odd_sniff(struct span f)
{
	return f.n > 0 ? SNIFF_YES : SNIFF_NO;
}

static enum err
odd_parse(struct arena *a, struct span file, const struct pubring *ring,
    const struct pace *pace, void **req, struct fault *f)
{
	struct odd *o = arena_new(a, struct odd, 1);

	(void)pace;
	(void)f;
	if (o == NULL)
		return ERR_SPACE;
	*o = (struct odd){ .what = (char)file.p[0], .fpr = ring->fpr[0] };
	*req = o;
	return 0;
}

static enum err
odd_want(const void *req, const struct pubring *ring, struct wants *w)
{
	(void)req;
	(void)ring;
	(void)w;
	return 0;
}

static enum err
odd_intend(const void *req, struct pubring *ring, const struct session *s,
    const struct pace *pace, struct arena *a, struct intent *out,
    struct fault *f)
{
	struct plan_row *row = arena_new(a, struct plan_row, 1);
	struct fact *fact = arena_new(a, struct fact, 1);
	const struct odd *o = req;

	(void)ring;
	(void)s;
	(void)pace;
	(void)f;
	if (row == NULL || fact == NULL)
		return ERR_SPACE;
	*row = (struct plan_row){ .key = { .fpr = o->fpr,
	    .path = { .n = 1, .e = { 1 } } }, .count = 1 };
	*fact = (struct fact){ .kind = FACT_MESSAGE, .to = "x", .ref = "",
	    .how = "", .why = "" };
	*out = (struct intent){ .chain = "odd", .job = "odd", .title = "ODD",
	    .ledger = "ODD", .network = "regtest", .unit = "u", .coin = "U",
	    .rate_unit = "u", .fact = fact, .nfact = 1,
	    .plan = { .n = 1, .row = row } };
	return 0;
}

static enum err
odd_learn(const void *req, struct session *s)
{
	(void)req;
	(void)s;
	return 0;
}

static enum err
odd_sign(void *req, struct signatory *s, struct pace *p, struct arena *a)
{
	struct odd *o = req;
	struct sign_item it = { .key = { .fpr = o->fpr, .path = { .n = 1,
	    .e = { 1 } } }, .kind = SIGN_ECDSA };

	(void)p;
	(void)a;
	return s->sign(s->ctx, &it, 1);
}

static bool
odd_ready(const void *req)
{
	(void)req;
	return true;
}

static enum err
odd_write(const void *req, struct sink *s)
{
	static unsigned calls;
	const struct odd *o = req;

	put_text(s, "answer");
	if (o->what == 'C' && calls++ % 2 == 0)
		put_text(s, "longer");
	return s->err;
}

static enum err
odd_readback(const void *req, struct span b, struct arena *a)
{
	const struct odd *o = req;

	(void)a;
	return o->what != 'R' && span_eq(b, span_text("answer")) ?
	    ERR_NONE : ERR_MISMATCH;
}

/* A name that no answer of ours has. */
static bool
odd_named(const void *req)
{
	return ((const struct odd *)req)->what == 'N';
}

static const struct answer odd_answers[] = {
	{ "-signed.psbt", odd_ready, odd_write, odd_readback },
	{ "-signed.sh", odd_named, odd_write, odd_readback },
	{ .suffix = NULL }
};
static const struct job odd_job = {
	.name = "odd", .cap = 4096, .sniff = odd_sniff, .parse = odd_parse,
	.want = odd_want, .intend = odd_intend, .learn = odd_learn,
	.sign = odd_sign, .answers = odd_answers,
};
const struct job *const job_table[] = { &odd_job, NULL };

struct outcome {
	char		 file;			/* in: the byte */
	enum engine_kind end;
	enum err	 err, while_held, early;
	size_t		 nanswer, leaked;
};
static struct outcome *out;
static char stick[] = "/tmp/coldseal-test-XXXXXX";

static struct engine_event
step(struct engine *en, enum err begun)
{
	if (begun != 0)
		return (struct engine_event){ .kind = ENGINE_FAIL,
		    .err = begun };
	return engine_wait(en);
}

static void
all_the_way(struct engine *en, void *shared)
{
	struct outcome *o = shared;
	int fd = house_file(span_of(&o->file, 1));
	struct engine_event ev = step(en, engine_open(en, fd, NET_REGTEST));

	if (ev.kind == ENGINE_PAGE)
		ev = step(en, engine_agree(en, AGREE_YES, "", NULL, 0));
	if (ev.kind == ENGINE_AGREED)
		ev = step(en, engine_make(en));
	o->end = ev.kind;
	o->err = ev.err;
	o->nanswer = ev.nanswer;
	o->leaked = engine_answer(en, 0) != NULL;
}

static void
while_mounted(struct engine *en, void *shared)
{
	struct outcome *o = shared;
	int fd = house_file(span_of(&o->file, 1)), dir = -1;
	struct stick st[2];
	struct engine_event ev;
	struct fault f;
	size_t n = 0;

	o->early = engine_sticks(en, st, 2, &n);
	if (o->early != 0 || n != 1 ||
	    (o->early = engine_mount(en, st[0].id, false, &dir,
	    &f)) != 0)
		return;
	o->while_held = engine_open(en, fd, NET_REGTEST);
	(void)close(dir);
	o->early = engine_release(en, st[0].id);
	ev = step(en, engine_open(en, fd, NET_REGTEST));
	o->end = ev.kind;
}

static int
play(void (*script)(struct engine *, void *), char file)
{
	struct house_arg a = { .script = script, .shared = out,
	    .sticks = { .dir = { stick }, .n = 1 } };

	memset(out, 0, sizeof(*out));
	out->file = file;
	return house_run(&a);
}

static void
test_invariant_1_no_parsing_while_a_stick_is_mounted(void **state)
{
	(void)state;
	assert_int_equal(play(while_mounted, 'G'), 0);
	assert_int_equal(out->early, 0);
	assert_int_equal(out->while_held, ERR_STATE);
	assert_int_equal(out->end, ENGINE_PAGE);	/* the control */
}

static void
test_invariant_4_a_good_answer_leaves(void **state)
{
	(void)state;
	assert_int_equal(play(all_the_way, 'G'), 0);
	assert_int_equal(out->end, ENGINE_MADE);
	assert_int_equal(out->nanswer, 1);
}

static void
test_invariant_4_what_reads_back_otherwise_stays(void **state)
{
	(void)state;
	assert_int_equal(play(all_the_way, 'R'), 0);
	assert_int_equal(out->end, ENGINE_FAIL);
	assert_int_equal(out->err, ERR_MISMATCH);
	assert_int_equal(out->leaked, 0);
}

static void
test_invariant_4_what_changes_while_written_stays(void **state)
{
	(void)state;
	assert_int_equal(play(all_the_way, 'C'), 0);
	assert_int_equal(out->end, ENGINE_FAIL);
	assert_int_equal(out->err, ERR_INTERNAL);
	assert_int_equal(out->leaked, 0);
}

/* The clerk names the answer; a taken one must not name a program. */
static void
test_the_clerk_cannot_name_a_program(void **state)
{
	(void)state;
	assert_int_equal(play(all_the_way, 'N'), 0);
	assert_int_equal(out->end, ENGINE_FAIL);
	assert_int_equal(out->err, ERR_FORM);
	assert_int_equal(out->leaked, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_invariant_1_no_parsing_while_a_stick_is_mounted),
		cmocka_unit_test(test_invariant_4_a_good_answer_leaves),
		cmocka_unit_test(
		    test_invariant_4_what_reads_back_otherwise_stays),
		cmocka_unit_test(
		    test_invariant_4_what_changes_while_written_stays),
		cmocka_unit_test(test_the_clerk_cannot_name_a_program),
	};
	int bad;

	out = house_shared(sizeof(*out));
	if (out == NULL || mkdtemp(stick) == NULL)
		return 1;
	bad = cmocka_run_group_tests(tests, NULL, NULL);
	(void)rmdir(stick);
	return bad;
}
