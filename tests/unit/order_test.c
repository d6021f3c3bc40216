#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/order.h"

#define MANY 5000

static size_t compared;

static int
by_value(const void *ctx, uint32_t a, uint32_t b)
{
	const uint32_t *v = ctx;

	compared++;
	return v[a] < v[b] ? -1 : v[a] > v[b];
}

static void
check_sorted(const uint32_t *v, size_t n)
{
	static uint32_t index[MANY];
	static uint8_t seen[MANY];
	size_t i;

	for (i = 0; i < n; i++) {
		index[i] = (uint32_t)i;
		seen[i] = 0;
	}
	compared = 0;
	order_sort(index, n, by_value, v);
	for (i = 0; i < n; i++) {
		assert_int_equal(seen[index[i]]++, 0);
		if (i > 0)
			assert_true(v[index[i - 1]] <= v[index[i]]);
	}
}

static void
test_small_ones_in_every_arrangement(void **state)
{
	uint32_t v[6];
	size_t n, code, i, rest;

	(void)state;
	for (n = 0; n <= 6; n++)
		for (code = 0; code < 46656; code += n < 6 ? 7 : 1) {
			for (i = 0, rest = code; i < n; i++, rest /= 6)
				v[i] = (uint32_t)(rest % 6);
			check_sorted(v, n);
		}
}

/* n log n even for what is built to be slow. */
static void
test_the_worst_case_stays_small(void **state)
{
	static uint32_t v[MANY];
	uint32_t x = 1;
	size_t kind, i;

	(void)state;
	for (kind = 0; kind < 4; kind++) {
		for (i = 0; i < MANY; i++) {
			x = x * 1664525 + 1013904223;
			v[i] = kind == 0 ? (uint32_t)i : kind == 1 ?
			    (uint32_t)(MANY - i) : kind == 2 ? 7 : x;
		}
		check_sorted(v, MANY);
		assert_true(compared < (size_t)MANY * 2 * 13);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_small_ones_in_every_arrangement),
		cmocka_unit_test(test_the_worst_case_stays_small),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
