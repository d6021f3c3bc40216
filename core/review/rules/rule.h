/*
 * rule.h - a rule that looks at the whole intent, and where it struck.
 *
 *	source	design, section 5
 *	shapes	struct strike: the places of one finding
 *	units	none
 *	owns	nothing
 *	errors	ERR_SPACE
 *	secrets	none
 *	tests	tests/unit/rules_test.c
 */
#ifndef CORE_REVIEW_RULES_RULE_H
#define CORE_REVIEW_RULES_RULE_H

#include "core/review/rules.h"

#define PLACES_SHOWN 3

/* Which facts a rule struck: the first few by number, then a count. */
struct spot {
	uint32_t	part, index;
};

struct places {
	uint32_t	n;
	struct spot	first[PLACES_SHOWN];
};

struct strike {
	struct places	 in, out;
	bool		 file;		/* the transaction as a whole */
	const char	*why;		/* what it says in this case, or NULL */
};

/* Rules that a trait cannot express: numbered behind the traits. */
enum computed {
	RULE_FEE_HIGH = TRAITS_MAX,
	RULE_FEE_ABSURD,
	RULE_PATH_ACCOUNT,
	RULE_PATH_GAP,
	RULE_COIN_FROZEN,
	RULES
};

extern const struct trait_row computed_rules[RULES - TRAITS_MAX];

void	 strike_fact(struct strike *, const struct fact *);

/* Sums of one transaction of a set, or of all of them. */
#define PART_ALL UINT32_MAX
void	 totals_of(const struct intent *, uint32_t part, struct total *);

/* Each fills its own strikes. */
enum err rule_fee(const struct intent *, const struct total *,
	    struct arena *, struct strike *) must_check;
enum err rule_path(const struct intent *, struct arena *, struct strike *)
	    must_check;

/* "54.5 sat/vB, 0.03 % of the payment": the page says the same. */
enum err fee_rate_text(const struct intent *, const struct total *,
	    struct arena *, const char **) must_check;

#endif
