/* Stopping the reading of a file: at once, and what the session learnt from
 * other files stays. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "core/review/session.h"
#include "tests/proc/house.h"

static struct outcome {
	bool		 done;
	enum engine_kind first, agreed, again;
	struct hash32	 before, after;		/* what pages relied on */
	enum err	 busy, stopped;
	long		 ms;
	size_t		 progress;
} *out;

static int small = -1, large = -1;

static struct engine_event
look(struct engine *en, int fd)
{
	if (engine_open(en, fd, NET_REGTEST) != 0)
		return (struct engine_event){ .kind = ENGINE_FAIL };
	return engine_wait(en);
}

static long
now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Agreeing teaches the session the file's coins. */
static void
stop_script(struct engine *en, void *shared)
{
	struct outcome *o = shared;
	struct engine_event ev = look(en, small);

	o->first = ev.kind;
	if (ev.kind != ENGINE_PAGE)
		return;
	o->before = engine_page(en)->session;
	if (engine_agree(en, AGREE_YES, "", NULL, 0) == 0)
		o->agreed = engine_wait(en).kind;
	if (engine_forget(en) != 0 ||
	    engine_open(en, large, NET_REGTEST) != 0)
		return;
	o->busy = engine_open(en, small, NET_REGTEST);
	o->ms = now_ms();
	engine_stop(en);
	o->ms = now_ms() - o->ms;
	o->stopped = engine_page(en) == NULL ? ERR_NONE : ERR_STATE;
	if ((o->again = look(en, small).kind) == ENGINE_PAGE)
		o->after = engine_page(en)->session;
	o->done = true;
}

static void
test_stopping_keeps_what_the_session_learnt(void **state)
{
	struct house_arg arg = { .script = stop_script, .shared = out };
	struct session empty = { .network = NET_REGTEST };
	struct hash32 none;

	(void)state;
	memset(out, 0, sizeof(*out));
	assert_int_equal(house_run(&arg), 0);
	session_digest(&empty, &none);
	assert_true(out->done);
	assert_int_equal(out->agreed, ENGINE_AGREED);
	assert_int_equal(out->busy, ERR_STATE);
	assert_int_equal(out->stopped, ERR_NONE);
	assert_int_equal(out->again, ENGINE_PAGE);
	assert_memory_equal(&out->before, &none, sizeof(none));
	assert_memory_not_equal(&out->after, &none, sizeof(none));
	assert_true(out->ms < 1000);
}

/* What is not stopped says how far it is, and never backwards. */
static void
progress_script(struct engine *en, void *shared)
{
	struct outcome *o = shared;
	struct pollfd p[ENGINE_FDS];
	struct engine_event ev;
	uint32_t last = 0;

	if (engine_open(en, large, NET_REGTEST) != 0)
		return;
	for (;;) {
		ev = engine_next(en);
		if (ev.kind == ENGINE_NONE) {
			(void)poll(p, engine_fds(en, p), -1);
			continue;
		}
		if (ev.kind != ENGINE_PROGRESS)
			break;
		if (ev.done < last || ev.done > ev.total)
			return;
		last = ev.done;
		o->progress++;
	}
	o->first = ev.kind;
	o->done = true;
}

static void
test_reading_says_how_far_it_is(void **state)
{
	struct house_arg arg = { .script = progress_script, .shared = out };

	(void)state;
	memset(out, 0, sizeof(*out));
	assert_int_equal(house_run(&arg), 0);
	assert_true(out->done);
	assert_int_equal(out->first, ENGINE_PAGE);
	assert_true(out->progress >= 20 && out->progress <= 201);
}

static int
setup(void **state)
{
	(void)state;
	out = house_shared(sizeof(*out));
	small = house_fixture("bitcoin/sign/wpkh-in2.psbt");
	large = house_fixture("bitcoin/sign/tr-in1000.psbt");
	return out == NULL || small < 0 || large < 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_stopping_keeps_what_the_session_learnt),
		cmocka_unit_test(test_reading_says_how_far_it_is),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
