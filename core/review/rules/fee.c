#include "core/review/rules/rule.h"

/* What a fee is measured against: what goes to others, else what we put in. */
static struct num
base_of(const struct total *t)
{
	return num_is_zero(&t[TOTAL_PAY].amount) ? t[TOTAL_IN].amount :
	    t[TOTAL_PAY].amount;
}

/* fee * 100 >= base * percent, exactly. */
static bool
reaches(const struct num *fee, const struct num *base, uint32_t percent)
{
	struct num f = *fee, b = *base;

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

/* n / d with so many decimals, rounded down; d fits 32 bits after both are
 * shifted, which keeps far more digits than are shown. */
static void
ratio(struct num n, struct num d, unsigned decimals, char *buf)
{
	uint64_t q = 0, rest;
	unsigned digits;

	while ((d.w[1] | d.w[2] | d.w[3]) != 0 || d.w[0] > 0xffffffff) {
		(void)num_div(&n, 2);
		(void)num_div(&d, 2);
	}
	for (digits = 0; digits < decimals; digits++)
		if (num_mul(&n, 10) != 0)
			n = num_of(0);
	rest = num_is_zero(&d) ? 1 : d.w[0];
	(void)num_div(&n, (uint32_t)rest);
	if (num_u64(&n, &q) != 0)
		q = UINT64_MAX;
	n = num_of(q);
	num_text_units(&n, decimals, buf);
}

enum err
fee_rate_text(const struct intent *in, const struct total *t,
    struct arena *a, const char **out)
{
	char rate[NUM_TEXT_MAX], percent[NUM_TEXT_MAX];
	struct num fee = t[TOTAL_FEE].amount, base = base_of(t);
	struct num hundred = fee;
	bool own = num_is_zero(&t[TOTAL_PAY].amount);
	char *s;

	*out = "";
	if (!t[TOTAL_FEE].has || num_is_zero(&base) ||
	    num_mul(&hundred, 100) != 0)
		return 0;
	ratio(hundred, base, 2, percent);
	ratio(fee, num_of(in->size), 1, rate);
	if (in->size > 0)
		s = arena_text(a, "%s %s, %s %% of %s", rate,
		    in->rate_unit, percent, own ? "your coins" :
		    "the payment");
	else
		s = arena_text(a, "%s %% of %s", percent, own ?
		    "your coins" : "the payment");
	if (s == NULL)
		return ERR_SPACE;
	*out = s;
	return 0;
}

/*
 * High: a percentage, or a rate.  Absurd: a larger percentage that is also
 * real money, or a rate that nobody ever needed.
 */
enum err
rule_fee(const struct intent *in, const struct total *t, struct arena *a,
    struct strike *strike)
{
	const struct fee_policy *p = in->fees;
	const struct num *fee = &t[TOTAL_FEE].amount;
	struct num base = base_of(t), floor;
	struct strike *hit = NULL;

	if (p == NULL || !t[TOTAL_FEE].has || num_is_zero(fee))
		return 0;
	floor = num_of(p->refuse_floor);
	if ((reaches(fee, &base, p->refuse_percent) &&
	    num_cmp(fee, &floor) >= 0) ||
	    above_rate(fee, in->size, p->refuse_rate))
		hit = &strike[RULE_FEE_ABSURD];
	else if (reaches(fee, &base, p->warn_percent) ||
	    above_rate(fee, in->size, p->warn_rate))
		hit = &strike[RULE_FEE_HIGH];
	if (hit == NULL)
		return 0;
	hit->file = true;
	return fee_rate_text(in, t, a, &hit->why);
}
