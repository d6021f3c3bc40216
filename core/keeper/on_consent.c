#include "core/keeper/state.h"

/*
 * Does the key sign this kind?  A coin signs once, and the second half of its
 * signature needs no row; only key images may be asked for without a name.
 */
static bool
fits(const struct held *key, const struct plan_row *row)
{
	static const struct hash32 any;

	if (key->kind != KEY_MONERO)
		return row->kind <= SIGN_TAPROOT_ROOT;
	if (row->kind == SIGN_KEY_IMAGE &&
	    span_eq(SPAN_OF(row->coin.b), SPAN_OF(any.b)))
		return true;
	return sign_names_coin(row->kind) && row->count == 1;
}

static enum err
add_row(struct keeper *k, const struct plan_row *row, struct fault *f)
{
	const struct held *key = keeper_find(k, &row->key.fpr);
	struct plan *p = &k->plan;

	fault_set(f, p->n, "plan row %zu", p->n);
	if (p->n == k->cap)
		return ERR_RANGE;
	if (p->n > 0 && plan_cmp(&p->row[p->n - 1], row) >= 0)
		return ERR_FORM;
	if (key == NULL)
		return ERR_NO_KEY;
	if (!fits(key, row))
		return ERR_REFUSED;
	p->row[p->n++] = *row;
	k->left += row->count;
	return 0;
}

/* The first part of a plan says how many rows there will be. */
static enum err
begin(struct keeper *k, uint32_t total)
{
	keeper_end_consent(k);
	if (total == 0 || total > PLAN_MAX)
		return ERR_RANGE;
	k->plan.row = arena_new(&k->arena, struct plan_row, total);
	if (k->plan.row == NULL)
		return ERR_SPACE;
	k->cap = total;
	return 0;
}

/*
 * Which key may sign how often: as many messages as it needs, in order.  It
 * allows nothing until the consent itself follows.
 */
enum err
keeper_on_plan(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct reader r = reader_of(body);
	uint32_t first = read_u32le(&r), total = read_u32le(&r);
	struct arena scratch;
	struct plan part;
	enum err e = r.err;
	size_t i;

	(void)reply;
	if (e == 0 && first == 0)
		e = begin(k, total);
	if (e == 0 && (first != k->plan.n || total != k->cap))
		e = ERR_STATE;
	scratch = k->arena;	/* what is read here is given back at once */
	if (e == 0 && (e = read_plan(&r, &scratch, &part)) == 0)
		e = reader_done(&r);
	for (i = 0; e == 0 && i < part.n; i++)
		e = add_row(k, &part.row[i], f);
	if (e != 0)
		keeper_end_consent(k);
	return e;
}

/*
 * The owner has agreed.  One consent at a time; it ends when it is used up,
 * or when the front says so.
 */
enum err
keeper_on_consent(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct reader r = reader_of(body);
	struct span digest = read_span(&r, sizeof(k->digest.b));
	uint32_t rows = read_u32le(&r);
	enum err e;

	(void)reply;
	(void)f;
	if ((e = reader_done(&r)) != 0)
		return e;
	if (rows == 0 || rows != k->cap || rows != k->plan.n)
		return ERR_STATE;
	memcpy(k->digest.b, digest.p, sizeof(k->digest.b));
	k->consent = true;
	return 0;
}

enum err
keeper_on_end_consent(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	(void)body;
	(void)reply;
	(void)f;
	keeper_end_consent(k);
	return 0;
}
