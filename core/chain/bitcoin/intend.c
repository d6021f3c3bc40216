#include "core/base/order.h"
#include "core/chain/bitcoin/intend.h"

/* design, section 5 */
static const struct fee_policy fees = {
	.warn_percent = 5,
	.refuse_percent = 25,
	.refuse_floor = 1000000,	/* 0.01 BTC */
	.warn_rate = 100,
	.refuse_rate = 10000,
};

/* Forget what an earlier look found: a file is judged anew each time. */
static void
begin(const struct request *q, enum network n, const struct pace *pace,
    struct arena *a)
{
	size_t i;

	*q->review = (struct review){ .network = n, .arena = a, .pace = pace };
	for (i = 0; i < q->psbt.tx.nin; i++) {
		struct coin_in *in = &q->in[i];

		in->traits = 0;
		in->spend = SPEND_NONE;
		in->ours = in->claimed = in->complete = in->sign = false;
		in->sig = in->sig_key = (struct span){ 0 };
		in->key = (struct keyref){ 0 };
		in->code = (struct span){ 0 };
		in->leaf = NULL;
		in->own = NULL;
		in->nleaf = in->nown = 0;
		in->spot = NULL;
		if (in->add_redeem) {
			in->add_redeem = false;
			in->redeem = (struct span){ 0 };
		}
	}
	for (i = 0; i < q->psbt.tx.nout; i++) {
		q->out[i].ours = q->out[i].maybe = q->out[i].claimed = false;
		q->out[i].traits = 0;
		q->out[i].wallet = NULL;
		q->out[i].key = (struct keyref){ 0 };
	}
}

static enum err
find_owners(const struct request *q, struct pubring *ring, struct fault *f)
{
	enum err e;
	size_t i;

	if ((e = own_xpubs(q, ring)) != 0) {
		fault_set(f, 0, "extended key");
		return e;
	}
	for (i = 0; i < q->psbt.tx.nin; i++) {
		if ((e = own_input(q, ring, i)) != 0) {
			fault_set(f, 0, "input %zu: derivation", i);
			return e;
		}
		q->review->any_claim |= q->in[i].claimed;
		if ((e = request_tick(q)) != 0)
			return e;
	}
	for (i = 0; i < q->psbt.tx.nout; i++) {
		if ((e = own_output(q, ring, i)) != 0) {
			fault_set(f, 0, "output %zu: derivation", i);
			return e;
		}
		if ((e = request_tick(q)) != 0)
			return e;
	}
	return 0;
}

/* Of several keys: those that are ours have signed. */
static bool
all_there(const struct coin_in *in)
{
	const struct own_sig *s;

	for (s = in->own; s != NULL; s = s->next)
		if (!s->there)
			return false;
	return in->own != NULL;
}

/* Nothing to sign: because it is done, or because it is not ours? */
static uint64_t
idle_traits(const struct request *q)
{
	bool all_done = true, lie = false;
	size_t i;

	if (q->review->nsign > 0 || q->psbt.tx.nin == 0)
		return 0;
	for (i = 0; i < q->psbt.tx.nin; i++) {
		const struct coin_in *in = &q->in[i];

		all_done = all_done && in->complete;
		lie = lie || work_refused(in->traits);
		if (in->ours && (in->complete || all_there(in)))
			return TRAIT_BIT(INPUT_FINAL);
	}
	if (all_done)
		return TRAIT_BIT(INPUT_FINAL);
	return lie && q->review->any_claim ? 0 : TRAIT_BIT(NO_KEY);
}

static uint64_t
file_traits(const struct request *q)
{
	uint64_t t = q->review->traits | timing_traits(q) | idle_traits(q);
	size_t i, data = 0;

	for (i = 0; i < q->psbt.tx.nout; i++)
		data += q->out[i].script.kind == SCRIPT_DATA;
	if (data > 1)
		t |= TRAIT_BIT(DATA_MANY);
	if (q->psbt.tx.nin == 0)
		t |= TRAIT_BIT(NO_INPUTS);
	if (q->psbt.tx.nout == 0)
		t |= TRAIT_BIT(NO_OUTPUTS);
	return t;
}

static int
key_cmp(const void *ctx, uint32_t a, uint32_t b)
{
	const struct plan_row *asked = ctx;

	return plan_cmp(&asked[a], &asked[b]);
}

