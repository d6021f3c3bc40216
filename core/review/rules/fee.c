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
enum err
rule_fee(const struct intent *in, const struct total *t, struct arena *a,
    struct strike *strike)
{
	const struct fee_policy *p = in->fees;
	const struct num *fee = &t[TOTAL_FEE].amount;
	const struct total *base = base_of(t);
	struct strike *hit = NULL;
	struct num floor;

	if (p == NULL || !t[TOTAL_FEE].has || num_is_zero(fee))
		return 0;
	floor = num_of(p->refuse_floor);
	if ((reaches(fee, base, p->refuse_percent) &&
	    num_cmp(fee, &floor) >= 0) ||
	    above_rate(fee, in->size, p->refuse_rate))
		hit = &strike[RULE_FEE_ABSURD];
	else if (reaches(fee, base, p->warn_percent) ||
	    above_rate(fee, in->size, p->warn_rate))
		hit = &strike[RULE_FEE_HIGH];
	if (hit == NULL)
		return 0;
	hit->file = true;
	return fee_rate_text(in, t, a, &hit->why);
}
