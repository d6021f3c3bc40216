/* The report of what was tried: read strictly, and never verified by less. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "core/base/airgap.h"

#define HEAD "coldseal-airgap-1\n"

/* A report of so many lines, of which one may be bad. */
static struct span
report(char *buf, size_t cap, size_t lines, size_t bad, size_t said)
{
	int n = snprintf(buf, cap, HEAD);
	size_t i;

	for (i = 0; i < lines; i++)
		n += snprintf(buf + n, cap - (size_t)n, "%s\tthing %zu\t%s\n",
		    i == bad ? "bad" : "ok", i, i == bad ? "FOUND" : "none");
	n += snprintf(buf + n, cap - (size_t)n, "end\t%zu\n", said);
	return span_of(buf, (size_t)n);
}

static void
test_verified(void **state)
{
	static char buf[AIRGAP_TEXT_MAX];
	static struct airgap a;

	(void)state;
	assert_int_equal(airgap_read(report(buf, sizeof(buf), AIRGAP_LEAST,
	    1000, AIRGAP_LEAST), &a), 0);
	assert_true(airgap_verified(&a));
	assert_int_equal(a.n, AIRGAP_LEAST);
	assert_true(span_eq(a.row[7].what, span_text("thing 7")));
	assert_true(span_eq(a.row[7].outcome, span_text("none")));
	/* One thing that talks is enough, wherever it stands. */
	assert_int_equal(airgap_read(report(buf, sizeof(buf), AIRGAP_LEAST,
	    AIRGAP_LEAST - 1, AIRGAP_LEAST), &a), 0);
	assert_int_equal(a.bad, 1);
	assert_false(a.row[AIRGAP_LEAST - 1].ok);
	assert_false(airgap_verified(&a));
	/* Who tried next to nothing has proven nothing. */
	assert_int_equal(airgap_read(report(buf, sizeof(buf), AIRGAP_LEAST - 1,
	    1000, AIRGAP_LEAST - 1), &a), 0);
	assert_false(airgap_verified(&a));
}

static void
test_cut_short(void **state)
{
	static char buf[AIRGAP_TEXT_MAX];
	static struct airgap a;
	struct span whole = report(buf, sizeof(buf), 70, 1000, 70);
	size_t n;

	(void)state;
	for (n = 0; n < whole.n; n++)
		assert_int_equal(airgap_read(span_of(whole.p, n), &a),
		    ERR_FORM);
	assert_int_equal(airgap_read(whole, &a), 0);
}

static void
test_not_a_report(void **state)
{
	static const char *const bad[] = {
		HEAD "ok\tx\ty\nend\t2\n",
		HEAD "ok\tx\ty\nend\t\n",
		HEAD "ok\tx\ty\nend\t1\nok\tx\ty\n",
		HEAD "good\tx\ty\nend\t1\n",
		HEAD "ok\tx\nend\t1\n",
		HEAD "ok\tx\033[2J\ty\nend\t1\n",
		HEAD "ok\tx\ty\nend\t99999999999999999999999999999\n",
		"coldseal-airgap-2\nok\tx\ty\nend\t1\n",
		"end\t0\n",
	};
	static char buf[AIRGAP_TEXT_MAX];
	static struct airgap a;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(airgap_read(span_text(bad[i]), &a), ERR_FORM);
	assert_int_equal(airgap_read(report(buf, sizeof(buf), AIRGAP_ROWS,
	    1000, AIRGAP_ROWS), &a), 0);
	assert_int_equal(airgap_read(report(buf, sizeof(buf), AIRGAP_ROWS + 1,
	    1000, AIRGAP_ROWS + 1), &a), ERR_FORM);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_verified),
		cmocka_unit_test(test_cut_short),
		cmocka_unit_test(test_not_a_report),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
