#include "core/base/order.h"
#include "core/review/rules/rule.h"

/* All but the last elements: purpose, coin, account. */
static struct keyref
account_of(const struct intent *in, const struct keyref *k)
{
	struct keyref a = *k;

	a.path = path_prefix(&k->path, k->path.n >= in->below ?
	    k->path.n - in->below : 0);
	return a;
}

struct seen {
	struct keyref	account;
	uint32_t	index;		/* largest that an input shows */
};

static int
by_account(const void *ctx, uint32_t a, uint32_t b)
{
	const struct seen *seen = ctx;

	return keyref_cmp(&seen[a].account, &seen[b].account);
}

static uint32_t
index_of(const struct keyref *k)
{
	return k->path.n > 0 ? k->path.e[k->path.n - 1] : 0;
}

/* Coins mostly come from few accounts: what repeats is dropped at once. */
static bool
same_as_last(struct seen *last, const struct keyref *account, uint32_t index)
{
	if (keyref_cmp(&last->account, account) != 0)
		return false;
	if (index > last->index)
		last->index = index;
	return true;
}

/* The accounts that our inputs come from, sorted, each once, with its largest
 * index. */
static enum err
collect(const struct intent *in, struct arena *a, struct seen **out,
    size_t *nout)
{
	struct seen *all = arena_new(a, struct seen, in->nfact), *one;
	uint32_t *rank = arena_new(a, uint32_t, in->nfact);
	size_t i, n = 0, o = 0;

	if (all == NULL || rank == NULL)
		return ERR_SPACE;
	for (i = 0; i < in->nfact; i++) {
		const struct fact *f = &in->fact[i];
		struct keyref account = account_of(in, &f->key);

		if (f->kind != FACT_SPEND || !f->ours || !f->has_key)
			continue;
		if (n > 0 && same_as_last(&all[n - 1], &account,
		    index_of(&f->key)))
			continue;
		rank[n] = (uint32_t)n;
		all[n++] = (struct seen){ account, index_of(&f->key) };
	}
	order_sort(rank, n, by_account, all);
	if ((one = arena_new(a, struct seen, n)) == NULL)
		return ERR_SPACE;
	for (i = 0; i < n; i++)
		if (o == 0 || !same_as_last(&one[o - 1],
		    &all[rank[i]].account, all[rank[i]].index))
			one[o++] = all[rank[i]];
	*out = one;
	*nout = o;
	return 0;
}

static const struct seen *
find(const struct seen *seen, size_t n, const struct keyref *account)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int c = keyref_cmp(account, &seen[mid].account);

		if (c == 0)
			return &seen[mid];
		if (c < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return NULL;
}

/* Change belongs where the coins came from, at an index that a wallet would
 * look at. */
enum err
rule_path(const struct intent *in, struct arena *a, struct strike *strike)
{
	struct keyref account;
	const struct seen *hit;
	struct seen *seen;
	uint32_t from, gap = in->gap > 0 ? in->gap : PATH_GAP;
	size_t i, n;
	enum err e;

	if ((e = collect(in, a, &seen, &n)) != 0)
		return e;
	for (i = 0; i < in->nfact && n > 0; i++) {
		const struct fact *f = &in->fact[i];

		if (f->kind != FACT_CHANGE || !f->has_key)
			continue;
		account = account_of(in, &f->key);
		hit = find(seen, n, &account);
		from = hit != NULL ? hit->index : 0;
		if (hit == NULL)
			strike_fact(&strike[RULE_PATH_ACCOUNT], f);
		if (index_of(&f->key) > from &&
		    index_of(&f->key) - from > gap)
			strike_fact(&strike[RULE_PATH_GAP], f);
	}
	return 0;
}
