/* Settings: what each may be, and that none reaches past its bounds. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/network.h"
#include "core/review/rules.h"
#include "core/wire/kept.h"
#include "core/wire/setting.h"

static size_t
body_of(const char *name, const char *value, uint8_t out[128])
{
	struct sink s = sink_to_buf(out, 128);

	put_block(&s, span_text(name));
	put_block(&s, span_text(value));
	assert_int_equal(s.err, 0);
	return s.total;
}

static void
test_values(void **state)
{
	static const struct { enum setting s; const char *text; bool ok; }
	    as[] = {
		{ SETTING_IDLE, "1", true }, { SETTING_IDLE, "60", true },
		{ SETTING_IDLE, "0", false }, { SETTING_IDLE, "61", false },
		{ SETTING_IDLE, "", false }, { SETTING_IDLE, "01", false },
		{ SETTING_IDLE, "-1", false }, { SETTING_IDLE, "5 ", false },
		{ SETTING_GAP, "20", true }, { SETTING_GAP, "1000", true },
		{ SETTING_GAP, "19", false }, { SETTING_GAP, "1001", false },
		{ SETTING_GAP, "4294967316", false },
		{ SETTING_UNIT, "base", true }, { SETTING_UNIT, "sat", false },
		{ SETTING_NETWORK, "regtest", true },
		{ SETTING_NETWORK, "mainnet", false },
	};
	char text[SETTING_VALUE_MAX];
	uint32_t v = 0;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(as) / sizeof(as[0]); i++) {
		assert_int_equal(setting_value(as[i].s, span_text(as[i].text),
		    &v), as[i].ok ? ERR_NONE : ERR_RANGE);
		if (!as[i].ok)
			continue;
		setting_text(as[i].s, v, text);
		assert_string_equal(text, as[i].text);
	}
	setting_text(SETTING_GAP, UINT32_MAX, text);
	assert_string_equal(text, "200");
	setting_bounds(SETTING_IDLE, text);
	assert_string_equal(text, "1 to 60 (10)");
	setting_bounds(SETTING_UNIT, text);
	assert_string_equal(text, "coin, base (coin)");
}

/* Known attack 7: however it is set, a far index warns. */
static void
test_bounds_are_those_of_the_rules(void **state)
{
	const struct setting_row *gap = setting_row(SETTING_GAP);
	unsigned i;

	(void)state;
	assert_int_equal(gap->usual, PATH_GAP);
	assert_true(gap->most <= 1000 && gap->least >= 20);
	for (i = 0; i < NET_COUNT; i++)
		assert_string_equal(setting_row(SETTING_NETWORK)->words[i],
		    network_word((enum network)i));
	assert_int_equal(setting_row(SETTING_NETWORK)->most, NET_COUNT - 1);
}

static void
test_kept(void **state)
{
	struct settings s;
	uint8_t body[128], put[128];
	struct sink k = sink_to_buf(put, sizeof(put));
	struct span name, value;
	enum setting which;
	size_t n;

	(void)state;
	settings_usual(&s);
	assert_int_equal(s.value[SETTING_IDLE], 10);
	n = body_of("idle", "5", body);
	assert_int_equal(settings_add(&s, span_of(body, n), 7), 0);
	assert_int_equal(s.value[SETTING_IDLE], 5);
	assert_true(s.set[SETTING_IDLE] && s.id[SETTING_IDLE] == 7);
	setting_put(&k, SETTING_IDLE, 5);
	assert_true(span_eq(span_of(put, k.total), span_of(body, n)));
	n = body_of("colour", "mauve", body);
	assert_int_equal(settings_add(&s, span_of(body, n), 8), 0);
	n = body_of("gap", "1000000", body);
	assert_int_equal(settings_add(&s, span_of(body, n), 9), ERR_RANGE);
	assert_int_equal(s.value[SETTING_GAP], PATH_GAP);
	assert_false(s.set[SETTING_GAP]);
	n = body_of("gap", "\n", body);
	assert_int_equal(settings_add(&s, span_of(body, n), 9), ERR_FORM);
	n = body_of("gap", "30", body);
	assert_int_equal(setting_read(span_of(body, n - 1), &name, &value),
	    ERR_SHORT);
	assert_int_equal(setting_find(span_text("gap"), &which), 0);
	assert_int_equal(which, SETTING_GAP);
	assert_int_equal(setting_find(span_text("gaps"), &which),
	    ERR_UNKNOWN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_bounds_are_those_of_the_rules),
		cmocka_unit_test(test_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
