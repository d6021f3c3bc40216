#include "core/review/rules/rule.h"

/* What a fee is measured against: what goes to others, else what we put in;
 * NULL where that is nothing, or not known. */
static const struct total *
base_of(const struct total *t)
{
	const struct total *base = &t[TOTAL_PAY];

	if (base->has && num_is_zero(&base->amount))
		base = &t[TOTAL_IN];
	return base->has && !num_is_zero(&base->amount) ? base : NULL;
}

/* fee * 100 >= base * percent, exactly. */
static bool
reaches(const struct num *fee, const struct total *base, uint32_t percent)
{
	struct num f = *fee, b;

	if (base == NULL)
		return false;
	b = base->amount;
	if (num_mul(&f, 100) != 0)
		return true;
	return num_mul(&b, percent) == 0 && num_cmp(&f, &b) >= 0;
}

/* fee > size * rate, exactly. */
static bool
above_rate(const struct num *fee, uint64_t size, uint32_t rate)
{
	struct num limit = num_of(size);

	return size > 0 && num_mul(&limit, rate) == 0 &&
	    num_cmp(fee, &limit) > 0;
}

/*
 * n / d to so many decimals, rounded to the nearest, for the eye alone: rules
 * never look at it.  Both are halved until d fits the divisor, which keeps
 * far more digits than are shown.
 */
static enum err
ratio(struct num n, struct num d, unsigned decimals, char *buf)
{
	struct num half;
	unsigned i;

	for (i = 0; i < decimals; i++)
		if (num_mul(&n, 10) != 0)
			return ERR_RANGE;
	while ((d.w[1] | d.w[2] | d.w[3]) != 0 || d.w[0] > UINT32_MAX) {
		(void)num_div(&n, 2);
		(void)num_div(&d, 2);
	}
	half = num_of(d.w[0] / 2);
	if (num_is_zero(&d) || num_add(&n, &half) != 0)
		return ERR_RANGE;
	(void)num_div(&n, (uint32_t)d.w[0]);
	num_text_units(&n, decimals, buf);
	return 0;
}

enum err
fee_rate_text(const struct intent *in, const struct total *t,
    struct arena *a, const char **out)
{
	char rate[NUM_TEXT_MAX] = "", percent[NUM_TEXT_MAX] = "";
	struct num fee = t[TOTAL_FEE].amount;
	const struct total *base = base_of(t);

	*out = "";
	if (!t[TOTAL_FEE].has)
		return 0;
	if (in->size > 0 && ratio(fee, num_of(in->size), 1, rate) != 0)
		rate[0] = '\0';
	if (base != NULL && (num_mul(&fee, 100) != 0 ||
	    ratio(fee, base->amount, 2, percent) != 0))
		percent[0] = '\0';
	*out = arena_text(a, "%s%s%s%s%s%s%s", rate,
	    rate[0] != '\0' ? " " : "", rate[0] != '\0' ? in->rate_unit : "",
	    rate[0] != '\0' && percent[0] != '\0' ? ", " : "", percent,
	    percent[0] != '\0' ? " % of " : "",
	    percent[0] == '\0' ? "" : base == &t[TOTAL_PAY] ?
	    "the payment" : "your coins");
	return *out == NULL ? ERR_SPACE : ERR_NONE;
}

/*
 * High: a percentage, or a rate.  Absurd: a larger percentage that is also
 * real money, or a rate that nobody ever needed.  Known attack 14.
 */
static struct strike *
weigh(const struct intent *in, const struct total *t, uint64_t size,
    struct strike *strike)
{
	const struct fee_policy *p = in->fees;
	const struct num *fee = &t[TOTAL_FEE].amount;
	const struct total *base = base_of(t);
	struct num floor = num_of(p->refuse_floor);

	if (!t[TOTAL_FEE].has || num_is_zero(fee))
		return NULL;
	if ((reaches(fee, base, p->refuse_percent) &&
	    num_cmp(fee, &floor) >= 0) ||
	    above_rate(fee, size, p->refuse_rate))
		return &strike[RULE_FEE_ABSURD];
	if (reaches(fee, base, p->warn_percent) ||
	    above_rate(fee, size, p->warn_rate))
		return &strike[RULE_FEE_HIGH];
	return NULL;
}

/* A set is weighed as a whole, and each of its transactions by itself: one
 * that burns its coins must not hide among others that do not. */
enum err
rule_fee(const struct intent *in, const struct total *t, struct arena *a,
    struct strike *strike)
{
	struct intent alone = *in;	/* its own size is not known */
	struct total one[TOTAL_KINDS];
	struct strike *hit;
	const char *text;
	uint32_t part;
	enum err e;

	if (in->fees == NULL)
		return 0;
	alone.size = 0;
	for (part = 0; in->parts > 1 && part < in->parts; part++) {
		totals_of(in, part, one);
		if ((hit = weigh(&alone, one, 0, strike)) == NULL || hit->file)
			continue;
		hit->file = true;
		if ((e = fee_rate_text(&alone, one, a, &text)) != 0)
			return e;
		hit->why = arena_text(a, "transaction %u: %s", part + 1, text);
		if (hit->why == NULL)
			return ERR_SPACE;
	}
	hit = weigh(in, t, in->size, strike);
	if (hit == NULL || hit->file)
		return 0;
	hit->file = true;
	return fee_rate_text(in, t, a, &hit->why);
}
