/*
 * monero_take.h - a desk whose session knows the wallet's outputs, and a real
 * set taken apart on it.
 *
 *	source	tests/fixtures/monero
 *	shapes	struct unsigned_set, changed by the test, to a page
 *	units	none
 *	owns	the desk
 *	errors	fails the test
 *	secrets	published test keys
 *	tests	this is for them
 */
#ifndef TESTS_UNIT_MONERO_TAKE_H
#define TESTS_UNIT_MONERO_TAKE_H

#include "tests/unit/monero_load.h"
#include "tests/unit/monero_sets.h"

#include "core/chain/monero/traits.h"
#include "core/chain/monero/unsigned.h"

static struct desk desk;
static struct session known;
static struct unsigned_set set;
static struct construction *tx;
static size_t keep;			/* of the arena: the set as it came */

#define ONE "monero/v0.18.5.3/one_in_two_out/unsigned_monero_tx"
#define MANY "monero/v0.18.5.3/many_in/unsigned_monero_tx"
#define INTEGRATED "monero/v0.18.5.3/integrated/unsigned_monero_tx"

/* The wallet's outputs are known to the session in all of these. */
static inline int
setup(void **state)
{
	struct span answer;

	(void)state;
	if (desk_open(&desk) != 0 ||
	    desk_look(&desk, "monero/v0.18.5.3/outputs/all") != 0 ||
	    desk_sign(&desk, &answer) != 0)
		return -1;
	known = desk.session;
	return 0;
}

static inline int
teardown(void **state)
{
	(void)state;
	desk_close(&desk);
	return 0;
}

static inline int
fresh(void **state)
{
	(void)state;
	desk.session = known;
	desk.session.network = NET_MAIN;
	return 0;
}

/* A real set, taken apart. */
static inline void
take(const char *name)
{
	struct span s;
	struct fault f;

	desk.arena.used = 0;
	s = desk_plain(&desk, desk_load(&desk, name));
	assert_int_equal(unsigned_read(s, 0, &desk.arena, NULL, &set, &f), 0);
	tx = &set.tx[0];
	keep = desk.arena.used;
}

static inline struct span
put_together(void)
{
	struct sink n = sink_to_count(), s;
	uint8_t *p;

	sets_put(&n, &set);
	assert_non_null(p = arena_new(&desk.arena, uint8_t, n.total));
	s = sink_to_buf(p, n.total);
	sets_put(&s, &set);
	assert_int_equal(s.err, 0);
	return span_of(p, s.total);
}

static inline enum err
look(void)
{
	desk.arena.used = keep;
	return desk_study(&desk, desk_seal(&desk, FRAME_UNSIGNED, false,
	    put_together()));
}

static inline void
assert_refused(const char *code)
{
	struct span answer;
	enum err e = look();

	if (e != 0)
		fail_msg("%s: %s at %s", code, err_text(e),
		    desk.study.fault.where);
	if (!desk_found(&desk, code) || desk.j.verdict != VERDICT_REFUSE) {
		desk_say(&desk);
		fail_msg("%s is missing", code);
	}
	assert_int_equal(desk_sign(&desk, &answer), ERR_REFUSED);
	assert_int_equal(desk.rig.asked, 0);
}

#define T(f) cmocka_unit_test_setup(f, fresh)

#endif
