#include <stdio.h>

#include "core/chain/monero/height.h"

#define DAY 86400
#define WEEK (7 * DAY)
#define BEGAN 1397779200u		/* 2014-04-18 */
#define SLOWER_AT 1458748658u		/* 2016-03-23, when ... */
#define SLOWER 1009827u			/* ... this block came */
#define HEIGHT_MAX 500000000u		/* as Monero bounds it */

/* Days since 1970 of a date of the Gregorian calendar, and back: by years of
 * 400, which are all alike. */
static int64_t
days_of(int64_t y, int64_t m, int64_t d)
{
	int64_t era, yoe, doy;

	y -= m <= 2;
	era = y / 400;
	yoe = y - era * 400;
	doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static void
date_of(int64_t days, int64_t *y, int64_t *m, int64_t *d)
{
	int64_t era, doe, yoe, doy, mp;

	days += 719468;
	era = days / 146097;
	doe = days - era * 146097;
	yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	mp = (5 * doy + 2) / 153;
	*d = doy - (153 * mp + 2) / 5 + 1;
	*m = mp + (mp < 10 ? 3 : -9);
	*y = yoe + era * 400 + (*m <= 2);
}

static uint64_t
height_at(uint64_t t)
{
	if (t <= BEGAN)
		return 0;
	return t < SLOWER_AT ? (t - BEGAN) / 60 :
	    SLOWER + (t - SLOWER_AT) / 120;
}

uint64_t
height_of_birth(uint64_t t)
{
	return height_at(t > WEEK ? t - WEEK : 0);
}

static enum err
digits(struct span s, uint64_t *out)
{
	size_t i;

	if (s.n == 0 || s.n > 9)
		return ERR_FORM;
	*out = 0;
	for (i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return ERR_FORM;
		*out = *out * 10 + (uint64_t)(s.p[i] - '0');
	}
	return 0;
}

static enum err
of_date(struct span s, uint64_t *out)
{
	uint64_t y, m, d;
	int64_t ay, am, ad, days;
	enum err e;

	if ((e = digits(span_of(s.p, 4), &y)) != 0 ||
	    (e = digits(span_of(s.p + 5, 2), &m)) != 0 ||
	    (e = digits(span_of(s.p + 8, 2), &d)) != 0)
		return e;
	if (m < 1 || m > 12 || d < 1 || d > 31 || y < 2014 || y > 2100)
		return ERR_RANGE;
	days = days_of((int64_t)y, (int64_t)m, (int64_t)d);
	date_of(days, &ay, &am, &ad);
	if (am != (int64_t)m || ad != (int64_t)d)
		return ERR_RANGE;	/* no such day in that month */
	*out = height_of_birth((uint64_t)days * DAY);
	return 0;
}

enum err
height_of_text(struct span s, uint64_t *out)
{
	enum err e;

	*out = 0;
	if (s.n == 0)
		return 0;
	if (s.n == 10 && s.p[4] == '-' && s.p[7] == '-')
		return of_date(s, out);
	if ((e = digits(s, out)) != 0)
		return e;
	return *out > HEIGHT_MAX ? ERR_RANGE : ERR_NONE;
}

void
height_date(uint64_t height, char out[HEIGHT_DATE_MAX])
{
	uint64_t t = height < SLOWER ? BEGAN + height * 60 :
	    SLOWER_AT + (height - SLOWER) * 120;
	int64_t y, m, d;

	date_of((int64_t)(t / DAY), &y, &m, &d);
	(void)snprintf(out, HEIGHT_DATE_MAX, "%04u-%02u-%02u", (unsigned)y,
	    (unsigned)m, (unsigned)d);
}
