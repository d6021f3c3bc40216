#include <stdio.h>

#include "core/base/network.h"
#include "core/base/text.h"
#include "core/review/rules.h"
#include "core/wire/setting.h"

static const char *const units[] = { "coin", "base" };
static const char *const networks[NET_COUNT] = {
	[NET_MAIN] = "main", [NET_TEST] = "test", [NET_SIGNET] = "signet",
	[NET_REGTEST] = "regtest", [NET_STAGENET] = "stagenet",
};

static const struct setting_row rows[SETTINGS] = {
	[SETTING_IDLE] = { "idle", 1, 60, 10, NULL,
	    "Minutes without a key pressed until all keys are wiped from "
	    "memory." },
	/* A wallet looks 20 addresses ahead; nobody's looks further than
	 * Monero's 200 by itself. */
	[SETTING_GAP] = { "gap", 20, 1000, PATH_GAP, NULL,
	    "How far beyond the indices that the inputs show change may lie "
	    "without a warning." },
	[SETTING_UNIT] = { "unit", UNIT_COIN, UNIT_BASE, UNIT_COIN, units,
	    "How amounts are drawn: coin (BTC, XMR) or base (sat, the "
	    "smallest unit)." },
	[SETTING_NETWORK] = { "network", NET_MAIN, NET_STAGENET, NET_MAIN,
	    networks, "The network that is chosen when the vault is opened." },
};

const struct setting_row *
setting_row(enum setting s)
{
	return &rows[s];
}

enum err
setting_find(struct span name, enum setting *out)
{
	unsigned i;

	for (i = 0; i < SETTINGS; i++)
		if (span_eq(name, span_text(rows[i].name))) {
			*out = (enum setting)i;
			return 0;
		}
	return ERR_UNKNOWN;
}

static enum err
number(struct span s, uint32_t *out)
{
	uint32_t v = 0;
	size_t i;

	if (s.n == 0 || s.n > 6 || (s.n > 1 && s.p[0] == '0'))
		return ERR_RANGE;
	for (i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return ERR_RANGE;
		v = v * 10 + (uint32_t)(s.p[i] - '0');
	}
	*out = v;
	return 0;
}

enum err
setting_value(enum setting s, struct span text, uint32_t *out)
{
	const struct setting_row *r = &rows[s];
	uint32_t v;
	enum err e;

	if (r->words == NULL) {
		if ((e = number(text, &v)) != 0)
			return e;
		if (v < r->least || v > r->most)
			return ERR_RANGE;
		*out = v;
		return 0;
	}
	for (v = r->least; v <= r->most; v++)
		if (span_eq(text, span_text(r->words[v]))) {
			*out = v;
			return 0;
		}
	return ERR_RANGE;
}

void
setting_text(enum setting s, uint32_t value, char out[SETTING_VALUE_MAX])
{
	const struct setting_row *r = &rows[s];

	if (value < r->least || value > r->most)
		value = r->usual;
	if (r->words != NULL)
		(void)snprintf(out, SETTING_VALUE_MAX, "%s", r->words[value]);
	else
		(void)snprintf(out, SETTING_VALUE_MAX, "%u", value);
}

void
setting_bounds(enum setting s, char out[SETTING_VALUE_MAX])
{
	const struct setting_row *r = &rows[s];
	size_t n = 0;
	uint32_t v;

	if (r->words == NULL) {
		(void)snprintf(out, SETTING_VALUE_MAX, "%u to %u (%u)",
		    r->least, r->most, r->usual);
		return;
	}
	for (v = r->least; v <= r->most && n < SETTING_VALUE_MAX; v++)
		n += (size_t)snprintf(out + n, SETTING_VALUE_MAX - n, "%s%s",
		    v > r->least ? ", " : "", r->words[v]);
	if (n < SETTING_VALUE_MAX)
		(void)snprintf(out + n, SETTING_VALUE_MAX - n, " (%s)",
		    r->words[r->usual]);
}

enum err
setting_read(struct span body, struct span *name, struct span *value)
{
	struct reader r = reader_of(body);
	enum err e;

	*name = read_block(&r);
	*value = read_block(&r);
	if ((e = reader_done(&r)) != 0)
		return e;
	return name->n > 0 && name->n <= SETTING_NAME_MAX &&
	    value->n <= SETTING_VALUE_MAX && text_is_printable(*name) &&
	    text_is_printable(*value) ? ERR_NONE : ERR_FORM;
}

void
setting_put(struct sink *s, enum setting which, uint32_t value)
{
	char text[SETTING_VALUE_MAX];

	setting_text(which, value, text);
	put_block(s, span_text(rows[which].name));
	put_block(s, span_text(text));
}

void
settings_usual(struct settings *s)
{
	unsigned i;

	*s = (struct settings){ 0 };
	for (i = 0; i < SETTINGS; i++)
		s->value[i] = rows[i].usual;
}

/* What is not known is nobody's fault; what is out of bounds is told. */
enum err
settings_add(struct settings *s, struct span body, uint32_t id)
{
	struct span name, text;
	enum setting which;
	enum err e;

	if ((e = setting_read(body, &name, &text)) != 0)
		return e;
	if (setting_find(name, &which) != 0)
		return 0;
	s->id[which] = id;
	if ((e = setting_value(which, text, &s->value[which])) != 0)
		return e;
	s->set[which] = true;
	return 0;
}