/* The key and the kind of every signature that we are to make. */
static size_t
keys_of(const struct request *q, struct plan_row *asked)
{
	const struct own_sig *s;
	size_t i, n = 0;

	for (i = 0; i < q->psbt.tx.nin; i++) {
		if (!q->in[i].sign)
			continue;
		if (q->in[i].own == NULL)
			asked[n++] = (struct plan_row){ .key = q->in[i].key,
			    .kind = sign_kind_of(&q->in[i], NULL) };
		for (s = q->in[i].own; s != NULL; s = s->next)
			if (!s->there)
				asked[n++] = (struct plan_row){
				    .key = s->key, .kind = s->kind };
	}
	return n;
}

static void
note_fpr(struct intent *out, const struct fpr *f)
{
	size_t i;

	for (i = 0; i < out->nfpr; i++)
		if (fpr_eq(&out->fpr[i], f))
			return;
	if (out->nfpr < FPR_MAX)
		out->fpr[out->nfpr++] = *f;
}

/* Which keys, how many signatures of which kind: all that a consent allows. */
static enum err
make_plan(const struct request *q, struct arena *a, struct intent *out)
{
	size_t i, n = q->review->nsign;
	struct plan_row *asked = arena_new(a, struct plan_row, n);
	uint32_t *index = arena_new(a, uint32_t, n);
	struct plan_row *row = arena_new(a, struct plan_row, n);

	if (asked == NULL || index == NULL || row == NULL)
		return ERR_SPACE;
	if (keys_of(q, asked) != n)
		return ERR_INTERNAL;
	for (i = 0; i < n; i++)
		index[i] = (uint32_t)i;
	order_sort(index, n, key_cmp, asked);
	out->plan = (struct plan){ .row = row };
	for (i = 0; i < n; i++) {
		const struct plan_row *p = &asked[index[i]];

		if (i == 0 || plan_cmp(&row[out->plan.n - 1], p) != 0) {
			row[out->plan.n++] = *p;
			note_fpr(out, &p->key.fpr);
		}
		row[out->plan.n - 1].count++;
	}
	return 0;
}

/* What consent will teach the session: coins and their amounts. */
static enum err
make_records(const struct request *q, struct arena *a)
{
	struct review *v = q->review;
	size_t i;

	v->record = arena_new(a, struct session_record, q->psbt.tx.nin);
	if (v->record == NULL)
		return ERR_SPACE;
	for (i = 0; i < q->psbt.tx.nin; i++) {
		struct session_record *r = &v->record[v->nrecord];

		if (q->coin[i].script.p == NULL)
			continue;
		memcpy(r->key, q->psbt.tx.in[i].outpoint, sizeof(r->key));
		r->amount = num_of(q->coin[i].amount);
		r->known = q->in[i].known;
		v->nrecord++;
	}
	return 0;
}

static void
name_intent(const struct request *q, enum network n, struct intent *out)
{
	*out = (struct intent){ .chain = "btc", .job = "bitcoin psbt",
	    .title = "PSBT", .ledger = "BITCOIN", .unit = "sat",
	    .coin = "BTC", .rate_unit = "sat/vB", .decimals = 8,
	    .fees = &fees, .below = 2 };
	out->network = network_name(n);
	out->size = size_virtual(q);
}

enum err
intend_request(const struct request *q, struct pubring *ring,
    const struct session *s, const struct pace *pace, struct arena *a,
    struct intent *out, struct fault *f)
{
	enum err e;
	size_t i;

	if (s->network == NET_STAGENET) {
		fault_set(f, 0, "the network set here");
		return ERR_RANGE;
	}
	begin(q, s->network, pace, a);
	if ((e = knowns_of(s, ring, a, &q->review->wallets)) != 0 ||
	    (e = coin_find_all(q)) != 0 ||
	    (e = find_owners(q, ring, f)) != 0 ||
	    (e = work_find(q, f)) != 0)
		return e;
	coin_judge(q, s);
	if ((e = coin_duplicates(q, a)) != 0)
		return e;
	name_intent(q, s->network, out);
	if ((e = wallet_used(q, a)) != 0 ||
	    (e = policy_rows(q, ring, a)) != 0 ||
	    (e = facts_make(q, a, out)) != 0 ||
	    (e = make_plan(q, a, out)) != 0 ||
	    (e = make_records(q, a)) != 0)
		return e;
	out->traits = file_traits(q);
	q->review->traits = out->traits;
	q->review->refused = work_refused(out->traits);
	for (i = 0; i < out->nfact; i++)
		q->review->refused |= work_refused(out->fact[i].traits);
	q->review->done = true;
	return 0;
}
