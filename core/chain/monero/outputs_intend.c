#include "core/base/order.h"
#include "core/chain/monero/outputs.h"
#include "core/chain/monero/traits.h"

/*
 * Fees on the network today are 20 to 300 nanonero a byte times a priority of
 * up to 200; a transaction of 1.5 kB pays 0.00003 to 0.007 XMR.  Refused: a
 * quarter of the payment and at least 0.1 XMR, or what makes some 0.15 XMR
 * for that size.
 */
static const struct fee_policy fees = {
	.warn_percent = 5,
	.refuse_percent = 10,
	.refuse_floor = 100000000000,	/* 0.1 XMR */
	.warn_rate = 10000,		/* nanonero a byte */
	.refuse_rate = 100000,
};

void
monero_intent(const char *job, const char *title, enum network n,
    struct intent *out)
{
	*out = (struct intent){ .chain = "xmr", .job = job, .title = title,
	    .ledger = "MONERO", .unit = "piconero", .coin = "XMR",
	    .rate_unit = "nanonero/B", .decimals = 12, .fees = &fees,
	    .below = 1, .network = network_name(n) };
}

enum state { UNSPENT, SPENT, FROZEN, STATES };

struct group {
	uint32_t	account;
	uint64_t	n[STATES];
	struct num	sum[STATES];
};

static enum state
state_of(const struct record *r)
{
	return (r->flags & RECORD_SPENT) != 0 ? SPENT :
	    (r->flags & RECORD_FROZEN) != 0 ? FROZEN : UNSPENT;
}

static int
by_account(const void *ctx, uint32_t a, uint32_t b)
{
	const struct image_ask *ask = ctx;
	uint32_t x = ask[a].own.account, y = ask[b].own.account;

	return x != y ? (x > y) - (x < y) : (a > b) - (a < b);
}

/* The records' accounts in order, each once with its sums. */
static enum err
group(const struct outputs_request *q, struct arena *a, struct group **out,
    size_t *nout)
{
	size_t i, n = q->file.list.n, o = 0;
	struct group *g = arena_new(a, struct group, n);
	uint32_t *index = arena_new(a, uint32_t, n);

	if (g == NULL || index == NULL)
		return ERR_SPACE;
	for (i = 0; i < n; i++)
		index[i] = (uint32_t)i;
	order_sort(index, n, by_account, q->found->ask);
	for (i = 0; i < n; i++) {
		const struct record *r = &q->file.list.r[index[i]];
		uint32_t account = q->found->ask[index[i]].own.account;
		struct num amount = num_of(r->amount);
		enum state s = state_of(r);

		if (o == 0 || g[o - 1].account != account)
			g[o++].account = account;
		g[o - 1].n[s]++;
		if (num_add(&g[o - 1].sum[s], &amount) != 0)
			return ERR_INTERNAL;
	}
	*out = g;
	*nout = o;
	return 0;
}

static struct fact *
add(struct intent *out, const char *to, enum known known, const char *how)
{
	struct fact *f = &out->fact[out->nfact++];

	*f = (struct fact){ .kind = FACT_IMPORT, .known = known, .to = to,
	    .index = (uint32_t)(out->nfact - 1), .ref = "", .how = how,
	    .why = "" };
	return f;
}

static const char *
many(uint64_t n)
{
	return n == 1 ? "" : "s";
}

static enum err
group_facts(const struct group *g, struct arena *a, struct intent *out)
{
	static const char *const words[STATES] = { "not spent", "spent",
	    "frozen" };
	const char *to;
	unsigned s;

	for (s = 0; s < STATES; s++) {
		struct fact *f;

		if (g->n[s] == 0)
			continue;
		to = arena_text(a, "account %u: %llu output%s %s",
		    g->account, (unsigned long long)g->n[s], many(g->n[s]),
		    words[s]);
		if (to == NULL)
			return ERR_SPACE;
		f = add(out, to, KNOWN_CLAIMED, "");
		f->has_amount = true;
		f->amount = g->sum[s];
	}
	return 0;
}

/* What the answer is, in one row; it holds what is noted of the file. */
static enum err
answer_fact(const struct outputs_request *q, uint64_t foreign, uint64_t traits,
    struct arena *a, struct intent *out)
{
	const struct records *l = &q->file.list;
	unsigned long long n = l->n, from = l->offset;
	const char *to;

