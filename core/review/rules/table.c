#include "core/review/rules/rule.h"

static const struct trait_row bitcoin_rows[TRAIT_COUNT] = {
#define X(name, what, lvl, words)					\
	[TRAIT_##name] = { .code = what, .text = words, .level = LEVEL_##lvl },
	TRAIT_LIST(X)
#undef X
};

static const struct trait_table bitcoin_traits = { .chain = "btc",
    .row = bitcoin_rows, .n = TRAIT_COUNT };

extern const struct trait_table monero_traits;

const struct trait_table *const trait_tables[] = {
	&bitcoin_traits,
	&monero_traits,
	NULL
};

const struct trait_row computed_rules[RULES - TRAITS_MAX] = {
	[RULE_FEE_HIGH - TRAITS_MAX] = { "fee.high",
	    "the fee is high; check that this is what you want", LEVEL_WARN },
	[RULE_FEE_ABSURD - TRAITS_MAX] = { "fee.absurd",
	    "the fee is absurd; make the transaction again with a lower one",
	    LEVEL_REFUSE },
	[RULE_PATH_ACCOUNT - TRAITS_MAX] = { "path.account",
	    "it goes to another account of yours than the coins came from; "
	    "check that you meant it", LEVEL_WARN },
	[RULE_PATH_GAP - TRAITS_MAX] = { "path.gap",
	    "the index is far beyond those your coins show; a wallet may not "
	    "look that far", LEVEL_WARN },
	[RULE_COIN_FROZEN - TRAITS_MAX] = { "coin.frozen",
	    "your notes say that this coin is not to be spent; check why you "
	    "wanted to keep it", LEVEL_WARN },
};

const struct trait_table *
traits_table(const char *chain)
{
	const struct trait_table *const *t;

	for (t = trait_tables; *t != NULL; t++)
		if (strcmp((*t)->chain, chain) == 0)
			return *t;
	return NULL;
}

bool
traits_refused(const struct trait_table *t, uint64_t traits)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		if ((traits >> i & 1) != 0 &&
		    t->row[i].level == LEVEL_REFUSE)
			return true;
	return false;
}

/* The rules of each chain, those of all, then what a file that cannot be read
 * is reported under. */
bool
code_help(size_t i, struct code_help *out)
{
	const struct trait_table *const *t = trait_tables;
	const struct trait_row *r;
	enum err e;

	for (; *t != NULL && i >= (*t)->n; t++)
		i -= (*t)->n;
	if (*t != NULL || i < RULES - TRAITS_MAX) {
		r = *t != NULL ? &(*t)->row[i] : &computed_rules[i];
		*out = (struct code_help){ .code = r->code, .text = r->text,
		    .chain = *t != NULL ? (*t)->chain : "", .advice = "",
		    .level = r->level };
		return true;
	}
	i -= RULES - TRAITS_MAX;
	if (i >= ERR_COUNT - 1)
		return false;
	e = (enum err)(i + 1);
	*out = (struct code_help){ .chain = "", .code = err_code(e),
	    .text = err_text(e), .advice = err_advice(e),
	    .level = e == ERR_UNSTORED ? LEVEL_WARN : LEVEL_REFUSE };
	return true;
}
