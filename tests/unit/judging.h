/*
 * judging.h - an intent made by hand, judged; for the tests of the rules.
 *
 *	source	design, section 5
 *	shapes	one intent, one judgement, one arena a test program
 *	units	satoshi
 *	owns	the arena's memory
 *	errors	a test fails
 *	secrets	none
 *	tests	this is for them
 */
#ifndef TESTS_UNIT_JUDGING_H
#define TESTS_UNIT_JUDGING_H

#include <stdlib.h>

#include "core/review/rules/rule.h"
#include "tests/unit/intents.h"

#define MEM ((size_t)1 << 24)
#define BTC UINT64_C(100000000)

static struct made made;
static uint8_t *mem;
static struct arena arena;
static struct judgement got;

static inline int
judging_setup(void **state)
{
	(void)state;
	mem = malloc(MEM);
	return mem == NULL ? -1 : 0;
}

static inline int
judging_teardown(void **state)
{
	(void)state;
	free(mem);
	return 0;
}

static inline void
judged(void)
{
	arena = (struct arena){ mem, MEM, 0 };
	assert_int_equal(judge(&made.in, &arena, &got), 0);
}

/* The sentence of a code that must be there. */
static inline const char *
text_of(const char *code)
{
	size_t i;

	for (i = 0; i < got.n; i++)
		if (strcmp(got.finding[i].code, code) == 0)
			return got.finding[i].text;
	fail_msg("%s is missing", code);
	return "";
}

static inline void
assert_places(const char *code, const char *places)
{
	judged();
	assert_memory_equal(text_of(code), places, strlen(places));
}

static inline void
assert_only(const char *code, enum level level)
{
	judged();
	assert_int_equal(got.n, 1);
	assert_string_equal(got.finding[0].code, code);
	assert_int_equal(got.finding[0].level, level);
	assert_int_equal(got.verdict, (enum verdict)level);
}

static inline void
assert_allowed(void)
{
	judged();
	assert_int_equal(got.n, 0);
	assert_int_equal(got.verdict, VERDICT_ALLOW);
}

#endif