	if (n == 0)
		to = arena_text(a, "no outputs: nothing is asked");
	else if (foreign > 0)
		to = arena_text(a, "%llu of %llu outputs are not yours",
		    (unsigned long long)foreign, n);
	else
		to = arena_text(a, "%llu key image%s for the online wallet, "
		    "of its outputs %llu to %llu: it learns which are spent",
		    n, many(l->n), from, from + n - 1);
	if (to == NULL)
		return ERR_SPACE;
	add(out, to, KNOWN_PROVEN, foreign > 0 ? "" : "our keys")->traits =
	    traits;
	return 0;
}

#define SHOWN 3

/* The first records that something is wrong with, each in a row. */
static enum err
odd_facts(const struct outputs_request *q, struct arena *a,
    struct intent *out)
{
	size_t i, n = 0;

	for (i = 0; i < q->file.list.n && n < SHOWN; i++) {
		const char *why;
		struct fact *f;

		if (q->found->traits[i] == 0)
			continue;
		why = arena_text(a, "output %llu of the wallet",
		    (unsigned long long)(q->file.list.offset + i));
		if (why == NULL)
			return ERR_SPACE;
		f = add(out, why, KNOWN_CLAIMED, "");
		f->has_amount = true;
		f->amount = num_of(q->file.list.r[i].amount);
		f->traits = q->found->traits[i];
		f->why = why;
		n++;
	}
	return 0;
}

static enum err
facts(const struct outputs_request *q, uint64_t traits, struct arena *a,
    struct intent *out)
{
	uint64_t foreign = 0, noted = traits;
	struct group *g;
	size_t i, n;
	enum err e;

	if ((e = group(q, a, &g, &n)) != 0)
		return e;
	out->fact = arena_new(a, struct fact, STATES * n + SHOWN + 1);
	if (out->fact == NULL)
		return ERR_SPACE;
	for (i = 0; i < q->file.list.n; i++) {
		foreign += (q->found->traits[i] & XMR_BIT(OUTPUT_FOREIGN)) != 0;
		noted |= q->found->traits[i];
	}
	if ((e = answer_fact(q, foreign, traits, a, out)) != 0)
		return e;
	for (i = 0; i < n && foreign == 0; i++)
		if ((e = group_facts(&g[i], a, out)) != 0)
			return e;
	out->traits = noted;
	return odd_facts(q, a, out);
}

static enum err
plan(const struct outputs_request *q, struct arena *a, struct intent *out)
{
	size_t i, n = q->file.list.n;
	struct plan_row *row = arena_new(a, struct plan_row, n);

	if (row == NULL)
		return ERR_SPACE;
	for (i = 0; i < n; i++) {
		row[i] = (struct plan_row){ .kind = SIGN_KEY_IMAGE,
		    .count = 1, .key = own_ref(q->frame.viewer,
		    q->found->ask[i].own.account, q->found->ask[i].own.minor) };
		memcpy(row[i].coin.b, q->found->ask[i].key.b, 32);
	}
	return plan_sorted(row, n, a, &out->plan);
}

static uint64_t
file_traits(const struct outputs_request *q, const struct session *s)
{
	const struct viewer *v = q->frame.viewer;
	uint64_t t = 0;

	if (!point_eq(&q->file.spend, &v->spend_pub) ||
	    !point_eq(&q->file.view, &v->view_pub))
		t |= XMR_BIT(ACCOUNT_OTHER);
	if (q->file.list.offset > note_prefix(s, &v->fpr))
		t |= XMR_BIT(OUTPUTS_GAP);
	if (q->file.list.n == 0)
		t |= XMR_BIT(OUTPUTS_NONE);
	return t;
}

enum err
outputs_intend(const struct outputs_request *q, const struct session *s,
    const struct pace *pace, struct arena *a, struct intent *out)
{
	const struct records *l = &q->file.list;
	struct finder f;
	enum err e;

	*q->found = (struct outputs_found){ 0 };
	q->found->ask = arena_new(a, struct image_ask, l->n);
	q->found->traits = arena_new(a, uint64_t, l->n);
	if (q->found->ask == NULL || q->found->traits == NULL)
		return ERR_SPACE;
	monero_intent("monero outputs", "OUTPUTS", s->network, out);
	if ((e = finder_begin(&f, q->frame.viewer, a)) != 0 ||
	    (e = records_find(l, q->frame.viewer, s, &f, pace, q->found->ask,
	    q->found->traits)) != 0 ||
	    (e = records_twice(l, s, &q->frame.viewer->fpr, a,
	    q->found->traits)) != 0 ||
	    (e = facts(q, file_traits(q, s), a, out)) != 0)
		return e;
	q->found->refused = traits_refused(&monero_traits, out->traits);
	q->found->judged = true;
	out->fpr[out->nfpr++] = q->frame.viewer->fpr;
	return q->found->refused ? ERR_NONE : plan(q, a, out);
}
