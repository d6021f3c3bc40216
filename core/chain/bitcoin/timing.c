#include <stdio.h>

#include "core/chain/bitcoin/request.h"

#define LOCKTIME_TIME 500000000u	/* below: a height (BIP65) */
#define SEQUENCE_OFF 0x80000000u	/* BIP68 */
#define SEQUENCE_TIME 0x00400000u
#define SEQUENCE_MASK 0x0000ffffu
#define YEAR_OF_BLOCKS 52560u
/* Without a clock "far" is measured from this release: 2028-01-01 UTC. */
#define FAR_TIME 1830297600u

/* Heights near this release; a year more is far. */
static const uint32_t height_known[NET_COUNT] = {
	[NET_MAIN] = 980000,
	[NET_TEST] = 5000000,
	[NET_SIGNET] = 300000,
	[NET_REGTEST] = 0,
};

static bool
lock_has_force(const struct tx *tx)
{
	size_t i;

	for (i = 0; i < tx->nin; i++)
		if (tx->in[i].sequence != SEQUENCE_FINAL)
			return true;
	return false;
}

/* BIP68: from transaction version 2 on. */
static bool
relative(const struct tx *tx, size_t i)
{
	uint32_t s = tx->in[i].sequence;

	return tx->version >= 2 && (s & SEQUENCE_OFF) == 0 &&
	    (s & SEQUENCE_MASK) != 0;
}

/* Inputs i to the one returned, not included, have the same sequence. */
static size_t
run_end(const struct tx *tx, size_t i)
{
	size_t k = i + 1;

	while (k < tx->nin && tx->in[k].sequence == tx->in[i].sequence)
		k++;
	return k;
}

uint64_t
timing_traits(const struct request *q)
{
	const struct tx *tx = &q->psbt.tx;
	uint32_t t = tx->locktime;
	bool far;

	if (t == 0 || tx->nin == 0)
		return 0;
	if (!lock_has_force(tx))
		return TRAIT_BIT(LOCK_IDLE);
	far = t < LOCKTIME_TIME ?
	    t > height_known[q->review->network] + YEAR_OF_BLOCKS :
	    t > FAR_TIME;
	return far ? TRAIT_BIT(LOCK_FAR) : 0;
}

size_t
timing_count(const struct request *q)
{
	const struct tx *tx = &q->psbt.tx;
	size_t i, n = tx->locktime != 0;

	for (i = 0; i < tx->nin; i = run_end(tx, i))
		n += relative(tx, i);
	return n;
}

/* Days since 1970-01-01 to a date of the Gregorian calendar: an era is 400
 * years, a year begins in March so that the leap day comes last. */
static void
date_of(uint32_t days, uint32_t *year, uint32_t *month, uint32_t *day)
{
	uint32_t z = days + 719468, era = z / 146097, doe = z % 146097;
	uint32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	uint32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	uint32_t mp = (5 * doy + 2) / 153;

	*day = doy - (153 * mp + 2) / 5 + 1;
	*month = mp < 10 ? mp + 3 : mp - 9;
	*year = yoe + era * 400 + (*month <= 2);
}

void
timing_absolute(uint32_t t, char out[TIMING_TEXT_MAX])
{
	uint32_t year, month, day;

	if (t < LOCKTIME_TIME) {
		(void)snprintf(out, TIMING_TEXT_MAX, "not before block %u", t);
		return;
	}
	date_of(t / 86400, &year, &month, &day);
	(void)snprintf(out, TIMING_TEXT_MAX,
	    "not before %04u-%02u-%02u %02u:%02u UTC", year, month, day,
	    t / 3600 % 24, t / 60 % 60);
}

void
timing_relative(uint32_t sequence, char out[TIMING_TEXT_MAX])
{
	uint32_t n = sequence & SEQUENCE_MASK, minutes = n * 512 / 60;

	if ((sequence & SEQUENCE_TIME) == 0)
		(void)snprintf(out, TIMING_TEXT_MAX,
		    "%u block%s after it was mined", n, n == 1 ? "" : "s");
	else
		(void)snprintf(out, TIMING_TEXT_MAX,
		    "%u h %u min after it was mined", minutes / 60,
		    minutes % 60);
}

static const char *
absolute_text(const struct tx *tx, struct arena *a)
{
	char text[TIMING_TEXT_MAX];

	if (!lock_has_force(tx))
		return arena_text(a, "lock time %u has no force",
		    tx->locktime);
	timing_absolute(tx->locktime, text);
	return arena_text(a, "%s", text);
}

static const char *
relative_text(const struct tx *tx, size_t i, size_t end, struct arena *a)
{
	char coins[64], text[TIMING_TEXT_MAX];
	struct arena tmp = { (uint8_t *)coins, sizeof(coins), 0 };
	const char *who;

	if (end == i + 1)
		who = arena_text(&tmp, "coin %zu", i);
	else
		who = arena_text(&tmp, "coins %zu to %zu", i, end - 1);
	if (who == NULL)
		return NULL;
	timing_relative(tx->in[i].sequence, text);
	return arena_text(a, "%s: %s", who, text);
}

static enum err
timing_fact(struct fact *f, const char *text)
{
	if (text == NULL)
		return ERR_SPACE;
	*f = (struct fact){ .kind = FACT_TIMING, .known = KNOWN_PROVEN,
	    .to = text, .ref = "", .how = "signed", .why = "" };
	return 0;
}

enum err
timing_facts(const struct request *q, struct arena *a, struct fact *f)
{
	const struct tx *tx = &q->psbt.tx;
	enum err e;
	size_t i, end;

	if (tx->locktime != 0 &&
	    (e = timing_fact(f++, absolute_text(tx, a))) != 0)
		return e;
	for (i = 0; i < tx->nin; i = end) {
		end = run_end(tx, i);
		if (!relative(tx, i))
			continue;
		if ((e = timing_fact(f++, relative_text(tx, i, end,
		    a))) != 0)
			return e;
	}
	return 0;
}
