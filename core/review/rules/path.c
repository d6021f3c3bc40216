#include <stdlib.h>

#include "core/review/rules/rule.h"

#define GAP 200		/* known attack 7: indices past what inputs show */

/* All but the last two elements: purpose, coin, account. */
static struct keyref
account_of(const struct keyref *k)
{
	struct keyref a = *k;

	a.path = path_prefix(&k->path, k->path.n >= 2 ? k->path.n - 2 : 0);
	return a;
}

struct seen {
	struct keyref	account;
	uint32_t	index;		/* largest that an input shows */
};

static int
by_account(const void *x, const void *y)
{
	const struct seen *a = x, *b = y;

	return keyref_cmp(&a->account, &b->account);
}

static uint32_t
index_of(const struct keyref *k)
{
	return k->path.n > 0 ? k->path.e[k->path.n - 1] : 0;
}

/* The accounts that our inputs come from, each once, with its largest
 * index. */
static size_t
collect(const struct intent *in, struct seen *seen)
{
	size_t i, n = 0, o = 0;

	for (i = 0; i < in->nfact; i++) {
		const struct fact *f = &in->fact[i];

		if (f->kind == FACT_SPEND && f->ours && f->has_key)
			seen[n++] = (struct seen){ account_of(&f->key),
			    index_of(&f->key) };
	}
	if (n == 0)
		return 0;
	qsort(seen, n, sizeof(*seen), by_account);
	for (i = 1; i < n; i++) {
		if (by_account(&seen[o], &seen[i]) != 0)
			seen[++o] = seen[i];
		else if (seen[i].index > seen[o].index)
			seen[o].index = seen[i].index;
	}
	return o + 1;
}

/* Change belongs where the coins came from, at an index that a wallet would
 * look at. */
enum err
rule_path(const struct intent *in, struct arena *a, struct strike *strike)
{
	struct seen *seen = arena_new(a, struct seen, in->nfact), want, *hit;
	size_t i, n;

	if (seen == NULL)
		return ERR_SPACE;
	n = collect(in, seen);
	for (i = 0; i < in->nfact && n > 0; i++) {
		const struct fact *f = &in->fact[i];

		if (f->kind != FACT_CHANGE || !f->has_key)
			continue;
		want.account = account_of(&f->key);
		hit = bsearch(&want, seen, n, sizeof(*seen), by_account);
		if (hit == NULL)
			strike_fact(&strike[RULE_PATH_ACCOUNT], f);
		if (hit != NULL && index_of(&f->key) > hit->index &&
		    index_of(&f->key) - hit->index > GAP)
			strike_fact(&strike[RULE_PATH_GAP], f);
		if (hit == NULL && index_of(&f->key) > GAP)
			strike_fact(&strike[RULE_PATH_GAP], f);
	}
	return 0;
}
